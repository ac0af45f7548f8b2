package exec_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"millrace/server"
)

// broken is a disk whose writes below a path fail once it is on.
type broken struct {
	on   atomic.Bool
	path string
}

func (b *broken) MaybeError(op errorfs.Op) error {
	if b.on.Load() && op.Kind.ReadOrWrite() == errorfs.OpIsWrite && op.Kind != errorfs.OpFileClose &&
		strings.Contains(op.Path, b.path) {
		return errorfs.ErrInjected
	}
	return nil
}

func (b *broken) String() string { return "broken" }

// When the log can no longer write, everything that waits ends with an error, nothing
// is acknowledged any more, and a new start has all that was.
func TestLogFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mem, disk := vfs.NewCrashableMem(), &broken{path: "/data/log"}
		n := startNode(quietLog{t}, errorfs.Wrap(mem, disk), server.Options{})
		db, waits := n.connect(), n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY); CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t`)
		db.must(`INSERT INTO t VALUES (1), (2); SELECT n FROM v`)
		sub := n.subscribe(`SUBSCRIBE TO v`)
		time.Sleep(time.Second)
		waits.must(`BEGIN; SELECT 1 FROM t; INSERT INTO t VALUES (3)`)
		disk.on.Store(true)
		if _, err := db.run(`INSERT INTO t VALUES (4)`); err == nil {
			t.Error("an INSERT is acknowledged on a broken disk")
		}
		if err := <-n.srv.Failed(); err == nil {
			t.Error("the server does not say why it must stop")
		}
		if err := <-sub.end; err == nil {
			t.Error("the subscription ends without an error")
		}
		if _, err := waits.run(`COMMIT`); err == nil {
			t.Error("a COMMIT is acknowledged on a broken disk")
		}
		_, _ = db.run(`CREATE MATERIALIZED VIEW w AS SELECT k FROM t`) // ends, with whatever error
		n.halt()
		n = startNode(t, mem.CrashClone(vfs.CrashCloneCfg{}), server.Options{})
		defer n.stop()
		db = n.connect()
		rows := db.must(`SELECT k FROM t WHERE k < 3 ORDER BY k`)
		if strings.Join(rows, " ") != "1 2" {
			t.Errorf("acknowledged rows after the failure: %q", rows)
		}
		db.same(`SELECT n FROM v`, `SELECT count(*) FROM t`)
	})
}

// quietLog keeps the errors of a server that is meant to fail out of the report.
type quietLog struct{ *testing.T }

// Log implements testing.TB.
func (quietLog) Log(...any) {}

// halt stops a node that has failed: its errors are expected.
func (n *node) halt() {
	ctx, done := context.WithTimeout(context.Background(), time.Second)
	defer done()
	_ = n.srv.Shutdown(ctx)
	n.wg.Wait()
}
