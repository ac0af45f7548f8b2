package types

import (
	"strings"

	"millrace/sql/pgerr"
)

// appendRecord appends (1,,"a b").
func appendRecord(dst []byte, t Type, b []byte, f *Format) []byte {
	ts, row, _ := DecodeRecord(t, b)
	dst = append(dst, '(')
	for i, d := range row {
		if i > 0 {
			dst = append(dst, ',')
		}
		if d.Set {
			dst = appendRecordField(dst, DatumText(ts[i], d, f))
		}
	}
	return append(dst, ')')
}

func appendRecordField(dst []byte, s string) []byte {
	if s != "" && !strings.ContainsAny(s, "\"\\(), \t\n\r\v\f") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, s[i])
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}

func badRecord(s, detail string) error {
	return pgerr.Newf(pgerr.InvalidTextRepresentation, "malformed record literal: \"%s\"", s).WithDetail("%s", detail)
}

// parseRecord reads the text form of a composite value.
func parseRecord(t Type, s string, f *Format) (Datum, error) {
	fields := t.Fields()
	if fields == nil {
		return Null, pgerr.New(pgerr.FeatureNotSupported, "input of anonymous composite types is not implemented")
	}
	p := recordParser{s: s, at: len(s) - len(strings.TrimLeft(s, " \t\n\r\v\f"))}
	if p.at >= len(s) || s[p.at] != '(' {
		return Null, badRecord(s, "Missing left parenthesis.")
	}
	p.at++
	ts, row := make([]Type, len(fields)), make([]Datum, len(fields))
	for i, field := range fields {
		ts[i] = field.Type
		text, set, err := p.field(i)
		if err != nil {
			return Null, err
		}
		if !set {
			continue
		}
		if row[i], err = ParseText(field.Type, text, f); err != nil {
			return Null, err
		}
	}
	if err := p.end(); err != nil {
		return Null, err
	}
	return BytesDatum(string(AppendRecord(nil, ts, row))), nil
}

// recordParser reads the fields of a composite literal; at is behind the parenthesis.
type recordParser struct {
	s  string
	at int
}

// field reads field i with the comma before it; set is false for an empty one, NULL.
func (p *recordParser) field(i int) (text string, set bool, err error) {
	if i > 0 {
		if p.at >= len(p.s) || p.s[p.at] != ',' {
			return "", false, badRecord(p.s, "Too few columns.")
		}
		p.at++
	}
	if p.at < len(p.s) && (p.s[p.at] == ',' || p.s[p.at] == ')') {
		return "", false, nil
	}
	var buf []byte
	quoted := false
	for quoted || p.at >= len(p.s) || p.s[p.at] != ',' && p.s[p.at] != ')' {
		if p.at >= len(p.s) {
			return "", false, badRecord(p.s, "Unexpected end of input.")
		}
		c := p.s[p.at]
		p.at++
		switch {
		case c == '\\':
			if p.at >= len(p.s) {
				return "", false, badRecord(p.s, "Unexpected end of input.")
			}
			buf = append(buf, p.s[p.at])
			p.at++
		case c == '"' && quoted && p.at < len(p.s) && p.s[p.at] == '"':
			buf = append(buf, '"')
			p.at++
		case c == '"':
			quoted = !quoted
		default:
			buf = append(buf, c)
		}
	}
	return string(buf), true, nil
}

// end checks that nothing but blanks follows the closing parenthesis.
func (p *recordParser) end() error {
	if p.at >= len(p.s) || p.s[p.at] != ')' {
		return badRecord(p.s, "Too many columns.")
	}
	if strings.Trim(p.s[p.at+1:], " \t\n\r\v\f") != "" {
		return badRecord(p.s, "Junk after right parenthesis.")
	}
	return nil
}

func appendRecordWire(dst []byte, t Type, b []byte) []byte {
	ts, row, _ := DecodeRecord(t, b)
	dst = be.AppendUint32(dst, uint32(len(ts)))
	for i, t := range ts {
		dst = appendFieldWire(be.AppendUint32(dst, t.OID()), t, row[i])
	}
	return dst
}

// parseRecordWire reads the binary form of a composite value.
func parseRecordWire(t Type, data []byte) (Datum, error) {
	fields := t.Fields()
	if fields == nil {
		return Null, pgerr.New(pgerr.FeatureNotSupported, "input of anonymous composite types is not implemented")
	}
	if len(data) < 4 {
		return Null, badLength(data, 4)
	}
	if n := int(be.Uint32(data)); n != len(fields) {
		return Null, pgerr.Newf(pgerr.DatatypeMismatch, "wrong number of columns: %d, expected %d", n, len(fields))
	}
	data = data[4:]
	ts, row := make([]Type, len(fields)), make([]Datum, len(fields))
	for i, field := range fields {
		if len(data) < 4 {
			return Null, badLength(data, 4)
		}
		if got := be.Uint32(data); got != field.Type.OID() {
			return Null, pgerr.Newf(pgerr.DatatypeMismatch,
				"binary data has type %d instead of expected %d (%s) in record column %d",
				got, field.Type.OID(), field.Type.Base(), i+1)
		}
		var err error
		ts[i] = field.Type
		if row[i], data, err = parseFieldWire(field.Type, data[4:]); err != nil {
			return Null, err
		}
	}
	if len(data) > 0 {
		return Null, pgerr.New(pgerr.InvalidBinaryRepresentation, "improper binary format in record")
	}
	return BytesDatum(string(AppendRecord(nil, ts, row))), nil
}
