package syscat

import (
	"slices"

	"millrace/catalog"
	"millrace/sql/types"
)

// The names of the one database and the one role.
const (
	DatabaseName = catalog.DatabaseName
	RoleName     = "millrace"
)

// Their oids, and those of PostgreSQL's that rows refer to.
const (
	databaseOID     = 5
	roleOID         = 10
	heapOID         = 2
	btreeOID        = 403
	defaultSpace    = 1663
	classDatabase   = 1262
	classRelation   = 1259 // pg_class, as a classoid
	classAttrdef    = 2604
	classNamespace  = 2615
	classProc       = 1255
	classRewrite    = 2618
	classConstraint = 2606
)

var null types.Datum

func oid(id catalog.ObjectID) types.Datum { return types.FixedDatum(int64(id)) }
func num[N int | int16 | int32 | int64 | uint32 | uint64](n N) types.Datum {
	return types.FixedDatum(int64(n))
}
func truth(b bool) types.Datum    { return types.BoolDatum(b) }
func text(s string) types.Datum   { return types.BytesDatum(s) }
func char(c byte) types.Datum     { return types.FixedDatum(int64(c)) }
func float(f float64) types.Datum { return types.FloatDatum(f) }
func yesNo(b bool) types.Datum {
	if b {
		return text("YES")
	}
	return text("NO")
}

// textOrNull is NULL for "".
func textOrNull(s string) types.Datum {
	if s == "" {
		return null
	}
	return text(s)
}

// when is NULL for the zero time.
func when(t Micros) types.Datum {
	if t == 0 {
		return null
	}
	return types.FixedDatum(t)
}

func array(elem types.Type, n int, at func(i int) types.Datum) types.Datum {
	elems := make([]types.Datum, n)
	for i := range elems {
		elems[i] = at(i)
	}
	return types.ArrayDatum(elem, elems)
}

func textArray(values []string) types.Datum {
	return array(types.Text, len(values), func(i int) types.Datum { return text(values[i]) })
}

func vector(t types.Type, n int, at func(i int) int64) types.Datum {
	elems := make([]types.Datum, n)
	for i := range elems {
		elems[i] = types.FixedDatum(at(i))
	}
	return types.VectorDatum(t, elems)
}

// attnums are column positions as attribute numbers.
func attnums(cols []int) types.Datum {
	return array(types.Int2, len(cols), func(i int) types.Datum { return num(cols[i] + 1) })
}

// sortedOptions are WITH options as name=value.
func sortedOptions(o *catalog.Object) []string {
	out := make([]string, 0, len(o.Options))
	for name, value := range o.Options {
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	return out
}

func interval(micros int64) types.Datum { return types.IntervalValue{Micros: micros}.Datum() }
