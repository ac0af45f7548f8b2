package types

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// The files testdata/postgres/*.txt hold questions with PostgreSQL 15's answers:
// one a line, fields separated by tabs, the answer last. "set name value" lines
// change a setting for what follows. To ask anew (for added lines, which may lack
// the answer), run: go test ./sql/types -oracle "-h HOST -p PORT -U USER".
var oracle = flag.String("oracle", "", "psql arguments of a PostgreSQL 15 that answers the questions anew")

// golden rewrites testdata/golden.txt; a change there breaks data on disk.
var golden = flag.Bool("golden", false, "rewrite the golden byte forms")

// question is one kind of line: how many fields it has, the SQL expression that
// PostgreSQL evaluates, and our own answer.
type question struct {
	fields int
	sql    func(q []string) string
	answer func(q []string, f *Format) (string, error)
}

func TestPostgres(t *testing.T) {
	questions := map[string]question{
		"text.txt":     {2, textSQL, answerText},
		"cast.txt":     {3, castSQL, answerCast},
		"decimal.txt":  {3, decimalSQL, answerDecimal},
		"datetime.txt": {4, datetimeSQL, answerDatetime},
		"order.txt":    {3, orderSQL, answerOrder},
		"binary.txt":   {2, binarySQL, answerBinary},
		"json.txt":     {3, jsonSQL, answerJSON},
	}
	for name, q := range questions {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", "postgres", name)
			if *oracle != "" {
				askPostgres(t, path, q)
			}
			checkAnswers(t, path, q)
		})
	}
}

func readLines(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func checkAnswers(t *testing.T, path string, q question) {
	f, asked := &Format{}, 0
	for n, line := range readLines(t, path) {
		if line == "" || line[0] == '#' {
			continue
		}
		if name, value, ok := setting(line); ok {
			applySetting(t, f, name, value)
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != q.fields+1 {
			t.Fatalf("%s:%d: %d fields, want %d", path, n+1, len(fields), q.fields+1)
		}
		asked++
		if got := ourAnswer(q, fields, f); got != fields[q.fields] {
			t.Errorf("%s:%d: %q\n got %s\nwant %s", path, n+1, fields[:q.fields], got, fields[q.fields])
		}
	}
	if asked == 0 {
		t.Errorf("%s asks nothing", path)
	}
}

func ourAnswer(q question, fields []string, f *Format) string {
	got, err := q.answer(fields, f)
	if err == nil {
		return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(got)
	}
	var e *pgerr.Error
	if !errors.As(err, &e) {
		return "not a pgerr: " + err.Error()
	}
	text := "ERROR " + e.Code + ": " + strings.ReplaceAll(e.Message, "\n", `\n`)
	if e.Detail != "" {
		text += " DETAIL: " + e.Detail
	}
	if e.Hint != "" {
		text += " HINT: " + e.Hint
	}
	return text
}

func setting(line string) (name, value string, ok bool) {
	rest, ok := strings.CutPrefix(line, "set ")
	if !ok {
		return "", "", false
	}
	name, value, _ = strings.Cut(rest, " ")
	return name, value, true
}

func applySetting(t *testing.T, f *Format, name, value string) {
	t.Helper()
	switch name {
	case "timezone":
		loc, err := LoadZone(value)
		if err != nil {
			t.Fatal(err)
		}
		f.TimeZone = loc
	case "datestyle":
		f.DateStyle = value
	case "intervalstyle":
		f.IntervalStyle = value
	case "bytea_output":
		f.ByteaOutput = value
	case "extra_float_digits":
		f.FloatDigitsSet = true
		f.ExtraFloatDigits = map[string]int{"0": 0, "1": 1, "-3": -3}[value]
	default:
		t.Fatalf("setting %q", name)
	}
}

// tryFunction evaluates an expression and returns its text or its error.
const tryFunction = `create function pg_temp.try(e text) returns text language plpgsql as $f$
declare r text; s text; m text; d text; h text;
begin
  execute 'select case when x is null then ''NULL'' else format(''%s'', x) end from (select ' || e || ' as x) q' into r;
  return replace(replace(r, E'\n', '\n'), E'\t', '\t');
exception when others then
  get stacked diagnostics s = returned_sqlstate, m = message_text, d = pg_exception_detail, h = pg_exception_hint;
  return 'ERROR ' || s || ': ' || replace(m, E'\n', '\n') || case when d <> '' then ' DETAIL: ' || d else '' end
    || case when h <> '' then ' HINT: ' || h else '' end;
end $f$;
`

// askPostgres rewrites the answers of a file.
func askPostgres(t *testing.T, path string, q question) {
	lines := readLines(t, path)
	script := strings.Builder{}
	script.WriteString(tryFunction)
	for _, line := range lines {
		switch name, value, ok := setting(line); {
		case line == "" || line[0] == '#':
		case ok:
			script.WriteString("set " + name + " = '" + value + "';\n")
		default:
			fields := append(strings.Split(line, "\t"), "")
			script.WriteString("select pg_temp.try(" + literal(q.sql(fields)) + ");\n")
		}
	}
	cmd := exec.Command("psql", append(strings.Fields(*oracle), "-qAtX", "-v", "ON_ERROR_STOP=1", "-f", "-")...)
	cmd.Stdin = strings.NewReader(script.String())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	writeAnswers(t, path, lines, q, strings.Split(strings.TrimSuffix(string(out), "\n"), "\n"))
}

func writeAnswers(t *testing.T, path string, lines []string, q question, answers []string) {
	for i, line := range lines {
		if _, _, ok := setting(line); ok || line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		for len(fields) < q.fields {
			fields = append(fields, "")
		}
		lines[i] = strings.Join(append(fields[:q.fields:q.fields], answers[0]), "\t")
		answers = answers[1:]
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
