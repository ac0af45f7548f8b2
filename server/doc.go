// Package server wires the parts into one node: log, catalog, store, engine, wire
// front door and HTTP; it starts them in order, reports readiness, and stops them so
// that nothing acknowledged is lost and a restart has nothing to replay.
//
// Order of start: log (which replays the catalog), store, engine (which replays
// epochs), then the listeners. Order of stop: listeners and sessions, engine (last
// checkpoint), store, log.
//
// Files below Options.Dir:
//
//	log/    journal and partition segments (package log)
//	state/  rows, indexes and operator checkpoints (package exec/state)
package server
