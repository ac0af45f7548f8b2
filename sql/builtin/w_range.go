package builtin

import (
	"math"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// RangeOffset is the distance of a bound of a RANGE frame, for ORDER BY columns of one
// type. It is not for concurrent use.
type RangeOffset struct {
	value  types.Datum
	move   func(env *Env, base types.Datum, sub bool) (edge types.Datum, beyond bool, err error)
	prior  func(types.Datum) (types.Datum, error) // brings a column's value to type t
	t      types.Type                             // in which values are compared
	always func(base types.Datum, sub bool) bool  // every value is in range
}

// RangeOffsetType is the type that an offset must have for an ORDER BY column of type
// t; ok is false when RANGE with offsets does not exist for t.
func RangeOffsetType(t types.Type) (want types.Type, ok bool) {
	switch {
	case t.IsInteger():
		return types.Int8, true
	case t.IsFloat():
		return types.Float8, true
	}
	switch t.Kind {
	case types.KindNumeric:
		return types.Numeric, true
	case types.KindDate, types.KindTimestamp, types.KindTimestamptz, types.KindTime, types.KindInterval:
		return types.Of(types.KindInterval), true
	}
	return types.Type{}, false
}

// NewRangeOffset checks an offset, whose type is what RangeOffsetType says for t.
func NewRangeOffset(t types.Type, offset types.Datum) (*RangeOffset, error) {
	r := &RangeOffset{value: offset, t: t.Base()}
	negative := false
	switch {
	case t.IsInteger():
		negative = offset.I < 0
		r.move = r.moveInt
	case t.IsFloat():
		f := offset.Float()
		negative = math.IsNaN(f) || f < 0
		r.move, r.prior, r.t = r.moveFloat, nil, t.Base()
		r.always = func(base types.Datum, sub bool) bool {
			side := 1
			if sub {
				side = -1
			}
			return math.IsInf(f, 0) && math.IsInf(base.Float(), -side)
		}
	case t.Kind == types.KindNumeric:
		negative = r.setNumeric()
	default:
		negative = r.setInterval(t)
	}
	if negative {
		return nil, pgerr.New(pgerr.InvalidFrameOffset, "invalid preceding or following size in window function")
	}
	return r, nil
}

// InRange reports whether v <= base + offset (less) or v >= base + offset; sub takes
// the offset away instead.
func (r *RangeOffset) InRange(env *Env, v, base types.Datum, sub, less bool) (bool, error) {
	if r.always != nil && r.always(base, sub) {
		return true, nil
	}
	edge, beyond, err := r.move(env, base, sub)
	if err != nil {
		return false, err
	}
	if beyond { // the edge is past all values of the type
		return sub != less, nil
	}
	if r.prior != nil {
		if v, err = r.prior(v); err != nil {
			return false, err
		}
	}
	c := types.Compare(r.t, v, edge)
	if less {
		return c <= 0, nil
	}
	return c >= 0, nil
}

func (r *RangeOffset) moveInt(_ *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
	step := addChecked
	if sub {
		step = subChecked
	}
	edge, ok := step(base.I, r.value.I)
	return types.FixedDatum(edge), !ok, nil
}

func (r *RangeOffset) moveFloat(_ *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
	f := r.value.Float()
	if sub {
		f = -f
	}
	return types.FloatDatum(base.Float() + f), false, nil
}

func (r *RangeOffset) setNumeric() (negative bool) {
	d := types.DecodeDecimal([]byte(r.value.S))
	zero := types.FromInt64(0, 0)
	r.move = func(_ *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
		b := types.DecodeDecimal([]byte(base.S))
		if sub {
			b = b.Sub(d)
		} else {
			b = b.Add(d)
		}
		return types.BytesDatum(string(b.AppendStored(nil))), false, nil
	}
	r.always = func(base types.Datum, sub bool) bool {
		b := types.DecodeDecimal([]byte(base.S))
		return d.IsInf() && b.IsInf() && (b.Cmp(zero) > 0) == sub
	}
	return d.IsNaN() || d.Cmp(zero) < 0
}

// setInterval prepares columns of dates, timestamps, times and intervals. A date moves
// as the timestamp at its beginning.
func (r *RangeOffset) setInterval(t types.Type) (negative bool) {
	v := types.DecodeInterval([]byte(r.value.S))
	minus := func() (types.IntervalValue, error) { return v.Neg() }
	signed := func(sub bool) (types.IntervalValue, error) {
		if sub {
			return minus()
		}
		return v, nil
	}
	switch t.Kind {
	case types.KindInterval:
		r.move = func(_ *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
			by, err := signed(sub)
			if err != nil {
				return types.Null, false, err
			}
			sum, err := types.DecodeInterval([]byte(base.S)).Add(by)
			return sum.Datum(), false, err
		}
	case types.KindTime:
		// Beyond midnight a time does not wrap: the edge is past all values.
		r.move = func(_ *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
			by := v.Micros
			if sub {
				by = -by
			}
			edge, ok := addChecked(base.I, by)
			return types.FixedDatum(edge), !ok, nil
		}
		return v.Micros < 0
	default:
		r.moveTimestamps(t, signed)
	}
	return v.Cmp(types.IntervalValue{}) < 0
}

func (r *RangeOffset) moveTimestamps(t types.Type, signed func(bool) (types.IntervalValue, error)) {
	if t.Kind == types.KindDate {
		r.t = types.Timestamp
		r.prior = func(d types.Datum) (types.Datum, error) {
			ts, err := types.DateToTimestamp(d.I)
			return types.FixedDatum(ts), err
		}
	}
	r.move = func(env *Env, base types.Datum, sub bool) (types.Datum, bool, error) {
		by, err := signed(sub)
		if err != nil {
			return types.Null, false, err
		}
		if r.prior != nil {
			if base, err = r.prior(base); err != nil {
				return types.Null, false, err
			}
		}
		zone := env.Location()
		if t.Kind != types.KindTimestamptz {
			zone = nil
		}
		edge, err := types.AddInterval(base.I, by, zone)
		return types.FixedDatum(edge), false, err
	}
}
