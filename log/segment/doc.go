// Package segment stores the record batches of one partition in files: the
// read-optimised second tier of the log. A segment is a run of batches with
// consecutive offsets; the last segment of a partition is active and grows, the
// others are sealed and carry a footer with their index. The bytes are
// described in FORMAT.md.
//
// Main types: Batch (a record batch and its header), Segment (one file), Meta
// (what a manifest keeps of a segment), Cursor (sequential reads), Files (the
// bounded set of open files).
//
// In flow: the group's state machine calls Append, then Flush, from one
// goroutine. Out flow: cursors read what Flush has published.
//
// Invariants
//
//	I1  Bytes beyond Meta.Bytes mean nothing. A segment is never truncated: after a
//	    crash it is opened with the length its manifest recorded, and replay writes
//	    the same bytes again over whatever lies behind.
//	I2  A reader never sees a byte that Flush has not published.
//	I3  Every batch read from a file is checked: header CRC, payload CRC, padding,
//	    partition and offset. What does not check out is a CorruptError, never data.
//	I4  Offsets only grow: batch n+1 begins at or after the end of batch n.
//	I5  A sealed segment never changes.
//
// Locks: Segment.mu guards the published meta and the index; Files.mu guards the
// table of open files. Neither is held over a file access, and neither is taken
// while the other is held. Append, Flush and Seal belong to one goroutine; Sync,
// cursors and Meta may run beside it.
//
// Pebble's vfs is the file system interface, so that one crashable in-memory
// disk serves the whole repository; FS and File are its aliases for the packages
// above. The package starts no goroutine, reads no clock and knows nothing of
// raft or SQL.
package segment
