package catalog

import (
	"math"
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Sequence gives out numbers. Its value is not part of a Snapshot: it changes with
// every number, and what a Snapshot holds changes with DDL only.
type Sequence struct {
	ID      ObjectID
	Schema  string
	Name    string
	Type    uint32 // OID of smallint, integer or bigint
	Start   int64
	Step    int64
	Min     int64
	Max     int64
	Cycle   bool   `json:",omitempty"`
	Comment string `json:",omitempty"`
	// Owner is a role; 0 is BootstrapRole.
	Owner ObjectID `json:",omitempty"`
	// Table and Column own the sequence: it is dropped with them. 0 for none.
	Table  ObjectID `json:",omitempty"`
	Column string   `json:",omitempty"`
}

// OwnerID returns the role that owns the sequence.
func (q *Sequence) OwnerID() ObjectID { return ownerOr(q.Owner) }

// SequenceValue is the state of a sequence: the last number, and whether it was given.
type SequenceValue struct {
	ID     ObjectID
	Last   int64
	Called bool
}

// CreateSequence makes a sequence. The id is given by Apply, and Name "" is chosen for
// the table and column that own it.
type CreateSequence struct {
	Sequence    *Sequence
	IfNotExists bool
}

// DropSequence drops sequences.
type DropSequence struct {
	Names    []QName
	IfExists bool
	Cascade  bool
}

// AlterSequence replaces a sequence's properties, its name, owner or comment.
type AlterSequence struct {
	ID      ObjectID
	To      *Sequence
	Restart *int64 `json:",omitempty"`
}

// AdvanceSequence takes N numbers, or with Set sets the value.
type AdvanceSequence struct {
	ID     ObjectID
	N      int64
	Set    bool  `json:",omitempty"`
	Last   int64 `json:",omitempty"`
	Called bool  `json:",omitempty"`
}

func (*CreateSequence) code() opCode  { return opCreateSequence }
func (*DropSequence) code() opCode    { return opDropSequence }
func (*AlterSequence) code() opCode   { return opAlterSequence }
func (*AdvanceSequence) code() opCode { return opAdvanceSequence }

// Sequences returns all sequences ordered by id. The slice must not be changed.
func (s *Snapshot) Sequences() []*Sequence { return s.sequences }

// SequenceByID returns the sequence with the given id.
func (s *Snapshot) SequenceByID(id ObjectID) (*Sequence, bool) {
	for _, q := range s.sequences {
		if q.ID == id {
			return q, true
		}
	}
	return nil, false
}

// FindSequence finds a sequence by name, in schema, or if that is "" on path.
func (s *Snapshot) FindSequence(path []string, schema, name string) (*Sequence, bool) {
	if schema != "" {
		path = []string{schema}
	}
	for _, x := range path {
		for _, q := range s.sequences {
			if q.Schema == x && q.Name == name {
				return q, true
			}
		}
	}
	return nil, false
}

// SequenceDisplay returns the sequence's name as SQL, as DisplayName does.
func (s *Snapshot) SequenceDisplay(path []string, q *Sequence) string {
	if found, ok := s.FindSequence(path, "", q.Name); ok && found.ID == q.ID {
		return sql.QuoteIdent(q.Name)
	}
	return sql.QuoteIdent(q.Schema) + "." + sql.QuoteIdent(q.Name)
}

// SequenceBounds are the least and the largest number of a sequence's type.
func SequenceBounds(oid uint32) (low, high int64) {
	switch oid {
	case types.Int2.OID():
		return math.MinInt16, math.MaxInt16
	case types.Int4.OID():
		return math.MinInt32, math.MaxInt32
	}
	return math.MinInt64, math.MaxInt64
}

// SequenceValue returns the state of a sequence.
func (c *Catalog) SequenceValue(q *Sequence) SequenceValue {
	c.valuesMu.Lock()
	defer c.valuesMu.Unlock()
	return c.valueOf(q)
}

func (c *Catalog) valueOf(q *Sequence) SequenceValue {
	if v, ok := c.values[q.ID]; ok {
		return v
	}
	return SequenceValue{ID: q.ID, Last: q.Start}
}

// advance applies an AdvanceSequence. It is not seen by watchers: only values change.
func (c *Catalog) advance(by ObjectID, op *AdvanceSequence) any {
	s := c.Current()
	q, ok := s.SequenceByID(op.ID)
	if !ok {
		return pgerr.Newf(pgerr.UndefinedTable, "sequence with OID %d does not exist", op.ID)
	}
	if !s.mayAdvance(by, q) {
		return ErrDenied("sequence", q.Name)
	}
	c.valuesMu.Lock()
	defer c.valuesMu.Unlock()
	if c.values == nil {
		c.values = map[ObjectID]SequenceValue{}
	}
	v := c.valueOf(q)
	if op.Set {
		if op.Last < q.Min || op.Last > q.Max {
			return pgerr.Newf(pgerr.NumericValueOutOfRange,
				"setval: value %d is out of bounds for sequence \"%s\" (%d..%d)", op.Last, q.Name, q.Min, q.Max)
		}
		c.values[q.ID] = SequenceValue{q.ID, op.Last, op.Called}
		return &Result{}
	}
	out := &Result{}
	for range op.N {
		next, err := q.next(v)
		if err != nil {
			return err
		}
		v = SequenceValue{q.ID, next, true}
		out.Values = append(out.Values, next)
	}
	c.values[q.ID] = v
	return out
}

// mayAdvance reports whether a role may take numbers: the owner, and who may insert
// into the table that the sequence belongs to.
func (s *Snapshot) mayAdvance(by ObjectID, q *Sequence) bool {
	if by == 0 || s.Owns(by, ownerOr(q.Owner)) {
		return true
	}
	o, ok := s.byID[q.Table]
	return ok && s.RelationPrivs(by, o, PrivInsert) != 0
}

// next is the number after v.
func (q *Sequence) next(v SequenceValue) (int64, error) {
	if !v.Called {
		return v.Last, nil
	}
	sum := v.Last + q.Step
	switch {
	case q.Step > 0 && (sum > q.Max || sum < v.Last):
		if q.Cycle {
			return q.Min, nil
		}
		return 0, pgerr.Newf(pgerr.SequenceGeneratorLimitExceeded,
			"nextval: reached maximum value of sequence \"%s\" (%d)", q.Name, q.Max)
	case q.Step < 0 && (sum < q.Min || sum > v.Last):
		if q.Cycle {
			return q.Max, nil
		}
		return 0, pgerr.Newf(pgerr.SequenceGeneratorLimitExceeded,
			"nextval: reached minimum value of sequence \"%s\" (%d)", q.Name, q.Min)
	}
	return sum, nil
}

func (d *draft) createSequence(op *CreateSequence) error {
	q := *op.Sequence
	holder := &Object{Schema: q.Schema, Name: q.Name}
	if err := d.placeNew(holder); err != nil {
		return err
	}
	q.Schema = holder.Schema
	if err := checkName(q.Name); err != nil {
		return err
	}
	if d.taken(QName{q.Schema, q.Name}) {
		e := errExists(q.Name)
		if !op.IfNotExists {
			return e
		}
		e.Message += ", skipping"
		d.notice(e)
		return nil
	}
	d.addSequence(&q)
	return nil
}

func (d *draft) addSequence(q *Sequence) {
	q.ID, q.Owner = d.newID(), d.by
	d.sequences = append(d.sequences, q)
	d.result.Changed = true
}

// ownSequences makes the sequences of a new table's serial and identity columns, whose
// Sequence is a mark until then. They are called table_column_seq.
func (d *draft) ownSequences(o *Object, list []*Sequence) {
	for _, x := range list {
		q := *x
		q.Schema, q.Table = o.Schema, o.ID
		if q.Name == "" {
			q.Name = d.chooseName(o.Schema, o.Name, q.Column, "seq")
		}
		d.addSequence(&q)
		if i := o.Column(q.Column); i >= 0 {
			o.Columns[i].Sequence = q.ID
		}
	}
}

// dropSequencesOf removes the sequences that a dropped relation owns.
func (d *draft) dropSequencesOf(o *Object) {
	d.sequences = slices.DeleteFunc(d.sequences, func(q *Sequence) bool { return q.Table == o.ID })
}

func (d *draft) dropSequence(op *DropSequence) error {
	for _, name := range op.Names {
		q, ok := d.base.FindSequence(d.path, name.Schema, name.Name)
		if !ok {
			if _, isRelation := d.base.resolve(d.path, name); isRelation {
				return pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not a sequence", name.Name)
			}
			if !op.IfExists {
				return pgerr.Newf(pgerr.UndefinedTable, "sequence \"%s\" does not exist", name.Name)
			}
			d.notice(notice(pgerr.SuccessfulCompletion, "sequence \"%s\" does not exist, skipping", name.Name))
			continue
		}
		if err := d.mayChangeSequence(q); err != nil {
			return err
		}
		if err := d.freeSequence(q, op.Cascade); err != nil {
			return err
		}
		d.sequences = slices.DeleteFunc(d.sequences, func(x *Sequence) bool { return x.ID == q.ID })
		d.result.Changed = true
	}
	return nil
}

// freeSequence refuses to drop a sequence that a column takes its numbers from; with
// cascade the column loses its default.
func (d *draft) freeSequence(q *Sequence, cascade bool) error {
	for _, o := range d.base.objects {
		for i, c := range o.Columns {
			if c.Sequence != q.ID {
				continue
			}
			display := "sequence " + d.base.SequenceDisplay(d.path, q)
			column := "column " + sql.QuoteIdent(c.Name) + " of " + d.base.describe(d.path, o)
			if c.Identity != "" {
				return pgerr.Newf(pgerr.DependentObjectsStillExist, "cannot drop %s because %s requires it", display, column).
					WithHint("You can drop %s instead.", column)
			}
			if !cascade {
				return pgerr.Newf(pgerr.DependentObjectsStillExist, "cannot drop %s because other objects depend on it", display).
					WithDetail("default value for %s depends on %s", column, display).
					WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
			}
			d.edit(o).Columns[i].Sequence = 0
		}
	}
	return nil
}

// mayChangeSequence is the error of a role that does not own a sequence.
func (d *draft) mayChangeSequence(q *Sequence) error {
	if d.by == 0 || d.base.Owns(d.by, ownerOr(q.Owner)) {
		return nil
	}
	return errNotOwner("sequence", q.Name)
}

func (d *draft) alterSequence(op *AlterSequence) error {
	i := slices.IndexFunc(d.sequences, func(q *Sequence) bool { return q.ID == op.ID })
	if i < 0 || op.To == nil {
		return errConcurrent()
	}
	old, q := d.sequences[i], *op.To
	if err := d.mayChangeSequence(old); err != nil {
		return err
	}
	q.ID, q.Owner = old.ID, old.Owner
	if q.Name != old.Name || q.Schema != old.Schema {
		if d.taken(QName{q.Schema, q.Name}) {
			return errExists(q.Name)
		}
		if err := checkName(q.Name); err != nil {
			return err
		}
	}
	d.sequences[i] = &q
	d.result.Changed = true
	return nil
}

// restart sets the value that a sequence gives next.
func (c *Catalog) restart(op *AlterSequence) {
	c.valuesMu.Lock()
	defer c.valuesMu.Unlock()
	if c.values == nil {
		c.values = map[ObjectID]SequenceValue{}
	}
	c.values[op.ID] = SequenceValue{ID: op.ID, Last: *op.Restart}
}

// allValues returns the values of the sequences that exist, by id.
func (c *Catalog) allValues() []SequenceValue {
	c.valuesMu.Lock()
	defer c.valuesMu.Unlock()
	var out []SequenceValue
	for _, q := range c.Current().sequences {
		if v, ok := c.values[q.ID]; ok {
			out = append(out, v)
		}
	}
	return out
}
