package types

import (
	"math"
	"strconv"

	"millrace/sql/pgerr"
)

// AppendText appends the text form of a value: i for a fixed type, b otherwise.
func AppendText(dst []byte, t Type, i int64, b []byte, f *Format) []byte {
	switch t.Kind {
	case KindBool:
		if i != 0 {
			return append(dst, 't')
		}
		return append(dst, 'f')
	case KindInt2, KindInt4, KindInt8, KindOID, KindXid:
		return strconv.AppendInt(dst, i, 10)
	case KindFloat4:
		return appendFloat(dst, math.Float64frombits(uint64(i)), 32, f)
	case KindFloat8:
		return appendFloat(dst, math.Float64frombits(uint64(i)), 64, f)
	case KindNumeric:
		return DecodeDecimal(b).AppendText(dst)
	case KindBytea:
		return appendBytea(dst, b, f)
	case KindDate:
		return appendDate(dst, i, f)
	case KindTime:
		return appendTime(dst, i)
	case KindTimestamp:
		return appendTimestamp(dst, i, f)
	case KindTimestamptz:
		return appendTimestamptz(dst, i, f)
	case KindInterval:
		return DecodeInterval(b).AppendText(dst, f)
	case KindUUID:
		return appendUUID(dst, b)
	case KindChar:
		return appendChar(dst, i)
	case KindRegclass, KindRegproc, KindRegnamespace, KindRegprocedure, KindRegoper, KindRegoperator:
		return appendReg(dst, t, i, f)
	case KindRegtype:
		return appendRegtype(dst, i, f)
	case KindArray:
		return appendArray(dst, t, b, f)
	case KindInt2vector, KindOidvector:
		return appendVector(dst, t, b)
	case KindRecord:
		return appendRecord(dst, t, b, f)
	case KindEnum:
		return appendEnum(dst, t, i)
	case KindInet, KindCidr:
		return appendNet(dst, t, b)
	case KindMacaddr:
		return appendMac(dst, b)
	case KindPgLsn:
		return appendLsn(dst, i)
	case KindVoid:
		return dst
	}
	return append(dst, b...)
}

// DatumText returns the text form of a datum that is not NULL.
func DatumText(t Type, d Datum, f *Format) string {
	return string(AppendText(nil, t, d.I, []byte(d.S), f))
}

// ParseText reads the text form of a value, as PostgreSQL's input functions do,
// and applies the modifier: varchar(3) refuses four characters, timestamp(3) rounds.
func ParseText(t Type, s string, f *Format) (Datum, error) {
	switch t.Kind {
	case KindBool:
		return parseBool(s)
	case KindInt2:
		return parseInt(t, s, 16)
	case KindInt4:
		return parseInt(t, s, 32)
	case KindInt8:
		return parseInt(t, s, 64)
	case KindFloat4:
		return parseFloat(t, s, 32)
	case KindFloat8:
		return parseFloat(t, s, 64)
	case KindNumeric:
		return parseNumeric(t, s)
	case KindBytea:
		return parseBytea(s)
	case KindDate:
		return parseDate(s, f)
	case KindTime:
		return parseTime(t, s, f)
	case KindTimestamp, KindTimestamptz:
		return parseTimestamp(t, s, f)
	case KindInterval:
		return parseIntervalDatum(t, s, f)
	case KindUUID:
		return parseUUID(s)
	case KindJSON:
		return parseJSON(s)
	case KindJSONB:
		return parseJSONB(s)
	case KindOID, KindRegclass, KindRegproc, KindRegnamespace, KindXid, KindRegprocedure, KindRegoper,
		KindRegoperator:
		return parseOID(t, s)
	case KindRegtype:
		return parseRegtype(t, s)
	case KindArray:
		return parseArray(t, s, f)
	case KindInt2vector, KindOidvector:
		return parseVector(t, s)
	case KindRecord:
		return parseRecord(t, s, f)
	case KindEnum:
		return parseEnum(t, s)
	case KindAny, KindAnyElement, KindAnyArray, KindAnyEnum:
		return Null, pgerr.Newf(pgerr.FeatureNotSupported, "cannot accept a value of type %s", t)
	case KindInet, KindCidr:
		return parseNet(t, s)
	case KindMacaddr:
		return parseMac(s)
	case KindPgLsn:
		return parseLsn(s)
	case KindVoid:
		return BytesDatum(""), nil
	}
	return parseString(t, s)
}

// parseString reads the string kinds and unknown.
func parseString(t Type, s string) (Datum, error) {
	if err := CheckUTF8(s); err != nil {
		return Null, err
	}
	switch t.Kind {
	case KindChar:
		return FixedDatum(int64(charByte(s))), nil
	case KindName:
		return BytesDatum(truncateName(s)), nil
	case KindVarchar, KindBpchar:
		return fitLength(t, s, false)
	}
	return BytesDatum(s), nil
}

func isSpace(c byte) bool { return c == ' ' || (c >= '\t' && c <= '\r') }

func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// foldEqualPrefix reports whether word, which is lower case, begins with s.
func foldEqualPrefix(s, word string) bool {
	if s == "" || len(s) > len(word) {
		return false
	}
	for i := range len(s) {
		if lower(s[i]) != word[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func foldEqual(s, word string) bool { return len(s) == len(word) && foldEqualPrefix(s, word) }

// parseBool takes unique prefixes of true, false, yes, no, on, off, and 1 and 0.
func parseBool(s string) (Datum, error) {
	w := trimSpace(s)
	switch {
	case foldEqualPrefix(w, "true"), foldEqualPrefix(w, "yes"), foldEqual(w, "on"), w == "1":
		return BoolDatum(true), nil
	case foldEqualPrefix(w, "false"), foldEqualPrefix(w, "no"), w == "0",
		len(w) >= 2 && foldEqualPrefix(w, "off"):
		return BoolDatum(false), nil
	}
	return Null, badSyntax("boolean", s)
}
