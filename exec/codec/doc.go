// Package codec turns rows into bytes and back, for COPY: PostgreSQL's text, CSV
// and binary formats with all options of PostgreSQL 15 (ParseOptions).
//
// Reader takes the data of COPY FROM in chunks cut anywhere and appends values
// straight to column builders. A line without quotes and escapes is parsed in
// place by plain loops, one per common type (value.go, time.go); every other
// spelling, and every error, goes through types.ParseText, so that there is one
// definition of what a value looks like. Nothing is allocated per field.
//
// Writer turns rows of a batch into the messages of COPY TO.
//
// # Invariants
//
//   - I1: how the input is cut into chunks makes no difference to rows or errors.
//   - I2: memory is bounded by one chunk and one row (rowBytesMax).
//   - I3: an error names relation, line, column and value in pgerr.Error.Where, in
//     PostgreSQL's words.
//
// Neither type has locks or goroutines; each serves one statement. Column lists,
// defaults, constraints and where rows go are the session's business.
package codec
