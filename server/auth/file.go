package auth

import (
	"os"
	"sync"
	"time"
)

// watched is what was read from files, read again when one of them changes.
type watched[T any] struct {
	paths []string
	read  func() (T, error)
	// failed is told when files that have changed cannot be read; may be nil.
	failed func(error)

	mu struct {
		sync.Mutex
		seen  []stamp
		value T
	}
}

// stamp is how a file is recognised as unchanged. Renamed files and changed symbolic
// links have another one, too.
type stamp struct {
	at    time.Time
	bytes int64
}

func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.ModTime(), info.Size()}
}

func (w *watched[T]) stamps() []stamp {
	out := make([]stamp, len(w.paths))
	for i, p := range w.paths {
		out[i] = stampOf(p)
	}
	return out
}

// open reads the files for the first time.
func (w *watched[T]) open() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mu.seen = w.stamps()
	v, err := w.read()
	if err == nil {
		w.mu.value = v
	}
	return err
}

// current returns what the files say, or said before they became wrong.
func (w *watched[T]) current() T {
	now := w.stamps()
	w.mu.Lock()
	defer w.mu.Unlock()
	same := true
	for i := range now {
		same = same && now[i].at.Equal(w.mu.seen[i].at) && now[i].bytes == w.mu.seen[i].bytes
	}
	if same {
		return w.mu.value
	}
	w.mu.seen = now
	v, err := w.read()
	if err == nil {
		w.mu.value = v
	} else if w.failed != nil {
		w.failed(err)
	}
	return w.mu.value
}
