package replica

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/raft"

	"millrace/log/segment"
)

const (
	manifestMagic   = 0x314d524d // "MRM1"
	manifestVersion = 1
	manifestHeader  = 56
	// manifestsKept are kept, the newest first; only the newest is ever used.
	manifestsKept = 2
)

// manifests is the SnapshotStore of a group: one file for each snapshot.
type manifests struct {
	fs  segment.FS
	dir string
	// newest is the index of the newest manifest.
	newest atomic.Uint64
}

var _ raft.SnapshotStore = (*manifests)(nil)

func openManifests(fs segment.FS, dir string) (*manifests, error) {
	if err := segment.MkdirAll(fs, dir); err != nil {
		return nil, err
	}
	return &manifests{fs: fs, dir: dir}, nil
}

func manifestName(index uint64) string { return fmt.Sprintf("manifest-%016x", index) }

// names lists the manifests, newest first.
func (m *manifests) names() ([]string, error) {
	all, err := m.fs.List(m.dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, n := range all {
		if strings.HasPrefix(n, "manifest-") && !strings.HasSuffix(n, ".tmp") {
			names = append(names, n)
		}
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	return names, nil
}

// List returns the newest manifest: older ones name files that may be gone.
func (m *manifests) List() ([]*raft.SnapshotMeta, error) {
	names, err := m.names()
	if err != nil || len(names) == 0 {
		return nil, err
	}
	meta, _, err := m.load(names[0])
	if err != nil {
		return nil, err
	}
	return []*raft.SnapshotMeta{meta}, nil
}

// Open returns a manifest and its body.
func (m *manifests) Open(id string) (*raft.SnapshotMeta, io.ReadCloser, error) {
	meta, body, err := m.load(id)
	if err != nil {
		return nil, nil, err
	}
	return meta, io.NopCloser(bytes.NewReader(body)), nil
}

// Create begins a manifest; it exists once the sink is closed.
func (m *manifests) Create(_ raft.SnapshotVersion, index, term uint64, c raft.Configuration,
	configIndex uint64, _ raft.Transport,
) (raft.SnapshotSink, error) {
	meta := raft.SnapshotMeta{
		Version: 1, ID: manifestName(index), Index: index, Term: term,
		Configuration: c, ConfigurationIndex: configIndex,
	}
	return &manifestSink{store: m, meta: meta}, nil
}

// encodeManifest is the file's content.
func encodeManifest(meta *raft.SnapshotMeta, body []byte) []byte {
	le := binary.LittleEndian
	config := raft.EncodeConfiguration(meta.Configuration)
	buf := le.AppendUint32(nil, manifestMagic)
	buf = le.AppendUint32(buf, manifestVersion)
	buf = le.AppendUint64(buf, meta.Index)
	buf = le.AppendUint64(buf, meta.Term)
	buf = le.AppendUint64(buf, meta.ConfigurationIndex)
	buf = le.AppendUint64(buf, uint64(len(config)))
	buf = le.AppendUint64(buf, uint64(len(body)))
	buf = le.AppendUint64(buf, 0)
	buf = append(buf, config...)
	buf = append(buf, body...)
	return le.AppendUint32(buf, segment.Checksum(buf))
}

// load reads and checks a manifest.
func (m *manifests) load(id string) (*raft.SnapshotMeta, []byte, error) {
	path := m.fs.PathJoin(m.dir, id)
	buf, err := readFile(m.fs, path)
	if err != nil {
		return nil, nil, err
	}
	meta, body, err := decodeManifest(buf, path)
	if err != nil {
		return nil, nil, err
	}
	meta.ID = id
	if manifestName(meta.Index) != id {
		c := &segment.CorruptError{File: path, Offset: 8, What: "manifest index"}
		return nil, nil, c.Mismatch(id, manifestName(meta.Index))
	}
	return meta, body, nil
}

// decodeManifest is the inverse of encodeManifest.
func decodeManifest(buf []byte, path string) (*raft.SnapshotMeta, []byte, error) {
	corrupt := func(what string, expected, found any) (*raft.SnapshotMeta, []byte, error) {
		return nil, nil, (&segment.CorruptError{File: path, What: what}).Mismatch(expected, found)
	}
	le := binary.LittleEndian
	if len(buf) < manifestHeader+4 {
		return corrupt("manifest is cut off", manifestHeader+4, len(buf))
	}
	end := len(buf) - 4
	if want, got := le.Uint32(buf[end:]), segment.Checksum(buf[:end]); want != got {
		return corrupt("manifest checksum", want, got)
	}
	if v := le.Uint32(buf); v != manifestMagic {
		return corrupt("manifest magic", uint32(manifestMagic), v)
	}
	if v := le.Uint32(buf[4:]); v != manifestVersion {
		return corrupt("manifest version", manifestVersion, v)
	}
	configLen, bodyLen := le.Uint64(buf[32:]), le.Uint64(buf[40:])
	rest := uint64(end - manifestHeader)
	if configLen > rest || bodyLen != rest-configLen {
		return corrupt("manifest length", rest, configLen+bodyLen)
	}
	config, body := buf[manifestHeader:manifestHeader+configLen], buf[manifestHeader+configLen:end]
	meta := &raft.SnapshotMeta{
		Version: 1, Index: le.Uint64(buf[8:]), Term: le.Uint64(buf[16:]),
		ConfigurationIndex: le.Uint64(buf[24:]), Size: int64(len(body)),
	}
	meta.Configuration = raft.DecodeConfiguration(config)
	return meta, body, nil
}

func readFile(fs segment.FS, path string) ([]byte, error) {
	f, err := fs.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	buf := make([]byte, info.Size())
	if err := segment.ReadFull(f, buf, 0); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return buf, nil
}

// prune removes all manifests but the newest ones.
func (m *manifests) prune() error {
	names, err := m.names()
	if err != nil {
		return err
	}
	for _, n := range names[min(len(names), manifestsKept):] {
		if err := m.fs.Remove(m.fs.PathJoin(m.dir, n)); err != nil {
			return err
		}
	}
	return nil
}

// manifestSink collects the body of a manifest and writes the file at Close.
type manifestSink struct {
	store  *manifests
	meta   raft.SnapshotMeta
	body   []byte
	closed bool
}

// ID is the manifest's name.
func (s *manifestSink) ID() string { return s.meta.ID }

// Write adds to the body.
func (s *manifestSink) Write(p []byte) (int, error) {
	s.body = append(s.body, p...)
	return len(p), nil
}

// Close writes the manifest durably; a second call does nothing.
func (s *manifestSink) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	data := encodeManifest(&s.meta, s.body)
	if err := segment.WriteFileAtomic(s.store.fs, s.store.dir, s.meta.ID, data); err != nil {
		return err
	}
	s.store.newest.Store(s.meta.Index)
	return s.store.prune()
}

// Cancel gives the manifest up.
func (s *manifestSink) Cancel() error {
	s.closed = true
	return nil
}
