package types

// CastContext says where a cast may be applied without being written.
type CastContext uint8

// The contexts, from the widest to none.
const (
	Implicit   CastContext = iota // in any expression
	Assignment                    // when a value is stored into a column
	Explicit                      // only when written as a cast
	None                          // there is no such cast
)

type castPair struct{ from, to Kind }

// regKinds are the types that are OIDs underneath.
var regKinds = []Kind{
	KindRegclass, KindRegtype, KindRegproc, KindRegnamespace, KindRegprocedure, KindRegoper, KindRegoperator,
}

// castTable is pg_cast for our types.
var castTable = buildCasts()

func buildCasts() map[castPair]CastContext {
	m := map[castPair]CastContext{}
	add := func(c CastContext, from Kind, to ...Kind) {
		for _, k := range to {
			m[castPair{from, k}] = c
		}
	}
	addNumberCasts(add)
	addStringCasts(add)
	add(Implicit, KindDate, KindTimestamp, KindTimestamptz)
	add(Implicit, KindTimestamp, KindTimestamptz)
	add(Assignment, KindTimestamp, KindDate, KindTime)
	add(Assignment, KindTimestamptz, KindDate, KindTime, KindTimestamp)
	add(Implicit, KindTime, KindInterval)
	add(Assignment, KindInterval, KindTime)
	add(Assignment, KindJSON, KindJSONB)
	add(Assignment, KindJSONB, KindJSON)
	add(Implicit, KindCidr, KindInet)
	add(Assignment, KindInet, KindCidr)
	add(Explicit, KindJSONB, KindBool, KindInt2, KindInt4, KindInt8, KindFloat4, KindFloat8, KindNumeric)
	return m
}

func addNumberCasts(add func(CastContext, Kind, ...Kind)) {
	add(Explicit, KindBool, KindInt4)
	add(Explicit, KindInt4, KindBool, KindChar)
	add(Implicit, KindInt2, KindInt4, KindInt8, KindFloat4, KindFloat8, KindNumeric)
	add(Implicit, KindInt4, KindInt8, KindFloat4, KindFloat8, KindNumeric)
	add(Implicit, KindInt8, KindFloat4, KindFloat8, KindNumeric)
	add(Implicit, KindNumeric, KindFloat4, KindFloat8)
	add(Implicit, KindFloat4, KindFloat8)
	add(Assignment, KindInt4, KindInt2)
	add(Assignment, KindInt8, KindInt2, KindInt4)
	add(Assignment, KindNumeric, KindInt2, KindInt4, KindInt8)
	add(Assignment, KindFloat4, KindInt2, KindInt4, KindInt8, KindNumeric)
	add(Assignment, KindFloat8, KindInt2, KindInt4, KindInt8, KindNumeric, KindFloat4)
	for _, from := range []Kind{KindInt2, KindInt4, KindInt8} {
		add(Implicit, from, KindOID)
		add(Implicit, from, regKinds...)
	}
	add(Implicit, KindOID, regKinds...)
	for _, from := range append([]Kind{KindOID}, regKinds...) {
		add(Assignment, from, KindInt4, KindInt8)
		if from != KindOID {
			add(Implicit, from, KindOID)
		}
	}
}

func addStringCasts(add func(CastContext, Kind, ...Kind)) {
	add(Implicit, KindText, KindVarchar, KindBpchar, KindName, KindRegclass)
	add(Implicit, KindVarchar, KindText, KindBpchar, KindName, KindRegclass)
	add(Implicit, KindBpchar, KindText, KindVarchar, KindName)
	add(Implicit, KindName, KindText)
	add(Assignment, KindName, KindVarchar, KindBpchar)
	for _, from := range []Kind{KindText, KindVarchar, KindBpchar} {
		add(Assignment, from, KindChar)
	}
	add(Implicit, KindChar, KindText)
	add(Assignment, KindChar, KindVarchar, KindBpchar)
	add(Explicit, KindChar, KindInt4)
}

// CastPath tells whether and where values of type from become values of type to:
// pg_cast, casts of arrays by those of their elements, and conversions through
// the text form (assignment to a string type, explicit from one). Modifiers do
// not matter; a type becomes itself implicitly.
func CastPath(from, to Type) CastContext {
	switch {
	case from.Same(to), from.Kind == KindUnknown && to.storable():
		return Implicit
	case !from.storable() || !to.storable() || from.Kind == KindVoid || to.Kind == KindVoid:
		return None
	}
	if c, ok := castTable[castPair{from.Kind, to.Kind}]; ok {
		return c
	}
	if from.Kind == KindRecord && to.Kind == KindRecord {
		return recordPath(from, to)
	}
	if a, b := asArray(from), asArray(to); a.Kind == KindArray && b.Kind == KindArray {
		return CastPath(a.ElemType(), b.ElemType())
	}
	switch {
	case to.IsString():
		return Assignment
	case from.IsString() && (to.Kind != KindRecord || to.Fields() != nil) && to.Kind != KindUnknown:
		return Explicit
	}
	return None
}

// recordPath is CastPath for two different record types: all are records, and a row
// whose fields are known becomes a composite value where its fields can.
func recordPath(from, to Type) CastContext {
	fields := to.Fields()
	switch {
	case !to.IsComposite():
		return Implicit
	case from.IsComposite() || from.Fields() == nil || len(from.Fields()) != len(fields):
		return None
	}
	widest := Implicit
	for i, f := range from.Fields() {
		widest = max(widest, CastPath(f.Type, fields[i].Type))
	}
	return widest
}

