package pgerr

import (
	"errors"
	"fmt"
)

// Error is an error with everything PostgreSQL's ErrorResponse can carry for it.
type Error struct {
	Code    string // SQLSTATE, five characters
	Message string // primary message
	Detail  string
	Hint    string
	// Position is the byte offset in the statement text plus one; 0 means none.
	// The wire layer turns it into PostgreSQL's 1-based character position.
	Position int
	// Where is the context (PostgreSQL's CONTEXT): a line of COPY input, for example.
	Where string
	// Source is the text that Position refers to, when it is not the text of the
	// message that failed: that of a prepared statement, found out at Bind.
	Source string
	// Schema, Table, Column, DataType and Constraint name the object at fault, where
	// there is one.
	Schema, Table, Column, DataType, Constraint string

	// Stack is where a bug was found; it is for the server's log, never for clients.
	Stack []byte

	cause error
}

// New returns an error with the given SQLSTATE and message.
func New(code, message string) *Error { return &Error{Code: code, Message: message} }

// Newf is New with formatting.
func Newf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap gives err a SQLSTATE and a message; err stays in the chain.
func Wrap(err error, code, message string) *Error {
	return &Error{Code: code, Message: message, cause: err}
}

// Error returns the primary message, with the cause behind it where there is one.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

// Unwrap returns the wrapped cause, if any.
func (e *Error) Unwrap() error { return e.cause }

// SQLState returns the SQLSTATE; Code looks for this method.
func (e *Error) SQLState() string { return e.Code }

// WithDetail sets the detail and returns e.
func (e *Error) WithDetail(format string, args ...any) *Error {
	e.Detail = fmt.Sprintf(format, args...)
	return e
}

// WithHint sets the hint and returns e.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// At sets the position to the byte offset pos (0-based) and returns e. A
// position that is already set stays: the innermost place is the exact one.
func (e *Error) At(pos int) *Error {
	if e.Position == 0 && pos >= 0 {
		e.Position = pos + 1
	}
	return e
}

// At gives err a position if it is an *Error without one, and returns err.
func At(err error, pos int) error {
	var e *Error
	if errors.As(err, &e) {
		e.At(pos)
	}
	return err
}

// As returns err as an *Error: itself, or one made from its SQLState method, or
// an internal error (XX000).
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: Code(err), Message: err.Error(), cause: nil}
}

// Code returns the SQLSTATE of the first error in the chain that has one, and
// XX000 (internal error) when none has.
func Code(err error) string {
	var s interface{ SQLState() string }
	if errors.As(err, &s) {
		return s.SQLState()
	}
	return InternalError
}

// Bug returns the value to panic with when our own code broke a rule. The
// session turns it into XX000; log and state stop the node.
func Bug(format string, args ...any) *Error {
	return &Error{Code: InternalError, Message: "bug: " + fmt.Sprintf(format, args...)}
}
