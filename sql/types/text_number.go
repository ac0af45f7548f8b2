package types

import (
	"errors"
	"math"
	"math/big"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// parseInt reads an integer of the given width: spaces around, a sign, digits.
func parseInt(t Type, s string, bits uint) (Datum, error) {
	w := trimSpace(s)
	neg := strings.HasPrefix(w, "-")
	if neg || strings.HasPrefix(w, "+") {
		w = w[1:]
	}
	if w == "" {
		return Null, badSyntax(t.String(), s)
	}
	limit := uint64(1) << (bits - 1) // magnitude of the smallest value
	n, over := uint64(0), false
	for i := range len(w) {
		c := w[i] - '0'
		if c > 9 {
			return Null, badSyntax(t.String(), s)
		}
		if over = over || n > limit/10; !over {
			n = n*10 + uint64(c)
		}
	}
	if over || n > limit || (n == limit && !neg) {
		return Null, pgerr.Newf(pgerr.NumericValueOutOfRange, "value \"%s\" is out of range for type %s", s, t)
	}
	if neg {
		return FixedDatum(-int64(n)), nil
	}
	return FixedDatum(int64(n)), nil
}

// parseOID reads an OID: an unsigned 32-bit number, negative ones wrapped. The
// names of the reg types are the catalog's business; here they are numbers or -.
func parseOID(t Type, s string) (Datum, error) {
	w := trimSpace(s)
	if w == "-" && t.Kind != KindOID && t.Kind != KindXid {
		return FixedDatum(0), nil
	}
	n, err := strconv.ParseInt(w, 10, 64)
	switch {
	case err != nil && t.Kind == KindRegclass:
		return Null, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", w)
	case err != nil && (t.Kind == KindRegproc || t.Kind == KindRegprocedure):
		return Null, pgerr.Newf(pgerr.UndefinedFunction, "function \"%s\" does not exist", w)
	case err != nil && (t.Kind == KindRegoper || t.Kind == KindRegoperator):
		return Null, pgerr.Newf(pgerr.UndefinedFunction, "operator does not exist: %s", w)
	case err != nil && t.Kind == KindRegnamespace:
		return Null, pgerr.Newf(pgerr.InvalidSchemaName, "schema \"%s\" does not exist", w)
	case err != nil:
		return Null, badSyntax(t.String(), s)
	case n > math.MaxUint32 || n < math.MinInt32:
		return Null, pgerr.Newf(pgerr.NumericValueOutOfRange, "value \"%s\" is out of range for type oid", s)
	}
	return FixedDatum(int64(uint32(n))), nil
}

// appendReg prints a reg value without the catalog's help; 0 prints as -.
func appendReg(dst []byte, t Type, i int64, f *Format) []byte {
	if i == 0 {
		return append(dst, '-')
	}
	if f != nil && f.RegName != nil {
		if name, ok := f.RegName(t, uint32(i)); ok {
			return append(dst, name...)
		}
	}
	return strconv.AppendInt(dst, i, 10)
}

func appendRegtype(dst []byte, i int64, f *Format) []byte {
	if name, ok := NameOfOID(uint32(i)); ok {
		return append(dst, name...)
	}
	return appendReg(dst, Regtype, i, f)
}

func parseRegtype(t Type, s string) (Datum, error) {
	if d, err := parseOID(t, s); err == nil {
		return d, nil
	}
	found, err := Lookup(trimSpace(s), nil, 0)
	if id, ok := OIDOfName(trimSpace(s)); err != nil && ok {
		return FixedDatum(int64(id)), nil
	}
	if err != nil {
		return Null, err
	}
	return FixedDatum(int64(found.OID())), nil
}

// appendFloat prints the shortest text that reads back as the same number, with
// an exponent from 1e15 (float4: 1e6) upwards and below 1e-4.
func appendFloat(dst []byte, x float64, bits int, f *Format) []byte {
	switch {
	case math.IsNaN(x):
		return append(dst, "NaN"...)
	case math.IsInf(x, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(x, -1):
		return append(dst, "-Infinity"...)
	}
	base, expMax := 15, 15
	if bits == 32 {
		base, expMax = 6, 6
	}
	if digits := f.floatDigits(base); digits > 0 {
		return strconv.AppendFloat(dst, x, 'g', digits, bits)
	}
	a := math.Abs(x)
	if a != 0 && (a < 1e-3 || a >= 1e5) { // near the limits the exponent decides
		var buf [32]byte
		e := shortest(buf[:0], x, bits)
		if exp := exponentOf(e); exp < -4 || exp >= expMax {
			return append(dst, e...)
		}
	}
	return strconv.AppendFloat(dst, x, 'f', -1, bits)
}

// shortest appends the shortest digits that lie nearer to x than to any other
// float. Go also takes digits that lie exactly half-way when they would be read
// as x; PostgreSQL does not. Such digits are large integers.
func shortest(dst []byte, x float64, bits int) []byte {
	e := strconv.AppendFloat(dst, x, 'e', -1, bits)
	low, high, digitsMax := 0x1p53, 1e41, 17
	if bits == 32 {
		low, high, digitsMax = 0x1p24, 1e20, 9
	}
	if a := math.Abs(x); a < low || a > high {
		return e
	}
	for digits := 1; isHalfway(e, x, bits) && digits < digitsMax; digits++ {
		e = strconv.AppendFloat(dst, x, 'e', digits, bits)
		if y, _ := strconv.ParseFloat(string(e), bits); y != x {
			e = strconv.AppendFloat(dst, x, 'e', -1, bits)
		}
	}
	return e
}

// isHalfway reports whether the integer written as e lies in the middle between
// the float x and one of its neighbours.
func isHalfway(e []byte, x float64, bits int) bool {
	written, _, err := new(big.Float).SetPrec(200).Parse(string(e), 10)
	if err != nil {
		return false
	}
	exact := new(big.Float).SetPrec(200).SetFloat64(x)
	off := written.Sub(written, exact)
	if off.Sign() == 0 {
		return false
	}
	toward := math.Inf(off.Sign())
	next := math.Nextafter(x, toward)
	if bits == 32 {
		next = float64(math.Nextafter32(float32(x), float32(toward)))
	}
	gap := new(big.Float).SetPrec(200).SetFloat64(next)
	gap.Sub(gap, exact)
	return gap.Cmp(off.Add(off, off)) == 0
}

// exponentOf returns the decimal exponent of a number in e notation.
func exponentOf(e []byte) int {
	at := len(e) - 1
	for e[at] != 'e' {
		at--
	}
	n, _ := strconv.Atoi(string(e[at+1:]))
	return n
}

// parseFloat reads what C's strtod reads, whole, spaces around allowed.
func parseFloat(t Type, s string, bits int) (Datum, error) {
	w := trimSpace(s)
	x, err := strconv.ParseFloat(cFloat(w), bits)
	if err == nil && !strings.Contains(w, "_") && !(x == 0 && hasNonZeroDigit(w)) {
		return FloatDatum(x), nil
	}
	if (err == nil || errors.Is(err, strconv.ErrRange)) && !strings.Contains(w, "_") {
		return Null, pgerr.Newf(pgerr.NumericValueOutOfRange, "\"%s\" is out of range for type %s", w, t)
	}
	return Null, badSyntax(t.String(), s)
}

// cFloat turns C's spelling of a float into Go's: a hexadecimal number may lack
// its exponent in C.
func cFloat(w string) string {
	l := strings.ToLower(strings.TrimLeft(w, "+-"))
	if strings.HasPrefix(l, "0x") && !strings.Contains(l, "p") {
		return w + "p0"
	}
	return w
}

// hasNonZeroDigit reports whether the mantissa of a number is not zero.
func hasNonZeroDigit(w string) bool {
	for i := range len(w) {
		switch c := w[i]; {
		case c >= '1' && c <= '9':
			return true
		case lower(c) == 'e':
			return false
		}
	}
	return false
}
