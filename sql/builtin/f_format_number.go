package builtin

import (
	"math"
	"strconv"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var numberWords = makeNumberWords()

func makeNumberWords() []string {
	var out []string
	for _, w := range strings.Fields(", . 0 9 B C D EEEE FM G L MI PL PR RN SG SP S TH V") {
		out = append(out, w)
		if lower := strings.ToLower(w); lower != w {
			out = append(out, lower)
		}
	}
	return out
}

// numberFormat is a format of numbers with what its key words ask for together.
type numberFormat struct {
	source            string
	nodes             []formatNode
	pre, post, shift  int // digits before and after the point; digits of V
	zeroStart         int // the first 0, as a number of digits before it plus one; 0: none
	zeroEnd           int
	fill, decimal     bool
	plus, minus       bool // PL or SG; MI or SG
	brackets, roman   bool
	exponent, hasSign bool
	signBehind        bool
}

func errNumberFormat(message string) error { return pgerr.New(pgerr.SyntaxError, message) }

func numberFormatOf(c *Call, i int) (*numberFormat, error) {
	source := c.Args[1].Bytes(i)
	if f, ok := (*c.Memo).(*numberFormat); ok && f.source == string(source) {
		return f, nil
	}
	f := &numberFormat{source: string(source)}
	f.nodes = parseFormat(f.source, numberWords, false)
	signAt := -1
	for _, n := range f.nodes {
		if err := f.prepare(strings.ToUpper(n.key), &signAt); err != nil {
			return nil, err
		}
	}
	// A sign in front of no digit stands behind them all.
	if f.hasSign && !f.signBehind && signAt == f.pre && !f.plus && !f.minus {
		f.signBehind = true
	}
	*c.Memo = f
	return f, nil
}

func (f *numberFormat) prepare(key string, signAt *int) error {
	if f.exponent && key != "" {
		return errNumberFormat("\"EEEE\" must be the last pattern used")
	}
	switch key {
	case "9", "0":
		return f.digit(key == "0")
	case ".", "D":
		if f.decimal {
			return errNumberFormat("multiple decimal points")
		}
		if f.shift > 0 {
			return errNumberFormat("cannot use \"V\" and decimal point together")
		}
		f.decimal = true
	case "FM":
		f.fill = true
	case "S":
		switch {
		case f.hasSign:
			return errNumberFormat("cannot use \"S\" twice")
		case f.plus || f.minus || f.brackets:
			return errNumberFormat("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together")
		}
		f.hasSign = true
		if f.signBehind = f.decimal; !f.decimal {
			*signAt = f.pre
		}
	case "MI", "PL", "SG":
		if f.hasSign {
			return errNumberFormat("cannot use \"S\" and \"" + key + "\" together")
		}
		f.minus = f.minus || key != "PL"
		f.plus = f.plus || key != "MI"
	case "PR":
		if f.hasSign || f.plus || f.minus {
			return errNumberFormat("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together")
		}
		f.brackets = true
	case "RN":
		f.roman = true
	case "V":
		if f.decimal {
			return errNumberFormat("cannot use \"V\" and decimal point together")
		}
		f.shift = 1 << 16
	case "EEEE":
		f.exponent = true
	}
	return nil
}

// digit counts a 9 or 0. Behind V (marked by shift's high bit) digits are counted there.
func (f *numberFormat) digit(zero bool) error {
	switch {
	case f.brackets:
		return errNumberFormat("\"9\" must be ahead of \"PR\"")
	case f.shift > 0 && !zero:
		f.shift++
		return nil
	}
	if zero && f.zeroStart == 0 && !f.decimal {
		f.zeroStart = f.pre + 1
	}
	if f.decimal {
		f.post++
	} else {
		f.pre++
	}
	if zero {
		f.zeroEnd = f.pre + f.post
	}
	return nil
}

// shiftDigits is the number of digits behind V.
func (f *numberFormat) shiftDigits() int { return f.shift & (1<<16 - 1) }

func numberFormats() []Func {
	doc := "Text of a number in a format."
	entry := func(t types.Type, example string, f func(c *Call, i int, nf *numberFormat) (string, error)) Func {
		return Func{
			Name: "to_char", Args: list(t, types.Text), Returns: types.Text, Volatility: Stable, Doc: doc, Example: example,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				nf, err := numberFormatOf(c, i)
				if err != nil {
					return err
				}
				s, err := f(c, i, nf)
				if err == nil {
					out.Str(s)
				}
				return err
			}),
		}
	}
	whole := func(c *Call, i int, nf *numberFormat) (string, error) {
		return nf.decimalText(types.FromInt64(c.Args[0].Fix[i], 0)), nil
	}
	float := func(c *Call, i int, nf *numberFormat) (string, error) {
		return nf.floatText(c.Args[0].Float(i), 15), nil
	}
	single := func(c *Call, i int, nf *numberFormat) (string, error) {
		return nf.floatText(c.Args[0].Float(i), 6), nil
	}
	return []Func{
		entry(types.Int4, "to_char(125, '999') = ' 125'", whole),
		entry(types.Int8, "to_char(125::int8, '0999') = ' 0125'", whole),
		entry(types.Float4, "to_char(125.8::float4, '999D9') = ' 125.8'", single),
		entry(types.Float8, "to_char(125.8::float8, '999D9') = ' 125.8'", float),
		entry(types.Numeric, "to_char(-125.8, '999D99S') = '125.80-'", func(c *Call, i int, nf *numberFormat) (string, error) {
			return nf.decimalText(decimalAt(c, 0, i)), nil
		}),
	}
}