// asArray returns the array type that a vector is stored as, others as they are.
func asArray(t Type) Type {
	if t.Kind == KindInt2vector || t.Kind == KindOidvector {
		return vectorArray(t)
	}
	return t
}

// CastFunc returns the function that casts values of type from, given as word or
// bytes, to type to and applies to's modifier; nil when there is no cast. With
// explicit, text that is too long for its type is cut instead of refused. f may
// be nil.
func CastFunc(from, to Type, explicit bool, f *Format) func(i int64, b []byte) (Datum, error) {
	if CastPath(from, to) == None {
		return nil
	}
	if from.Kind == KindUnknown && to.Kind == KindInterval {
		// The fields of interval literals say what a bare number means.
		return func(_ int64, b []byte) (Datum, error) { return ParseText(to, string(b), f) }
	}
	convert := converter(from, to.Base(), f)
	if to.Mod == NoMod || (from.Same(to) && from.Mod == to.Mod) {
		return convert
	}
	return func(i int64, b []byte) (Datum, error) {
		d, err := convert(i, b)
		if err != nil {
			return Null, err
		}
		return ApplyMod(to, d, explicit)
	}
}

// ApplyMod applies the modifier of t to a value of its kind: lengths (too long is
// cut with explicit, else refused), precision and scale.
func ApplyMod(t Type, d Datum, explicit bool) (Datum, error) {
	if !d.Set || t.Mod == NoMod {
		return d, nil
	}
	switch t.Kind {
	case KindVarchar, KindBpchar:
		return fitLength(t, d.S, explicit)
	case KindNumeric:
		v, err := DecodeDecimal([]byte(d.S)).ApplyTypmod(t)
		if err != nil {
			return Null, err
		}
		return v.Datum(), nil
	case KindTime:
		return FixedDatum(roundTime(d.I, t)), nil
	case KindTimestamp, KindTimestamptz:
		return FixedDatum(roundTimestamp(d.I, t)), nil
	case KindInterval:
		return DecodeInterval([]byte(d.S)).ApplyTypmod(t).Datum(), nil
	case KindArray:
		return applyElemMod(t, d, explicit)
	}
	return d, nil
}

func applyElemMod(t Type, d Datum, explicit bool) (Datum, error) {
	a := mustArray(t, []byte(d.S))
	for i, e := range a.Elems {
		var err error
		if a.Elems[i], err = ApplyMod(t.ElemType(), e, explicit); err != nil {
			return Null, err
		}
	}
	return a.Datum(), nil
}

type castFunc = func(i int64, b []byte) (Datum, error)

func keepFixed(i int64, _ []byte) (Datum, error) { return FixedDatum(i), nil }

func keepBytes(_ int64, b []byte) (Datum, error) { return BytesDatum(string(b)), nil }

// converter returns the conversion between two types without their modifiers.
func converter(from, to Type, f *Format) castFunc {
	switch {
	case from.Same(to) && from.IsFixed():
		return keepFixed
	case from.Same(to):
		return keepBytes
	case from.Kind == KindRecord && to.Kind == KindRecord:
		if !to.IsComposite() {
			return keepBytes
		}
		return convertRecord(from, to, f)
	case to.IsString(), to.Kind == KindChar && from.Kind != KindInt4:
		return toString(from, to, f)
	case from.IsString(), from.Kind == KindUnknown:
		return func(_ int64, b []byte) (Datum, error) { return ParseText(to, string(b), f) }
	}
	if a, b := asArray(from), asArray(to); a.Kind == KindArray && b.Kind == KindArray {
		return arrayConverter(a, b, to, f)
	}
	for _, family := range []func(from, to Type, f *Format) castFunc{
		fromIntegerCast, fromFloatCast, fromNumericCast, fromOtherFixedCast, timeCast, jsonCast, netCast,
	} {
		if c := family(from, to, f); c != nil {
			return c
		}
	}
	return nil
}

// toString converts to a string type or "char" through the text form.
func toString(from, to Type, f *Format) castFunc {
	text := func(i int64, b []byte) string { return string(AppendText(nil, from, i, b, f)) }
	switch from.Kind {
	case KindBool:
		if to.Kind != KindName { // casts say true, the output function t
			text = func(i int64, _ []byte) string {
				if i != 0 {
					return "true"
				}
				return "false"
			}
		}
	case KindInet:
		text = func(_ int64, b []byte) string { return string(appendNet(nil, Cidr, b)) }
	case KindBpchar:
		if to.Kind != KindBpchar {
			text = func(_ int64, b []byte) string { return string(trimBlanks(b)) }
		}
	}
	switch to.Kind {
	case KindName:
		return func(i int64, b []byte) (Datum, error) { return BytesDatum(truncateName(text(i, b))), nil }
	case KindChar:
		return func(i int64, b []byte) (Datum, error) { return FixedDatum(int64(charByte(text(i, b)))), nil }
	}
	return func(i int64, b []byte) (Datum, error) { return BytesDatum(text(i, b)), nil }
}

func arrayConverter(from, to, declared Type, f *Format) castFunc {
	elem := CastFunc(from.ElemType(), to.ElemType(), true, f)
	return func(_ int64, b []byte) (Datum, error) {
		a := mustArray(from, b)
		out := ArrayValue{Elem: to.ElemType(), Dims: a.Dims, Lower: a.Lower, Elems: make([]Datum, len(a.Elems))}
		for n, e := range a.Elems {
			if !e.Set {
				continue
			}
			var err error
			if out.Elems[n], err = elem(e.I, []byte(e.S)); err != nil {
				return Null, err
			}
		}
		if declared.Kind != KindArray {
			return VectorDatum(declared, out.Elems), nil
		}
		return out.Datum(), nil
	}
}
