package syscat

import (
	"strconv"

	"millrace/catalog"
)

func itoa[N int | int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// catalogTables describe what users have created, in Millrace's own words.
func catalogTables() []*Table {
	return []*Table{
		{
			ID: 13901,
			Schema: `CREATE TABLE millrace.streams (
				id oid NOT NULL,               -- id of the stream
				schema name NOT NULL,          -- its schema
				name name NOT NULL,            -- its name
				partitions int4 NOT NULL,      -- number of log partitions
				key text[],                    -- columns whose value chooses the partition
				time_column name,              -- column of the event time, NULL when it is the time of arrival
				watermark_delay interval,      -- how far the watermark stays behind the largest event time
				query text,                    -- query that writes the stream, NULL for none
				options text[] NOT NULL,       -- WITH options as name=value
				comment text                   -- comment
			)`,
			Doc:  "Streams.",
			Rows: streamRows,
		},
		{
			ID: 13902,
			Schema: `CREATE TABLE millrace.tables (
				id oid NOT NULL,               -- id of the table
				schema name NOT NULL,          -- its schema
				name name NOT NULL,            -- its name
				partitions int4 NOT NULL,      -- number of log partitions
				key text[],                    -- columns of the primary key
				upsert bool NOT NULL,          -- whether an INSERT of an existing key replaces the row
				query text,                    -- query that maintains the table, NULL for none
				options text[] NOT NULL,       -- WITH options as name=value
				comment text                   -- comment
			)`,
			Doc:  "Tables, those of CREATE TABLE AS SELECT included.",
			Rows: tableRows,
		},
		{
			ID: 13903,
			Schema: `CREATE TABLE millrace.views (
				id oid NOT NULL,               -- id of the view
				schema name NOT NULL,          -- its schema
				name name NOT NULL,            -- its name
				materialized bool NOT NULL,    -- whether its result is stored and maintained
				key text[],                    -- columns that identify a row, NULL when unknown
				reads text[] NOT NULL,         -- relations that it reads
				query text NOT NULL,           -- its query
				comment text                   -- comment
			)`,
			Doc:  "Plain and materialized views.",
			Rows: viewRows,
		},
		{
			ID: 13904,
			Schema: `CREATE TABLE millrace.columns (
				relation_id oid NOT NULL,      -- id of the relation
				schema name NOT NULL,          -- its schema
				relation name NOT NULL,        -- its name
				position int4 NOT NULL,        -- place of the column, from 1
				name name NOT NULL,            -- name of the column
				type text NOT NULL,            -- type of the column
				not_null bool NOT NULL,        -- whether it refuses NULL
				key_position int4,             -- place in the key, from 1, NULL when not in it
				default_value text,            -- default as SQL, NULL for none
				comment text                   -- comment
			)`,
			Doc:  "Columns of streams, tables and views.",
			Rows: columnRows,
		},
		{
			ID: 13905,
			Schema: `CREATE TABLE millrace.settings (
				name text NOT NULL,            -- name of the setting
				value text NOT NULL,           -- value in this session
				default_value text NOT NULL,   -- default
				type text NOT NULL,            -- bool, integer, real, string or enum
				unit text,                     -- unit of a number without one
				scope text NOT NULL,           -- user, postmaster (fixed at start) or internal (fixed)
				has_effect bool NOT NULL,      -- whether the setting changes anything
				description text NOT NULL      -- what it does
			)`,
			Doc:  "Settings with the session's values.",
			Rows: settingRows,
		},
	}
}

func streamRows(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		if o.Kind != catalog.KindStream || o.InsertInto() != 0 {
			continue
		}
		timeColumn, delay := null, null
		if o.Watermark.Set {
			timeColumn = text(o.Columns[o.Watermark.Column].Name)
			delay = interval(o.Watermark.DelayMicros)
		}
		key := null
		if len(o.Key) > 0 {
			key = textArray(columnNames(o, o.Key))
		}
		err := add(oid(o.ID), text(o.Schema), text(o.Name), num(o.Partitions), key, timeColumn, delay,
			textOrNull(o.Definition), textArray(sortedOptions(o)), textOrNull(o.Comment))
		if err != nil {
			return err
		}
	}
	return nil
}

func tableRows(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		if o.Kind != catalog.KindTable && !o.KsqlTable {
			continue
		}
		key := null
		if len(o.Key) > 0 {
			key = textArray(columnNames(o, o.Key))
		}
		err := add(oid(o.ID), text(o.Schema), text(o.Name), num(o.Partitions), key, truth(o.Upsert),
			textOrNull(o.Definition), textArray(sortedOptions(o)), textOrNull(o.Comment))
		if err != nil {
			return err
		}
	}
	return nil
}

func viewRows(env Env, add Add) error {
	s := env.Snapshot()
	for _, o := range s.Objects() {
		if o.Kind != catalog.KindView && (o.Kind != catalog.KindMatView || o.KsqlTable) {
			continue
		}
		key := null
		if len(o.Key) > 0 {
			key = textArray(columnNames(o, o.Key))
		}
		reads := make([]string, 0, len(o.DependsOn))
		for _, id := range o.DependsOn {
			if ref, ok := s.Object(id); ok {
				reads = append(reads, s.DisplayName(env.SearchPath(), ref))
			}
		}
		err := add(oid(o.ID), text(o.Schema), text(o.Name), truth(o.Kind == catalog.KindMatView), key,
			textArray(reads), text(o.Definition), textOrNull(o.Comment))
		if err != nil {
			return err
		}
	}
	return nil
}

func columnRows(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		if o.InsertInto() != 0 {
			continue
		}
		for i, c := range o.Columns {
			keyPosition := null
			for k, position := range o.Key {
				if position == i {
					keyPosition = num(k + 1)
				}
			}
			err := add(oid(o.ID), text(o.Schema), text(o.Name), num(i+1), text(c.Name), text(c.Type.String()),
				truth(notNull(o, i)), keyPosition, textOrNull(c.Default), textOrNull(c.Comment))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func settingRows(env Env, add Add) error {
	for _, s := range catalog.Settings() {
		value, _ := settingValue(env, s)
		err := add(text(s.Name), text(value), text(s.Default), text(string(s.Type)), textOrNull(s.Unit),
			text(string(s.Scope)), truth(!s.NoEffect), text(s.Doc))
		if err != nil {
			return err
		}
	}
	return nil
}

func columnNames(o *catalog.Object, cols []int) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = o.Columns[c].Name
	}
	return out
}
