package sql

// subscript reads [i] or [low:high].
func (r *rewriter) subscript(start int) {
	before := r.at(-1)
	node := &Subscript{Pos: r.pos()}
	r.p++
	hasLow, hasHigh := false, false
	if !r.is(":") {
		hasLow = true
		r.emit(",")
		r.expr()
	}
	if r.acceptPunct(":") {
		node.Slice = true
		if !r.is("]") {
			hasHigh = true
			r.emit(",")
			r.expr()
		}
	}
	r.wantPunct("]")
	r.emit(")")
	r.wrap(start, node.Pos, func(a []Expr) Expr {
		node.X, a = a[0], a[1:]
		_, chained := node.X.(*Subscript)
		node.Apart = chained && before.kind == tokPunct && before.text == ")"
		if !node.Slice {
			node.Index = a[0]
			return node
		}
		if hasLow {
			node.Low, a = a[0], a[1:]
		}
		if hasHigh {
			node.High = a[0]
		}
		return node
	})
}
