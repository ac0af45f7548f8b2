package exec_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"millrace/server"
)

// subscriber folds the changes of a push query.
type subscriber struct {
	mu    sync.Mutex
	rows  map[string]int
	epoch string
	done  bool // the snapshot
	order error
	end   chan error
	stop  context.CancelFunc
}

// subscribe starts SUBSCRIBE and reads it in the background; cells 0 and 1 of each row
// are epoch and op.
func (n *node) subscribe(sql string) *subscriber {
	c := n.connect()
	ctx, stop := context.WithCancel(context.Background())
	s := &subscriber{rows: map[string]int{}, end: make(chan error, 1), stop: stop}
	go func() {
		defer c.close()
		r := c.PgConn().Exec(ctx, sql)
		for r.NextResult() {
			for rr := r.ResultReader(); rr.NextRow(); {
				s.take(rr.Values())
			}
		}
		s.end <- r.Close()
	}()
	return s
}

func (s *subscriber) take(cells [][]byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	epoch, op := string(cells[0]), string(cells[1])
	if len(epoch) < len(s.epoch) || len(epoch) == len(s.epoch) && epoch < s.epoch {
		s.order = fmt.Errorf("epoch %s after %s", epoch, s.epoch)
	}
	s.epoch = epoch
	row := ""
	for i, v := range cells[2:] {
		if i > 0 {
			row += "|"
		}
		if v == nil {
			row += "NULL"
		}
		row += string(v)
	}
	switch op {
	case "insert":
		s.rows[row]++
	case "delete":
		if s.rows[row]--; s.rows[row] < 0 {
			s.order = fmt.Errorf("epoch %s: row %s is deleted but was not there", epoch, row)
		}
	case "snapshot":
		if s.done {
			s.order = fmt.Errorf("a second snapshot in epoch %s", epoch)
		}
		s.done = true
	}
	if s.rows[row] == 0 {
		delete(s.rows, row)
	}
}

// equals compares the folded changes with rows.
func (s *subscriber) equals(t *testing.T, rows []string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.order != nil {
		t.Fatal(s.order)
	}
	want := map[string]int{}
	for _, r := range rows {
		want[r]++
	}
	if fmt.Sprint(want) != fmt.Sprint(s.rows) {
		t.Fatalf("folded changes give %v\nwant %v", s.rows, want)
	}
}

const grouped = `SELECT k % 5 AS k, count(*) AS n, sum(v) AS total FROM t GROUP BY 1`

// E6 for subscriptions and views: begun while writes go on, they miss and repeat
// nothing, whether they give the snapshot or not.
func TestStartDuringWrites(t *testing.T) {
	for _, groups := range []int{1, 4} {
		t.Run(fmt.Sprintf("groups=%d", groups), func(t *testing.T) {
			bubble(t, server.Options{Groups: groups, EpochMin: 50 * time.Microsecond}, startDuringWrites)
		})
	}
}

func startDuringWrites(t *testing.T, n *node) {
	db := n.connect()
	db.must(`CREATE TABLE t (k int PRIMARY KEY, v int) WITH (partitions = 4); CREATE STREAM s (k int, v int)`)
	db.must(`INSERT INTO t SELECT i, i FROM generate_series(1, 3000) AS g(i)`)
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			c, r := n.connect(), newRandom(uint64(w))
			defer c.close()
			for i := range 60 {
				k := r.IntN(3000)
				c.must(fmt.Sprintf(`UPDATE t SET v = v + 1 WHERE k BETWEEN %d AND %d`, k, k+3))
				c.must(fmt.Sprintf(`INSERT INTO s VALUES (%d, %d)`, k, i))
				time.Sleep(time.Duration(r.IntN(300)) * time.Microsecond)
			}
		})
	}
	var subs []*subscriber
	for i := range 6 {
		db.must(fmt.Sprintf(`CREATE MATERIALIZED VIEW v%d AS %s`, i, grouped))
		db.must(fmt.Sprintf(`CREATE MATERIALIZED VIEW j%d AS SELECT s.k, s.v, t.v AS tv FROM s JOIN t ON t.k = s.k`, i))
		subs = append(subs, n.subscribe(`SUBSCRIBE TO (`+grouped+`)`), n.subscribe(fmt.Sprintf(`SUBSCRIBE TO v%d`, i)))
		time.Sleep(time.Millisecond)
	}
	wg.Wait()
	synctest.Wait()
	time.Sleep(time.Second)
	synctest.Wait()
	want := db.must(grouped)
	for i, s := range subs {
		s.equals(t, want)
		db.same(fmt.Sprintf(`SELECT * FROM v%d`, i/2), grouped)
		db.same(fmt.Sprintf(`SELECT * FROM j%d`, i/2), `SELECT s.k, s.v, t.v FROM s JOIN t ON t.k = s.k`)
		s.stop()
		if got := state(<-s.end); got != "57014" && got[0] != '?' {
			t.Fatalf("the subscription ends with %s", got)
		}
	}
}

