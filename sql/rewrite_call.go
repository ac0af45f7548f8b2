package sql

import (
	"millrace/sql/pgerr"
)

// callShape says how the arguments of an emitted call divide: the function's own,
// then those of ORDER BY, FILTER and OVER.
type callShape struct {
	call      *Call
	args      int
	order     []*OrderItem
	hasFilter bool
	// windowless: nothing may follow the parentheses.
	windowless bool
	over       *windowShape
}

// build fills the call from its converted arguments.
func (s *callShape) build(args []Expr) Expr {
	s.call.Args, args = args[:s.args:s.args], args[s.args:]
	s.call.OrderBy, args = fillOrder(s.order, args)
	if s.hasFilter {
		s.call.Filter, args = args[0], args[1:]
	}
	if s.over != nil {
		s.call.Over, _ = s.over.build(args)
	}
	return s.call
}

// fillOrder puts the leading expressions into the items.
func fillOrder(items []*OrderItem, args []Expr) ([]*OrderItem, []Expr) {
	for i, item := range items {
		item.Expr = args[i]
	}
	return items, args[len(items):]
}

// windowShape says how the expressions of a window specification divide.
type windowShape struct {
	spec      *WindowSpec
	partition int
	order     []*OrderItem
}

// build fills the specification and returns the expressions that are left.
func (s *windowShape) build(args []Expr) (*WindowSpec, []Expr) {
	if s.partition > 0 {
		s.spec.PartitionBy = args[:s.partition:s.partition]
	}
	args = args[s.partition:]
	s.spec.OrderBy, args = fillOrder(s.order, args)
	if frame := s.spec.Frame; frame != nil {
		for _, bound := range []*Bound{&frame.Start, &frame.End} {
			if bound.Kind == BoundPreceding || bound.Kind == BoundFollowing {
				bound.Offset, args = args[0], args[1:]
			}
		}
	}
	return s.spec, args
}

// separator emits a comma before each but the first of a list.
type separator struct {
	r     *rewriter
	later bool
}

func (s *separator) next() {
	if s.later {
		s.r.emit(",")
	}
	s.later = true
}

// call reads a function call behind its name; the parenthesis is the next token.
func (r *rewriter) call(name Name, unquoted bool) {
	r.enter()
	defer r.leave()
	shape := &callShape{call: &Call{Pos: name.Pos, Name: name}, windowless: r.windowless}
	r.windowless = false
	if unquoted && len(name.Parts) == 1 && r.specialCall(shape) {
		return
	}
	r.open(name.Pos, shape.build)
	commas := &separator{r: r}
	r.wantPunct("(")
	r.callArgs(shape, commas)
	r.wantPunct(")")
	r.callTail(shape, commas)
	r.emit(")")
}

// callArgs reads what stands between the parentheses of an ordinary call.
func (r *rewriter) callArgs(shape *callShape, commas *separator) {
	call := shape.call
	if r.is(")") {
		return
	}
	if r.acceptOp("*") {
		call.Star = true
		return
	}
	if r.accept("distinct") {
		call.Distinct = true
	} else {
		r.accept("all")
	}
	for {
		commas.next()
		r.callArg(shape)
		if !r.acceptPunct(",") {
			break
		}
		if call.Variadic {
			r.p--
			r.fail()
		}
	}
	if r.accept("order") {
		r.want("by")
		shape.order = r.orderItems(commas)
	}
}

// callArg reads one argument, which may be named or VARIADIC.
func (r *rewriter) callArg(shape *callShape) {
	call := shape.call
	call.Variadic = r.accept("variadic")
	name := ""
	if r.isNameAt(0, kwTypeFunc) && (r.isAt(1, ":=") || r.isAt(1, "=>") && !isLambdaFunc(call.Name)) {
		name = r.take()
		r.p++
	}
	if name != "" && call.ArgNames == nil {
		call.ArgNames = make([]string, shape.args)
	}
	if call.ArgNames != nil {
		call.ArgNames = append(call.ArgNames, name)
	}
	shape.args++
	r.expr()
}

// isLambdaFunc reports whether name is one of ksqlDB's functions whose argument
// x => e is a lambda and not a named argument.
func isLambdaFunc(name Name) bool {
	switch name.Last() {
	case "transform", "reduce", "filter":
		return true
	}
	return false
}

// callTail reads WITHIN GROUP, FILTER, IGNORE NULLS and OVER behind a call.
func (r *rewriter) callTail(shape *callShape, commas *separator) {
	call := shape.call
	if shape.windowless {
		return
	}
	if r.kws("within", "group") && r.isAt(2, "(") {
		pos := r.pos()
		switch {
		case shape.order != nil:
			r.wrong(pos, "cannot use multiple ORDER BY clauses with WITHIN GROUP")
		case call.Distinct:
			r.wrong(pos, "cannot use DISTINCT with WITHIN GROUP")
		case call.Variadic:
			r.wrong(pos, "cannot use VARIADIC with WITHIN GROUP")
		}
		r.p += 3
		r.want("order", "by")
		shape.order = r.orderItems(commas)
		call.WithinGroup = true
		r.wantPunct(")")
	}
	if r.accept("filter") {
		r.wantPunct("(")
		r.want("where")
		shape.hasFilter = true
		commas.next()
		r.expr()
		r.wantPunct(")")
	}
	if word := r.kwIn("ignore", "respect"); word != "" && r.kwAt(1, "nulls") {
		r.p += 2
		call.IgnoreNulls = word == "ignore"
	}
	if r.kw("over") {
		shape.over = r.over(commas)
	}
}

