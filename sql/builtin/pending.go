package builtin

var (
	formatFuncs  []Func
	condFuncs    []Func
	jsonFuncs    []Func
	arrayFuncs   []Func
	uuidFuncs    []Func
	ksqlFuncs    []Func
	sessionFuncs []Func
	collectAggs  []Agg
	seriesTables []TableFunc
	unnestTables []TableFunc
)
