package catalog

import (
	"millrace/sql"
	"millrace/sql/pgerr"
)

// article returns the kind with its article: "a view", "an index".
func article(kind sql.ObjectKind) string {
	if kind == sql.KindIndex {
		return "an index"
	}
	return "a " + string(kind)
}

func upperKind(kind sql.ObjectKind) string {
	switch kind {
	case sql.KindTable:
		return "TABLE"
	case sql.KindStream:
		return "STREAM"
	case sql.KindView:
		return "VIEW"
	case sql.KindMaterializedView:
		return "MATERIALIZED VIEW"
	case sql.KindIndex:
		return "INDEX"
	}
	return string(kind)
}

func errNoSchema(name string) error {
	return pgerr.Newf(pgerr.InvalidSchemaName, "schema \"%s\" does not exist", name)
}

func errNoRelation(name string) error {
	return pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", name)
}

// errNoObject is what DROP says of a missing object of a kind.
func errNoObject(kind sql.ObjectKind, name string) error {
	code := pgerr.UndefinedTable
	if kind == sql.KindIndex {
		code = pgerr.UndefinedObject
	}
	return pgerr.Newf(code, "%s \"%s\" does not exist", kind, name)
}

func errExists(name string) *pgerr.Error {
	return pgerr.Newf(pgerr.DuplicateTable, "relation \"%s\" already exists", name)
}

func errWrongKind(name string, want sql.ObjectKind) error {
	return pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not %s", name, article(want))
}

// errDropKind is errWrongKind with the statement that would drop the object.
func errDropKind(name string, want, is sql.ObjectKind) error {
	return pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not %s", name, article(want)).
		WithHint("Use DROP %s to remove %s.", upperKind(is), article(is))
}

func errNoColumn(name string) error {
	return pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" does not exist", name)
}

func errSystemObject(name string) error {
	return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied: \"%s\" is a system catalog", name)
}

func errSystemCreate(name QName) error {
	return pgerr.Newf(pgerr.InsufficientPrivilege,
		"permission denied to create \"%s.%s\"", name.Schema, name.Name).
		WithDetail("System catalog modifications are currently disallowed.")
}

func errSchemaName(name string) error {
	return pgerr.Newf(pgerr.ReservedName, "unacceptable schema name \"%s\"", name).
		WithDetail("The prefix \"pg_\" is reserved for system schemas.")
}

func errConcurrent() error {
	return pgerr.New(pgerr.SerializationFailure,
		"could not complete the statement because of a concurrent change of the catalog").
		WithHint("The statement might succeed if retried.")
}
