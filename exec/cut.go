package exec

import (
	"math"

	"millrace/log"
)

// cut is the vector of the next epoch: all that was applied, or, when a stream brings
// much more than EpochRows rows (after a pause, or from a fast writer), as much as
// makes an epoch of about that size. So an epoch's deltas and its time are bounded,
// whatever has piled up. With several groups nothing is cut off: a vector must not
// part an append that several groups share.
func (e *Engine) cut(applied []log.Index) []log.Index {
	if len(applied) != 1 {
		return applied
	}
	limit := applied[0]
	for _, s := range e.sources {
		for _, p := range s.parts {
			if i, ok := e.cutPart(p); ok {
				limit = min(limit, i)
			}
		}
	}
	return []log.Index{limit}
}

// cutPart is the journal index of the record batch with which the partition has
// brought EpochRows rows; ok is false if all of it fits. That batch is not read yet,
// so the index is above that of the epoch before.
func (e *Engine) cutPart(p *partReader) (_ log.Index, ok bool) {
	rows := log.Offset(e.opts.EpochRows)
	if _, end := e.log.Ends(p.id); end-p.next <= rows {
		return 0, false
	}
	r := e.log.Reader(p.id, p.next+rows-1)
	defer r.Close()
	b, ok, err := r.Next(math.MaxInt64)
	return b.Index, ok && err == nil // what cannot be read is reported by who reads it
}
