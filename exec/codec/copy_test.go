package codec

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/jackc/pgx/v5/pgconn"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// With -oracle and -rewrite the expectations come from a PostgreSQL 15 server:
//
//	go test ./exec/codec -run TestCopy -oracle 'host=127.0.0.1 user=postgres' -rewrite
var oracle = flag.String("oracle", "", "connection string of a PostgreSQL 15 server")

// TestCopy runs testdata/copy: "in" reads the quoted strings of the input with
// COPY FROM and shows the rows in text format, "out" reads them as plain text
// format and shows what COPY TO makes of them, "opts" checks options only.
func TestCopy(t *testing.T) {
	datadriven.Walk(t, "testdata/copy", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			c := parseCase(t, d)
			if *oracle != "" {
				return askOracle(t, c)
			}
			return c.run(t)
		})
	})
}

type copyCase struct {
	cmd  string
	cols string
	opts string
	data string
}

func parseCase(t *testing.T, d *datadriven.TestData) copyCase {
	t.Helper()
	c := copyCase{cmd: d.Cmd, cols: "a int, b text"}
	for _, line := range strings.Split(d.Input, "\n") {
		switch key, value, _ := strings.Cut(line, ": "); {
		case key == "cols":
			c.cols = value
		case key == "opts":
			c.opts = value
		case line != "":
			s, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %q: %v", d.Pos, line, err)
			}
			c.data += s
		}
	}
	return c
}

func (c copyCase) target(t *testing.T) Target {
	t.Helper()
	target := Target{Relation: "t", Others: []string{"other"}}
	for _, def := range strings.Split(c.cols, ", ") {
		name, typ, _ := strings.Cut(def, " ")
		typ, mods, _ := strings.Cut(strings.TrimSuffix(typ, ")"), "(")
		var mod []int32
		if n, err := strconv.Atoi(mods); err == nil {
			mod = append(mod, int32(n))
		}
		found, err := types.Lookup(typ, mod, 0)
		if err != nil {
			t.Fatal(err)
		}
		target.Columns = append(target.Columns, types.Column{Name: name, Type: found})
	}
	return target
}

func (c copyCase) run(t *testing.T) string {
	t.Helper()
	opts, err := ParseOptions(splitOpts(c.opts), c.cmd != "out")
	if err != nil {
		return showError(err)
	}
	target := c.target(t)
	if c.cmd == "out" {
		b, err := readAll(t, Options{Delimiter: '\t', Null: `\N`}, target, c.data, 0)
		if err != nil {
			t.Fatal(err)
		}
		return showOut(t, opts, target, b)
	}
	want := ""
	for i, chunk := range []int{0, 1, 2, 3, 7, -1} {
		b, err := readAll(t, opts, target, c.data, chunk)
		got := ""
		if err != nil {
			got = showError(err)
		} else {
			got = fmt.Sprintf("COPY %d\n", b.N) + showRows(t, target, b)
		}
		if i > 0 && got != want {
			t.Fatalf("chunks of %d bytes give\n%s\nall at once\n%s", chunk, got, want)
		}
		want = got
	}
	return want
}

