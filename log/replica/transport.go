package replica

import (
	"errors"
	"io"

	"github.com/hashicorp/raft"
)

// Transport carries raft's messages between the nodes of a group.
type Transport = raft.Transport

// loopback is the transport of a group of one member: nobody else is there.
type loopback struct {
	address raft.ServerAddress
	inbox   chan raft.RPC
}

var (
	_ raft.Transport   = (*loopback)(nil)
	_ raft.WithPreVote = (*loopback)(nil)
)

var errAlone = errors.New("the group has one member")

func newLoopback(address raft.ServerAddress) *loopback {
	return &loopback{address: address, inbox: make(chan raft.RPC, 1)}
}

// campaign makes the member stand for election now instead of after a timeout.
func (t *loopback) campaign() {
	reply := make(chan raft.RPCResponse, 1)
	t.inbox <- raft.RPC{Command: &raft.TimeoutNowRequest{RPCHeader: t.header()}, RespChan: reply}
}

func (t *loopback) header() raft.RPCHeader {
	return raft.RPCHeader{
		ProtocolVersion: raft.ProtocolVersionMax,
		ID:              []byte(t.address), Addr: []byte(t.address),
	}
}

// Consumer is raft's inbox.
func (t *loopback) Consumer() <-chan raft.RPC { return t.inbox }

// LocalAddr is the member's address.
func (t *loopback) LocalAddr() raft.ServerAddress { return t.address }

// AppendEntriesPipeline has nobody to send to.
func (t *loopback) AppendEntriesPipeline(raft.ServerID, raft.ServerAddress) (raft.AppendPipeline, error) {
	return nil, errAlone
}

// AppendEntries has nobody to send to.
func (t *loopback) AppendEntries(raft.ServerID, raft.ServerAddress, *raft.AppendEntriesRequest, *raft.AppendEntriesResponse) error {
	return errAlone
}

// RequestVote has nobody to ask.
func (t *loopback) RequestVote(raft.ServerID, raft.ServerAddress, *raft.RequestVoteRequest, *raft.RequestVoteResponse) error {
	return errAlone
}

// RequestPreVote has nobody to ask.
func (t *loopback) RequestPreVote(raft.ServerID, raft.ServerAddress, *raft.RequestPreVoteRequest, *raft.RequestPreVoteResponse) error {
	return errAlone
}

// InstallSnapshot has nobody to send to.
func (t *loopback) InstallSnapshot(raft.ServerID, raft.ServerAddress, *raft.InstallSnapshotRequest, *raft.InstallSnapshotResponse, io.Reader) error {
	return errAlone
}

// EncodePeer is the address as bytes.
func (t *loopback) EncodePeer(_ raft.ServerID, a raft.ServerAddress) []byte { return []byte(a) }

// DecodePeer is the inverse of EncodePeer.
func (t *loopback) DecodePeer(b []byte) raft.ServerAddress { return raft.ServerAddress(b) }

// SetHeartbeatHandler is not needed: there are no heartbeats.
func (t *loopback) SetHeartbeatHandler(func(raft.RPC)) {}

// TimeoutNow has nobody to send to.
func (t *loopback) TimeoutNow(raft.ServerID, raft.ServerAddress, *raft.TimeoutNowRequest, *raft.TimeoutNowResponse) error {
	return errAlone
}
