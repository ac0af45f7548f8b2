package types

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// appendArray appends {1,NULL,"a b"}, with bounds in front when one is not 1.
func appendArray(dst []byte, t Type, b []byte, f *Format) []byte {
	a := mustArray(t, b)
	if len(a.Elems) == 0 {
		return append(dst, '{', '}')
	}
	for _, l := range a.Lower {
		if l != 1 {
			dst = append(a.appendBounds(dst), '=')
			break
		}
	}
	at := 0
	return a.appendDim(dst, 0, &at, f)
}

func (a ArrayValue) appendBounds(dst []byte) []byte {
	for i, n := range a.Dims {
		l := a.LowerBound(i)
		dst = strconv.AppendInt(append(dst, '['), int64(l), 10)
		dst = append(strconv.AppendInt(append(dst, ':'), int64(l)+int64(n)-1, 10), ']')
	}
	return dst
}

func (a ArrayValue) appendDim(dst []byte, dim int, at *int, f *Format) []byte {
	dst = append(dst, '{')
	for i := range a.Dims[dim] {
		if i > 0 {
			dst = append(dst, ',')
		}
		if dim+1 < len(a.Dims) {
			dst = a.appendDim(dst, dim+1, at, f)
			continue
		}
		dst = a.appendElem(dst, a.Elems[*at], f)
		*at++
	}
	return append(dst, '}')
}

func (a ArrayValue) appendElem(dst []byte, d Datum, f *Format) []byte {
	if !d.Set {
		return append(dst, "NULL"...)
	}
	from := len(dst)
	dst = AppendText(dst, a.Elem, d.I, []byte(d.S), f)
	if text := dst[from:]; needsArrayQuotes(text) {
		quoted := quoteElement(string(text))
		dst = append(dst[:from], quoted...)
	}
	return dst
}

func needsArrayQuotes(b []byte) bool {
	if len(b) == 0 || foldEqual(string(b), "null") {
		return true
	}
	for _, c := range b {
		if c == '"' || c == '\\' || c == '{' || c == '}' || c == ',' || isSpace(c) {
			return true
		}
	}
	return false
}

func quoteElement(s string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	out.WriteByte('"')
	return out.String()
}

// arrayParser reads the text form of an array.
type arrayParser struct {
	text   string
	shown  string // what errors show: the text, without bounds once these are read
	at     int
	elem   Type
	format *Format

	dims  []int32
	elems []Datum
	depth int // number of dimensions, known at the first element
}

func parseArray(t Type, s string, f *Format) (Datum, error) {
	p := &arrayParser{text: s, shown: s, elem: t.ElemType(), format: f, depth: -1}
	a, err := p.parse()
	if err != nil {
		return Null, err
	}
	return a.Datum(), nil
}

func (p *arrayParser) bad(detail string) error {
	return pgerr.Newf(pgerr.InvalidTextRepresentation, "malformed array literal: \"%s\"", p.shown).WithDetail("%s", detail)
}

func (p *arrayParser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *arrayParser) skipSpace() {
	for p.at < len(p.text) && isSpace(p.text[p.at]) {
		p.at++
	}
}

func (p *arrayParser) parse() (ArrayValue, error) {
	lower, lengths, err := p.bounds()
	if err != nil {
		return ArrayValue{}, err
	}
	if p.peek() != '{' {
		if lengths != nil {
			return ArrayValue{}, p.bad("Array contents must start with \"{\".")
		}
		return ArrayValue{}, p.bad("Array value must start with \"{\" or dimension information.")
	}
	p.shown = p.text[p.at:]
	if err := p.braces(0); err != nil {
		return ArrayValue{}, err
	}
	p.skipSpace()
	if p.at < len(p.text) {
		return ArrayValue{}, p.bad("Junk after closing right brace.")
	}
	p.shown = p.text
	a := ArrayValue{Elem: p.elem, Dims: p.dims, Lower: lower, Elems: p.elems}
	if len(p.elems) == 0 {
		a.Dims, a.Lower = nil, nil
	}
	if lengths != nil && !equalDims(lengths, a.Dims) {
		return ArrayValue{}, p.bad("Specified array dimensions do not match array contents.")
	}
	return a, nil
}

// bounds reads [1:3][0:2]= in front of the array, if it is there.
func (p *arrayParser) bounds() (lower, lengths []int32, err error) {
	for p.skipSpace(); p.peek() == '['; p.skipSpace() {
		l, u, err := p.bound()
		if err != nil {
			return nil, nil, err
		}
		if u < l {
			return nil, nil, pgerr.New(pgerr.ArraySubscriptError, "upper bound cannot be less than lower bound")
		}
		if len(lower) == maxArrayDims {
			return nil, nil, errArrayDims(maxArrayDims + 1)
		}
		lower, lengths = append(lower, int32(l)), append(lengths, int32(u-l+1))
	}
	if lower != nil {
		if p.peek() != '=' {
			return nil, nil, p.bad("Missing \"=\" after array dimensions.")
		}
		p.at++
		p.skipSpace()
	}
	return lower, lengths, nil
}

// bound reads [lower:upper] or [length].
func (p *arrayParser) bound() (lower, upper int64, err error) {
	p.at++
	from := p.boundDigits()
	if from == "" {
		return 0, 0, p.bad("\"[\" must introduce explicitly-specified array dimensions.")
	}
	to := from
	if p.peek() == ':' {
		p.at++
		if to = p.boundDigits(); to == "" {
			return 0, 0, p.bad("Missing array dimension value.")
		}
	} else {
		from = "1"
	}
	if p.peek() != ']' {
		return 0, 0, p.bad("Missing \"]\" after array dimensions.")
	}
	p.at++
	lower, err1 := strconv.ParseInt(from, 10, 32)
	upper, err2 := strconv.ParseInt(to, 10, 32)
	if err1 != nil || err2 != nil {
		return 0, 0, pgerr.New(pgerr.ProgramLimitExceeded, "array bound is out of integer range")
	}
	return lower, upper, nil
}

