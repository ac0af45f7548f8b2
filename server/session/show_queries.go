package session

import (
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/types"
)

// topicOf is the SQL of a stream's or table's topic: as declared, else its own name.
const topicOf = `coalesce((SELECT substr(x, 13) FROM unnest(options) AS x WHERE x LIKE 'kafka\_topic=%'), name::text)`

// formatOf is the SQL of the value format that a script declared; it has no effect.
const formatOf = `(SELECT substr(x, 14) FROM unnest(options) AS x WHERE x LIKE 'value\_format=%')`

// showObjects are the queries behind ksqlDB's SHOW: the system tables have it all.
var showObjects = map[string]string{
	"streams": `SELECT name, ` + topicOf + ` AS topic, ` + formatOf + ` AS value_format, partitions,
		query IS NOT NULL AS has_query FROM millrace.streams ORDER BY name, schema`,
	"tables": `SELECT name, ` + topicOf + ` AS topic, ` + formatOf + ` AS value_format, key,
		query IS NOT NULL AS has_query FROM millrace.tables ORDER BY name, schema`,
	"views":              `SELECT name, schema, definition FROM millrace.views ORDER BY schema, name`,
	"materialized views": `SELECT name, schema, query FROM millrace.views WHERE materialized ORDER BY schema, name`,
	"queries":            `SELECT name AS id, state, query FROM millrace.queries ORDER BY 1`,
	"topics": `SELECT topic AS name, partitions FROM (
		SELECT ` + topicOf + ` AS topic, partitions FROM millrace.streams UNION ALL
		SELECT ` + topicOf + `, greatest(partitions, 1) FROM millrace.tables) t ORDER BY 1`,
	"properties": `SELECT name, setting, short_desc AS description FROM pg_catalog.pg_settings ORDER BY name`,
	"functions": `SELECT DISTINCT proname AS name, CASE prokind WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window'
		ELSE CASE WHEN proretset THEN 'table' ELSE 'scalar' END END AS kind FROM pg_catalog.pg_proc ORDER BY 1, 2`,
	"types": `SELECT typname AS name, format_type(t.oid, NULL) AS type FROM pg_catalog.pg_type t
		JOIN pg_catalog.pg_namespace n ON n.oid = typnamespace
		LEFT JOIN pg_catalog.pg_class c ON c.oid = typrelid
		WHERE typtype IN ('c', 'd', 'e') AND coalesce(c.relkind = 'c', true) AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
	"schemas":   `SELECT nspname AS name FROM pg_catalog.pg_namespace ORDER BY 1`,
	"databases": `SELECT datname AS name FROM pg_catalog.pg_database ORDER BY 1`,
	"indexes":   `SELECT indexname AS name, tablename AS "table" FROM pg_catalog.pg_indexes ORDER BY 1`,
}

// showExtended are the queries of SHOW .. EXTENDED.
var showExtended = map[string]string{
	"streams": `SELECT s.name, ` + topicOf + ` AS topic, s.key, s.partitions, sum(p.rows)::int8 AS rows, s.options, s.query, s.comment
		FROM millrace.streams s LEFT JOIN millrace.partitions p ON p.relation_id = s.id
		GROUP BY s.name, s.schema, s.key, s.partitions, s.options, s.query, s.comment ORDER BY s.name, s.schema`,
	"tables": `SELECT name, ` + topicOf + ` AS topic, key, options, query, comment FROM millrace.tables ORDER BY name, schema`,
	"queries": `SELECT name AS id, state, epoch, rows_in, rows_out, row_errors, state_rows, memory_bytes, error, query
		FROM millrace.queries ORDER BY 1`,
	"topics": `SELECT relation AS name, partition, leader, start_offset, end_offset, rows, bytes
		FROM millrace.partitions ORDER BY 1, 2`,
}

// showText is the query of a SHOW, with LIKE over its first column, which is a name.
func showText(st *sql.ShowObjects) (string, bool) {
	text, ok := showObjects[st.What]
	if extended, has := showExtended[st.What]; st.Extended && has {
		text = extended
	}
	if ok && st.Like != "" {
		name := "name"
		if st.What == "queries" {
			name = "id"
		}
		text = "SELECT * FROM (" + text + ") shown WHERE " + name + " LIKE " + sql.QuoteLiteral(st.Like)
	}
	return text, ok
}

var variableFields = []pgwire.Field{{Name: "name", Type: types.Text}, {Name: "value", Type: types.Text}}
