package exec_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"millrace/log"
	"millrace/server"
)

// Without changes no epoch is cut and nothing is written.
func TestQuietWhenIdle(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int); CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t`)
		db.must(`INSERT INTO t VALUES (1, 1); SELECT * FROM v`)
		sub := n.subscribe(`SUBSCRIBE TO v WITH (snapshot = false, progress = true)`)
		time.Sleep(time.Minute)
		synctest.Wait()
		epoch, applied := n.engine().Epoch(), n.srv.Log().Applied()
		sub.mu.Lock()
		before := sub.epoch
		sub.mu.Unlock()
		time.Sleep(time.Hour)
		synctest.Wait()
		if now := n.engine().Epoch(); now != epoch {
			t.Fatalf("epoch went from %d to %d by itself", epoch, now)
		}
		if now := n.srv.Log().Applied(); !slices.Equal(now, applied) {
			t.Fatalf("the log went from %v to %v by itself", applied, now)
		}
		if sub.epoch != before {
			t.Fatalf("the subscriber got epoch %s after %s", sub.epoch, before)
		}
		sub.stop()
	})
}

// The clock of epochs never goes back, whatever the wall clock does, also after a
// restart.
func TestClockIsMonotone(t *testing.T) {
	var back atomic.Int64
	now := func() time.Time { return time.Now().Add(-time.Duration(back.Load())) }
	bubble(t, server.Options{Now: now, CheckpointEvery: never}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int)`)
		var clocks []int64
		for i := range 20 {
			db.must(`INSERT INTO s VALUES (1); SELECT count(*) FROM s`)
			list := n.engine().Epochs()
			if len(list) > 0 {
				clocks = append(clocks, list[len(list)-1].Clock)
			}
			time.Sleep(time.Second)
			if i%3 == 2 {
				back.Add(int64(10 * time.Second))
			}
			if i%7 == 6 {
				n.crash(100)
				db = n.connect()
			}
		}
		if !slices.IsSorted(clocks) || clocks[0] == clocks[len(clocks)-1] {
			t.Fatalf("clocks %v", clocks)
		}
	})
}

// E3: a replay runs the recorded epochs with their own cuts and clocks: a second
// crash gives the same as the first.
func TestReplayIsExact(t *testing.T) {
	bubble(t, server.Options{CheckpointEvery: never}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int); CREATE TABLE t (k int PRIMARY KEY, v int)`)
		db.must(`CREATE STREAM out AS SELECT k FROM s EMIT CHANGES`)
		for i := range 30 {
			db.must(fmt.Sprintf(`INSERT INTO s VALUES (%d); INSERT INTO t VALUES (%d, 0) ON CONFLICT (k) DO UPDATE SET v = t.v + 1`, i, i%4))
			if i%3 == 0 {
				db.must(`SELECT 1 FROM out LIMIT 1`)
			}
		}
		read := func() []string {
			return slices.Concat(db.must(`SELECT * FROM t ORDER BY k`), db.must(`SELECT k, rowtime, rowoffset FROM out ORDER BY rowoffset`))
		}
		want := read()
		for _, keep := range []int{0, 100, 0} {
			n.crash(keep)
			db = n.connect()
			if got := read(); !slices.Equal(got, want) {
				t.Fatalf("after a crash\n%q\nwant\n%q", got, want)
			}
		}
	})
}

// Epoch records go once a checkpoint needs them no more, and what a checkpoint needs
// of a stream stays whatever its retention.
func TestRetention(t *testing.T) {
	bubble(t, server.Options{CheckpointEvery: time.Minute}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int, v text) WITH (retention_ms = 1000)`)
		db.must(`CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n, sum(k) AS total FROM s`)
		for i := range 400 {
			db.must(fmt.Sprintf(`INSERT INTO s VALUES (%d, repeat('x', 100)); SELECT n FROM v`, i))
		}
		time.Sleep(10 * time.Second)
		if err := n.srv.Log().Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		n.crash(100) // nothing but the log
		db = n.connect()
		db.want(`SELECT * FROM v`, "400|79800")
		time.Sleep(2 * time.Hour) // a checkpoint, and segments that are old enough to be left
		db.must(`INSERT INTO s VALUES (0, ''); SELECT n FROM v`)
		time.Sleep(2 * time.Minute)
		if err := n.srv.Log().Expire(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, p := range []log.PartitionID{{}, n.partition(db, "s")} {
			if start, end := n.srv.Log().Ends(p); start == 0 || end < 400 {
				t.Errorf("partition %v still has %d to %d", p, start, end)
			}
		}
		db.want(`SELECT * FROM v`, "401|79800")
		for _, keep := range []int{0, 100} {
			n.crash(keep)
			db = n.connect()
			db.want(`SELECT * FROM v`, "401|79800")
		}
	})
}

// partition is the first partition of a stream.
func (n *node) partition(db *conn, name string) log.PartitionID {
	var id uint64
	_, _ = fmt.Sscan(db.must(`SELECT oid FROM pg_class WHERE relname = '` + name + `'`)[0], &id)
	return log.PartitionID{Stream: log.StreamID(id)}
}
