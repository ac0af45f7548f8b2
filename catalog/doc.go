// Package catalog holds the named things of the database (schemas, streams,
// tables, views, indexes) and their history, and the list of settings.
//
// # Flow
//
//	session: Change (built against a Snapshot) -> Encode -> Proposer (journal, group 0)
//	journal: Catalog.Apply(index, bytes) -> new Snapshot -> watchers -> Result or error
//
// A change is checked when it is applied, not when it is proposed: two sessions
// may race, and only the journal's order decides. A change that does not fit
// gives an error, which Apply returns as a value, and changes nothing.
//
// # Types
//
// Snapshot is one immutable version; readers keep it as long as they like.
// Object is a relation at that version. Change is one Op with the search path it
// is to be read with. Result says what an applied change did.
//
// # Invariants
//
//   - I1: Apply is a function of the state and the bytes: no clock, no map order,
//     no randomness. Every replica has the same catalog at the same index.
//   - I2: ids are given by Apply, in order, and never used twice.
//   - I3: objects and snapshots are never changed after they are published.
//   - I4: names of relations and of indexes (that of a primary key included) are
//     one name space in each schema, as in PostgreSQL.
//   - I5: every id in Object.DependsOn exists, and dependencies have no cycle.
//   - I6: the text in Object.Definition, bound with Object.SearchPath, means the
//     objects in DependsOn; a rename rewrites the text of all that read the object.
//
// # Concurrency
//
// Apply, Restore and Watch are called from one goroutine at a time (the journal's);
// Current may be called from any. Watchers run inside Apply, in order.
//
// # What this package does not do
//
// It does not type expressions or queries: the planner has done that before a
// change is proposed. It knows nothing of how rows are stored. System tables are
// in package syscat; names in their schemas are only protected here.
package catalog
