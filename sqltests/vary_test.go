package sqltests

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/cockroachdb/datadriven"
)

// variation is one way to execute scripts; the expected output stays the same.
type variation struct {
	name string
	// eachRow loads row by row, each in its own epoch; oneGo holds epochs until all
	// loads that follow each other are in the log.
	eachRow, oneGo bool
	// reopen restarts or crashes the server after each directive.
	reopen string
	// batchRows is the size of the operators' batches, 0 the default.
	batchRows int
	settings  map[string]string
	// extended uses Parse, Bind and Execute with binary results in portions.
	extended bool
	// rebuild drops and makes all views again before each query.
	rebuild bool
	// recompute compares each view with its query over the sources.
	recompute bool
	groups    int
}

var variations = []variation{
	{name: "base"},
	{name: "eachrow", eachRow: true},
	{name: "onego", oneGo: true},
	{name: "restart", reopen: "restart"},
	{name: "crash", reopen: "crash"},
	{name: "batch1", batchRows: 1},
	{name: "batch3", batchRows: 3},
	{name: "noopt", settings: map[string]string{"millrace.optimizer": "off"}},
	{name: "extended", extended: true},
	{name: "rebuild", rebuild: true},
	{name: "recompute", recompute: true},
	{name: "groups4", groups: 4},
}

// script is a parsed file.
type script struct {
	path, name string
	text       string
	directives []datadriven.TestData
	config     scriptConfig
}

// scriptConfig is the first directive.
type scriptConfig struct {
	only, except []string
	oracle       bool
	groups       int
}

func parseConfig(d *datadriven.TestData) (scriptConfig, error) {
	var c scriptConfig
	for _, a := range d.CmdArgs {
		switch a.Key {
		case "vary":
			for _, v := range a.Vals {
				name, not := strings.CutPrefix(v, "-")
				if !slices.ContainsFunc(variations, func(x variation) bool { return x.name == name }) {
					return c, fmt.Errorf("there is no variation %q", name)
				}
				if not {
					c.except = append(c.except, name)
				} else {
					c.only = append(c.only, name)
				}
			}
		case "oracle":
			c.oracle = len(a.Vals) == 1 && a.Vals[0] == "postgres"
		case "groups":
			if _, err := fmt.Sscan(a.Vals[0], &c.groups); err != nil {
				return c, err
			}
		default:
			return c, fmt.Errorf("config has no %q", a.Key)
		}
	}
	return c, nil
}

// applies reports whether the script can run under v.
func (s *script) applies(v variation) bool {
	if v.name == "base" {
		return true
	}
	if len(s.config.only) > 0 && !slices.Contains(s.config.only, v.name) || slices.Contains(s.config.except, v.name) {
		return false
	}
	uses := map[string]bool{}
	for _, d := range s.directives {
		uses[d.Cmd] = true
	}
	switch {
	case v.reopen != "":
		return !uses["send"] && !uses["hold"] && !uses["metric"] && !uses["crash"] && !uses["restart"]
	case v.rebuild:
		return !uses["subscribe"] && !uses["metric"] && !uses["hold"]
	case v.eachRow, v.oneGo:
		return uses["load"] && !uses["hold"] && !uses["log"]
	}
	return true
}

// chosen lists the variations to run now: those of the flag, else base and two that
// the file's text picks.
func (s *script) chosen() []variation {
	var can []variation
	for _, v := range variations {
		if s.applies(v) {
			can = append(can, v)
		}
	}
	if *rewrite {
		return can[:1]
	}
	want := *varyFlag
	if want == "" && night() {
		want = "all"
	}
	if want == "all" {
		return can
	}
	if want != "" {
		names := strings.Split(want, ",")
		return slices.DeleteFunc(can, func(v variation) bool { return !slices.Contains(names, v.name) })
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.text))
	others := can[1:]
	if len(others) <= 2 {
		return can
	}
	first := int(h.Sum32()>>8) % len(others)
	second := (first + 1 + int(h.Sum32()>>16)%(len(others)-1)) % len(others)
	return []variation{can[0], others[first], others[second]}
}
