package sqltests

import (
	"bufio"
	"context"
	"io"
	"net"
	"os"
	osexec "os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// postgresBin is where Debian's postgresql-15 keeps its programs.
const postgresBin = "/usr/lib/postgresql/15/bin"

// postgres is a private cluster that ends with the test.
type postgres struct {
	t      *testing.T
	socket string
	count  int
}

// startPostgres makes a cluster in a new folder and starts it: C collation, UTF8 with
// letter case as in Unicode, a socket and no port. PostgreSQL refuses to run as root, so root lends it another
// user.
func startPostgres(t *testing.T) *postgres {
	t.Helper()
	if _, err := os.Stat(postgresBin); err != nil {
		t.Fatalf("PostgreSQL 15 is not installed: apt-get install postgresql-15 (%v)", err)
	}
	// Not t.TempDir: a socket's path may have 107 bytes at most.
	dir, err := os.MkdirTemp("", "oracle")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	as := unprivileged(t, dir)
	data := filepath.Join(dir, "data")
	run := osexec.Command(filepath.Join(postgresBin, "initdb"),
		"-D", data, "-U", "millrace", "-A", "trust", "--locale=C", "--lc-ctype=C.UTF-8", "-E", "UTF8", "--no-sync")
	run.SysProcAttr, run.Dir = as, dir
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	p := &postgres{t: t, socket: dir}
	p.start(dir, data, as)
	return p
}

func (p *postgres) start(dir, data string, as *syscall.SysProcAttr) {
	cmd := osexec.Command(filepath.Join(postgresBin, "postgres"), "-D", data, "-k", dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "timezone=UTC")
	cmd.SysProcAttr, cmd.Dir = as, dir
	stderr, err := cmd.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGINT)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go func() { _, _ = io.Copy(io.Discard, stderr) }()
			return
		}
	}
	p.t.Fatal("PostgreSQL did not start")
}

// unprivileged gives dir to another user when we are root, and says how to run as
// that user.
func unprivileged(t *testing.T, dir string) *syscall.SysProcAttr {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	t.Fatal("there is no user that PostgreSQL could run as")
	return nil
}

// connect opens a session.
func (p *postgres) connect(database string) *client {
	p.t.Helper()
	var d net.Dialer
	c, err := d.DialContext(context.Background(), "unix", filepath.Join(p.socket, ".s.PGSQL.5432"))
	if err != nil {
		p.t.Fatal(err)
	}
	cl, err := connect(c, map[string]string{"user": "millrace", "database": database})
	if err != nil {
		p.t.Fatal(err)
	}
	return cl
}

// newDatabase makes an empty database and returns its name.
func (p *postgres) newDatabase() string {
	p.t.Helper()
	p.count++
	name := "script" + strconv.Itoa(p.count)
	c := p.connect("postgres")
	defer c.close()
	rep, err := c.query("CREATE DATABASE "+name+" TEMPLATE template0", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, failed := rep.err(); failed != "" {
		p.t.Fatal(failed)
	}
	return name
}
