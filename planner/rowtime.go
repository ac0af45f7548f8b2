package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/types"
)

// RowtimeText is the SQL of the event time of a stream declared WITH (TIMESTAMP = 'c'),
// as timestamptz over its columns; "" when there is no such column or its type cannot
// be a time. Numbers are milliseconds since 1970, timestamps without zone are UTC.
func RowtimeText(o *catalog.Object) string {
	i := o.Column(o.Options["timestamp"])
	if i < 0 {
		return ""
	}
	c := sql.QuoteIdent(o.Columns[i].Name)
	switch o.Columns[i].Type.Kind {
	case types.KindInt8:
		return "from_unixtime(" + c + ") AT TIME ZONE 'UTC'"
	case types.KindTimestamp:
		return c + " AT TIME ZONE 'UTC'"
	case types.KindTimestamptz:
		return c
	case types.KindDate:
		return c + "::timestamp AT TIME ZONE 'UTC'"
	case types.KindText, types.KindVarchar:
		if format := o.Options["timestamp_format"]; format != "" {
			return "parse_timestamp(" + c + ", " + sql.QuoteLiteral(format) + ") AT TIME ZONE 'UTC'"
		}
	}
	return ""
}

// rowtimeExpr binds the event time of an inserted row, nil when it is the time of
// arrival.
func (b *binder) rowtimeExpr(o *catalog.Object) plan.Expr {
	text := RowtimeText(o)
	if text == "" {
		return nil
	}
	return b.storedExpr(text, o.RowSchema(), "timestamp", func(x plan.Expr) plan.Expr { return x })
}

// withRowtime appends to the columns of n the ROWTIME that ksqlDB gives each row of a
// stream: that of its input, of a join the later one, of a join with a table that of
// the stream. ok is false where the query has no such time.
func withRowtime(n plan.Node) (out plan.Node, at int, ok bool) {
	switch n := n.(type) {
	case *plan.Scan:
		return scanRowtime(n)
	case *plan.Filter:
		in, at, ok := withRowtime(n.Input)
		return &plan.Filter{Input: in, Pred: n.Pred}, at, ok
	case *plan.Project:
		in, at, ok := withRowtime(n.Input)
		if !ok {
			return n, 0, false
		}
		if i := indexOfExpr(n.Exprs, &plan.Col{Index: at, T: types.Timestamptz}); i >= 0 && sameWidth(in, n.Input) {
			return n, i, true
		}
		c := &plan.Col{Index: at, T: types.Timestamptz}
		column := types.Column{Name: "rowtime", Type: types.Timestamptz}
		return &plan.Project{
			Input: in, Exprs: append(n.Exprs[:len(n.Exprs):len(n.Exprs)], c),
			Out: append(n.Out[:len(n.Out):len(n.Out)], column),
		}, len(n.Exprs), true
	case *plan.TableFunc:
		in, at, ok := withRowtime(n.Input)
		if !ok || !sameWidth(in, n.Input) {
			return n, 0, false
		}
		c := *n
		c.Input = in
		return &c, at, true
	case *plan.Join:
		return joinRowtime(n)
	}
	return n, 0, false
}

// sameWidth reports whether a node got its rowtime without a further column: then
// expressions over it stay valid.
func sameWidth(a, b plan.Node) bool { return width(a) == width(b) }

// scanRowtime finds the pseudo column of a stream among those read.
func scanRowtime(n *plan.Scan) (plan.Node, int, bool) {
	if n.Object.Kind != catalog.KindStream {
		return n, 0, false
	}
	for i, c := range n.Cols {
		if c == len(n.Object.Columns) {
			return n, i, true
		}
	}
	return n, 0, false
}

// joinRowtime takes the later of both sides' times; it appends an expression to the
// join's columns.
func joinRowtime(n *plan.Join) (plan.Node, int, bool) {
	l, lat, lok := withRowtime(n.L)
	r, rat, rok := withRowtime(n.R)
	switch n.Kind {
	case plan.Semi, plan.Anti, plan.Mark:
		rok = false
	}
	lok, rok = lok && sameWidth(l, n.L), rok && sameWidth(r, n.R)
	var times []plan.Expr
	if lok {
		times = append(times, colOf(n, lat))
	}
	if rok {
		times = append(times, colOf(n, width(n.L)+rat))
	}
	switch len(times) {
	case 0:
		return n, 0, false
	case 1:
		return n, times[0].(*plan.Col).Index, true
	}
	node, at := extend(n, []plan.Expr{call("greatest", times...)})
	return node, at[0], true
}

// streamTimes gives the plan of CREATE STREAM AS SELECT a last column with the rows'
// time, if the query has one or WITH (TIMESTAMP = ..) names it.
func (b *binder) streamTimes(node plan.Node, o *catalog.Object) plan.Node {
	w := width(node)
	named := &catalog.Object{Options: o.Options}
	for _, c := range node.Schema() {
		named.Columns = append(named.Columns, catalog.Column{Column: c})
	}
	if x := b.rowtimeExpr(named); x != nil {
		exprs := append(identity(node), x)
		return projectAs(node, exprs, append(schemaNames(node.Schema()), "rowtime"))
	}
	out, at, ok := withRowtime(node)
	if !ok {
		return node
	}
	exprs := append(identity(out)[:w:w], &plan.Col{Index: at, T: types.Timestamptz})
	return projectAs(out, exprs, append(schemaNames(node.Schema()), "rowtime"))
}

// streamKey finds the KEY columns of the left-most stream among the columns of n.
func streamKey(n plan.Node) (key []int, partitions int32) {
	stream := leftmostStream(n)
	if stream == nil {
		return nil, 0
	}
	for _, k := range stream.Key {
		at := -1
		for i := range width(n) {
			if id, attr := origin(n, i); id == stream.ID && int(attr) == k+1 {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, stream.Partitions
		}
		key = append(key, at)
	}
	return key, stream.Partitions
}

// leftmostStream is the stream that n reads first, nil for none.
func leftmostStream(n plan.Node) *catalog.Object {
	var found *catalog.Object
	plan.Walk(n, func(n plan.Node) bool {
		if s, ok := n.(*plan.Scan); ok && found == nil && s.Object.Kind == catalog.KindStream {
			found = s.Object
		}
		return found == nil
	})
	return found
}
