package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// column binds a column reference.
func (l *level) column(e *sql.ColumnRef) plan.Expr {
	switch len(e.Parts) {
	case 1:
		return l.bareColumn(e)
	case 2:
		return l.qualifiedColumn(e, "", e.Parts[0], e.Parts[1])
	case 3:
		return l.qualifiedColumn(e, e.Parts[0], e.Parts[1], e.Parts[2])
	case 4:
		return l.qualifiedColumn(e, e.Parts[1], e.Parts[2], e.Parts[3])
	}
	fail(e.Pos, pgerr.SyntaxError, "improper qualified name (too many dotted names): %s", strings.Join(e.Parts, "."))
	return nil
}

func (l *level) bareColumn(e *sql.ColumnRef) plan.Expr {
	name := e.Parts[0]
	for lv := l; lv != nil; lv = lv.parent {
		found := findCols(lv.scope.cols, name)
		if len(found) > 1 {
			fail(e.Pos, pgerr.AmbiguousColumn, "column reference \"%s\" is ambiguous", name)
		}
		if len(found) == 1 {
			return l.refer(lv, found[0].x, e.Pos)
		}
		if x := lv.windowColumn(name); x != nil {
			return l.refer(lv, x, e.Pos)
		}
	}
	for lv := l; lv != nil; lv = lv.parent {
		if ts := lv.scope.table("", name); len(ts) == 1 {
			return l.refer(lv, lv.wholeRow(ts[0]), e.Pos)
		}
	}
	raise(e.Pos, l.missingColumn("", name))
	return nil
}

func (l *level) qualifiedColumn(e *sql.ColumnRef, schema, table, name string) plan.Expr {
	for lv := l; lv != nil; lv = lv.parent {
		ts := lv.scope.table(schema, table)
		if len(ts) == 0 {
			continue
		}
		if len(ts) > 1 {
			fail(e.Pos, pgerr.DuplicateAlias, "table reference \"%s\" is ambiguous", table)
		}
		found := findCols(ts[0].cols, name)
		if len(found) > 1 {
			fail(e.Pos, pgerr.AmbiguousColumn, "column reference \"%s\" is ambiguous", name)
		}
		if len(found) == 0 {
			if x := lv.windowColumn(name); x != nil {
				return l.refer(lv, x, e.Pos)
			}
			raise(e.Pos, l.missingColumn(table, name))
		}
		return l.refer(lv, found[0].x, e.Pos)
	}
	raise(e.Pos, l.missingTable(schema, table))
	return nil
}

// hasColumn reports whether a column of one or two parts is visible.
func (l *level) hasColumn(parts []string) bool {
	name := parts[len(parts)-1]
	for lv := l; lv != nil; lv = lv.parent {
		if len(parts) == 1 && len(findCols(lv.scope.cols, name)) > 0 {
			return true
		}
		for _, t := range lv.scope.tables {
			if len(parts) > 1 && t.name == parts[len(parts)-2] && len(findCols(t.cols, name)) > 0 {
				return true
			}
		}
	}
	return false
}

// refer is x of level lv as seen from l. Each reference is a node of its own, whose
// place is kept for the error about columns that are not grouped.
func (l *level) refer(lv *level, x plan.Expr, pos sql.Pos) plan.Expr {
	if c, ok := x.(*plan.Col); ok {
		x = &plan.Col{Index: c.Index, T: c.T}
		l.b.colPos[x] = pos
	}
	if lv == l {
		return x
	}
	return &outerRef{lv: lv, x: x}
}

// missingTable is the error for a qualifier that names no FROM item.
func (l *level) missingTable(schema, table string) error {
	err := pgerr.Newf(pgerr.UndefinedTable, "missing FROM-clause entry for table \"%s\"", table)
	for lv := l; lv != nil; lv = lv.parent {
		for _, t := range lv.scope.tables {
			switch {
			case t.obj == nil || t.obj.Name != table:
			case t.name != table:
				return invalidTable(table).WithHint("Perhaps you meant to reference the table alias \"%s\".", t.name)
			default:
				return noEntry(table)
			}
		}
		for _, s := range lv.buried {
			if len(s.table(schema, table)) > 0 {
				return noEntry(table)
			}
		}
	}
	for _, s := range l.b.unreachable {
		if len(s.table(schema, table)) > 0 {
			return noEntry(table)
		}
	}
	return err
}

func invalidTable(table string) *pgerr.Error {
	return pgerr.Newf(pgerr.UndefinedTable, "invalid reference to FROM-clause entry for table \"%s\"", table)
}

func noEntry(table string) error {
	return invalidTable(table).
		WithHint("There is an entry for table \"%s\", but it cannot be referenced from this part of the query.", table)
}

// missingColumn is the error for a column that no visible table has, with the
// nearest names as PostgreSQL chooses them.
func (l *level) missingColumn(table, name string) error {
	msg := "column \"" + name + "\" does not exist"
	if table != "" {
		msg = "column " + table + "." + name + " does not exist"
	}
	err := pgerr.New(pgerr.UndefinedColumn, msg)
	for _, s := range l.b.unreachable {
		for _, t := range s.tables {
			if table == "" && len(findVisible(t.cols, name)) > 0 {
				return err.WithHint("There is a column named \"%s\" in table \"%s\", "+
					"but it cannot be referenced from this part of the query.", name, t.name)
			}
		}
	}
	g := &guess{table: table, name: name, distance: maxNameDistance + 1}
	for lv := l; lv != nil; lv = lv.parent {
		for _, t := range lv.scope.tables {
			g.try(t)
		}
	}
	switch {
	case g.second != "":
		return err.WithHint("Perhaps you meant to reference the column \"%s\" or the column \"%s\".", g.first, g.second)
	case g.first != "":
		return err.WithHint("Perhaps you meant to reference the column \"%s\".", g.first)
	}
	return err
}

// maxNameDistance is how many edits a suggested name may be away (PostgreSQL's).
const maxNameDistance = 3

// guess looks for the one or two columns nearest to a wrong name.
type guess struct {
	table, name   string
	distance      int
	first, second string
}

func (g *guess) try(t *rangeVar) {
	penalty := 0
	if g.table != "" {
		penalty = editDistance(g.table, t.name)
		if penalty > maxNameDistance {
			return
		}
	}
	for _, c := range t.cols {
		if c.hidden || penalty > g.distance {
			continue
		}
		g.offer(t.name+"."+c.name, editDistance(g.name, c.name), len(c.name), penalty)
	}
}

func (g *guess) offer(full string, distance, length, penalty int) {
	if distance > length/2 {
		return
	}
	distance += penalty
	switch {
	case distance < g.distance:
		g.distance, g.first, g.second = distance, full, ""
	case distance > g.distance || distance > maxNameDistance:
	case g.second != "":
		g.first, g.second, g.distance = "", "", distance-1
	case g.first != "":
		g.second = full
	default:
		g.first = full
	}
}

// editDistance is the Levenshtein distance in bytes.
func editDistance(a, b string) int {
	prev := positions(len(b) + 1)
	for i := range len(a) {
		cur := make([]int, len(b)+1)
		cur[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			cur[j+1] = min(cur[j]+1, prev[j+1]+1, prev[j]+cost)
		}
		prev = cur
	}
	return prev[len(b)]
}
