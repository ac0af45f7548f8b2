// Package sqltests holds the tests of the whole: the rules of the repository
// (layers_test.go, tidy_test.go, docs_test.go), and scripts that run against a
// server in one process with in-memory disks and a virtual clock.
//
// # Repository tests
//
// They read the source with go/parser and take less than a second:
//
//	go test ./sqltests -run 'Layers|Tidy|Docs'
//
// Generated files (docs/reference) are rewritten by "make generate", expected
// outputs of scripts by "make rewrite".
package sqltests
