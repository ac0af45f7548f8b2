package pgwire

import (
	"context"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// simpleQuery executes a Query message and answers ReadyForQuery.
func (c *conn) simpleQuery(ctx context.Context, body []byte) error {
	var m pgproto3.Query
	err := decode(&m, body)
	if err == nil {
		err = types.CheckUTF8(m.String)
	}
	if err == nil {
		err = c.session.SimpleQuery(ctx, m.String)
	}
	if err != nil {
		if err := c.report(withCause(ctx, err), m.String); err != nil {
			return err
		}
	}
	return c.ready()
}

// functionCall refuses the fast path, which no current driver uses.
func (c *conn) functionCall() error {
	err := pgerr.New(pgerr.FeatureNotSupported, "function call messages are not supported").
		WithHint("Use SELECT to call a function.")
	if err := c.report(err, ""); err != nil {
		return err
	}
	return c.ready()
}

// decoder is a message of pgproto3.
type decoder interface {
	Decode(src []byte) error
}

func decode(m decoder, body []byte) error {
	if err := m.Decode(body); err != nil {
		return errFormat()
	}
	return nil
}

func errFormat() error { return pgerr.New(pgerr.ProtocolViolation, "invalid message format") }
