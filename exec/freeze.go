package exec

import (
	"sync"

	"millrace/catalog"
	"millrace/sql/pgerr"
)

// freezes keeps writers away from relations that are about to be replaced.
type freezes struct {
	// writing is held for reading by each commit, from its check to its end.
	writing sync.RWMutex
	frozen  map[catalog.ObjectID]bool
}

// Freeze waits for the commits under way and refuses all later ones that write the
// relation (40001), until thaw is called, once.
func (e *Engine) Freeze(id catalog.ObjectID) (thaw func()) {
	e.freezes.set(id, true)
	return func() { e.freezes.set(id, false) }
}

func (f *freezes) set(id catalog.ObjectID, frozen bool) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.frozen == nil {
		f.frozen = map[catalog.ObjectID]bool{}
	}
	if frozen {
		f.frozen[id] = true
	} else {
		delete(f.frozen, id)
	}
}

// enter begins a commit that writes ids; leave must follow if there is no error.
func (f *freezes) enter(ids []catalog.ObjectID) error {
	f.writing.RLock()
	for _, id := range ids {
		if f.frozen[id] {
			f.writing.RUnlock()
			return pgerr.New(pgerr.SerializationFailure, "a relation that the transaction writes is being altered").
				WithHint("Run the transaction again.")
		}
	}
	return nil
}

func (f *freezes) leave() { f.writing.RUnlock() }
