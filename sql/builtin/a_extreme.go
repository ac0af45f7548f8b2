package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var extremeAggs = makeExtremes()

func makeExtremes() []Agg {
	samples := []struct {
		t       types.Type
		example string
	}{
		{types.Int2, "%s(x::int2) of (1), (2), (null) = "},
		{types.Int4, "%s(x) of (1), (2), (null) = "},
		{types.Int8, "%s(x::int8) of (1), (2), (null) = "},
		{types.Float4, "%s(x::float4) of (1), (2) = "},
		{types.Float8, "%s(x::float8) of (1), (2) = "},
		{types.Numeric, "%s(x::numeric) of (1), (2) = "},
		{types.Text, ""},
		{types.Bpchar, ""},
		{types.Name, ""},
		{types.Date, ""},
		{types.Time, ""},
		{types.Timestamp, ""},
		{types.Timestamptz, ""},
		{types.Interval, ""},
		{types.OID, "%s(x::oid) of (1), (2) = "},
		{types.AnyArray, ""},
		{types.AnyEnum, ""},
	}
	var out []Agg
	for _, kind := range []struct {
		name, doc, result string
		sign              int
	}{{"max", "Largest value; NULL of none.", "2", 1}, {"min", "Smallest value; NULL of none.", "1", -1}} {
		for _, s := range samples {
			example := ""
			if s.example != "" {
				example = kind.name + s.example[2:] + kind.result
			}
			out = append(out, Agg{
				Name: kind.name, Args: list(s.t), Returns: s.t, Doc: kind.doc, Example: example,
				Extreme: kind.sign, New: newExtreme(kind.sign),
			})
		}
	}
	return out
}

func newExtreme(sign int) func(args []types.Type) Accumulators {
	return func(args []types.Type) Accumulators {
		switch t := args[0]; {
		case t.IsFloat():
			return &floatExtremes{sign: sign}
		case t.IsFixed():
			return &wordExtremes{sign: sign}
		default:
			return &bytesExtremes{sign: sign, t: t}
		}
	}
}

// wordExtreme is the best value of a slot so far.
type wordExtreme struct {
	value int64
	has   bool
}

// wordExtremes keeps the largest (sign +1) or smallest word of append-only input.
type wordExtremes struct {
	slots[wordExtreme]
	sign int
}

func checkAppendOnly(w []int32) {
	for _, x := range w {
		if x < 0 {
			panic(pgerr.Bug("retraction from an extreme of append-only input"))
		}
	}
}

// Add implements Accumulators.
func (a *wordExtremes) Add(slots []int32, args []*col.Vec, w []int32) {
	checkAppendOnly(w)
	v, state := args[0], a.s
	fix := v.Fix[:len(slots)]
	for i, s := range slots {
		if v.Nulls != nil && v.Nulls.Get(i) {
			continue
		}
		x, st := fix[i], &state[s]
		if !st.has || (x > st.value) == (a.sign > 0) {
			*st = wordExtreme{x, true}
		}
	}
}

// Result implements Accumulators.
func (a *wordExtremes) Result(slot int32, out *col.Builder) {
	if st := a.s[slot]; st.has {
		out.Int(st.value)
	} else {
		out.Null()
	}
}

// AppendState implements Accumulators.
func (a *wordExtremes) AppendState(dst []byte, slot int32) []byte {
	st := a.s[slot]
	return appendWords(append(dst, byte(bit(st.has))), uint64(st.value))
}

// LoadState implements Accumulators.
func (a *wordExtremes) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	has := r.byte() != 0
	a.s[slot] = wordExtreme{r.int64(), has}
	return r.rest()
}

// floatExtremes orders the words as floats.
type floatExtremes struct {
	wordExtremes
	sign int
}

// Add implements Accumulators.
func (a *floatExtremes) Add(slots []int32, args []*col.Vec, w []int32) {
	checkAppendOnly(w)
	v := args[0]
	for i, s := range slots {
		if v.IsNull(i) {
			continue
		}
		st := &a.s[s]
		if !st.has || orderFloats(v.Float(i), math.Float64frombits(uint64(st.value)))*a.sign > 0 {
			*st = wordExtreme{v.Fix[i], true}
		}
	}
}

// bytesExtreme is a place in the arena.
type bytesExtreme struct {
	off, size uint32
	has       bool
}

// bytesExtremes keeps values in one arena. A value that is replaced leaves garbage,
// which is squeezed out when it is more than half.
type bytesExtremes struct {
	slots[bytesExtreme]
	arena   []byte
	garbage int
	sign    int
	t       types.Type
}

func (a *bytesExtremes) value(slot int32) []byte {
	st := a.s[slot]
	return a.arena[st.off : st.off+st.size]
}

// Add implements Accumulators.
func (a *bytesExtremes) Add(slots []int32, args []*col.Vec, w []int32) {
	checkAppendOnly(w)
	v := args[0]
	for i, s := range slots {
		if v.IsNull(i) {
			continue
		}
		x := v.Bytes(i)
		if !a.s[s].has || types.CompareRaw(a.t, 0, x, 0, a.value(s))*a.sign > 0 {
			a.set(s, x)
		}
	}
}

func (a *bytesExtremes) set(slot int32, x []byte) {
	st := &a.s[slot]
	if int(st.size) >= len(x) {
		a.garbage += int(st.size) - len(x)
		copy(a.arena[st.off:], x)
		st.size, st.has = uint32(len(x)), true
		return
	}
	a.garbage += int(st.size)
	*st = bytesExtreme{uint32(len(a.arena)), uint32(len(x)), true}
	a.arena = append(a.arena, x...)
	if a.garbage > 1<<16 && a.garbage > len(a.arena)/2 {
		a.squeeze()
	}
}

func (a *bytesExtremes) squeeze() {
	fresh := make([]byte, 0, len(a.arena)-a.garbage)
	for i := range a.s {
		st := &a.s[i]
		value := a.arena[st.off : st.off+st.size]
		st.off = uint32(len(fresh))
		fresh = append(fresh, value...)
	}
	a.arena, a.garbage = fresh, 0
}

// Result implements Accumulators.
func (a *bytesExtremes) Result(slot int32, out *col.Builder) {
	if a.s[slot].has {
		out.Raw(a.value(slot))
	} else {
		out.Null()
	}
}

// Reset implements Accumulators.
func (a *bytesExtremes) Reset(slot int32) {
	a.garbage += int(a.s[slot].size)
	a.slots.Reset(slot)
}

// MemBytes implements Accumulators.
func (a *bytesExtremes) MemBytes() int64 { return a.slots.MemBytes() + int64(cap(a.arena)) }

// AppendState implements Accumulators.
func (a *bytesExtremes) AppendState(dst []byte, slot int32) []byte {
	return appendSized(append(dst, byte(bit(a.s[slot].has))), a.value(slot))
}

// LoadState implements Accumulators.
func (a *bytesExtremes) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	has := r.byte() != 0
	x := r.bytes()
	a.Reset(slot)
	if has && !r.bad {
		a.set(slot, x)
	}
	return r.rest()
}
