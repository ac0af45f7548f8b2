package plan

import (
	"encoding/binary"
	"io"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"millrace/sql/types"
)

// Fingerprint is a hash of a subtree: equal plans over equal objects have equal
// fingerprints, in every process. A view whose fingerprint changed after an
// upgrade must be rebuilt, because its stored state belongs to another plan.
func Fingerprint(n Node) uint64 {
	f := fingerprinter{memo: map[Node]uint64{}}
	return f.node(n)
}

type fingerprinter struct{ memo map[Node]uint64 }

func (f *fingerprinter) node(n Node) uint64 {
	if h, ok := f.memo[n]; ok {
		return h
	}
	d := &digest{h: xxhash.New()}
	for _, in := range n.Inputs() {
		d.int(int64(f.node(in)))
	}
	d.head(n)
	for _, e := range NodeExprs(n) {
		d.expr(e)
	}
	d.schema(n.Schema())
	h := d.h.Sum64()
	f.memo[n] = h
	return h
}

// digest writes unambiguous bytes into a hash.
type digest struct{ h *xxhash.Digest }

func (d *digest) int(i int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(i))
	_, _ = d.h.Write(b[:])
}

func (d *digest) text(s string) {
	d.int(int64(len(s)))
	_, _ = io.WriteString(d.h, s)
}

func (d *digest) ints(is []int) {
	d.int(int64(len(is)))
	for _, i := range is {
		d.int(int64(i))
	}
}

func (d *digest) flag(b bool) { d.text(strconv.FormatBool(b)) }

func (d *digest) typ(t types.Type) {
	d.int(int64(t.OID()))
	d.int(int64(t.Mod))
}

// schema leaves names out: renaming a column does not change the computation.
func (d *digest) schema(s types.Schema) {
	d.int(int64(len(s)))
	for i := range s {
		d.typ(s[i].Type)
	}
}

func (d *digest) keys(ks []SortKey) {
	d.int(int64(len(ks)))
	for _, k := range ks {
		d.int(int64(k.Col))
		d.flag(k.Desc)
		d.flag(k.NullsFirst)
	}
}

// head writes what a node is, without inputs, expressions and schema.
func (d *digest) head(n Node) {
	switch n := n.(type) {
	case *Scan:
		d.text("scan")
		d.int(int64(n.Object.ID))
		d.ints(n.Cols)
	case *Values:
		d.text("values")
		d.int(int64(len(n.Rows)))
	case *Filter:
		d.text("filter")
	case *Project:
		d.text("project")
	case *Join:
		d.join(n)
	case *Aggregate:
		d.aggregate(n)
	case *Distinct:
		d.text("distinct")
	case *Union:
		d.text("union")
	case *SetOp:
		d.text("setop")
		d.flag(n.Except)
		d.flag(n.All)
	case *Sort:
		d.text("sort")
		d.keys(n.Keys)
		d.flag(n.Limit != nil)
		d.flag(n.Offset != nil)
		d.flag(n.WithTies)
		d.ints(n.Partition)
		d.flag(n.AppendOnly)
	case *MaxOneRow:
		d.text("maxonerow")
	case *TableFunc:
		d.text("tablefunc")
		d.text(n.Func.Name)
		d.flag(n.Ordinality)
		d.flag(n.Outer)
	case *Over:
		d.over(n)
	case *TimeWindow:
		d.timeWindow(n)
	case *Session:
		d.session(n)
	case *Temporal:
		d.temporal(n)
	case *SessionAggregate:
		d.sessionAggregate(n)
	case *Asof:
		d.asof(n)
	case *Recursive:
		d.text("recursive")
		d.int(int64(n.ID))
		d.flag(n.Distinct)
	case *RecursiveRef:
		d.text("recursiveref")
		d.int(int64(n.ID))
	}
}

func (d *digest) join(n *Join) {
	d.text("join")
	d.int(int64(n.Kind))
	d.ints(n.LKeys)
	d.ints(n.RKeys)
	d.int(int64(len(n.NullSafe)))
	for _, s := range n.NullSafe {
		d.flag(s)
	}
	d.flag(n.NullAware)
	d.flag(n.Temporal)
	d.joinTime(n.Time)
	d.flag(n.AppendOnly[0])
	d.flag(n.AppendOnly[1])
}

func (d *digest) aggregate(n *Aggregate) {
	d.text("aggregate")
	d.ints(n.Keys)
	d.flag(n.AppendOnly)
	d.aggTime(n.Time)
	for i := range n.Aggs {
		a := &n.Aggs[i]
		d.text(a.Agg.Name)
		d.ints(a.Args)
		for _, t := range a.ArgTypes {
			d.typ(t)
		}
		d.flag(a.Distinct)
		d.int(int64(a.Filter))
		d.keys(a.OrderBy)
	}
}

func (d *digest) expr(e Expr) {
	switch e := e.(type) {
	case *Col:
		d.text("col")
		d.int(int64(e.Index))
	case *Const:
		d.text("const")
		d.flag(e.Value.Set)
		d.int(e.Value.I)
		d.text(e.Value.S)
	case *Param:
		d.text("param")
		d.int(int64(e.Index))
	case *Call:
		d.text("call")
		d.text(e.Func.Name)
		for _, t := range e.Func.Args {
			d.typ(t)
		}
	case *Cast:
		d.text("cast")
		d.flag(e.Explicit)
	case *Logic:
		d.text("logic")
		d.int(int64(e.Op))
	case *IsNull:
		d.text("isnull")
		d.flag(e.Not)
	case *Case:
		d.text("case")
		d.flag(e.Else != nil)
	case *Coalesce:
		d.text("coalesce")
	case *Lambda:
		d.text("lambda")
		d.int(int64(e.Kind))
		d.int(int64(len(e.Arrays)))
	case *LambdaParam:
		d.text("lambda parameter")
		d.int(int64(e.Depth))
		d.int(int64(e.Index))
	}
	d.typ(e.Type())
	kids := Children(e)
	d.int(int64(len(kids)))
	for _, k := range kids {
		d.expr(k)
	}
}
