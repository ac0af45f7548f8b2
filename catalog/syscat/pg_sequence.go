package syscat

import (
	"strconv"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/types"
)

func sequenceFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_sequence", doc: "Sequences.",
			columns: "seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle", rows: pgSequence,
		},
		{
			table: "pg_catalog.pg_sequences", doc: "Sequences by name; last_value is not shown.",
			columns: "schemaname sequencename sequenceowner data_type start_value min_value max_value increment_by cycle cache_size",
			rows:    pgSequences,
		},
		{
			table: "information_schema.sequences", doc: "Sequences that are not of identity columns.",
			columns: "sequence_catalog sequence_schema sequence_name data_type numeric_precision numeric_precision_radix " +
				"numeric_scale start_value minimum_value maximum_value increment cycle_option",
			rows: standardSequences,
		},
	}
}

func pgSequence(env Env, add Add) error {
	for _, q := range env.Snapshot().Sequences() {
		err := add(oid(q.ID), num(q.Type), num(q.Start), num(q.Step), num(q.Max), num(q.Min), num(1), truth(q.Cycle))
		if err != nil {
			return err
		}
	}
	return nil
}

func pgSequences(env Env, add Add) error {
	s := env.Snapshot()
	for _, q := range s.Sequences() {
		err := add(text(q.Schema), text(q.Name), text(s.RoleName(q.OwnerID())), num(q.Type), num(q.Start), num(q.Min), num(q.Max),
			num(q.Step), truth(q.Cycle), num(1))
		if err != nil {
			return err
		}
	}
	return nil
}

func standardSequences(env Env, add Add) error {
	s := env.Snapshot()
	number := func(n int64) types.Datum { return text(strconv.FormatInt(n, 10)) }
	for _, q := range s.Sequences() {
		t, _ := types.FromOID(q.Type)
		if isIdentity(s, q) {
			continue
		}
		err := add(text(DatabaseName), text(q.Schema), text(q.Name), text(t.String()), num(8*t.TypLen()), num(2), num(0),
			number(q.Start), number(q.Min), number(q.Max), number(q.Step), yesNo(q.Cycle))
		if err != nil {
			return err
		}
	}
	return nil
}

func isIdentity(s *catalog.Snapshot, q *catalog.Sequence) bool {
	o, ok := s.Object(q.Table)
	if !ok {
		return false
	}
	i := o.Column(q.Column)
	return i >= 0 && o.Columns[i].Identity != "" && o.Columns[i].Sequence == q.ID
}

// sequenceRelations adds the sequences' rows of pg_class.
func sequenceRelations(env Env, add Add) error {
	s := env.Snapshot()
	ids := schemaIDs(s)
	for _, q := range s.Sequences() {
		err := add(oid(q.ID), text(q.Name), oid(ids[q.Schema]), num(0), oid(q.OwnerID()), num(0), oid(q.ID), float(1),
			truth(false), char('p'), char('S'), num(3), num(0), truth(false), truth(true), char('n'), null, null)
		if err != nil {
			return err
		}
	}
	return nil
}

// columnDefault is the default of a column as pg_attrdef has it, "" for none: that of a
// serial column takes the next number, that of a generated column is its expression.
func columnDefault(s *catalog.Snapshot, path []string, c catalog.Column) string {
	switch {
	case c.Generated != "":
		return c.Generated
	case c.Identity != "":
		return ""
	case c.Sequence != 0:
		if q, ok := s.SequenceByID(c.Sequence); ok {
			return "nextval(" + sql.QuoteLiteral(s.SequenceDisplay(path, q)) + "::regclass)"
		}
	}
	return c.Default
}

func identityChar(c catalog.Column) byte {
	switch c.Identity {
	case "always":
		return 'a'
	case "by default":
		return 'd'
	}
	return 0
}

func generatedChar(c catalog.Column) byte {
	if c.Generated != "" {
		return 's'
	}
	return 0
}

// serialSequence answers pg_get_serial_sequence(table, column).
func serialSequence(env Env, args []types.Datum) (types.Datum, bool, error) {
	s := env.Snapshot()
	id, ok := lookupClass(env, argument(args, 0).S)
	o, isTable := s.Object(id)
	if !ok || !isTable {
		return null, false, nil
	}
	for _, q := range s.Sequences() {
		if q.Table == o.ID && q.Column == argument(args, 1).S {
			return found(sql.QuoteIdent(q.Schema) + "." + sql.QuoteIdent(q.Name))
		}
	}
	return null, false, nil
}
