package planner

import (
	"strings"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// TypeName resolves a type as written.
func TypeName(t *sql.TypeName) (out types.Type, err error) {
	defer catch(&err)
	return typeName(t), nil
}

func typeName(t *sql.TypeName) types.Type {
	if len(t.Struct) > 0 || len(t.Args) > 0 {
		unsupported(t.Pos, "type %s is not supported", strings.ToUpper(t.Last()))
	}
	if len(t.Parts) > 1 && t.Parts[0] != "pg_catalog" {
		fail(t.Pos, pgerr.UndefinedObject, "type \"%s\" does not exist", strings.Join(t.Parts, "."))
	}
	name := t.Last()
	if name == "char" {
		name = `"char"` // char without length arrives as bpchar
	}
	if t.Fields != "" {
		name += " " + t.Fields
	}
	mods := make([]int32, len(t.Mods))
	for i, m := range t.Mods {
		mods[i] = int32(m)
	}
	out, err := types.Lookup(name, mods, t.ArrayDims)
	check(t.Pos, err)
	switch out.Kind {
	case types.KindAny, types.KindAnyElement, types.KindAnyArray, types.KindUnknown:
		if out.Kind != types.KindUnknown {
			fail(t.Pos, pgerr.UndefinedObject, "type \"%s\" is only a pseudo-type", t.Last())
		}
	}
	return out
}

// isReg reports whether t names objects of the catalog.
func isReg(t types.Type) bool {
	switch t.Kind {
	case types.KindRegclass, types.KindRegnamespace, types.KindRegproc, types.KindRegprocedure, types.KindRegoper,
		types.KindRegoperator:
		return true
	}
	return false
}

// readReg reads 'name'::regclass and 'name'::regnamespace by the catalog, and leaves
// names of functions and operators to the session's; numbers are taken as they are.
func (b *binder) readReg(s string, t types.Type, pos sql.Pos) plan.Expr {
	s = strings.TrimSpace(s)
	if s == "-" || s != "" && s[0] >= '0' && s[0] <= '9' {
		d, err := types.ParseText(t, s, b.o.Format)
		check(pos, err)
		return &plan.Const{Value: d, T: t}
	}
	if t.Kind != types.KindRegclass && t.Kind != types.KindRegnamespace {
		return &plan.Cast{X: &plan.Const{Value: types.BytesDatum(s), T: types.Text}, To: t, Explicit: true}
	}
	parts := splitName(s)
	if t.Kind == types.KindRegnamespace {
		schema, ok := b.cat.Schema(parts[len(parts)-1])
		if !ok {
			fail(pos, pgerr.InvalidSchemaName, "schema \"%s\" does not exist", s)
		}
		return &plan.Const{Value: types.FixedDatum(int64(schema.ID)), T: t}
	}
	id, ok := b.relationID(parts)
	if !ok {
		fail(pos, pgerr.UndefinedTable, "relation \"%s\" does not exist", strings.Join(parts, "."))
	}
	return &plan.Const{Value: types.FixedDatum(int64(id)), T: t}
}

// relationID finds a relation or an index by the parts of its name.
func (b *binder) relationID(parts []string) (catalog.ObjectID, bool) {
	schema, name := "", parts[len(parts)-1]
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	if o := b.lookup(schema, name); o != nil {
		return o.ID, true
	}
	return b.cat.RelationID(b.o.SearchPath, schema, name)
}

// splitName reads a possibly quoted, qualified name and folds what is not quoted.
func splitName(s string) []string {
	var parts []string
	var cur strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			cur.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			parts = append(parts, cur.String())
			cur.Reset()
		case !quoted && c >= 'A' && c <= 'Z':
			cur.WriteByte(c + 'a' - 'A')
		default:
			cur.WriteByte(c)
		}
	}
	return append(parts, cur.String())
}