func (f *numberFormat) decimalText(d types.Decimal) string {
	switch {
	case f.roman:
		n, ok := d.Round(0).ToInt64()
		return f.romanText(n, ok)
	case f.exponent:
		if isSpecial(d) {
			return f.overflowText()
		}
		x, _ := d.Float64()
		return f.exponentText(x)
	}
	if n := f.shiftDigits(); n > 0 {
		d = d.Mul(types.FromBig(pow10(int64(n)), 0))
	}
	if !isSpecial(d) {
		d = d.Round(f.post)
	}
	return f.write(strings.TrimPrefix(d.String(), "-"), d.Sign() < 0)
}

// floatText formats with the digits that a float has.
func (f *numberFormat) floatText(x float64, digits int) string {
	switch {
	case f.roman:
		return f.romanText(int64(math.RoundToEven(x)), math.Abs(x) < 1e9)
	case f.exponent:
		if x-x != 0 {
			return f.overflowText()
		}
		return f.exponentText(x)
	}
	if n := f.shiftDigits(); n > 0 {
		x *= math.Pow10(n)
	}
	shown := *f
	post := f.post
	if whole := len(strconv.FormatFloat(math.Abs(x), 'f', 0, 64)); whole >= digits {
		post = 0
	} else if whole+post > digits {
		post = digits - whole
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', post, 64)
	if math.IsInf(x, 0) {
		text = "Infinity"
	}
	shown.post = post
	return shown.write(text, math.Signbit(x) && !math.IsNaN(x))
}

func (f *numberFormat) overflowText() string {
	return " " + strings.Repeat("#", f.pre) + "." + strings.Repeat("#", f.post) + "####"
}

func (f *numberFormat) exponentText(x float64) string {
	s := strconv.FormatFloat(x, 'e', f.post, 64)
	if x >= 0 {
		s = " " + s
	}
	return s
}

func (f *numberFormat) romanText(n int64, ok bool) string {
	s := strings.Repeat("#", 15)
	if ok && n > 0 && n < 4000 {
		s = roman(int(n))
		if !f.fill {
			s = strings.Repeat(" ", 15-len(s)) + s
		}
	}
	for _, node := range f.nodes {
		if node.key == "rn" {
			return strings.ToLower(s)
		}
	}
	return s
}

func roman(n int) string {
	var out strings.Builder
	for _, r := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			out.WriteString(r.text)
		}
	}
	return out.String()
}

func toNumber(c *Call, i int, out *col.Builder) error {
	f, err := numberFormatOf(c, i)
	if err != nil {
		return err
	}
	var digits strings.Builder
	negative, point := false, false
	room := map[bool]int{false: f.pre + f.shiftDigits(), true: f.post} // digits before and after the point
	for _, r := range c.Args[0].Str(i) {
		switch {
		case r >= '0' && r <= '9':
			if room[point] > 0 {
				digits.WriteRune(r)
				room[point]--
			}
		case r == '-' || r == '<':
			negative = true
		case r == '.' && f.decimal && !point:
			point = true
			digits.WriteRune(r)
		}
	}
	d, err := types.ParseDecimal(digits.String())
	if err != nil {
		return pgerr.Newf(pgerr.InvalidTextRepresentation, "invalid input syntax for type numeric: \" %s\"", digits.String())
	}
	if negative {
		d = d.Neg()
	}
	if n := f.shiftDigits(); n > 0 {
		if d, err = d.Div(types.FromBig(pow10(int64(n)), 0)); err != nil {
			return err
		}
		d = d.Round(n)
	}
	return putDecimal(out, d, nil)
}
