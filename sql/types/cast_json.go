package types

import (
	"strings"

	"millrace/sql/pgerr"
)

// jsonCast casts between json and jsonb, and jsonb scalars to SQL types.
func jsonCast(from, to Type, _ *Format) castFunc {
	switch {
	case from.Kind == KindJSONB && to.Kind == KindJSON:
		return keepBytes
	case from.Kind == KindJSON && to.Kind == KindJSONB:
		return func(_ int64, b []byte) (Datum, error) { return parseJSONB(string(b)) }
	case from.Kind == KindJSONB:
		return func(_ int64, b []byte) (Datum, error) { return jsonbToScalar(b, to) }
	}
	return nil
}

func jsonbToScalar(b []byte, to Type) (Datum, error) {
	kind := JSONKind(b)
	switch {
	case kind == "boolean" && to.Kind == KindBool:
		return BoolDatum(b[0] == 't'), nil
	case kind == "number" && to.Kind != KindBool:
		d, err := ParseDecimal(strings.TrimSpace(string(b)))
		if err != nil {
			return Null, err
		}
		return decimalTo(d, to)
	case kind == "number":
		kind = "numeric"
	}
	return Null, pgerr.Newf(pgerr.InvalidParameterValue, "cannot cast jsonb %s to type %s", kind, to)
}
