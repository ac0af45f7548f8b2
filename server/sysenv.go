package server

import (
	"net"
	"slices"
	"strconv"

	"millrace/catalog"
	"millrace/catalog/syscat"
	"millrace/exec"
	"millrace/log"
	"millrace/server/session"
	"millrace/sql/col"
	"millrace/sql/types"
)

func (s *Server) systemRows(ses *session.Session, o *catalog.Object) (*col.Batch, error) {
	return s.systemTables.Rows(o.ID, &sysenv{server: s, session: ses})
}

func (s *Server) catalogFunction(ses *session.Session, fn string, args []types.Datum) (types.Datum, bool, error) {
	return syscat.Function(&sysenv{server: s, session: ses}, fn, args)
}

// sysenv gives system tables the state of the server as a session sees it.
type sysenv struct {
	syscat.NoLive
	server  *Server
	session *session.Session
}

var _ syscat.Env = (*sysenv)(nil)

var _ syscat.Interrupter = (*sysenv)(nil)

// Cancel implements syscat.Interrupter.
func (e *sysenv) Cancel(pid int32) bool { return e.server.wire.Cancel(pid) }

// Terminate implements syscat.Interrupter.
func (e *sysenv) Terminate(pid int32) bool { return e.server.wire.Terminate(pid) }

// Snapshot implements syscat.Env.
func (e *sysenv) Snapshot() *catalog.Snapshot { return e.server.catalog.Current() }

// CurrentRole implements syscat.Env.
func (e *sysenv) CurrentRole() catalog.ObjectID { return e.session.Role() }

// SearchPath implements syscat.Env.
func (e *sysenv) SearchPath() []string {
	return slices.DeleteFunc(slices.Clone(e.session.Path()), func(s string) bool { return s == "pg_catalog" })
}

// Setting implements syscat.Env.
func (e *sysenv) Setting(name string) (string, bool) { return e.session.ChangedSetting(name) }

// Sessions implements syscat.Live.
func (e *sysenv) Sessions() []syscat.Session {
	var out []syscat.Session
	for _, a := range e.server.sessions.List() {
		host, port, _ := net.SplitHostPort(a.Remote)
		p, _ := strconv.Atoi(port)
		out = append(out, syscat.Session{
			PID: a.PID, User: a.User, Role: a.Role, Application: a.Application, ClientAddr: host, ClientPort: int32(p),
			StartedAt: a.Started.UnixMicro() - microsTo1970, QueryAt: a.QueryStart, StateAt: a.QueryStart,
			State: a.State, Query: a.Query,
		})
	}
	return e.hideSessions(out)
}

// microsTo1970 is 2000-01-01 in Unix microseconds.
const microsTo1970 = 946684800_000_000

// flows lists the status of continuous queries by id.
func (e *sysenv) flows() []*exec.FlowStatus {
	var out []*exec.FlowStatus
	for id, st := range e.server.engine.Status() {
		if o, ok := e.Snapshot().Object(id); ok && o.IsContinuous() {
			out = append(out, st)
		}
	}
	slices.SortFunc(out, func(a, b *exec.FlowStatus) int { return int(a.ID) - int(b.ID) })
	return out
}

// Queries implements syscat.Live.
func (e *sysenv) Queries() []syscat.Query {
	var out []syscat.Query
	epoch := e.server.engine.Epoch()
	for _, st := range e.flows() {
		q := syscat.Query{
			View: st.ID, State: "running", Epoch: epoch, RowsIn: st.RowsIn.Load(), RowsOut: st.RowsOut.Load(),
			RowErrors: st.RowErrors.Load(), MemoryBytes: st.StateBytes.Load(),
		}
		if !st.Live.Load() {
			q.State, q.Epoch = "backfilling", 0
		}
		if o, ok := e.Snapshot().Object(st.ID); ok && st.Paused.Load() {
			q.State = string(o.QueryState())
		}
		out = append(out, q)
	}
	for id, err := range e.server.engine.Failed() {
		out = append(out, syscat.Query{View: id, State: "failed", Error: err.Error()})
	}
	return out
}

