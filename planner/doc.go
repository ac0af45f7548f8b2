// Package planner turns statement trees into plans.
//
// # Flow
//
//	sql tree + catalog snapshot
//	  -> bind: names to columns, types inferred, literals read, sub-queries to joins
//	  -> rules: one rewriting each, in a fixed order, until nothing changes
//	  -> plan.Query, plan.View or plan.Write
//
// One plan serves pull queries, push queries and materialized views. What only
// a pull query may have (look-ups by key or index, a Sort without limit) is added
// or removed at the end, by Query and View.
//
// # Binding
//
// A level is one SELECT. It has a scope (the columns of its FROM), a node that
// gives those columns, and the aggregates that its expressions collect. While a
// level is bound, its expressions may hold planner's own nodes, which never leave
// the package: aggRef, groupingRef, overRef (a call with OVER), outerRef (a column of a
// query around), subExpr (a sub-query as a value) and srfRef. Building the level
// replaces them.
//
//   - I1: joining something to a level's node appends columns on the right, so an
//     expression that was bound before stays valid.
//   - I2: an outerRef holds an expression over the node of its level. Whoever
//     changes what the level's columns mean (grouping) maps these too.
//   - I3: a finished plan has no planner's own expression; Query, View and the
//     writes check it.
//
// # Sub-queries
//
// EXISTS, IN, ANY and ALL become semi, anti and mark joins; a scalar sub-query
// becomes a cross join when it stands alone. A correlated one is first tried by
// pulling its correlated predicates up into the join; equalities even go up through
// grouping, DISTINCT and Top-N, which then work within each value of the inner side.
// Where that does not do (inequalities below an aggregate, set operations) the
// sub-query is computed once for the distinct outer values that it reads, and joined
// back on them (type domain).
//
// # Recursion
//
// WITH RECURSIVE becomes plan.Recursive. Its term is bound as any query over a
// RecursiveRef, and is then made to carry the number of the iteration behind every row
// (type carrier), by which everything in it groups, joins and cuts: one copy of its
// operators then serves all iterations.
//
// # Rules
//
// A Rule has a name and rewrites one node, or the tree. Rules() is their order. They
// run in two stages: first everything that moves filters and simplifies, then the
// choice of how tables are read, with the rules that tidy up after both. Options
// turns them off one by one, or all: the answers must not change.
//
// # Properties
//
// UniqueKey tells which columns identify a row, AppendOnly whether a continuous query
// ever takes a row back. The key of a stored result and the kind of an aggregate's
// state follow from them.
//
// # Errors
//
// Code, message, hint and position are PostgreSQL's. Inside the binder an error
// ends the work by a panic with a private type; the exported functions return it
// (see error.go). No other panic is caught.
package planner
