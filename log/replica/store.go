package replica

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/hashicorp/raft"

	"millrace/log/segment"
)

// groupStore is the journal as one group sees it.
type groupStore struct {
	journal *Journal
	group   uint32
	// ahead is what was read from a journal file last: entries are mostly read in order.
	ahead struct {
		sync.Mutex
		file *journalFile
		pos  int64
		buf  []byte
	}
}

var (
	_ raft.LogStore          = (*groupStore)(nil)
	_ raft.StableStore       = (*groupStore)(nil)
	_ raft.MonotonicLogStore = (*groupStore)(nil)
)

// IsMonotonic is false: the store takes a gap after an installed snapshot.
func (s *groupStore) IsMonotonic() bool { return false }

// FirstIndex is the index of the first entry, 0 if there is none.
func (s *groupStore) FirstIndex() (uint64, error) {
	first, _ := s.bounds()
	return first, nil
}

// LastIndex is the index of the last entry, 0 if there is none.
func (s *groupStore) LastIndex() (uint64, error) {
	_, last := s.bounds()
	return last, nil
}

func (s *groupStore) bounds() (first, last uint64) {
	s.journal.state.RLock()
	defer s.journal.state.RUnlock()
	g := s.journal.state.groups[s.group]
	if len(g.places) == 0 {
		return 0, 0
	}
	return g.first, g.next() - 1
}

// GetLog reads one entry, from memory or from its file.
func (s *groupStore) GetLog(index uint64, log *raft.Log) error {
	s.journal.state.RLock()
	g := s.journal.state.groups[s.group]
	if index < g.first || index >= g.next() {
		s.journal.state.RUnlock()
		return raft.ErrLogNotFound
	}
	f, ok := g.remembered(index)
	at := g.places[index-g.first]
	if !ok {
		// Taken while state is held: the file is retired only after it has left state.
		at.file.use.RLock()
		defer at.file.use.RUnlock()
	}
	s.journal.state.RUnlock()
	if !ok {
		var err error
		if f, err = s.read(at, index); err != nil {
			return err
		}
	}
	*log = raft.Log{Index: f.index, Term: f.term, Type: raft.LogType(f.kind), Data: f.data}
	if f.time != 0 {
		log.AppendedAt = time.Unix(0, f.time)
	}
	return nil
}

// readAheadBytes is what is read at once when entries are read from a file.
const readAheadBytes = 256 << 10

// read reads the frame at a place and checks it.
func (s *groupStore) read(at place, index uint64) (frame, error) {
	s.ahead.Lock()
	defer s.ahead.Unlock()
	from := at.pos - s.ahead.pos
	if s.ahead.file == at.file && from >= 0 && from+int64(at.size) <= int64(len(s.ahead.buf)) {
		// The buffer may be older than the frame; then it is simply read again.
		if f, ok := s.decode(s.ahead.buf[from:from+int64(at.size)], at, index); ok {
			return f, nil
		}
	}
	if err := s.readInto(at); err != nil {
		return frame{}, err
	}
	f, ok := s.decode(s.ahead.buf[:at.size], at, index)
	if !ok {
		c := &segment.CorruptError{File: at.file.path, Offset: at.pos, What: "journal frame is damaged"}
		return f, c.Mismatch(fmt.Sprintf("entry %d of group %d", index, s.group), "something else")
	}
	return f, nil
}

func (s *groupStore) readInto(at place) error {
	size := max(int(at.size), readAheadBytes)
	if cap(s.ahead.buf) < size {
		s.ahead.buf = make([]byte, size)
	}
	n, err := at.file.file.ReadAt(s.ahead.buf[:size], at.pos)
	if n < int(at.size) {
		s.ahead.file = nil
		return fmt.Errorf("read journal %s at %d: %w", at.file.path, at.pos, err)
	}
	s.ahead.file, s.ahead.pos, s.ahead.buf = at.file, at.pos, s.ahead.buf[:n]
	return nil
}

// decode checks the bytes of a frame; its data are copied.
func (s *groupStore) decode(buf []byte, at place, index uint64) (frame, bool) {
	f, length, salt := parseFrameHeader(buf)
	if salt != at.file.salt || storedFrame(length) != len(buf) || f.index != index || f.group != s.group {
		return f, false
	}
	if !checkFrame(buf[:frameBytes], buf[frameBytes:frameBytes+length]) {
		return f, false
	}
	f.data = append(make([]byte, 0, length), buf[frameBytes:frameBytes+length]...)
	return f, true
}

// StoreLog stores one entry durably.
func (s *groupStore) StoreLog(log *raft.Log) error { return s.StoreLogs([]*raft.Log{log}) }

// StoreLogs stores entries durably; the fsync is shared with all groups that wait.
func (s *groupStore) StoreLogs(logs []*raft.Log) error {
	frames := make([]frame, len(logs))
	for i, l := range logs {
		frames[i] = frame{group: s.group, kind: uint8(l.Type), index: l.Index, term: l.Term, data: l.Data}
		if !l.AppendedAt.IsZero() {
			frames[i].time = l.AppendedAt.UnixNano()
		}
	}
	return s.journal.commit(frames)
}

// DeleteRange drops a prefix (after a snapshot) or a suffix (after a conflict).
func (s *groupStore) DeleteRange(low, high uint64) error {
	first, last := s.bounds()
	if last == 0 || high < first {
		return nil
	}
	if low > first && high >= last {
		return s.journal.commit([]frame{{group: s.group, kind: typeCut, index: low}})
	}
	if low > first {
		return fmt.Errorf("cannot drop entries %d to %d out of %d to %d", low, high, first, last)
	}
	s.journal.state.Lock()
	s.journal.state.groups[s.group].dropPrefix(min(high, last))
	s.journal.state.Unlock()
	s.ahead.Lock()
	s.ahead.file, s.ahead.buf = nil, nil
	s.ahead.Unlock()
	return s.journal.release()
}

// errNotFound has the text by which raft knows a missing key.
var errNotFound = errors.New("not found")

// Set stores a value durably.
func (s *groupStore) Set(key, value []byte) error {
	data := encodeStable(string(key), value)
	return s.journal.commit([]frame{{group: s.group, kind: typeStable, data: data}})
}

// Get returns a value.
func (s *groupStore) Get(key []byte) ([]byte, error) {
	s.journal.state.RLock()
	defer s.journal.state.RUnlock()
	v, ok := s.journal.state.groups[s.group].stable[string(key)]
	if !ok {
		return nil, errNotFound
	}
	return append([]byte(nil), v...), nil
}

// SetUint64 stores a number durably.
func (s *groupStore) SetUint64(key []byte, value uint64) error {
	return s.Set(key, binary.LittleEndian.AppendUint64(nil, value))
}

// GetUint64 returns a number.
func (s *groupStore) GetUint64(key []byte) (uint64, error) {
	v, err := s.Get(key)
	if err != nil {
		return 0, err
	}
	if len(v) != 8 {
		return 0, fmt.Errorf("stable value %q has %d bytes", key, len(v))
	}
	return binary.LittleEndian.Uint64(v), nil
}
