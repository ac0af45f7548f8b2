package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"syscall"
	"time"

	"millrace/catalog"
	"millrace/exec"
)

// benchNexmark runs each query over the same events, on a new server each time. The
// server is in this process. Events are stored first, while no epoch is cut; what is
// measured is the way from the log to the committed view, in epochs of a bounded
// size, with the processor time of the whole process. Then a server with a new view
// gets the events at half the rate of one core, and the time from the append of a
// record batch to the epoch that shows it is measured.
func benchNexmark(ctx context.Context, b *bench) error {
	names := nexmarkQueries()
	if b.queries != "" {
		names = strings.Split(b.queries, ",")
	}
	for _, name := range names {
		if _, err := nexmarkSQL(name); err != nil {
			return err
		}
	}
	events, err := makeEvents(filepath.Join(b.dir, "events"), b.rows, b.eventRate)
	if err != nil {
		return err
	}
	defer events.close()
	for _, name := range names {
		if err := b.nexmarkQuery(ctx, name, events); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		}
	}
	return ctx.Err()
}

func (b *bench) nexmarkQuery(ctx context.Context, name string, events *eventFile) error {
	f, err := b.nexmarkThroughput(ctx, name, events)
	if err != nil {
		return err
	}
	perCore := float64(events.rows) / f.cpu.Seconds()
	values := []any{
		perCore, "events/s/core", f.cpu.Seconds() * 1e6 / float64(events.rows), "cpu-us/event",
		float64(events.rows) / f.wall.Seconds(), "events/s",
		float64(f.state), "state-B", float64(f.mallocs) / float64(events.rows), "allocs/event",
		float64(f.bytes) / float64(events.rows), "B/event", float64(f.rows), "view-rows",
		f.checkpoint.Seconds() * 1e3, "checkpoint-cpu-ms",
	}
	if b.seconds > 0 {
		lags, err := b.nexmarkLatency(ctx, name, events, perCore/2)
		if err != nil {
			return err
		}
		values = append(values, ms(percentile(lags, 0.5)), "p50-ms", ms(percentile(lags, 0.99)), "p99-ms")
	}
	b.report("Nexmark/"+name, values...)
	return nil
}

// nexmarkFigures are what one run gives.
type nexmarkFigures struct {
	cpu, wall, checkpoint time.Duration
	mallocs, bytes        uint64
	state, rows           int64
}

// nexmarkServer is a server with the view of one query.
type nexmarkServer struct {
	*node
	stream *catalog.Object
	view   *catalog.Object
	dir    string
	url    string
	ended  bool
}

func (b *bench) nexmarkServer(ctx context.Context, name string, events *eventFile) (*nexmarkServer, error) {
	dir, err := os.MkdirTemp(b.dir, name+"-")
	if err != nil {
		return nil, err
	}
	n, err := startNode(ctx, startFlags{dir: dir, listen: "127.0.0.1:0", connections: 10, epochRows: b.epochRows}, quietLog, nil)
	if err != nil {
		return nil, err
	}
	s := &nexmarkServer{node: n, dir: dir}
	setup, _ := nexmarkSQL("setup")
	query, _ := nexmarkSQL(name)
	s.url = fmt.Sprintf("postgres://millrace@%s/millrace?sslmode=disable&default_query_exec_mode=simple_protocol", n.sql.Addr())
	err = execAll(ctx, s.url, events.createStream(), setup, nexmarkSides[name]+"SELECT 1", "CREATE "+b.nexmarkSink(name)+" result AS "+query)
	if err != nil {
		s.end()
		return nil, err
	}
	snap := n.srv.Catalog()
	s.stream, _ = snap.Lookup([]string{"public"}, "", "event")
	s.view, _ = snap.Lookup([]string{"public"}, "", "result")
	return s, nil
}

// nexmarkSink is what takes the result: a stream for the queries that give about a row
// for each bid and never take one back, as in the published suites, else a view.
func (b *bench) nexmarkSink(name string) string {
	if b.sink == "stream" || b.sink == "" && slices.Contains(nexmarkStreams, name) {
		return "STREAM"
	}
	return "MATERIALIZED VIEW"
}

// end stops the server; it may be called twice.
func (s *nexmarkServer) end() {
	if s.ended {
		return
	}
	s.ended = true
	_ = s.stop(time.Second)
	_ = os.RemoveAll(s.dir)
}

// nexmarkThroughput measures the way of all events from the log to the view.
func (b *bench) nexmarkThroughput(ctx context.Context, name string, events *eventFile) (f nexmarkFigures, err error) {
	s, err := b.nexmarkServer(ctx, name, events)
	if err != nil {
		return f, err
	}
	defer s.end()
	engine := s.srv.Engine()
	engine.Hold()
	at, err := events.appendAll(ctx, s.srv.Log(), s.stream)
	if err != nil {
		return f, err
	}
	runtime.GC()
	stop, err := b.profile(name)
	if err != nil {
		return f, err
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cpu, began := processCPU(), time.Now()
	engine.Release()
	snap, err := engine.SnapshotFor(ctx, exec.Want{Level: exec.OwnWrites, Own: at})
	if err != nil {
		return f, err
	}
	snap.Release()
	f.cpu, f.wall = processCPU()-cpu, time.Since(began)
	runtime.ReadMemStats(&after)
	stop()
	f.mallocs, f.bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	if st := engine.Status()[s.view.ID]; st != nil {
		f.state = st.StateBytes.Load()
	}
	if err := engine.Failed()[s.view.ID]; err != nil {
		return f, err
	}
	if f.rows, err = queryInt(ctx, s.url, "SELECT count(*) FROM result"); err != nil {
		return f, err
	}
	cpu = processCPU()
	s.end() // it ends with a checkpoint
	f.checkpoint = processCPU() - cpu
	return f, nil
}

// profile writes a profile of the processor time until stop is called.
func (b *bench) profile(name string) (stop func(), err error) {
	if b.cpuprofile == "" {
		return func() {}, nil
	}
	file, err := os.Create(b.cpuprofile + "." + name)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); _ = file.Close() }, nil
}

// processCPU is the processor time this process has used.
func processCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// nexmarkLatency stores events at a rate and measures how long after the beginning of
// its append each record batch shows.
func (b *bench) nexmarkLatency(ctx context.Context, name string, events *eventFile, rate float64) ([]time.Duration, error) {
	s, err := b.nexmarkServer(ctx, name, events)
	if err != nil {
		return nil, err
	}
	defer s.end()
	sent := make(chan sentChunk, len(events.chunks))
	go func() {
		defer close(sent)
		began, total := time.Now(), 0
		for i, c := range events.chunks {
			due := time.Duration(float64(total) / rate * float64(time.Second))
			if due > time.Duration(b.seconds)*time.Second || ctx.Err() != nil {
				return
			}
			time.Sleep(time.Until(began.Add(due)))
			x := sentChunk{began: time.Now(), done: make(chan appended, 1)}
			events.append(s.srv.Log(), i, s.stream, x.done)
			sent <- x
			total += c.rows
		}
	}()
	var lags []time.Duration
	for x := range sent {
		a := <-x.done
		if a.err != nil {
			return nil, a.err
		}
		snap, err := s.srv.Engine().SnapshotFor(ctx, exec.Want{Level: exec.OwnWrites, Own: a.at})
		if err != nil {
			return nil, err
		}
		snap.Release()
		lags = append(lags, time.Since(x.began))
	}
	slices.Sort(lags)
	return lags, nil
}

// sentChunk is a record batch on its way.
type sentChunk struct {
	began time.Time
	done  chan appended
}

// quietLog shows warnings only.
var quietLog = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
