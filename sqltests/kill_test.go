package sqltests

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// killSchema: rows of every writer have dense numbers, so that a lost or doubled one
// shows in count and sum.
const killSchema = `
CREATE STREAM s (w int KEY, n int8) WITH (partitions = 4);
CREATE TABLE t (w int, n int8, PRIMARY KEY (w, n));
CREATE MATERIALIZED VIEW per_writer AS SELECT w, count(*) AS rows, sum(n) AS total, max(n) AS last FROM s GROUP BY w;
CREATE MATERIALIZED VIEW both_sides AS SELECT s.w, count(*) AS rows FROM s JOIN t ON t.w = s.w AND t.n = s.n GROUP BY s.w;
CREATE MATERIALIZED VIEW overall AS SELECT sum(rows) AS rows, sum(total) AS total FROM per_writer`

const (
	killWriters = 4
	// killRows is how many rows each writer gets acknowledged before a kill.
	killRows = 100
)

// process is a running binary.
type process struct {
	cmd  *osexec.Cmd
	addr string
	tail *lockedBuffer
}

// TestKill runs the real binary on a real disk and kills it, over and over, while
// writers insert and a push query is read. What was acknowledged must be there once,
// and the views must be what their queries give.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	kills := *crashesFlag
	if kills == 0 {
		kills = 5
		if night() {
			kills = 100
		}
	}
	dir := t.TempDir()
	k := &killRun{t: t, binary: filepath.Join(dir, "millrace"), data: filepath.Join(dir, "data")}
	build := osexec.Command("go", "build", "-o", k.binary, "./cmd/millrace")
	build.Dir = root
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	began := time.Now()
	for round := range kills + 1 {
		k.round(round, round == kills)
		t.Logf("round %d: %s", round, time.Since(began).Round(time.Millisecond))
		if t.Failed() {
			return
		}
	}
	var rows int64
	for w := range k.acked {
		rows += k.acked[w].Load()
	}
	t.Logf("%d kills, %d rows", kills, rows)
}

type killRun struct {
	t            *testing.T
	binary, data string
	// acked is the last number of each writer that was acknowledged; tried may be one
	// batch further.
	acked, tried [killWriters]atomic.Int64
}

// round starts the server, checks what is there, and kills it under load; the last
// one stops it cleanly.
func (k *killRun) round(round int, last bool) {
	p := k.start()
	c := k.connect(p)
	if round == 0 {
		for _, s := range splitStatements(killSchema) {
			k.run(c, s.text)
		}
	}
	k.check(c)
	if last || k.t.Failed() {
		c.close()
		k.stop(p)
		return
	}
	var writers sync.WaitGroup
	for w := range killWriters {
		writers.Go(func() { k.write(p, w) })
	}
	writers.Go(func() { k.push(p) })
	k.waitForLoad()
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	writers.Wait()
	c.close()
}

// waitForLoad returns when every writer has some rows acknowledged in this round.
func (k *killRun) waitForLoad() {
	var before [killWriters]int64
	for w := range before {
		before[w] = k.acked[w].Load()
	}
	deadline := time.Now().Add(30 * time.Second)
	for w := range before {
		for k.acked[w].Load() < before[w]+killRows {
			if time.Now().After(deadline) {
				k.t.Errorf("writer %d has only %d rows acknowledged after 30 s", w, k.acked[w].Load()-before[w])
				return
			}
			time.Sleep(time.Millisecond) // a real process has no bubble to wait in
		}
	}
}

var readyLine = regexp.MustCompile(`msg=ready.* sql=(\S+)`)

func (k *killRun) start() *process {
	k.t.Helper()
	p := &process{tail: &lockedBuffer{}}
	p.cmd = osexec.Command(k.binary, "start", "--data", k.data, "--listen", "127.0.0.1:0", "--http", "")
	stderr, err := p.cmd.StderrPipe()
	must(k.t, err)
	must(k.t, p.cmd.Start())
	k.t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		_, _ = p.tail.Write(append(lines.Bytes(), '\n'))
		if m := readyLine.FindStringSubmatch(lines.Text()); m != nil {
			p.addr = m[1]
			go func() {
				for lines.Scan() {
					_, _ = p.tail.Write(append(lines.Bytes(), '\n'))
				}
			}()
			return p
		}
	}
	k.t.Fatalf("the server did not start:\n%s", p.tail.String())
	return nil
}

func (k *killRun) stop(p *process) {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	if err := p.cmd.Wait(); err != nil {
		k.t.Errorf("after SIGTERM: %v\n%s", err, p.tail.String())
	}
}

