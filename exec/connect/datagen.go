package connect

import (
	"math"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// datagen makes each column by a generator of its own.
type datagen struct {
	seed    int64
	columns []columnGen
}

// columnGen appends the value of row n.
type columnGen struct {
	t     types.Type
	value func(b *col.Builder, n, now int64, r *random)
	// nullRate is the share of rows that are NULL.
	nullRate float64
}

// Rows implements Generator.
func (d *datagen) Rows(first int64, count int, now int64) *col.Batch {
	out := &col.Batch{N: count, Cols: make([]*col.Vec, len(d.columns))}
	for i, c := range d.columns {
		b := col.NewBuilder(c.t, count)
		for n := first; n < first+int64(count); n++ {
			r := rowRandom(d.seed+int64(i)<<32, n)
			if c.nullRate > 0 && r.unit() < c.nullRate {
				b.Null()
				continue
			}
			c.value(b, n, now, &r)
		}
		out.Cols[i] = b.Vec()
	}
	return out
}

func openDatagen(o *options, declared types.Schema) (Generator, types.Schema, error) {
	if len(declared) == 0 {
		return nil, nil, pgerr.New(pgerr.InvalidTableDefinition, "a stream with connector \"datagen\" needs columns")
	}
	d := &datagen{seed: o.integer("seed", 0, math.MinInt64)}
	for _, c := range declared {
		f := &fieldOptions{options: o, prefix: "fields." + c.Name + ".", column: c}
		g := columnGen{t: c.Type, nullRate: o.number(f.prefix+"null_rate", "0", 0, 1)}
		g.value = f.generator()
		d.columns = append(d.columns, g)
	}
	return d, declared, o.err
}

// fieldOptions reads the options of one column.
type fieldOptions struct {
	*options
	prefix string
	column types.Column
}

type valueFunc = func(b *col.Builder, n, now int64, r *random)

// generator chooses how the column is made: by its kind, and without one by its type.
func (f *fieldOptions) generator() valueFunc {
	def := "random"
	k := f.column.Type.Kind
	switch {
	case f.has(f.prefix + "values"):
		def = "choice"
	case f.has(f.prefix + "start"):
		def = "sequence"
	case k == types.KindTimestamp || k == types.KindTimestamptz:
		def = "now"
	}
	switch f.choice(f.prefix+"kind", def, "sequence", "random", "choice", "now") {
	case "sequence":
		return f.sequence()
	case "choice":
		return f.choices()
	case "now":
		return f.now()
	}
	return f.random()
}

// refuse reports a kind that the column's type cannot have.
func (f *fieldOptions) refuse(kind string) valueFunc {
	if f.err == nil {
		f.err = pgerr.Newf(pgerr.DatatypeMismatch, "column %q of type %s cannot be generated as %q",
			f.column.Name, f.column.Type, kind).
			WithHint("Kind \"choice\" takes values of any type.")
	}
	return func(b *col.Builder, _, _ int64, _ *random) { b.Null() }
}

func (f *fieldOptions) now() valueFunc {
	switch f.column.Type.Kind {
	case types.KindTimestamp, types.KindTimestamptz:
		return func(b *col.Builder, _, now int64, _ *random) { b.Int(now) }
	}
	return f.refuse("now")
}

// sequence counts from start by step; with end it begins anew behind it.
func (f *fieldOptions) sequence() valueFunc {
	t := f.column.Type
	switch t.Kind {
	case types.KindInt2, types.KindInt4, types.KindInt8:
		start, step := f.integer(f.prefix+"start", 1, math.MinInt64), f.integer(f.prefix+"step", 1, math.MinInt64)
		low, high := intRange(t)
		end := f.integer(f.prefix+"end", high, math.MinInt64)
		if start < low || step == 0 || step > 0 && end < start || step < 0 && end > start {
			f.fail(f.prefix+"start", "", "The sequence must lead from start to end within its type.")
			return nil
		}
		count := (end-start)/step + 1
		if count <= 0 {
			count = math.MaxInt64
		}
		return func(b *col.Builder, n, _ int64, _ *random) { b.Int(start + step*(n%count)) }
	case types.KindTimestamp, types.KindTimestamptz:
		start, step := f.datum("start", "2000-01-01").I, f.interval("step", "1 second")
		return func(b *col.Builder, n, _ int64, _ *random) { b.Int(start + step*n) }
	case types.KindText, types.KindVarchar:
		prefix := f.text(f.prefix+"prefix", "")
		start := f.integer(f.prefix+"start", 1, 0)
		return func(b *col.Builder, n, _ int64, _ *random) { b.Str(prefix + itoa(start+n)) }
	}
	return f.refuse("sequence")
}

// choices picks one of the values, each given as text; "value:3" is three times as
// likely as "value".
func (f *fieldOptions) choices() valueFunc {
	var list []types.Datum
	for _, v := range strings.Split(f.text(f.prefix+"values", ""), ",") {
		weight := int64(1)
		if text, w, ok := strings.Cut(v, ":"); ok && isCount(w) {
			v, weight = text, atoi(w)
		}
		d := f.parse(f.prefix+"values", strings.TrimSpace(v))
		for range weight {
			list = append(list, d)
		}
	}
	return func(b *col.Builder, _, _ int64, r *random) { b.Datum(list[r.below(int64(len(list)))]) }
}

// datum reads an option as a value of the column's type.
func (f *fieldOptions) datum(name, def string) types.Datum {
	return f.parse(f.prefix+name, f.text(f.prefix+name, def))
}

func (f *fieldOptions) parse(name, value string) types.Datum {
	d, err := types.ParseText(f.column.Type, value, nil)
	if err != nil {
		f.fail(name, value, "The value must be of type "+f.column.Type.String()+".")
	}
	return d
}

func (f *fieldOptions) interval(name, def string) int64 {
	v := f.text(f.prefix+name, def)
	iv, err := types.ParseInterval(types.Interval, v, nil)
	if err != nil || iv.Months != 0 {
		f.fail(f.prefix+name, v, "The value is an interval without months.")
	}
	return iv.Micros + int64(iv.Days)*86400_000_000
}
