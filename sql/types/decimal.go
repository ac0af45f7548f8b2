package types

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// Decimal is a value of numeric: an exact decimal number coefficient * 10^-scale
// that keeps its display scale (1.00 stays 1.00), NaN, or an infinity. The zero
// value is 0. Coefficients that fit an int64 are held without a pointer, and
// arithmetic on those allocates nothing.
type Decimal struct {
	large *big.Int // the coefficient when it does not fit small; never changed
	small int64
	scale int32 // decimals, 0..maxDecimalScale
	form  decimalForm
}

type decimalForm uint8

const (
	formFinite decimalForm = iota
	formNaN
	formPosInf
	formNegInf
)

// PostgreSQL's limits of numeric.
const (
	maxDecimalScale   = 16383  // decimals that can be stored
	maxDecimalDigits  = 131072 // digits before the decimal point
	maxDisplayScale   = 1000   // decimals that division and functions produce
	maxResultScale    = 2000   // decimals that round and trunc take
	minSignificant    = 16     // digits that division and functions aim for
	decimalGroup      = 4      // PostgreSQL counts in groups of four digits
	maxExponentParsed = math.MaxInt32 / 2
)

// The special decimals.
var (
	DecimalNaN    = Decimal{form: formNaN}
	DecimalPosInf = Decimal{form: formPosInf}
	DecimalNegInf = Decimal{form: formNegInf}
)

var pow10 = [...]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
}

// pow10Int64 is the greatest n for which 10^n fits an int64.
const pow10Int64 = 18

