package sql

import (
	"sort"
	"strconv"

	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/opcode"

	"millrace/sql/pgerr"
)

// converter turns the grammar's tree of one normalised text into our own nodes.
type converter struct {
	records []any
	places  []place
	query   *ast.SelectStmt
}

// placeAt returns the last place at or before an offset of the normalised text.
func (c *converter) placeAt(offset int) place {
	i := sort.Search(len(c.places), func(i int) bool { return c.places[i].offset > offset })
	if i == 0 {
		return place{pos: NoPos}
	}
	return c.places[i-1]
}

func (c *converter) posAt(offset int) Pos { return c.placeAt(offset).pos }

// record returns what a name of the normalised text stands for (I4).
func (c *converter) record(name string) any {
	if len(name) > 1 && name[0] == 0 {
		if n, err := strconv.Atoi(name[1:]); err == nil && n < len(c.records) {
			return c.records[n]
		}
	}
	panic(pgerr.Bug("sql: name %q has no record", name))
}

// recordOf returns the record of a call, nil when the node is no call.
func (c *converter) recordOf(node ast.ExprNode) any {
	if call, ok := node.(*ast.FuncCallExpr); ok {
		return c.record(call.FnName.O)
	}
	return nil
}

func (c *converter) exprs(nodes []ast.ExprNode) []Expr {
	if len(nodes) == 0 {
		return nil
	}
	out := make([]Expr, len(nodes))
	for i, node := range nodes {
		out[i] = c.expr(node)
	}
	return out
}

func (c *converter) optExpr(node ast.ExprNode) Expr {
	if node == nil {
		return nil
	}
	return c.expr(node)
}

func (c *converter) expr(node ast.ExprNode) Expr {
	switch n := node.(type) {
	case *placeholder:
		return c.leaf(n)
	case *ast.ColumnNameExpr:
		if e, ok := c.record(n.Name.Name.O).(Expr); ok {
			return e
		}
	case *ast.ParenthesesExpr:
		return c.expr(n.Expr)
	case *ast.BinaryOperationExpr:
		return c.binary(n)
	case *ast.UnaryOperationExpr:
		return c.unary(n)
	case *ast.CaseExpr:
		return c.caseExpr(n)
	case *ast.ExistsSubqueryExpr:
		return c.exists(n)
	case *ast.SubqueryExpr:
		return &Subquery{Pos: c.posAt(n.OriginTextPosition()), Query: c.subquery(n)}
	case *ast.FuncCallExpr:
		if build, ok := c.record(n.FnName.O).(builder); ok {
			return build(c.exprs(n.Args))
		}
	}
	panic(pgerr.Bug("sql: no conversion of %T", node))
}

func (c *converter) leaf(n *placeholder) Expr {
	if n.offset >= 0 {
		if p := c.placeAt(n.offset); p.leaf != nil && p.offset == n.offset {
			return p.leaf
		}
	}
	panic(pgerr.Bug("sql: literal at %d has no record", n.offset))
}

var operators = map[opcode.Op]string{
	opcode.LogicAnd: "AND", opcode.LogicOr: "OR",
	opcode.LT: "<", opcode.LE: "<=", opcode.GT: ">", opcode.GE: ">=", opcode.EQ: "=", opcode.NE: "<>",
	opcode.Plus: "+", opcode.Minus: "-", opcode.Mul: "*", opcode.Div: "/", opcode.Mod: "%", opcode.Xor: "^",
}

// binary converts a chain of operators, whose left sides nest, without recursion.
func (c *converter) binary(n *ast.BinaryOperationExpr) Expr {
	spine := []*ast.BinaryOperationExpr{n}
	for {
		l, ok := spine[len(spine)-1].L.(*ast.BinaryOperationExpr)
		if !ok {
			break
		}
		spine = append(spine, l)
	}
	result := c.expr(spine[len(spine)-1].L)
	for i := len(spine) - 1; i >= 0; i-- {
		op, ok := operators[spine[i].Op]
		if !ok {
			panic(pgerr.Bug("sql: no conversion of operator %s", spine[i].Op))
		}
		// The operator is the last thing that was emitted before its right operand.
		pos := c.posAt(spine[i].R.OriginTextPosition() - 1)
		result = &Binary{Pos: pos, Op: op, L: result, R: c.expr(spine[i].R)}
	}
	return result
}

func (c *converter) unary(n *ast.UnaryOperationExpr) Expr {
	pos := c.posAt(n.OriginTextPosition())
	x := c.expr(n.V)
	switch n.Op {
	case opcode.Not, opcode.Not2:
		return &Unary{Pos: pos, Op: "NOT", X: x}
	case opcode.Plus:
		return &Unary{Pos: pos, Op: "+", X: x}
	case opcode.Minus:
		return negate(pos, x)
	}
	panic(pgerr.Bug("sql: no conversion of operator %s", n.Op))
}

// negate puts the sign into a number, as PostgreSQL's grammar does: otherwise the
// least integer would be a bigint.
func negate(pos Pos, x Expr) Expr {
	literal, ok := x.(*Literal)
	if !ok || literal.Kind != LitInt && literal.Kind != LitNumeric {
		return &Unary{Pos: pos, Op: "-", X: x}
	}
	text := literal.Text
	if text[0] == '-' {
		text = text[1:]
	} else {
		text = "-" + text
	}
	return &Literal{Pos: pos, Kind: literal.Kind, Text: text}
}

func (c *converter) caseExpr(n *ast.CaseExpr) Expr {
	node := &Case{Pos: c.posAt(n.OriginTextPosition()), Operand: c.optExpr(n.Value)}
	for _, when := range n.WhenClauses {
		pos := c.posAt(when.Expr.OriginTextPosition() - 1)
		cond := c.expr(when.Expr)
		node.Whens = append(node.Whens, &When{Pos: pos, Cond: cond, Result: c.expr(when.Result)})
	}
	node.Else = c.optExpr(n.ElseClause)
	return node
}

func (c *converter) exists(n *ast.ExistsSubqueryExpr) Expr {
	pos := c.posAt(n.OriginTextPosition())
	exists := &Exists{Pos: pos, Query: c.subquery(n.Sel.(*ast.SubqueryExpr))}
	if n.Not {
		return &Unary{Pos: pos, Op: "NOT", X: exists}
	}
	return exists
}

func (c *converter) subquery(n *ast.SubqueryExpr) *Query {
	query, ok := n.Query.(*ast.SelectStmt)
	if !ok {
		panic(pgerr.Bug("sql: no conversion of subquery %T", n.Query))
	}
	return c.convertQuery(query)
}
