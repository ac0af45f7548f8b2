package types

import (
	"encoding/binary"
	"math"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

var be = binary.BigEndian

// AppendBinary appends PostgreSQL's binary send form of a value, without the
// length word.
func AppendBinary(dst []byte, t Type, i int64, b []byte) []byte {
	switch t.Kind {
	case KindBool, KindChar:
		return append(dst, byte(i))
	case KindInt2:
		return be.AppendUint16(dst, uint16(i))
	case KindInt4, KindOID, KindRegclass, KindRegtype, KindRegproc, KindRegnamespace, KindXid,
		KindRegprocedure, KindRegoper, KindRegoperator:
		return be.AppendUint32(dst, uint32(i))
	case KindDate:
		return be.AppendUint32(dst, uint32(wireDate(i)))
	case KindInt8, KindTime, KindTimestamp, KindTimestamptz, KindPgLsn:
		return be.AppendUint64(dst, uint64(i))
	case KindFloat8:
		return be.AppendUint64(dst, uint64(FloatDatum(math.Float64frombits(uint64(i))).I))
	case KindFloat4:
		return be.AppendUint32(dst, math.Float32bits(float32(math.Float64frombits(uint64(i)))))
	case KindNumeric:
		return appendNumericWire(dst, DecodeDecimal(b))
	case KindInterval:
		v := DecodeInterval(b)
		dst = be.AppendUint64(dst, uint64(v.Micros))
		return be.AppendUint32(be.AppendUint32(dst, uint32(v.Days)), uint32(v.Months))
	case KindJSONB:
		return append(append(dst, 1), b...)
	case KindArray:
		return appendArrayWire(dst, t, mustArray(t, b))
	case KindInt2vector, KindOidvector:
		return appendArrayWire(dst, vectorArray(t), mustArray(vectorArray(t), b))
	case KindRecord:
		return appendRecordWire(dst, t, b)
	case KindEnum:
		return appendEnum(dst, t, i)
	case KindInet, KindCidr:
		return appendNetWire(dst, t, b)
	}
	return append(dst, b...)
}

// wireDate turns the ends of time into those of 32 bits.
func wireDate(i int64) int32 {
	switch i {
	case PosInfinity:
		return math.MaxInt32
	case NegInfinity:
		return math.MinInt32
	}
	return int32(i)
}

// ParseBinary reads PostgreSQL's binary form and applies the modifier.
func ParseBinary(t Type, data []byte) (Datum, error) {
	if t.Kind == KindEnum {
		return parseEnum(t, string(data))
	}
	if want := t.TypLen(); t.IsFixed() && len(data) != int(want) {
		return Null, badLength(data, int(want))
	}
	switch t.Kind {
	case KindBool:
		return BoolDatum(data[0] != 0), nil
	case KindChar:
		return FixedDatum(int64(data[0])), nil
	case KindInt2:
		return FixedDatum(int64(int16(be.Uint16(data)))), nil
	case KindInt4:
		return FixedDatum(int64(int32(be.Uint32(data)))), nil
	case KindOID, KindRegclass, KindRegtype, KindRegproc, KindRegnamespace, KindXid, KindRegprocedure,
		KindRegoper, KindRegoperator:
		return FixedDatum(int64(be.Uint32(data))), nil
	case KindInt8, KindPgLsn:
		return FixedDatum(int64(be.Uint64(data))), nil
	case KindFloat8:
		return FloatDatum(math.Float64frombits(be.Uint64(data))), nil
	case KindFloat4:
		return FloatDatum(float64(math.Float32frombits(be.Uint32(data)))), nil
	case KindDate:
		return parseDateWire(int32(be.Uint32(data)))
	case KindTime:
		return parseTimeWire(t, int64(be.Uint64(data)))
	case KindTimestamp, KindTimestamptz:
		return parseTimestampWire(t, int64(be.Uint64(data)))
	}
	return parseBinaryBytes(t, data)
}

func badLength(data []byte, want int) error {
	if len(data) < want {
		return pgerr.New(pgerr.ProtocolViolation, "insufficient data left in message")
	}
	return pgerr.New(pgerr.InvalidBinaryRepresentation, "incorrect binary data format")
}

// parseBinaryBytes reads the forms of the bytes types.
func parseBinaryBytes(t Type, data []byte) (Datum, error) {
	switch t.Kind {
	case KindBytea:
		return BytesDatum(string(data)), nil
	case KindUUID:
		if len(data) != uuidBytes {
			return Null, badLength(data, uuidBytes)
		}
		return BytesDatum(string(data)), nil
	case KindInterval:
		return parseIntervalWire(t, data)
	case KindNumeric:
		return parseNumericWire(t, data)
	case KindJSON:
		return parseJSON(string(data))
	case KindJSONB:
		if len(data) == 0 || data[0] != 1 {
			return Null, pgerr.New(pgerr.InternalError, "unsupported jsonb version number")
		}
		return parseJSONB(string(data[1:]))
	case KindArray:
		return parseArrayWire(t, data)
	case KindInt2vector, KindOidvector:
		return parseVectorWire(t, data)
	case KindRecord:
		return parseRecordWire(t, data)
	case KindAny, KindAnyElement, KindAnyArray, KindAnyEnum:
		return Null, pgerr.Newf(pgerr.FeatureNotSupported, "binary input of type %s is not supported", t)
	case KindInet, KindCidr:
		return parseNetWire(t, data)
	case KindMacaddr:
		if len(data) != macBytes {
			return Null, badLength(data, macBytes)
		}
		return BytesDatum(string(data)), nil
	case KindVoid:
		return BytesDatum(""), nil
	}
	if !utf8.Valid(data) {
		return Null, CheckUTF8(string(data))
	}
	return parseString(t, string(data))
}

func parseDateWire(days int32) (Datum, error) {
	switch {
	case days == math.MaxInt32:
		return FixedDatum(PosInfinity), nil
	case days == math.MinInt32:
		return FixedDatum(NegInfinity), nil
	case !validDate(int64(days)):
		return Null, pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range")
	}
	return FixedDatum(int64(days)), nil
}

func parseTimeWire(t Type, micros int64) (Datum, error) {
	if micros < 0 || micros > microsPerDay {
		return Null, pgerr.New(pgerr.DatetimeFieldOverflow, "time out of range")
	}
	return FixedDatum(roundTime(micros, t)), nil
}

func parseTimestampWire(t Type, ts int64) (Datum, error) {
	if !IsInfinite(ts) && !validTimestamp(ts) {
		return Null, pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range")
	}
	return FixedDatum(roundTimestamp(ts, t)), nil
}

func parseIntervalWire(t Type, data []byte) (Datum, error) {
	if len(data) != intervalBytes {
		return Null, badLength(data, intervalBytes)
	}
	v := IntervalValue{
		Micros: int64(be.Uint64(data)),
		Days:   int32(be.Uint32(data[8:])),
		Months: int32(be.Uint32(data[12:])),
	}
	return v.ApplyTypmod(t).Datum(), nil
}

// appendArrayWire appends dimensions, flags, element type, bounds and elements.
func appendArrayWire(dst []byte, t Type, a ArrayValue) []byte {
	nulls := uint32(0)
	for _, e := range a.Elems {
		if !e.Set {
			nulls = 1
		}
	}
	dst = be.AppendUint32(dst, uint32(len(a.Dims)))
	dst = be.AppendUint32(be.AppendUint32(dst, nulls), t.ElemType().OID())
	for i, n := range a.Dims {
		dst = be.AppendUint32(be.AppendUint32(dst, uint32(n)), uint32(a.LowerBound(i)))
	}
	for _, e := range a.Elems {
		dst = appendFieldWire(dst, a.Elem, e)
	}
	return dst
}

// appendFieldWire appends a length word, -1 for NULL, and the value.
func appendFieldWire(dst []byte, t Type, d Datum) []byte {
	if !d.Set {
		return be.AppendUint32(dst, math.MaxUint32)
	}
	at := len(dst)
	dst = AppendBinary(be.AppendUint32(dst, 0), t, d.I, []byte(d.S))
	be.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst
}

func parseArrayWire(t Type, data []byte) (Datum, error) {
	a, rest, err := arrayWireHeader(t, data)
	if err != nil {
		return Null, err
	}
	n := 1
	for _, d := range a.Dims {
		n *= int(d)
	}
	if len(a.Dims) == 0 {
		n = 0
	}
	if n*4 > len(rest) { // each element has at least its length word
		return Null, badBinary(t)
	}
	a.Elems = make([]Datum, 0, n)
	for range n {
		var d Datum
		if d, rest, err = parseFieldWire(a.Elem, rest); err != nil {
			return Null, err
		}
		a.Elems = append(a.Elems, d)
	}
	if len(rest) > 0 {
		return Null, badBinary(t)
	}
	return a.Datum(), nil
}

func arrayWireHeader(t Type, data []byte) (a ArrayValue, rest []byte, err error) {
	if len(data) < 12 {
		return a, nil, badLength(data, 12)
	}
	dims, oid := be.Uint32(data), be.Uint32(data[8:])
	switch {
	case dims > maxArrayDims:
		return a, nil, errArrayDims(int(dims))
	case oid != t.ElemType().OID():
		return a, nil, pgerr.Newf(pgerr.DatatypeMismatch, "binary data has array element type %d instead of expected %d",
			oid, t.ElemType().OID())
	case len(data) < 12+8*int(dims):
		return a, nil, badLength(data, 12+8*int(dims))
	}
	a.Elem, rest = t.ElemType(), data[12:]
	total := int64(1)
	for range dims {
		n := be.Uint32(rest)
		if total *= int64(n); n > maxArrayElems || total > maxArrayElems {
			return a, nil, pgerr.Newf(pgerr.ProgramLimitExceeded,
				"array size exceeds the maximum allowed (%d)", maxArrayElems)
		}
		a.Dims, a.Lower = append(a.Dims, int32(n)), append(a.Lower, int32(be.Uint32(rest[4:])))
		rest = rest[8:]
	}
	if total == 0 {
		a.Dims, a.Lower = nil, nil
	}
	return a, rest, nil
}

// parseFieldWire reads a length word and a value of type t.
func parseFieldWire(t Type, data []byte) (d Datum, rest []byte, err error) {
	if len(data) < 4 {
		return Null, nil, badLength(data, 4)
	}
	n := int32(be.Uint32(data))
	data = data[4:]
	switch {
	case n == -1:
		return Null, data, nil
	case n < 0 || int(n) > len(data):
		return Null, nil, badLength(data, int(n))
	}
	d, err = ParseBinary(t, data[:n])
	return d, data[n:], err
}

func parseVectorWire(t Type, data []byte) (Datum, error) {
	d, err := parseArrayWire(vectorArray(t), data)
	if err != nil {
		return Null, err
	}
	return VectorDatum(t, mustArray(vectorArray(t), []byte(d.S)).Elems), nil
}
