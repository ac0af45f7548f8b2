package builtin

import (
	"bytes"
	"math"
	"strconv"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// appendJSON appends a value of any type as to_json does.
func appendJSON(dst []byte, t types.Type, d types.Datum, f *types.Format) []byte {
	if !d.Set {
		return append(dst, "null"...)
	}
	switch t.Kind {
	case types.KindJSON, types.KindJSONB:
		return append(dst, d.S...)
	case types.KindBool:
		return strconv.AppendBool(dst, d.I != 0)
	case types.KindInt2, types.KindInt4, types.KindInt8:
		return strconv.AppendInt(dst, d.I, 10)
	case types.KindFloat4, types.KindFloat8, types.KindNumeric:
		return appendJSONNumber(dst, t, d, f)
	case types.KindDate, types.KindTimestamp, types.KindTimestamptz:
		return appendJSONTime(dst, t, d, f)
	case types.KindArray:
		return appendJSONArray(dst, t, d, f)
	case types.KindRecord:
		return appendJSONRecord(dst, t, d, f)
	}
	return types.AppendJSONString(dst, string(types.AppendText(nil, t, d.I, []byte(d.S), f)))
}

// appendJSONNumber writes NaN and infinities as strings: JSON has no such numbers.
func appendJSONNumber(dst []byte, t types.Type, d types.Datum, f *types.Format) []byte {
	var isNumber bool
	if t.IsFloat() {
		isNumber = d.Float()-d.Float() == 0
	} else {
		isNumber = !isSpecial(types.DecodeDecimal([]byte(d.S)))
	}
	text := types.AppendText(nil, t, d.I, []byte(d.S), f)
	if isNumber {
		return append(dst, text...)
	}
	return types.AppendJSONString(dst, string(text))
}

// appendJSONTime writes ISO 8601 with a T, and the offset with minutes.
func appendJSONTime(dst []byte, t types.Type, d types.Datum, f *types.Format) []byte {
	iso := types.Format{}
	if f != nil {
		iso.TimeZone = f.TimeZone
	}
	text := types.AppendText(nil, t, d.I, nil, &iso)
	if t.Kind != types.KindDate && !types.IsInfinite(d.I) {
		text = bytes.Replace(text, []byte(" "), []byte("T"), 1)
		text = withZoneMinutes(text)
	}
	return types.AppendJSONString(dst, string(text))
}

// withZoneMinutes makes a trailing +02 into +02:00.
func withZoneMinutes(text []byte) []byte {
	end := len(text)
	isBC := bytes.HasSuffix(text, []byte(" BC"))
	if isBC {
		end -= 3
	}
	if end < 3 || text[end-3] != '+' && text[end-3] != '-' || bytes.IndexByte(text[:end-3], 'T') < 0 {
		return text
	}
	out := append([]byte(nil), text[:end]...)
	return append(append(out, ":00"...), text[end:]...)
}

func appendJSONArray(dst []byte, t types.Type, d types.Datum, f *types.Format) []byte {
	a, ok := types.DecodeArray(t, []byte(d.S))
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	if len(a.Dims) == 0 {
		return append(dst, "[]"...)
	}
	dst, _ = appendJSONDim(dst, a, 0, a.Elems, f)
	return dst
}

func appendJSONDim(dst []byte, a types.ArrayValue, dim int, elems []types.Datum, f *types.Format) ([]byte, []types.Datum) {
	dst = append(dst, '[')
	for k := range a.Dims[dim] {
		if k > 0 {
			dst = append(dst, ',')
		}
		if dim+1 < len(a.Dims) {
			dst, elems = appendJSONDim(dst, a, dim+1, elems, f)
			continue
		}
		dst, elems = appendJSON(dst, a.Elem, elems[0], f), elems[1:]
	}
	return append(dst, ']'), elems
}

// appendJSONRecord writes a row; fields without a name are called f1, f2 ...
func appendJSONRecord(dst []byte, t types.Type, d types.Datum, f *types.Format) []byte {
	fields := t.Fields()
	ts, row, ok := types.DecodeRecord(t, []byte(d.S))
	if !ok {
		panic(pgerr.Bug("malformed record"))
	}
	dst = append(dst, '{')
	for k := range row {
		if k > 0 {
			dst = append(dst, ',')
		}
		name := "f" + strconv.Itoa(k+1)
		if k < len(fields) && fields[k].Name != "" {
			name = fields[k].Name
		}
		dst = append(types.AppendJSONString(dst, name), ':')
		dst = appendJSON(dst, ts[k], row[k], f)
	}
	return append(dst, '}')
}

// normalized makes the stored form of jsonb from JSON text when binary is set.
func normalized(text []byte, binary bool) (types.Datum, error) {
	if !binary {
		return types.BytesDatum(string(text)), nil
	}
	s, err := types.NormalizeJSONB(string(text))
	return types.BytesDatum(s), err
}

// appendJSONKey writes the name of a member: the text form of a value that is no
// container and not NULL.
func appendJSONKey(dst []byte, t types.Type, d types.Datum, f *types.Format, position int) ([]byte, error) {
	if !d.Set {
		if position > 0 {
			return nil, pgerr.Newf(pgerr.InvalidParameterValue, "argument %d cannot be null", position).
				WithHint("Object keys should be text.")
		}
		return nil, pgerr.New(pgerr.InvalidParameterValue, "field name must not be null")
	}
	switch t.Kind {
	case types.KindArray, types.KindRecord, types.KindJSON, types.KindJSONB:
		return nil, pgerr.New(pgerr.InvalidParameterValue, "key value must be scalar, not array, composite, or json")
	}
	return types.AppendJSONString(dst, string(types.AppendText(nil, t, d.I, []byte(d.S), f))), nil
}

// jsonNull tells whether a JSON value is null.
func jsonNull(v []byte) bool { return types.JSONKind(v) == "null" }

// int32Step reads a path step as an index of an array; ok is false when it is none.
func int32Step(s string) (int, bool) {
	n, err := strconv.ParseInt(s, 10, 32)
	return int(n), err == nil && n > math.MinInt32
}
