package session

import (
	"context"
	"math"
	"strings"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// sequences is what a session remembers of the numbers it took.
type sequences struct {
	current map[uint32]int64
	last    uint32
}

// NextValues implements builtin.Sequences.
func (f functions) NextValues(id uint32, n int) ([]int64, error) {
	s := f.s
	if s.readOnly() {
		return nil, pgerr.New(pgerr.ReadOnlySQLTransaction, "cannot execute nextval() in a read-only transaction")
	}
	if _, err := s.sequence(id); err != nil {
		return nil, err
	}
	res, err := s.advance(&catalog.AdvanceSequence{ID: catalog.ObjectID(id), N: int64(n)})
	if err != nil {
		return nil, err
	}
	if s.sequences.current == nil {
		s.sequences.current = map[uint32]int64{}
	}
	s.sequences.current[id], s.sequences.last = res.Values[n-1], id
	return res.Values, nil
}

func (s *Session) advance(op *catalog.AdvanceSequence) (*catalog.Result, error) {
	return catalog.Propose(context.Background(), s.backend.Proposer, &catalog.Change{By: s.Role(), Op: op})
}

// sequence finds a sequence by the OID of a regclass.
func (s *Session) sequence(id uint32) (*catalog.Sequence, error) {
	cat := s.backend.Catalog.Current()
	if q, ok := cat.SequenceByID(catalog.ObjectID(id)); ok {
		return q, nil
	}
	if o, ok := cat.Object(catalog.ObjectID(id)); ok {
		return nil, pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not a sequence", o.Name)
	}
	return nil, pgerr.Newf(pgerr.UndefinedTable, "could not open relation with OID %d", id)
}

// CurrentValue implements builtin.Sequences.
func (f functions) CurrentValue(id uint32) (int64, error) {
	q, err := f.s.sequence(id)
	if err != nil {
		return 0, err
	}
	if v, ok := f.s.sequences.current[id]; ok {
		return v, nil
	}
	return 0, pgerr.Newf(pgerr.ObjectNotInPrerequisiteState,
		"currval of sequence \"%s\" is not yet defined in this session", q.Name)
}

// LastValue implements builtin.Sequences.
func (f functions) LastValue() (int64, error) {
	if f.s.sequences.last == 0 {
		return 0, pgerr.New(pgerr.ObjectNotInPrerequisiteState, "lastval is not yet defined in this session")
	}
	return f.s.sequences.current[f.s.sequences.last], nil
}

// SetValue implements builtin.Sequences.
func (f functions) SetValue(id uint32, value int64, called bool) error {
	if _, err := f.s.sequence(id); err != nil {
		return err
	}
	_, err := f.s.advance(&catalog.AdvanceSequence{ID: catalog.ObjectID(id), Set: true, Last: value, Called: called})
	if err == nil && called {
		if f.s.sequences.current == nil {
			f.s.sequences.current = map[uint32]int64{}
		}
		f.s.sequences.current[id] = value
	}
	return err
}

func (s *Session) runCreateSequence(ctx context.Context, st *sql.CreateSequence) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	seq := &catalog.Sequence{Schema: q.Schema, Name: q.Name, Type: types.Int8.OID(), Step: 1}
	if err := s.sequenceOptions(seq, &st.Options, true); err != nil {
		return nil, err
	}
	_, err = s.change(ctx, &catalog.CreateSequence{Sequence: seq, IfNotExists: st.IfNotExists}, 0)
	return command("CREATE SEQUENCE"), err
}

func (s *Session) runAlterSequence(ctx context.Context, st *sql.AlterSequence) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	old, ok := s.backend.Catalog.Current().FindSequence(s.searchPath(), q.Schema, q.Name)
	if !ok {
		if st.IfExists {
			s.notice(pgerr.Newf(pgerr.SuccessfulCompletion, "relation \"%s\" does not exist, skipping", q.Name))
			return command("ALTER SEQUENCE"), nil
		}
		return nil, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", q.Name)
	}
	seq := *old
	if err := s.sequenceOptions(&seq, &st.Options, false); err != nil {
		return nil, err
	}
	op := &catalog.AlterSequence{ID: old.ID, To: &seq}
	if st.Options.Restart {
		op.Restart = &seq.Start
		if st.Options.RestartWith != nil {
			op.Restart = st.Options.RestartWith
		}
	}
	_, err = s.change(ctx, op, 0)
	return command("ALTER SEQUENCE"), err
}

func (s *Session) renameSequence(ctx context.Context, q catalog.QName, to string, ifExists bool) (*result, error) {
	old, ok := s.backend.Catalog.Current().FindSequence(s.searchPath(), q.Schema, q.Name)
	if !ok {
		if ifExists {
			return command("ALTER SEQUENCE"), nil
		}
		return nil, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", q.Name)
	}
	seq := *old
	seq.Name = to
	_, err := s.change(ctx, &catalog.AlterSequence{ID: old.ID, To: &seq}, 0)
	return command("ALTER SEQUENCE"), err
}

