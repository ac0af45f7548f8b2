package sqltests

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"millrace/server"
)

// node is a server in a bubble, on a disk in memory that can crash.
type node struct {
	t       testing.TB
	fs      *vfs.MemFS
	options server.Options
	srv     *server.Server
	log     lockedBuffer
	random  *rand.Rand
	serving sync.WaitGroup
	clients struct {
		sync.Mutex
		open map[*client]bool
	}
}

// lockedBuffer keeps the server's log for the report of a failure.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// newNode starts a server. Epochs are cut without a pause, so that a bubble that is
// at rest has computed everything.
func newNode(t testing.TB, o server.Options) *node {
	t.Helper()
	n := &node{
		t: t, fs: vfs.NewCrashableMem(), options: o,
		random: rand.New(rand.NewPCG(1, 2)),
	}
	n.clients.open = map[*client]bool{}
	if n.options.EpochMin == 0 {
		n.options.EpochMin = -1
	}
	n.options.Dir = "/data"
	n.options.Version = "test"
	random := rand.New(rand.NewPCG(3, 4))
	n.options.Random = random.Float64
	n.options.Logger = slog.New(slog.NewTextHandler(&n.log, nil))
	if err := n.start(); err != nil {
		t.Fatal(err)
	}
	// A test that failed half way leaves the server running, and no bubble may end so.
	t.Cleanup(func() { _ = n.stop() })
	return n
}

func (n *node) start() (err error) {
	n.options.FS = n.fs
	if n.srv, err = server.Open(context.Background(), n.options); err != nil {
		n.srv = nil
		return fmt.Errorf("open the server: %w\n%s", err, n.log.String())
	}
	synctest.Wait()
	return nil
}

// dial makes a connection without a startup message.
func (n *node) dial() net.Conn {
	ours, theirs := net.Pipe()
	n.serving.Go(func() { n.srv.ServeConn(theirs) })
	return ours
}

// connect opens a session of the default user.
func (n *node) connect(params map[string]string) (*client, error) {
	p := map[string]string{"user": "millrace", "database": "millrace"}
	for k, v := range params {
		p[k] = v
	}
	c, err := connect(n.dial(), p)
	if err == nil {
		n.clients.Lock()
		n.clients.open[c] = true
		n.clients.Unlock()
	}
	return c, err
}

func (n *node) disconnect(c *client) {
	c.close()
	n.clients.Lock()
	delete(n.clients.open, c)
	n.clients.Unlock()
}

// settle waits until nothing moves any more: all data are in an epoch, and all
// subscribers have it.
func (n *node) settle() { synctest.Wait() }

// stop ends the server cleanly, after its clients.
func (n *node) stop() error {
	if n.srv == nil {
		return nil
	}
	n.clients.Lock()
	list := slices.Collect(maps.Keys(n.clients.open))
	n.clients.Unlock()
	for _, c := range list {
		n.disconnect(c)
	}
	n.settle()
	ctx, done := context.WithTimeout(context.Background(), time.Minute)
	defer done()
	err := n.srv.Shutdown(ctx)
	n.serving.Wait()
	n.srv = nil
	return err
}

// restart stops and starts the server on the same disk.
func (n *node) restart() error {
	if err := n.stop(); err != nil {
		return fmt.Errorf("shutdown: %w", err)
	}
	return n.start()
}

// crash takes the disk as it is, with the given share of what was not synced, and
// starts a server on that. The old one goes on with a disk that nobody sees.
func (n *node) crash(keepPercent int) error {
	disk := n.fs.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: keepPercent, RNG: n.random})
	if err := n.stop(); err != nil {
		return fmt.Errorf("shutdown of the crashed server: %w", err)
	}
	n.fs = disk
	return n.start()
}

// must runs a statement that may not fail, and returns its rows.
func (n *node) must(c *client, text string) [][]cell {
	n.t.Helper()
	r, err := c.query(text, nil)
	if err != nil {
		n.t.Fatalf("%s: %v", text, err)
	}
	if _, text := r.err(); text != "" {
		n.t.Fatalf("%s: %s", r.text, text)
	}
	return r.result()
}

// open connects and fails the test when it cannot.
func (n *node) open() *client {
	n.t.Helper()
	c, err := n.connect(nil)
	if err != nil {
		n.t.Fatal(err)
	}
	return c
}
