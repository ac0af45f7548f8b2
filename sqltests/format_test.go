package sqltests

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql"
	"millrace/sql/types"
)

// reply is everything that came back for one statement.
type reply struct {
	text   string
	binary bool
	parts  []part
	status byte // of ReadyForQuery
}

// part is one result, error or notice, in the order of arrival.
type part struct {
	fields []field
	rows   [][]cell
	copied []byte // of COPY TO STDOUT
	tag    string
	failed bool
	// text is the error or notice, or the tag, in the form of scripts.
	text string
	code string
}

type field struct {
	name   string
	oid    uint32
	mod    int32
	binary bool
}

// cell is a value in text form.
type cell struct {
	text string
	null bool
}

// add takes a message and reports whether it was the last one.
func (r *reply) add(m wireMessage) (last bool) {
	switch m.typ {
	case 'T':
		r.parts = append(r.parts, part{fields: decodeFields(m.body)})
	case 'D':
		p := r.open()
		p.rows = append(p.rows, decodeRow(m.body, p.fields))
	case 'd':
		p := r.open()
		p.copied = append(p.copied, m.body...)
	case 'H':
		r.parts = append(r.parts, part{copied: []byte{}})
	case 'C':
		p := r.open()
		p.tag = strings.TrimRight(string(m.body), "\x00")
	case 'I':
		r.parts = append(r.parts, part{tag: "(empty)"})
	case 'E':
		code, text := decodeError(m.body, r.text)
		// Whether the header is out before a failure depends on the protocol.
		if n := len(r.parts); n > 0 && r.parts[n-1].fields != nil && len(r.parts[n-1].rows) == 0 && r.parts[n-1].tag == "" {
			r.parts = r.parts[:n-1]
		}
		r.parts = append(r.parts, part{failed: true, code: code, text: text})
	case 'N':
		code, text := decodeError(m.body, r.text)
		// A notice that comes in the middle of rows must not split them.
		at := len(r.parts)
		if at > 0 && r.parts[at-1].tag == "" && r.parts[at-1].text == "" {
			at--
		}
		r.parts = slices.Insert(r.parts, at, part{code: code, text: text})
	case 'Z':
		r.status = m.body[0]
		return true
	}
	return false
}

// open returns the result that is being received.
func (r *reply) open() *part {
	if n := len(r.parts); n > 0 && r.parts[n-1].tag == "" && r.parts[n-1].text == "" {
		return &r.parts[n-1]
	}
	r.parts = append(r.parts, part{})
	return &r.parts[len(r.parts)-1]
}

// err returns the error, if there was one.
func (r *reply) err() (code, text string) {
	for _, p := range r.parts {
		if p.failed {
			return p.code, p.text
		}
	}
	return "", ""
}

// result returns the rows of the first result in text form.
func (r *reply) result() [][]cell {
	for _, p := range r.parts {
		if p.fields != nil {
			return p.rows
		}
	}
	return nil
}

// format writes the reply as scripts show it. Rows are sorted unless the statement
// orders them.
func (r *reply) format(ordered bool) string {
	var b strings.Builder
	for _, p := range r.parts {
		switch {
		case p.text != "":
			b.WriteString(p.text + "\n")
			continue
		case p.fields != nil:
			b.WriteString(header(p.fields) + "\n")
			for _, line := range rowLines(p.rows, ordered) {
				b.WriteString(line + "\n")
			}
		case p.copied != nil:
			b.Write(sortedCopy(p.copied, ordered))
		}
		if p.tag != "" && (p.fields == nil || !strings.HasPrefix(p.tag, "SELECT")) {
			b.WriteString(p.tag + "\n")
		}
	}
	return b.String()
}

// sortedCopy puts the lines of a COPY in order, as rows have none.
func sortedCopy(data []byte, ordered bool) []byte {
	if ordered {
		return data
	}
	lines := strings.SplitAfter(string(data), "\n")
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

func rowLines(rows [][]cell, ordered bool) []string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		lines[i] = rowLine(row)
	}
	if !ordered {
		slices.Sort(lines)
	}
	return lines
}

func rowLine(row []cell) string {
	if len(row) == 0 {
		return "()"
	}
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = c.String()
	}
	return strings.Join(out, " | ")
}

// String quotes what could be taken for something else.
func (c cell) String() string {
	if c.null {
		return "NULL"
	}
	s := c.text
	if s == "" || s == "NULL" || strings.ContainsAny(s, "|\n\r\t\x00") || strings.TrimSpace(s) != s ||
		s[0] == '"' || strings.HasPrefix(s, "----") {
		return strconv.Quote(s)
	}
	return s
}

func header(fields []field) string {
	if len(fields) == 0 {
		return "(no columns)"
	}
	out := make([]string, len(fields))
	for i, f := range fields {
		name := f.name
		if name == "" || strings.ContainsAny(name, " |\n\"") {
			name = strconv.Quote(name)
		}
		out[i] = name + " " + typeName(f.oid, f.mod)
	}
	return strings.Join(out, " | ")
}

