package log

import (
	"context"
	"errors"
	"fmt"

	"millrace/log/replica"
)

// Error is what the log reports by itself: a fixed kind with its SQLSTATE, and a
// text about the case at hand.
type Error struct {
	state string
	text  string
	kind  *Error // the sentinel; nil in a sentinel
	cause error
}

// Sentinels, for errors.Is.
var (
	ErrNotLeader  = &Error{state: "57P03", text: "this node does not lead the group"}
	ErrClosed     = &Error{state: "57P01", text: "log is shutting down"}
	ErrOutOfRange = &Error{state: "22023", text: "offset is out of range"}
	ErrFenced     = &Error{state: "40001", text: "producer has been fenced by a newer epoch"}
	ErrOutOfOrder = &Error{state: "55000", text: "producer sequence is out of order"}
	ErrDropped    = &Error{state: "42P01", text: "stream has been dropped"}
	ErrTooLarge   = &Error{state: "54000", text: "record batch is too large"}
	ErrArgument   = &Error{state: "22023", text: "argument of an append is not valid"}
	// ErrUncertain says that the append may or may not have happened; after a restart
	// it has happened entirely or not at all.
	ErrUncertain = &Error{state: "40003", text: "outcome of the append is not known"}
	// ErrStopped says that a write or sync failed and nothing is accepted any more.
	ErrStopped = &Error{state: "58030", text: "log has stopped"}
	// ErrFull is ErrStopped when the disk was full.
	ErrFull  = &Error{state: "53100", text: "log has stopped: disk is full"}
	ErrInUse = &Error{state: "55006", text: "data directory is in use by another process"}
)

// newError makes an error of a kind with its own text.
func newError(kind *Error, format string, args ...any) *Error {
	return &Error{state: kind.state, text: fmt.Sprintf(format, args...), kind: kind}
}

// wrap makes an error of a kind around a cause.
func wrap(kind *Error, cause error) *Error {
	return &Error{state: kind.state, text: kind.text, kind: kind, cause: cause}
}

// Error is the text, and the cause behind it.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.text + ": " + e.cause.Error()
	}
	return e.text
}

// SQLState is the SQLSTATE of the kind.
func (e *Error) SQLState() string { return e.state }

// Is says that e is of the kind target.
func (e *Error) Is(target error) bool { return target == error(e.kind) }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.cause }

// outward turns an error of replica into one of this package.
func outward(err error) error {
	var stopped *replica.FailureError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, replica.ErrUncertain):
		return wrap(ErrUncertain, err)
	case errors.Is(err, replica.ErrNotLeader):
		return ErrNotLeader
	case errors.Is(err, replica.ErrClosed):
		return ErrClosed
	case errors.As(err, &stopped) && stopped.SQLState() == ErrFull.state:
		return wrap(ErrFull, stopped.Cause)
	case errors.As(err, &stopped):
		return wrap(ErrStopped, stopped.Cause)
	}
	return err
}

// interrupted is the error of a wait that ctx ended while an append was under way.
func interrupted(ctx context.Context) error { return wrap(ErrUncertain, context.Cause(ctx)) }

// errInterrupted says that the wait for room was ended before anything was appended.
var errInterrupted = errors.New("wait for the log was ended")

// interruptedBy gives errInterrupted its cause.
func interruptedBy(ctx context.Context, err error) error {
	if errors.Is(err, errInterrupted) {
		return fmt.Errorf("%w: %w", err, context.Cause(ctx))
	}
	return err
}

// bug is the panic of wrong code: the node stops.
type bug string

// Error names the fault.
func (b bug) Error() string { return "log: " + string(b) }

// SQLState is INTERNAL ERROR.
func (b bug) SQLState() string { return "XX000" }
