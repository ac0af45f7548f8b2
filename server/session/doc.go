// Package session executes statements for one connection: it parses, plans and
// runs them, keeps the transaction, settings, prepared statements, portals and
// cursors, and writes results through pgwire.
//
// # Flow
//
// A statement becomes a runnable: its tree, parameter types and, for queries and
// DML, its plan (kept in prepared statements while the catalog stands still). A
// runnable with parameters bound is executed into a result: columns, a source of
// rows, a command tag. The simple protocol, the extended protocol, FETCH and COPY
// all drain a result in the same way; a push query is a result whose source waits.
//
// One handler file per statement family; dispatch.go maps tree types to handlers.
//
// # Transactions
//
// A transaction block, or the implicit transaction of a simple query string or of
// a pipeline up to Sync, is one exec.Txn: begun at its first DML statement (a block:
// at its first statement), committed at its end. An implicit transaction that loses
// a write conflict is run again, unless the client has been told something that the
// second run contradicts. DDL takes effect at once and is not part of a transaction.
//
// A read sees everything that was acknowledged to anybody before it, or less if the
// setting consistency allows: it waits for the epoch of the last write to what it reads.
// Single rows by key do not wait: the last commits are in memory.
//
// # Goroutines
//
// All calls of a Session come from its connection's goroutine. Shared state is in
// Backend, whose parts are safe for concurrent use.
package session
