package pgwire

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
)

// errGone means that the client left or its socket failed: there is nobody to tell.
var errGone = errors.New("connection to client lost")

// fatalError is an error that ends the connection.
type fatalError struct{ error }

func (e fatalError) Unwrap() error { return e.error }

func fatal(err error) error { return fatalError{err} }

func fatalf(code, format string, args ...any) error {
	return fatalError{pgerr.Newf(code, format, args...)}
}

func errCanceled() error {
	return pgerr.New(pgerr.QueryCanceled, "canceling statement due to user request")
}

func errShutdown() error {
	return fatalf(pgerr.AdminShutdown, "terminating connection due to administrator command")
}

// isFatal reports whether err ends the connection: those of ours that say so, and
// the SQLSTATEs that PostgreSQL always raises as FATAL.
func isFatal(err error) bool {
	var f fatalError
	if errors.As(err, &f) {
		return true
	}
	switch pgerr.Code(err) {
	case pgerr.AdminShutdown, "57P02", "57P05", "25P03":
		return true
	}
	return false
}

// withCause replaces the error of a call that was interrupted by the reason for
// the interrupt. An error that has its own SQLSTATE is kept: it happened first.
func withCause(ctx context.Context, err error) error {
	cause := context.Cause(ctx)
	if cause == nil || errors.Is(err, errGone) {
		return err
	}
	var coded interface{ SQLState() string }
	if errors.As(err, &coded) && !errors.Is(err, context.Canceled) {
		return err
	}
	return cause
}

// Severity is the level of a notice.
type Severity string

// The levels of notices.
const (
	Notice  Severity = "NOTICE"
	Warning Severity = "WARNING"
	Info    Severity = "INFO"
	Log     Severity = "LOG"
	Debug   Severity = "DEBUG"
)

// response fills PostgreSQL's fields from e; text is what positions refer to.
func response(severity string, e *pgerr.Error, text string) pgproto3.ErrorResponse {
	if e.Source != "" {
		text = e.Source
	}
	return pgproto3.ErrorResponse{
		Severity:            severity,
		SeverityUnlocalized: severity,
		Code:                e.Code,
		Message:             clean(e.Message),
		Detail:              clean(e.Detail),
		Hint:                clean(e.Hint),
		Position:            charPosition(text, e.Position),
		Where:               clean(e.Where),
		SchemaName:          clean(e.Schema),
		TableName:           clean(e.Table),
		ColumnName:          clean(e.Column),
		DataTypeName:        clean(e.DataType),
		ConstraintName:      clean(e.Constraint),
	}
}

// toError returns what the user reads: the primary message, and behind it the
// cause where there is one.
func toError(err error) *pgerr.Error {
	e := pgerr.As(err)
	if text := e.Error(); text != e.Message {
		c := *e
		c.Message = text
		return &c
	}
	return e
}

// charPosition turns a byte position counted from 1 into a character position
// counted from 1; 0 when there is none or it lies outside the text.
func charPosition(text string, position int) int32 {
	if position <= 0 || position > len(text)+1 {
		return 0
	}
	return int32(utf8.RuneCountInString(text[:position-1]) + 1)
}

// clean takes out zero bytes, which end a field on the wire.
func clean(s string) string {
	if strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(s, "\x00", "")
}
