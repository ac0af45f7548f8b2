package catalog

// QueryState is whether the continuous query of an object runs.
type QueryState string

// The states of a continuous query. A terminated one never runs again.
const (
	QueryRunning    QueryState = ""
	QueryPaused     QueryState = "paused"
	QueryTerminated QueryState = "terminated"
)

// QueryStateOption is the option, set by PAUSE, RESUME and TERMINATE, that holds the
// state; WITH does not know it.
const QueryStateOption = "query_state"

// QueryState returns whether the object's query is to run.
func (o *Object) QueryState() QueryState { return QueryState(o.Options[QueryStateOption]) }
