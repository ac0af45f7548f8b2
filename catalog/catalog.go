package catalog

import (
	"sync"
	"sync/atomic"

	"millrace/sql/pgerr"
)

// DatabaseName is the name of the one database.
const DatabaseName = "millrace"

// Catalog is the replicated state machine over changes.
type Catalog struct {
	current  atomic.Pointer[Snapshot]
	watchers []func(*Snapshot, *Change, *Result)

	valuesMu sync.Mutex
	values   map[ObjectID]SequenceValue
}

// New returns a catalog with the system schemas and an empty schema public.
func New() *Catalog {
	c := &Catalog{}
	schemas := append(systemSchemas(), Schema{
		ID: SchemaPublic, Name: "public", Comment: "standard public schema", ACL: publicSchemaACL(),
	})
	c.current.Store(newSnapshot(0, FirstObjectID, schemas, nil, nil, nil))
	return c
}

// Current returns the newest snapshot. It may be called from any goroutine.
func (c *Catalog) Current() *Snapshot { return c.current.Load() }

// Watch makes every later change known to f, after it became current and before
// Apply returns. After Restore f is called with a nil change and result. f must not
// block. Watch is called before the first Apply.
func (c *Catalog) Watch(f func(s *Snapshot, change *Change, result *Result)) {
	c.watchers = append(c.watchers, f)
}

// Apply applies the encoded change at a journal index and returns a *Result, or an
// error when the change does not fit; then nothing has changed. It is deterministic (I1).
func (c *Catalog) Apply(index uint64, data []byte) any {
	change, err := DecodeChange(data)
	if err != nil {
		return err
	}
	if op, ok := change.Op.(*AdvanceSequence); ok {
		return c.advance(change.By, op)
	}
	d := newDraft(c.Current(), index, change)
	if _, ok := d.base.Role(change.By); change.By != 0 && !ok {
		return pgerr.Newf(pgerr.UndefinedObject, "role with OID %d does not exist", change.By)
	}
	if err := d.run(change.Op); err != nil {
		return err
	}
	if !d.result.Changed {
		return d.result
	}
	s := d.snapshot()
	if o := d.result.Object; o != nil {
		d.result.Object, _ = s.Object(o.ID)
	}
	if op, ok := change.Op.(*AlterSequence); ok && op.Restart != nil {
		c.restart(op)
	}
	c.publish(s, change, d.result)
	return d.result
}

func (c *Catalog) publish(s *Snapshot, change *Change, result *Result) {
	c.current.Store(s)
	for _, f := range c.watchers {
		f(s, change, result)
	}
}

// Snapshot returns the state as bytes for Restore.
func (c *Catalog) Snapshot() ([]byte, error) { return c.Current().encode(c.allValues()), nil }

// Restore replaces the state by one that Snapshot wrote.
func (c *Catalog) Restore(data []byte) error {
	s, values, err := decodeSnapshot(data)
	if err != nil {
		return err
	}
	c.valuesMu.Lock()
	c.values = values
	c.valuesMu.Unlock()
	c.publish(s, nil, nil)
	return nil
}

func (d *draft) run(op Op) error {
	if done, err := d.runRoleOp(op); done {
		return err
	}
	switch op := op.(type) {
	case *CreateSchema:
		return d.createSchema(op)
	case *DropSchema:
		return d.dropSchema(op)
	case *Create:
		return d.create(op)
	case *Drop:
		return d.drop(op)
	case *CreateIndex:
		return d.createIndex(op)
	case *DropIndex:
		return d.dropIndex(op)
	case *Rename:
		return d.rename(op)
	case *Comment:
		return d.comment(op)
	case *SetOptions:
		return d.setOptions(op)
	case *CreateType:
		return d.createType(op)
	case *DropType:
		return d.dropType(op)
	case *AlterType:
		return d.alterType(op)
	case *CreateSequence:
		return d.createSequence(op)
	case *DropSequence:
		return d.dropSequence(op)
	case *AlterSequence:
		return d.alterSequence(op)
	}
	panic(pgerr.Bug("catalog operation %T", op))
}
