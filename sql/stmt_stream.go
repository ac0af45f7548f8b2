package sql

// Subscribe is SUBSCRIBE [TO] (query | view) [WITH (...)] [AS OF EPOCH n].
// Either Name or Query is set.
type Subscribe struct {
	Stmt
	Name  Name
	Query *Query
	With  []Option
	// AsOfEpoch is nil when absent.
	AsOfEpoch Expr
}

// ShowObjects is ksqlDB's SHOW or LIST of objects.
type ShowObjects struct {
	Stmt
	// What is "streams", "tables", "queries", "topics", "functions", "types",
	// "properties", "variables", "connectors", "views", "indexes", "schemas" or
	// "databases".
	What     string
	Extended bool
	// Like is the pattern of LIKE 'x', "" when absent.
	Like string
}

// ShowCreate is SHOW CREATE kind name.
type ShowCreate struct {
	Stmt
	Kind ObjectKind
	Name Name
}

// Describe is ksqlDB's DESCRIBE. Kind is "" for a plain relation, else
// "function", "connector", "streams", "tables".
type Describe struct {
	Stmt
	Kind     string
	Name     Name
	Extended bool
}

// QueryControl is TERMINATE, PAUSE or RESUME of a continuous query.
type QueryControl struct {
	Stmt
	// Verb is "terminate", "pause", "resume" or "explain".
	Verb string
	// Query is empty for ALL.
	Query Name
}
