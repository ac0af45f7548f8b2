package builtin

var (
	formatFuncs  []Func
	jsonFuncs    []Func
	ksqlFuncs    []Func
	sessionFuncs []Func
	collectAggs  []Agg
	seriesTables []TableFunc
	unnestTables []TableFunc
)
