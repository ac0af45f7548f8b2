// Package builtin holds every function, operator, aggregate and table function:
// its signature and its kernel in one entry, so that the binder (planner), the
// evaluator (exec/expr), the operators (exec/op), pg_proc and the reference
// documentation read the same list.
//
// Main types: Func (scalar function or operator), Agg (aggregate with its
// Accumulators or Collect), TableFunc (set-returning function), Env (what a kernel
// may ask about the statement), Call (one evaluation over a batch).
//
// Families live in one file each: f_*.go scalar functions and operators, a_*.go
// aggregates, t_*.go table functions. Adding a function is adding one entry to its
// family; all.go lists the families. Every entry has an Example that is run as a
// test.
//
// Resolution (resolve.go) is PostgreSQL's: exact match first, then the candidates
// that implicit casts reach, then most exact matches, preferred types, the category
// of unknown literals, and finally the type of the known arguments.
//
// Invariants:
//
//   - I1: a kernel depends on its arguments and Env only; two evaluations over equal
//     input give equal bytes. Clocks, randomness and settings come from Env.
//   - I2: NULL handling of strict functions is in Apply, nowhere else.
//   - I3: linear accumulators are exact: adding rows with +1 and -1 in any order
//     leaves the state's result as if only the remaining rows had been added.
//   - I4: the tables are built once at start and never change; everything here may
//     be called from any goroutine, except a Call, which belongs to one.
package builtin