func (k *killRun) dial(p *process) (*client, error) {
	var d net.Dialer
	nc, err := d.DialContext(context.Background(), "tcp", p.addr)
	if err != nil {
		return nil, err
	}
	return connect(nc, map[string]string{"user": "millrace", "database": "millrace"})
}

func (k *killRun) connect(p *process) *client {
	k.t.Helper()
	c, err := k.dial(p)
	if err != nil {
		k.t.Fatalf("connect: %v\n%s", err, p.tail.String())
	}
	return c
}

func (k *killRun) run(c *client, text string) [][]cell {
	k.t.Helper()
	rep, err := c.query(text, nil)
	if err != nil {
		k.t.Fatalf("%s: %v", text, err)
	}
	if _, failed := rep.err(); failed != "" {
		k.t.Fatalf("%s: %s", text, failed)
	}
	return rep.result()
}

// write inserts into stream and table, in one transaction, until the server is gone.
func (k *killRun) write(p *process, w int) {
	c, err := k.dial(p)
	if err != nil {
		return
	}
	defer c.close()
	for {
		n := k.tried[w].Add(1)
		ok := true
		for _, text := range []string{
			"BEGIN", fmt.Sprintf("INSERT INTO s VALUES (%d, %d)", w, n), fmt.Sprintf("INSERT INTO t VALUES (%d, %d)", w, n), "COMMIT",
		} {
			rep, err := c.query(text, nil)
			if err != nil {
				return
			}
			if _, failed := rep.err(); failed != "" {
				if !strings.Contains(failed, "57P01") {
					k.t.Errorf("writer %d: %s: %s", w, text, failed)
				}
				ok = false
			}
		}
		if !ok {
			return
		}
		k.acked[w].Store(n)
	}
}

// push reads the changes of a view until the server is gone: its sum may not shrink.
func (k *killRun) push(p *process) {
	c, err := k.dial(p)
	if err != nil {
		return
	}
	defer c.close()
	if c.send(&pgproto3.Query{String: "SUBSCRIBE TO overall"}) != nil {
		return
	}
	before := int64(-1)
	for {
		m, err := c.next(time.Minute)
		if err != nil {
			return
		}
		if m.typ != 'D' {
			continue
		}
		row := decodeRow(m.body, nil)
		if row[1].text != "insert" || row[2].null {
			continue
		}
		rows, _ := strconv.ParseInt(row[2].text, 10, 64)
		if rows <= before {
			k.t.Errorf("the push query shows %d rows after %d", rows, before)
			return
		}
		before = rows
	}
}

// check looks for acknowledged rows that are lost and rows that are there twice,
// and compares the views with their queries.
func (k *killRun) check(c *client) {
	k.t.Helper()
	for w := range killWriters {
		acked, tried := k.acked[w].Load(), k.tried[w].Load()
		ends := map[string]int64{}
		for _, relation := range []string{"s", "t"} {
			row := k.run(c, fmt.Sprintf("SELECT count(*), count(DISTINCT n), coalesce(max(n), 0) FROM %s WHERE w = %d", relation, w))[0]
			count, _ := strconv.ParseInt(row[0].text, 10, 64)
			distinct, _ := strconv.ParseInt(row[1].text, 10, 64)
			highest, _ := strconv.ParseInt(row[2].text, 10, 64)
			ends[relation] = highest
			if highest < acked || highest > tried {
				k.t.Errorf("%s of writer %d ends at %d, but %d was acknowledged and %d tried", relation, w, highest, acked, tried)
			}
			if count != distinct || count != highest {
				k.t.Errorf("%s of writer %d has %d rows, %d different, up to %d", relation, w, count, distinct, highest)
			}
		}
		if ends["s"] != ends["t"] {
			k.t.Errorf("half a transaction: stream and table of writer %d end at %d and %d", w, ends["s"], ends["t"])
		}
		// The writer goes on behind what is there, acknowledged or not.
		k.acked[w].Store(ends["s"])
		k.tried[w].Store(ends["s"])
	}
	for view, query := range map[string]string{
		"per_writer": "SELECT w, count(*), sum(n), max(n) FROM s GROUP BY w",
		"both_sides": "SELECT s.w, count(*) FROM s JOIN t ON t.w = s.w AND t.n = s.n GROUP BY s.w",
		"overall":    "SELECT count(*)::numeric, sum(n) FROM s HAVING count(*) > 0",
	} {
		if view == "overall" && k.acked[0].Load() == 0 {
			continue
		}
		if err := sameRows(c, "SELECT * FROM "+view, query); err != nil {
			k.t.Error(err)
		}
	}
}
