package types

import "encoding/hex"

const uuidBytes = 16

// appendUUID prints 8-4-4-4-12 lower-case hexadecimal digits.
func appendUUID(dst, b []byte) []byte {
	if len(b) != uuidBytes {
		return append(dst, b...)
	}
	dst = hex.AppendEncode(dst, b[:4])
	for at := 4; at < 10; at += 2 {
		dst = hex.AppendEncode(append(dst, '-'), b[at:at+2])
	}
	return hex.AppendEncode(append(dst, '-'), b[10:])
}

// parseUUID reads 32 hexadecimal digits, braces around them and a hyphen after
// any group of four allowed.
func parseUUID(s string) (Datum, error) {
	w := s
	if len(w) >= 2 && w[0] == '{' && w[len(w)-1] == '}' {
		w = w[1 : len(w)-1]
	}
	var out [uuidBytes]byte
	for i := range out {
		if len(w) < 2 {
			return Null, badSyntax("uuid", s)
		}
		hi, ok1 := hexDigit(w[0])
		lo, ok2 := hexDigit(w[1])
		if !ok1 || !ok2 {
			return Null, badSyntax("uuid", s)
		}
		out[i], w = hi<<4|lo, w[2:]
		if i%2 == 1 && i < uuidBytes-1 && w != "" && w[0] == '-' {
			w = w[1:]
		}
	}
	if w != "" {
		return Null, badSyntax("uuid", s)
	}
	return BytesDatum(string(out[:])), nil
}
