package pgwire

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// extended executes one message of the extended protocol. After an error it skips
// to the next Sync.
func (c *conn) extended(ctx context.Context, f frame) error {
	text := ""
	err := context.Cause(ctx)
	if err == nil {
		text, err = c.extendedCall(ctx, f)
	}
	if err != nil {
		var in *textError
		if errors.As(err, &in) {
			text, err = in.text, in.error
		}
		return c.fail(ctx, err, text)
	}
	return c.w.err
}

// textError is an error whose position lies in text.
type textError struct {
	error
	text string
}

// Unwrap returns the error itself.
func (e *textError) Unwrap() error { return e.error }

// InText says which text the position of an error refers to, where pgwire cannot
// know: in Bind, Describe and Execute it sees names only. err may be nil.
func InText(err error, text string) error {
	if err == nil {
		return nil
	}
	return &textError{err, text}
}

// extendedCall also returns the text that positions in its error refer to.
func (c *conn) extendedCall(ctx context.Context, f frame) (string, error) {
	switch f.typ {
	case 'P':
		return c.parse(ctx, f.body)
	case 'B':
		return "", c.bind(ctx, f.body)
	case 'D':
		return "", c.describe(ctx, f.body)
	case 'E':
		return "", c.execute(ctx, f.body)
	case 'C':
		return "", c.closeObject(ctx, f.body)
	}
	panic(pgerr.Bug("message type %q passed the reader", f.typ))
}

func (c *conn) parse(ctx context.Context, body []byte) (string, error) {
	var m pgproto3.Parse
	if err := decode(&m, body); err != nil {
		return "", err
	}
	if err := types.CheckUTF8(m.Query); err != nil {
		return "", err
	}
	if err := types.CheckUTF8(m.Name); err != nil {
		return "", err
	}
	if err := c.session.Parse(ctx, m.Name, m.Query, m.ParameterOIDs); err != nil {
		return m.Query, err
	}
	return "", c.w.short('1')
}

func (c *conn) bind(ctx context.Context, body []byte) error {
	var m pgproto3.Bind
	if err := decode(&m, body); err != nil {
		return err
	}
	if bindLength(&m) != len(body) {
		return errFormat()
	}
	if n := len(m.ParameterFormatCodes); n > 1 && n != len(m.Parameters) {
		return pgerr.Newf(pgerr.ProtocolViolation,
			"bind message has %d parameter formats but %d parameters", n, len(m.Parameters))
	}
	for _, codes := range [][]int16{m.ParameterFormatCodes, m.ResultFormatCodes} {
		if err := checkFormats(codes); err != nil {
			return err
		}
	}
	err := c.session.Bind(ctx, Bind{
		Portal: m.DestinationPortal, Statement: m.PreparedStatement,
		Params: m.Parameters, ParamFormats: m.ParameterFormatCodes, ResultFormats: m.ResultFormatCodes,
	})
	if err != nil {
		return err
	}
	return c.w.short('2')
}

// bindLength is the length of the body that m was decoded from, if nothing stood
// behind it.
func bindLength(m *pgproto3.Bind) int {
	n := len(m.DestinationPortal) + len(m.PreparedStatement) + 2 + 3*2
	n += 2 * (len(m.ParameterFormatCodes) + len(m.ResultFormatCodes))
	for _, p := range m.Parameters {
		n += 4 + len(p)
	}
	return n
}

func checkFormats(codes []int16) error {
	for _, code := range codes {
		if code != 0 && code != 1 {
			return pgerr.Newf(pgerr.InvalidParameterValue, "unsupported format code: %d", code)
		}
	}
	return nil
}

func (c *conn) describe(ctx context.Context, body []byte) error {
	var m pgproto3.Describe
	if err := decode(&m, body); err != nil {
		return err
	}
	switch m.ObjectType {
	case 'S':
		st, err := c.session.DescribeStatement(ctx, m.Name)
		if err != nil {
			return err
		}
		_ = c.w.message(&pgproto3.ParameterDescription{ParameterOIDs: st.Params})
		return c.describeFields(st.Fields, nil)
	case 'P':
		p, err := c.session.DescribePortal(ctx, m.Name)
		if err != nil {
			return err
		}
		return c.describeFields(p.Fields, p.Formats)
	}
	return pgerr.Newf(pgerr.ProtocolViolation, "invalid DESCRIBE message subtype %d", m.ObjectType)
}

func (c *conn) describeFields(fields []Field, formats []int16) error {
	if fields == nil {
		return c.w.short('n')
	}
	return c.w.describe(fields, formats)
}

func (c *conn) execute(ctx context.Context, body []byte) error {
	var m pgproto3.Execute
	if err := decode(&m, body); err != nil {
		return err
	}
	limit := m.MaxRows
	if int32(limit) < 0 { // PostgreSQL takes negative limits as "all"
		limit = 0
	}
	c.w.inExecute = true
	suspended, err := c.session.Execute(ctx, m.Portal, limit)
	c.w.inExecute = false
	if err != nil {
		return err
	}
	if suspended {
		return c.w.short('s')
	}
	return nil
}

func (c *conn) closeObject(ctx context.Context, body []byte) error {
	var m pgproto3.Close
	if err := decode(&m, body); err != nil {
		return err
	}
	var err error
	switch m.ObjectType {
	case 'S':
		err = c.session.CloseStatement(ctx, m.Name)
	case 'P':
		err = c.session.ClosePortal(ctx, m.Name)
	default:
		err = pgerr.Newf(pgerr.ProtocolViolation, "invalid CLOSE message subtype %d", m.ObjectType)
	}
	if err != nil {
		return err
	}
	return c.w.short('3')
}

// sync ends the pipeline. Its error is reported and ReadyForQuery follows all the same.
func (c *conn) sync(ctx context.Context, body []byte) error {
	c.skipping = false
	if len(body) > 0 { // reported first, so that Sync rolls back
		if err := c.report(errFormat(), ""); err != nil {
			return err
		}
	}
	if err := c.session.Sync(ctx); err != nil {
		if err := c.report(withCause(ctx, err), ""); err != nil {
			return err
		}
	}
	return c.ready()
}
