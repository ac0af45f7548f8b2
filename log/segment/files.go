package segment

import (
	"container/list"
	"errors"
	"fmt"
	"sync"
)

// Files is the bounded set of open segment files of a node. A partition that is
// neither written nor read holds no file.
type Files struct {
	fs    FS
	limit int
	mu    struct {
		sync.Mutex
		open map[string]*handle
		lru  *list.List // of *handle, most recently used first
	}
}

// handle is one open file. It is closed when it is neither in the table nor in use.
type handle struct {
	path string
	file File
	refs int  // guarded by Files.mu
	kept bool // is in the table; guarded by Files.mu
	elem *list.Element
}

// NewFiles returns a set that keeps at most limit files open while they are not in use.
func NewFiles(fs FS, limit int) *Files {
	c := &Files{fs: fs, limit: max(limit, 1)}
	c.mu.open = map[string]*handle{}
	c.mu.lru = list.New()
	return c
}

// FS is the file system the files lie in.
func (c *Files) FS() FS { return c.fs }

// acquire opens path or takes the open file; release must follow.
func (c *Files) acquire(path string, create bool) (*handle, error) {
	if h := c.lookup(path); h != nil {
		return h, nil
	}
	if !create {
		if _, err := c.fs.Stat(path); err != nil {
			return nil, err
		}
	}
	f, err := c.fs.OpenReadWrite(path, WriteCategory)
	if err != nil {
		return nil, fmt.Errorf("open segment: %w", err)
	}
	return c.insert(path, f)
}

func (c *Files) lookup(path string) *handle {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.mu.open[path]
	if h != nil {
		h.refs++
		c.mu.lru.MoveToFront(h.elem)
	}
	return h
}

// insert puts an open file into the table, or closes it if another was faster.
func (c *Files) insert(path string, f File) (*handle, error) {
	c.mu.Lock()
	h := c.mu.open[path]
	lost := h != nil
	if !lost {
		h = &handle{path: path, file: f, kept: true}
		h.elem = c.mu.lru.PushFront(h)
		c.mu.open[path] = h
	}
	h.refs++
	idle := c.evictLocked()
	c.mu.Unlock()
	var err error
	if lost {
		err = f.Close()
	}
	return h, errors.Join(err, closeAll(idle))
}

// evictLocked takes unused files beyond the limit out of the table.
func (c *Files) evictLocked() []*handle {
	var idle []*handle
	for e := c.mu.lru.Back(); e != nil && len(c.mu.open) > c.limit; {
		h := e.Value.(*handle)
		e = e.Prev()
		if h.refs == 0 {
			c.dropLocked(h)
			idle = append(idle, h)
		}
	}
	return idle
}

func (c *Files) dropLocked(h *handle) {
	h.kept = false
	c.mu.lru.Remove(h.elem)
	delete(c.mu.open, h.path)
}

// release gives back what acquire returned.
func (c *Files) release(h *handle) error {
	c.mu.Lock()
	h.refs--
	last := h.refs == 0 && !h.kept
	c.mu.Unlock()
	if last {
		return h.file.Close()
	}
	return nil
}

// Remove deletes the file; cursors that are reading it keep it until they are done.
func (c *Files) Remove(path string) error {
	c.mu.Lock()
	h := c.mu.open[path]
	if h != nil {
		c.dropLocked(h)
	}
	unused := h != nil && h.refs == 0
	c.mu.Unlock()
	if unused {
		if err := h.file.Close(); err != nil {
			return err
		}
	}
	return c.fs.Remove(path)
}

// Open is how many files are open now.
func (c *Files) Open() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.mu.open)
}

// Close closes every file; one that a cursor still uses is closed at its release.
func (c *Files) Close() error {
	c.mu.Lock()
	var idle []*handle
	for _, h := range c.mu.open {
		c.dropLocked(h)
		if h.refs == 0 {
			idle = append(idle, h)
		}
	}
	c.mu.Unlock()
	return closeAll(idle)
}

func closeAll(hs []*handle) error {
	var err error
	for _, h := range hs {
		err = errors.Join(err, h.file.Close())
	}
	return err
}
