package syscat

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"millrace/catalog"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

//go:embed facts/relations.txt
var relationsText string

//go:embed facts/rows.txt
var rowsText string

// staticDocs documents the tables of facts/rows.txt.
var staticDocs = map[string]string{
	"pg_type":       "Types, as in PostgreSQL; columns cannot have all of them.",
	"pg_range":      "Types of ranges, as in PostgreSQL.",
	"pg_am":         "Access methods, for clients that join with it.",
	"pg_language":   "Languages of functions: only the built-in ones.",
	"pg_collation":  "Collations; text is ordered by bytes whatever they say.",
	"pg_opfamily":   "Families of index operators, as in PostgreSQL.",
	"pg_opclass":    "Index operator classes, as in PostgreSQL.",
	"pg_cast":       "Casts between the supported types.",
	"pg_operator":   "Operators of the supported types, as in PostgreSQL.",
	"pg_tablespace": "PostgreSQL's two tablespaces, which mean nothing here.",
}

// loadRelations reads facts/relations.txt.
func loadRelations() []*Table {
	var out []*Table
	var o *catalog.Object
	for _, line := range strings.Split(relationsText, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] != ' ':
			f := strings.Fields(line)
			id, err := strconv.ParseUint(f[1], 10, 32)
			if err != nil {
				panic(pgerr.Bug("relations.txt: %s", line))
			}
			schema, name, _ := strings.Cut(f[0], ".")
			o = &catalog.Object{
				ID: catalog.ObjectID(id), Schema: schema, Name: name, Kind: catalog.KindSystem, Version: 1,
			}
			out = append(out, &Table{ID: o.ID, object: o, view: f[2] == "v"})
		default:
			for _, text := range strings.Split(strings.Trim(line, " ,"), ",") {
				name, typeName, _ := strings.Cut(strings.TrimSpace(text), " ")
				typeName, notNull := strings.CutSuffix(typeName, "!")
				o.Columns = append(o.Columns, makeColumn(name, typeName, notNull))
			}
		}
	}
	return out
}

// loadRows reads facts/rows.txt: cells by table.
func loadRows() map[string][][]string {
	out := map[string][][]string{}
	name := ""
	for _, line := range strings.Split(rowsText, "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "pg_") && !strings.Contains(line, "\t"):
			name = line
			out[name] = nil
		default:
			out[name] = append(out[name], strings.Split(line, "\t"))
		}
	}
	return out
}

// staticRows parses cells when the table is read for the first time.
func staticRows(o *catalog.Object, cells [][]string) func(Env, Add) error {
	parsed := sync.OnceValue(func() [][]types.Datum {
		out := make([][]types.Datum, len(cells))
		for i, row := range cells {
			out[i] = parseCells(o, row)
		}
		return out
	})
	return func(_ Env, add Add) error {
		for _, row := range parsed() {
			if err := add(row...); err != nil {
				return err
			}
		}
		return nil
	}
}

func parseCells(o *catalog.Object, cells []string) []types.Datum {
	if len(cells) != len(o.Columns) {
		panic(pgerr.Bug("rows.txt: %s has %d cells: %q", o.Name, len(cells), cells))
	}
	row := make([]types.Datum, len(cells))
	for i, cell := range cells {
		if cell == `\N` {
			continue
		}
		t := o.Columns[i].Type
		if t.Kind == types.KindRegproc { // given as a number
			t = types.OID
		}
		d, err := types.ParseText(t, cell, nil)
		if err != nil {
			panic(pgerr.Bug("rows.txt: %s.%s: %v", o.Name, o.Columns[i].Name, err))
		}
		row[i] = d
	}
	return row
}

// typeFact is what pg_attribute repeats of pg_type.
type typeFact struct {
	byVal          bool
	align, storage byte
	collation      int64
}

func readTypeFacts(pgType *Table) map[uint32]typeFact {
	out := map[uint32]typeFact{}
	at := pgType.object.Column
	byVal, align, storage, collation := at("typbyval"), at("typalign"), at("typstorage"), at("typcollation")
	_ = pgType.Rows(nil, func(row ...types.Datum) error {
		out[uint32(row[0].I)] = typeFact{
			row[byVal].Bool(), byte(row[align].I), byte(row[storage].I), row[collation].I,
		}
		return nil
	})
	return out
}

// readTypeFunctions maps the functions that pg_type names to their types.
func readTypeFunctions(pgType *Table) map[int64]int64 {
	out := map[int64]int64{}
	at := pgType.object.Column
	subscript, first, last := at("typsubscript"), at("typinput"), at("typanalyze")
	_ = pgType.Rows(nil, func(row ...types.Datum) error {
		out[row[subscript].I] = row[0].I
		for i := first; i <= last; i++ {
			out[row[i].I] = row[0].I
		}
		return nil
	})
	delete(out, 0)
	return out
}

func readBtreeClasses(pgOpclass *Table) map[uint32]int64 {
	out := map[uint32]int64{}
	at := pgOpclass.object.Column
	method, input, isDefault := at("opcmethod"), at("opcintype"), at("opcdefault")
	_ = pgOpclass.Rows(nil, func(row ...types.Datum) error {
		if row[method].I == btreeOID && row[isDefault].Bool() {
			out[uint32(row[input].I)] = row[0].I
		}
		return nil
	})
	// varchar has no class of its own: it uses that of text.
	out[types.Varchar.OID()] = out[types.Text.OID()]
	return out
}
