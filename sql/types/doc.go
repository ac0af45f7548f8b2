// Package types holds the SQL types of Millrace and the form of their values:
// PostgreSQL 15's types with PostgreSQL's OIDs, text and binary wire forms,
// casts, order, hash and order-preserving key bytes.
//
// A value has one of two physical forms, everywhere (constants, columns, state,
// log): a fixed 64-bit word or a byte string.
//
//	fixed: bool (0/1), int2, int4, int8, oid and reg* (the number), "char" (byte),
//	       float4 and float8 (math.Float64bits; a float4 is rounded to float32 first),
//	       date (days since 2000-01-01), time (microseconds since midnight),
//	       timestamp and timestamptz (microseconds since 2000-01-01 00:00 UTC);
//	       infinity and -infinity of the last four are math.MaxInt64 and MinInt64
//	bytes: text, varchar, bpchar, name, json (UTF-8 as given), jsonb (canonical
//	       text: keys sorted as PostgreSQL does, no duplicates), bytea (raw),
//	       uuid (16 bytes), interval (see interval.go), numeric (see decimal.go),
//	       arrays (see array.go), record (see array.go)
//
// The package is a leaf above pgerr: it knows no columns, functions or plans.
package types
