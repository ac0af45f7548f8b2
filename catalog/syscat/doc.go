// Package syscat holds the system tables as data: pg_catalog and information_schema
// as PostgreSQL 15 has them, and the schema millrace with the server's own state.
// They are read by the ordinary executor, so any SQL works on them.
//
// # Where a table comes from
//
// facts/relations.txt lists every relation of PostgreSQL's two schemas with its
// columns, facts/rows.txt the rows that never change. A relation gets rows of its own
// by an entry in fillers (files pg_*.go and information_schema.go); without one it
// is empty, but clients that ask for it see the right columns. The tables of schema
// millrace are Table values in the files millrace_*.go. To add one, add an entry.
//
// # Rows
//
// A table's rows are computed when it is read, from an Env: the catalog's snapshot
// and the facts that the server provides about its live state. Nothing is kept.
//
// # Functions
//
// Function answers the catalog functions of SQL (pg_get_viewdef, regclass input
// and output, ...) for builtin.Session.Catalog.
//
// # Ids
//
// Relations of PostgreSQL keep their oids (pg_class is 1259); those of schema
// millrace have fixed ids from 13901; both are below catalog.FirstObjectID.
//
// # Concurrency
//
// All functions may be called at the same time; an Env is used by one goroutine.
package syscat
