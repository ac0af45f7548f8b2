// Package replica runs the raft groups of a node. hashicorp/raft is seen only
// here; the package above gives a StateMachine per group and hands in entries.
//
// Main types: Node (journal, groups, snapshots of a node), Journal (one
// append-only log of all groups, our LogStore and StableStore), StateMachine
// (what the entries do), Entry, Future.
//
// Flow of an entry: Node.Apply -> raft -> groupStore.StoreLogs -> Journal.commit
// (one write and one fsync for all groups that wait) -> raft commits ->
// StateMachine.Apply -> Future. A snapshot is StateMachine.Snapshot, then its
// Persist (make durable what it names), then the manifest file, after which raft
// drops the prefix of the group and the journal recycles files nobody needs.
// The bytes of journal and manifest are described in ../FORMAT.md.
//
// Invariants
//
//	J1  commit returns nil only after the fsync that covers its frames.
//	J2  After one failed write or sync nothing is ever accepted or acknowledged again.
//	J3  Frames are numbered without gap over all files; a frame also says up to which
//	    number everything was durable before it was written. So recovery can tell a
//	    torn tail (cut silently) from damage in the middle (refused, named).
//	J4  A journal file is recycled only when every group's log begins behind it, oldest
//	    file first; its next life has a new salt, so old frames never validate.
//	J5  Each journal file begins with the term and vote of every group: releasing older
//	    files loses none.
//	J6  A manifest is written after what it names is durable, and before anything it
//	    replaces is removed.
//
// Goroutines: raft's own (three a group), one that takes snapshots when enough
// journal has been written. Close ends all. Journal has no goroutine: the first
// of those who wait writes and syncs for all of them.
//
// Locks: Journal.mu (queue of frames), Journal.state (files and entry index),
// groupStore has none of its own. Journal.mu is never held over file access or
// together with Journal.state.
//
// The package reads the clock only through raft (timers, and the append time of
// an entry, which is stored with it and so is the same in every replay). Election
// in a group of one member is started by us at Open, not by a timeout.
package replica
