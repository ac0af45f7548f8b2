package syscat

import (
	"millrace/catalog"
	"millrace/sql/types"
)

// queryTables describe the continuous queries at work.
func queryTables() []*Table {
	return []*Table{
		{
			ID: 13911,
			Schema: `CREATE TABLE millrace.queries (
				id oid NOT NULL,               -- id of the view, table or stream that the query maintains
				name text NOT NULL,            -- its name
				state text NOT NULL,           -- backfilling, running, paused, terminated or failed
				epoch int8 NOT NULL,           -- last epoch that it has finished
				rows_in int8 NOT NULL,         -- rows read, retractions included
				rows_out int8 NOT NULL,        -- changes of the result
				row_errors int8 NOT NULL,      -- rows that could not be evaluated
				state_rows int8 NOT NULL,      -- rows of operator state
				memory_bytes int8 NOT NULL,    -- memory of operator state
				error text,                    -- why it failed
				query text NOT NULL            -- its text
			)`,
			Doc:  "Continuous queries, with what they did since the server started.",
			Rows: queryRows,
		},
		{
			ID: 13912,
			Schema: `CREATE TABLE millrace.operators (
				query_id oid NOT NULL,         -- id of the continuous query
				query text NOT NULL,           -- name of what it maintains
				operator int4 NOT NULL,        -- number of the operator in the query
				parent int4,                   -- operator that takes its output, NULL for the last one
				name text NOT NULL,            -- kind of operator
				detail text NOT NULL,          -- its keys, conditions and aggregates
				rows_in int8 NOT NULL,         -- rows received
				rows_out int8 NOT NULL,        -- rows emitted
				state_rows int8 NOT NULL,      -- rows of its state
				memory_bytes int8 NOT NULL,    -- memory of its state
				busy_us int8 NOT NULL          -- time spent in it, in microseconds
			)`,
			Doc:  "Operators of continuous queries.",
			Rows: operatorRows,
		},
		{
			ID: 13913,
			Schema: `CREATE TABLE millrace.row_errors (
				query_id oid NOT NULL,         -- id of the continuous query
				query text NOT NULL,           -- name of what it maintains
				epoch int8 NOT NULL,           -- epoch in which the row came
				at timestamptz,                -- clock of that epoch
				code text NOT NULL,            -- SQLSTATE
				reason text NOT NULL,          -- error message
				operator text,                 -- operator that failed
				source text,                   -- stream or table that the row came from
				partition int4,                -- its partition
				row_offset int8,               -- its offset in the partition
				row_text text,                 -- the row
				count int8 NOT NULL            -- how often the row stands in the input
			)`,
			Doc:  "Rows that a continuous query could not evaluate and left out of its result.",
			Rows: rowErrorRows,
		},
		{
			ID: 13914,
			Schema: `CREATE TABLE millrace.backfills (
				query_id oid NOT NULL,         -- id of the continuous query
				query text NOT NULL,           -- name of what it maintains
				state text NOT NULL,           -- running, done or failed
				started_at timestamptz,        -- when it started
				finished_at timestamptz,       -- when it was done
				rows_done int8 NOT NULL,       -- existing rows read
				rows_total int8 NOT NULL,      -- existing rows when it started
				progress float8 NOT NULL       -- part that is done, 0 to 1
			)`,
			Doc:  "Reading of existing data by new continuous queries.",
			Rows: backfillRows,
		},
		{
			ID: 13915,
			Schema: `CREATE TABLE millrace.epochs (
				epoch int8 NOT NULL,           -- number
				clock timestamptz NOT NULL,    -- its time
				rows_in int8 NOT NULL,         -- rows of the log that it took in
				rows_out int8 NOT NULL,        -- changes of views
				duration_us int8 NOT NULL,     -- time that it took, in microseconds
				checkpoint bool NOT NULL       -- whether operator state was checkpointed after it
			)`,
			Doc:  "The last epochs.",
			Rows: epochRows,
		},
		{
			ID: 13916,
			Schema: `CREATE TABLE millrace.subscriptions (
				pid int4 NOT NULL,             -- session that reads
				subscription int8 NOT NULL,    -- number of the push query
				query text NOT NULL,           -- its text
				started_at timestamptz,        -- when it started
				epoch int8 NOT NULL,           -- last epoch that was sent
				rows_sent int8 NOT NULL,       -- rows sent
				queued_bytes int8 NOT NULL     -- bytes that wait for the reader
			)`,
			Doc:  "Push queries.",
			Rows: subscriptionRows,
		},
	}
}

// displayName is the relation's name for the session, or its number if it is gone.
func displayName(env Env, id catalog.ObjectID) types.Datum {
	if id == 0 {
		return null
	}
	s := env.Snapshot()
	if o, ok := s.Object(id); ok {
		return text(s.DisplayName(env.SearchPath(), o))
	}
	return text(itoa(int64(id)))
}

func queryRows(env Env, add Add) error {
	s := env.Snapshot()
	for _, q := range env.Queries() {
		definition := ""
		if o, ok := s.Object(q.View); ok {
			definition = o.Definition
		}
		err := add(oid(q.View), displayName(env, q.View), text(q.State), num(q.Epoch), num(q.RowsIn),
			num(q.RowsOut), num(q.RowErrors), num(q.StateRows), num(q.MemoryBytes), textOrNull(q.Error),
			text(definition))
		if err != nil {
			return err
		}
	}
	return nil
}

func operatorRows(env Env, add Add) error {
	for _, x := range env.Operators() {
		parent := null
		if x.Parent >= 0 {
			parent = num(x.Parent)
		}
		err := add(oid(x.View), displayName(env, x.View), num(x.Number), parent, text(x.Name), text(x.Detail),
			num(x.RowsIn), num(x.RowsOut), num(x.StateRows), num(x.MemoryBytes), num(x.BusyMicros))
		if err != nil {
			return err
		}
	}
	return nil
}

func rowErrorRows(env Env, add Add) error {
	for _, e := range env.RowErrors() {
		partition, offset := null, null
		if e.Partition >= 0 {
			partition = num(e.Partition)
		}
		if e.Offset >= 0 {
			offset = num(e.Offset)
		}
		err := add(oid(e.View), displayName(env, e.View), num(e.Epoch), when(e.At), text(e.Code),
			text(e.Reason), textOrNull(e.Operator), displayName(env, e.Source), partition, offset,
			textOrNull(e.Row), num(e.Count))
		if err != nil {
			return err
		}
	}
	return nil
}

func backfillRows(env Env, add Add) error {
	for _, b := range env.Backfills() {
		progress := 1.0
		if b.State != "done" && b.RowsTotal > 0 {
			progress = min(float64(b.RowsDone)/float64(b.RowsTotal), 1)
		}
		err := add(oid(b.View), displayName(env, b.View), text(b.State), when(b.StartedAt), when(b.FinishedAt),
			num(b.RowsDone), num(b.RowsTotal), float(progress))
		if err != nil {
			return err
		}
	}
	return nil
}

func epochRows(env Env, add Add) error {
	for _, e := range env.Epochs() {
		err := add(num(e.Number), types.FixedDatum(e.Clock), num(e.RowsIn), num(e.RowsOut),
			num(e.DurationMicros), truth(e.Checkpointed))
		if err != nil {
			return err
		}
	}
	return nil
}

func subscriptionRows(env Env, add Add) error {
	for _, s := range env.Subscriptions() {
		err := add(num(s.PID), num(s.Number), text(s.Query), when(s.StartedAt), num(s.Epoch), num(s.RowsSent),
			num(s.QueuedBytes))
		if err != nil {
			return err
		}
	}
	return nil
}
