package codec

import (
	"bytes"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// endMarker looks for \. , which ends the input: in text format anywhere in a line
// if nothing follows, in CSV only as the whole line. It returns the line before it.
// A marker without a line end is data in CSV and refused in text format.
func (r *Reader) endMarker(line []byte, terminated bool) ([]byte, error) {
	if r.o.Kind == CSV {
		if terminated && len(line) == 2 && line[0] == '\\' && line[1] == '.' {
			r.ended = true
			return nil, nil
		}
		return line, nil
	}
	for i := bytes.IndexByte(line, '\\'); i >= 0 && i+1 < len(line); {
		if line[i+1] == '.' {
			if i+2 < len(line) || !terminated {
				return nil, r.at(pgerr.New(pgerr.BadCopyFileFormat, "end-of-copy marker corrupt"))
			}
			r.ended = true
			return line[:i], nil
		}
		more := bytes.IndexByte(line[i+2:], '\\')
		if more < 0 {
			break
		}
		i += 2 + more
	}
	return line, nil
}

// splitText cuts a line of the text format and resolves its escapes.
func (r *Reader) splitText(line []byte) error {
	out := r.scratch[:0]
	for rest := line; ; {
		start := len(out)
		raw, next, more := cutText(rest, r.o.Delimiter)
		null := string(raw) == r.o.Null
		var made bool
		out, made = unescape(out, raw)
		field := out[start:len(out):len(out)]
		if made && !null {
			if err := types.CheckUTF8(string(field)); err != nil {
				return r.atLine(err, line)
			}
		}
		r.fields = append(r.fields, rawField{field, null})
		if !more {
			return nil
		}
		rest = next
	}
}

// cutText returns the raw field up to the first delimiter without a backslash.
func cutText(b []byte, delimiter byte) (raw, rest []byte, more bool) {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case delimiter:
			return b[:i], b[i+1:], true
		}
	}
	return b, nil, false
}

// unescape appends raw without its escapes. made tells that an octal or
// hexadecimal escape made a byte that may break UTF-8.
func unescape(dst, raw []byte) (out []byte, made bool) {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' || i+1 == len(raw) {
			dst = append(dst, raw[i])
			continue
		}
		i++
		c := raw[i]
		switch {
		case c >= '0' && c <= '7':
			c, i = octal(raw, i)
			made = made || c == 0 || c >= 0x80
		case c == 'x' && i+1 < len(raw) && hexDigit(raw[i+1]) >= 0:
			c, i = hexadecimal(raw, i+1)
			made = made || c == 0 || c >= 0x80
		default:
			c = control(c)
		}
		dst = append(dst, c)
	}
	return dst, made
}

// octal reads up to three digits from raw[i] and returns the last one's index.
func octal(raw []byte, i int) (byte, int) {
	n := raw[i] - '0'
	for k := 0; k < 2 && i+1 < len(raw) && raw[i+1] >= '0' && raw[i+1] <= '7'; k++ {
		i++
		n = n<<3 | (raw[i] - '0')
	}
	return n, i
}

// hexadecimal reads one or two digits from raw[i].
func hexadecimal(raw []byte, i int) (byte, int) {
	n := hexDigit(raw[i])
	if i+1 < len(raw) && hexDigit(raw[i+1]) >= 0 {
		i++
		n = n<<4 | hexDigit(raw[i])
	}
	return byte(n), i
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// control returns the character that a letter stands for after a backslash.
func control(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'v':
		return '\v'
	}
	return c
}
