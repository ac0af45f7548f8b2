package builtin

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strings"

	"millrace/sql/types"
)

// WriteReference writes the reference of all functions, operators and aggregates in
// Markdown: one table for each family, entries in the order of their names.
func WriteReference(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprint(b, "# Functions and operators\n\n"+
		"Names, types, NULL handling and errors are those of PostgreSQL 15 unless an entry says otherwise.\n"+
		"The examples are run as tests.\n")
	for _, f := range families {
		writeFuncs(b, f.title, f.funcs)
	}
	fmt.Fprint(b, "\n# Aggregates\n\nExamples show the rows of the column `x` behind `of`.\n")
	for _, f := range aggFamilies {
		writeAggs(b, f.title, f.aggs)
	}
	fmt.Fprint(b, "\n# Window functions\n\nThey are called with `OVER`, as aggregates may be.\n")
	for _, f := range windowFamilies {
		writeWindows(b, f.title, f.funcs)
	}
	fmt.Fprint(b, "\n# Table functions\n")
	for _, f := range tableFamilies {
		writeTables(b, f.title, f.funcs)
	}
	return b.Flush()
}

// entry is one row of the reference: all overloads that have one description.
type entry struct{ name, doc, example string }

func writeEntries(w io.Writer, title string, entries []entry) {
	fmt.Fprintf(w, "\n## %s\n\n| form | what | example |\n|---|---|---|\n", title)
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	for i, e := range entries {
		if i > 0 && entries[i-1].name == e.name && entries[i-1].doc == e.doc {
			continue
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", code(e.name), strings.ReplaceAll(e.doc, "|", `\|`), code(e.example))
	}
}

// code writes s as code in a cell of a table.
func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + strings.ReplaceAll(s, "|", `\|`) + "`"
}

func writeFuncs(w io.Writer, title string, funcs []Func) {
	var entries []entry
	for i := range funcs {
		f := &funcs[i]
		entries = append(entries, entry{f.Signature(), f.Doc, f.Example})
	}
	writeEntries(w, title, entries)
}

func writeAggs(w io.Writer, title string, aggs []Agg) {
	var entries []entry
	for i := range aggs {
		a := &aggs[i]
		entries = append(entries, entry{a.Signature(), a.Doc, a.Example})
	}
	writeEntries(w, title, entries)
}

func writeWindows(w io.Writer, title string, funcs []WindowFunc) {
	var entries []entry
	for _, f := range funcs {
		entries = append(entries, entry{fmt.Sprintf("%s(%s) → %s", f.Name, typeList(f.Args, false), f.Returns), f.Doc, ""})
	}
	writeEntries(w, title, entries)
}

func writeTables(w io.Writer, title string, funcs []TableFunc) {
	var entries []entry
	for i := range funcs {
		t := &funcs[i]
		entries = append(entries, entry{t.Signature(), t.Doc, t.Example})
	}
	writeEntries(w, title, entries)
}

func typeList(ts []types.Type, variadic bool) string {
	names := make([]string, len(ts))
	for i, t := range ts {
		names[i] = t.String()
	}
	if variadic {
		names[len(names)-1] += " ..."
	}
	return strings.Join(names, ", ")
}

// Signature returns the form of a call with its types: "count(*) → bigint".
func (a *Agg) Signature() string {
	args := typeList(a.Args, false)
	if len(a.Args) == 0 {
		args = "*"
	}
	if last := len(a.Args) - 1; a.WithinGroup {
		args = fmt.Sprintf("%s) within group (order by %s", typeList(a.Args[:last], false), a.Args[last])
	}
	return fmt.Sprintf("%s(%s) → %s", a.Name, args, a.Returns)
}

// Signature returns the form of a call with its types and columns.
func (t *TableFunc) Signature() string {
	var columns []string
	for _, c := range t.Columns {
		columns = append(columns, c.Name+" "+c.Type.String())
	}
	return fmt.Sprintf("%s(%s) → %s", t.Name, typeList(t.Args, t.Variadic), strings.Join(columns, ", "))
}

// Signature returns the form of a call with its types: "abs(integer) → integer",
// "integer + integer → integer".
func (f *Func) Signature() string {
	switch {
	case f.IsOperator() && len(f.Args) == 2:
		return fmt.Sprintf("%s %s %s → %s", f.Args[0], f.Name, f.Args[1], f.Returns)
	case f.IsOperator() && strings.HasPrefix(f.Name, "is "):
		return fmt.Sprintf("%s %s → %s", f.Args[0], f.Name, f.Returns)
	case f.IsOperator() && len(f.Args) == 1:
		return fmt.Sprintf("%s %s → %s", f.Name, f.Args[0], f.Returns)
	}
	return fmt.Sprintf("%s(%s) → %s", f.Name, typeList(f.Args, f.Variadic), f.Returns)
}
