package sql

// groupShape says how many expressions an item of GROUP BY has.
type groupShape struct {
	item  *GroupItem
	exprs int
	items []*groupShape
}

// groupBy reads GROUP BY and ksqlDB's PARTITION BY.
func (r *rewriter) groupBy(head *headRecord) {
	commas := &separator{r: r}
	if r.accept("group") {
		r.want("by")
		r.emit("GROUP BY")
		if head.groupDistinct = r.accept("distinct"); !head.groupDistinct {
			r.accept("all")
		}
		for {
			head.group = append(head.group, r.groupItem(commas))
			if !r.acceptPunct(",") {
				break
			}
		}
		if !commas.later { // GROUP BY () alone has no expression
			commas.next()
			r.leaf(&Literal{Pos: head.pos, Kind: LitNull})
		}
	}
	if !r.accept("partition", "by") {
		return
	}
	if head.group == nil {
		r.emit("GROUP BY")
	}
	for {
		commas.next()
		r.expr()
		head.partition++
		if !r.acceptPunct(",") {
			return
		}
	}
}

// groupItem reads one item of GROUP BY and emits its expressions.
func (r *rewriter) groupItem(commas *separator) *groupShape {
	r.enter()
	defer r.leave()
	shape := &groupShape{item: &GroupItem{Pos: r.pos()}}
	switch {
	case r.kws("grouping", "sets") && r.isAt(2, "("):
		shape.item.Kind = GroupSets
		r.p++
	case r.kw("rollup") && r.isAt(1, "("):
		shape.item.Kind = GroupRollup
	case r.kw("cube") && r.isAt(1, "("):
		shape.item.Kind = GroupCube
	default:
		r.groupExpr(shape, commas)
		return shape
	}
	r.p += 2
	for {
		shape.items = append(shape.items, r.groupItem(commas))
		if !r.acceptPunct(",") {
			break
		}
	}
	r.wantPunct(")")
	return shape
}

// groupExpr reads an expression, (a, b) or ().
func (r *rewriter) groupExpr(shape *groupShape, commas *separator) {
	if r.is("(") && r.isAt(1, ")") {
		r.p += 2
		return
	}
	commas.next()
	r.expr()
	shape.exprs = 1
}
