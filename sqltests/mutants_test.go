package sqltests

import (
	"flag"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"millrace/server"
)

var mutantsFlag = flag.Int("mutants", 0, "number of mutants TestMutants asks; 0 is 4,000, or 20,000 at night")

// Shares of mutants, in percent, on which Millrace and PostgreSQL must agree: that the
// statement is wrong or not, and by which SQLSTATE.
const (
	sameVerdictMin = 97.0
	sameCodeMin    = 95.0
)

// mutantFiles are the files of testdata/queries without effects on each other.
var mutantFiles = regexp.MustCompile(`(aggregates|arrays|casts|columns|datetime|errors|formatting|from_items|intervals|json|literals|numeric_ops|queries|regex|rows_compare|strings|windows)\.sql$`)

// TestMutants changes tokens of the questions at random and asks both servers: what
// PostgreSQL refuses must be refused with the same code, what it takes must be taken.
func TestMutants(t *testing.T) {
	if !oracle() {
		t.Skip("needs PostgreSQL 15: go test ./sqltests -run Mutants -args -oracle")
	}
	s, count := seed(t), *mutantsFlag
	if count == 0 && night() {
		count = 20_000
	} else if count == 0 {
		count = 4_000
	}
	files := readQuestions(t)
	mutants := makeMutants(rand.New(rand.NewPCG(s, 0)), files, count)
	want, got := make([]string, count), make([]string, count)
	pg := startPostgres(t)
	c := pg.connect(pg.newDatabase())
	codesOf(t, c, files[0], mutants, want, nil)
	c.close()
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, server.Options{})
		codesOf(t, n.open(), files[0], mutants, got, want)
	})
	asked, verdicts, codes := 0, 0, 0
	for i, m := range mutants {
		if want[i] == timedOut {
			continue
		}
		asked++
		if (want[i] == "") == (got[i] == "") {
			verdicts++
		}
		if want[i] == got[i] {
			codes++
			continue
		}
		if testing.Verbose() {
			t.Logf("PostgreSQL %q, Millrace %q: %s", want[i], got[i], m)
		}
	}
	t.Logf("%d mutants: same verdict %.1f %%, same code %.1f %%", asked, percent(verdicts, asked), percent(codes, asked))
	if percent(verdicts, asked) < sameVerdictMin || percent(codes, asked) < sameCodeMin {
		t.Errorf("want %.0f %% and %.0f %%; -test.v lists the mutants", sameVerdictMin, sameCodeMin)
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// timedOut is the code of a mutant that PostgreSQL could not answer soon; it is not
// asked again.
const timedOut = "57014"

// codesOf runs the mutants and notes the codes of their errors, "" for none.
func codesOf(t *testing.T, c *client, setup *questionFile, mutants, codes, before []string) {
	t.Helper()
	for _, q := range setup.questions {
		answerOf(t, c, q.text)
	}
	answerOf(t, c, "SET statement_timeout = '2s'")
	for i, m := range mutants {
		if before != nil && before[i] == timedOut {
			continue
		}
		r, err := c.query(m, nil)
		if err != nil {
			t.Fatalf("%s: %v", m, err)
		}
		code, _ := r.err()
		if strings.HasPrefix(code, "XX") && before != nil {
			t.Errorf("%s: %s", m, code)
		}
		codes[i] = code
	}
}

var mutantToken = regexp.MustCompile(`'(?:[^']|'')*'|"[^"]*"|[A-Za-z_][A-Za-z_0-9]*|[0-9.]+|::|<=|>=|<>|\|\||->>|->|[^\sA-Za-z0-9_]`)

// makeMutants changes one or two tokens of good questions: leaves one out, doubles it,
// puts another in its place or beside it, or changes places.
func makeMutants(random *rand.Rand, files []*questionFile, count int) []string {
	var texts []string
	var pool []string
	for _, f := range files {
		for _, q := range f.questions {
			if mutantFiles.MatchString(f.path) && strings.HasPrefix(q.text, "SELECT") && !strings.HasPrefix(q.answer, "ERROR") &&
				!q.differs() && len(q.text) < 200 && !strings.Contains(q.text, "INTO") {
				texts = append(texts, q.text)
				pool = append(pool, mutantToken.FindAllString(q.text, -1)...)
			}
		}
	}
	out := make([]string, count)
	for i := range out {
		tokens := mutantToken.FindAllString(texts[random.IntN(len(texts))], -1)
		for range 1 + random.IntN(2) {
			at := random.IntN(len(tokens))
			other := pool[random.IntN(len(pool))]
			switch random.IntN(5) {
			case 0:
				tokens[at] = ""
			case 1:
				tokens[at] += " " + tokens[at]
			case 2:
				tokens[at] = other
			case 3:
				tokens[at] += " " + other
			default:
				next := random.IntN(len(tokens))
				tokens[at], tokens[next] = tokens[next], tokens[at]
			}
		}
		out[i] = strings.Join(tokens, " ")
	}
	return out
}
