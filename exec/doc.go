// Package exec runs queries: epochs turn ranges of the log into committed state
// and changes.
//
// # Flow
//
// An Engine owns one Store (package state) and reads one Log. Its loop cuts an
// epoch whenever something was applied: a vector with one journal index per Raft
// group, recorded in the system partition of the log, then executed. For each
// stream the new record batches are decoded once; for each table they become
// deltas against the stored rows; every live flow (the operator graph of a
// materialized view, a stream sink or a subscription) receives the deltas of the
// objects it scans, in dependency order, and gives its own delta to those that
// scan it. The rows of all views go to the store in one batch, and then the
// frontier moves: a new Snapshot is published and subscribers get their part.
//
// # Invariants
//
//	E1  An epoch is a pure function of the state before it, the log up to its
//	    vector, and its clock. No operator reads anything else.
//	E2  A Snapshot shows all tables and views at one epoch.
//	E3  Store contents and operator state in a checkpoint belong to the same
//	    epoch, exactly; recovery starts there and replays the recorded epochs.
//	E4  A statement's writes are one log append. It is acknowledged when durable.
//	E5  Two transactions that write one key of a table and overlap in time: the
//	    first to commit wins, the other gets 40001.
//	    Statements outside a block that name rows by their whole key start from the
//	    last committed rows instead of a snapshot (point.go); E5 holds for them too.
//	E6  A new flow computes its past on its own and joins the loop between two
//	    epochs, having seen every delta exactly once.
//	E7  A subscriber never blocks the loop: its queue is bounded and overflow ends it.
//
// # Goroutines and locks
//
// The loop (Engine.run) owns flows, sources and the batch of the epoch. A backfill
// has one goroutine that owns its flow until it hands it to the loop. Pull queries
// run in the caller's goroutine (or one of their own) on a Snapshot. Lock order:
// commits.mu, then Engine.mu, then Subscription.mu; none is held over I/O.
// Engine.checkpointing keeps commits outside the loop away from a checkpoint.
//
// exec does not know SQL text: it sees bound plans only.
package exec
