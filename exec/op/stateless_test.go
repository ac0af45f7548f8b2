package op

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var errOdd = errors.New("odd")

var int8s = []types.Type{types.Int8}

func ints(w []int32, vals ...int64) *col.Batch {
	return &col.Batch{N: len(vals), Cols: []*col.Vec{col.NewFixed(types.Int8, vals)}, W: w}
}

// failing is true for values below 10, and fails for odd ones.
var failing = testPred(func(r row) (bool, error) {
	if r[0].I%2 == 1 {
		return false, errOdd
	}
	return r[0].I < 10, nil
})

func TestFailedRowsLeaveWithTheirWeight(t *testing.T) {
	double := testExpr{types.Int8, func(r row) (types.Datum, error) {
		if r[0].I%2 == 1 {
			return types.Null, errOdd
		}
		return types.FixedDatum(2 * r[0].I), nil
	}}
	for name, c := range map[string]struct {
		op   Op
		want []int64
	}{
		"filter":             {NewFilter(failing), []int64{2, 4}},
		"project":            {NewProject(nil, []Expr{double}), []int64{4, 8, 24}},
		"filter and project": {NewProject(failing, []Expr{double, double}), []int64{4, 8}},
	} {
		t.Run(name, func(t *testing.T) {
			var errs []string
			ctx := &Ctx{Errs: func(e RowError) {
				errs = append(errs, fmt.Sprintf("%v*%d", e.Batch.Cols[0].Int(e.Row), e.Weight))
			}}
			var got []int64
			c.op.Push(ctx, 0, ints([]int32{1, -2, 1, 3, 1}, 2, 3, 4, 5, 12), func(b *col.Batch) {
				got = append(got, b.Cols[0].Fix...)
			})
			if !slices.Equal(got, c.want) || fmt.Sprint(errs) != "[3*-2 5*3]" || ctx.Err() != nil {
				t.Fatalf("got %v, errors %v, %v", got, errs, ctx.Err())
			}
			pull := &Ctx{}
			c.op.Push(pull, 0, ints(nil, 3, 5), func(*col.Batch) { t.Fatal("a failed query emits") })
			if !errors.Is(pull.Err(), errOdd) {
				t.Fatalf("the pull query ends with %v", pull.Err())
			}
		})
	}
}

// spread gives 0..n-1 for an argument n, and fails for a negative one.
var spread = &builtin.TableFunc{
	Name: "spread",
	Rows: func(_ *builtin.Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
		if args[0].I < 0 {
			out[0].Int(0)
			return 1, errOdd
		}
		for i := range args[0].I {
			out[0].Int(i)
		}
		return int(args[0].I), nil
	},
}

func TestTableFunc(t *testing.T) {
	first := testExpr{types.Int8, func(r row) (types.Datum, error) { return r[0], nil }}
	for _, ordinality := range []bool{false, true} {
		for _, outer := range []bool{false, true} {
			spec := TableFuncSpec{
				In: int8s, Out: []types.Type{types.Int8, types.Int8}, Func: spread, Args: []Expr{first},
				ArgTypes: int8s, Ordinality: ordinality, Outer: outer,
			}
			if ordinality {
				spec.Out = append(spec.Out, types.Int8)
			}
			check(t, checked{
				name: fmt.Sprintf("ordinality=%v outer=%v", ordinality, outer),
				make: func() Op { return NewTableFunc(spec) }, in: [][]types.Type{int8s}, out: spec.Out,
				gen: func(rnd *rand.Rand, _ int) row { return row{num(rnd, 5)} },
				model: func(in [][]row) (out []row) {
					for _, r := range in[0] {
						for i := range r[0].I {
							out = append(out, row{r[0], types.FixedDatum(i), types.FixedDatum(i + 1)}[:len(spec.Out)])
						}
						if outer && r[0].I == 0 {
							out = append(out, row{r[0], types.Null, types.Null}[:len(spec.Out)])
						}
					}
					return out
				},
			})
		}
	}
	var errs, rows int
	o := NewTableFunc(TableFuncSpec{In: int8s, Out: []types.Type{types.Int8, types.Int8}, Func: spread, Args: []Expr{first}, ArgTypes: int8s})
	o.Push(&Ctx{Errs: func(RowError) { errs++ }}, 0, ints(nil, 1, -1, 2), func(b *col.Batch) { rows += b.N })
	if errs != 1 || rows != 3 {
		t.Fatalf("%d errors, %d rows", errs, rows)
	}
}