// Without its snapshot a subscription still knows the past: its changes continue the
// present result.
func TestSubscribeWithoutSnapshot(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
		db.must(`INSERT INTO t SELECT i, i FROM generate_series(1, 20) AS g(i)`)
		before := db.must(grouped)
		s := n.subscribe(`SUBSCRIBE TO (` + grouped + `) WITH (snapshot = false)`)
		synctest.Wait()
		time.Sleep(time.Second)
		if len(s.rows) > 0 {
			t.Fatalf("got %v before any change", s.rows)
		}
		for _, r := range before {
			s.rows[r]++
		}
		db.must(`UPDATE t SET v = 100 WHERE k = 3; INSERT INTO t VALUES (30, 30)`)
		want := db.must(grouped)
		time.Sleep(time.Second)
		s.equals(t, want)
		s.stop()
	})
}

// E7: a reader that stops reading is ended and disturbs nobody.
func TestSlowSubscriber(t *testing.T) {
	bubble(t, server.Options{WriteTimeout: time.Hour}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int, v text); CREATE MATERIALIZED VIEW v AS SELECT k, count(*) AS n FROM s GROUP BY k`)
		slow := n.connect()
		r := slow.PgConn().Exec(context.Background(), `SUBSCRIBE TO (SELECT v FROM s)`)
		if !r.NextResult() { // reads the row description and nothing after it
			t.Fatal(r.Close())
		}
		fast := n.subscribe(`SUBSCRIBE TO (SELECT k, count(*) AS n FROM s GROUP BY k)`)
		for i := range 40 {
			db.must(fmt.Sprintf(`INSERT INTO s SELECT %d, repeat(md5(i::text), 30) FROM generate_series(1, 1000) AS g(i)`, i%3))
			db.must(`SELECT 1 FROM v LIMIT 1`)
			for _, row := range db.must(`SELECT queued_bytes FROM millrace.subscriptions`) {
				var queued int64
				if _, _ = fmt.Sscan(row, &queued); queued > 10<<20 {
					t.Fatalf("%d bytes wait for a reader", queued)
				}
			}
		}
		time.Sleep(time.Second)
		fast.equals(t, db.must(`SELECT * FROM v`))
		for rr := r.ResultReader(); rr.NextRow(); {
		}
		if got := state(r.Close()); got != "53400" {
			t.Fatalf("the slow reader ended with %q", got)
		}
		if got := db.must(`SELECT count(*) FROM millrace.subscriptions`)[0]; got != "1" {
			t.Fatalf("%s subscriptions are left", got)
		}
		slow.must(`SELECT 1`)
		fast.stop()
	})
}

// Progress marks that nobody reads do not pile up.
func TestProgressIsBounded(t *testing.T) {
	bubble(t, server.Options{WriteTimeout: time.Hour}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int); CREATE STREAM other (k int)`)
		slow := n.connect()
		r := slow.PgConn().Exec(context.Background(), `SUBSCRIBE TO s WITH (progress = true)`)
		if !r.NextResult() {
			t.Fatal(r.Close())
		}
		for range 300 {
			db.must(`INSERT INTO other VALUES (1)`)
			db.must(`SELECT count(*) FROM other`)
		}
		if got := n.engine().QueuedChanges(); got > 20 {
			t.Fatalf("%d changes are queued", got)
		}
		slow.close()
	})
}

// A snapshot larger than the queue reaches a reader who takes his time.
func TestLargeSnapshot(t *testing.T) {
	bubble(t, server.Options{WriteTimeout: time.Hour}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (v text)`)
		for range 30 {
			db.must(`INSERT INTO s SELECT repeat(md5(i::text), 30) FROM generate_series(1, 1000) AS g(i)`)
		}
		db.must(`SELECT 1 FROM s LIMIT 1`)
		slow := n.connect()
		r := slow.PgConn().Exec(context.Background(), `SUBSCRIBE TO s`)
		if !r.NextResult() {
			t.Fatal(r.Close())
		}
		time.Sleep(time.Minute)
		var queued int64
		_, _ = fmt.Sscan(db.must(`SELECT queued_bytes FROM millrace.subscriptions`)[0], &queued)
		if queued == 0 || queued > 9<<20 {
			t.Fatalf("%d bytes wait", queued)
		}
		rows := 0
		for rr := r.ResultReader(); rr.NextRow(); {
			if string(rr.Values()[1]) == "snapshot" {
				break
			}
			rows++
		}
		if rows != 30_000 {
			t.Fatalf("the snapshot has %d rows", rows)
		}
		slow.close()
	})
}
