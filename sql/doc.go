// Package sql turns text into Millrace's own statement tree.
//
// # Flow
//
//	text -> lex (PostgreSQL's lexical rules, byte offsets)
//	     -> split on ";" -> route by the first key word
//	     -> own parsers: DDL, streaming statements, session statements, heads of DML
//	     -> every query and every expression: rewrite -> TiDB grammar -> convert
//	     -> tree
//
// Parse reads a whole text, ParseOne a single statement, ParseExpr an expression
// that was stored alone (column defaults, watermarks). Format prints a node as
// SQL that parses to the same tree again; views are stored in that form.
//
// # The rewriter
//
// The TiDB parser is used for the grammar of queries and expressions only. It
// reads much PostgreSQL text as something else, so user text never reaches it:
// the rewriter is a parser of PostgreSQL's own expression and query grammar which
// emits normalised text. In that text
//
//   - I1: every literal and every $n is "?";
//   - I2: every name is a back-quoted NUL byte followed by a record number, so
//     nothing the user wrote can collide with it;
//   - I3: what TiDB has no grammar for is a call of such a name, and the record
//     says what it means (a cast, an operator, a window specification);
//   - I4: the converter fails on a name without a record. A lost record would be
//     a silent change of meaning.
//
// Errors are found by the rewriter, with PostgreSQL's message and position. When
// TiDB refuses text that the rewriter passed, it is our bug: the user gets a syntax
// error with a position, whose chain holds a mark that the tests look for.
//
// Every query becomes one plain SELECT for TiDB; VALUES, set operations, LIMIT and
// windows travel in marker calls (rewrite_query.go). Its grammar is thus asked for
// little more than expressions, joins and WITH, the parts where both dialects agree.
//
// # Tree
//
// Pure data, no methods with effects, no TiDB type. Names are folded and cut to
// 63 bytes. Type names are normalised to PostgreSQL's internal names (int4,
// timestamptz, bpchar) but not resolved: that needs the catalog. A tree is not
// changed after Parse and may be shared.
//
// # What this package does not do
//
// It knows no catalog and no types, and does not check that names exist, that
// aggregates are allowed where they stand, or that columns are counted right.
//
// # Concurrency
//
// All functions may be called at the same time. TiDB parsers are pooled.
package sql
