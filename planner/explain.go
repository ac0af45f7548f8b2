package planner

import (
	"fmt"
	"strings"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/types"
)

// Explain prints a plan as EXPLAIN shows it: one line for each operator, inputs
// indented below it, in the manner of PostgreSQL. verbose adds the output columns
// and types.
func Explain(n plan.Node, verbose bool) []string {
	e := &explainer{verbose: verbose, seen: map[plan.Node]int{}}
	e.count(n, map[plan.Node]bool{})
	e.node(n, 0)
	return e.lines
}

// ExplainWrite prints a write: the change, and the plan of its rows below it.
func ExplainWrite(w *plan.Write, verbose bool) []string {
	verb := map[plan.WriteKind]string{
		plan.InsertRows: "Insert on", plan.UpdateRows: "Update on",
		plan.DeleteRows: "Delete on",
	}[w.Kind]
	e := &explainer{verbose: verbose, seen: map[plan.Node]int{}}
	e.count(w.Source, map[plan.Node]bool{})
	e.lines = append(e.lines, verb+" "+objectName(w.Target))
	if w.Kind == plan.InsertRows && w.OnConflict != plan.ConflictError {
		e.lines = append(e.lines, "  Conflict Resolution: "+[]string{"", "NOTHING", "UPDATE", "REPLACE"}[w.OnConflict])
	}
	e.node(w.Source, 1)
	return e.lines
}

// explainer collects the lines. A node that is read more than once is printed once
// and referred to by number.
type explainer struct {
	lines   []string
	verbose bool
	shared  map[plan.Node]bool
	seen    map[plan.Node]int
}

func (e *explainer) count(n plan.Node, once map[plan.Node]bool) {
	if e.shared == nil {
		e.shared = map[plan.Node]bool{}
	}
	if once[n] {
		e.shared[n] = len(n.Inputs()) > 0
		return
	}
	once[n] = true
	for _, in := range n.Inputs() {
		e.count(in, once)
	}
}

func (e *explainer) node(n plan.Node, depth int) {
	head := "->  "
	if depth == 0 {
		head = ""
	}
	title := e.title(n)
	if e.shared[n] {
		if id, ok := e.seen[n]; ok {
			e.line(depth, head+fmt.Sprintf("Shared #%d", id))
			return
		}
		e.seen[n] = len(e.seen) + 1
		title = fmt.Sprintf("%s (#%d)", title, e.seen[n])
	}
	e.line(depth, head+title)
	for _, d := range e.details(n) {
		e.line(depth, strings.Repeat(" ", len(head))+"  "+d)
	}
	for _, in := range n.Inputs() {
		e.node(in, depth+1)
	}
}

// line indents as PostgreSQL does: six blanks for each level after the first.
func (e *explainer) line(depth int, text string) {
	indent := ""
	if depth > 0 {
		indent = "  " + strings.Repeat("      ", depth-1)
	}
	e.lines = append(e.lines, indent+text)
}

func objectName(o *catalog.Object) string {
	if o.Schema == "public" || o.Schema == "pg_catalog" || o.Schema == "" {
		return sql.QuoteIdent(o.Name)
	}
	return sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name)
}

func (e *explainer) title(n plan.Node) string {
	switch n := n.(type) {
	case *plan.Scan:
		return scanTitle(n)
	case *plan.Values:
		if len(n.Out) == 0 {
			return "Result"
		}
		return fmt.Sprintf("Values (%d rows)", len(n.Rows))
	case *plan.Filter:
		return "Filter"
	case *plan.Project:
		return "Project"
	case *plan.Join:
		return joinTitle(n)
	case *plan.Aggregate:
		if n.AppendOnly {
			return "Aggregate (append-only)"
		}
		return "Aggregate"
	case *plan.Distinct:
		return "Distinct"
	case *plan.Union:
		return "Union All"
	case *plan.SetOp:
		return setOpTitle(n)
	case *plan.Sort:
		return sortTitle(n)
	case *plan.MaxOneRow:
		return "Max One Row"
	case *plan.TableFunc:
		return "Table Function " + n.Func.Name
	case *plan.Over:
		return "Window"
	case *plan.TimeWindow:
		return timeWindowTitle(n)
	case *plan.Session:
		return "Sessions"
	case *plan.Temporal:
		return "Temporal Filter"
	case *plan.SessionAggregate:
		return "Session Aggregate (append-only)"
	case *plan.Asof:
		if n.Outer {
			return "Asof Left Join"
		}
		return "Asof Join"
	case *plan.Recursive:
		return recursiveTitle(n)
	case *plan.RecursiveRef:
		return fmt.Sprintf("Recursion %d", n.ID)
	}
	return fmt.Sprintf("%T", n)
}

