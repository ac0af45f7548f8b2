package op

import "millrace/sql/col"

// Union is UNION ALL of its inputs.
type Union struct{ stateless }

// NewUnion returns a union.
func NewUnion() *Union { return &Union{} }

// Push implements Op.
func (*Union) Push(_ *Ctx, _ int, b *col.Batch, out Emit) { emitRows(b, out) }

var _ Op = (*Union)(nil)
