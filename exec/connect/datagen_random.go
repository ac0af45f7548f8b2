package connect

import (
	"math"
	"strconv"

	"millrace/sql/col"
	"millrace/sql/types"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// maxWeight bounds the weight of a choice: the values are kept that many times.
const maxWeight = 10_000

func isCount(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n > 0 && n <= maxWeight
}

func atoi(s string) int64 { n, _ := strconv.ParseInt(s, 10, 64); return n }

func intRange(t types.Type) (low, high int64) {
	switch t.Kind {
	case types.KindInt2:
		return math.MinInt16, math.MaxInt16
	case types.KindInt4:
		return math.MinInt32, math.MaxInt32
	}
	return math.MinInt64, math.MaxInt64
}

// random draws values between min and max.
func (f *fieldOptions) random() valueFunc {
	t := f.column.Type
	switch t.Kind {
	case types.KindInt2, types.KindInt4, types.KindInt8:
		low, high := f.between("0", "999")
		return func(b *col.Builder, _, _ int64, r *random) { b.Int(low + r.below(high-low+1)) }
	case types.KindBool:
		return func(b *col.Builder, _, _ int64, r *random) { b.Bool(r.next()&1 == 1) }
	case types.KindFloat4, types.KindFloat8:
		low, span := f.floats()
		return func(b *col.Builder, _, _ int64, r *random) {
			x := low + r.unit()*span
			if t.Kind == types.KindFloat4 {
				x = float64(float32(x))
			}
			b.Float(x)
		}
	case types.KindNumeric:
		return f.decimals()
	case types.KindText, types.KindVarchar:
		return f.letters()
	case types.KindDate:
		low, high := f.between("2000-01-01", "2029-12-31")
		return func(b *col.Builder, _, _ int64, r *random) { b.Int(low + r.below(high-low+1)) }
	case types.KindTimestamp, types.KindTimestamptz:
		low, high := f.between("2000-01-01", "2029-12-31")
		return func(b *col.Builder, _, _ int64, r *random) { b.Int(low + r.below(high-low+1)) }
	}
	return f.refuse("random")
}

// between reads min and max as values of the column's type.
func (f *fieldOptions) between(low, high string) (from, to int64) {
	from, to = f.datum("min", low).I, f.datum("max", high).I
	if to < from || to-from < 0 || to-from == math.MaxInt64 {
		f.fail(f.prefix+"max", "", "It must not be below min, nor so far above that no number holds the distance.")
		return 0, 0
	}
	return from, to
}

func (f *fieldOptions) floats() (low, span float64) {
	low = f.number(f.prefix+"min", "0", -math.MaxFloat32, math.MaxFloat32)
	high := f.number(f.prefix+"max", "1", -math.MaxFloat32, math.MaxFloat32)
	if high < low {
		f.fail(f.prefix+"max", "", "It must not be below min.")
	}
	return low, high - low
}

// decimals draws numerics with the scale of the type, or 2 digits behind the point.
func (f *fieldOptions) decimals() valueFunc {
	low, span := f.floats()
	t := f.column.Type
	return func(b *col.Builder, _, _ int64, r *random) {
		text := strconv.FormatFloat(low+r.unit()*span, 'f', 2, 64)
		d, err := types.ParseText(t, text, nil)
		if err != nil { // the range does not fit the type's precision
			b.Null()
			return
		}
		b.Datum(d)
	}
}

// letters draws words of lower-case letters.
func (f *fieldOptions) letters() valueFunc {
	length := f.integer(f.prefix+"length", 10, 0)
	if length > 1<<20 {
		f.fail(f.prefix+"length", itoa(length), "A text has at most 1048576 letters here.")
		return nil
	}
	return func(b *col.Builder, _, _ int64, r *random) {
		b.Grow(func(buf []byte) []byte {
			for range length {
				buf = append(buf, byte('a'+r.below(26)))
			}
			return buf
		})
	}
}
