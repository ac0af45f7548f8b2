package server

import (
	"log/slog"
	"math/rand/v2"
	"time"

	"millrace/exec/state"
	"millrace/server/auth"
)

// Options configure a node.
type Options struct {
	// Dir holds all data; FS is the file system it is in, nil for the disk.
	Dir string
	FS  state.FS
	// Groups is the number of Raft groups, fixed at the first start; 0 takes what is
	// there, 1 for a new node.
	Groups int
	// Logger gets state changes and errors; nil discards them.
	Logger *slog.Logger
	// Now and Random are the clock and the randomness of random(); tests replace them.
	Now    func() time.Time
	Random func() float64
	// CheckpointEvery and EpochMin: see exec.Options.
	CheckpointEvery, EpochMin time.Duration
	// BatchRows is the number of rows that operators work on at once; 0 is the default.
	BatchRows int
	// EpochRows: see exec.Options.
	EpochRows int
	// MemoryLimit: see exec.Options.
	MemoryLimit int64
	// Settings are defaults of sessions, by name.
	Settings map[string]string
	// ConnectionsMax bounds the sessions, default 1000.
	ConnectionsMax int
	// Version is shown by version() and millrace.nodes.
	Version string
	// CacheBytes is the store's block cache, default 64 MiB.
	CacheBytes int64
	// HBA names a file of rules that say who may connect from where; "" uses the built-in
	// ones: see gate.builtIn.
	HBA string
	// TLS names the server's certificate and key; empty for none.
	TLS auth.TLSFiles
	// Password, where it is set, becomes that of the first superuser.
	Password string
	// Insecure serves clients of other machines without TLS.
	Insecure bool
	// WriteTimeout bounds how long a client may leave its socket unread; see pgwire.
	WriteTimeout time.Duration
}

func (o *Options) withDefaults() {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	if o.Version == "" {
		o.Version = "dev"
	}
}
