// Package state keeps what the engine knows: the rows of tables and views and the
// state of operators.
//
// There are two halves.
//
// The Store is one Pebble instance without a write-ahead log. It holds rows of
// tables and materialized views, their secondary indexes, and the last checkpointed
// state of each operator. FORMAT.md describes its keys, values and files.
//
// The containers (Keys, Cells, Multimap, Tree) hold the state of operators in
// memory, in a few large slices without pointers per entry, so that the garbage
// collector does not see the entries at all. They know which entries changed
// since the last Save, and Save writes only those. Entries have dense numbers
// (slots), which survive Save and Load: a restarted operator has the very same
// slots, so anything may refer to a slot.
//
// Invariants:
//
//   - I1: what Open gives is exactly one checkpoint: rows and operator state of one
//     epoch. Everything written after it is discarded, on purpose: replaying the
//     log from that epoch gives it again, and never twice.
//   - I2: a checkpoint directory without a valid CHECKPOINT file does not count. That
//     file is written last, when all else is durable.
//   - I3: between epochs a container holds no entry of weight 0.
//   - I4: order of iteration depends on the history of changes alone, never on
//     addresses, map order or the number of restarts.
//
// Goroutines: a Store and a Snapshot may be used by many at once; one Batch belongs
// to one; containers belong to the operator that has them. Checkpoint must not run
// together with Commit of a batch; the engine calls it between two epochs.
//
// The package knows nothing of epochs other than the number it stores, of the log,
// or of the meaning of rows.
package state
