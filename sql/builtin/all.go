package builtin

import (
	"sort"
	"strings"
)

// families lists the scalar functions and operators by family, in the order of the
// reference documentation.
var families = []struct {
	title string
	funcs []Func
}{
	{"Comparison", compareFuncs},
	{"Comparison with NULL as a value", distinctFuncs},
	{"Comparison with an array", quantifiedFuncs},
	{"Arithmetic operators", arithFuncs},
	{"Bit operators", bitFuncs},
	{"Mathematics", concat(mathFuncs, degreeFuncs)},
	{"Strings", concat(stringFuncs, unicodeFuncs)},
	{"Patterns", patternFuncs},
	{"Regular expressions", concat(regexpFuncs, regexpNthFuncs())},
	{"Bytes, encodings and digests", concat(bytesFuncs, bytesEditFuncs)},
	{"Date and time operators", timeOpFuncs},
	{"Date and time", concat(timeFuncs, overlapFuncs())},
	{"Formatting", formatFuncs},
	{"Conditions", condFuncs},
	{"JSON", concat(jsonFuncs, jsonObjectFuncs(), jsonPathFuncs())},
	{"Arrays", arrayFuncs},
	{"UUID", uuidFuncs},
	{"Network addresses", netFuncs},
	{"Types of system tables", systemTypeFuncs},
	{"Rows", rowFuncs},
	{"Enums", enumFuncs},
	{"Sequences", sequenceFuncs},
	{"Windows of time", windowFuncs},
	{"ksqlDB", concat(ksqlFuncs, ksqlTextFuncs, ksqlArrayFuncs, ksqlTimeFuncs, ksqlURLFuncs)},
	{"ksqlDB: JSON text and maps", ksqlJSONFuncs},
	{"Session and catalog", concat(sessionFuncs, absentFuncs())},
	{"Functions of operators", operatorFuncs()},
}

var aggFamilies = []struct {
	title string
	aggs  []Agg
}{
	{"Count", countAggs},
	{"Sum and average", sumAggs},
	{"Extremes", extremeAggs},
	{"Booleans and bits", boolAggs},
	{"Statistics", statAggs},
	{"Regression", regressionAggs},
	{"Collections", collectAggs},
	{"Places in an order", orderedAggs},
	{"ksqlDB", ksqlAggs},
}

var tableFamilies = []struct {
	title string
	funcs []TableFunc
}{
	{"Series", seriesTables},
	{"Rows from values", unnestTables},
	{"ksqlDB", ksqlTables},
}

// index is everything by name, made once.
type index struct {
	funcs  map[string][]*Func
	aggs   map[string][]*Agg
	tables map[string][]*TableFunc

	funcSigs  map[string][]signature
	aggSigs   map[string][]signature
	tableSigs map[string][]signature
}

var byName = buildIndex()

func buildIndex() *index {
	x := &index{
		funcs: map[string][]*Func{}, aggs: map[string][]*Agg{}, tables: map[string][]*TableFunc{},
		funcSigs: map[string][]signature{}, aggSigs: map[string][]signature{}, tableSigs: map[string][]signature{},
	}
	for _, family := range families {
		for i := range family.funcs {
			f := &family.funcs[i]
			x.funcSigs[f.Name] = append(x.funcSigs[f.Name], signature{
				args: f.Args, variadic: f.Variadic, compatible: f.Compatible, nonArray: f.Name == "||", pos: len(x.funcs[f.Name]),
			})
			x.funcs[f.Name] = append(x.funcs[f.Name], f)
		}
	}
	for _, family := range aggFamilies {
		for i := range family.aggs {
			a := &family.aggs[i]
			x.aggSigs[a.Name] = append(x.aggSigs[a.Name], signature{args: a.Args, pos: len(x.aggs[a.Name])})
			x.aggs[a.Name] = append(x.aggs[a.Name], a)
		}
	}
	for _, family := range tableFamilies {
		for i := range family.funcs {
			t := &family.funcs[i]
			x.tableSigs[t.Name] = append(x.tableSigs[t.Name], signature{
				args: t.Args, variadic: t.Variadic, pos: len(x.tables[t.Name]),
			})
			x.tables[t.Name] = append(x.tables[t.Name], t)
		}
	}
	return x
}

// Lookup returns the overloads of a scalar function or operator, in the order in
// which they are defined. The slice is shared and must not be changed.
func Lookup(name string) []*Func { return byName.funcs[name] }

// LookupAgg returns the overloads of an aggregate.
func LookupAgg(name string) []*Agg { return byName.aggs[name] }

// LookupTable returns the overloads of a table function.
func LookupTable(name string) []*TableFunc { return byName.tables[name] }

// Exists reports whether name is a function, aggregate or table function of any kind.
func Exists(name string) bool {
	return len(byName.funcs[name]) > 0 || IsAgg(name) || IsTable(name) || IsWindow(name)
}

// IsAgg reports whether name is an aggregate.
func IsAgg(name string) bool { return len(byName.aggs[name]) > 0 }

// IsTable reports whether name is a table function.
func IsTable(name string) bool { return len(byName.tables[name]) > 0 }

// All returns every scalar function and operator, ordered by name, overloads in the
// order of their definition.
func All() []*Func { return flatten(byName.funcs) }

// AllAggs returns every aggregate, ordered by name.
func AllAggs() []*Agg { return flatten(byName.aggs) }

// AllTables returns every table function, ordered by name.
func AllTables() []*TableFunc { return flatten(byName.tables) }

func flatten[T any](m map[string][]T) []T {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	var out []T
	for _, name := range names {
		out = append(out, m[name]...)
	}
	return out
}

// IsOperator reports whether the entry is written with a symbol (+, ~~*) or is one
// of the forms that the planner calls by a name with a space ("any =").
func (f *Func) IsOperator() bool {
	return f.Name == "" || strings.ContainsRune(f.Name, ' ') || !isWord(f.Name)
}

func isWord(s string) bool {
	for _, r := range s {
		if r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
