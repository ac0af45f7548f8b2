package pgwire

import (
	"context"
	"net"
	"time"

	"millrace/sql/types"
)

// Handler makes sessions. NewSession is called from the goroutine of the new
// connection, many at a time; its error is reported as FATAL. ctx ends with the
// connection.
type Handler interface {
	NewSession(ctx context.Context, info StartupInfo, w *Writer) (Session, error)
}

// StartupInfo is what a client said when it connected.
type StartupInfo struct {
	User, Database string
	// Params are the settings of the start-up packet, those inside "options" included.
	Params map[string]string
	Remote net.Addr
	PID    int32
}

// Session executes statements. All calls for one connection come from one
// goroutine. The Writer given to NewSession takes results and notices during any
// of the calls.
//
// ctx is cancelled when the client cancels, disconnects or terminates, and on
// forced shutdown; a method then returns soon, with any error (the connection
// reports the cause, 57014 or 57P01). Otherwise ctx goes on after the call ends.
//
// An error of any method is reported to the client, and Fail is called. An error
// with Position refers to the text of the call, or to its Source if that is set.
type Session interface {
	// ParameterStatus returns the settings to report: all at the first call, then
	// those changed since the last one.
	ParameterStatus() []Parameter
	// TxStatus is 'I' outside a transaction block, 'T' inside, 'E' in a failed one.
	TxStatus() byte
	// IdleTimeout is how long the client may stay silent in the present state, 0 for
	// ever, and the error that ends the connection then.
	IdleTimeout() (time.Duration, error)

	// SimpleQuery executes all statements of text as one implicit transaction and
	// writes everything but ReadyForQuery.
	SimpleQuery(ctx context.Context, text string) error

	// Parse makes a prepared statement; the name "" is the unnamed one.
	Parse(ctx context.Context, name, query string, paramOIDs []uint32) error
	// Bind makes a portal. The slices of b may be kept.
	Bind(ctx context.Context, b Bind) error
	DescribeStatement(ctx context.Context, name string) (Statement, error)
	DescribePortal(ctx context.Context, name string) (Portal, error)
	// Execute runs a portal for at most maxRows rows (0: all). It writes rows and,
	// unless it is suspended, CommandComplete or EmptyQuery.
	Execute(ctx context.Context, portal string, maxRows uint32) (suspended bool, err error)
	CloseStatement(ctx context.Context, name string) error
	ClosePortal(ctx context.Context, name string) error
	// Sync ends the implicit transaction of a pipeline: commits it, or rolls it back
	// after Fail.
	Sync(ctx context.Context) error
	// Fail says that an error was reported to the client, one of the session's own or
	// of the protocol: the transaction in progress has failed.
	Fail()
	// Close ends the session and rolls back. No call follows.
	Close()
}

// Parameter is a reported setting.
type Parameter struct{ Name, Value string }

// Bind is the Bind message. Format codes are 0 (text) and 1 (binary): none for
// all text, one for all, or one for each.
type Bind struct {
	Portal, Statement string
	Params            [][]byte // nil is NULL
	ParamFormats      []int16
	ResultFormats     []int16
}

// Field is a column of a result.
type Field struct {
	Name string
	Type types.Type
	// Table and Column are the oid and attribute number behind the field, or 0.
	Table  uint32
	Column int16
}

// Statement describes a prepared statement. Fields is nil when it returns no
// rows, which is not the same as rows without columns.
type Statement struct {
	Params []uint32
	Fields []Field
}

// Portal describes a portal, with the result formats of its Bind.
type Portal struct {
	Fields  []Field
	Formats []int16
}

// BinaryFormat reports whether position i of a list of format codes is binary.
func BinaryFormat(formats []int16, i int) bool {
	switch len(formats) {
	case 0:
		return false
	case 1:
		return formats[0] == 1
	}
	return i < len(formats) && formats[i] == 1
}
