package planner

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"millrace/sql"
)

// corpus is every statement of the scripts in testdata.
func corpus(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(data), "\n\n") {
			head, _, _ := strings.Cut(block, "\n----")
			lines := strings.Split(head, "\n")
			for len(lines) > 0 && (strings.HasPrefix(lines[0], "#") || strings.TrimSpace(lines[0]) == "") {
				lines = lines[1:]
			}
			if len(lines) > 1 {
				out = append(out, strings.Join(lines[1:], "\n"))
			}
		}
	}
	return out
}

var token = regexp.MustCompile(`'[^']*'|[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|\$[0-9]+|\s+|[^\sA-Za-z0-9_']`)

// TestMutantsDoNotPanic changes tokens of good and bad statements at random. Whatever
// still parses must give a plan or an error, and a plan must be well formed, optimised
// or not, once or maintained.
func TestMutantsDoNotPanic(t *testing.T) {
	seed := int64(20250101)
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	w := newWorld(t)
	w.ddl(schemaScript)
	texts := corpus(t)
	var pool []string
	for _, s := range texts {
		pool = append(pool, token.FindAllString(s, -1)...)
	}
	planned := 0
	for range 6000 {
		s := mutate(r, texts[r.IntN(len(texts))], pool)
		if stmt, err := sql.ParseOne(s); err != nil || stmt == nil {
			continue
		}
		for _, noopt := range []bool{true, false} {
			o := w.options()
			o.NoOptimize = noopt
			out := w.planSafely(s, o, r.IntN(3) == 0)
			if !strings.HasPrefix(out, "ERROR") {
				planned++
			}
		}
	}
	if planned < 500 {
		t.Errorf("only %d mutants could be planned", planned)
	}
}

func mutate(r *rand.Rand, s string, pool []string) string {
	tokens := token.FindAllString(s, -1)
	for range 1 + r.IntN(3) {
		i := r.IntN(len(tokens))
		switch r.IntN(4) {
		case 0:
			tokens[i] = pool[r.IntN(len(pool))]
		case 1:
			tokens[i] = ""
		case 2:
			tokens[i] += " " + pool[r.IntN(len(pool))] + " "
		case 3:
			j := r.IntN(len(tokens))
			tokens[i], tokens[j] = tokens[j], tokens[i]
		}
	}
	return strings.Join(tokens, "")
}

func (w *world) planSafely(s string, o Options, asView bool) string {
	defer func() {
		if r := recover(); r != nil {
			w.t.Errorf("%s\npanic: %v", s, r)
			panic(r)
		}
	}()
	return w.planText(s, o, asView, true)
}
