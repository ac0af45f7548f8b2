package exec_test

import (
	"fmt"
	"testing"
	"time"

	"millrace/server"
)

// CREATE STREAM AS SELECT gives each row once, whatever is lost of the time between
// its appends and checkpoints.
func TestStreamSinkExactlyOnce(t *testing.T) {
	for _, every := range []time.Duration{never, 2 * time.Millisecond} {
		for _, keep := range []int{0, 50, 100} {
			t.Run(fmt.Sprintf("checkpoint=%v/keep=%d", every, keep), func(t *testing.T) {
				bubble(t, server.Options{CheckpointEvery: every, Groups: 4}, sinkLives(keep))
			})
		}
	}
}

func sinkLives(keep int) func(t *testing.T, n *node) {
	return func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int, v int) WITH (partitions = 3)`)
		db.must(`INSERT INTO s SELECT i, i % 3 FROM generate_series(1, 500) AS g(i)`)
		db.must(`CREATE STREAM spread WITH (partitions = 4) AS SELECT k, v FROM s WHERE v > 0 EMIT CHANGES`)
		db.must(`CREATE STREAM again AS SELECT k * 10 AS k10, v FROM spread WHERE v = 1 EMIT CHANGES`)
		db.must(`CREATE MATERIALIZED VIEW counts AS SELECT v, count(*) AS n FROM again GROUP BY v`)
		check := func() {
			t.Helper()
			db.same(`SELECT k, v FROM spread`, `SELECT k, v FROM s WHERE v > 0`)
			db.same(`SELECT * FROM again`, `SELECT k * 10, v FROM s WHERE v = 1`)
			db.same(`SELECT * FROM counts`, `SELECT v, count(*) FROM s WHERE v = 1 GROUP BY v`)
			db.same(`SELECT count(*) FROM (SELECT DISTINCT rowpartition, rowoffset FROM spread) x`, `SELECT count(*) FROM spread`)
		}
		check()
		for life := range 4 {
			for i := range 12 {
				db.must(fmt.Sprintf(`INSERT INTO s SELECT i, i %% 3 FROM generate_series(%d, %d) AS g(i)`, 1000*life+10*i, 1000*life+10*i+8))
				time.Sleep(500 * time.Microsecond)
			}
			check()
			n.crash(keep)
			db = n.connect()
			check()
		}
		n.restart()
		db = n.connect()
		check()
	}
}
