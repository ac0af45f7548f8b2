package op

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// overIn is partition, order, value, filter and another column.
var overIn = []types.Type{types.Int4, types.Int8, types.Int8, types.Bool, types.Text}

func overRow(rnd *rand.Rand, _ int) row {
	flag := types.BoolDatum(rnd.IntN(3) > 0)
	return row{num(rnd, 3), num(rnd, 9), num(rnd, 20), flag, str(rnd, 3)}
}

// windowCall makes the spec of a call on column 2 (or none).
func windowCall(t *testing.T, name string, frame builtin.Frame, offsets ...int64) WindowSpec {
	t.Helper()
	c := WindowSpec{Filter: -1, Frame: frame, Distance: -1}
	if len(offsets) > 0 {
		c.StartOffset = types.FixedDatum(offsets[0])
	}
	if len(offsets) > 1 {
		c.EndOffset = types.FixedDatum(offsets[1])
	}
	c.Args, c.ArgTypes = []int{2}, []types.Type{types.Int8}
	var err error
	switch name {
	case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist":
		c.Args, c.ArgTypes = nil, nil
	case "count(*)":
		c.Args, c.ArgTypes, name = nil, nil, "count"
	}
	if builtin.IsWindow(name) {
		c.Func, _, c.Type, err = builtin.ResolveWindow(name, c.ArgTypes)
		c.Distance = 1
	} else {
		c.Agg, _, c.Type, err = builtin.ResolveAgg(name, c.ArgTypes)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// overModel computes everything from the definitions, row by row.
type overModel struct {
	spec OverSpec
	rows []row
	keys []string
}

func modelOver(s OverSpec) func(in [][]row) []row {
	return func(in [][]row) (out []row) {
		for _, g := range groups(s.In, in[0], s.Partition) {
			m := &overModel{spec: s}
			m.sort(g)
			for i, r := range m.rows {
				res := slices.Clone(r)
				for k := range s.Calls {
					res = append(res, m.value(&s.Calls[k], i))
				}
				out = append(out, res)
			}
		}
		return out
	}
}

func (m *overModel) sort(g []row) {
	one := col.NewBatchBuilder(m.spec.In, 1)
	key := func(r row) string {
		one.Row(1, r...)
		return string(appendSortKeys(nil, m.spec.Order, one.Batch(), 0))
	}
	m.rows = slices.Clone(g)
	slices.SortFunc(m.rows, func(a, b row) int {
		return cmp.Or(strings.Compare(key(a), key(b)),
			strings.Compare(string(col.AppendRowDatums(nil, m.spec.In, a)), string(col.AppendRowDatums(nil, m.spec.In, b))))
	})
	for _, r := range m.rows {
		if m.spec.Unordered {
			m.keys = append(m.keys, "")
		} else {
			m.keys = append(m.keys, key(r))
		}
	}
}

func (m *overModel) group(i int) int {
	n := 0
	for j := 1; j <= i; j++ {
		if m.keys[j] != m.keys[j-1] {
			n++
		}
	}
	return n
}

// side tells where row j is as seen from a bound of row i: below 0 before it, above 0
// behind it.
func (m *overModel) side(c *WindowSpec, i, j int, kind builtin.FrameBound, offset int64) int {
	by := offset
	switch kind {
	case builtin.UnboundedPreceding:
		return 1
	case builtin.UnboundedFollowing:
		return -1
	case builtin.OffsetPreceding:
		by = -offset
	case builtin.CurrentRow:
		by = 0
	}
	switch {
	case c.Frame.Mode == builtin.FrameRows:
		return cmp.Compare(int64(j), int64(i)+by)
	case c.Frame.Mode == builtin.FrameGroups || kind == builtin.CurrentRow:
		return cmp.Compare(int64(m.group(j)), int64(m.group(i))+by)
	}
	k := m.spec.Order[0]
	a, b := m.rows[i][k.Col], m.rows[j][k.Col]
	switch {
	case !a.Set || !b.Set:
		return cmp.Compare(m.keys[j], m.keys[i])
	case k.Desc:
		return cmp.Compare(-b.I, -a.I+by)
	}
	return cmp.Compare(b.I, a.I+by)
}

func (m *overModel) frame(c *WindowSpec, i int) (out []int) {
	for j := range m.rows {
		if m.side(c, i, j, c.Frame.Start, c.StartOffset.I) < 0 || m.side(c, i, j, c.Frame.End, c.EndOffset.I) > 0 {
			continue
		}
		peer := m.keys[i] == m.keys[j]
		switch c.Frame.Exclude {
		case builtin.ExcludeCurrentRow:
			peer = i == j
		case builtin.ExcludeGroup:
		case builtin.ExcludeTies:
			peer = peer && i != j
		default:
			peer = false
		}
		if !peer {
			out = append(out, j)
		}
	}
	return out
}

func (m *overModel) value(c *WindowSpec, i int) types.Datum {
	if c.Agg != nil {
		return m.aggregate(c, i)
	}
	first, n := i, len(m.rows)
	for first > 0 && m.keys[first-1] == m.keys[i] {
		first--
	}
	end := i + 1
	for end < n && m.keys[end] == m.keys[i] {
		end++
	}
	at := func(j int) types.Datum {
		if j < 0 || j >= n {
			return types.Null
		}
		return m.rows[j][2]
	}
	frame := append(m.frame(c, i), -1)
	switch c.Func.Name {
	case "row_number":
		return types.FixedDatum(int64(i + 1))
	case "rank":
		return types.FixedDatum(int64(first + 1))
	case "dense_rank":
		return types.FixedDatum(int64(m.group(i) + 1))
	case "cume_dist":
		return types.FloatDatum(float64(end) / float64(n))
	case "percent_rank":
		return types.FloatDatum(float64(first) / float64(max(n-1, 1)))
	case "lag":
		return at(i - 1)
	case "lead":
		return at(i + 1)
	case "first_value":
		return at(frame[0])
	case "last_value":
		return at(frame[max(len(frame)-2, 0)])
	}
	panic(c.Func.Name)
}

func (m *overModel) aggregate(c *WindowSpec, i int) types.Datum {
	var vals []types.Datum
	count := int64(0)
	for _, j := range m.frame(c, i) {
		if c.Filter >= 0 && !m.rows[j][c.Filter].Bool() {
			continue
		}
		count++
		if v := m.rows[j][2]; v.Set || c.Agg.KeepNulls {
			vals = append(vals, v)
		}
	}
	sum, best := int64(0), types.Null
	for _, v := range vals {
		sum += v.I
		if !best.Set || (v.I > best.I) == (c.Agg.Extreme > 0) {
			best = v
		}
	}
	switch {
	case c.Agg.Name == "count" && len(c.Args) == 0:
		return types.FixedDatum(count)
	case c.Agg.Name == "count":
		return types.FixedDatum(int64(len(vals)))
	case len(vals) == 0:
		return types.Null
	case c.Agg.Extreme != 0:
		return best
	case c.Agg.Name == "sum":
		return types.BytesDatum(string(types.FromInt64(sum, 0).AppendStored(nil)))
	case c.Agg.Name == "array_agg":
		return types.ArrayDatum(types.Int8, vals)
	}
	panic(c.Agg.Name)
}

func overChecked(name string, s OverSpec) checked {
	out := slices.Clone(s.In)
	for _, c := range s.Calls {
		out = append(out, c.Type)
	}
	return checked{
		name: name, make: func() Op { return NewOver(s) }, in: [][]types.Type{s.In}, gen: overRow,
		out: out, model: modelOver(s),
	}
}

var overOrders = [][]SortKey{{{Col: 1}}, {{Col: 1, Desc: true, NullsFirst: true}}}

func TestOverFunctions(t *testing.T) {
	for _, calls := range [][]string{
		{"row_number"},
		{"rank", "dense_rank", "lag"},
		{"lag", "lead"},
		{"row_number", "lead"},
		{"percent_rank", "cume_dist"},
		{"first_value", "last_value"},
	} {
		for _, order := range append(overOrders, nil) {
			s := OverSpec{In: overIn, Partition: []int{0}, Order: order}
			for _, name := range calls {
				s.Calls = append(s.Calls, windowCall(t, name, builtin.DefaultFrame))
			}
			check(t, overChecked(fmt.Sprintf("%v order %v", calls, order), s))
		}
		s := OverSpec{In: overIn, Partition: []int{0}, Order: overOrders[0], Unordered: true}
		for _, name := range calls {
			s.Calls = append(s.Calls, windowCall(t, name, builtin.DefaultFrame))
		}
		check(t, overChecked(fmt.Sprintf("%v unordered", calls), s))
	}
}

// Running sums, row numbers and neighbours start at the first change; this needs
// partitions longer than what they look at.
func TestOverOfOnePartition(t *testing.T) {
	rows := builtin.Frame{Mode: builtin.FrameRows, Start: builtin.OffsetPreceding, End: builtin.OffsetFollowing}
	running := builtin.Frame{
		Mode: builtin.FrameRows, Start: builtin.UnboundedPreceding, End: builtin.CurrentRow,
		Exclude: builtin.ExcludeTies,
	}
	for i, calls := range [][]WindowSpec{
		{windowCall(t, "sum", builtin.DefaultFrame), windowCall(t, "count", running), windowCall(t, "rank", running)},
		{windowCall(t, "sum", running), windowCall(t, "dense_rank", running), windowCall(t, "sum", rows, 2, 1)},
		{windowCall(t, "max", rows, 1, 1), windowCall(t, "array_agg", rows, 0, 2), windowCall(t, "lag", rows, 0, 0)},
	} {
		check(t, overChecked(fmt.Sprint("calls ", i), OverSpec{In: overIn, Order: overOrders[0], Calls: calls}))
	}
	// Values far apart, so that frames at a distance of values end within the partition.
	for i, b := range [][2]builtin.FrameBound{
		{builtin.OffsetPreceding, builtin.CurrentRow},
		{builtin.OffsetPreceding, builtin.OffsetFollowing},
		{builtin.OffsetPreceding, builtin.OffsetPreceding},
		{builtin.OffsetFollowing, builtin.OffsetFollowing},
		{builtin.CurrentRow, builtin.OffsetFollowing},
	} {
		f := builtin.Frame{Mode: builtin.FrameRange, Start: b[0], End: b[1], Exclude: builtin.FrameExclude(i % 4)}
		for _, order := range overOrders {
			calls := []WindowSpec{windowCall(t, "sum", f, 3, 5), windowCall(t, "last_value", f, 2, 2), windowCall(t, "lag", f)}
			c := overChecked(fmt.Sprintf("values %d to %d %v", b[0], b[1], order),
				OverSpec{In: overIn, Order: order, Calls: calls[:1+i%3]})
			c.gen = func(rnd *rand.Rand, _ int) row {
				return row{num(rnd, 3), num(rnd, 60), num(rnd, 20), types.BoolDatum(true), str(rnd, 3)}
			}
			check(t, c)
		}
	}
}

func TestOverFrames(t *testing.T) {
	bounds := []struct{ start, end builtin.FrameBound }{
		{builtin.UnboundedPreceding, builtin.CurrentRow},
		{builtin.UnboundedPreceding, builtin.UnboundedFollowing},
		{builtin.OffsetPreceding, builtin.OffsetFollowing},
		{builtin.OffsetPreceding, builtin.OffsetPreceding},
		{builtin.OffsetFollowing, builtin.OffsetFollowing},
		{builtin.CurrentRow, builtin.UnboundedFollowing},
		{builtin.CurrentRow, builtin.CurrentRow},
		{builtin.OffsetPreceding, builtin.CurrentRow},
	}
	seed := rand.Uint64()
	rnd := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	for _, mode := range []builtin.FrameMode{builtin.FrameRange, builtin.FrameRows, builtin.FrameGroups} {
		for round := range 4 {
			s := OverSpec{In: overIn, Partition: []int{0}, Order: overOrders[rnd.IntN(2)]}
			for _, name := range []string{"sum", "count(*)", "min", "max", "array_agg", "first_value", "last_value"} {
				b := bounds[rnd.IntN(len(bounds))]
				f := builtin.Frame{Mode: mode, Start: b.start, End: b.end, Exclude: builtin.FrameExclude(rnd.IntN(4))}
				c := windowCall(t, name, f, int64(rnd.IntN(3)), int64(rnd.IntN(3)))
				if c.Agg != nil && rnd.IntN(2) == 0 {
					c.Filter = 3
				}
				s.Calls = append(s.Calls, c)
			}
			check(t, overChecked(fmt.Sprintf("mode %d, round %d", mode, round), s))
		}
	}
}

// A failed result is a failed row, and comes back when the rows change.
func TestOverReportsErrors(t *testing.T) {
	c := windowCall(t, "sum", builtin.DefaultFrame)
	var err error
	c.ArgTypes = []types.Type{types.Int4}
	c.Func, _, c.Type, err = builtin.ResolveWindow("ntile", c.ArgTypes)
	if err != nil {
		t.Fatal(err)
	}
	c.Agg = nil
	in := []types.Type{types.Int8, types.Int8, types.Int4}
	o := NewOver(OverSpec{In: in, Order: overOrders[0], Calls: []WindowSpec{c}})
	errs := int64(0)
	ctx := &Ctx{Env: &builtin.Env{}, Errs: func(e RowError) { errs += e.Weight }}
	push := func(parts int64, w int32) (rows int) {
		b := col.NewBatchBuilder(in, 1)
		b.Row(w, types.FixedDatum(1), types.FixedDatum(parts), types.FixedDatum(parts))
		o.Push(ctx, 0, b.Batch(), nil)
		o.EndEpoch(ctx, func(b *col.Batch) { rows += b.N })
		return rows
	}
	if n := push(2, 1); n != 1 || errs != 0 {
		t.Fatalf("%d rows, %d errors", n, errs)
	}
	// The number of parts is that of the first row.
	if n := push(0, 1); n != 1 || errs != 2 {
		t.Fatalf("%d rows, %d errors", n, errs)
	}
	if n := push(0, -1); n != 1 || errs != 0 {
		t.Fatalf("%d rows, %d errors", n, errs)
	}
}

// BenchmarkOver adds rows at the end of long partitions: the work must not grow with
// what is there already.
func BenchmarkOver(b *testing.B) {
	for _, size := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", size), func(b *testing.B) {
			lag, _, lagType, err := builtin.ResolveWindow("lag", []types.Type{types.Int8})
			if err != nil {
				b.Fatal(err)
			}
			sum, _, sumType, err := builtin.ResolveAgg("sum", []types.Type{types.Int8})
			if err != nil {
				b.Fatal(err)
			}
			in := []types.Type{types.Int8, types.Int8}
			o := NewOver(OverSpec{In: in, Order: []SortKey{{Col: 0}}, Calls: []WindowSpec{
				{Func: lag, Args: []int{1}, ArgTypes: in[:1], Filter: -1, Frame: builtin.DefaultFrame, Distance: 1, Type: lagType},
				{Agg: sum, Args: []int{1}, ArgTypes: in[:1], Filter: -1, Frame: builtin.DefaultFrame, Type: sumType},
			}})
			ctx := &Ctx{Env: &builtin.Env{}}
			next := int64(0)
			add := func(n int) {
				bb := col.NewBatchBuilder(in, n)
				for range n {
					next++
					bb.Row(1, types.FixedDatum(next), types.FixedDatum(next%100))
				}
				o.Push(ctx, 0, bb.Batch(), nil)
				o.EndEpoch(ctx, func(*col.Batch) {})
			}
			add(size)
			b.ResetTimer()
			for range b.N {
				add(100)
			}
		})
	}
}
