package expr

import (
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// castNode converts a vector to another type.
type castNode struct {
	x        node
	from, to types.Type
	explicit bool
	fast     func(v *col.Vec, to types.Type) *col.Vec
	// slow converts one value; it is made anew when the format changes.
	slow   func(i int64, b []byte) (types.Datum, error)
	format *types.Format
	// catalog is the catalog function that converts names of objects to and from
	// oids; "" when the cast is none of those.
	catalog string
}

func (n *castNode) scalar() bool   { return n.x.scalar() }
func (n *castNode) volatile() bool { return n.x.volatile() }

func compileCast(e *plan.Cast) (node, error) {
	x, err := compile(e.X)
	if err != nil {
		return nil, err
	}
	n := &castNode{x: x, from: e.X.Type(), to: e.To, explicit: e.Explicit}
	if n.fast = fastCast(n.from, n.to); n.fast != nil {
		if c, ok := x.(*constNode); ok {
			v := n.fast(c.one, n.to)
			return newConst(n.to, v.Datum(0)), nil
		}
		return n, nil
	}
	n.catalog = catalogCast(n.from, n.to)
	if n.slow = n.converter(nil); n.slow == nil {
		return nil, pgerr.Newf(pgerr.CannotCoerce, "cannot cast type %s to %s", n.from.Base(), n.to.Base())
	}
	return n, nil
}

func (n *castNode) converter(f *types.Format) func(int64, []byte) (types.Datum, error) {
	if n.from.Kind == types.KindUnknown {
		return func(_ int64, b []byte) (types.Datum, error) { return types.ParseText(n.to, string(b), f) }
	}
	return types.CastFunc(n.from, n.to, n.explicit, f)
}

func (n *castNode) eval(r *run) *col.Vec {
	x := n.x.eval(r)
	if n.fast != nil {
		return n.fast(x, n.to)
	}
	if r.env.Format != n.format {
		n.slow, n.format = n.converter(r.env.Format), r.env.Format
	}
	convert := n.slow
	if n.catalog != "" && r.env.Session != nil {
		convert = n.byCatalog(r.env.Session)
	}
	out := col.NewBuilder(n.to, x.N)
	fixed := x.Type.IsFixed()
	for i := range x.N {
		switch {
		case x.Errs != nil && x.Errs[i] != nil:
			out.Err(x.Errs[i])
		case x.IsNull(i):
			out.Null()
		case fixed:
			put(out, convert, x.Fix[i], nil)
		default:
			put(out, convert, 0, x.Bytes(i))
		}
	}
	return out.Vec()
}

func put(out *col.Builder, convert func(int64, []byte) (types.Datum, error), i int64, b []byte) {
	d, err := convert(i, b)
	if err != nil {
		out.Err(err)
		return
	}
	out.Datum(d)
}

// fastCast returns a conversion of whole vectors where there is one: casts that
// change nothing but the type, and those between numbers that cannot fail.
func fastCast(from, to types.Type) func(v *col.Vec, to types.Type) *col.Vec {
	switch {
	case from == to, sameValues(from, to):
		return withType
	case from.IsInteger() && to.Kind == types.KindFloat8:
		return intsToFloats
	case from.IsInteger() && to == types.Numeric:
		return intsToNumerics
	}
	return nil
}

// sameValues reports whether every value of from is the same bytes as a value of to.
func sameValues(from, to types.Type) bool {
	if to.Mod != types.NoMod {
		return false
	}
	switch {
	case from.Same(to):
		return true
	case from.IsInteger() && to.IsInteger():
		return from.Kind < to.Kind
	case from.Kind == types.KindFloat4 && to.Kind == types.KindFloat8:
		return true
	}
	isText := func(k types.Kind) bool { return k == types.KindText || k == types.KindVarchar }
	return isText(from.Kind) && isText(to.Kind)
}

func intsToFloats(v *col.Vec, to types.Type) *col.Vec {
	out := &col.Vec{Type: to, N: v.N, Fix: make([]int64, v.N), Nulls: v.Nulls, Errs: v.Errs}
	for i, x := range v.Fix {
		out.Fix[i] = types.FloatDatum(float64(x)).I
	}
	return out
}

func intsToNumerics(v *col.Vec, to types.Type) *col.Vec {
	out := &col.Vec{Type: to, N: v.N, Off: make([]uint32, v.N+1), Nulls: v.Nulls, Errs: v.Errs}
	out.Buf = make([]byte, 0, 8*v.N)
	plain := v.Nulls == nil && v.Errs == nil
	for i, x := range v.Fix {
		if plain || !v.IsNull(i) && v.Err(i) == nil {
			out.Buf = types.FromInt64(x, 0).AppendStored(out.Buf)
		}
		out.Off[i+1] = uint32(len(out.Buf))
	}
	return out
}

// catalogCast names the function that the session's catalog answers for a cast
// between text and the oid of a named object: regclassin, regclassout ...
func catalogCast(from, to types.Type) string {
	isReg := func(t types.Type) bool {
		switch t.Kind {
		case types.KindRegclass, types.KindRegtype, types.KindRegproc, types.KindRegnamespace,
			types.KindRegprocedure, types.KindRegoper, types.KindRegoperator:
			return true
		}
		return false
	}
	isText := func(t types.Type) bool { return t.IsString() || t.Kind == types.KindUnknown }
	switch {
	case isReg(to) && isText(from):
		return to.InternalName() + "in"
	case isReg(from) && isText(to):
		return from.InternalName() + "out"
	}
	return ""
}

func (n *castNode) byCatalog(s builtin.Session) func(int64, []byte) (types.Datum, error) {
	return func(i int64, b []byte) (types.Datum, error) {
		arg := types.FixedDatum(i)
		if !n.from.IsFixed() {
			arg = types.BytesDatum(string(b))
		}
		d, ok, err := s.Catalog(n.catalog, []types.Datum{arg})
		if err != nil || !ok {
			return types.Null, err
		}
		return d, nil
	}
}
