package codec

import (
	"bytes"

	"millrace/sql/pgerr"
)

// splitCSV cuts a CSV record and takes its quotes off.
func (r *Reader) splitCSV(line []byte) error {
	out, rest := r.scratch[:0], line
	for {
		start := len(out)
		f := csvField{dst: out, quote: r.o.Quote, escape: r.o.Escape, delimiter: r.o.Delimiter}
		used, ok := f.read(rest)
		if !ok {
			return r.atLine(pgerr.New(pgerr.BadCopyFileFormat, "unterminated CSV quoted field"), line)
		}
		out = f.dst
		field := out[start:len(out):len(out)]
		null := !f.quoted && string(rest[:used]) == r.o.Null
		r.fields = append(r.fields, rawField{field, null})
		if used == len(rest) {
			return nil
		}
		rest = rest[used+1:]
	}
}

// csvField reads one field.
type csvField struct {
	dst                      []byte
	quote, escape, delimiter byte
	quoted                   bool
}

// read appends the field that begins b and returns its length in b. ok is false
// when a quote is not closed.
func (f *csvField) read(b []byte) (used int, ok bool) {
	for i := 0; i < len(b); i++ {
		switch c := b[i]; c {
		case f.delimiter:
			return i, true
		case f.quote:
			f.quoted = true
			n, ok := f.inQuotes(b[i+1:])
			if !ok {
				return 0, false
			}
			i += n
		default:
			f.dst = append(f.dst, c)
		}
	}
	return len(b), true
}

// inQuotes reads up to the closing quote and returns the bytes used, it included.
func (f *csvField) inQuotes(b []byte) (used int, ok bool) {
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c == f.escape && i+1 < len(b) && (b[i+1] == f.escape || b[i+1] == f.quote) {
			i++
			f.dst = append(f.dst, b[i])
			continue
		}
		if c == f.quote {
			return i + 1, true
		}
		if f.escape == f.quote { // copy up to the next quote at once
			n := bytes.IndexByte(b[i:], f.quote)
			if n < 0 {
				return 0, false
			}
			f.dst = append(f.dst, b[i:i+n]...)
			i += n - 1
			continue
		}
		f.dst = append(f.dst, c)
	}
	return 0, false
}
