package replica

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"millrace/log/segment"
)

// journalOptions configure a Journal.
type journalOptions struct {
	fs        segment.FS
	dir       string
	seed      uint64 // the node's own random number, for salts
	groups    uint32
	fileBytes int64 // a file is left when it has reached this size
	tailBytes int   // of each group's newest entries kept in memory
	noFsync   bool
	onFailure func(error) // called once, at the first failed write or sync
	onWritten func()      // called after each sync
}

// Journal is the append-only log of all groups of a node.
type Journal struct {
	o journalOptions

	failed  atomic.Pointer[error] // J2
	written atomic.Int64          // bytes of frames since Open, and what Open found
	entries atomic.Int64          // frames, likewise
	syncs   atomic.Int64

	mu struct {
		sync.Mutex
		queue   *flush // frames that wait for the next write
		writing bool   // somebody is writing
		closed  bool
	}

	// w belongs to whoever is writing.
	w struct {
		next    uint64 // number of the next frame
		durable uint64 // all frames below are durable
		buf     []byte // reused from flush to flush
		head    []byte // what is being gathered, in buf while it fits
		pieces  [][]byte
		pos     []int64
	}

	state struct {
		sync.RWMutex
		files  []*journalFile // oldest first; the last is written
		free   []string       // paths of files to recycle
		groups []*groupIndex
	}
}

// flush is a set of frames that are written and synced together.
type flush struct {
	requests []*request
	done     chan struct{} // closed when durable or failed
	lead     chan struct{} // one token: its holder does the next write
	err      error         // valid after done
}

// request is what one caller of commit wants to have written.
type request struct {
	frames []frame
	// places of the frames, filled by the writer
	file *journalFile
	pos  []int64
}

func newFlush() *flush {
	return &flush{done: make(chan struct{}), lead: make(chan struct{}, 1)}
}

// commit makes frames durable, in order, together with whatever else waits (J1).
func (j *Journal) commit(frames []frame) error {
	if err := j.failure(); err != nil {
		return err
	}
	r := &request{frames: frames}
	j.mu.Lock()
	if j.mu.closed {
		j.mu.Unlock()
		return errClosed
	}
	f := j.mu.queue
	f.requests = append(f.requests, r)
	leads := !j.mu.writing
	if leads {
		j.takeLocked()
	}
	j.mu.Unlock()
	if !leads {
		select {
		case <-f.done:
			return f.err
		case <-f.lead:
			j.mu.Lock()
			j.takeLocked()
			j.mu.Unlock()
		}
	}
	f.err = j.write(f)
	j.passOn()
	close(f.done)
	return f.err
}

// takeLocked makes the caller the writer of the queued flush.
func (j *Journal) takeLocked() {
	j.mu.writing = true
	j.mu.queue = newFlush()
}

// passOn lets one of those who queued meanwhile write next.
func (j *Journal) passOn() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.mu.queue.requests) == 0 {
		j.mu.writing = false
		return
	}
	j.mu.queue.lead <- struct{}{}
}

// failure is the error that stopped the journal, or nil.
func (j *Journal) failure() error {
	if p := j.failed.Load(); p != nil {
		return *p
	}
	return nil
}

// fail stops the journal for good (J2).
func (j *Journal) fail(err error) error {
	err = &FailureError{Cause: err}
	if j.failed.CompareAndSwap(nil, &err) && j.o.onFailure != nil {
		j.o.onFailure(err)
	}
	return j.failure()
}

// write appends all frames of f to the journal and syncs.
func (j *Journal) write(f *flush) error {
	if err := j.failure(); err != nil {
		return err
	}
	cur := j.current()
	size, count := int64(0), 0
	for _, r := range f.requests {
		count += len(r.frames)
		for i := range r.frames {
			size += int64(storedFrame(len(r.frames[i].data)))
		}
	}
	if cur.end > cur.begin && cur.end+size > j.o.fileBytes {
		next, err := j.roll(cur)
		if err != nil {
			return j.fail(err)
		}
		cur = next
	}
	if err := j.writeTo(cur, f.requests); err != nil {
		return j.fail(err)
	}
	j.written.Add(size)
	j.entries.Add(int64(count))
	j.publish(cur, f.requests)
	if j.o.onWritten != nil {
		j.o.onWritten()
	}
	return nil
}

