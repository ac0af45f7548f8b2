package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/types"
)

// scope is the columns that expressions of a level may name.
type scope struct {
	tables []*rangeVar
	// cols are what an unqualified name and "*" see, in order; a JOIN with USING
	// puts its merged columns in front.
	cols []scopeCol
}

// scopeCol is one visible column, computed by x over the level's node.
type scopeCol struct {
	name   string
	x      plan.Expr
	hidden bool // not part of "*"
}

// rangeVar is one FROM item under its name.
type rangeVar struct {
	name   string // "" for a sub-query without alias
	schema string // of a table that is named without alias
	cols   []scopeCol
	obj    *catalog.Object // of a plain table
	// keyed is the primary key's columns as expressions, for functional dependency.
	keyed []plan.Expr
	// single: a function in FROM whose one column may be meant by the alias itself.
	single bool
	// merged marks the alias of JOIN ... USING (...) AS x.
	merged bool
}

// newRange makes the FROM item called name over all columns of n from position at
// on; the columns at hidden and after it are not part of "*".
func newRange(name string, s types.Schema, at int, hidden int) *rangeVar {
	r := &rangeVar{name: name}
	for i := range s {
		r.cols = append(r.cols, scopeCol{
			name: s[i].Name, x: &plan.Col{Index: at + i, T: s[i].Type},
			hidden: i >= hidden,
		})
	}
	return r
}

// scopeOf is the scope of one FROM item.
func scopeOf(r *rangeVar) *scope {
	return &scope{tables: []*rangeVar{r}, cols: r.cols}
}

// shifted is s for a node whose columns begin by positions later.
func (s *scope) shifted(by int) *scope {
	if by == 0 {
		return s
	}
	return s.mapped(func(e plan.Expr) plan.Expr {
		return plan.MapCols(e, func(i int) int { return i + by })
	})
}

// mapped is s with every column expression replaced.
func (s *scope) mapped(fn func(plan.Expr) plan.Expr) *scope {
	out := &scope{cols: mapCols(s.cols, fn)}
	for _, t := range s.tables {
		c := *t
		c.cols = mapCols(t.cols, fn)
		c.keyed = make([]plan.Expr, len(t.keyed))
		for i, k := range t.keyed {
			c.keyed[i] = fn(k)
		}
		out.tables = append(out.tables, &c)
	}
	return out
}

func mapCols(cols []scopeCol, fn func(plan.Expr) plan.Expr) []scopeCol {
	out := make([]scopeCol, len(cols))
	for i, c := range cols {
		c.x = fn(c.x)
		out[i] = c
	}
	return out
}

// concat is the scope of two FROM items side by side; r is already shifted.
func concat(l, r *scope) *scope {
	return &scope{
		tables: append(append([]*rangeVar(nil), l.tables...), r.tables...),
		cols:   append(append([]scopeCol(nil), l.cols...), r.cols...),
	}
}

// table finds a FROM item by name; more than one is the caller's error.
func (s *scope) table(schema, name string) []*rangeVar {
	var out []*rangeVar
	for _, t := range s.tables {
		if t.name == name && (schema == "" || t.schema == schema) {
			out = append(out, t)
		}
	}
	return out
}

func findCols(cols []scopeCol, name string) []scopeCol {
	var out []scopeCol
	for _, c := range cols {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}
