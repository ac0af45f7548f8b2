package exec_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"

	"millrace/server"
)

func newRandom(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0x6d696c6c)) }

// crasher clones a disk as a power failure would leave it, before its n-th operation.
type crasher struct {
	mem    *vfs.MemFS
	cfg    vfs.CrashCloneCfg
	left   atomic.Int64
	once   sync.Once
	before func() // called first: what is acknowledged now must survive
	clone  *vfs.MemFS
	hit    atomic.Bool
}

func (c *crasher) MaybeError(errorfs.Op) error {
	if c.left.Add(-1) == 0 {
		c.crash()
	}
	return nil
}

func (c *crasher) String() string { return "crasher" }

func (c *crasher) crash() {
	c.once.Do(func() {
		c.before()
		c.clone = c.mem.CrashClone(c.cfg)
		c.hit.Store(true)
	})
}

// ledger is what the writers of the random test know.
type ledger struct {
	sync.Mutex
	rows   map[string]bool   // stream rows: acknowledged or not known
	table  map[int][]string  // values each key may have: the last known, and one on its way
	batch  map[string]string // row -> all rows of its statement
	frozen *ledger           // copy at the crash
}

func newLedger() *ledger {
	return &ledger{rows: map[string]bool{}, table: map[int][]string{}, batch: map[string]string{}}
}

func (l *ledger) freeze() {
	l.Lock()
	defer l.Unlock()
	f := newLedger()
	for k, v := range l.rows {
		f.rows[k] = v
	}
	for k, v := range l.table {
		f.table[k] = append([]string(nil), v...)
	}
	for k, v := range l.batch {
		f.batch[k] = v
	}
	l.frozen = f
}

var randomDDL = []string{
	`CREATE STREAM s (id text, k int, v int) WITH (partitions = 3)`,
	`CREATE TABLE t (k int PRIMARY KEY, v int)`,
	`CREATE MATERIALIZED VIEW sums AS SELECT k, count(*) AS n, sum(v) AS total, max(v) AS top FROM s GROUP BY k`,
	`CREATE MATERIALIZED VIEW joined AS SELECT s.id, s.v, t.v AS tv FROM s LEFT JOIN t ON s.k = t.k`,
	`CREATE MATERIALIZED VIEW deep AS SELECT n, count(*) AS keys FROM sums GROUP BY n`,
	`CREATE MATERIALIZED VIEW pairs AS SELECT sums.k, total, t.v FROM sums JOIN t ON t.k = sums.k`,
	`CREATE STREAM copied AS SELECT id, k, v * 2 AS v2 FROM s WHERE v % 3 <> 0 EMIT CHANGES`,
	`CREATE MATERIALIZED VIEW copies AS SELECT k, count(*) AS n FROM copied GROUP BY k`,
	`CREATE INDEX t_v ON t (v)`,
	`CREATE INDEX joined_v ON joined (tv)`,
}

// randomViews are the views and what they must equal.
var randomViews = [][2]string{
	{`SELECT * FROM sums`, `SELECT k, count(*), sum(v), max(v) FROM s GROUP BY k`},
	{`SELECT * FROM joined`, `SELECT s.id, s.v, t.v FROM s LEFT JOIN t ON s.k = t.k`},
	{`SELECT * FROM deep`, `SELECT n, count(*) FROM (SELECT k, count(*) AS n FROM s GROUP BY k) x GROUP BY n`},
	{`SELECT * FROM pairs`, `SELECT x.k, x.total, t.v FROM (SELECT k, sum(v) AS total FROM s GROUP BY k) x JOIN t ON t.k = x.k`},
	{`SELECT * FROM copied`, `SELECT id, k, v * 2 FROM s WHERE v % 3 <> 0`},
	{`SELECT * FROM copies`, `SELECT k, count(*) FROM copied GROUP BY k`},
	{`SELECT k, v FROM t WHERE v = 7`, `SELECT k, v FROM t WHERE v + 0 = 7`},
	{`SELECT id FROM joined WHERE tv = 7`, `SELECT id FROM joined WHERE tv + 0 = 7`},
}

func TestRandomCrashes(t *testing.T) {
	seeds := uint64(6)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		for _, groups := range []int{1, 4} {
			t.Run(fmt.Sprintf("groups=%d/seed=%d", groups, seed), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { randomLives(t, seed, groups) })
			})
		}
	}
}