// readAll reads data in chunks of the given length: 0 is all at once, -1 random.
func readAll(t *testing.T, o Options, target Target, data string, chunk int) (*col.Batch, error) {
	t.Helper()
	r, err := NewReader(o, target, nil)
	if err != nil {
		return nil, err
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	bb := col.NewBatchBuilder(r.Types(), 0)
	total, rest := 0, []byte(data)
	for len(rest) > 0 {
		n := chunk
		if chunk == 0 {
			n = len(rest)
		} else if chunk < 0 {
			n = 1 + random.IntN(9)
		}
		n = min(n, len(rest))
		piece := append([]byte(nil), rest[:n]...)
		rows, err := r.Feed(piece, bb.Cols)
		for i := range piece { // the reader must not keep it
			piece[i] = '#'
		}
		if err != nil {
			return nil, err
		}
		total, rest = total+rows, rest[n:]
	}
	rows, err := r.Finish(bb.Cols)
	if err != nil {
		return nil, err
	}
	total += rows
	for _, b := range bb.Cols {
		if b.Len() != total {
			t.Fatalf("column of %d values for %d rows (seed %d)", b.Len(), total, seed)
		}
	}
	for range total {
		bb.EndRow(1)
	}
	return bb.Batch(), nil
}

func showRows(t *testing.T, target Target, b *col.Batch) string {
	t.Helper()
	w, err := NewWriter(Options{Delimiter: '\t', Null: `\N`}, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for i := range b.N {
		if out, err = w.AppendRow(out, b, i); err != nil {
			t.Fatal(err)
		}
	}
	return string(out)
}

func showOut(t *testing.T, o Options, target Target, b *col.Batch) string {
	t.Helper()
	w, err := NewWriter(o, target, nil)
	if err != nil {
		return showError(err)
	}
	out := w.AppendHeader(nil)
	for i := range b.N {
		if out, err = w.AppendRow(out, b, i); err != nil {
			t.Fatal(err)
		}
	}
	return fmt.Sprintf("%q", w.AppendTrailer(out))
}

func showError(err error) string {
	e := pgerr.As(err)
	return showFields(e.Code, e.Message, e.Hint, e.Where)
}

func showFields(code, message, hint, where string) string {
	s := fmt.Sprintf("ERROR %s: %s\n", code, message)
	if hint != "" {
		s += "HINT: " + hint + "\n"
	}
	if where != "" {
		s += fmt.Sprintf("CONTEXT: %q\n", where)
	}
	return s
}

// splitOpts reads "format csv, null 'x', force_null (a, b)".
func splitOpts(text string) []Option {
	var opts []Option
	for text != "" {
		depth, inQuote, i := 0, false, 0
		for ; i < len(text) && (text[i] != ',' || depth > 0 || inQuote); i++ {
			switch text[i] {
			case '(':
				depth++
			case ')':
				depth--
			case '\'':
				inQuote = !inQuote
			}
		}
		name, value, has := strings.Cut(strings.TrimSpace(text[:i]), " ")
		text = strings.TrimPrefix(text[i:], ",")
		o := Option{Name: name, HasValue: has, Value: value}
		if strings.HasPrefix(value, "E'") {
			o.Value, _ = strconv.Unquote(`"` + strings.Trim(value[1:], "'") + `"`)
		} else if strings.HasPrefix(value, "'") {
			o.Value = strings.ReplaceAll(value[1:len(value)-1], "''", "'")
		} else if strings.HasPrefix(value, "(") {
			o.List, o.Value = strings.Split(strings.Trim(value, "()"), ", "), ""
		}
		opts = append(opts, o)
	}
	return opts
}

func askOracle(t *testing.T, c copyCase) string {
	t.Helper()
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, *oracle)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	exec := func(sql string) {
		if _, err := conn.Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	with := ""
	if c.opts != "" {
		with = " WITH (" + c.opts + ")"
	}
	exec("SET TimeZone = 'UTC'; DROP TABLE IF EXISTS t; CREATE TABLE t (" + c.cols + ", other int)")
	names := ""
	for i, def := range strings.Split(c.cols, ", ") {
		if i > 0 {
			names += ", "
		}
		names += strings.Fields(def)[0]
	}
	if c.cmd == "out" {
		if _, err := conn.CopyFrom(ctx, strings.NewReader(c.data), "COPY t ("+names+") FROM STDIN"); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		if _, err := conn.CopyTo(ctx, &out, "COPY t ("+names+") TO STDOUT"+with); err != nil {
			return showPgError(t, err)
		}
		return fmt.Sprintf("%q", out.String())
	}
	tag, err := conn.CopyFrom(ctx, io.Reader(strings.NewReader(c.data)), "COPY t ("+names+") FROM STDIN"+with)
	if err != nil {
		return showPgError(t, err)
	}
	var out strings.Builder
	if _, err := conn.CopyTo(ctx, &out, "COPY t ("+names+") TO STDOUT"); err != nil {
		t.Fatal(err)
	}
	return tag.String() + "\n" + out.String()
}

func showPgError(t *testing.T, err error) string {
	t.Helper()
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	return showFields(e.Code, e.Message, e.Hint, e.Where)
}
