package session

import (
	"context"

	"millrace/exec"
	"millrace/server/pgwire"
	"millrace/sql/col"
)

// result is the outcome of a statement on its way to the client.
type result struct {
	// fields describes the rows; nil when the statement returns none.
	fields []pgwire.Field
	// rows gives the rows; nil when there are none.
	rows rowSource
	// tag is the command tag, given the number of rows sent.
	tag func(sent int64) string
	// live: rows arrive over time, and what is there must be sent at once.
	live bool
	// binary: the rows go out in binary format where the client names no formats.
	binary bool
	// again makes the result of a write anew after it was run again.
	again func(*exec.WriteResult) *result
}

// rowSource gives batches until nil. Batches stay valid.
type rowSource interface {
	Next(ctx context.Context) (*col.Batch, error)
	Close()
}

// command is a result without rows.
func command(tag string) *result { return &result{tag: func(int64) string { return tag }} }

// counted is a result without rows whose tag ends in a count.
func counted(verb string, n int64) *result {
	return command(verb + " " + itoa(n))
}

// batches is a rowSource over rows in memory.
type batches struct{ list []*col.Batch }

// Next implements rowSource.
func (b *batches) Next(context.Context) (*col.Batch, error) {
	if len(b.list) == 0 {
		return nil, nil
	}
	first := b.list[0]
	b.list = b.list[1:]
	return first, nil
}

// Close implements rowSource.
func (b *batches) Close() { b.list = nil }

// table is a result of rows in memory.
func table(fields []pgwire.Field, tag func(int64) string, list ...*col.Batch) *result {
	return &result{fields: fields, rows: &batches{list: list}, tag: tag}
}

// queryRows adapts exec.Rows and releases the snapshot it reads with it.
type queryRows struct {
	*exec.Rows
	release func()
}

// Next implements rowSource.
func (q *queryRows) Next(ctx context.Context) (*col.Batch, error) { return q.Rows.Next(ctx) }

// Close implements rowSource.
func (q *queryRows) Close() {
	q.Rows.Close()
	if q.release != nil {
		q.release()
		q.release = nil
	}
}

// cursorState is a result being drained in portions: a portal or a cursor.
type cursorState struct {
	*result
	rest *col.Batch // rows taken from the source but not sent yet
	from int        // first of them
	sent int64
	done bool
}

// take returns up to max rows (0: one batch of any size), nil at the end.
func (c *cursorState) take(ctx context.Context, max int) (*col.Batch, error) {
	if c.rest == nil {
		if c.rows == nil || c.done {
			c.done = true
			return nil, nil
		}
		b, err := c.rows.Next(ctx)
		if err != nil {
			return nil, err
		}
		if b == nil {
			c.done = true
			return nil, nil
		}
		c.rest, c.from = b, 0
	}
	to := c.rest.N
	if max > 0 {
		to = min(to, c.from+max)
	}
	out := c.rest.Slice(c.from, to)
	c.from = to
	if to == c.rest.N {
		c.rest = nil
	}
	c.sent += int64(out.N)
	return out, nil
}

// close ends the source.
func (c *cursorState) close() {
	if c.rows != nil {
		c.rows.Close()
	}
	c.done = true
}
