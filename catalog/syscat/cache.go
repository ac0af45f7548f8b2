package syscat

import (
	"slices"
	"sync"

	"millrace/catalog"
	"millrace/sql/col"
)

// Cache keeps the rows of the system tables that were computed from the catalog alone,
// for as long as the catalog stays as it is. Clients look at the same tables many times,
// and making all rows of pg_attribute takes longer than everything else in a look at one
// table. It holds one set of rows for a table, so its size is that of the tables.
type Cache struct {
	mu   sync.Mutex
	rows map[catalog.ObjectID]cachedRows
}

// cachedRows holds for one snapshot, role and search path.
type cachedRows struct {
	snapshot *catalog.Snapshot
	role     catalog.ObjectID
	path     []string
	batch    *col.Batch
}

// Rows is the function Rows, with the rows computed at most once for a state of the
// catalog. The batch is shared: nobody may write to it.
func (c *Cache) Rows(id catalog.ObjectID, env Env) (*col.Batch, error) {
	key := cachedRows{snapshot: env.Snapshot(), role: env.CurrentRole(), path: env.SearchPath()}
	c.mu.Lock()
	have, ok := c.rows[id]
	c.mu.Unlock()
	if ok && have.snapshot == key.snapshot && have.role == key.role && slices.Equal(have.path, key.path) {
		return have.batch, nil
	}
	w := &watchedEnv{Env: env, key: &key}
	b, err := Rows(id, w)
	if err != nil || w.live {
		return b, err
	}
	key.batch = b
	c.mu.Lock()
	if c.rows == nil {
		c.rows = map[catalog.ObjectID]cachedRows{}
	}
	c.rows[id] = key
	c.mu.Unlock()
	return b, nil
}

// watchedEnv notes whether rows depend on more than what they are kept for.
type watchedEnv struct {
	Env
	key  *cachedRows
	live bool
}

// Snapshot implements Env: the one that the rows are kept for.
func (w *watchedEnv) Snapshot() *catalog.Snapshot { return w.key.snapshot }

// CurrentRole implements Env.
func (w *watchedEnv) CurrentRole() catalog.ObjectID { return w.key.role }

// SearchPath implements Env.
func (w *watchedEnv) SearchPath() []string { return w.key.path }

// Setting implements Env.
func (w *watchedEnv) Setting(name string) (string, bool) {
	w.live = true
	return w.Env.Setting(name)
}

// Sessions implements Live.
func (w *watchedEnv) Sessions() []Session { w.live = true; return w.Env.Sessions() }

// Queries implements Live.
func (w *watchedEnv) Queries() []Query { w.live = true; return w.Env.Queries() }

// Operators implements Live.
func (w *watchedEnv) Operators() []Operator { w.live = true; return w.Env.Operators() }

// Partitions implements Live.
func (w *watchedEnv) Partitions() []Partition { w.live = true; return w.Env.Partitions() }

// RowErrors implements Live.
func (w *watchedEnv) RowErrors() []RowError { w.live = true; return w.Env.RowErrors() }

// Backfills implements Live.
func (w *watchedEnv) Backfills() []Backfill { w.live = true; return w.Env.Backfills() }

// Epochs implements Live.
func (w *watchedEnv) Epochs() []Epoch { w.live = true; return w.Env.Epochs() }

// Subscriptions implements Live.
func (w *watchedEnv) Subscriptions() []Subscription { w.live = true; return w.Env.Subscriptions() }

// Nodes implements Live.
func (w *watchedEnv) Nodes() []Node { w.live = true; return w.Env.Nodes() }

// Sources implements Live.
func (w *watchedEnv) Sources() []Source { w.live = true; return w.Env.Sources() }

// LateRows implements Live.
func (w *watchedEnv) LateRows() []LateRow { w.live = true; return w.Env.LateRows() }

// Watermarks implements Live.
func (w *watchedEnv) Watermarks() []Watermark { w.live = true; return w.Env.Watermarks() }
