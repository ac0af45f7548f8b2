// Package pgwire is everything between a net.Conn and a session: PostgreSQL's
// protocol 3.0 and 3.2, without any knowledge of SQL.
//
// # Life of a connection
//
//  1. startup.go: SSLRequest and GSSENCRequest are answered 'N', at most once
//     each; a CancelRequest is served and the connection closed; the start-up
//     packet is read, exactly its bytes, at most startupBytesMax of them. A newer
//     minor version and unknown protocol options are negotiated down.
//  2. Clients of the same machine are trusted, everybody else is refused (28000).
//  3. Handler.NewSession makes the Session; AuthenticationOk, the settings, the
//     cancel key and ReadyForQuery follow.
//  4. conn.go: the goroutine of run reads a message (frame.go) and calls the Session
//     (simple.go, extended.go, copy.go). The Session writes its results by a Writer
//     (writer.go, rows.go). While a statement takes long, the watcher, another
//     goroutine, reads ahead into a bounded queue (intake.go, inbox.go).
//  5. The connection ends by Terminate, EOF, a FATAL error or Shutdown.
//
// # Invariants
//
//   - I1: before authentication a connection makes us allocate no more than
//     startupBytesMax.
//   - I2: all calls of a Session come from the goroutine of run; only its ctx is
//     touched from outside (interrupt.go).
//   - I3: exactly one ReadyForQuery per Query, Sync and FunctionCall, and after an
//     error of the extended protocol nothing is executed up to the next Sync.
//   - I4: memory per connection is bounded: inboxBytesMax or one message read
//     ahead, flushBytes or one row to be sent. CopyData is handed on in pieces.
//   - I5: a cancel reaches the statement that runs when it comes, never a later one.
//
// # Cancel, disconnect, backpressure
//
// The watcher sees Terminate, EOF and socket errors while a statement runs for longer
// than watchAfter, or takes COPY data; it cancels the statement's context and makes a blocked write return. A
// client that closes only its sending side counts as gone: there is no other way
// to notice a client that just listens to a push query and dies. When more than
// inboxBytesMax are pipelined behind a running statement, reading pauses, and a
// disconnect is noticed when there is room again, or by a failing write.
//
// A client that does not read blocks its session in Writer.Flush; after
// Options.WriteTimeout its connection is closed. A pull or push query is thus
// throttled by its own reader, and the session must not hold anything that others
// wait for while it writes.
//
// # Errors
//
// Errors of a Session become ErrorResponse with PostgreSQL's fields (errors.go).
// Positions, which are byte offsets inside the server, are counted in characters
// on the wire. The error of an interrupted call is replaced by the reason of the
// interrupt: 57014 for a cancel, 57P01 for a shutdown. A panic of a session is
// logged with its stack and ends that connection only.
//
// # Goroutines and locks
//
// Per connection two goroutines: the server's start (or ServeConn's caller) owns
// the first, which starts and waits for the watcher; intake.turn says which of the two
// may read. Server.mu is taken before interrupt.mu; inbox.mu is taken alone. No lock is held over I/O.
//
// TLS, passwords and replication connections are not implemented.
package pgwire
