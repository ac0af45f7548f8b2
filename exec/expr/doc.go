// Package expr evaluates bound expressions (planner/plan.Expr) over columnar batches.
//
// Compile turns an expression into a Program; Eval gives one vector with a row for
// each row of the batch, Filter the rows for which a condition is true, EvalConst
// the value of an expression without columns.
//
//	plan.Expr --Compile--> Program --Eval(env, batch)--> col.Vec
//
// Evaluation is vectorised: each node of the expression makes a whole vector. Values
// that are the same for all rows of a batch (constants, now(), functions of those)
// are computed once for each batch and widened only where a kernel needs it.
//
// Errors are values (Vec.Errs): a row that fails has no result, the other rows go on.
//
//   - I1: FALSE AND error is FALSE, TRUE OR error is TRUE, in any order; otherwise an
//     error outweighs NULL.
//   - I2: CASE and COALESCE give the error of a branch only to rows that take it.
//     Branches may be evaluated for all rows, except that volatile functions run for
//     the rows that take the branch only.
//   - I3: NULL handling of strict functions is builtin.Apply's.
//
// A Program keeps widened constants and compiled patterns between calls and is not
// safe for concurrent use; compile one for each worker.
package expr
