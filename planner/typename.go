package planner

import (
	"strings"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// TypeName resolves a type as written; for a domain its base type, and the domain's id.
func TypeName(t *sql.TypeName, cat *catalog.Snapshot, o Options) (out types.Type, domain catalog.ObjectID, err error) {
	defer catch(&err)
	out, d := newBinder(cat, o).declaredType(t)
	if d != nil {
		domain = d.ID
	}
	return out, domain, nil
}

// typeName resolves a type as written; a domain counts as its base type.
func (b *binder) typeName(t *sql.TypeName) types.Type {
	out, _ := b.declaredType(t)
	return out
}

// declaredType is typeName that tells the domain, nil for other types. An array of a
// domain counts as an array of its base type.
func (b *binder) declaredType(t *sql.TypeName) (types.Type, *catalog.UserType) {
	switch {
	case len(t.Struct) > 0:
		return arrayOf(b.structType(t), t), nil
	case len(t.Args) > 0:
		for _, arg := range t.Args {
			b.typeName(arg)
		}
		return arrayOf(types.JSONB, t), nil
	}
	builtIn := len(t.Parts) == 1 || t.Parts[0] == "pg_catalog"
	if builtIn && t.Last() == strings.ToLower(t.Last()) {
		out, err := lookupType(t)
		if err == nil {
			return out, nil
		}
		if pgerr.Code(err) != pgerr.UndefinedObject || len(t.Parts) > 1 {
			raise(t.Pos, err)
		}
	}
	return b.userType(t)
}

// lookupType finds a built-in type.
func lookupType(t *sql.TypeName) (types.Type, error) {
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
	switch out.Kind {
	case types.KindAny, types.KindAnyElement, types.KindAnyArray, types.KindAnyEnum:
		return out, pgerr.Newf(pgerr.UndefinedObject, "type \"%s\" is only a pseudo-type", t.Last())
	}
	return out, err
}

// userType finds a type that users defined, or the row type of a relation.
func (b *binder) userType(t *sql.TypeName) (types.Type, *catalog.UserType) {
	schema, name := splitParts(t.Parts)
	dims := t.ArrayDims
	u, ok := b.cat.FindType(b.o.SearchPath, schema, name)
	if !ok && strings.HasPrefix(name, "_") {
		if u, ok = b.cat.FindType(b.o.SearchPath, schema, name[1:]); ok {
			dims++
		}
	}
	var out types.Type
	if !ok {
		o, found := b.cat.Lookup(b.o.SearchPath, schema, name)
		if !found {
			if schema != "" && !b.cat.HasSchema(schema) {
				fail(t.Pos, pgerr.InvalidSchemaName, "schema \"%s\" does not exist", schema)
			}
			fail(t.Pos, pgerr.UndefinedObject, "type \"%s\" does not exist", typeText(t))
		}
		out = b.cat.RowType(o)
	} else {
		out = b.cat.TypeOf(u)
	}
	if len(t.Mods) > 0 {
		fail(t.Pos, pgerr.SyntaxError, "type modifier is not allowed for type \"%s\"", name)
	}
	if dims > 0 {
		if out.Kind == types.KindArray {
			unsupported(t.Pos, "arrays of a domain over an array are not supported")
		}
		return out.Array(), nil
	}
	if ok && u.Kind == catalog.TypeDomain {
		return out, u
	}
	return out, nil
}

// structType is ksqlDB's STRUCT<...>: a row whose fields have names.
func (b *binder) structType(t *sql.TypeName) types.Type {
	fields := make([]types.Column, len(t.Struct))
	for i, f := range t.Struct {
		fields[i] = types.Column{Name: f.Name, Type: b.typeName(f.Type)}
	}
	return types.RowOf(fields)
}

func arrayOf(out types.Type, t *sql.TypeName) types.Type {
	if t.ArrayDims > 0 {
		return out.Array()
	}
	return out
}

// defaultText is the default of a column, or that of its domain.
func (b *binder) defaultText(c catalog.Column) string {
	for domain := c.Domain; c.Default == "" && domain != 0; {
		d, ok := b.cat.TypeByID(domain)
		if !ok {
			break
		}
		c.Default, domain = d.Fields[0].Default, d.Fields[0].Domain
	}
	return c.Default
}

// isReg reports whether t names objects of the catalog.
func isReg(t types.Type) bool {
	switch t.Kind {
	case types.KindRegclass, types.KindRegnamespace, types.KindRegproc, types.KindRegprocedure, types.KindRegoper,
		types.KindRegoperator, types.KindRegtype:
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
	if t.Kind == types.KindRegtype {
		return &plan.Const{Value: types.FixedDatum(int64(b.typeID(s, pos))), T: t}
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

func splitSchema(parts []string) string {
	schema, _ := splitParts(parts)
	return schema
}

// typeID is the OID of the type that a text names.
func (b *binder) typeID(s string, pos sql.Pos) uint32 {
	d, err := types.ParseText(types.Regtype, s, b.o.Format)
	if err == nil {
		return uint32(d.I)
	}
	name, isArray := strings.CutSuffix(s, "[]")
	n := &sql.TypeName{Pos: pos, Parts: splitName(name)}
	if isArray {
		n.ArrayDims = 1
	}
	if _, isType := b.cat.FindType(b.o.SearchPath, splitSchema(n.Parts), n.Last()); !isType {
		if o := b.lookup(splitSchema(n.Parts), n.Last()); o == nil {
			fail(pos, pgerr.UndefinedObject, "type \"%s\" does not exist", s)
		}
	}
	out, domain := b.userType(n)
	if domain != nil {
		return uint32(domain.ID)
	}
	return out.OID()
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
