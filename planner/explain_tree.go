package planner

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"millrace/planner/plan"
)

// ExplainTree is a plan for programs: what Explain prints, taken apart.
type ExplainTree struct {
	Title string
	// Details are pairs of a label and its text.
	Details [][2]string
	// Rows is how many rows came of it; nil when it was not run.
	Rows   *int64
	Inputs []*ExplainTree
}

// NewExplainTree describes a plan.
func NewExplainTree(n plan.Node, verbose bool) *ExplainTree {
	e := &explainer{verbose: verbose}
	t := &ExplainTree{Title: e.title(n)}
	for _, d := range e.details(n) {
		label, text, _ := strings.Cut(d, ": ")
		t.Details = append(t.Details, [2]string{label, text})
	}
	for _, in := range n.Inputs() {
		t.Inputs = append(t.Inputs, NewExplainTree(in, verbose))
	}
	return t
}

// NewExplainWrite describes a write: the change, with the plan of its rows as input.
func NewExplainWrite(w *plan.Write, verbose bool) *ExplainTree {
	head := ExplainWrite(w, false)[0]
	return &ExplainTree{Title: head, Inputs: []*ExplainTree{NewExplainTree(w.Source, verbose)}}
}

// AppendJSON appends the tree in the form of PostgreSQL's EXPLAIN (FORMAT JSON).
func (t *ExplainTree) AppendJSON(dst []byte, indent string) []byte {
	member := func(label string) {
		dst = append(dst, ",\n"+indent+"  "...)
		dst = append(appendJSONText(dst, label), ": "...)
	}
	dst = append(dst, "{\n"+indent+"  \"Node Type\": "...)
	dst = appendJSONText(dst, t.Title)
	for _, d := range t.Details {
		member(d[0])
		dst = appendJSONText(dst, d[1])
	}
	if t.Rows != nil {
		member("Actual Rows")
		dst = strconv.AppendInt(dst, *t.Rows, 10)
	}
	if len(t.Inputs) > 0 {
		member("Plans")
		dst = append(dst, '[')
		for i, in := range t.Inputs {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = in.AppendJSON(append(dst, "\n"+indent+"    "...), indent+"    ")
		}
		dst = append(dst, "\n"+indent+"  ]"...)
	}
	return append(dst, "\n"+indent+"}"...)
}

func appendJSONText(dst []byte, s string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // operators are full of < and >
	_ = enc.Encode(s)        // a string always has a form
	return append(dst, bytes.TrimSpace(b.Bytes())...)
}
