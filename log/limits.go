package log

import "time"

const (
	// MaxGroups bounds the raft groups: beyond it fsyncs and messages per group cost
	// more than parallel groups bring.
	MaxGroups = 64
	// MaxBatchBytes bounds the payload of one batch: one batch is read and checked as
	// a whole.
	MaxBatchBytes = 64 << 20
	// maxEntryBytes is the size from which an append is split into staged parts, so
	// that one entry never fills a journal file.
	maxEntryBytes = 16 << 20
	// groupQueueBytes bounds the appends of a group that are under way; more wait.
	groupQueueBytes = 64 << 20
	// openFiles bounds the segment files kept open while not in use, well below the
	// usual limit of 1024 descriptors.
	openFiles = 400
	// rollAge is the age at which an active segment is left even if it is small, so
	// that retention by time can remove it.
	rollAge = time.Hour
	// producerAge is how long an idle producer is remembered.
	producerAge = 7 * 24 * time.Hour
	// producerWindow is how many of its last batches a producer may repeat.
	producerWindow = 5
)
