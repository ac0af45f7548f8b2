package server

import (
	"millrace/catalog"
	"millrace/catalog/syscat"
	"millrace/exec/op"
)

// known is t, or 0 (NULL) for no time.
func known(t int64) syscat.Micros {
	if t == op.NoTime {
		return 0
	}
	return t
}

// LateRows implements syscat.Live.
func (e *sysenv) LateRows() []syscat.LateRow {
	var out []syscat.LateRow
	for _, r := range e.server.engine.LateRows() {
		out = append(out, syscat.LateRow{
			View: catalog.ObjectID(r.View), Epoch: r.Epoch, At: r.At, Operator: r.Operator,
			EventTime: known(r.Time), Watermark: known(r.Watermark), Row: r.Row, Count: r.Count,
		})
	}
	return out
}

// Watermarks implements syscat.Live.
func (e *sysenv) Watermarks() []syscat.Watermark {
	var out []syscat.Watermark
	for _, w := range e.server.engine.Watermarks() {
		out = append(out, syscat.Watermark{
			View: w.View, Stream: w.Stream, Partition: w.Partition, Largest: known(w.Max), Seen: known(w.Seen),
			Watermark: known(w.Watermark), Idle: w.Idle,
		})
	}
	return out
}
