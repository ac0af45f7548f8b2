package replica

import (
	"errors"
	"fmt"
	"syscall"
)

var errClosed = errors.New("journal is closed")

// Outcomes of an entry that was not applied.
var (
	// ErrNotLeader says that the entry was certainly not appended: this node does
	// not lead the group.
	ErrNotLeader = errors.New("not the leader of the group")
	// ErrClosed says that the entry was certainly not appended: the node is stopping.
	ErrClosed = errors.New("node is stopping")
	// ErrUncertain says that nobody knows yet whether the entry will be committed.
	ErrUncertain = errors.New("outcome of the entry is not known")
)

// FailureError says that a write or sync of this node went wrong. Nothing is
// accepted any more; a restart recovers what is durable.
type FailureError struct{ Cause error }

// Error describes the first failure.
func (e *FailureError) Error() string { return fmt.Sprintf("log has stopped: %v", e.Cause) }

// Unwrap is the failure itself.
func (e *FailureError) Unwrap() error { return e.Cause }

// SQLState is DISK FULL or IO ERROR.
func (e *FailureError) SQLState() string {
	if errors.Is(e.Cause, syscall.ENOSPC) || errors.Is(e.Cause, syscall.EDQUOT) {
		return "53100"
	}
	return "58030"
}
