// Package plan is the contract between the planner and the executor: relational
// nodes and bound expressions as pure data. Everything is resolved: columns are
// positions, functions are builtin entries, types are known, sub-queries have
// become joins. The same tree serves a pull query (run once over a snapshot), a
// push query and a materialized view (maintained for ever).
//
// Nodes are immutable once planned and may be shared.
package plan