// sequenceOptions sets what the options say, and with fresh what they leave open.
func (s *Session) sequenceOptions(q *catalog.Sequence, o *sql.SequenceOptions, fresh bool) error {
	if o.Type != nil {
		t, _, err := s.typeName(o.Type)
		if err != nil {
			return err
		}
		if !t.IsInteger() {
			return pgerr.New(pgerr.InvalidParameterValue, "sequence type must be smallint, integer, or bigint")
		}
		q.Type = t.OID()
	}
	if o.Step != nil {
		q.Step = *o.Step
	}
	if q.Step == 0 {
		return pgerr.New(pgerr.InvalidParameterValue, "INCREMENT must not be zero")
	}
	low, high := catalog.SequenceBounds(q.Type)
	q.Cycle = (q.Cycle || o.Cycle) && !o.NoCycle
	sequenceBounds(q, o, fresh, low, high)
	switch {
	case q.Min < low:
		return outOfType("MINVALUE", q.Min, q.Type)
	case q.Max > high:
		return outOfType("MAXVALUE", q.Max, q.Type)
	case q.Min >= q.Max:
		return pgerr.Newf(pgerr.InvalidParameterValue, "MINVALUE (%d) must be less than MAXVALUE (%d)", q.Min, q.Max)
	case q.Start < q.Min:
		return pgerr.Newf(pgerr.InvalidParameterValue, "START value (%d) cannot be less than MINVALUE (%d)", q.Start, q.Min)
	case q.Start > q.Max:
		return pgerr.Newf(pgerr.InvalidParameterValue, "START value (%d) cannot be greater than MAXVALUE (%d)", q.Start, q.Max)
	}
	return s.sequenceOwner(q, o)
}

func outOfType(what string, n int64, oid uint32) error {
	t, _ := types.FromOID(oid)
	return pgerr.Newf(pgerr.InvalidParameterValue, "%s (%d) is out of range for sequence data type %s", what, n, t)
}

func sequenceBounds(q *catalog.Sequence, o *sql.SequenceOptions, fresh bool, low, high int64) {
	switch {
	case o.Min != nil:
		q.Min = *o.Min
	case fresh || o.NoMin:
		q.Min = 1
		if q.Step < 0 {
			q.Min = low
		}
	}
	switch {
	case o.Max != nil:
		q.Max = *o.Max
	case fresh || o.NoMax:
		q.Max = min(high, math.MaxInt64)
		if q.Step < 0 {
			q.Max = -1
		}
	}
	switch {
	case o.Start != nil:
		q.Start = *o.Start
	case fresh && q.Step > 0:
		q.Start = q.Min
	case fresh:
		q.Start = q.Max
	}
}

// sequenceOwner reads OWNED BY table.column.
func (s *Session) sequenceOwner(q *catalog.Sequence, o *sql.SequenceOptions) error {
	if o.OwnedByNone {
		q.Table, q.Column = 0, ""
	}
	if o.OwnedBy.Empty() {
		return nil
	}
	if len(o.OwnedBy.Parts) < 2 {
		return pgerr.New(pgerr.SyntaxError, "invalid OWNED BY option").
			WithHint("Specify OWNED BY table.column or OWNED BY NONE.")
	}
	parts := o.OwnedBy.Parts[:len(o.OwnedBy.Parts)-1]
	schema := ""
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	table, ok := s.backend.Catalog.Current().Lookup(s.searchPath(), schema, parts[len(parts)-1])
	switch {
	case !ok:
		return pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", strings.Join(parts, "."))
	case table.Column(o.OwnedBy.Last()) < 0:
		return pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" of relation \"%s\" does not exist", o.OwnedBy.Last(), table.Name)
	}
	q.Table, q.Column = table.ID, o.OwnedBy.Last()
	return nil
}

// serialTypes are PostgreSQL's names for integers with a sequence.
var serialTypes = map[string]types.Type{
	"serial": types.Int4, "serial4": types.Int4, "bigserial": types.Int8, "serial8": types.Int8,
	"smallserial": types.Int2, "serial2": types.Int2,
}

// numbered reads serial types, identity and GENERATED of a column definition. seq is
// the sequence to make for the column, nil for none.
func (s *Session) numbered(d *sql.ColumnDef) (t types.Type, domain catalog.ObjectID, seq *catalog.Sequence, err error) {
	if len(d.Type.Parts) == 1 && d.Type.ArrayDims == 0 {
		if t, ok := serialTypes[d.Type.Last()]; ok {
			seq = &catalog.Sequence{Column: d.Name, Type: t.OID(), Step: 1}
			return t, 0, seq, s.sequenceOptions(seq, &sql.SequenceOptions{}, true)
		}
	}
	t, domain, err = s.typeName(d.Type)
	if err != nil || d.Identity == "" {
		return t, domain, nil, err
	}
	if !t.IsInteger() {
		return t, 0, nil, pgerr.New(pgerr.InvalidParameterValue, "identity column type must be smallint, integer, or bigint")
	}
	if d.Default != nil {
		return t, 0, nil, pgerr.Newf(pgerr.SyntaxError, "both default and identity specified for column \"%s\"", d.Name).At(int(d.Pos))
	}
	seq = &catalog.Sequence{Column: d.Name, Type: t.OID(), Step: 1}
	options := d.IdentityOptions
	if options == nil {
		options = &sql.SequenceOptions{}
	}
	return t, domain, seq, s.sequenceOptions(seq, options, true)
}
