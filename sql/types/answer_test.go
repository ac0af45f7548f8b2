package types

import (
	"errors"
	"strings"

	"millrace/sql/pgerr"
)

// typeOf reads a type as the files write it, modifiers and [] included.
func typeOf(name string) (Type, error) {
	dims := 0
	for strings.HasSuffix(name, "[]") {
		name, dims = strings.TrimSuffix(name, "[]"), dims+1
	}
	var mods []int32
	if open := strings.IndexByte(name, '('); open >= 0 {
		end := strings.IndexByte(name, ')')
		for _, w := range strings.Split(name[open+1:end], ",") {
			d, err := ParseText(Int4, w, nil)
			if err != nil {
				return Type{}, err
			}
			mods = append(mods, int32(d.I))
		}
		name = name[:open] + name[end+1:]
	}
	return Lookup(name, mods, dims)
}

// unescape turns \n and \t of a file's field into the characters.
func unescape(s string) string { return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(s) }

// unescapeFor leaves JSON alone, whose own escapes look the same.
func unescapeFor(typeName, s string) string {
	if strings.HasPrefix(typeName, "json") {
		return s
	}
	return unescape(s)
}

func textSQL(q []string) string { return literal(unescapeFor(q[0], q[1])) + "::" + q[0] }

func answerText(q []string, f *Format) (string, error) {
	t, err := typeOf(q[0])
	if err != nil {
		return "", err
	}
	d, err := CastFunc(Unknown, t, true, f)(0, []byte(unescapeFor(q[0], q[1])))
	if err != nil {
		return "", err
	}
	return DatumText(t, d, f), nil
}

func castSQL(q []string) string { return literal(unescape(q[1])) + "::" + q[0] + "::" + q[2] }

func answerCast(q []string, f *Format) (string, error) {
	from, err1 := typeOf(q[0])
	to, err2 := typeOf(q[2])
	if err := errors.Join(err1, err2); err != nil {
		return "", err
	}
	d, err := ParseText(from, unescape(q[1]), f)
	if err != nil {
		return "", err
	}
	cast := CastFunc(from, to, true, f)
	if cast == nil {
		return "", pgerr.Newf(pgerr.CannotCoerce, "cannot cast type %s to %s", from.Base(), to.Base())
	}
	if d, err = cast(d.I, []byte(d.S)); err != nil {
		return "", err
	}
	if !d.Set {
		return "NULL", nil
	}
	return DatumText(to, d, f), nil
}

var decimalSQLForms = map[string]string{
	"add": "A + B", "sub": "A - B", "mul": "A * B", "div": "A / B", "mod": "A % B", "divtrunc": "div(A, B)",
	"round": "round(A, B::int)", "trunc": "trunc(A, B::int)", "ceil": "ceil(A)", "floor": "floor(A)",
	"sqrt": "sqrt(A)", "exp": "exp(A)", "ln": "ln(A)", "log": "log(A, B)", "pow": "power(A, B)",
	"abs": "abs(A)", "sign": "sign(A)", "neg": "-A", "trim": "trim_scale(A)",
}

func decimalSQL(q []string) string {
	a, b := literal(q[1])+"::numeric", literal(q[2])+"::numeric"
	return strings.NewReplacer("A", "("+a+")", "B", "("+b+")").Replace(decimalSQLForms[q[0]])
}

func answerDecimal(q []string, _ *Format) (string, error) {
	a, err := ParseDecimal(q[1])
	if err != nil {
		return "", err
	}
	b := Decimal{}
	if q[2] != "" {
		if b, err = ParseDecimal(q[2]); err != nil {
			return "", err
		}
	}
	n, _ := b.ToInt64()
	d := Decimal{}
	switch q[0] {
	case "add":
		d = a.Add(b)
	case "sub":
		d = a.Sub(b)
	case "mul":
		d = a.Mul(b)
	case "round":
		d = a.Round(int(n))
	case "trunc":
		d = a.Trunc(int(n))
	case "ceil":
		d = a.Ceil()
	case "floor":
		d = a.Floor()
	case "abs":
		d = a.Abs()
	case "sign":
		d = a.SignDecimal()
	case "neg":
		d = a.Neg()
	case "trim":
		d = a.TrimScale()
	default:
		d, err = decimalWithError(q[0], a, b)
	}
	if err == nil {
		d, err = d.Checked()
	}
	// Through the stored form, which must keep everything.
	return DecodeDecimal(d.AppendStored(nil)).String(), err
}

func decimalWithError(op string, a, b Decimal) (Decimal, error) {
	switch op {
	case "div":
		return a.Div(b)
	case "mod":
		return a.Mod(b)
	case "divtrunc":
		return a.DivTrunc(b)
	case "sqrt":
		return a.Sqrt()
	case "exp":
		return a.Exp()
	case "ln":
		return a.Ln()
	case "log":
		return b.Log(a)
	case "pow":
		return a.Pow(b)
	}
	return Decimal{}, pgerr.Newf(pgerr.InternalError, "operation %q", op)
}

