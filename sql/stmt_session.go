package sql

// TxnModes are the modes of BEGIN and SET TRANSACTION.
type TxnModes struct {
	// Isolation is "", or in lower case "serializable", "repeatable read",
	// "read committed", "read uncommitted".
	Isolation string
	// ReadOnly and Deferrable are nil when not given.
	ReadOnly, Deferrable *bool
}

// Begin is BEGIN or START TRANSACTION.
type Begin struct {
	Stmt
	// Start tells that START TRANSACTION was written: its command tag differs.
	Start bool
	Modes TxnModes
}

// Commit is COMMIT or END.
type Commit struct {
	Stmt
	Chain bool
}

// Rollback is ROLLBACK or ABORT.
type Rollback struct {
	Stmt
	Chain bool
}

// Savepoint is SAVEPOINT Name.
type Savepoint struct {
	Stmt
	Name string
}

// Release is RELEASE [SAVEPOINT] Name.
type Release struct {
	Stmt
	Name string
}

// RollbackTo is ROLLBACK TO [SAVEPOINT] Name.
type RollbackTo struct {
	Stmt
	Name string
}

// SetTransaction is SET TRANSACTION, or with Session set
// SET SESSION CHARACTERISTICS AS TRANSACTION.
type SetTransaction struct {
	Stmt
	Session bool
	Modes   TxnModes
	// Snapshot is the text of SET TRANSACTION SNAPSHOT, "" when absent.
	Snapshot string
}

// Set is SET name = values.
type Set struct {
	Stmt
	Local bool
	// Name is the setting in lower case, with its prefix: "millrace.x". SET TIME
	// ZONE, NAMES, SCHEMA, ROLE, SESSION AUTHORIZATION use the setting's name
	// (timezone, client_encoding, search_path, role, session_authorization).
	Name string
	// Property marks ksqlDB's spelling, the name in quotes: SET 'auto.offset.reset' = 'earliest'.
	Property bool
	// Values holds the items of the list, as text.
	Values []string
	// Default marks SET name TO DEFAULT (and LOCAL for the time zone).
	Default bool
}

// Show is SHOW name; Name is "all" for SHOW ALL.
type Show struct {
	Stmt
	Name string
}

// Reset is RESET name; Name is "all" for RESET ALL.
type Reset struct {
	Stmt
	Name string
}

// Discard is DISCARD; Target is "all", "plans", "sequences" or "temp".
type Discard struct {
	Stmt
	Target string
}

// Prepare is PREPARE Name (Types) AS Statement.
type Prepare struct {
	Stmt
	Name      string
	Types     []*TypeName
	Statement Statement
}

// Execute is EXECUTE Name (Args).
type Execute struct {
	Stmt
	Name string
	Args []Expr
}

// Deallocate is DEALLOCATE Name; Name is "" for ALL.
type Deallocate struct {
	Stmt
	Name string
}

// DeclareCursor is DECLARE Name CURSOR FOR Query.
type DeclareCursor struct {
	Stmt
	Name        string
	Binary      bool
	Insensitive bool
	// Scroll is nil when neither SCROLL nor NO SCROLL was given.
	Scroll *bool
	Hold   bool
	// Query is a *SelectStmt or a *Subscribe.
	Query Statement
}

// FetchDirection is the direction of FETCH and MOVE.
type FetchDirection uint8

// Directions of FETCH. NEXT is FetchForward with count 1, PRIOR FetchBackward
// with 1, FIRST FetchAbsolute with 1, LAST FetchAbsolute with -1.
const (
	FetchForward FetchDirection = iota
	FetchBackward
	FetchAbsolute
	FetchRelative
)

// Fetch is FETCH or MOVE.
type Fetch struct {
	Stmt
	Move      bool
	Cursor    string
	Direction FetchDirection
	Count     int64
	// All marks FETCH ALL, FORWARD ALL and BACKWARD ALL.
	All bool
	// Options is WITH (...) after the cursor, for push queries: timeout is how long to
	// wait for rows.
	Options []Option
}

// CloseCursor is CLOSE Name; Name is "" for ALL.
type CloseCursor struct {
	Stmt
	Name string
}

// Explain is EXPLAIN. Options are named in lower case; EXPLAIN ANALYZE VERBOSE
// gives the options analyze and verbose without a value.
type Explain struct {
	Stmt
	Options   []Option
	Statement Statement
}

// Listen is LISTEN Channel.
type Listen struct {
	Stmt
	Channel string
}

// Notify is NOTIFY Channel, 'Payload'.
type Notify struct {
	Stmt
	Channel, Payload string
}

// Unlisten is UNLISTEN Channel; Channel is "" for *.
type Unlisten struct {
	Stmt
	Channel string
}
