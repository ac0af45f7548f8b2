package op

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

var (
	joinL = []types.Type{types.Int8, types.Int4, types.Text}
	joinR = []types.Type{types.Int4, types.Int8}
)

func joinRow(rnd *rand.Rand, port int) row {
	if port == 0 {
		return row{num(rnd, 4), num(rnd, 5), str(rnd, 3)}
	}
	return row{num(rnd, 5), num(rnd, 4)}
}

// joinModel is the nested loop over all rows.
func joinModel(s JoinSpec, residual testPred) func(in [][]row) []row {
	ok := func(l, r row) bool {
		for k := range s.LKeys {
			a, b := l[s.LKeys[k]], r[s.RKeys[k]]
			safe := s.NullSafe != nil && s.NullSafe[k]
			if (!a.Set || !b.Set) && !(safe && !a.Set && !b.Set) || a != b {
				return false
			}
		}
		if residual == nil {
			return true
		}
		yes, _ := residual(concat(l, r))
		return yes
	}
	nulls := func(n int) row { return make(row, n) }
	return func(in [][]row) (out []row) {
		matchedR := make([]bool, len(in[1]))
		for _, l := range in[0] {
			found := false
			for i, r := range in[1] {
				if !ok(l, r) {
					continue
				}
				found, matchedR[i] = true, true
				if s.Kind < Semi {
					out = append(out, concat(l, r))
				}
			}
			switch {
			case s.Kind == Semi && found, s.Kind == Anti && !found:
				out = append(out, l)
			case (s.Kind == Left || s.Kind == Full) && !found:
				out = append(out, concat(l, nulls(len(s.R))))
			}
		}
		if s.Kind == Right || s.Kind == Full {
			for i, r := range in[1] {
				if !matchedR[i] {
					out = append(out, concat(nulls(len(s.L)), r))
				}
			}
		}
		return out
	}
}

func TestJoin(t *testing.T) {
	residual := testPred(func(r row) (bool, error) {
		// left.0 <= right.1
		return r[0].Set && r[4].Set && r[0].I <= r[4].I, nil
	})
	keys := []struct {
		name       string
		l, r       []int
		safe       []bool
		residual   testPred
		appendOnly bool
	}{
		{name: "one key", l: []int{1}, r: []int{0}},
		{name: "append only", l: []int{1}, r: []int{0}, appendOnly: true},
		{name: "two keys", l: []int{1, 0}, r: []int{0, 1}},
		{name: "null safe", l: []int{1}, r: []int{0}, safe: []bool{true}},
		{name: "half null safe", l: []int{1, 0}, r: []int{0, 1}, safe: []bool{true, false}},
		{name: "residual", l: []int{1}, r: []int{0}, residual: residual},
		{name: "append only residual", l: []int{1}, r: []int{0}, residual: residual, appendOnly: true},
		{name: "no keys", l: nil, r: nil},
		{name: "no keys with residual", residual: residual},
	}
	for kind, name := range map[JoinKind]string{Inner: "inner", Left: "left", Right: "right", Full: "full", Semi: "semi", Anti: "anti"} {
		for _, k := range keys {
			spec := JoinSpec{Kind: kind, L: joinL, R: joinR, LKeys: k.l, RKeys: k.r, NullSafe: k.safe}
			if k.residual != nil {
				spec.Residual = k.residual
			}
			if k.appendOnly {
				spec.AppendOnly = [2]bool{true, true}
			}
			if k.residual != nil && k.appendOnly {
				spec.Residual, spec.ResidualCols = narrowPred{}, []int{0, 4}
			}
			out := concat(joinL, joinR)
			if kind >= Semi {
				out = joinL
			}
			check(t, checked{
				name: fmt.Sprintf("%s, %s", name, k.name),
				make: func() Op { return NewJoin(spec) },
				in:   [][]types.Type{joinL, joinR}, gen: joinRow, out: out,
				model: joinModel(spec, k.residual), appendOnly: k.appendOnly,
			})
			once := spec
			once.Once = true
			check(t, checked{
				name: fmt.Sprintf("%s once, %s", name, k.name),
				make: func() Op { return NewJoin(once) },
				in:   [][]types.Type{joinL, joinR}, gen: joinRow, out: out,
				model: joinModel(spec, k.residual), appendOnly: true, once: true,
			})
		}
	}
}

