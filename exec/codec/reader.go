package codec

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// rowBytesMax bounds a row of the input, which is kept in memory until it is whole.
const rowBytesMax = 64 << 20

// shownBytesMax is how much of a line or value an error's context shows.
const shownBytesMax = 100

// Target is what rows are read into or written from.
type Target struct {
	Relation string         // for messages
	Columns  []types.Column // in the order of the file
	// Others names the columns of the relation that are not copied, for messages.
	Others []string
}

// Reader turns the bytes of COPY FROM into columns. It parses whole rows straight
// from the chunks it is given and copies only what is left at their ends.
type Reader struct {
	o      Options
	target Target
	format *types.Format
	cells  []inCell
	header bool // the header line has still to come
	ended  bool // the end marker has come: the rest is ignored

	buf  []byte // the beginning of a row whose end has not come
	scan lineScan
	line int64 // number of the line being read, from 1

	fields  []rawField
	scratch []byte
	bin     binaryState
}

// inCell is how one column is read.
type inCell struct {
	typ          types.Type
	name         string
	parse        parser
	lengthMax    int // bytes that varchar(n) takes without looking; else 0
	forceNull    bool
	forceNotNull bool
}

// rawField is a field without quotes and escapes.
type rawField struct {
	b    []byte
	null bool
}

// NewReader returns a reader. f holds the session's settings and may be nil.
func NewReader(o Options, target Target, f *types.Format) (*Reader, error) {
	r := &Reader{o: o, target: target, format: f, header: o.Header != HeaderNone}
	r.scan = lineScan{csv: o.Kind == CSV, quote: o.Quote, escape: o.Escape}
	forceNull, err := target.flags("FORCE_NULL", o.ForceNull)
	if err != nil {
		return nil, err
	}
	forceNotNull, err := target.flags("FORCE_NOT_NULL", o.ForceNotNull)
	if err != nil {
		return nil, err
	}
	for i, c := range target.Columns {
		cell := inCell{typ: c.Type, name: c.Name, forceNull: forceNull[i], forceNotNull: forceNotNull[i]}
		cell.parse, cell.lengthMax = chooseParser(c.Type, f)
		r.cells = append(r.cells, cell)
	}
	return r, nil
}

// flags returns for each column whether the list of an option names it.
func (t *Target) flags(option string, names []string) ([]bool, error) {
	out := make([]bool, len(t.Columns))
	for _, name := range names {
		i := types.Schema(t.Columns).Index(name)
		switch {
		case i >= 0:
			out[i] = true
		case slices.Contains(t.Others, name):
			return nil, pgerr.Newf(pgerr.InvalidColumnReference,
				"%s column \"%s\" not referenced by COPY", option, name)
		case t.Relation == "":
			return nil, pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" does not exist", name)
		default:
			return nil, pgerr.Newf(pgerr.UndefinedColumn,
				"column \"%s\" of relation \"%s\" does not exist", name, t.Relation)
		}
	}
	return out, nil
}

// Types returns the types of the columns that are read, in order.
func (r *Reader) Types() []types.Type { return types.Schema(r.target.Columns).Types() }

// Line returns the number of the line read last, from 1.
func (r *Reader) Line() int64 { return r.line }

// Feed reads the rows that end in chunk and appends them to into, one builder per
// column. It returns their number. chunk is not kept. After an error the builders
// may be of unequal length.
func (r *Reader) Feed(chunk []byte, into []*col.Builder) (rows int, err error) {
	if r.ended && r.o.Kind != Binary {
		return 0, nil
	}
	data := chunk
	if len(r.buf) > 0 {
		r.buf = append(r.buf, chunk...)
		data = r.buf
	}
	used, rows, err := r.rows(data, into, false)
	if err != nil {
		return rows, err
	}
	if used == 0 && len(r.buf) > 0 {
		return rows, r.checkLength(len(data)) // still one unfinished row: it stays where it is
	}
	r.buf = append(r.buf[:0], data[used:]...)
	return rows, r.checkLength(len(r.buf))
}

// Finish reads what is left after the last chunk.
func (r *Reader) Finish(into []*col.Builder) (rows int, err error) {
	if r.ended {
		return 0, nil
	}
	_, rows, err = r.rows(r.buf, into, true)
	r.buf = nil
	if err == nil && r.header && r.o.Header == HeaderMatch {
		r.line = 1
		err = r.checkHeader(nil)
	}
	return rows, err
}

// checkLength bounds the memory of an unfinished row (I2).
func (r *Reader) checkLength(n int) error {
	if n <= rowBytesMax {
		return nil
	}
	return r.at(pgerr.Newf(pgerr.ProgramLimitExceeded, "row of COPY data exceeds %d bytes", rowBytesMax))
}

// rows reads all whole rows of data and returns how many bytes they took. At the
// end of the input the last row needs no end.
func (r *Reader) rows(data []byte, into []*col.Builder, last bool) (used, rows int, err error) {
	if r.o.Kind == Binary {
		return r.binaryRows(data, into, last)
	}
	for used < len(data) && !r.ended {
		end, next, ok, err := r.scan.next(data[used:], last)
		if err != nil {
			r.line++
			return used, rows, r.at(err)
		}
		if !ok {
			return used, rows, nil
		}
		r.line += 1 + int64(r.scan.embedded)
		n, err := r.oneLine(data[used:used+next], end, into)
		r.scan.reset()
		if err != nil {
			return used, rows, err
		}
		rows += n
		used += next
	}
	return used, rows, nil
}

