package op

import "math"

// NoTime is a watermark before all times, or the absence of a moment to wait for; see
// Timed.
const NoTime = math.MinInt64

// Timed is an operator on which time acts beside rows.
//
// The engine carries a watermark from each stream through the operators, once in an
// epoch: when all deltas have been pushed and the operators before this one have ended
// the epoch. A watermark w at a port says of the event-time columns of that input,
// which the planner knows (planner/event_time.go): rows to come have column + lag > w,
// but for rows that are late. A port that no stream feeds has the watermark of the
// largest time. What an operator emits has the least watermark of its ports.
//
// Advance must be a function of the epoch as all else: watermarks follow from rows and
// from the clocks of recorded epochs.
type Timed interface {
	Op
	// Advance tells the watermarks of all ports, before EndEpoch. They never go back.
	// The slice is valid during the call.
	Advance(c *Ctx, watermarks []int64)
	// Wake tells when the operator has something to do even if no rows come: the least
	// watermark of its ports, and the least clock of an epoch, both NoTime where it waits
	// for nothing. It is asked between epochs.
	Wake() (watermark, clock int64)
}

// LateRow is a row that came behind the watermark, and was left out.
type LateRow struct {
	Op string
	RowError
	// Time is the event time by which it was late, Watermark the watermark it met.
	Time, Watermark int64
}
