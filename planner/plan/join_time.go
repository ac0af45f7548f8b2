package plan

// JoinTime bounds a join of rows that are only added by their event times.
type JoinTime struct {
	// Within: the join was written with WITHIN. A row without a match is given once, when
	// none can come any more. Else it is given at once, and taken back when one comes.
	Within bool
	// Grace is how long after the watermark a row still has matches.
	Grace int64
	// Bounded: the rest is known, and state can be freed. A pair of rows has column RTime
	// of the right one in column LTime of the left one + [Low, High]. Rows to come on a
	// side have time + lag > watermark, Grace included, or are late.
	Bounded      bool
	LTime, RTime int
	Low, High    int64
	LLag, RLag   int64
}

func (d *digest) joinTime(t *JoinTime) {
	if t == nil {
		return
	}
	d.flag(t.Within)
	d.flag(t.Bounded)
	d.ints([]int{t.LTime, t.RTime})
	for _, n := range []int64{t.Grace, t.Low, t.High, t.LLag, t.RLag} {
		d.int(n)
	}
}
