package exec

import (
	"bytes"
	"slices"

	"millrace/exec/expr"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// anyOf reads the rows of an access that gives a list of values: once for each distinct
// one, in their order.
func (s *scanner) anyOf(fn func(*col.Batch) error) error {
	a := s.scan.Access
	list, err := expr.EvalConst(s.q.Env, a.Any)
	if err != nil || !list.Set {
		return err
	}
	arr, ok := types.DecodeArray(a.Any.Type(), []byte(list.S))
	if !ok {
		return pgerr.Bug("array of a look-up")
	}
	elem := a.Any.Type().ElemType().Base()
	var found []*col.Batch
	for _, d := range distinctValues(elem, arr.Elems) {
		one := *a
		one.Any = nil
		one.Eq = append(a.Eq[:len(a.Eq):len(a.Eq)], &plan.Const{Value: d, T: elem})
		scan := *s.scan
		scan.Access = &one
		sub := *s
		sub.scan = &scan
		err := sub.run(func(b *col.Batch) error {
			found = append(found, b)
			return nil
		})
		if err != nil {
			return err
		}
		if len(found) >= s.rows {
			if err := fn(col.Concat(s.scan.Out.Types(), found...)); err != nil {
				return err
			}
			found = nil
		}
	}
	if len(found) == 0 {
		return nil
	}
	return fn(col.Concat(s.scan.Out.Types(), found...))
}

// distinctValues are the values that are not NULL, each once, in ascending order.
func distinctValues(t types.Type, list []types.Datum) []types.Datum {
	type value struct {
		key []byte
		d   types.Datum
	}
	var all []value
	for _, d := range list {
		if d.Set {
			all = append(all, value{col.AppendKeyDatum(nil, t, d), d})
		}
	}
	slices.SortFunc(all, func(a, b value) int { return bytes.Compare(a.key, b.key) })
	all = slices.CompactFunc(all, func(a, b value) bool { return bytes.Equal(a.key, b.key) })
	out := make([]types.Datum, len(all))
	for i, v := range all {
		out[i] = v.d
	}
	return out
}
