package sqltests

import (
	"context"
	"io/fs"
	"net"
	"os"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"millrace/server"
)

// TestPsql runs the scripts of testdata/psql with the real psql 15 and compares what
// it prints. It needs a socket, unlike all other tests here.
func TestPsql(t *testing.T) {
	psql := findPsql(t)
	scripts, err := filepath.Glob("testdata/psql/*.sql")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, script := range scripts {
		name := strings.TrimSuffix(filepath.Base(script), ".sql")
		t.Run(name, func(t *testing.T) {
			got := runPsql(t, psql, startServer(t), script)
			compareText(t, strings.TrimSuffix(script, ".sql")+".out", got)
		})
	}
}

func findPsql(t *testing.T) string {
	t.Helper()
	for _, path := range []string{"/usr/lib/postgresql/15/bin/psql", "psql"} {
		if out, err := osexec.Command(path, "--version").Output(); err == nil && strings.Contains(string(out), " 15.") {
			return path
		}
	}
	t.Skip("psql 15 is not installed")
	return ""
}

// startServer starts a server on an in-memory disk and returns its port.
func startServer(t *testing.T) string {
	t.Helper()
	s, err := server.Open(t.Context(), server.Options{Dir: "data", FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.ServeSQL(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := s.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func runPsql(t *testing.T, psql, port, script string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := osexec.CommandContext(ctx, psql, "-X", "-h", "127.0.0.1", "-p", port, "-U", "millrace", "-f",
		filepath.Base(script), "millrace")
	cmd.Dir = filepath.Dir(script)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PGCLIENTENCODING=UTF8", "PAGER=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("psql: %v\n%s", err, out)
	}
	return volatile.ReplaceAllString(string(out), "$1 ...")
}

// volatile is what differs from run to run: times.
var volatile = regexp.MustCompile(`(Time:) .*|([A-Z][a-z]{2} [A-Z][a-z]{2} .* UTC \d{4}|[A-Z][a-z]{2} \d{2} [A-Z][a-z]{2} \d{4} .*) \(every`)

// compareText compares with a file, or writes it with -rewrite.
func compareText(t *testing.T, path, got string) {
	t.Helper()
	if *rewrite {
		if err := os.WriteFile(path, []byte(got), fs.FileMode(0o644)); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs\n%s", path, firstLine(got, string(want)))
	}
}

// firstLine shows the first line that differs, with its number.
func firstLine(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		a, b := "(end)", "(end)"
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			b = w[i]
		}
		if a != b {
			return "line " + strconv.Itoa(i+1) + "\ngot  " + a + "\nwant " + b
		}
	}
	return "nothing"
}