func scanTitle(n *plan.Scan) string {
	switch {
	case n.Access == nil:
		return "Scan " + objectName(n.Object)
	case n.Access.Index != nil:
		return "Index Scan " + objectName(n.Object) + " using " + sql.QuoteIdent(n.Access.Index.Name)
	}
	return "Key Scan " + objectName(n.Object)
}

func joinTitle(n *plan.Join) string {
	name := map[plan.JoinKind]string{
		plan.Inner: "Join", plan.Left: "Left Join", plan.Right: "Right Join",
		plan.Full: "Full Join", plan.Semi: "Semi Join", plan.Anti: "Anti Join", plan.Mark: "Mark Join",
	}[n.Kind]
	if n.Lookup != nil {
		name = "Lookup " + name
	}
	if n.Temporal {
		name = "Temporal " + name
	}
	if n.NullAware {
		name = "Null-Aware " + name
	}
	if n.Kind == plan.Inner && len(n.LKeys) == 0 && n.Residual == nil {
		return "Cross Join"
	}
	return name
}

func recursiveTitle(n *plan.Recursive) string {
	if n.Distinct {
		return fmt.Sprintf("Recursive Union %d", n.ID)
	}
	return fmt.Sprintf("Recursive Union All %d", n.ID)
}

func setOpTitle(n *plan.SetOp) string {
	name := "Intersect"
	if n.Except {
		name = "Except"
	}
	if n.All {
		name += " All"
	}
	return name
}

func sortTitle(n *plan.Sort) string {
	switch {
	case n.Limit == nil && n.Offset == nil:
		return "Sort"
	case len(n.Keys) == 0 && n.Partition == nil:
		return "Limit"
	}
	return "Top-N"
}

// details are the lines below a title.
func (e *explainer) details(n plan.Node) []string {
	var out []string
	add := func(label, text string) {
		if text != "" {
			out = append(out, label+": "+text)
		}
	}
	if e.verbose {
		add("Output", schemaText(n.Schema()))
	}
	switch n := n.(type) {
	case *plan.Scan:
		add("Key", accessText(n))
	case *plan.Filter:
		add("Condition", plan.FormatExpr(n.Pred, namer(n.Input)))
	case *plan.Project:
		add("Columns", projectText(n))
	case *plan.Join:
		add("Keys", keysText(n))
		if n.Residual != nil {
			add("Condition", plan.FormatExpr(n.Residual, namer(n.L, n.R)))
		}
		add("Event Time", joinTimeText(n))
	case *plan.Asof:
		add("Keys", keysText(&plan.Join{L: n.L, R: n.R, LKeys: n.LKeys, RKeys: n.RKeys}))
		add("Nearest", asofText(n))
	case *plan.Aggregate:
		add("Group Key", namesAt(n.Input, n.Keys))
		add("Aggregates", aggsText(n))
		add("Groups End", aggTimeText(n))
	case *plan.Sort:
		add("Partition", namesAt(n.Input, n.Partition))
		add("Sort Key", sortText(n.Keys, n.Input))
		add("Limit", limitText(n))
	case *plan.TimeWindow:
		add("Time", plan.FormatExpr(n.Time, namer(n.Input)))
		add("Windows", timeWindowText(n))
	case *plan.Temporal:
		add("From", momentsText(n.From, namer(n.Input)))
		add("Until", momentsText(n.Until, namer(n.Input)))
	case *plan.Session:
		add("Session Key", exprsText(n.Keys, namer(n.Input)))
		add("Time", plan.FormatExpr(n.Time, namer(n.Input))+", gap "+types.IntervalValue{Micros: n.Gap}.String())
	case *plan.SessionAggregate:
		add("Session Key", namesAt(n.Input, n.Keys))
		add("Time", namesAt(n.Input, []int{n.Time})+", gap "+types.IntervalValue{Micros: n.Gap}.String())
		add("Aggregates", aggsText(&plan.Aggregate{Input: n.Input, Aggs: n.Aggs}))
	case *plan.TableFunc:
		add("Arguments", exprsText(n.Args, namer(n.Input)))
	case *plan.Over:
		add("Partition", namesAt(n.Input, n.Partition))
		if n.Unordered {
			add("Row Order", sortText(n.Order, n.Input))
		} else {
			add("Sort Key", sortText(n.Order, n.Input))
		}
		add("Functions", overText(n))
	case *plan.Values:
		if len(n.Out) > 0 && len(n.Rows) == 1 {
			add("Row", exprsText(n.Rows[0], nil))
		}
	}
	return out
}

