package sql

// Limits of what Parse takes. They bound the time and the stack of one statement
// before anything else of the server has seen it.
const (
	// maxTextBytes bounds a whole text. It is the size of a message of many rows
	// of INSERT; bulk loading beyond it is COPY's work.
	maxTextBytes = 16 << 20
	// maxStatementBytes bounds a statement that is not an INSERT of constants. The
	// grammar costs up to 2 us a byte and cannot be cancelled.
	maxStatementBytes = 1 << 20
	// maxDepth bounds the nesting of expressions and queries. Planner and executor
	// recurse over the tree, too.
	maxDepth = 500
	// maxChain bounds operators that nest by associativity alone (a AND b AND ...).
	maxChain = 10_000
	// maxJoins bounds the joins in one item of FROM, which nest to the left.
	maxJoins = 1_000
	// maxNameBytes is PostgreSQL's NAMEDATALEN - 1.
	maxNameBytes = 63
	// maxParams is the largest $n: the protocol counts parameters in 16 bits.
	maxParams = 65_535
)
