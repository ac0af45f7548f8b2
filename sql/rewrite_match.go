package sql

// match reads [NOT] IN, LIKE, ILIKE, SIMILAR TO, BETWEEN.
func (r *rewriter) match(level int, l *left, word string) bool {
	pos, not := r.pos(), false
	if word == "not" {
		next := r.at(1)
		if next.kind != tokIdent {
			return false
		}
		not, word = true, next.text
	}
	switch word {
	case "in", "like", "ilike", "between":
	case "similar": // SUBSTRING(x SIMILAR y ..) has the word alone
		if !r.kwAt(1, "to") && !not {
			return false
		}
	default:
		return false
	}
	if levelMatch < level {
		return false
	}
	if l.open == levelMatch {
		r.fail()
	}
	r.p++
	if not {
		r.p++
	}
	switch word {
	case "in":
		r.in(l, pos, not)
	case "between":
		r.between(l, pos, not)
	case "similar":
		r.want("to")
		r.like(l, &Like{Pos: pos, Kind: LikeSimilar, Not: not})
	case "ilike":
		r.like(l, &Like{Pos: pos, Kind: LikeFold, Not: not})
	default:
		r.like(l, &Like{Pos: pos, Not: not})
	}
	return true
}

func (r *rewriter) in(l *left, pos Pos, not bool) {
	if !r.is("(") {
		r.fail()
	}
	if r.queryInside(0) {
		r.wrap(l.start, pos, func(a []Expr) Expr {
			return &InSubquery{Pos: pos, X: a[0], Query: a[1].(*Subquery).Query, Not: not}
		})
		r.emit(",")
		r.subquery()
	} else {
		r.wrap(l.start, pos, func(a []Expr) Expr {
			return &InList{Pos: pos, X: a[0], List: a[1:], Not: not}
		})
		r.emit(",")
		r.p++
		r.exprs()
		r.wantPunct(")")
	}
	r.emit(")")
	l.level, l.open = levelPostfix, 0
}

func (r *rewriter) like(l *left, node *Like) {
	if word := r.kwIn("any", "some", "all"); word != "" && r.isAt(1, "(") {
		node.Quant = QuantAny
		if word == "all" {
			node.Quant = QuantAll
		}
	}
	r.wrap(l.start, node.Pos, func(a []Expr) Expr {
		node.X, node.Pattern = a[0], a[1]
		if len(a) > 2 {
			node.Escape = a[2]
		}
		return node
	})
	r.emit(",")
	if node.Quant != QuantNone {
		r.p++
		r.arrayOrQuery()
		r.emit(")")
		l.level, l.open = levelPostfix, 0
		return
	}
	r.operand(levelMatch+1, false)
	if r.accept("escape") {
		r.emit(",")
		r.operand(levelMatch+1, false)
	}
	r.emit(")")
	r.matched(l)
}

func (r *rewriter) between(l *left, pos Pos, not bool) {
	symmetric := r.accept("symmetric")
	if !symmetric {
		r.accept("asymmetric")
	}
	r.wrap(l.start, pos, func(a []Expr) Expr {
		return &Between{Pos: pos, X: a[0], Low: a[1], High: a[2], Not: not, Symmetric: symmetric}
	})
	r.emit(",")
	r.simpleExpr()
	r.want("and")
	r.emit(",")
	r.operand(levelMatch+1, false)
	r.emit(")")
	r.matched(l)
}