// randomLives runs a workload through several crashes at random file operations.
func randomLives(t *testing.T, seed uint64, groups int) {
	r := newRandom(seed*8 + uint64(groups))
	mem, l := vfs.NewCrashableMem(), newLedger()
	o := server.Options{Groups: groups, CheckpointEvery: 7 * time.Millisecond, EpochMin: 100 * time.Microsecond}
	for life := range 4 {
		c := &crasher{mem: mem, before: l.freeze}
		c.cfg = vfs.CrashCloneCfg{UnsyncedDataPercent: []int{0, 50, 100}[r.IntN(3)], RNG: newRandom(r.Uint64())}
		n := startNode(t, errorfs.Wrap(mem, c), o)
		db := n.connect()
		if life == 0 {
			for _, sql := range randomDDL[:5] {
				db.must(sql)
			}
		} else {
			checkLife(t, db, l, life)
		}
		if life == 1 { // over data, and then perhaps not checkpointed
			for _, sql := range randomDDL[5:] {
				db.must(sql)
			}
		}
		db.close()
		c.left.Store(int64(1 + r.IntN(600)))
		var wg sync.WaitGroup
		for w := range 3 {
			wg.Go(func() { randomWriter(n, l, c, w, newRandom(seed<<20|uint64(life)<<8|uint64(w))) })
		}
		wg.Wait()
		c.crash()
		n.stop()
		mem, l = c.clone, l.frozen
	}
	n := startNode(t, mem, o)
	db := n.connect()
	checkLife(t, db, l, 4)
	db.close()
	n.restart()
	db = n.connect()
	checkLife(t, db, l, 5)
	db.close()
	n.stop()
}

// randomWriter writes rows of its own until the crash.
func randomWriter(n *node, l *ledger, c *crasher, w int, r *rand.Rand) {
	db := n.connect()
	defer db.close()
	for i := 0; i < 60 && !c.hit.Load(); i++ {
		if r.IntN(2) == 0 {
			writeStream(db, l, fmt.Sprintf("%d.%d", w, r.Uint32()), r)
		} else {
			writeTable(db, l, w+3*r.IntN(6), r)
		}
		time.Sleep(time.Duration(r.IntN(2000)) * time.Microsecond)
	}
}

func writeStream(db *conn, l *ledger, id string, r *rand.Rand) {
	var values, ids []string
	for j := range 1 + r.IntN(5) {
		ids = append(ids, fmt.Sprintf("%s.%d", id, j))
		values = append(values, fmt.Sprintf("('%s', %d, %d)", ids[j], r.IntN(8), r.IntN(100)))
	}
	all := strings.Join(ids, " ")
	l.Lock()
	for _, id := range ids {
		l.rows[id], l.batch[id] = false, all
	}
	l.Unlock()
	_, err := db.run(`INSERT INTO s (id, k, v) VALUES ` + strings.Join(values, ", "))
	if err != nil {
		db.t.Errorf("insert: %v", err)
		return
	}
	l.Lock()
	for _, id := range ids {
		l.rows[id] = true
	}
	l.Unlock()
}

func writeTable(db *conn, l *ledger, k int, r *rand.Rand) {
	v := fmt.Sprint(r.IntN(10))
	sql := fmt.Sprintf(`INSERT INTO t VALUES (%d, %s) ON CONFLICT (k) DO UPDATE SET v = excluded.v`, k, v)
	if r.IntN(4) == 0 {
		v, sql = "", fmt.Sprintf(`DELETE FROM t WHERE k = %d`, k)
	}
	l.Lock()
	if l.table[k] == nil {
		l.table[k] = []string{""}
	}
	l.table[k] = append(l.table[k], v)
	l.Unlock()
	if _, err := db.run(sql); err != nil {
		db.t.Errorf("%s: %v", sql, err)
		return
	}
	l.Lock()
	l.table[k] = []string{v}
	l.Unlock()
}

// checkLife compares the database with the ledger, and the views with recomputation.
// What is there from now on stays.
func checkLife(t *testing.T, db *conn, l *ledger, life int) {
	t.Helper()
	got := map[string]int{}
	for _, id := range db.must(`SELECT id FROM s`) {
		got[id]++
	}
	for id, acked := range l.rows {
		if acked && got[id] != 1 || got[id] > 1 {
			t.Fatalf("life %d: row %s is there %d times, acknowledged: %v", life, id, got[id], acked)
		}
	}
	for id, k := range got {
		for _, other := range strings.Fields(l.batch[id]) {
			if got[other] != k {
				t.Fatalf("life %d: of the rows %s some are missing", life, l.batch[id])
			}
		}
	}
	checkTable(t, db, l, life)
	for _, v := range randomViews {
		name := strings.Fields(strings.SplitN(v[0], "FROM ", 2)[1])[0]
		if len(db.must(`SELECT 1 FROM pg_class WHERE relname = '`+name+`'`)) > 0 {
			db.same(v[0], v[1])
		}
	}
	for id := range l.rows {
		if got[id] == 0 {
			delete(l.rows, id)
		} else {
			l.rows[id] = true
		}
	}
}

func checkTable(t *testing.T, db *conn, l *ledger, life int) {
	t.Helper()
	got := map[int]string{}
	for _, row := range db.must(`SELECT k, v FROM t`) {
		var k int
		var v string
		_, _ = fmt.Sscanf(strings.Replace(row, "|", " ", 1), "%d %s", &k, &v)
		got[k] = v
	}
	for k, may := range l.table {
		if !slices.Contains(may, got[k]) {
			t.Fatalf("life %d: key %d has %q, must be one of %q", life, k, got[k], may)
		}
		l.table[k] = []string{got[k]}
	}
}