// over reads OVER name or OVER (specification).
func (r *rewriter) over(commas *separator) *windowShape {
	r.p++
	if !r.is("(") {
		return &windowShape{spec: &WindowSpec{Pos: r.pos(), Name: r.colID()}}
	}
	return r.windowSpec(commas)
}

// windowSpec reads ([base] [PARTITION BY ..] [ORDER BY ..] [frame]) and emits its
// expressions.
func (r *rewriter) windowSpec(commas *separator) *windowShape {
	shape := &windowShape{spec: &WindowSpec{Pos: r.pos()}}
	r.wantPunct("(")
	if r.isColID(0) && r.kwIn("partition", "range", "rows", "groups") == "" {
		shape.spec.Base = r.colID()
	}
	if r.accept("partition", "by") {
		for {
			commas.next()
			r.expr()
			shape.partition++
			if !r.acceptPunct(",") {
				break
			}
		}
	}
	if r.accept("order") {
		r.want("by")
		shape.order = r.orderItems(commas)
	}
	if r.kwIn("range", "rows", "groups") != "" {
		shape.spec.Frame = r.frame(commas)
	}
	r.wantPunct(")")
	return shape
}

func (r *rewriter) frame(commas *separator) *Frame {
	frame := &Frame{Pos: r.pos(), End: Bound{Kind: BoundCurrentRow}}
	switch r.take() {
	case "rows":
		frame.Mode = FrameRows
	case "groups":
		frame.Mode = FrameGroups
	}
	between := r.accept("between")
	start := r.pos()
	end := start
	frame.Start.Kind = r.bound(commas)
	if between {
		r.want("and")
		end = r.pos()
		frame.End.Kind = r.bound(commas)
	}
	r.checkFrame(frame, start, end)
	if r.accept("exclude") {
		frame.Exclude = r.exclude()
	}
	return frame
}

// checkFrame refuses the frames that PostgreSQL's grammar refuses.
func (r *rewriter) checkFrame(frame *Frame, startPos, endPos Pos) {
	message, pos := "", endPos
	switch start, end := frame.Start.Kind, frame.End.Kind; {
	case start == BoundUnboundedFollowing:
		pos = startPos
		message = "frame start cannot be UNBOUNDED FOLLOWING"
	case end == BoundUnboundedPreceding:
		message = "frame end cannot be UNBOUNDED PRECEDING"
	case start == BoundCurrentRow && end == BoundPreceding:
		message = "frame starting from current row cannot have preceding rows"
	case start == BoundFollowing && (end == BoundPreceding || end == BoundCurrentRow):
		message = "frame starting from following row cannot have preceding rows"
		if end == BoundCurrentRow {
			message = "frame starting from following row cannot end with current row"
		}
	}
	if message != "" {
		r.bail(pgerr.New(pgerr.WindowingError, message).At(int(pos)))
	}
}

func (r *rewriter) exclude() FrameExclude {
	switch {
	case r.accept("current", "row"):
		return ExcludeCurrentRow
	case r.accept("group"):
		return ExcludeGroup
	case r.accept("ties"):
		return ExcludeTies
	}
	r.want("no", "others")
	return ExcludeNoOthers
}

func (r *rewriter) bound(commas *separator) BoundKind {
	switch {
	case r.accept("unbounded", "preceding"):
		return BoundUnboundedPreceding
	case r.accept("unbounded", "following"):
		return BoundUnboundedFollowing
	case r.accept("current", "row"):
		return BoundCurrentRow
	}
	commas.next()
	r.expr()
	if r.wantIn("preceding", "following") == "preceding" {
		return BoundPreceding
	}
	return BoundFollowing
}

// orderItems reads the items of ORDER BY and emits their expressions.
func (r *rewriter) orderItems(commas *separator) []*OrderItem {
	var items []*OrderItem
	for {
		item := &OrderItem{Pos: r.pos()}
		commas.next()
		r.expr()
		r.orderDirection(item)
		items = append(items, item)
		if !r.acceptPunct(",") {
			return items
		}
	}
}

func (c *cursor) orderDirection(item *OrderItem) {
	switch c.acceptIn("asc", "desc", "using") {
	case "desc":
		item.Desc = true
	case "using":
		if c.tok().kind != tokOp {
			c.fail()
		}
		item.Using = c.take()
	}
	item.Nulls = c.nullsOrder()
}

func (c *cursor) nullsOrder() NullsOrder {
	if c.kws("nulls", "first") || c.kws("nulls", "last") {
		c.p += 2
		if c.prev().text == "first" {
			return NullsFirst
		}
		return NullsLast
	}
	return NullsDefault
}
