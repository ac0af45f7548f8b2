package syscat

import (
	"cmp"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"millrace/sql/builtin"
	"millrace/sql/types"
)

//go:embed facts/procs.txt
var procsText string

// function is one row of pg_proc.
type function struct {
	oid        int64
	name       string
	args       []types.Type
	argOIDs    []int64
	argNames   []string // with the result columns of a table function behind the arguments
	outTypes   []types.Type
	result     int64
	resultText string
	kind       byte // prokind
	volatility byte
	set        bool // returns a set
	strict     bool
	variadic   int64 // element type of the last argument, 0 for none
	doc        string
}

// cstringOID is the pseudo type that only input and output functions have.
const cstringOID = 2275

// firstOwnProc is the oid of the first function that PostgreSQL does not have.
const firstOwnProc = 13000

// functions returns all functions by oid.
func functions() []function { return tables().functions }

func loadFunctions(ofTypes map[int64]int64) []function {
	var out []function
	for _, f := range builtin.All() {
		if isOperatorName(f.Name) {
			continue
		}
		fn := function{
			name: f.Name, args: f.Args, kind: 'f', strict: !f.NotStrict, doc: f.Doc,
			volatility: "isv"[f.Volatility], result: int64(f.Returns.OID()), resultText: f.Returns.String(),
		}
		if f.Variadic && len(f.Args) > 0 {
			fn.variadic = variadicElement(f.Args[len(f.Args)-1])
		}
		out = append(out, fn)
	}
	for _, a := range builtin.AllAggs() {
		out = append(out, function{
			name: a.Name, args: a.Args, kind: 'a', volatility: 'i', doc: a.Doc,
			result: int64(a.Returns.OID()), resultText: a.Returns.String(),
		})
	}
	for _, f := range builtin.AllWindows() {
		out = append(out, function{
			name: f.Name, args: f.Args, kind: 'w', volatility: 'i', strict: len(f.Args) > 0, doc: f.Doc,
			result: int64(f.Returns.OID()), resultText: f.Returns.String(),
		})
	}
	for _, f := range builtin.AllTables() {
		out = append(out, tableFunction(f))
	}
	names := readProcNames()
	out = append(out, typeFunctions(names, ofTypes)...)
	number(out, names)
	slices.SortFunc(out, func(a, b function) int { return cmp.Compare(a.oid, b.oid) })
	return out
}

func tableFunction(f *builtin.TableFunc) function {
	fn := function{
		name: f.Name, args: f.Args, kind: 'f', set: true, strict: !f.NotStrict, doc: f.Doc,
		volatility: "isv"[f.Volatility],
	}
	if len(f.Columns) == 1 {
		fn.result = int64(f.Columns[0].Type.OID())
		fn.resultText = "SETOF " + f.Columns[0].Type.String()
		return fn
	}
	fn.result, fn.resultText = int64(types.Record.OID()), "SETOF record"
	for _, c := range f.Columns {
		fn.outTypes = append(fn.outTypes, c.Type)
		fn.argNames = append(fn.argNames, c.Name)
	}
	return fn
}

func variadicElement(t types.Type) int64 {
	switch t.Kind {
	case types.KindArray:
		return int64(t.ElemType().OID())
	case types.KindAnyArray:
		return int64(types.AnyElement.OID())
	}
	return int64(t.OID())
}

// isOperatorName reports whether the name is an operator's, or one that the planner
// uses for a construct of the grammar ("any =").
func isOperatorName(name string) bool {
	for _, c := range []byte(name) {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') {
			return true
		}
	}
	return name == ""
}

// typeFunctions are the input, output, receive and send functions of the types,
// which clients join pg_type with.
func typeFunctions(names []procName, ofTypes map[int64]int64) []function {
	var out []function
	for _, p := range names {
		t, ok := ofTypes[p.oid]
		if !ok {
			continue
		}
		result, name := t, typeName(uint32(t))
		switch {
		case strings.HasSuffix(p.name, "send"):
			result, name = int64(types.Bytea.OID()), "bytea"
		case strings.HasSuffix(p.name, "out"):
			result, name = cstringOID, "cstring"
		}
		out = append(out, function{
			oid: p.oid, name: p.name, argOIDs: p.args, kind: 'f', strict: true, volatility: 's',
			result: result, resultText: name,
		})
	}
	return out
}