var datetimeSQLForms = map[string]string{
	"trunc": "date_trunc('A', 'B'::C)", "extract": "extract(A from 'B'::C)",
	"age": "age('A'::C, 'B'::C)", "minus": "'A'::C - 'B'::C", "plus": "'A'::C + 'B'::interval",
	"subtract": "'A'::C - 'B'::interval", "bin": "date_bin('A', 'B'::C, '2001-01-01'::C)",
	"mul": "'A'::interval * 'B'::float8", "div": "'A'::interval / 'B'::float8",
	"justify_hours": "justify_hours('A'::interval)", "justify_days": "justify_days('A'::interval)",
	"justify_interval": "justify_interval('A'::interval)", "addinterval": "'A'::interval + 'B'::interval",
	"zone": "'A'::C at time zone 'B'",
}

func datetimeSQL(q []string) string {
	return strings.NewReplacer("A", strings.ReplaceAll(q[1], "'", "''"), "B", q[2], "C", q[3]).Replace(datetimeSQLForms[q[0]])
}

func answerDatetime(q []string, f *Format) (string, error) {
	t := Interval
	if q[3] != "" {
		var err error
		if t, err = typeOf(q[3]); err != nil {
			return "", err
		}
	}
	switch q[0] {
	case "trunc", "extract", "bin":
		return answerField(q, t, f)
	case "age", "minus":
		return answerDifference(q, t, f)
	case "plus", "subtract":
		return answerShift(q, t, f)
	case "zone":
		return answerZone(q, t, f)
	}
	return answerInterval(q, f)
}

func answerField(q []string, t Type, f *Format) (string, error) {
	d, err := ParseText(t, q[2], f)
	if err != nil {
		return "", err
	}
	loc := f.Location()
	if t.Kind != KindTimestamptz {
		loc = nil
	}
	switch {
	case q[0] == "bin":
		origin, err := ParseText(t, "2001-01-01", f)
		if err != nil {
			return "", err
		}
		stride, err := ParseInterval(Interval, q[1], f)
		if err != nil {
			return "", err
		}
		ts, err := DateBin(stride, d.I, origin.I)
		return DatumText(t, FixedDatum(ts), f), err
	case q[0] == "extract":
		d, err = Extract(t, d.I, []byte(d.S), q[1], f)
		if err != nil || !d.Set {
			return "NULL", err
		}
		return DatumText(Numeric, d, f), nil
	case t.Kind == KindInterval:
		v, err := TruncInterval(q[1], DecodeInterval([]byte(d.S)))
		return DatumText(t, v.Datum(), f), err
	}
	ts, err := Trunc(q[1], d.I, loc)
	return DatumText(t, FixedDatum(ts), f), err
}

func answerDifference(q []string, t Type, f *Format) (string, error) {
	a, err1 := ParseText(t, q[1], f)
	b, err2 := ParseText(t, q[2], f)
	if err := errors.Join(err1, err2); err != nil {
		return "", err
	}
	if q[0] == "age" && t.Kind == KindTimestamptz {
		a.I, b.I = ToLocal(a.I, f.Location()), ToLocal(b.I, f.Location())
	}
	if t.Kind == KindDate {
		n, err := SubDates(a.I, b.I)
		return DatumText(Int4, FixedDatum(n), f), err
	}
	v, err := SubTimestamps(a.I, b.I)
	if q[0] == "age" {
		v, err = Age(a.I, b.I)
	}
	return DatumText(Interval, v.Datum(), f), err
}

func answerShift(q []string, t Type, f *Format) (string, error) {
	d, err := ParseText(t, q[1], f)
	if err != nil {
		return "", err
	}
	v, err := ParseInterval(Interval, q[2], f)
	if err != nil {
		return "", err
	}
	if t.Kind == KindTime {
		if q[0] == "subtract" {
			v.Micros = -v.Micros
		}
		return DatumText(t, FixedDatum(AddTime(d.I, v)), f), nil
	}
	loc := f.Location()
	if t.Kind != KindTimestamptz {
		loc = nil
	}
	ts := d.I
	if q[0] == "plus" {
		ts, err = AddInterval(ts, v, loc)
	} else {
		ts, err = SubInterval(ts, v, loc)
	}
	return DatumText(t, FixedDatum(ts), f), err
}

func answerZone(q []string, t Type, f *Format) (string, error) {
	d, err := ParseText(t, q[1], f)
	if err != nil {
		return "", err
	}
	loc, err := LoadZone(q[2])
	if err != nil {
		return "", err
	}
	if t.Kind == KindTimestamptz {
		return DatumText(Timestamp, FixedDatum(ToLocal(d.I, loc)), f), nil
	}
	return DatumText(Timestamptz, FixedDatum(FromLocal(d.I, loc)), f), nil
}