// namer gives columns of the nodes side by side their names; a name that occurs twice
// gets its position.
func namer(ns ...plan.Node) func(int) string {
	var s types.Schema
	for _, n := range ns {
		s = append(s, n.Schema()...)
	}
	count := map[string]int{}
	for _, c := range s {
		count[c.Name]++
	}
	return func(i int) string {
		if i >= len(s) {
			return fmt.Sprintf("#%d", i)
		}
		if name := s[i].Name; name != "" && count[name] == 1 {
			return sql.QuoteIdent(name)
		}
		return fmt.Sprintf("%s#%d", s[i].Name, i)
	}
}

func schemaText(s types.Schema) string {
	parts := make([]string, len(s))
	for i, c := range s {
		parts[i] = sql.QuoteIdent(c.Name) + " " + c.Type.String()
	}
	return strings.Join(parts, ", ")
}

func projectText(n *plan.Project) string {
	name := namer(n.Input)
	parts := make([]string, len(n.Exprs))
	for i, e := range n.Exprs {
		parts[i] = plan.FormatExpr(e, name)
		if c, ok := e.(*plan.Col); !ok || n.Input.Schema()[c.Index].Name != n.Out[i].Name {
			if n.Out[i].Name != "" {
				parts[i] += " AS " + sql.QuoteIdent(n.Out[i].Name)
			}
		}
	}
	return strings.Join(parts, ", ")
}

func keysText(n *plan.Join) string {
	l, r := namer(n.L), namer(n.R)
	parts := make([]string, len(n.LKeys))
	for i := range n.LKeys {
		op := " = "
		if n.NullSafe != nil && n.NullSafe[i] {
			op = " IS NOT DISTINCT FROM "
		}
		parts[i] = l(n.LKeys[i]) + op + r(n.RKeys[i])
	}
	return strings.Join(parts, ", ")
}

func namesAt(n plan.Node, cols []int) string {
	name := namer(n)
	parts := make([]string, len(cols))
	for i, c := range cols {
		parts[i] = name(c)
	}
	return strings.Join(parts, ", ")
}

func aggsText(n *plan.Aggregate) string {
	name := namer(n.Input)
	parts := make([]string, len(n.Aggs))
	for i := range n.Aggs {
		a := &n.Aggs[i]
		args := namesAt(n.Input, a.Args)
		if len(a.Args) == 0 {
			args = "*"
		}
		if a.Distinct {
			args = "DISTINCT " + args
		}
		if len(a.OrderBy) > 0 {
			args += " ORDER BY " + sortText(a.OrderBy, n.Input)
		}
		parts[i] = a.Agg.Name + "(" + args + ")"
		if a.Filter >= 0 {
			parts[i] += " FILTER (WHERE " + name(a.Filter) + ")"
		}
	}
	return strings.Join(parts, ", ")
}

func sortText(keys []plan.SortKey, in plan.Node) string {
	name := namer(in)
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = name(k.Col)
		if k.Desc {
			parts[i] += " DESC"
		}
		if k.NullsFirst != k.Desc {
			parts[i] += map[bool]string{true: " NULLS FIRST", false: " NULLS LAST"}[k.NullsFirst]
		}
	}
	return strings.Join(parts, ", ")
}

func limitText(n *plan.Sort) string {
	var parts []string
	if n.Limit != nil {
		parts = append(parts, plan.FormatExpr(n.Limit, nil))
	}
	if n.Offset != nil {
		parts = append(parts, "offset "+plan.FormatExpr(n.Offset, nil))
	}
	if n.WithTies {
		parts = append(parts, "with ties")
	}
	return strings.Join(parts, " ")
}

func exprsText(es []plan.Expr, name func(int) string) string {
	parts := make([]string, len(es))
	for i, e := range es {
		parts[i] = plan.FormatExpr(e, name)
	}
	return strings.Join(parts, ", ")
}

// accessText is what a look-up reads: equal values first, then a range.
func accessText(n *plan.Scan) string {
	a := n.Access
	if a == nil {
		return ""
	}
	cols := n.Object.Key
	if a.Index != nil {
		cols = a.Index.Cols
	}
	var parts []string
	if a.ByJoin {
		return "from the rows of the join's left side"
	}
	for i, v := range a.Eq {
		parts = append(parts, columnName(n.Object, cols[i])+" = "+plan.FormatExpr(v, nil))
	}
	if a.Any != nil {
		parts = append(parts, columnName(n.Object, cols[len(a.Eq)])+" = ANY ("+plan.FormatExpr(a.Any, nil)+")")
	}
	bound := func(b *plan.Bound, op string) {
		if b == nil {
			return
		}
		if b.Inclusive {
			op += "="
		}
		parts = append(parts, columnName(n.Object, cols[len(a.Eq)])+" "+op+" "+plan.FormatExpr(b.Value, nil))
	}
	bound(a.Lo, ">")
	bound(a.Hi, "<")
	return strings.Join(parts, ", ")
}

func columnName(o *catalog.Object, i int) string { return sql.QuoteIdent(o.Columns[i].Name) }