// truth is a three-valued result for the model.
type truth int

func and3(a, b truth) truth { return min(a, b) }
func or3(a, b truth) truth  { return max(a, b) }

const (
	no truth = iota
	unknown
	yes
)

func inModel(s JoinSpec, residual testPred) func(in [][]row) []row {
	return func(in [][]row) (out []row) {
		for _, l := range in[0] {
			res := no
			for _, r := range in[1] {
				if residual != nil {
					if ok, _ := residual(concat(l, r)); !ok {
						continue
					}
				}
				eq := yes
				for k := range s.LKeys {
					a, b := l[s.LKeys[k]], r[s.RKeys[k]]
					switch {
					case !a.Set || !b.Set:
						eq = and3(eq, unknown)
					case a != b:
						eq = no
					}
				}
				res = or3(res, eq)
			}
			switch {
			case s.Kind == Anti && res == no:
				out = append(out, l)
			case s.Kind == Mark:
				d := types.Null
				if res != unknown {
					d = types.BoolDatum(res == yes)
				}
				out = append(out, append(l[:len(l):len(l)], d))
			}
		}
		return out
	}
}

func TestMarkJoin(t *testing.T) {
	residual := testPred(func(r row) (bool, error) { return r[0].Set && r[4].Set && r[0].I <= r[4].I, nil })
	for _, kind := range []JoinKind{Mark, Anti} {
		for _, k := range []struct {
			name     string
			l, r     []int
			residual testPred
			few      bool // few NULLs and few right rows, so that all three values occur
		}{
			{name: "one key", l: []int{1}, r: []int{0}},
			{name: "one key, few nulls", l: []int{1}, r: []int{0}, few: true},
			{name: "two keys", l: []int{1, 0}, r: []int{0, 1}},
			{name: "two keys, few nulls", l: []int{1, 0}, r: []int{0, 1}, few: true},
			{name: "residual", l: []int{1}, r: []int{0}, residual: residual},
			{name: "residual, few nulls", l: []int{1}, r: []int{0}, residual: residual, few: true},
			{name: "no keys", residual: residual},
		} {
			spec := JoinSpec{Kind: kind, L: joinL, R: joinR, LKeys: k.l, RKeys: k.r, NullAware: true}
			if k.residual != nil {
				spec.Residual = k.residual
			}
			out := joinL
			if kind == Mark {
				out = concat(joinL, markType)
			}
			gen := joinRow
			if k.few {
				gen = func(rnd *rand.Rand, port int) row {
					if port == 1 && rnd.IntN(20) > 0 {
						return row{types.FixedDatum(int64(rnd.IntN(5))), types.FixedDatum(int64(rnd.IntN(4)))}
					}
					return joinRow(rnd, port)
				}
			}
			check(t, checked{
				name: fmt.Sprintf("kind %d, %s", kind, k.name),
				make: func() Op { return NewJoin(spec) },
				in:   [][]types.Type{joinL, joinR}, gen: gen, out: out, model: inModel(spec, k.residual),
			})
		}
	}
}

// narrowPred is left.0 <= right.1, over batches in which other columns are missing.
type narrowPred struct{}

func (narrowPred) Filter(_ *builtin.Env, b *col.Batch) (rows []int32, errs map[int]error) {
	for i := range b.N {
		if l, r := b.Cols[0], b.Cols[4]; !l.IsNull(i) && !r.IsNull(i) && l.Fix[i] <= r.Fix[i] {
			rows = append(rows, int32(i))
		}
	}
	return rows, nil
}
