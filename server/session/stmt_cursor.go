package session

import (
	"context"
	"errors"
	"time"

	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// cursor is a DECLAREd query.
type cursor struct {
	*cursorState
	hold bool
	// fresh: declared in the transaction that is in progress; it goes with it.
	fresh bool
	// binary: rows are sent in binary format whatever FETCH asks for.
	binary bool
	// at is the number of rows passed so far: the position of the cursor.
	at int64
	// kept has all rows of a cursor that may go back; nil for one that reads as it goes.
	kept *keptRows
}

func (s *Session) dropCursor(name string) {
	if c := s.cursors[name]; c != nil {
		c.close()
		delete(s.cursors, name)
	}
}

func (s *Session) runDeclare(ctx context.Context, st *sql.DeclareCursor) (*result, error) {
	if !s.txn.block && !st.Hold {
		return nil, pgerr.New(pgerr.NoActiveSQLTransaction, "DECLARE CURSOR can only be used in transaction blocks")
	}
	if s.cursors[st.Name] != nil || s.portals[st.Name] != nil {
		return nil, pgerr.Newf(pgerr.DuplicateCursor, "cursor %q already exists", st.Name)
	}
	res, err := s.exec(ctx, &prepared{stmt: st.Query}, nil)
	if err != nil {
		return nil, err
	}
	c := &cursor{cursorState: &cursorState{result: res}, hold: st.Hold, binary: st.Binary}
	scroll := st.Scroll != nil && *st.Scroll
	switch {
	case scroll && res.live:
		c.close()
		return nil, pgerr.New(pgerr.FeatureNotSupported, "a cursor of a push query cannot be scrolled")
	case scroll || st.Hold && !res.live:
		// A held cursor outlives the snapshot it reads: its rows are kept.
		if err := c.materialize(ctx, scroll); err != nil {
			c.close()
			return nil, err
		}
	}
	c.fresh = true
	s.cursors[st.Name] = c
	return command("DECLARE CURSOR"), nil
}

func (c *cursor) materialize(ctx context.Context, scroll bool) error {
	var list []*col.Batch
	for {
		b, err := c.rows.Next(ctx)
		if err != nil {
			return err
		}
		if b == nil {
			break
		}
		list = append(list, b)
	}
	c.rows.Close()
	c.rows = &batches{list: list}
	if scroll {
		c.kept = &keptRows{list: list}
	}
	return nil
}

func (s *Session) cursor(name string) (*cursor, error) {
	if c := s.cursors[name]; c != nil {
		return c, nil
	}
	return nil, pgerr.Newf(pgerr.InvalidCursorName, "cursor %q does not exist", name)
}

// cursorOrPortal finds a cursor, or makes one of a portal of the extended protocol,
// which FETCH and MOVE move, too.
func (s *Session) cursorOrPortal(ctx context.Context, name string) (*cursor, error) {
	p := s.portals[name]
	if p == nil || p.prepared.stmt == nil {
		return s.cursor(name)
	}
	if _, ok := p.prepared.stmt.(*sql.SelectStmt); !ok {
		return nil, pgerr.Newf(pgerr.ObjectNotInPrerequisiteState, "portal \"%s\" cannot be run", name)
	}
	if p.run == nil {
		res, err := s.exec(ctx, p.prepared, p.params)
		if err != nil {
			return nil, pgwire.InText(err, p.prepared.source)
		}
		p.run = &cursorState{result: res}
	}
	return &cursor{cursorState: p.run, at: p.run.sent}, nil
}

func (s *Session) runFetch(ctx context.Context, st *sql.Fetch) (*result, error) {
	c, err := s.cursorOrPortal(ctx, st.Cursor)
	if err != nil {
		return nil, err
	}
	list, err := s.fetchRows(ctx, c, st)
	if err != nil {
		return nil, err
	}
	var n int64
	for _, b := range list {
		n += int64(b.N)
	}
	if st.Move {
		return counted("MOVE", n), nil
	}
	// The tag counts what was fetched, however many portions the client takes it in.
	res := table(c.fields, func(int64) string { return "FETCH " + itoa(n) }, list...)
	res.binary = c.binary
	return res, nil
}

// fetchRows moves the cursor as st says and gives the rows it passes.
func (s *Session) fetchRows(ctx context.Context, c *cursor, st *sql.Fetch) ([]*col.Batch, error) {
	if c.kept != nil {
		return c.scroll(st), nil
	}
	skip, want, err := fetchRange(st, c.at)
	if err != nil {
		return nil, err
	}
	wait, err := fetchTimeout(st)
	if err != nil {
		return nil, err
	}
	if skip > 0 {
		if _, err := s.fetch(ctx, c, skip, wait); err != nil {
			return nil, err
		}
	}
	return s.fetch(ctx, c, want, wait)
}

// formats are the wire formats of the cursor's rows.
func (c *cursor) formats() []int16 {
	if c.binary {
		return []int16{1}
	}
	return nil
}

// fetchRange turns the direction into rows to skip and rows to give (-1: all).
// Cursors go forward only.
func fetchRange(st *sql.Fetch, at int64) (skip, want int64, err error) {
	backward := pgerr.New(pgerr.ObjectNotInPrerequisiteState, "cursor can only scan forward").
		WithHint("Declare it with SCROLL option to enable backward scan.")
	switch st.Direction {
	case sql.FetchForward:
		if st.All {
			return 0, -1, nil
		}
		if st.Count < 0 {
			return 0, 0, backward
		}
		return 0, st.Count, nil
	case sql.FetchAbsolute:
		if st.Count <= at {
			return 0, 0, backward
		}
		return st.Count - at - 1, 1, nil
	case sql.FetchRelative:
		if st.Count <= 0 {
			return 0, 0, backward
		}
		return st.Count - 1, 1, nil
	}
	return 0, 0, backward
}

// fetchTimeout is how long FETCH waits for the first rows of a push query; -1 is
// for ever. Without the option a FETCH waits; WITH (timeout = '0s') gives what is there.
func fetchTimeout(st *sql.Fetch) (time.Duration, error) {
	wait := time.Duration(-1)
	for _, o := range st.Options {
		if o.Name != "timeout" {
			return 0, pgerr.Newf(pgerr.SyntaxError, "unrecognized FETCH option %q", o.Name).At(int(o.Pos))
		}
		d, err := time.ParseDuration(o.Value)
		if err != nil || d < 0 {
			return 0, pgerr.Newf(pgerr.InvalidParameterValue, "%q is not a duration", o.Value).
				WithHint("Write for example timeout = '5s'.").At(int(o.Pos))
		}
		wait = d
	}
	return wait, nil
}

// errFetchTimeout ends the wait of FETCH ... WITH (timeout = ...).
var errFetchTimeout = errors.New("fetch timeout")

// fetch takes up to want rows (-1: all) off the cursor. From a push query it gives
// what is there once there is anything.
func (s *Session) fetch(ctx context.Context, c *cursor, want int64, wait time.Duration) ([]*col.Batch, error) {
	if wait >= 0 {
		var done context.CancelFunc
		ctx, done = context.WithTimeoutCause(ctx, max(wait, time.Microsecond), errFetchTimeout)
		defer done()
	}
	var list []*col.Batch
	var n int64
	for want < 0 || n < want {
		if c.live && n > 0 && c.rest == nil {
			break
		}
		limit := 0
		if want > 0 {
			limit = int(want - n)
		}
		b, err := c.take(ctx, limit)
		if errors.Is(err, errFetchTimeout) {
			break
		}
		if err != nil {
			return nil, err
		}
		if b == nil {
			break
		}
		list, n = append(list, b), n+int64(b.N)
	}
	c.at += n
	return list, nil
}

func (s *Session) runCloseCursor(st *sql.CloseCursor) (*result, error) {
	if st.Name == "" {
		for name := range s.cursors {
			s.dropCursor(name)
		}
		return command("CLOSE CURSOR ALL"), nil
	}
	if s.portals[st.Name] != nil {
		s.dropPortal(st.Name)
		return command("CLOSE CURSOR"), nil
	}
	if _, err := s.cursor(st.Name); err != nil {
		return nil, err
	}
	s.dropCursor(st.Name)
	return command("CLOSE CURSOR"), nil
}

// cursorFields describes FETCH without running it.
func (s *Session) cursorFields(ctx context.Context, st *sql.Fetch) ([]pgwire.Field, error) {
	if p := s.portals[st.Cursor]; p != nil && !st.Move {
		return s.fields(ctx, p.prepared)
	}
	if s.portals[st.Cursor] != nil {
		return nil, nil
	}
	c, err := s.cursor(st.Cursor)
	if err != nil || st.Move {
		return nil, err
	}
	return c.fields, nil
}
