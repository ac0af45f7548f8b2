package session

import (
	"context"

	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// portal is a bound statement, possibly half executed.
type portal struct {
	prepared *prepared
	params   []types.Datum
	formats  []int16
	run      *cursorState // nil before the first Execute
}

// Bind implements pgwire.Session.
func (s *Session) Bind(_ context.Context, b pgwire.Bind) error {
	p, err := s.statement(b.Statement)
	if err != nil {
		return err
	}
	if b.Portal != "" && (s.portals[b.Portal] != nil || s.cursors[b.Portal] != nil) {
		return pgerr.Newf(pgerr.DuplicateCursor, "cursor %q already exists", b.Portal)
	}
	if p.stmt != nil {
		if err := s.plan(p); err != nil {
			return pgwire.InText(err, p.source)
		}
	}
	if len(b.Params) != len(p.params) {
		return pgerr.Newf(pgerr.ProtocolViolation,
			"bind message supplies %d parameters, but prepared statement %q requires %d",
			len(b.Params), b.Statement, len(p.params))
	}
	if n := len(b.ParamFormats); n > 1 && n != len(b.Params) {
		return pgerr.Newf(pgerr.ProtocolViolation,
			"bind message has %d parameter formats but %d parameters", n, len(b.Params))
	}
	params := make([]types.Datum, len(b.Params))
	for i, data := range b.Params {
		if data == nil {
			continue
		}
		if pgwire.BinaryFormat(b.ParamFormats, i) {
			params[i], err = types.ParseBinary(p.params[i], data)
		} else {
			params[i], err = types.ParseText(p.params[i], string(data), s.inputFormat())
		}
		if err != nil {
			return err
		}
	}
	s.dropPortal(b.Portal)
	s.portals[b.Portal] = &portal{prepared: p, params: params, formats: b.ResultFormats}
	return nil
}

func (s *Session) portal(name string) (*portal, error) {
	if p := s.portals[name]; p != nil {
		return p, nil
	}
	return nil, pgerr.Newf(pgerr.InvalidCursorName, "portal %q does not exist", name)
}

// DescribePortal implements pgwire.Session.
func (s *Session) DescribePortal(ctx context.Context, name string) (pgwire.Portal, error) {
	if c := s.cursors[name]; c != nil {
		// A cursor is a portal: drivers describe it after DECLARE.
		return pgwire.Portal{Fields: c.fields, Formats: c.formats()}, nil
	}
	p, err := s.portal(name)
	if err != nil {
		return pgwire.Portal{}, err
	}
	fields, err := s.fields(ctx, p.prepared)
	return pgwire.Portal{Fields: fields, Formats: p.formats}, pgwire.InText(err, p.prepared.source)
}

// Execute implements pgwire.Session.
func (s *Session) Execute(ctx context.Context, name string, maxRows uint32) (suspended bool, err error) {
	p, err := s.portal(name)
	if err != nil {
		return false, err
	}
	if p.prepared.stmt == nil {
		return false, s.w.EmptyQuery()
	}
	ctx, done := s.withTimeout(ctx)
	defer done()
	if p.run == nil {
		s.startStatement(p.prepared.stmt.Text())
		res, err := s.exec(ctx, p.prepared, p.params)
		if err != nil {
			return false, pgwire.InText(err, p.prepared.source)
		}
		p.run = &cursorState{result: res}
	}
	sent, err := s.send(ctx, p.run, p.formats, int(maxRows))
	if err != nil {
		p.run.close()
		return false, err
	}
	if !p.run.done {
		return true, nil
	}
	p.run.close()
	return false, s.w.CommandComplete(p.run.tag(sent))
}

// ClosePortal implements pgwire.Session.
func (s *Session) ClosePortal(_ context.Context, name string) error {
	s.dropPortal(name)
	return nil
}

func (s *Session) dropPortal(name string) {
	if p := s.portals[name]; p != nil {
		if p.run != nil {
			p.run.close()
		}
		delete(s.portals, name)
	}
}

// closePortals ends all portals and cursors of the transaction.
func (s *Session) closePortals() {
	for name := range s.portals {
		s.dropPortal(name)
	}
	for name, c := range s.cursors {
		if !c.hold {
			s.dropCursor(name)
		}
	}
}

// send writes up to max rows (0: all) of c to the client and returns how many in
// this call. It leaves c.done set when there are no more.
func (s *Session) send(ctx context.Context, c *cursorState, formats []int16, max int) (int64, error) {
	if c.binary && len(formats) == 0 {
		formats = []int16{1}
	}
	if c.fields != nil {
		if err := s.w.RowDescription(c.fields, formats, s.vars.format()); err != nil {
			return 0, err
		}
	}
	var sent int64
	for max == 0 || sent < int64(max) {
		if c.live {
			if err := s.w.Flush(); err != nil {
				return sent, err
			}
		}
		want := 0
		if max > 0 {
			want = max - int(sent)
		}
		b, err := c.take(ctx, want)
		if err != nil {
			return sent, err
		}
		if b == nil {
			break
		}
		if err := s.w.Rows(b, 0, b.N); err != nil {
			return sent, err
		}
		sent += int64(b.N)
	}
	if c.rows == nil {
		c.done = true
	}
	return sent, nil
}

// SimpleQuery implements pgwire.Session.
func (s *Session) SimpleQuery(ctx context.Context, text string) error {
	s.startStatement(text)
	defer func() { s.activity.idle(s.txn.block, s.txn.failed) }()
	text, replaced := sql.Variables(text, s.variables)
	stmts, err := parseAll(text)
	if err != nil {
		return replaced.Place(err)
	}
	if len(stmts) == 0 {
		return s.w.EmptyQuery()
	}
	s.dropPortal("")
	for i, st := range stmts {
		if err := s.simple(ctx, &prepared{stmt: st}, i == len(stmts)-1); err != nil {
			return replaced.Place(err)
		}
	}
	return nil
}

// simple runs one statement of a query string. After the last statement the implicit
// transaction is committed before the client hears of success; one that is a single
// write even before its rows are sent, so that it can be run again after a conflict.
func (s *Session) simple(ctx context.Context, p *prepared, last bool) error {
	ctx, done := s.withTimeout(ctx)
	defer done()
	if err := s.plan(p); err != nil {
		return err
	}
	if len(p.params) > 0 {
		return pgerr.New(pgerr.UndefinedParameter, "there is no parameter $1")
	}
	res, err := s.exec(ctx, p, nil)
	if err != nil {
		return err
	}
	c := &cursorState{result: res}
	defer c.close()
	if last && !s.txn.block && len(s.txn.replay) == 1 && res.again != nil {
		if res, err = s.commitFirst(ctx, res); err != nil {
			return err
		}
		c.result = res
	}
	sent, err := s.send(ctx, c, nil, 0)
	if err != nil {
		return err
	}
	if last && !s.txn.block {
		if err := s.commit(ctx); err != nil {
			return err
		}
	}
	return s.w.CommandComplete(c.tag(sent))
}
