package sql

// setShape is a tree of set operations; a leaf has the number of its argument.
type setShape struct {
	pos         Pos
	op          SetOpKind
	all         bool
	left, right *setShape
	leaf        int
}

func (r *rewriter) atSetOp() bool { return r.kwIn("union", "intersect", "except") != "" }

// atTail reports whether a clause of the whole query follows.
func (r *rewriter) atTail() bool {
	return r.continuesQuery(0) || r.kws("as", "of", "epoch")
}

// setOps reads operators that bind at least as tight as level (1 is INTERSECT)
// behind the operand l, and emits their operands.
func (r *rewriter) setOps(l *setShape, level int, leaves *int) *setShape {
	for chain := 0; ; chain++ {
		op, own := Union, 0
		switch r.kwIn("union", "except", "intersect") {
		case "":
			return l
		case "except":
			op = Except
		case "intersect":
			op, own = Intersect, 1
		}
		if own < level {
			return l
		}
		if chain > maxChain {
			r.tooDeep()
		}
		node := &setShape{pos: r.pos(), op: op, left: l}
		r.p++
		if node.all = r.accept("all"); !node.all {
			r.accept("distinct")
		}
		r.emit(",")
		node.right = r.setOps(r.setOperand(leaves), own+1, leaves)
		l = node
	}
}

func (r *rewriter) setOperand(leaves *int) *setShape {
	leaf := &setShape{pos: r.pos(), leaf: *leaves}
	*leaves++
	r.emit("(")
	r.term()
	r.ordered = false
	r.emit(")")
	return leaf
}
