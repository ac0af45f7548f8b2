package planner

import (
	"slices"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// groupingSet is positions of keys, ascending.
type groupingSet []int

const (
	// groupingSetsMax and cubeMax are PostgreSQL's limits.
	groupingSetsMax = 4096
	cubeMax         = 12
	// groupingKeysMax is the bits of a set's mask that name keys; those above number
	// the repetitions of a set.
	groupingKeysMax = 48
)

// bindGroupItems binds GROUP BY: all keys, and, when there is more than one grouping,
// the sets of keys.
func (sel *selection) bindGroupItems(s *sql.Select) {
	all := []groupingSet{{}}
	for _, g := range s.GroupBy {
		var next []groupingSet
		sets := sel.itemSets(g)
		if len(all)*len(sets) > groupingSetsMax {
			fail(s.GroupBy[0].Pos, pgerr.StatementTooComplex,
				"too many grouping sets present (maximum %d)", groupingSetsMax)
		}
		for _, a := range all {
			for _, b := range sets {
				next = append(next, a.with(b))
			}
		}
		all = next
	}
	if s.GroupDistinct {
		all = distinctSets(all)
	}
	if len(all) > 1 {
		sel.sets = all
	}
}

// itemSets is the grouping sets of one item of GROUP BY.
func (sel *selection) itemSets(g *sql.GroupItem) []groupingSet {
	if g.Kind == sql.GroupExpr {
		return []groupingSet{sel.keySet(g)}
	}
	var parts []groupingSet
	for _, item := range g.Items {
		parts = append(parts, sel.itemSets(item)...)
	}
	switch g.Kind {
	case sql.GroupRollup:
		out := []groupingSet{{}}
		for _, p := range parts {
			out = append(out, out[len(out)-1].with(p))
		}
		slices.Reverse(out)
		return out
	case sql.GroupCube:
		if len(parts) > cubeMax {
			fail(g.Pos, pgerr.TooManyColumns, "CUBE is limited to %d elements", cubeMax)
		}
		out := []groupingSet{{}}
		for _, p := range parts {
			for _, o := range out {
				out = append(out, o.with(p))
			}
		}
		return out
	}
	if len(parts) > groupingSetsMax {
		fail(g.Pos, pgerr.StatementTooComplex, "too many grouping sets present (maximum %d)", groupingSetsMax)
	}
	return parts
}

// keySet binds the expressions of an item and adds those that are new to the keys.
func (sel *selection) keySet(g *sql.GroupItem) groupingSet {
	var out groupingSet
	for _, e := range g.Exprs {
		x := sel.groupKey(e)
		checkGroupable(x, startOf(e))
		i := indexOfExpr(sel.keys, x)
		if i < 0 {
			i = len(sel.keys)
			sel.keys = append(sel.keys, x)
		}
		out = out.with(groupingSet{i})
	}
	return out
}

// with is the keys of both sets.
func (s groupingSet) with(o groupingSet) groupingSet {
	out := slices.Concat(s, o)
	slices.Sort(out)
	return slices.Compact(out)
}

func distinctSets(all []groupingSet) []groupingSet {
	var out []groupingSet
	for _, s := range all {
		if !slices.ContainsFunc(out, func(o groupingSet) bool { return slices.Equal(o, s) }) {
			out = append(out, s)
		}
	}
	return out
}

// mask has bit i set when key i is not in the set.
func (s groupingSet) mask(keys int) int64 {
	out := int64(1)<<keys - 1
	for _, k := range s {
		out &^= 1 << k
	}
	return out
}

// groupingRef stands for GROUPING(args) of a level.
type groupingRef struct {
	plan.Expr
	lv   *level
	args []plan.Expr
	pos  []sql.Pos
}

// Type implements plan.Expr.
func (e *groupingRef) Type() types.Type { return types.Int4 }

// groupingCall binds GROUPING(...).
func (l *level) groupingCall(e *sql.Call) plan.Expr {
	switch {
	case !l.aggsAllowed:
		fail(e.Pos, pgerr.GroupingError, "grouping operations are not allowed in %s", l.clause)
	case len(e.Args) > 31:
		fail(e.Pos, pgerr.TooManyArguments, "GROUPING must have fewer than 32 arguments")
	}
	g := &groupingRef{lv: l}
	for _, a := range e.Args {
		g.args = append(g.args, l.b.resolveText(l.expr(a), startOf(a)))
		g.pos = append(g.pos, startOf(a))
	}
	l.grouping = true
	return g
}

// maskColumn is the column behind the keys that tells the set of a group.
func (g *grouper) maskColumn() plan.Expr { return &plan.Col{Index: len(g.keys), T: types.Int8} }

// groupingValue is GROUPING(...) over the groups: one bit for each argument, set when
// the group's set leaves it out, the last argument being the lowest bit.
func (g *grouper) groupingValue(e *groupingRef) plan.Expr {
	var out plan.Expr = &plan.Const{Value: types.FixedDatum(0), T: types.Int4}
	for i, a := range e.args {
		k := indexOfExpr(g.keys, a)
		if k < 0 {
			fail(e.pos[i], pgerr.GroupingError,
				"arguments to GROUPING must be grouping expressions of the associated query level")
		}
		if g.sets == nil {
			continue
		}
		bit := &plan.Const{Value: types.FixedDatum(1 << (len(e.args) - 1 - i)), T: types.Int4}
		zero := &plan.Const{Value: types.FixedDatum(0), T: types.Int4}
		out = binaryCall("+", out, &plan.Case{
			T: types.Int4, Else: bit,
			Whens: []plan.When{{Cond: inSet(g.maskColumn(), k), Then: zero}},
		})
	}
	return out
}

// inSet is whether the set with a mask has key k.
func inSet(mask plan.Expr, k int) plan.Expr {
	return binaryCall("=", binaryCall("&", mask, int8Const(1<<k)), int8Const(0))
}

// extra is the columns between the keys and the aggregates of the groups.
func (g *grouper) extra() int {
	if g.sets == nil {
		return 0
	}
	return 1
}

// overSets makes agg, which groups by the first columns of its input, group by each of
// the sets. Every row is repeated for each set, with the mask of the set and NULL for
// the keys that it lacks, so that one aggregation does. A set without keys has a group
// even where there are no rows: it is an aggregation of its own.
func (g *grouper) overSets(agg *plan.Aggregate) plan.Node {
	if len(g.keys) > groupingKeysMax {
		fail(sql.NoPos, pgerr.TooManyColumns, "more than %d expressions in grouping sets", groupingKeysMax)
	}
	k := len(g.keys)
	out := append(append(types.Schema(nil), agg.Out[:k]...), types.Column{Name: "grouping", Type: types.Int8, NotNull: true})
	for i := range k {
		out[i].NotNull = false
	}
	out = append(out, agg.Out[k:]...)
	var masks []types.Datum
	var ins []plan.Node
	for i, s := range g.sets {
		mask := s.mask(k)
		for _, before := range g.sets[:i] {
			if slices.Equal(before, s) {
				mask += 1 << groupingKeysMax
			}
		}
		if len(s) > 0 {
			masks = append(masks, types.FixedDatum(mask))
			continue
		}
		ins = append(ins, g.grandTotal(agg, mask, out))
	}
	if len(masks) > 0 {
		ins = append([]plan.Node{g.bySets(agg, masks, out)}, ins...)
	}
	if len(ins) == 1 {
		return ins[0]
	}
	return &plan.Union{Ins: ins, Out: out}
}

// grandTotal aggregates all rows, as the set without keys.
func (g *grouper) grandTotal(agg *plan.Aggregate, mask int64, out types.Schema) plan.Node {
	k := len(g.keys)
	total := &plan.Aggregate{Input: agg.Input, Aggs: agg.Aggs, Out: agg.Out[k:]}
	var exprs []plan.Expr
	for _, c := range out[:k] {
		exprs = append(exprs, nullConst(c.Type))
	}
	exprs = append(exprs, int8Const(mask))
	return projectAs(total, append(exprs, identity(total)...), schemaNames(out))
}

func (g *grouper) bySets(agg *plan.Aggregate, masks []types.Datum, out types.Schema) plan.Node {
	array := types.ArrayOf(types.KindInt8)
	f, _, cols, err := builtin.ResolveTable("unnest", []types.Type{array})
	check(sql.NoPos, err)
	cols = append(types.Schema(nil), cols...)
	cols[0].Name = "grouping"
	w, k := width(agg.Input), len(g.keys)
	each := &plan.TableFunc{
		Input: agg.Input, Func: f,
		Args: []plan.Expr{&plan.Const{Value: types.ArrayDatum(types.Int8, masks), T: array}},
		Out:  append(append(types.Schema(nil), agg.Input.Schema()...), cols...),
	}
	mask := colOf(each, w)
	exprs := identity(each)
	for i := range k {
		exprs = append(exprs, g.keyOrNull(i, colOf(each, agg.Keys[i]), mask))
	}
	c := *agg
	c.Input = projectAs(each, exprs, append(schemaNames(each.Out), schemaNames(out[:k])...))
	c.Keys = append(positions(w + 1 + k)[w+1:], w)
	c.Out = out
	return &c
}

// keyOrNull is key i where the set has it.
func (g *grouper) keyOrNull(i int, key, mask plan.Expr) plan.Expr {
	everywhere := true
	for _, s := range g.sets {
		everywhere = everywhere && slices.Contains(s, i)
	}
	if everywhere {
		return key
	}
	return &plan.Case{
		T: key.Type(), Else: nullConst(key.Type()),
		Whens: []plan.When{{Cond: inSet(mask, i), Then: key}},
	}
}
