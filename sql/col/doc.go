// Package col holds rows as columns: typed vectors (Vec), batches of them with
// Z-set weights (Batch), builders, gathering, the byte form of a batch (log,
// checkpoint, spill) and the byte forms of single rows (state).
//
// A Vec has one of two layouts, by Type.IsFixed: Fix (one int64 per row) or Off
// and Buf (byte strings). There are no pointers per row. A vector is immutable
// once it has left the function that made it; batches share vectors freely.
//
// Two byte forms of a row exist and must not be mixed up:
//
//   - the exact form (AppendRow): equal bytes exactly when the stored values are
//     equal. Weights of a Z-set cancel by this form: a retraction of 1.00 must
//     meet the insertion of 1.00, not of 1.0.
//   - the key form (AppendKey): equal bytes exactly when SQL says "equal", and
//     byte order is SQL order. Grouping, joining, DISTINCT, ORDER BY, primary
//     keys and view rows in the store use it.
//
// A failed evaluation is a value too: Vec.Errs holds an error for a row, and
// that row of the vector has no value. Strict functions pass it on, CASE takes
// only the errors of the branch it chooses, and whoever consumes the row decides:
// a pull query fails, a continuous query puts the row into millrace.row_errors.
package col