// Operators implements syscat.Live.
func (e *sysenv) Operators() []syscat.Operator {
	var out []syscat.Operator
	for _, o := range e.server.engine.Operators() {
		out = append(out, syscat.Operator{
			View: o.Object, Number: int32(o.Number), Parent: int32(o.Parent), Name: o.Name,
			RowsIn: o.RowsIn, MemoryBytes: o.StateBytes,
		})
	}
	return out
}

// Partitions implements syscat.Live.
func (e *sysenv) Partitions() []syscat.Partition {
	var out []syscat.Partition
	for _, o := range e.Snapshot().Objects() {
		if o.InsertInto() != 0 {
			continue
		}
		for _, p := range e.server.log.Partitions(log.StreamID(o.ID)) {
			out = append(out, syscat.Partition{
				Stream: o.ID, Number: p.Partition.Index, Group: uint32(p.Group), Start: int64(p.Start),
				End: int64(p.End), Bytes: p.Bytes, Segments: int32(p.Segments), Leader: "n1",
			})
		}
	}
	return out
}

// RowErrors implements syscat.Live.
func (e *sysenv) RowErrors() []syscat.RowError {
	var out []syscat.RowError
	for _, r := range e.server.engine.RowErrors() {
		x := syscat.RowError{
			View: catalog.ObjectID(r.View), Epoch: r.Epoch, At: r.At, Code: r.SQLState, Reason: r.Message,
			Operator: r.Operator, Partition: -1, Offset: -1, Row: r.Row, Count: r.Count,
		}
		if r.HasPlace {
			x.Source, x.Partition, x.Offset = catalog.ObjectID(r.Source), r.Partition, r.Offset
		}
		out = append(out, x)
	}
	return e.hideRowErrors(out)
}

// Backfills implements syscat.Live.
func (e *sysenv) Backfills() []syscat.Backfill {
	var out []syscat.Backfill
	for _, st := range e.flows() {
		b := syscat.Backfill{
			View: st.ID, State: "running", RowsDone: st.Filled.Load(), RowsTotal: st.Total.Load(),
			StartedAt: st.FillStart.Load(), FinishedAt: st.FillEnd.Load(),
		}
		if st.Live.Load() {
			b.State = "done"
		}
		if b.StartedAt != 0 {
			out = append(out, b)
		}
	}
	return out
}

// Epochs implements syscat.Live.
func (e *sysenv) Epochs() []syscat.Epoch {
	var out []syscat.Epoch
	for _, x := range e.server.engine.Epochs() {
		out = append(out, syscat.Epoch{
			Number: x.Epoch, Clock: x.Clock, RowsIn: x.RowsIn, RowsOut: x.RowsOut,
			DurationMicros: x.Took.Microseconds(), Checkpointed: x.Checkpointed,
		})
	}
	return out
}

// Subscriptions implements syscat.Live.
func (e *sysenv) Subscriptions() []syscat.Subscription {
	var out []syscat.Subscription
	for _, x := range e.server.engine.Subscriptions() {
		out = append(out, syscat.Subscription{
			PID: x.PID, Number: int64(x.ID), Query: x.Query, StartedAt: x.Started, Epoch: x.Epoch,
			RowsSent: x.SentRows, QueuedBytes: x.QueuedBytes,
		})
	}
	return e.hideSubscriptions(out)
}

// Nodes implements syscat.Live.
func (e *sysenv) Nodes() []syscat.Node {
	return []syscat.Node{{
		ID: "n1", State: "up", Leader: true, Groups: int32(e.server.log.Groups()),
		StartedAt: e.server.started.UnixMicro() - microsTo1970, Version: e.server.opts.Version,
	}}
}
