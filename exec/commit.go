package exec

import (
	"sync"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// commits finds write-write conflicts (E5). For each key written lately it knows
// the commit that wrote it last; a transaction whose snapshot does not contain that
// commit has lost.
type commits struct {
	// frontier is the newest snapshot; new transactions start there or later.
	frontier func() *Snapshot
	mu       struct {
		sync.Mutex
		last   map[conflictKey]version
		active map[*Txn]struct{}
		// sweepAt is the size of last at which it is next searched for entries that
		// every active snapshot contains.
		sweepAt int
	}
}

type conflictKey struct {
	table catalog.ObjectID
	key   string
}

// ticket is one commit on its way: at is nil until the log has it.
type ticket struct {
	done   chan struct{} // closed when settled
	at     []log.Position
	failed bool
	// keys and the versions before this commit's, until it is settled: what comes to
	// nothing must not make us forget what others have committed.
	keys   []conflictKey
	before []version
}

// version is the newest row of a key, and the commit that wrote it.
type version struct {
	*ticket
	row  []types.Datum // nil: deleted
	kept bool          // row is known
}

// rowsKept is how many rows of one commit are kept for reads by key; who reads a row of
// a larger one waits for its epoch.
const rowsKept = 1024

// ConflictError says that another transaction was first. It is 40001.
type ConflictError struct {
	err    *pgerr.Error
	winner *ticket
}

// Error implements error.
func (e *ConflictError) Error() string { return e.err.Error() }

// Unwrap gives the PostgreSQL error.
func (e *ConflictError) Unwrap() error { return e.err }

// Winner waits until the other transaction is settled and returns its positions;
// a retry on a snapshot that covers them sees its effect.
func (e *ConflictError) Winner(done <-chan struct{}) []log.Position {
	select {
	case <-e.winner.done:
		return e.winner.at
	case <-done:
		return nil
	}
}

const sweepFirst = 1 << 12

func newCommits(frontier func() *Snapshot) *commits {
	c := &commits{frontier: frontier}
	c.mu.last = map[conflictKey]version{}
	c.mu.active = map[*Txn]struct{}{}
	c.mu.sweepAt = sweepFirst
	return c
}

// begin announces a transaction that is about to take its snapshot; until started
// says which one, nothing is forgotten.
func (c *commits) begin(tx *Txn) {
	c.mu.Lock()
	c.mu.active[tx] = struct{}{}
	c.mu.Unlock()
}

func (c *commits) started(tx *Txn, snap *Snapshot) {
	c.mu.Lock()
	tx.snap = snap
	c.mu.Unlock()
}

func (c *commits) end(tx *Txn) {
	c.mu.Lock()
	delete(c.mu.active, tx)
	c.mu.Unlock()
}

// reserve claims the keys for tx, or says who has them. Without keys nobody can
// ask for the outcome, and there is no ticket.
func (c *commits) reserve(tx *Txn, keys []conflictKey) (*ticket, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	t := &ticket{done: make(chan struct{}), keys: keys, before: make([]version, len(keys))}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.conflictLocked(tx, keys); err != nil {
		return nil, err
	}
	for i, k := range keys {
		t.before[i] = c.mu.last[k]
		v := version{ticket: t}
		if len(keys) <= rowsKept {
			v.row, v.kept = tx.tables[k.table].rows[k.key].row, true
		}
		c.mu.last[k] = v
	}
	c.sweepLocked()
	return t, nil
}

// conflictLocked is the error if one of the keys has another row than tx has read.
func (c *commits) conflictLocked(tx *Txn, keys []conflictKey) error {
	for _, k := range keys {
		w := c.mu.last[k].ticket
		if w == nil || w.within(tx.snap) || tx.over[k].ticket == w {
			continue
		}
		return &ConflictError{
			err: pgerr.New(pgerr.SerializationFailure,
				"could not serialize access due to concurrent update").
				WithHint("Run the transaction again."),
			winner: w,
		}
	}
	return nil
}

// within reports whether the commit is settled and part of the snapshot, or never
// happened.
func (t *ticket) within(s *Snapshot) bool {
	select {
	case <-t.done:
		return t.failed || s.Covers(t.at)
	default:
		return false
	}
}

// settle says where the log has the commit.
func (t *ticket) settle(at []log.Position) {
	if t == nil {
		return
	}
	t.at, t.keys, t.before = at, nil, nil
	close(t.done)
}

// abandon gives back the keys of a commit that wrote nothing, or that the log failed to
// take: it refuses all further appends then.
func (c *commits) abandon(t *ticket) {
	if t == nil {
		return
	}
	c.mu.Lock()
	for i, k := range t.keys {
		if t.before[i].ticket == nil {
			delete(c.mu.last, k)
		} else {
			c.mu.last[k] = t.before[i]
		}
	}
	c.mu.Unlock()
	t.failed, t.keys, t.before = true, nil, nil
	close(t.done)
}

// sweepLocked forgets commits that every active transaction sees. New
// transactions start on newer snapshots still.
func (c *commits) sweepLocked() {
	if len(c.mu.last) < c.mu.sweepAt {
		return
	}
	for k, v := range c.mu.last {
		t := v.ticket
		now := c.frontier()
		seen := t.settled() && now != nil && (t.failed || now.Covers(t.at))
		for tx := range c.mu.active {
			if tx.snap == nil || !t.within(tx.snap) {
				seen = false
				break
			}
		}
		if seen {
			delete(c.mu.last, k)
		}
	}
	c.mu.sweepAt = max(sweepFirst, 2*len(c.mu.last))
}

func (t *ticket) settled() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}
