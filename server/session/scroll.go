package session

import (
	"millrace/sql"
	"millrace/sql/col"
)

// keptRows is all rows of a scrollable cursor.
type keptRows struct{ list []*col.Batch }

func (k *keptRows) len() int64 {
	var n int64
	for _, b := range k.list {
		n += int64(b.N)
	}
	return n
}

// between returns the rows from to to, counted from 1 and both included.
func (k *keptRows) between(from, to int64) []*col.Batch {
	var out []*col.Batch
	first := int64(1)
	for _, b := range k.list {
		lo, hi := max(from-first, 0), min(to-first+1, int64(b.N))
		if lo < hi {
			out = append(out, b.Slice(int(lo), int(hi)))
		}
		first += int64(b.N)
	}
	return out
}

// reversed is between, last row first.
func (k *keptRows) reversed(from, to int64) []*col.Batch {
	var out []*col.Batch
	for i := to; i >= from; i-- {
		out = append(out, k.between(i, i)...)
	}
	return out
}

// scroll moves a cursor over kept rows: at is 0 before the first row, the number of
// the row it stands on, or one more than there are rows.
func (c *cursor) scroll(st *sql.Fetch) []*col.Batch {
	n, count := c.kept.len(), st.Count
	direction := st.Direction
	switch {
	case direction == sql.FetchForward && !st.All && count < 0:
		direction, count = sql.FetchBackward, -count
	case direction == sql.FetchBackward && !st.All && count < 0:
		direction, count = sql.FetchForward, -count
	}
	if st.All || count > n+1 {
		count = n + 1
	}
	switch {
	case count == 0 && direction < sql.FetchAbsolute:
		return c.kept.between(c.at, c.at)
	case direction == sql.FetchForward:
		from := c.at + 1
		c.at = min(c.at+count, n+1)
		return c.kept.between(from, c.at)
	case direction == sql.FetchBackward:
		to := c.at - 1
		c.at = max(c.at-count, 0)
		return c.kept.reversed(max(c.at, 1), min(to, n))
	case direction == sql.FetchAbsolute && count < 0:
		count += n + 1
	case direction == sql.FetchRelative:
		count += c.at
	}
	c.at = min(max(count, 0), n+1)
	return c.kept.between(c.at, c.at)
}
