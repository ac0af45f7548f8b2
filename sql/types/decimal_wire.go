package types

import (
	"math/big"
	"strings"

	"millrace/sql/pgerr"
)

// Signs of numeric's binary form.
const (
	wirePositive = 0x0000
	wireNegative = 0x4000
	wireNaN      = 0xc000
	wirePosInf   = 0xd000
	wireNegInf   = 0xf000
	wireInfScale = 0x20 // what PostgreSQL sends as the scale of infinities
)

const wireBase = 10000

// appendNumericWire appends the count of base 10000 digits, the weight of the
// first, the sign, the display scale and the digits.
func appendNumericWire(dst []byte, d Decimal) []byte {
	head := func(n, weight int, sign uint16, scale int) []byte {
		dst = be.AppendUint16(be.AppendUint16(dst, uint16(n)), uint16(weight))
		return be.AppendUint16(be.AppendUint16(dst, sign), uint16(scale))
	}
	switch d.form {
	case formNaN:
		return head(0, 0, wireNaN, 0)
	case formPosInf:
		return head(0, 0, wirePosInf, wireInfScale)
	case formNegInf:
		return head(0, 0, wireNegInf, wireInfScale)
	}
	digits, weight := d.groups()
	sign := uint16(wirePositive)
	if d.Sign() < 0 {
		sign = wireNegative
	}
	dst = head(len(digits), weight, sign, int(d.scale))
	for _, g := range digits {
		dst = be.AppendUint16(dst, g)
	}
	return dst
}

// groups returns the digits in base 10000, aligned at the decimal point, without
// zeros at either end, and the weight of the first.
func (d Decimal) groups() (digits []uint16, weight int) {
	if d.Sign() == 0 {
		return nil, 0
	}
	text := new(big.Int).Abs(d.Coefficient()).String()
	scale := int(d.scale)
	if pad := (decimalGroup - scale%decimalGroup) % decimalGroup; pad > 0 {
		text, scale = text+"000"[:pad], scale+pad
	}
	if over := len(text) % decimalGroup; over > 0 {
		text = "0000"[over:] + text
	}
	for i := 0; i < len(text); i += decimalGroup {
		g := uint16(0)
		for _, c := range []byte(text[i : i+decimalGroup]) {
			g = g*10 + uint16(c-'0')
		}
		digits = append(digits, g)
	}
	weight = len(digits) - scale/decimalGroup - 1
	for digits[len(digits)-1] == 0 {
		digits = digits[:len(digits)-1]
	}
	return digits, weight
}

func parseNumericWire(t Type, data []byte) (Datum, error) {
	if len(data) < 8 {
		return Null, badLength(data, 8)
	}
	n, weight := int(be.Uint16(data)), int(int16(be.Uint16(data[2:])))
	sign, scale := be.Uint16(data[4:]), int(be.Uint16(data[6:]))
	if len(data) != 8+2*n {
		return Null, badLength(data, 8+2*n)
	}
	var d Decimal
	switch sign {
	case wireNaN:
		d = DecimalNaN
	case wirePosInf:
		d = DecimalPosInf
	case wireNegInf:
		d = DecimalNegInf
	case wirePositive, wireNegative:
		var err error
		if d, err = fromGroups(data[8:], weight, scale); err != nil {
			return Null, err
		}
		if sign == wireNegative {
			d = d.Neg()
		}
	default:
		return Null, pgerr.New(pgerr.InvalidBinaryRepresentation, "invalid sign in external \"numeric\" value")
	}
	d, err := d.ApplyTypmod(t)
	if err != nil {
		return Null, err
	}
	return d.Datum(), nil
}

// fromGroups reads base 10000 digits; what lies beyond the scale is cut off.
func fromGroups(data []byte, weight, scale int) (Decimal, error) {
	if scale > maxDecimalScale {
		return Decimal{}, pgerr.New(pgerr.InvalidBinaryRepresentation, "invalid scale in external \"numeric\" value")
	}
	var text strings.Builder
	for i := 0; i < len(data); i += 2 {
		g := int(be.Uint16(data[i:]))
		if g >= wireBase {
			return Decimal{}, pgerr.New(pgerr.InvalidBinaryRepresentation, "invalid digit in external \"numeric\" value")
		}
		text.Write([]byte{'0' + byte(g/1000), '0' + byte(g/100%10), '0' + byte(g/10%10), '0' + byte(g%10)})
	}
	if text.Len() == 0 {
		return Decimal{scale: int32(scale)}, nil
	}
	c, _ := new(big.Int).SetString(text.String(), 10)
	have := (len(data)/2 - weight - 1) * decimalGroup // decimals that the digits give
	if have < 0 {
		c.Mul(c, pow10Big(-have))
		have = 0
	}
	return FromBig(c, have).rescale(scale, false), nil
}
