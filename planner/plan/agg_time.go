package plan

// AggTime bounds the life of an Aggregate's groups by event time: the watermark closes
// them. Durations are in microseconds.
type AggTime struct {
	// Grace is GRACE PERIOD, -1 when not given: how long after its end a window takes
	// rows. Retention is how long after its end its rows stay in the result, -1: for ever.
	Grace, Retention int64

	// The planner's last pass sets the rest, for a continuous query (Bounded).
	Bounded bool
	// Key is the position in Keys of the event-time column by which groups end.
	Key int
	// A row is left out when the watermark is past its key by Late, a group ends when it
	// is past it by Close.
	Late, Close int64
	// RowWatermark is the input's column with the watermark of each row's partition as of
	// that row, -1 if there is none.
	RowWatermark int
	// Final: a group is emitted when it ends. Retract: what was emitted of it is then
	// taken back.
	Final, Retract bool
}

func (d *digest) aggTime(t *AggTime) {
	if t == nil || !t.Bounded {
		return
	}
	d.text("time")
	d.ints([]int{t.Key, t.RowWatermark})
	d.int(t.Late)
	d.int(t.Close)
	d.flag(t.Final)
	d.flag(t.Retract)
}
