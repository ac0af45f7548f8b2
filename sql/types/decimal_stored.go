package types

import (
	"encoding/binary"
	"math/big"
	"strconv"
)

// The stored form of numeric; FORMAT.md has the table. One value with one scale
// has exactly one stored form.
const (
	storedScaleMax = 63 // scales up to this are the tag itself
	tagNaN         = 0x40
	tagPosInf      = 0x41
	tagNegInf      = 0x42
	tagLargePos    = 0x43
	tagLargeNeg    = 0x44
)

// AppendStored appends the stored form.
func (d Decimal) AppendStored(dst []byte) []byte {
	switch d.form {
	case formNaN:
		return append(dst, tagNaN)
	case formPosInf:
		return append(dst, tagPosInf)
	case formNegInf:
		return append(dst, tagNegInf)
	}
	if d.large == nil && d.scale <= storedScaleMax {
		return appendMinimal(append(dst, byte(d.scale)), d.small)
	}
	tag := byte(tagLargePos)
	if d.Sign() < 0 {
		tag = tagLargeNeg
	}
	dst = binary.AppendUvarint(append(dst, tag), uint64(d.scale))
	return append(dst, d.Coefficient().Bytes()...)
}

// appendMinimal appends x in as few little-endian two's complement bytes as hold it.
func appendMinimal(dst []byte, x int64) []byte {
	for first := true; x != 0 || !first; first = false {
		dst = append(dst, byte(x))
		next := x >> 8
		if (next == 0 && x&0x80 == 0) || (next == -1 && x&0x80 != 0) {
			break
		}
		x = next
	}
	return dst
}

// DecodeDecimal reads the stored form. Bytes that are none give NaN: the log and
// the store check their bytes before a value is looked at.
func DecodeDecimal(b []byte) Decimal {
	if len(b) == 0 {
		return DecimalNaN
	}
	if b[0] <= storedScaleMax {
		if len(b) > 9 {
			return DecimalNaN
		}
		return Decimal{small: minimalInt(b[1:]), scale: int32(b[0])}
	}
	switch b[0] {
	case tagPosInf:
		return DecimalPosInf
	case tagNegInf:
		return DecimalNegInf
	case tagLargePos, tagLargeNeg:
		return decodeLarge(b)
	}
	return DecimalNaN
}

func minimalInt(b []byte) int64 {
	if len(b) == 0 {
		return 0
	}
	u := uint64(0)
	for i, c := range b {
		u |= uint64(c) << (8 * i)
	}
	shift := 64 - 8*len(b)
	return int64(u<<shift) >> shift
}

func decodeLarge(b []byte) Decimal {
	scale, n := binary.Uvarint(b[1:])
	if n <= 0 || scale > maxDecimalScale {
		return DecimalNaN
	}
	c := new(big.Int).SetBytes(b[1+n:])
	if b[0] == tagLargeNeg {
		c.Neg(c)
	}
	return FromBig(c, int(scale))
}

// Bytes of the key form: the class of the value, in order.
const (
	keyNegInf   = 0x01
	keyNegative = 0x02
	keyZero     = 0x03
	keyPositive = 0x04
	keyPosInf   = 0x05
	keyNaN      = 0x06
)

// exponentBias makes the decimal exponent of a key positive; it takes three bytes.
const exponentBias = 1 << 23

// AppendKey appends bytes whose order is the numeric order; 1.0 and 1.00 have the
// same: class, exponent (3 bytes), digits in pairs plus one, 0. All after the
// class is inverted for negative numbers.
func (d Decimal) AppendKey(dst []byte) []byte {
	switch d.form {
	case formNaN:
		return append(dst, keyNaN)
	case formPosInf:
		return append(dst, keyPosInf)
	case formNegInf:
		return append(dst, keyNegInf)
	}
	sign := d.Sign()
	if sign == 0 {
		return append(dst, keyZero)
	}
	var buf [24]byte
	digits := buf[:0]
	if d.large != nil {
		digits = new(big.Int).Abs(d.large).Append(digits, 10)
	} else {
		digits = strconv.AppendUint(digits, magnitude(d.small), 10)
	}
	exponent := uint32(len(digits) - int(d.scale) + exponentBias)
	if sign > 0 {
		return appendDigitPairs(append(dst, keyPositive), digits, exponent)
	}
	from := len(dst) + 1
	dst = appendDigitPairs(append(dst, keyNegative), digits, exponent)
	for i := from; i < len(dst); i++ {
		dst[i] = ^dst[i]
	}
	return dst
}

func appendDigitPairs(dst, digits []byte, exponent uint32) []byte {
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	dst = append(dst, byte(exponent>>16), byte(exponent>>8), byte(exponent))
	for ; len(digits) > 1; digits = digits[2:] {
		dst = append(dst, (digits[0]-'0')*10+digits[1]-'0'+1)
	}
	if len(digits) == 1 {
		dst = append(dst, (digits[0]-'0')*10+1)
	}
	return append(dst, 0)
}

// decimalKeyLen returns the length of the numeric at the front of a key.
func decimalKeyLen(key []byte) int {
	if len(key) == 0 || (key[0] != keyPositive && key[0] != keyNegative) {
		return min(1, len(key))
	}
	end := byte(0)
	if key[0] == keyNegative {
		end = 0xff
	}
	for i := 4; i < len(key); i++ {
		if key[i] == end {
			return i + 1
		}
	}
	return len(key)
}
