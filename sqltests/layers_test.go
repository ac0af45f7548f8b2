package sqltests

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers orders the packages from the bottom up. A package may import packages of
// earlier lines only; packages of one line do not import each other.
var layers = [][]string{
	{"sql/pgerr"},
	{"sql/types"},
	{"sql/col", "sql", "sql/regex"},
	{"sql/builtin"},
	{"log/segment"},
	{"log/replica"},
	{"log"},
	{"catalog"},
	{"catalog/syscat"},
	{"planner/plan"},
	{"planner"},
	{"exec/state", "exec/expr", "exec/codec"},
	{"exec/op", "exec/connect"},
	{"exec"},
	{"server/auth", "server/admin"},
	{"server/pgwire"},
	{"server/session"},
	{"server"},
	{"sqltests"},
	{"cmd/millrace"},
}

// forbidden lists edges that the order alone would allow. A pattern ending in /...
// means a folder with everything below it.
var forbidden = []struct{ from, to, why string }{
	{"log/...", "sql/...", "the log moves bytes only"},
	{"log/...", "catalog/...", "the log moves bytes only"},
	{"sql/...", "log/...", "the front end and the log are blind to each other"},
	{"sql/builtin", "sql", "functions do not see the tree"},
	{"sql/col", "sql", "columns do not see the tree"},
	{"catalog/...", "log/...", "a change is bytes to the log; the server connects them"},
	{"planner/...", "log/...", "plans are made from the catalog alone"},
	{"planner/plan", "sql", "a plan has no syntax in it"},
	{"exec/...", "sql", "the executor sees bound plans only"},
	{"exec/...", "planner", "the executor sees bound plans only"},
	{"exec/op", "log", "operators see batches, not the log"},
	{"exec/op", "catalog", "operators see batches, not the catalog"},
	{"exec/state", "log", "state is bytes under keys"},
	{"exec/state", "catalog", "state is bytes under keys"},
	{"exec/state", "planner/plan", "state is bytes under keys"},
	{"exec/expr", "log", "expressions see columns only"},
	{"exec/codec", "catalog", "formats know columns only"},
	{"server/pgwire", "sql", "the wire knows no SQL"},
	{"server/pgwire", "catalog/...", "the wire knows no SQL"},
	{"server/pgwire", "planner/...", "the wire knows no SQL"},
	{"server/pgwire", "exec/...", "the wire knows no SQL"},
	{"server/pgwire", "log/...", "the wire knows no SQL"},
}

// owners says which packages may import a module of others. Modules that are not
// listed may not be imported at all: a new one needs a line here and in
// ARCHITECTURE.md. sqltests may import them all.
var owners = []struct {
	prefix   string
	packages []string
}{
	{"github.com/pingcap/tidb/pkg/parser", []string{"sql"}},
	{"github.com/hashicorp/raft", []string{"log/replica"}},
	{"github.com/cockroachdb/pebble/v2/vfs", []string{"exec/state", "log/segment"}},
	{"github.com/cockroachdb/pebble/v2", []string{"exec/state"}},
	{"github.com/jackc/pgx/v5/pgproto3", []string{"server/pgwire"}},
	{"github.com/jackc/pgx/v5", []string{"cmd/millrace"}},
	{"github.com/prometheus/client_golang", []string{
		"log", "exec", "exec/state", "server/pgwire", "server/session", "server/admin", "server", "cmd/millrace",
	}},
	{"github.com/klauspost/compress", []string{"sql/col", "log/segment"}},
	{"github.com/cespare/xxhash/v2", []string{"sql/col", "planner/plan", "exec/state", "exec/op", "log/replica"}},
	{"golang.org/x/sys", []string{"log/segment", "server", "cmd/millrace"}},
	{"golang.org/x/text", []string{"sql/types", "sql/builtin", "server/auth"}},
}

func level(pkg string) int {
	return slices.IndexFunc(layers, func(line []string) bool { return slices.Contains(line, pkg) })
}

func within(pkg, pattern string) bool {
	if folder, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == folder || strings.HasPrefix(pkg, folder+"/")
	}
	return pkg == pattern
}

func TestLayers(t *testing.T) {
	for _, f := range sources(t) {
		if f.test || f.pkg == "." {
			continue
		}
		from := level(f.pkg)
		if from < 0 {
			t.Errorf("%s: package %s has no place in the layers; give it one in layers_test.go", f.path, f.pkg)
			continue
		}
		for _, spec := range f.ast.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if to, ours := strings.CutPrefix(name, "millrace/"); ours {
				checkEdge(t, f, from, to)
			} else if strings.Contains(strings.Split(name, "/")[0], ".") {
				checkOwner(t, f, name)
			}
			checkStandard(t, f, name)
		}
	}
}

func checkEdge(t *testing.T, f *goFile, from int, to string) {
	t.Helper()
	if l := level(to); l < 0 || l >= from {
		t.Errorf("%s: %s may not import %s: it is not below", f.path, f.pkg, to)
	}
	for _, rule := range forbidden {
		if within(f.pkg, rule.from) && within(to, rule.to) && !within(f.pkg, rule.to) {
			t.Errorf("%s: %s may not import %s: %s", f.path, f.pkg, to, rule.why)
		}
	}
}

func checkOwner(t *testing.T, f *goFile, module string) {
	t.Helper()
	if f.pkg == "sqltests" {
		return
	}
	for _, o := range owners {
		if module == o.prefix || strings.HasPrefix(module, o.prefix+"/") {
			if !slices.Contains(o.packages, f.pkg) {
				t.Errorf("%s: %s belongs to %v", f.path, module, o.packages)
			}
			return
		}
	}
	t.Errorf("%s: module of %s is not in the list of owners", f.path, module)
}

// checkStandard keeps out the packages of the standard library whose names are ours.
func checkStandard(t *testing.T, f *goFile, name string) {
	t.Helper()
	switch name {
	case "log":
		t.Errorf("%s: use log/slog instead of log", f.path)
	case "math/rand":
		t.Errorf("%s: use math/rand/v2", f.path)
	case "io/ioutil":
		t.Errorf("%s: use io and os", f.path)
	}
}

// A rule that matches nothing protects nothing.
func TestLayersRulesAreAlive(t *testing.T) {
	for i, line := range layers {
		for _, pkg := range line {
			if level(pkg) != i {
				t.Errorf("%s stands twice", pkg)
			}
		}
	}
	for _, rule := range forbidden {
		for _, pattern := range []string{rule.from, rule.to} {
			if level(strings.TrimSuffix(pattern, "/...")) < 0 {
				t.Errorf("rule %s -> %s names an unknown package", rule.from, rule.to)
			}
		}
	}
}