// number gives each function its oid: PostgreSQL's when it has the same name and
// arguments, else one from firstOwnProc on.
func number(fns []function, names []procName) {
	known := map[string]int64{}
	for _, p := range names {
		known[procKey(p.name, p.args)] = p.oid
	}
	next := int64(firstOwnProc)
	used := map[int64]bool{}
	for i := range fns {
		f := &fns[i]
		if f.oid != 0 {
			used[f.oid] = true
			continue
		}
		for _, t := range f.args {
			f.argOIDs = append(f.argOIDs, int64(t.OID()))
		}
		f.oid = known[procKey(f.name, f.argOIDs)]
		if f.oid == 0 || used[f.oid] {
			f.oid = next
			next++
		}
		used[f.oid] = true
	}
}

func procKey(name string, args []int64) string {
	b := []byte(name)
	for _, a := range args {
		b = strconv.AppendInt(append(b, ' '), a, 10)
	}
	return string(b)
}

// procName is one line of facts/procs.txt.
type procName struct {
	oid  int64
	name string
	args []int64
}

func readProcNames() []procName {
	var out []procName
	for _, line := range strings.Split(procsText, "\n") {
		f := strings.Fields(line)
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		p := procName{name: f[1]}
		p.oid, _ = strconv.ParseInt(f[0], 10, 64)
		for _, a := range f[2:] {
			n, _ := strconv.ParseInt(a, 10, 64)
			p.args = append(p.args, n)
		}
		out = append(out, p)
	}
	return out
}

func procFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_proc",
			doc:   "Functions and aggregates; docs/reference/functions.md explains them.",
			columns: "oid proname pronamespace proowner prolang procost prorows provariadic prokind proisstrict " +
				"proretset provolatile proparallel pronargs prorettype proargtypes proallargtypes proargmodes " +
				"proargnames prosrc",
			rows: pgProc,
		},
		{
			table: "pg_catalog.pg_aggregate", doc: "Aggregates.",
			columns: "aggfnoid aggkind aggfinalmodify aggmfinalmodify aggtranstype",
			rows: func(_ Env, add Add) error {
				for _, f := range functions() {
					if f.kind != 'a' {
						continue
					}
					if err := add(num(f.oid), char('n'), char('r'), char('r'), num(f.result)); err != nil {
						return err
					}
				}
				return nil
			},
		},
	}
}

// internalLanguage is pg_language's oid of built-in functions.
const internalLanguage = 12

func pgProc(_ Env, add Add) error {
	for _, f := range functions() {
		rows := 0.0
		if f.set {
			rows = 1000
		}
		args := vector(types.Oidvector, len(f.argOIDs), func(i int) int64 { return f.argOIDs[i] })
		all, modes, names := null, null, null
		if len(f.outTypes) > 0 {
			all, modes, names = f.outArguments()
		}
		err := add(num(f.oid), text(f.name), num(11), num(roleOID), num(internalLanguage), float(1), float(rows),
			num(f.variadic), char(f.kind), truth(f.strict), truth(f.set), char(f.volatility), char('s'),
			num(len(f.argOIDs)), num(f.result), args, all, modes, names, text(f.name))
		if err != nil {
			return err
		}
	}
	return nil
}

// outArguments are the arguments and result columns of a table function together.
func (f *function) outArguments() (all, modes, names types.Datum) {
	n := len(f.argOIDs)
	total := n + len(f.outTypes)
	all = array(types.OID, total, func(i int) types.Datum {
		if i < n {
			return num(f.argOIDs[i])
		}
		return num(f.outTypes[i-n].OID())
	})
	modes = array(types.Char, total, func(i int) types.Datum {
		if i < n {
			return char('i')
		}
		return char('o')
	})
	names = array(types.Text, total, func(i int) types.Datum {
		if i < n {
			return text("")
		}
		return text(f.argNames[i-n])
	})
	return all, modes, names
}

// findFunction finds a function by oid.
func findFunction(id int64) (*function, bool) {
	fns := functions()
	i, ok := slices.BinarySearchFunc(fns, id, func(f function, id int64) int { return cmp.Compare(f.oid, id) })
	if !ok {
		return nil, false
	}
	return &fns[i], true
}

// arguments prints the argument list as pg_get_function_arguments does.
func (f *function) arguments() string {
	parts := make([]string, 0, len(f.argOIDs)+len(f.outTypes))
	for i, id := range f.argOIDs {
		p := typeName(uint32(id))
		if f.variadic != 0 && i == len(f.argOIDs)-1 {
			p = "VARIADIC " + p
		}
		parts = append(parts, p)
	}
	for i, t := range f.outTypes {
		parts = append(parts, "OUT "+f.argNames[i]+" "+t.String())
	}
	return strings.Join(parts, ", ")
}

// typeName is format_type of a type without modifier, internal pseudo types included.
func typeName(id uint32) string {
	if name, ok := types.NameOfOID(id); ok {
		return name
	}
	return "???"
}
