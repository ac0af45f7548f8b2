package syscat

import (
	"slices"
	"strconv"
	"strings"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// splitName reads a possibly qualified name as PostgreSQL's reg types do: parts are
// folded to lower case unless quoted. A leading part that is the database is dropped.
func splitName(s string) (schema, name string, err error) {
	parts, ok := catalog.SplitList(strings.ReplaceAll(quoteDots(s), "\x00", ","))
	if !ok || len(parts) == 0 {
		return "", "", pgerr.New(pgerr.InvalidName, "invalid name syntax")
	}
	if len(parts) == 3 && parts[0] == DatabaseName {
		parts = parts[1:]
	}
	switch len(parts) {
	case 1:
		return "", parts[0], nil
	case 2:
		return parts[0], parts[1], nil
	}
	return "", "", pgerr.Newf(pgerr.SyntaxError, "improper relation name (too many dotted names): %s", s)
}

// quoteDots marks the dots between parts by NUL, leaving those inside quotes.
func quoteDots(s string) string {
	b := []byte(s)
	quoted := false
	for i, c := range b {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			b[i] = 0
		}
	}
	return string(b)
}

// lookupClass finds a relation or index by name.
func lookupClass(env Env, s string) (catalog.ObjectID, bool) {
	schema, name, err := splitName(s)
	if err != nil {
		return 0, false
	}
	if schema == "" || isSystemSchema(schema) {
		if o, ok := Lookup(schema, name); ok {
			return o.ID, true
		}
	}
	return env.Snapshot().RelationID(env.SearchPath(), schema, name)
}

func isSystemSchema(name string) bool {
	return name == "pg_catalog" || name == "information_schema" || name == "millrace"
}

func regclassIn(env Env, args []types.Datum) (types.Datum, bool, error) {
	s := argument(args, 0).S
	if d, ok := oidText(s); ok {
		return d, true, nil
	}
	schema, name, err := splitName(s)
	if err != nil {
		return null, false, err
	}
	id, ok := lookupClass(env, s)
	if !ok {
		if schema != "" {
			name = schema + "." + name
		}
		return null, false, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", name)
	}
	return oid(id), true, nil
}

func regclassOut(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	if id == 0 {
		return found("-")
	}
	if o, ok := Object(id); ok {
		if o.Schema == "pg_catalog" {
			return found(sql.QuoteIdent(o.Name))
		}
		return found(qualified(o))
	}
	s := env.Snapshot()
	if o, ok := s.Object(id); ok {
		return found(s.DisplayName(env.SearchPath(), o))
	}
	if q, ok := s.SequenceByID(id); ok {
		return found(s.SequenceDisplay(env.SearchPath(), q))
	}
	if o, x, ok := findIndex(s, id); ok {
		if slices.Contains(env.SearchPath(), o.Schema) {
			return found(sql.QuoteIdent(x.name))
		}
		return found(sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(x.name))
	}
	return found(strconv.FormatUint(uint64(id), 10))
}

func regtypeIn(env Env, args []types.Datum) (types.Datum, bool, error) {
	s := argument(args, 0).S
	if d, ok := oidText(s); ok {
		return d, true, nil
	}
	id, err := findType(env, s)
	if err != nil {
		return null, false, err
	}
	return num(id), true, nil
}

// typeByName finds a built-in type, also one that values cannot have.
func typeByName(name string) (uint32, error) {
	t, err := types.Lookup(name, nil, 0)
	if err == nil {
		return t.OID(), nil
	}
	if id, ok := types.OIDOfName(name); ok {
		return id, nil
	}
	return 0, err
}

// splitMods takes the modifiers in parentheses out of a type's name.
func splitMods(s string) (name string, mods []int32, err error) {
	open, end := strings.IndexByte(s, '('), strings.LastIndexByte(s, ')')
	if open < 0 || end < open {
		return s, nil, nil
	}
	for _, m := range strings.Split(s[open+1:end], ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(m), 10, 32)
		if err != nil {
			return "", nil, pgerr.Newf(pgerr.SyntaxError, "invalid type name \"%s\"", s)
		}
		mods = append(mods, int32(n))
	}
	return s[:open] + s[end+1:], mods, nil
}

func regtypeOut(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := uint32(idArgument(args, 0))
	if id == 0 {
		return found("-")
	}
	if name, ok := types.NameOfOID(id); ok {
		return found(name)
	}
	if name, ok := userTypeName(env, id); ok {
		return found(name)
	}
	return found(strconv.FormatUint(uint64(id), 10))
}

func regprocIn(_ Env, args []types.Datum) (types.Datum, bool, error) {
	s := argument(args, 0).S
	if d, ok := oidText(s); ok {
		return d, true, nil
	}
	schema, name, err := splitName(s)
	if err != nil {
		return null, false, err
	}
	var matches []int64
	for _, f := range functions() {
		if f.name == name && (schema == "" || schema == "pg_catalog") {
			matches = append(matches, f.oid)
		}
	}
	switch len(matches) {
	case 0:
		return null, false, pgerr.Newf(pgerr.UndefinedFunction, "function \"%s\" does not exist", s)
	case 1:
		return num(matches[0]), true, nil
	}
	return null, false, pgerr.Newf(pgerr.AmbiguousFunction, "more than one function named \"%s\"", s)
}

func regprocOut(_ Env, args []types.Datum) (types.Datum, bool, error) {
	id := int64(idArgument(args, 0))
	if id == 0 {
		return found("-")
	}
	if f, ok := findFunction(id); ok {
		return found(sql.QuoteIdent(f.name))
	}
	return found(strconv.FormatInt(id, 10))
}

func regnamespaceIn(env Env, args []types.Datum) (types.Datum, bool, error) {
	s := argument(args, 0).S
	if d, ok := oidText(s); ok {
		return d, true, nil
	}
	schema, name, err := splitName(s)
	if err != nil || schema != "" {
		return null, false, pgerr.New(pgerr.InvalidName, "invalid name syntax")
	}
	x, ok := env.Snapshot().Schema(name)
	if !ok {
		return null, false, pgerr.Newf(pgerr.InvalidSchemaName, "schema \"%s\" does not exist", name)
	}
	return oid(x.ID), true, nil
}

func regnamespaceOut(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	if id == 0 {
		return found("-")
	}
	for _, x := range env.Snapshot().Schemas() {
		if x.ID == id {
			return found(sql.QuoteIdent(x.Name))
		}
	}
	return found(strconv.FormatUint(uint64(id), 10))
}