func (p *arrayParser) boundDigits() string {
	start := p.at
	for isDigit(p.peek()) || p.peek() == '-' || p.peek() == '+' {
		p.at++
	}
	return p.text[start:p.at]
}

func errArrayDims(n int) error {
	return pgerr.Newf(pgerr.ProgramLimitExceeded,
		"number of array dimensions (%d) exceeds the maximum allowed (%d)", n, maxArrayDims)
}

// braces reads one brace level; level 0 is the outermost.
func (p *arrayParser) braces(level int) error {
	if level >= maxArrayDims {
		return errArrayDims(level + 1)
	}
	p.at++ // {
	count := int32(0)
	p.skipSpace()
	if p.peek() == '}' && level == 0 {
		p.at++
		return p.closeLevel(level, 0)
	}
	for {
		if err := p.item(level); err != nil {
			return err
		}
		count++
		p.skipSpace()
		switch c := p.peek(); {
		case p.at >= len(p.text):
			return p.bad("Unexpected end of input.")
		case c == ',':
			p.at++
		case c == '}':
			p.at++
			return p.closeLevel(level, count)
		default:
			return p.bad("Unexpected array element.")
		}
	}
}

// item reads a sub-array or an element.
func (p *arrayParser) item(level int) error {
	p.skipSpace()
	if p.peek() == '{' {
		if p.depth >= 0 && level+1 >= p.depth {
			return p.bad("Unexpected \"{\" character.")
		}
		return p.braces(level + 1)
	}
	if p.depth < 0 {
		p.depth = level + 1
	}
	if p.depth != level+1 {
		return p.bad("Unexpected array element.")
	}
	return p.element()
}

func (p *arrayParser) mismatch() error {
	return p.bad("Multidimensional arrays must have sub-arrays with matching dimensions.")
}

// closeLevel checks that all sub-arrays of one level have the same length.
func (p *arrayParser) closeLevel(level int, count int32) error {
	for len(p.dims) <= level {
		p.dims = append(p.dims, -1)
	}
	if p.dims[level] >= 0 && p.dims[level] != count {
		return p.mismatch()
	}
	p.dims[level] = count
	return nil
}

// element reads one element, quoted or bare.
func (p *arrayParser) element() error {
	text, quoted, err := p.elementText()
	if err != nil {
		return err
	}
	if !quoted && foldEqual(text, "null") {
		p.elems = append(p.elems, Null)
		return nil
	}
	d, err := ParseText(p.elem, text, p.format)
	if err != nil {
		return err
	}
	if len(p.elems) >= maxArrayElems {
		return pgerr.Newf(pgerr.ProgramLimitExceeded, "array size exceeds the maximum allowed (%d)", maxArrayElems)
	}
	p.elems = append(p.elems, d)
	return nil
}

func (p *arrayParser) elementText() (text string, quoted bool, err error) {
	var out []byte
	kept := 0 // length of out that trailing space must not shorten
	for inside, closed := false, false; ; {
		if p.at >= len(p.text) {
			return "", false, p.bad("Unexpected end of input.")
		}
		c := p.text[p.at]
		switch {
		case c == '\\':
			if p.at++; p.at >= len(p.text) {
				return "", false, p.bad("Unexpected end of input.")
			}
			out = append(out, p.text[p.at])
			kept, quoted = len(out), true
		case c == '"':
			if !inside && (quoted || len(out) > 0) {
				return "", false, p.bad("Unexpected array element.")
			}
			closed, inside, quoted, kept = inside, !inside, true, len(out)
		case inside:
			out = append(out, c)
		case c == ',' || c == '}':
			if len(out) == 0 && !quoted {
				return "", false, p.bad("Unexpected \"" + string(c) + "\" character.")
			}
			return string(out[:kept]), quoted, nil
		case c == '{':
			return "", false, p.bad("Unexpected \"{\" character.")
		case isSpace(c):
			out = append(out, c)
		default:
			if closed {
				return "", false, p.bad("Unexpected array element.")
			}
			out = append(out, c)
			kept = len(out)
		}
		p.at++
	}
}

// appendVector prints int2vector and oidvector: numbers with blanks between.
func appendVector(dst []byte, t Type, b []byte) []byte {
	for i, d := range mustArray(vectorArray(t), b).Elems {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = strconv.AppendInt(dst, d.I, 10)
	}
	return dst
}

// vectorArray returns the array type that a vector is stored as.
func vectorArray(t Type) Type {
	if t.Kind == KindOidvector {
		return ArrayOf(KindOID)
	}
	return ArrayOf(KindInt2)
}

func parseVector(t Type, s string) (Datum, error) {
	array := vectorArray(t)
	var elems []Datum
	for _, w := range strings.Fields(s) {
		d, err := ParseText(array.ElemType(), w, nil)
		if err != nil {
			return Null, err
		}
		elems = append(elems, d)
	}
	return VectorDatum(t, elems), nil
}

// VectorDatum returns an int2vector or oidvector; its first element has index 0.
func VectorDatum(t Type, elems []Datum) Datum {
	a := NewArray(vectorArray(t).ElemType(), elems)
	if len(elems) > 0 {
		a.Lower = []int32{0}
	}
	return a.Datum()
}