func answerInterval(q []string, f *Format) (string, error) {
	v, err := ParseInterval(Interval, q[1], f)
	if err != nil {
		return "", err
	}
	switch q[0] {
	case "mul", "div":
		x, err := ParseText(Float8, q[2], f)
		if err != nil {
			return "", err
		}
		if q[0] == "mul" {
			v, err = v.Mul(x.Float())
		} else {
			v, err = v.Div(x.Float())
		}
		return DatumText(Interval, v.Datum(), f), err
	case "justify_hours":
		v, err = v.JustifyHours()
	case "justify_days":
		v, err = v.JustifyDays()
	case "justify_interval":
		v, err = v.JustifyInterval()
	case "addinterval":
		var o IntervalValue
		if o, err = ParseInterval(Interval, q[2], f); err == nil {
			v, err = v.Add(o)
		}
	}
	return DatumText(Interval, v.Datum(), f), err
}

func orderSQL(q []string) string {
	a, b := literal(q[1])+"::"+q[0], literal(q[2])+"::"+q[0]
	return "case when " + a + " < " + b + " then -1 when " + a + " = " + b + " then 0 else 1 end"
}

// answerOrder answers by Compare and checks that the key bytes say the same.
func answerOrder(q []string, f *Format) (string, error) {
	t, err := typeOf(q[0])
	if err != nil {
		return "", err
	}
	a, err1 := ParseText(t, q[1], f)
	b, err2 := ParseText(t, q[2], f)
	if err := errors.Join(err1, err2); err != nil {
		return "", err
	}
	c := Compare(t, a, b)
	ka := AppendKey(nil, t, a.I, []byte(a.S))
	kb := AppendKey(nil, t, b.I, []byte(b.S))
	if k := strings.Compare(string(ka), string(kb)); k != c {
		return "", pgerr.Newf(pgerr.InternalError, "Compare %d, keys %d", c, k)
	}
	return DatumText(Int4, FixedDatum(int64(c)), nil), nil
}

func binarySQL(q []string) string {
	t, err := typeOf(q[0])
	if err != nil {
		return "error"
	}
	send := map[Kind]string{KindArray: "array_send", KindChar: "charsend"}[t.Kind]
	if send == "" {
		name := t.InternalName()
		sep := ""
		switch t.Kind {
		case KindNumeric, KindDate, KindTime, KindTimestamp, KindTimestamptz, KindInterval, KindUUID, KindJSON, KindJSONB:
			sep = "_"
		}
		send = name + sep + "send"
	}
	return "encode(" + send + "(" + literal(unescape(q[1])) + "::" + q[0] + "), 'hex')"
}

// answerBinary answers with the send form, and checks that it reads back.
func answerBinary(q []string, f *Format) (string, error) {
	t, err := typeOf(q[0])
	if err != nil {
		return "", err
	}
	d, err := ParseText(t, unescape(q[1]), f)
	if err != nil {
		return "", err
	}
	wire := AppendBinary(nil, t, d.I, []byte(d.S))
	back, err := ParseBinary(t, wire)
	if err != nil {
		return "", err
	}
	if back != d {
		return "", pgerr.Newf(pgerr.InternalError, "reads back as %s", DatumText(t, back, f))
	}
	return DatumText(Bytea, BytesDatum(string(wire)), nil)[2:], nil
}

func jsonSQL(q []string) string {
	v := literal(q[1])
	switch q[0] {
	case "len":
		return "jsonb_array_length(" + v + ")"
	case "typeof":
		return "json_typeof(" + v + ")"
	case "contains":
		return v + "::jsonb @> " + literal(q[2])
	case "->n":
		return v + "::json -> " + q[2]
	case "->>n":
		return v + "::json ->> " + q[2]
	}
	return v + "::json " + q[0] + " " + literal(q[2])
}

func answerJSON(q []string, _ *Format) (string, error) {
	b := []byte(q[1])
	if err := ValidateJSON(q[1]); err != nil {
		return "", err
	}
	var value []byte
	ok := false
	switch q[0] {
	case "len":
		return DatumText(Int4, FixedDatum(int64(JSONLen(b))), nil), nil
	case "typeof":
		return JSONKind(b), nil
	case "contains":
		x, err1 := NormalizeJSONB(q[1])
		y, err2 := NormalizeJSONB(q[2])
		return DatumText(Bool, BoolDatum(JSONContains([]byte(x), []byte(y))), nil), errors.Join(err1, err2)
	case "->", "->>":
		value, ok = JSONField(b, q[2])
	case "->n", "->>n":
		n, err := ParseText(Int4, q[2], nil)
		if err != nil {
			return "", err
		}
		value, ok = JSONElem(b, int(n.I))
	case "#>", "#>>":
		value, ok = JSONPath(b, strings.Split(strings.Trim(q[2], "{}"), ","))
	}
	if !ok {
		return "NULL", nil
	}
	if strings.Contains(q[0], ">>") {
		text, ok, err := JSONText(value)
		if !ok {
			text = "NULL"
		}
		return text, err
	}
	return string(value), nil
}
