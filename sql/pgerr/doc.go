// Package pgerr is the one error type that users of Millrace see: a SQLSTATE, a
// primary message in PostgreSQL's style, and optionally a detail, a hint and a
// position in the statement text.
//
// Packages that may not import this one (log) return errors with a method
// SQLState() string; Code finds it anywhere in the chain.
//
// Message style: lower case, no full stop, names quoted, the kind of object
// named. Details and hints are whole sentences; a hint says what to do.
package pgerr