func TestMaxOneRow(t *testing.T) {
	o := NewMaxOneRow(int8s)
	var errs int64
	ctx := &Ctx{Errs: func(e RowError) {
		if pgerr.Code(e.Err) != pgerr.CardinalityViolation {
			t.Fatal(e.Err)
		}
		errs += e.Weight
	}}
	for i, c := range []struct {
		w    []int32
		vals []int64
		want string
		errs int64
	}{
		{nil, nil, "[NULL*1]", 0},
		{nil, []int64{7}, "[NULL*-1 7*1]", 0},
		{[]int32{-1, 1}, []int64{7, 7}, "[]", 0},
		{[]int32{-1, 1}, []int64{7, 8}, "[7*-1 8*1]", 0},
		{nil, []int64{9}, "[8*-1]", 1},
		{nil, []int64{10}, "[]", 1},
		{[]int32{-1, -1}, []int64{8, 10}, "[9*1]", 0},
		{[]int32{-1}, []int64{9}, "[9*-1 NULL*1]", 0},
	} {
		got := []string{}
		out := func(b *col.Batch) {
			for i := range b.N {
				v := "NULL"
				if !b.Cols[0].IsNull(i) {
					v = fmt.Sprint(b.Cols[0].Int(i))
				}
				got = append(got, fmt.Sprintf("%s*%d", v, b.Weight(i)))
			}
		}
		if len(c.vals) > 0 {
			o.Push(ctx, 0, ints(c.w, c.vals...), out)
		}
		o.EndEpoch(ctx, out)
		if fmt.Sprint(got) != c.want || errs != c.errs {
			t.Fatalf("epoch %d: got %v, want %s; %d errors, want %d", i, got, c.want, errs, c.errs)
		}
	}
	check(t, checked{
		name: "at most one", make: func() Op { return NewMaxOneRow(int8s) }, in: [][]types.Type{int8s}, out: int8s,
		gen: func(*rand.Rand, int) row { return row{types.FixedDatum(1)} },
		model: func(in [][]row) []row {
			switch len(in[0]) {
			case 0:
				return []row{{types.Null}}
			case 1:
				return in[0]
			}
			return nil
		},
		errs: true,
	})
}

func TestValuesOnce(t *testing.T) {
	check(t, checked{
		name: "values", in: [][]types.Type{int8s}, out: int8s,
		make: func() Op {
			return NewValues(int8s, func(*builtin.Env) ([][]types.Datum, error) {
				return [][]types.Datum{{types.FixedDatum(4)}, {types.FixedDatum(4)}, {types.Null}}, nil
			})
		},
		gen:   func(*rand.Rand, int) row { return row{types.Null} },
		model: func([][]row) []row { return []row{{types.FixedDatum(4)}, {types.FixedDatum(4)}, {types.Null}} },
	})
}

// series counts from its argument up, for ever.
var series = &builtin.TableFunc{
	Columns: types.Schema{{Name: "x", Type: types.Int8}},
	Range: func(args []types.Datum) (int64, int64, int64, error) {
		return args[0].I, math.MaxInt64, 1, nil
	},
}

func TestTableFuncMakesNoMoreThanIsWanted(t *testing.T) {
	first := testExpr{types.Int8, func(r row) (types.Datum, error) { return r[0], nil }}
	spec := TableFuncSpec{
		In: int8s, Out: []types.Type{types.Int8, types.Int8, types.Int8}, Func: series, Args: []Expr{first},
		ArgTypes: int8s, Ordinality: true,
	}
	rows := 0
	count := func(b *col.Batch) {
		if b.Cols[1].Int(0) != int64(5+rows) || b.Cols[2].Int(0) != int64(1+rows) {
			t.Fatalf("after %d rows: value %d, ordinal %d", rows, b.Cols[1].Int(0), b.Cols[2].Int(0))
		}
		rows += b.N
	}
	enough := &Ctx{Enough: func() bool { return rows > 10_000 }}
	NewTableFunc(spec).Push(enough, 0, ints(nil, 5), count)
	if rows > 10_000+2*col.BatchRows || enough.Err() != nil {
		t.Errorf("%d rows, %v", rows, enough.Err())
	}
	rows = 0
	errStop := errors.New("stop")
	stopped := &Ctx{Stop: func() error {
		if rows > 10_000 {
			return errStop
		}
		return nil
	}}
	NewTableFunc(spec).Push(stopped, 0, ints(nil, 5), count)
	if rows > 10_000+2*col.BatchRows || !errors.Is(stopped.Err(), errStop) {
		t.Errorf("%d rows, %v", rows, stopped.Err())
	}
}
