package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// draft is a change being applied: the snapshot before, and what becomes different.
type draft struct {
	base   *Snapshot
	index  uint64
	path   []string
	change *Change

	nextID  ObjectID
	schemas []Schema
	about   string // the comment on the database
	by      ObjectID
	access  *access // base's until it is changed
	// objects holds changed and new objects; nil marks a dropped one.
	objects   map[ObjectID]*Object
	types     []*UserType
	sequences []*Sequence
	result    *Result
}

func newDraft(base *Snapshot, index uint64, c *Change) *draft {
	return &draft{
		base: base, index: index, path: c.SearchPath, change: c,
		nextID:    base.nextID,
		about:     base.comment,
		by:        c.By,
		access:    base.access,
		schemas:   slices.Clone(base.schemas),
		types:     slices.Clone(base.types),
		sequences: slices.Clone(base.sequences),
		objects:   map[ObjectID]*Object{},
		result:    &Result{},
	}
}

// newID gives the next id (I2).
func (d *draft) newID() ObjectID {
	d.nextID++
	return d.nextID - 1
}

// edit returns a copy of o to change.
func (d *draft) edit(o *Object) *Object {
	if c := d.objects[o.ID]; c != nil {
		return c
	}
	c := o.clone()
	d.put(c)
	return c
}

// put makes o part of the new version.
func (d *draft) put(o *Object) {
	o.ChangedAt = d.index
	d.objects[o.ID] = o
	d.result.Changed = true
}

// remove drops o and its indexes.
func (d *draft) remove(o *Object) {
	for _, x := range o.Indexes {
		d.result.Dropped = append(d.result.Dropped, x.ID)
	}
	d.result.Dropped = append(d.result.Dropped, o.ID)
	d.dropSequencesOf(o)
	d.objects[o.ID] = nil
	d.result.Changed = true
}

func (d *draft) snapshot() *Snapshot {
	objects := make([]*Object, 0, len(d.base.objects)+1)
	for _, o := range d.base.objects {
		if _, touched := d.objects[o.ID]; !touched {
			objects = append(objects, o)
		}
	}
	for _, o := range d.objects { // newSnapshot sorts
		if o != nil {
			objects = append(objects, o)
		}
	}
	s := newSnapshot(d.index, d.nextID, d.schemas, objects, d.types, d.base.typed)
	s.comment, s.sequences = d.about, d.sequences
	s.access = d.access
	if s.access != d.base.access {
		s.access.index()
	}
	return s
}

func (d *draft) notice(n *pgerr.Error) { d.result.Notices = append(d.result.Notices, n) }

// checkUserSchema refuses names in a schema that does not exist or is the system's.
func (d *draft) checkUserSchema(name QName) error {
	x, ok := d.base.Schema(name.Schema)
	switch {
	case name.Schema != "" && !ok:
		return errNoSchema(name.Schema)
	case ok && x.System:
		return errSystemObject(name.Name)
	}
	return nil
}

// relation finds the relation of an ALTER or COMMENT. Kind table accepts every kind
// where anyKind is set, as PostgreSQL's ALTER TABLE does.
func (d *draft) relation(kind sql.ObjectKind, name QName, anyKind bool) (*Object, error) {
	if err := d.checkUserSchema(name); err != nil {
		return nil, err
	}
	e, ok := d.base.resolve(d.path, name)
	if !ok {
		return nil, errNoRelation(name.Name)
	}
	if !e.isRelation() {
		return nil, errWrongKind(name.Name, kind)
	}
	if kind != e.object.KindName() && !(anyKind && kind == sql.KindTable) {
		return nil, errWrongKind(name.Name, kind)
	}
	return e.object, d.mayChange(e.object)
}

// taken reports whether a relation or index in the schema has the name (I4).
func (d *draft) taken(name QName) bool {
	if e, ok := d.base.names[name]; ok {
		if o, touched := d.objects[e.object.ID]; !touched || (o != nil && o.uses(name)) {
			return true
		}
	}
	for _, o := range d.objects {
		if o != nil && o.uses(name) {
			return true
		}
	}
	return slices.ContainsFunc(d.sequences, func(q *Sequence) bool { return q.Schema == name.Schema && q.Name == name.Name })
}

// uses reports whether the object or one of its indexes has the name.
func (o *Object) uses(name QName) bool {
	if o.Schema != name.Schema {
		return false
	}
	if o.Name == name.Name || (o.KeyID != 0 && o.KeyName == name.Name) {
		return true
	}
	return slices.ContainsFunc(o.Indexes, func(x *Index) bool { return x.Name == name.Name })
}
