package syscat

import "millrace/catalog"

// Env is what the tables' rows and Function are computed from: one statement's view
// of the catalog and of the server. It is implemented by the server; NoLive stands
// in for the parts that are not there.
type Env interface {
	Snapshot() *catalog.Snapshot
	// CurrentRole is the role whose privileges count.
	CurrentRole() catalog.ObjectID
	// SearchPath is the schemas of the session's path, in order, without pg_catalog.
	SearchPath() []string
	// Setting returns the session's value of a setting, as SHOW prints it; ok is false
	// when it has its default.
	Setting(name string) (value string, ok bool)
	Live
}

// Live is the facts about the running server.
type Live interface {
	Sessions() []Session
	Queries() []Query
	Operators() []Operator
	Partitions() []Partition
	RowErrors() []RowError
	Backfills() []Backfill
	Epochs() []Epoch
	Subscriptions() []Subscription
	Nodes() []Node
	Sources() []Source
	LateRows() []LateRow
	Watermarks() []Watermark
}

// Micros is a time in microseconds since 2000-01-01 UTC; 0 is none (NULL).
type Micros = int64

// Session is one connection.
type Session struct {
	PID                 int32
	User                string
	Role                catalog.ObjectID // of User
	Application         string
	ClientAddr          string // without the port, "" for none
	ClientPort          int32
	StartedAt           Micros
	TransactionAt       Micros
	QueryAt             Micros
	StateAt             Micros
	State               string // "active", "idle", "idle in transaction", "idle in transaction (aborted)"
	WaitType, Wait      string
	Query               string
	PreparedCount       int32
	RowsSent, BytesSent int64
}

// Query is one continuous query.
type Query struct {
	View        catalog.ObjectID
	State       string // "backfilling", "running", "paused", "terminated", "failed"
	Epoch       uint64 // the last one it has finished
	RowsIn      int64
	RowsOut     int64
	RowErrors   int64
	StateRows   int64
	MemoryBytes int64
	Error       string // why it failed, "" otherwise
}

// Operator is one operator of a continuous query.
type Operator struct {
	View        catalog.ObjectID
	Number      int32
	Parent      int32 // -1 for the last operator
	Name        string
	Detail      string
	RowsIn      int64
	RowsOut     int64
	StateRows   int64
	MemoryBytes int64
	BusyMicros  int64
}

// Partition is one partition of a stream or table in the log.
type Partition struct {
	Stream   catalog.ObjectID
	Number   int32
	Group    uint32
	Start    int64 // first retained offset
	End      int64 // next offset
	Bytes    int64
	Segments int32
	Leader   string
}

// RowError is a row that a continuous query could not evaluate.
type RowError struct {
	View      catalog.ObjectID
	Epoch     uint64
	At        Micros
	Code      string // SQLSTATE
	Reason    string
	Operator  string
	Source    catalog.ObjectID // 0 when not known
	Partition int32            // -1 when not known
	Offset    int64            // -1 when not known
	Row       string           // the row as text
	Count     int64            // how often it stands in the input; may be 0 after a retraction
}

// Backfill is a new view's reading of existing data.
type Backfill struct {
	View       catalog.ObjectID
	State      string // "running", "done", "failed"
	StartedAt  Micros
	FinishedAt Micros
	RowsDone   int64
	RowsTotal  int64
}

// Epoch is one of the last epochs.
type Epoch struct {
	Number         uint64
	Clock          Micros
	RowsIn         int64
	RowsOut        int64
	DurationMicros int64
	Checkpointed   bool
}

// Subscription is one push query.
type Subscription struct {
	PID         int32
	Number      int64
	Query       string
	StartedAt   Micros
	Epoch       uint64 // the last one sent
	RowsSent    int64
	QueuedBytes int64
}

// Node is one server of the cluster.
type Node struct {
	ID        string
	SQLAddr   string
	HTTPAddr  string
	State     string // "up", "down"
	Leader    bool
	Groups    int32
	StartedAt Micros
	Version   string
}

// Source is a stream that a connector fills.
type Source struct {
	Stream    catalog.ObjectID
	Connector string
	State     string  // "running", "finished", "failed"
	Rate      float64 // rows a second, 0 for as many as go
	Limit     int64   // rows in all, 0 for no end
	Rows      int64
	Error     string // why it failed, "" otherwise
}

// NoLive is a server without any live state; embed it to implement part of Live.
type NoLive struct{}

var _ Live = NoLive{}

// Sources implements Live.
func (NoLive) Sources() []Source { return nil }

// Sessions implements Live.
func (NoLive) Sessions() []Session { return nil }

// Queries implements Live.
func (NoLive) Queries() []Query { return nil }

// Operators implements Live.
func (NoLive) Operators() []Operator { return nil }

// Partitions implements Live.
func (NoLive) Partitions() []Partition { return nil }

// RowErrors implements Live.
func (NoLive) RowErrors() []RowError { return nil }

// Backfills implements Live.
func (NoLive) Backfills() []Backfill { return nil }

// Epochs implements Live.
func (NoLive) Epochs() []Epoch { return nil }

// Subscriptions implements Live.
func (NoLive) Subscriptions() []Subscription { return nil }

// Nodes implements Live.
func (NoLive) Nodes() []Node { return nil }
