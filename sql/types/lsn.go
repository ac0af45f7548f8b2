package types

import (
	"strconv"
	"strings"
)

// appendLsn prints a position in PostgreSQL's log: two hexadecimal halves.
func appendLsn(dst []byte, i int64) []byte {
	hex := func(n uint64) []byte { return []byte(strings.ToUpper(strconv.FormatUint(n, 16))) }
	dst = append(append(dst, hex(uint64(i)>>32)...), '/')
	return append(dst, hex(uint64(i)&0xffffffff)...)
}

func parseLsn(s string) (Datum, error) {
	high, low, ok := strings.Cut(s, "/")
	h, err1 := strconv.ParseUint(high, 16, 32)
	l, err2 := strconv.ParseUint(low, 16, 32)
	if !ok || err1 != nil || err2 != nil {
		return Null, badSyntax("pg_lsn", s)
	}
	return FixedDatum(int64(h<<32 | l)), nil
}
