package planner

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryRuleFires checks that the scripts have a case in which each rule changes
// the plan, as their "rules" lines say.
func TestEveryRuleFires(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	fired := map[string]bool{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			names, ok := strings.CutPrefix(line, "rules: ")
			if !ok {
				continue
			}
			for _, name := range strings.Fields(names) {
				fired[name] = true
			}
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if !fired[r.Name] {
			t.Errorf("no script of testdata shows rule %s at work", r.Name)
		}
		if seen[r.Name] {
			t.Errorf("two rules are called %s", r.Name)
		}
		seen[r.Name] = true
		if r.Doc == "" || (r.Apply == nil) == (r.Tree == nil) {
			t.Errorf("rule %s needs a Doc and one of Apply and Tree", r.Name)
		}
	}
}
