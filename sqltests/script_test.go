package sqltests

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/cockroachdb/datadriven"
)

// TestScripts runs testdata/**/*.test. One file alone, under all variations:
//
//	go test ./sqltests -run TestScripts/joins/left -vary all
func TestScripts(t *testing.T) {
	for _, s := range readScripts(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if *rewrite {
				rewriteScript(t, s)
				return
			}
			for _, v := range s.chosen() {
				t.Run(v.name, func(t *testing.T) { checkScript(t, s, v) })
			}
		})
	}
}

func readScripts(t *testing.T) []*script {
	t.Helper()
	var out []*script
	err := filepath.WalkDir("testdata", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".test") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.ToSlash(path), ".test")
		s := &script{path: path, name: strings.TrimPrefix(name, "testdata/"), text: string(text)}
		parseScript(t, s)
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// parseScript lets datadriven read the file and keeps its directives.
func parseScript(t *testing.T, s *script) {
	t.Helper()
	if !strings.HasPrefix(s.text, "#") {
		t.Errorf("%s: the first line says what is shown", s.path)
	}
	datadriven.RunTestFromString(t, s.text, func(t *testing.T, d *datadriven.TestData) string {
		one := *d
		one.Pos = strings.Replace(one.Pos, "<string>", s.path, 1)
		s.directives = append(s.directives, one)
		return d.Expected
	})
	if len(s.directives) > 0 && s.directives[0].Cmd == "config" {
		c, err := parseConfig(&s.directives[0])
		if err != nil {
			t.Fatalf("%s: %v", s.path, err)
		}
		s.config = c
	}
}

// failuresMax is how many wrong directives of a file are reported.
const failuresMax = 4

func checkScript(t *testing.T, s *script, v variation) {
	got := runScript(t, s, v)
	failures := 0
	for i, out := range got {
		d := &s.directives[i]
		if same(d, v, out) {
			continue
		}
		if failures++; failures > failuresMax {
			return
		}
		t.Errorf("%s: %s %s\n%s\nexpected:\n%s\ngot:\n%s", d.Pos, v.name, d.FullCmd(),
			indent(d.Input), indent(d.Expected), indent(out))
	}
}

// same compares an output with what the script expects.
func same(d *datadriven.TestData, _ variation, out string) bool {
	return out == d.Expected
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ")
}

// runScript executes all directives in one bubble and returns what they gave.
func runScript(t *testing.T, s *script, v variation) []string {
	t.Helper()
	var out []string
	synctest.Test(t, func(t *testing.T) {
		r := newRunner(t, s, v)
		defer r.close()
		for i := range s.directives {
			text, err := r.run(&s.directives[i])
			if err != nil {
				out = append(out, "STOPPED: "+err.Error())
				t.Logf("the server's log:\n%s", r.node.log.String())
				return
			}
			if text != "" && !strings.HasSuffix(text, "\n") {
				text += "\n"
			}
			out = append(out, text)
		}
	})
	return out
}

// rewriteScript writes what base gives into the file. What was a result may not
// become an error, which is seldom what was wanted.
func rewriteScript(t *testing.T, s *script) {
	got := runScript(t, s, variations[0])
	if t.Failed() || len(got) != len(s.directives) {
		t.Errorf("%s stopped after %d directives: %s", s.path, len(got), got[len(got)-1])
		return
	}
	for i, out := range got {
		d := &s.directives[i]
		if strings.Contains(out, " XX000: ") {
			t.Errorf("%s: a fault of the server cannot be expected:\n%s", d.Pos, out)
			return
		}
		if !*rewriteErrors && d.Expected != "" && countErrors(out) > countErrors(d.Expected) {
			t.Errorf("%s: a result became an error (use -rewrite-errors if that is right):\n%s", d.Pos, out)
			return
		}
	}
	i := 0
	datadriven.RunTest(t, s.path, func(*testing.T, *datadriven.TestData) string {
		i++
		return got[i-1]
	})
}

func countErrors(s string) int { return strings.Count("\n"+s, "\nERROR ") }

// Scripts may never expect a fault of the server.
func TestScriptsExpectNoFaults(t *testing.T) {
	for _, s := range readScripts(t) {
		if strings.Contains(s.text, "XX000") {
			t.Errorf("%s expects XX000", s.path)
		}
	}
}

// badDirective is the error of a directive that is written wrongly.
func badDirective(format string, args ...any) error {
	return fmt.Errorf("directive: "+format, args...)
}
