package builtin

import (
	"time"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// WindowKind is how windows of time lie beside each other.
type WindowKind uint8

// The kinds of windows that a row's time alone decides about.
const (
	// TumbleWindows follow each other.
	TumbleWindows WindowKind = iota
	// HopWindows begin every Step and overlap.
	HopWindows
	// CumulateWindows begin every Size; a window ends after each Step up to Size.
	CumulateWindows
)

// WindowSpec defines windows of time as pure data. They are aligned to 1970-01-01
// 00:00 plus Offset.
type WindowSpec struct {
	Kind               WindowKind
	Size, Step, Offset types.IntervalValue // Step is 0 for TumbleWindows
	// Zone is the time zone in whose clock instants are cut; "" is UTC. A window over
	// a change of that clock is longer or shorter than Size.
	Zone string
}

// windowsMax bounds the windows that one row falls into.
const windowsMax = 10_000

// fixedMax is the largest time whose windows cannot reach out of the range of timestamps:
// 100,000 years from 2000, and windows are shorter than that.
const fixedMax = 100_000 * 365 * microsPerDay

// windowOrigin is 1970-01-01 00:00.
const windowOrigin = unixEpoch * microsPerSecond

// TimeWindows finds the windows of a time. It may be used by many at once.
type TimeWindows struct {
	spec       WindowSpec
	size, step length
	offset     types.IntervalValue
	zone       *time.Location // nil: UTC, or a timestamp without zone
	// fixed: neither months nor a zone make windows differ in length.
	fixed bool
}

// length is a size of windows: either months, or microseconds that never differ.
type length struct {
	months, micros int64
}

func (l length) interval() types.IntervalValue {
	return types.IntervalValue{Months: int32(l.months), Micros: l.micros}
}

// most is the length in microseconds at most.
func (l length) most() int64 { return l.micros + l.months*31*microsPerDay }

// least is the length in microseconds at least.
func (l length) least() int64 { return l.micros + l.months*28*microsPerDay }

// NewTimeWindows checks a definition.
func NewTimeWindows(s WindowSpec) (*TimeWindows, error) {
	w := &TimeWindows{spec: s, offset: s.Offset}
	var err error
	if w.size, err = windowLength("size", s.Size); err != nil {
		return nil, err
	}
	w.step = w.size
	if s.Kind != TumbleWindows {
		if w.step, err = windowLength("step", s.Step); err != nil {
			return nil, err
		}
		if err := w.checkStep(); err != nil {
			return nil, err
		}
	}
	if s.Offset.Months != 0 && w.grid().months == 0 {
		return nil, pgerr.New(pgerr.InvalidParameterValue,
			"window offset must not contain months or years unless the windows are months or years")
	}
	if s.Zone != "" {
		if w.zone, err = types.LoadZone(s.Zone); err != nil {
			return nil, err
		}
		if w.zone == time.UTC {
			w.zone = nil
		}
	}
	w.fixed = w.zone == nil && w.size.months == 0 && w.step.months == 0 && w.size.micros < fixedMax
	return w, nil
}

func windowLength(what string, v types.IntervalValue) (length, error) {
	l := length{months: int64(v.Months), micros: int64(v.Days)*microsPerDay + v.Micros}
	switch {
	case l.months != 0 && l.micros != 0:
		return l, pgerr.Newf(pgerr.InvalidParameterValue,
			"window %s must be either months and years or days and shorter units", what)
	case l.months < 0 || l.micros < 0 || l.months == 0 && l.micros == 0:
		return l, pgerr.Newf(pgerr.InvalidParameterValue, "window %s must be greater than zero", what)
	}
	return l, nil
}

func (w *TimeWindows) checkStep() error {
	size, step := w.size, w.step
	if size.most()/step.least() > windowsMax {
		return pgerr.Newf(pgerr.InvalidParameterValue, "a row would fall into more than %d windows", windowsMax).
			WithHint("Make the step longer.")
	}
	if w.spec.Kind != CumulateWindows {
		return nil
	}
	sameUnit := (size.months == 0) == (step.months == 0)
	switch {
	case size.months == 0 && step.months != 0,
		sameUnit && size.micros != 0 && size.micros%step.micros != 0,
		sameUnit && size.months != 0 && size.months%step.months != 0:
		return pgerr.New(pgerr.InvalidParameterValue, "size of cumulating windows must be a multiple of their step")
	}
	return nil
}

// grid is the distance between the starts of windows.
func (w *TimeWindows) grid() length {
	if w.spec.Kind == HopWindows {
		return w.step
	}
	return w.size
}

// MaxSize is the length of the longest window in microseconds, at most: zones may
// make a window some hours longer than its size.
func (w *TimeWindows) MaxSize() int64 {
	n := w.size.most()
	if w.zone != nil {
		n += 3 * 3600 * microsPerSecond
	}
	return n
}

// Bounds is the one window of TumbleWindows that holds ts. The start is in the window,
// the end is not. Infinite times are windows of their own.
func (w *TimeWindows) Bounds(ts int64) (start, end int64, err error) {
	if types.IsInfinite(ts) {
		return ts, ts, nil
	}
	if w.fixed && ts < fixedMax && ts > -fixedMax {
		origin := windowOrigin + w.shift()
		start = origin + floorDiv(ts-origin, w.size.micros)*w.size.micros
		return start, start + w.size.micros, nil
	}
	local := w.local(ts)
	from := w.at(w.index(local))
	to, err := types.AddInterval(from, w.size.interval(), nil)
	return w.instant(from), w.instant(to), err
}

// Append appends the bounds of all windows that hold ts, in the order of their starts
// and then of their ends.
func (w *TimeWindows) Append(starts, ends []int64, ts int64) ([]int64, []int64, error) {
	switch {
	case types.IsInfinite(ts):
		return append(starts, ts), append(ends, ts), nil
	case w.spec.Kind == TumbleWindows:
		start, end, err := w.Bounds(ts)
		return append(starts, start), append(ends, end), err
	case w.spec.Kind == CumulateWindows:
		return w.cumulate(starts, ends, ts)
	}
	return w.hop(starts, ends, ts)
}

func (w *TimeWindows) hop(starts, ends []int64, ts int64) ([]int64, []int64, error) {
	if w.fixed && ts < fixedMax && ts > -fixedMax {
		size, step, origin := w.size.micros, w.step.micros, windowOrigin+w.shift()
		start := origin + (floorDiv(ts-size-origin, step)+1)*step
		for ; start <= ts; start += step {
			starts, ends = append(starts, start), append(ends, start+size)
		}
		return starts, ends, nil
	}
	local := w.local(ts)
	last := w.index(local)
	first := last
	for {
		end, err := types.AddInterval(w.at(first-1), w.size.interval(), nil)
		if err != nil {
			return starts, ends, err
		}
		if end <= local {
			break
		}
		first--
	}
	for i := first; i <= last; i++ {
		from := w.at(i)
		to, err := types.AddInterval(from, w.size.interval(), nil)
		if err != nil {
			return starts, ends, err
		}
		if to > local { // a step longer than the size leaves gaps
			starts, ends = append(starts, w.instant(from)), append(ends, w.instant(to))
		}
	}
	return starts, ends, nil
}

func (w *TimeWindows) cumulate(starts, ends []int64, ts int64) ([]int64, []int64, error) {
	local := w.local(ts)
	from := w.at(w.index(local))
	last, err := types.AddInterval(from, w.size.interval(), nil)
	if err != nil {
		return starts, ends, err
	}
	start := w.instant(from)
	k := int64(1)
	if w.step.months == 0 {
		k += (local - from) / w.step.micros
	}
	for ; ; k++ {
		step := types.IntervalValue{Months: int32(k * w.step.months), Micros: k * w.step.micros}
		end, err := types.AddInterval(from, step, nil)
		if err != nil {
			return starts, ends, err
		}
		end = min(end, last)
		if end > local {
			starts, ends = append(starts, start), append(ends, w.instant(end))
		}
		if end == last {
			return starts, ends, nil
		}
	}
}

// Slice is the start of the stretch of time around ts within which all times fall into
// the same windows; ok is false if there are no such stretches, or they are not
// longer than the distance of windows that do not overlap.
func (w *TimeWindows) Slice(ts int64) (start int64, ok bool) {
	if w.zone != nil || w.spec.Kind != HopWindows || w.size.months != 0 || w.step.months != 0 ||
		w.size.micros <= w.step.micros || w.size.micros%w.step.micros != 0 || types.IsInfinite(ts) {
		return 0, false
	}
	return w.at(w.index(ts)), true
}

// local is the clock reading that windows are cut in.
func (w *TimeWindows) local(ts int64) int64 {
	if w.zone == nil {
		return ts
	}
	return types.ToLocal(ts, w.zone)
}

func (w *TimeWindows) instant(local int64) int64 {
	if w.zone == nil {
		return local
	}
	return types.FromLocal(local, w.zone)
}

// index is the number of the last window start at or before local; at is its reverse.
func (w *TimeWindows) index(local int64) int64 {
	grid := w.grid()
	local -= w.shift()
	if grid.months == 0 {
		return floorDiv(local-windowOrigin, grid.micros)
	}
	days, _ := types.SplitTimestamp(local)
	year, month, _ := types.CivilFromDate(days)
	return floorDiv(int64(year-1970)*12+int64(month-1)-int64(w.offset.Months), grid.months)
}

func (w *TimeWindows) at(i int64) int64 {
	grid := w.grid()
	if grid.months == 0 {
		return windowOrigin + i*grid.micros + w.shift()
	}
	const origin = windowOrigin / microsPerDay
	return types.AddMonths(origin, i*grid.months+int64(w.offset.Months))*microsPerDay + w.shift()
}

// shift is the part of the offset that is not months.
func (w *TimeWindows) shift() int64 { return int64(w.offset.Days)*microsPerDay + w.offset.Micros }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
