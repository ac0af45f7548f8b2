// Package op is the relational operators: incremental, single-threaded, over
// batches of weighted rows.
//
// An operator gets deltas with Push, any number of them in an epoch, and is told
// with EndEpoch that the epoch has no more. What it emits in an epoch is the exact
// change of its result. A pull query is the same operators run for one epoch over
// all rows as a delta from nothing.
//
// Two kinds:
//
//   - linear ones (filter, project, union, table functions, matches of a join) emit
//     in Push;
//   - those whose result is not linear in the rows (aggregates, distinct, rows of
//     outer joins without a match, Top-N, window functions, ...) note what was
//     touched, and emit the difference between the old and the new result in
//     EndEpoch: at most one retraction and one insertion for each key.
//
// Invariants:
//
//   - O1: the sum of everything emitted so far is the operator applied to the sum of
//     everything pushed so far, however the input is cut into batches and epochs.
//     Check (optest.go) tests this for each operator.
//   - O2: no result depends on the order of a Go map, on addresses, on the clock, or
//     on whether the state was saved and loaded. Touched keys come in the order of
//     their first touch; ties are broken by the whole row.
//   - O3: in its first epoch an operator that was never given a retraction emits none.
//   - O4: weights cancel by exact row (col.AppendRow); grouping, joining and ordering
//     go by key form (col.AppendKey). Where SQL-equal rows differ exactly (1.0 and
//     1.00), the operator keeps one representative until the key is gone.
//   - O5: a row on which an expression fails goes to Ctx.Errs with its weight and out
//     of the data flow. Filter and project are functions of the row, so the
//     retraction of the row gives the same error again with weight -1.
//
// State lives in the containers of package state. Save and Load are called between
// epochs only. An operator may keep batches it is given, since batches are immutable;
// state that outlives the epoch is copied.
package op