func pow10Big(n int) *big.Int {
	if n < len(pow10) {
		return new(big.Int).SetUint64(pow10[n])
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// FromInt64 returns the decimal coefficient * 10^-scale.
func FromInt64(coefficient int64, scale int) Decimal {
	return Decimal{small: coefficient, scale: int32(scale)}
}

// FromBig returns the decimal coefficient * 10^-scale; coefficient must not be
// changed afterwards.
func FromBig(coefficient *big.Int, scale int) Decimal {
	if coefficient.IsInt64() {
		return Decimal{small: coefficient.Int64(), scale: int32(scale)}
	}
	return Decimal{large: coefficient, scale: int32(scale)}
}

// FromInt128 returns the decimal of a signed 128-bit coefficient (hi has the
// sign) * 10^-scale, for sums of integers.
func FromInt128(hi int64, lo uint64, scale int) Decimal {
	if hi == int64(lo)>>63 {
		return Decimal{small: int64(lo), scale: int32(scale)}
	}
	n := new(big.Int).Lsh(big.NewInt(hi), 64)
	return FromBig(n.Or(n, new(big.Int).SetUint64(lo)), scale)
}

// FromFloat converts a float8 (bits 64) or a float4 (bits 32), keeping 15 or 6
// significant digits as PostgreSQL does.
func FromFloat(x float64, bits int) Decimal {
	switch {
	case math.IsNaN(x):
		return DecimalNaN
	case math.IsInf(x, 1):
		return DecimalPosInf
	case math.IsInf(x, -1):
		return DecimalNegInf
	}
	digits := 15
	if bits == 32 {
		digits = 6
	}
	d, err := ParseDecimal(strconv.FormatFloat(x, 'g', digits, 64))
	if err != nil {
		panic(pgerr.Bug("float %v as numeric: %v", x, err))
	}
	return d
}

// IsNaN reports whether d is NaN.
func (d Decimal) IsNaN() bool { return d.form == formNaN }

// IsInf reports whether d is an infinity.
func (d Decimal) IsInf() bool { return d.form == formPosInf || d.form == formNegInf }

// Scale returns the number of decimals d is displayed with.
func (d Decimal) Scale() int { return int(d.scale) }

// Int64Coefficient returns the coefficient when d is finite and it fits.
func (d Decimal) Int64Coefficient() (int64, bool) {
	return d.small, d.large == nil && d.form == formFinite
}

// Coefficient returns the coefficient of a finite d; it must not be changed.
func (d Decimal) Coefficient() *big.Int {
	if d.large != nil {
		return d.large
	}
	return big.NewInt(d.small)
}

// Sign returns -1, 0 or 1; NaN counts as 1, being the largest value.
func (d Decimal) Sign() int {
	switch {
	case d.form == formNegInf:
		return -1
	case d.form != formFinite:
		return 1
	case d.large != nil:
		return d.large.Sign()
	case d.small < 0:
		return -1
	case d.small > 0:
		return 1
	}
	return 0
}

func errNumericOverflow() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value overflows numeric format")
}

// Checked returns d, or PostgreSQL's error when d has more digits than numeric
// can hold. Add, Sub and Mul leave the check to their caller.
func (d Decimal) Checked() (Decimal, error) {
	if d.scale > maxDecimalScale {
		d = d.rescale(maxDecimalScale, true)
	}
	if d.large != nil && d.large.BitLen() > 400000 && d.intDigits() > maxDecimalDigits {
		return Decimal{}, errNumericOverflow()
	}
	return d, nil
}

// intDigits returns the number of digits before the decimal point, at least
// -scale+1 for small fractions (0.001 has -2).
func (d Decimal) intDigits() int { return d.digitCount() - int(d.scale) }

// digitCount returns the number of digits of the coefficient, 0 for zero.
func (d Decimal) digitCount() int {
	if d.large == nil {
		return digits64(magnitude(d.small))
	}
	n := int(float64(d.large.BitLen()-1) * 0.30102999566398119521) // floor(log10) or one less
	if new(big.Int).Abs(d.large).Cmp(pow10Big(n+1)) >= 0 {
		return n + 2
	}
	if new(big.Int).Abs(d.large).Cmp(pow10Big(n)) >= 0 {
		return n + 1
	}
	return n
}

func digits64(u uint64) int {
	if u == 0 {
		return 0
	}
	n := bits.Len64(u) * 1233 >> 12
	if n < len(pow10) && u >= pow10[n] {
		n++
	}
	return n
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// String returns the text form.
func (d Decimal) String() string { return string(d.AppendText(nil)) }

// AppendText appends the text form: all decimals of the scale, no exponent.
func (d Decimal) AppendText(dst []byte) []byte {
	switch d.form {
	case formNaN:
		return append(dst, "NaN"...)
	case formPosInf:
		return append(dst, "Infinity"...)
	case formNegInf:
		return append(dst, "-Infinity"...)
	}
	var buf [24]byte
	digits := buf[:0]
	if d.large != nil {
		digits = d.large.Append(digits, 10)
	} else {
		digits = strconv.AppendInt(digits, d.small, 10)
	}
	if digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	return appendPoint(dst, digits, int(d.scale))
}

// appendPoint appends digits with a decimal point before the last scale of them.
func appendPoint(dst, digits []byte, scale int) []byte {
	if scale == 0 {
		return append(dst, digits...)
	}
	whole := len(digits) - scale
	if whole > 0 {
		dst = append(append(dst, digits[:whole]...), '.')
		return append(dst, digits[whole:]...)
	}
	dst = append(dst, '0', '.')
	for ; whole < 0; whole++ {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

// ParseDecimal reads the text form of numeric: NaN, infinities, or digits with
// an optional point and exponent, spaces around allowed.
func ParseDecimal(s string) (Decimal, error) {
	if d, ok := fastDecimal(s); ok {
		return d, nil
	}
	w := trimSpace(s)
	neg := strings.HasPrefix(w, "-")
	rest := w
	if neg || strings.HasPrefix(w, "+") {
		rest = w[1:]
	}
	switch {
	case foldEqual(w, "nan"):
		return DecimalNaN, nil
	case foldEqual(rest, "infinity"), foldEqual(rest, "inf"):
		if neg {
			return DecimalNegInf, nil
		}
		return DecimalPosInf, nil
	}
	d, ok, err := parseDigits(rest)
	if err != nil {
		return Decimal{}, err
	}
	if !ok {
		return Decimal{}, badSyntax("numeric", s)
	}
	if neg {
		d = d.Neg()
	}
	return d, nil
}

// fastDecimal reads up to 18 digits with a sign and a point.
func fastDecimal(s string) (Decimal, bool) {
	at, n, point := 0, int64(0), -1
	if s != "" && s[0] == '-' {
		at = 1
	}
	if len(s)-at > pow10Int64 {
		return Decimal{}, false
	}
	first := at
	for ; at < len(s); at++ {
		switch c := s[at]; {
		case isDigit(c):
			n = n*10 + int64(c-'0')
		case c == '.' && point < 0:
			point = at
		default:
			return Decimal{}, false
		}
	}
	if digits := len(s) - first; digits == 0 || (digits == 1 && point >= 0) {
		return Decimal{}, false
	}
	if first == 1 {
		n = -n
	}
	if point < 0 {
		return Decimal{small: n}, true
	}
	return Decimal{small: n, scale: int32(len(s) - point - 1)}, true
}

// parseDigits reads an unsigned number; ok is false when s is none.
func parseDigits(s string) (d Decimal, ok bool, err error) {
	mantissa, exponent := s, 0
	if at := strings.IndexAny(s, "eE"); at >= 0 {
		mantissa = s[:at]
		if exponent, ok = parseExponent(s[at+1:]); !ok {
			return Decimal{}, false, nil
		}
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole+fraction == "" || !allDigits(whole) || !allDigits(fraction) {
		return Decimal{}, false, nil
	}
	d, err = scaled(whole, fraction, exponent)
	return d, true, err
}

func parseExponent(s string) (int, bool) {
	digits := strings.TrimLeft(s, "+-")
	if len(s)-len(digits) > 1 || digits == "" || !allDigits(digits) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	if err != nil || n > maxExponentParsed {
		n = maxExponentParsed
		if s[0] == '-' {
			n = -n
		}
	}
	return max(n, -maxExponentParsed), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i]-'0' > 9 {
			return false
		}
	}
	return true
}

// scaled makes the number whole.fraction * 10^exponent.
func scaled(whole, fraction string, exponent int) (Decimal, error) {
	digits := strings.TrimLeft(whole+fraction, "0")
	scale := len(fraction) - exponent
	if scale > maxDecimalScale || (digits != "" && len(digits)-scale > maxDecimalDigits) ||
		exponent >= maxExponentParsed {
		return Decimal{}, errNumericOverflow()
	}
	if digits == "" {
		return Decimal{scale: int32(max(scale, 0))}, nil
	}
	if scale < 0 {
		digits += strings.Repeat("0", -scale)
		scale = 0
	}
	if len(digits) <= pow10Int64 {
		n, _ := strconv.ParseInt(digits, 10, 64)
		return Decimal{small: n, scale: int32(scale)}, nil
	}
	n, _ := new(big.Int).SetString(digits, 10)
	return FromBig(n, scale), nil
}

// parseNumeric reads a numeric of type t.
func parseNumeric(t Type, s string) (Datum, error) {
	d, err := ParseDecimal(s)
	if err == nil {
		d, err = d.ApplyTypmod(t)
	}
	if err != nil {
		return Null, err
	}
	return d.Datum(), nil
}

// Datum returns the stored form as a datum.
func (d Decimal) Datum() Datum {
	var buf [16]byte
	return BytesDatum(string(d.AppendStored(buf[:0])))
}

// ApplyTypmod rounds d to the scale of t = numeric(p, s) and refuses (22003) what
// has more than p-s digits before the point.
func (d Decimal) ApplyTypmod(t Type) (Decimal, error) {
	precision, scale, ok := t.NumericMod()
	if !ok || d.form == formNaN {
		return d, nil
	}
	if d.IsInf() {
		return d, pgerr.New(pgerr.NumericValueOutOfRange, "numeric field overflow").WithDetail(
			"A field with precision %d, scale %d cannot hold an infinite value.", precision, scale)
	}
	r := d.Round(scale)
	if r.Sign() != 0 && r.intDigits() > precision-scale {
		bound := "1"
		if precision != scale {
			bound = "10^" + strconv.Itoa(precision-scale)
		}
		return d, pgerr.New(pgerr.NumericValueOutOfRange, "numeric field overflow").WithDetail(
			"A field with precision %d, scale %d must round to an absolute value less than %s.",
			precision, scale, bound)
	}
	return r, nil
}