// oneLine reads a line of length n, which is followed by its end unless the input
// ends there, and returns the number of rows in it, 0 or 1.
func (r *Reader) oneLine(text []byte, n int, into []*col.Builder) (int, error) {
	line := text[:n]
	if !utf8.Valid(line) || bytes.IndexByte(line, 0) >= 0 {
		return 0, r.at(types.CheckUTF8(string(text)))
	}
	line, err := r.endMarker(line, n < len(text))
	if err != nil || (r.ended && len(line) == 0) {
		return 0, err
	}
	if r.header {
		r.header = false
		return 0, r.checkHeader(line)
	}
	return 1, r.row(line, into)
}

// row reads the fields of a line. Lines without quotes and escapes, nearly all,
// are parsed in place.
func (r *Reader) row(line []byte, into []*col.Builder) error {
	if len(r.cells) == 0 {
		if len(line) > 0 {
			return r.atLine(errExtraData(), line)
		}
		return nil
	}
	special := byte('\\')
	if r.o.Kind == CSV {
		special = r.o.Quote
	}
	if bytes.IndexByte(line, special) >= 0 {
		return r.splitRow(line, into)
	}
	return r.plainRow(line, into)
}

func (r *Reader) plainRow(line []byte, into []*col.Builder) error {
	rest, isLast := line, false
	for c := range r.cells {
		if isLast {
			return r.atLine(r.errMissing(c), line)
		}
		field := rest
		if i := bytes.IndexByte(rest, r.o.Delimiter); i >= 0 {
			field, rest = rest[:i], rest[i+1:]
		} else {
			isLast = true
		}
		null := len(field) == len(r.o.Null) && string(field) == r.o.Null
		if err := r.value(c, rawField{field, null}, into[c]); err != nil {
			if bytes.Count(line, []byte{r.o.Delimiter}) >= len(r.cells) {
				return r.atLine(errExtraData(), line)
			}
			return err
		}
	}
	if !isLast {
		return r.atLine(errExtraData(), line)
	}
	return nil
}

// splitRow reads a line with quotes or escapes.
func (r *Reader) splitRow(line []byte, into []*col.Builder) error {
	if err := r.split(line); err != nil {
		return err
	}
	if len(r.fields) > len(r.cells) {
		return r.atLine(errExtraData(), line)
	}
	for c := range r.cells {
		if c >= len(r.fields) {
			return r.atLine(r.errMissing(c), line)
		}
		if err := r.value(c, r.fields[c], into[c]); err != nil {
			return err
		}
	}
	return nil
}

// split cuts a line into r.fields.
func (r *Reader) split(line []byte) error {
	r.fields = r.fields[:0]
	if cap(r.scratch) < len(line) {
		r.scratch = make([]byte, 0, 2*len(line))
	}
	if r.o.Kind == CSV {
		return r.splitCSV(line)
	}
	return r.splitText(line)
}

// value appends one field to its column.
func (r *Reader) value(c int, f rawField, b *col.Builder) error {
	cell := &r.cells[c]
	if cell.forceNull || cell.forceNotNull {
		f = r.force(cell, f)
	}
	if f.null {
		b.Null()
		return nil
	}
	if err := cell.append(f.b, r.format, b); err != nil {
		return r.atColumn(err, cell.name, f.b)
	}
	return nil
}

func (r *Reader) force(cell *inCell, f rawField) rawField {
	switch {
	case f.null && cell.forceNotNull:
		return rawField{b: []byte(r.o.Null)}
	case !f.null && cell.forceNull && string(f.b) == r.o.Null:
		return rawField{null: true}
	}
	return f
}

// checkHeader compares the names of the header line with the columns.
func (r *Reader) checkHeader(line []byte) error {
	if r.o.Header != HeaderMatch {
		return nil
	}
	if err := r.split(line); err != nil {
		return err
	}
	if len(r.fields) != len(r.cells) {
		return r.atLine(pgerr.Newf(pgerr.BadCopyFileFormat,
			"wrong number of fields in header line: got %d, expected %d",
			len(r.fields), len(r.cells)), line)
	}
	for i, f := range r.fields {
		want := r.cells[i].name
		switch {
		case f.null:
			return r.atLine(pgerr.Newf(pgerr.BadCopyFileFormat,
				"column name mismatch in header line field %d: got null value (\"%s\"), expected \"%s\"",
				i+1, r.o.Null, want), line)
		case string(f.b) != want:
			return r.atLine(pgerr.Newf(pgerr.BadCopyFileFormat,
				"column name mismatch in header line field %d: got \"%s\", expected \"%s\"",
				i+1, f.b, want), line)
		}
	}
	return nil
}

func errExtraData() error {
	return pgerr.New(pgerr.BadCopyFileFormat, "extra data after last expected column")
}

func (r *Reader) errMissing(c int) error {
	return pgerr.Newf(pgerr.BadCopyFileFormat, "missing data for column \"%s\"", r.cells[c].name)
}

// at, atLine and atColumn give err PostgreSQL's context.
func (r *Reader) at(err error) error {
	return where(err, "COPY %s, line %d", r.target.Relation, r.line)
}

func (r *Reader) atLine(err error, line []byte) error {
	return where(err, "COPY %s, line %d: \"%s\"", r.target.Relation, r.line, shown(line))
}

func (r *Reader) atColumn(err error, column string, value []byte) error {
	return where(err, "COPY %s, line %d, column %s: \"%s\"", r.target.Relation, r.line, column, shown(value))
}

func where(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	e := *pgerr.As(err)
	if e.Where != "" {
		e.Where += "\n"
	}
	e.Where += fmt.Sprintf(format, args...)
	return &e
}

// shown cuts a long value at a character.
func shown(b []byte) string {
	if len(b) <= shownBytesMax {
		return string(b)
	}
	n := shownBytesMax
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return string(b[:n]) + "..."
}