func (j *Journal) current() *journalFile {
	j.state.RLock()
	defer j.state.RUnlock()
	return j.state.files[len(j.state.files)-1]
}

// smallData is the data size up to which frames are gathered in one buffer; larger
// data are written from where they lie.
const smallData = 16 << 10

// gatherMax bounds the buffer that is kept between flushes.
const gatherMax = 4 << 20

// writeTo writes the frames of all requests behind the end of file and syncs it.
func (j *Journal) writeTo(file *journalFile, requests []*request) error {
	j.w.head, j.w.pieces = j.w.buf[:0], j.w.pieces[:0]
	pos := file.end
	next := j.w.next
	for _, r := range requests {
		r.file, r.pos = file, make([]int64, len(r.frames))
		for i := range r.frames {
			fr := &r.frames[i]
			fr.sequence, fr.durable = next, j.w.durable
			next++
			r.pos[i] = pos
			pos += int64(storedFrame(len(fr.data)))
			j.gather(fr, file.salt)
		}
	}
	j.cutPiece()
	if err := j.reserve(file, pos); err != nil {
		return err
	}
	if err := j.writePieces(file); err != nil {
		return err
	}
	if err := j.sync(file); err != nil {
		return err
	}
	file.end, j.w.next, j.w.durable = pos, next, next
	if c := cap(j.w.head); c > cap(j.w.buf) && c <= gatherMax {
		j.w.buf = j.w.head[:0]
	}
	return nil
}

// gather adds a frame to the pieces to be written. Small data are copied.
func (j *Journal) gather(fr *frame, salt uint64) {
	at := len(j.w.head)
	j.w.head = append(j.w.head, zeros[:frameBytes]...)
	putFrame(j.w.head[at:], fr, salt)
	if len(fr.data) <= smallData {
		j.w.head = append(j.w.head, fr.data...)
	} else {
		j.cutPiece()
		j.w.pieces = append(j.w.pieces, fr.data)
		j.w.head = j.w.head[len(j.w.head):]
	}
	j.w.head = append(j.w.head, zeros[:segment.Pad8(len(fr.data))]...)
}

var zeros [frameBytes]byte

// cutPiece ends the piece that is being gathered in the head buffer.
func (j *Journal) cutPiece() {
	if len(j.w.head) > 0 {
		j.w.pieces = append(j.w.pieces, j.w.head)
	}
}

func (j *Journal) writePieces(file *journalFile) error {
	pos := file.end
	for _, p := range j.w.pieces {
		if _, err := file.file.WriteAt(p, pos); err != nil {
			return fmt.Errorf("write journal %s: %w", file.path, err)
		}
		pos += int64(len(p))
	}
	clear(j.w.pieces)
	return nil
}

func (j *Journal) sync(file *journalFile) error {
	j.syncs.Add(1)
	if j.o.noFsync {
		return nil
	}
	if err := file.file.SyncData(); err != nil {
		return fmt.Errorf("sync journal %s: %w", file.path, err)
	}
	return nil
}

// publish enters durable frames into the index of their groups.
func (j *Journal) publish(file *journalFile, requests []*request) {
	j.state.Lock()
	defer j.state.Unlock()
	for _, r := range requests {
		for i := range r.frames {
			j.state.groups[r.frames[i].group].enter(&r.frames[i], file, r.pos[i], true)
		}
	}
}

// close ends the journal with an end frame, so that the next start can tell a
// clean end from a torn tail.
func (j *Journal) close() error {
	j.mu.Lock()
	j.mu.closed = true
	j.mu.Unlock()
	var err error
	if j.failure() == nil {
		err = j.writeEnd(j.current())
	}
	j.state.Lock()
	defer j.state.Unlock()
	for _, f := range j.state.files {
		err = errors.Join(err, f.file.Close())
	}
	j.state.files = nil
	return err
}

// writeEnd marks the end of a file's frames.
func (j *Journal) writeEnd(file *journalFile) error {
	return j.writeTo(file, []*request{{frames: []frame{{kind: typeEnd}}}})
}
