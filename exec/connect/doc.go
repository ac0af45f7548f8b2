// Package connect makes rows that come from no client: generators of test data that
// a stream declares with WITH (connector = ...).
//
// A Feed is what such a declaration means: the columns, a pace, and a Generator. Row
// n of a feed is a function of its options and of n (columns of kind "now" and the
// time of arrival apart), so nothing but the number of rows made so far has to
// be remembered, and that is the length of the stream's log: a feed that is
// interrupted anywhere goes on without a gap and without a repeated row.
//
// The package knows neither log nor catalog, reads no clock and starts no
// goroutine; package exec drives feeds.
package connect
