package syscat

import "slices"

// fillers are the relations of PostgreSQL's schemas that have rows here.
func fillers() []filler {
	return slices.Concat(
		relationFillers(),
		constraintFillers(),
		viewFillers(),
		serverFillers(),
		roleFillers(),
		procFillers(),
		extensionFillers(),
		standardFillers(),
		standardConstraintFillers(),
		standardTypeFillers(),
		typeFillers(),
		sequenceFillers(),
	)
}

// ownTables are the tables of schema millrace.
func ownTables() []*Table {
	return slices.Concat(catalogTables(), queryTables(), serverTables(), sourceTables(), timeTables())
}
