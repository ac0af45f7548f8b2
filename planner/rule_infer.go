package planner

import "millrace/planner/plan"

var inferKeyConstants = Rule{
	Name: "InferKeyConstants",
	Doc:  "Filters the other side of a join by the constant that one side's key is held to.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		j, ok := n.(*plan.Join)
		if !ok || j.NullAware {
			return n
		}
		toRight := j.Kind == plan.Inner || j.Kind == plan.Left || j.Kind == plan.Semi || j.Kind == plan.Anti
		toLeft := j.Kind == plan.Inner || j.Kind == plan.Right || j.Kind == plan.Semi
		l, r := fixedColumns(j.L), fixedColumns(j.R)
		var forL, forR []plan.Expr
		for i := range j.LKeys {
			if j.NullSafe != nil && j.NullSafe[i] {
				continue
			}
			a, b := l[j.LKeys[i]], r[j.RKeys[i]]
			if a != nil && b == nil && toRight {
				forR = append(forR, binaryCall("=", colOf(j.R, j.RKeys[i]), a))
			}
			if b != nil && a == nil && toLeft {
				forL = append(forL, binaryCall("=", colOf(j.L, j.LKeys[i]), b))
			}
		}
		if len(forL)+len(forR) == 0 {
			return n
		}
		return plan.WithInputs(j, []plan.Node{filter(j.L, forL...), filter(j.R, forR...)})
	},
}

// fixedColumns is the columns of n that equal a constant in all rows.
func fixedColumns(n plan.Node) map[int]plan.Expr {
	switch n := n.(type) {
	case *plan.Filter:
		return filterFixed(n)
	case *plan.Project:
		in := fixedColumns(n.Input)
		out := map[int]plan.Expr{}
		for i, e := range n.Exprs {
			if c, ok := e.(*plan.Col); ok && in[c.Index] != nil {
				out[i] = in[c.Index]
			}
		}
		return out
	case *plan.Join:
		return joinFixed(n)
	case *plan.Aggregate:
		in := fixedColumns(n.Input)
		out := map[int]plan.Expr{}
		for i, k := range n.Keys {
			if in[k] != nil {
				out[i] = in[k]
			}
		}
		return out
	case *plan.Distinct, *plan.Sort:
		return fixedColumns(n.Inputs()[0])
	}
	return nil
}

func filterFixed(n *plan.Filter) map[int]plan.Expr {
	out := map[int]plan.Expr{}
	for i, e := range fixedColumns(n.Input) {
		out[i] = e
	}
	for _, c := range plan.Conjuncts(n.Pred) {
		call, ok := c.(*plan.Call)
		if !ok || call.Func.Name != "=" {
			continue
		}
		for side := range call.Args {
			col, isCol := call.Args[side].(*plan.Col)
			value := call.Args[1-side]
			if isCol && isConstant(value) && value.Type().Same(col.T) {
				out[col.Index] = value
			}
		}
	}
	return out
}

func joinFixed(n *plan.Join) map[int]plan.Expr {
	out := map[int]plan.Expr{}
	if n.Kind != plan.Right && n.Kind != plan.Full {
		for i, e := range fixedColumns(n.L) {
			out[i] = e
		}
	}
	if n.Kind == plan.Inner || n.Kind == plan.Right {
		wl := width(n.L)
		for i, e := range fixedColumns(n.R) {
			out[wl+i] = e
		}
	}
	return out
}
