package exec_test

import (
	"testing"

	"millrace/exec"
	"millrace/server"
)

// What was acknowledged but not in an epoch yet when the server died is in the first
// snapshot after the restart: reads are correct, and writes find the keys that exist.
func TestFirstSnapshotHasEverything(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		c := n.connect()
		c.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
		c.must(`INSERT INTO t VALUES (1, 0)`)
		c.want(`SELECT count(*) FROM t`, "1")
		n.engine().Hold()
		c.must(`INSERT INTO t VALUES (2, 0)`)
		before := n.srv.Log().Applied()
		n.crash(0)
		snap, err := n.engine().SnapshotFor(t.Context(), exec.Want{Level: exec.Local})
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Release()
		for g, i := range before {
			if snap.Vector[g] < i {
				t.Errorf("the first snapshot has group %d up to %d, %d was acknowledged", g, snap.Vector[g], i)
			}
		}
		c = n.connect()
		c.fails(`INSERT INTO t VALUES (2, 0)`, "23505")
	})
}
