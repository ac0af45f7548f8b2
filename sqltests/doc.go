// Package sqltests holds the tests of the whole: the rules of the repository
// (layers_test.go, tidy_test.go, docs_test.go), and tests that run a server as
// clients see it.
//
// # Repository tests
//
// They read the source with go/parser and take less than a second:
//
//	go test ./sqltests -run 'Layers|Tidy|Docs'
//
// Generated files (docs/reference) are rewritten by "make generate", expected
// outputs of scripts by "make rewrite".
//
// # Scripts
//
// TestScripts runs testdata/**/*.test: datadriven files, one topic each, with a
// first line that says what is shown. A script gets a server of its own inside a
// testing/synctest bubble: disks in memory that can crash, clients over net.Pipe,
// virtual time from 2000-01-01 on. After each directive the runner waits until
// nothing moves, so that an empty "expect" proves that nothing came. Directives:
//
//	config vary=(-crash) oracle=postgres groups=4
//	sql [conn=c] [user=u] [ordered] [whole] [async=name] [nopg]
//	await name
//	load relation            rows between bars under a header line
//	subscribe name           a push query; its columns
//	expect name [raw]        all and only the changes since the last expect
//	cancel name              by a cancel request
//	clock T, advance 10s     move virtual time
//	hold, step [n], release  decide when epochs are cut
//	restart, crash [lose=all|none|50]
//	plan [rule=R] [norule=R] EXPLAIN; the rule must (not) change it
//	log relation [partition] record batches as stored
//	metric name [label=value]
//	send conn=c, recv conn=c [until=Message] [count=n] [ignore=(..)]
//	disconnect conn
//
// Rows without ORDER BY are sorted. Values are quoted where they could be taken for
// something else. -rewrite refuses to turn a result into an ERROR without
// -rewrite-errors, and nothing may expect XX000.
//
// Each script runs again under variations (vary_test.go) with the same expected
// output: base and two that its text picks, or those of -vary, or all at night.
//
// # Other tests
//
// TestOracle runs the scripts marked oracle=postgres on PostgreSQL 15. TestBank
// holds views to each other while transfers come in. TestFlights runs real data
// through ten views, TestRandom random queries; both compare with queries run once,
// and with PostgreSQL under -oracle. TestKill kills the real binary under load.
package sqltests
