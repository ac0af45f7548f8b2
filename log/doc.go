// Package log is the partitioned log: it keeps record batches of streams and
// tables, moves bytes, offsets and times, and knows no SQL.
//
// A partition belongs to one raft group. An append becomes one entry of that
// group's journal, durable when it is acknowledged, and then a run of batches at
// the end of the partitions' segment files. An append that touches several groups
// is staged in each and committed by an entry in group 0, all or nothing. Group 0
// also carries the metadata of the layer above (Propose, Meta).
//
// Main types: Log (everything of this node), Batch, PartitionID, Offset, Index
// (of an entry in its group), Position, Reader, Options, Meta. Their bytes are in
// FORMAT.md, the reasons in DESIGN.md. Package segment holds the files, package
// replica raft and its journal.
//
// Invariants
//
//	L1  An acknowledged append is durable, applied, and in Applied().
//	L2  Offsets of a partition are given at apply, in entry order, without gaps, and
//	    never change: a replay after any crash gives each record its offset again.
//	L3  What an entry does depends on earlier entries of its group and on its own
//	    fields only: no clock, no randomness, no option that differs between nodes.
//	    (Where a segment file ends may differ; nothing that a reader sees.)
//	L4  An append is all or nothing, also after a crash, also over several groups.
//	L5  Applied() is a consistent cut: with one part of a multi-group append it holds
//	    all parts.
//	L6  A batch that does not check out is an error that names the file, never data.
//	L7  Files are removed only after a durable manifest no longer names them, never
//	    because something was found damaged.
//	L8  After one failed write or sync nothing is accepted or acknowledged any more.
//
// Goroutines: those of replica, one coordinator of multi-group appends, one that
// expires old segments, and one per multi-group AppendAsync. Close ends all.
// Callbacks of AppendAsync run on the goroutine that applies entries and must not
// block.
//
// Locks, in order: Log.gate (open or closing), group.mu (the map of partitions),
// partition.mu (what readers see), visible.mu. None is held over a file access.
// The state of a group beyond its two locks belongs to its apply goroutine.
//
// It does not compact by key, keep consumer groups or run over several nodes yet.
package log
