package sql

import "millrace/sql/pgerr"

// tailRecord is the last item of ORDER BY. Its arguments are limit and offset,
// those which are present, in the order written.
type tailRecord struct {
	order               []*OrderItem
	hasLimit, hasOffset bool
	offsetFirst         bool
	limitAll            bool
	ties                bool
	locking             []*Locking
	emit                EmitMode
	emitPos             Pos
	asOfEpoch           Expr
}

// orderSeparator emits the comma or the key words in front of an ORDER BY item.
func (r *rewriter) orderSeparator() *separator {
	if !r.ordered {
		r.emit("ORDER BY")
	}
	later := r.ordered
	r.ordered = true
	return &separator{r: r, later: later}
}

// tail reads the clauses behind the body: ORDER BY, LIMIT, OFFSET, FETCH, FOR,
// EMIT, AS OF EPOCH.
func (r *rewriter) tail() {
	record := &tailRecord{emitPos: NoPos}
	if r.accept("order") {
		r.want("by")
		record.order = r.orderItems(r.orderSeparator())
	}
	if !r.atTail() {
		if record.order != nil {
			r.emit(", " + r.name(record) + "()")
		}
		return
	}
	commas := r.orderSeparator()
	commas.next()
	r.emit(r.name(record) + "(")
	args := &separator{r: r}
	for r.tailClause(record, args) {
	}
	r.emit(")")
}

// tailClause reads one clause; false when there is none.
func (r *rewriter) tailClause(record *tailRecord, args *separator) bool {
	switch {
	case r.kw("limit"):
		r.limit(record, args)
	case r.kw("offset"):
		r.offset(record, args)
	case r.kw("fetch"):
		r.fetch(record, args)
	case r.kw("for"):
		r.locking(record)
	case r.atEmit():
		r.emitClause(record)
	case r.kws("as", "of", "epoch"):
		r.p += 3
		record.asOfEpoch = r.constantExpr()
	default:
		return false
	}
	return true
}

// constantExpr reads a literal or parameter, with an optional sign.
func (r *rewriter) constantExpr() Expr {
	switch t := r.tok(); t.kind {
	case tokInt, tokParam, tokString:
		return r.constant()
	}
	r.fail()
	return nil
}

func (r *rewriter) limit(record *tailRecord, args *separator) {
	if record.hasLimit || record.limitAll {
		r.fail()
	}
	pos := r.pos()
	r.p++
	if r.accept("all") {
		record.limitAll = true
	} else {
		args.next()
		r.expr()
		record.hasLimit = true
	}
	if r.is(",") {
		r.bail(pgerr.New(pgerr.SyntaxError, "LIMIT #,# syntax is not supported").
			WithHint("Use separate LIMIT and OFFSET clauses.").At(int(pos)))
	}
}

func (r *rewriter) offset(record *tailRecord, args *separator) {
	if record.hasOffset {
		r.fail()
	}
	r.p++
	args.next()
	r.expr()
	record.hasOffset, record.offsetFirst = true, !record.hasLimit
	r.acceptIn("row", "rows")
}

func (r *rewriter) fetch(record *tailRecord, args *separator) {
	if record.hasLimit || record.limitAll {
		r.fail()
	}
	r.p++
	r.wantIn("first", "next")
	args.next()
	record.hasLimit = true
	if r.kwIn("row", "rows") != "" {
		r.leaf(&Literal{Pos: r.pos(), Kind: LitInt, Text: "1"})
	} else {
		r.operand(levelOther, false)
	}
	r.wantIn("row", "rows")
	if r.accept("only") {
		return
	}
	r.want("with", "ties")
	record.ties = true
}

func (r *rewriter) locking(record *tailRecord) {
	lock := &Locking{Pos: r.pos()}
	r.p++
	switch {
	case r.accept("update"):
		lock.Strength = "update"
	case r.accept("no", "key", "update"):
		lock.Strength = "no key update"
	case r.accept("share"):
		lock.Strength = "share"
	case r.accept("key", "share"):
		lock.Strength = "key share"
	case r.accept("read", "only"):
		return
	default:
		r.fail()
	}
	if r.accept("of") {
		lock.Of = r.qualifiedList()
	}
	switch {
	case r.accept("nowait"):
		lock.Wait = "nowait"
	case r.accept("skip", "locked"):
		lock.Wait = "skip locked"
	}
	record.locking = append(record.locking, lock)
}

func (r *rewriter) emitClause(record *tailRecord) {
	if record.emit != EmitNone {
		r.wrong(r.pos(), "multiple EMIT clauses not allowed")
	}
	record.emitPos = r.pos()
	r.p++
	switch {
	case r.accept("changes"):
		record.emit = EmitChanges
	case r.accept("final"):
		record.emit = EmitFinal
	default:
		r.want("on", "window", "close")
		record.emit = EmitFinal
	}
}
