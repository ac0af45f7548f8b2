package sqltests

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"millrace/server"
)

// question is one statement of testdata/queries with PostgreSQL's answer.
type question struct {
	line int
	// comment is what stands above it, each line with its marks. A line "-- differs: why"
	// allows ours to be another answer.
	comment string
	text    string
	answer  string
	// ours is our answer where the difference is known.
	ours string
}

// oursMark stands between PostgreSQL's answer and ours.
const oursMark = "~~~~"

// questionsMin is how many queries the files must hold together.
const questionsMin = 2500

// TestQueries asks the questions of testdata/queries. Their answers are those of
// PostgreSQL 15: columns with types and modifiers, rows, or the error with its
// position. Under -oracle PostgreSQL is asked again; with -rewrite its answers, and
// ours where a difference is known, are written into the files.
//
// The form: a statement up to a semicolon that ends a line, its answer, an empty
// line. setup.sql is run first; all files share the relations it makes, each file has
// a session of its own.
func TestQueries(t *testing.T) {
	files := readQuestions(t)
	if oracle() {
		askPostgres(t, files)
	}
	total, known := 0, 0
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, server.Options{})
		for _, f := range files {
			c := n.open()
			failures := 0
			for i := range f.questions {
				q := &f.questions[i]
				got := answerOf(t, c, q.text)
				if got == "EOF\n" {
					c = n.open()
				}
				if f.setup {
					continue
				}
				total++
				if q.differs() {
					known++
					checkDifference(t, f, q, got)
				} else if got != q.answer {
					if failures++; failures <= failuresShown() {
						t.Errorf("%s:%d: %s\nPostgreSQL:\n%s\ngot:\n%s", f.path, q.line, q.text, indent(q.answer), indent(got))
					}
				}
			}
			if failures > 0 {
				t.Errorf("%s: %d of %d answers differ", f.path, failures, len(f.questions))
			}
			n.disconnect(c)
		}
	})
	t.Logf("%d questions, %d known differences", total, known)
	if total < questionsMin {
		t.Errorf("only %d questions, want %d", total, questionsMin)
	}
	if oracle() && *rewrite {
		writeQuestions(t, files)
	}
}

// failuresShown limits the report of a file, unless the test is verbose.
func failuresShown() int {
	if testing.Verbose() {
		return 1 << 30
	}
	return failuresMax
}

// checkDifference tells what became of a known difference; only -rewrite takes it over, so
// that who removes one needs not look for it here.
func checkDifference(t *testing.T, f *questionFile, q *question, got string) {
	switch {
	case strings.Contains(got, " XX000: "):
		t.Errorf("%s:%d: %s\n%s", f.path, q.line, q.text, indent(got))
	case got != q.answer:
		q.ours = got
	case *rewrite:
		q.comment = differs.ReplaceAllString(q.comment, "")
	default:
		t.Logf("%s:%d: no longer differs: %s", f.path, q.line, q.text)
	}
}

// answerOf runs one statement. Of a failed one only the error counts: how many rows came
// before it is a matter of chance.
func answerOf(t *testing.T, c *client, text string) string {
	t.Helper()
	r, err := c.query(text, nil)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return err.Error() + "\n"
	}
	if _, failed := r.err(); failed != "" {
		return failed + "\n"
	}
	return r.format(isOrdered(text))
}

// questionFile is one file of testdata/queries.
type questionFile struct {
	path string
	// head is the comment at the top.
	head      string
	setup     bool
	questions []question
}

var differs = regexp.MustCompile(`(?m)^-- differs: .*\n`)

func (q *question) differs() bool { return differs.MatchString(q.comment) }

// readQuestions reads all files, setup.sql first.
func readQuestions(t *testing.T) []*questionFile {
	t.Helper()
	paths, err := filepath.Glob("testdata/queries/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var out []*questionFile
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := &questionFile{path: path, setup: filepath.Base(path) == "setup.sql"}
		f.parse(string(data))
		if f.head == "" {
			t.Errorf("%s: the first line says what is asked", path)
		}
		if f.setup {
			out = append([]*questionFile{f}, out...)
		} else {
			out = append(out, f)
		}
	}
	return out
}

func (f *questionFile) parse(text string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var q question
	for i := 0; i < len(lines); {
		line := lines[i]
		switch {
		case q.text == "" && line == "":
			if f.head == "" {
				f.head, q.comment = q.comment, ""
			}
			i++
		case q.text == "" && strings.HasPrefix(line, "--"):
			q.comment += line + "\n"
			i++
		default:
			if q.text == "" {
				q.line = i + 1
			}
			q.text += line + "\n"
			i++
			if !strings.HasSuffix(line, ";") {
				continue
			}
			q.text = strings.TrimSuffix(q.text, ";\n")
			answer := &q.answer
			for ; i < len(lines) && lines[i] != ""; i++ {
				if lines[i] == oursMark {
					answer = &q.ours
					continue
				}
				*answer += lines[i] + "\n"
			}
			f.questions = append(f.questions, q)
			q = question{}
		}
	}
}

// askPostgres compares all answers with those of a PostgreSQL, and takes them over with
// -rewrite.
func askPostgres(t *testing.T, files []*questionFile) {
	t.Helper()
	pg := startPostgres(t)
	database := pg.newDatabase()
	for _, f := range files {
		c := pg.connect(database)
		for i := range f.questions {
			q := &f.questions[i]
			got := answerOf(t, c, q.text)
			if f.setup && !strings.HasPrefix(got, "ERROR") {
				continue
			}
			if got != q.answer && !*rewrite {
				t.Errorf("%s:%d: %s\nrecorded:\n%s\nPostgreSQL:\n%s", f.path, q.line, q.text, indent(q.answer), indent(got))
			}
			q.answer = got
		}
		c.close()
	}
}

func writeQuestions(t *testing.T, files []*questionFile) {
	for _, f := range files {
		if f.setup {
			continue
		}
		var b strings.Builder
		b.WriteString(f.head)
		for _, q := range f.questions {
			fmt.Fprintf(&b, "\n%s%s;\n%s", q.comment, q.text, q.answer)
			if q.differs() {
				b.WriteString(oursMark + "\n" + q.ours)
			}
		}
		if err := os.WriteFile(f.path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
