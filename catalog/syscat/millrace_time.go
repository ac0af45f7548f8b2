package syscat

import "millrace/catalog"

// LateRow is a row that a continuous query left out because it came too late.
type LateRow struct {
	View      catalog.ObjectID
	Epoch     uint64
	At        Micros
	Operator  string
	EventTime Micros // 0 for none
	Watermark Micros // 0 for none
	Row       string
	Count     int64 // negative for a retraction
}

// Watermark is how far a continuous query is in the event time of a partition.
type Watermark struct {
	View, Stream catalog.ObjectID
	Partition    int32
	Largest      Micros // event time, 0 for none
	Seen         Micros // clock of the last row, 0 for none
	Watermark    Micros // of the stream, 0 for none
	Idle         bool
}

// LateRows implements Live.
func (NoLive) LateRows() []LateRow { return nil }

// Watermarks implements Live.
func (NoLive) Watermarks() []Watermark { return nil }

// timeTables show event time.
func timeTables() []*Table {
	return []*Table{
		{
			ID: 13941,
			Schema: `CREATE TABLE millrace.late_rows (
				query_id oid NOT NULL,         -- id of the continuous query
				query text NOT NULL,           -- name of what it maintains
				epoch int8 NOT NULL,           -- epoch in which the row came
				came_at timestamptz,           -- clock of that epoch
				operator text NOT NULL,        -- operator that left it out
				event_time timestamptz,        -- time by which it was late
				watermark timestamptz,         -- watermark that it met
				row_text text NOT NULL,        -- the row, as the operator got it
				count int8 NOT NULL            -- how often it came; negative for a retraction
			)`,
			Doc:  "The newest rows that continuous queries left out because they came behind the watermark.",
			Rows: lateRowRows,
		},
		{
			ID: 13942,
			Schema: `CREATE TABLE millrace.watermarks (
				query_id oid NOT NULL,         -- id of the continuous query
				query text NOT NULL,           -- name of what it maintains
				stream text NOT NULL,          -- stream that it reads
				partition int4 NOT NULL,       -- partition of the stream
				largest timestamptz,           -- largest event time among its rows
				last_row_at timestamptz,       -- clock of the epoch that brought its last row
				idle bool NOT NULL,            -- whether it does not hold the watermark back
				watermark timestamptz          -- event time up to which the stream is complete for the query
			)`,
			Doc:  "Event time of the streams that continuous queries read, where they act on it.",
			Rows: watermarkRows,
		},
	}
}

func lateRowRows(env Env, add Add) error {
	for _, r := range env.LateRows() {
		err := add(oid(r.View), displayName(env, r.View), num(r.Epoch), when(r.At), text(r.Operator),
			when(r.EventTime), when(r.Watermark), text(r.Row), num(r.Count))
		if err != nil {
			return err
		}
	}
	return nil
}

func watermarkRows(env Env, add Add) error {
	for _, w := range env.Watermarks() {
		err := add(oid(w.View), displayName(env, w.View), displayName(env, w.Stream), num(w.Partition),
			when(w.Largest), when(w.Seen), truth(w.Idle), when(w.Watermark))
		if err != nil {
			return err
		}
	}
	return nil
}
