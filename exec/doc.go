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
// # Event time
//
// A flow with an operator on which time acts (op.Timed) carries watermarks: each scan of
// a stream follows the event time of its rows (leafTime), at the end of an epoch the
// watermarks go through the operators, inputs first, an operator's output having the
// least of its inputs'. What a watermark says of a column is the planner's knowledge
// (planner.eventTimes), so an operator only compares its columns, plus a lag that the
// plan gives it, with the watermark of the port. A new operator with an end in time
// implements op.Timed (Advance, Wake), gets its lags from the planner's last pass
// (planner.boundTimes), and needs nothing else of this package. For rows straight from a
// stream the plan can also read the watermark of each row's partition as of that row, a
// hidden column of the scan, so that what is late does not depend on epochs.
//
// Such flows also run when no rows come: Wake says at which watermark or clock, the
// flow notes the clock for it (setWake), and the loop cuts an epoch then. Before their
// first epoch is published they are checkpointed (checkpointNew).
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