// typeName is the type's name in pg_type, with its modifier.
func typeName(oid uint32, mod int32) string {
	t, ok := types.FromOID(oid)
	if !ok {
		if oid >= 16384 {
			return "user" // the number differs between servers
		}
		return fmt.Sprintf("oid%d", oid)
	}
	t.Mod = mod
	name := t.InternalName()
	if elem, ok := strings.CutPrefix(name, "_"); ok {
		name = elem + "[]"
	}
	if mod < 0 {
		return name
	}
	e := t
	if strings.HasSuffix(name, "[]") {
		e = t.ElemType()
		e.Mod = mod
	}
	if p, s, ok := e.NumericMod(); ok {
		return fmt.Sprintf("%s(%d,%d)", name, p, s)
	}
	if n, ok := e.CharLength(); ok {
		return fmt.Sprintf("%s(%d)", name, n)
	}
	return fmt.Sprintf("%s(mod %d)", name, mod)
}

func decodeFields(body []byte) []field {
	var m pgproto3.RowDescription
	if err := m.Decode(body); err != nil {
		return []field{{name: err.Error()}}
	}
	out := make([]field, 0, len(m.Fields))
	for _, f := range m.Fields {
		out = append(out, field{
			name: string(f.Name), oid: f.DataTypeOID, mod: f.TypeModifier, binary: f.Format == 1,
		})
	}
	return out
}

// binaryFormats asks for the binary form of all columns whose type we can decode.
func binaryFormats(body []byte) []int16 {
	fields := decodeFields(body)
	out := make([]int16, len(fields))
	for i, f := range fields {
		if _, ok := types.FromOID(f.oid); ok {
			out[i] = 1
		}
	}
	return out
}

func decodeRow(body []byte, fields []field) []cell {
	row := make([]cell, 0, len(fields))
	n := int(binary.BigEndian.Uint16(body))
	body = body[2:]
	for i := range n {
		size := int32(binary.BigEndian.Uint32(body))
		body = body[4:]
		if size < 0 {
			row = append(row, cell{null: true})
			continue
		}
		c := cell{text: string(body[:size])}
		if i < len(fields) && fields[i].binary {
			c.text = textOfBinary(fields[i], body[:size])
		}
		row = append(row, c)
		body = body[size:]
	}
	return row
}

func textOfBinary(f field, data []byte) string {
	t, _ := types.FromOID(f.oid)
	t.Mod = f.mod
	d, err := types.ParseBinary(t, data)
	if err != nil {
		return "bad binary form: " + err.Error()
	}
	return types.DatumText(t, d, nil)
}

// decodeError returns the SQLSTATE and the form that scripts show.
func decodeError(body []byte, text string) (code, out string) {
	var m pgproto3.ErrorResponse
	if err := m.Decode(body); err != nil {
		return "08P01", err.Error()
	}
	return m.Code, errorText(&m, text)
}

func formatError(body []byte, text string) string {
	_, out := decodeError(body, text)
	return out
}

func errorText(m *pgproto3.ErrorResponse, text string) string {
	head := m.Severity + " " + m.Code + ": " + m.Message
	if m.Severity != "ERROR" && m.Code == "00000" {
		head = m.Severity + ": " + m.Message
	}
	lines := []string{oneLine(head)}
	for _, part := range []struct{ name, value string }{
		{"DETAIL", m.Detail}, {"HINT", m.Hint}, {"POSITION", lineColumn(text, int(m.Position))},
	} {
		if part.value != "" {
			lines = append(lines, part.name+": "+oneLine(part.value))
		}
	}
	return strings.Join(lines, "\n")
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "\\n") }

// lineColumn turns a position in characters from 1 into line:column.
func lineColumn(text string, position int) string {
	if position <= 0 {
		return ""
	}
	line, column := 1, 1
	for i, c := range []rune(text) {
		if i+1 == position {
			break
		}
		column++
		if c == '\n' {
			line, column = line+1, 1
		}
	}
	return fmt.Sprintf("%d:%d", line, column)
}

var orderBy = regexp.MustCompile(`(?i)\border\s+by\b`)

// isOrdered reports whether the rows of a statement have an order: ORDER BY at the
// top, or a kind of statement whose rows are lines.
func isOrdered(text string) bool {
	stmts, err := sql.Parse(text)
	if err != nil || len(stmts) != 1 {
		return orderBy.MatchString(text)
	}
	switch st := stmts[0].(type) {
	case *sql.SelectStmt:
		return len(st.Query.OrderBy) > 0
	case *sql.Explain, *sql.Show, *sql.Fetch:
		return true
	case *sql.Copy:
		return orderBy.MatchString(text)
	}
	return false
}
