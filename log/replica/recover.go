package replica

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"

	"millrace/log/segment"
)

// openJournal recovers the journal in o.dir, or makes a new one, and begins a new
// file behind what it found.
func openJournal(o journalOptions) (*Journal, error) {
	j := &Journal{o: o}
	j.mu.queue = newFlush()
	for range o.groups {
		j.state.groups = append(j.state.groups, newGroupIndex(o.tailBytes))
	}
	if err := segment.MkdirAll(o.fs, o.dir); err != nil {
		return nil, err
	}
	if err := j.openFiles(); err != nil {
		return nil, errors.Join(err, j.closeFiles())
	}
	if err := j.recover(); err != nil {
		return nil, errors.Join(err, j.closeFiles())
	}
	return j, nil
}

func (j *Journal) closeFiles() error {
	var err error
	for _, f := range j.state.files {
		err = errors.Join(err, f.file.Close())
	}
	return err
}

// openFiles opens all journal files, oldest first, and checks their headers.
func (j *Journal) openFiles() error {
	names, err := j.o.fs.List(j.o.dir)
	if err != nil {
		return err
	}
	sort.Strings(names)
	for _, name := range names {
		path := j.o.fs.PathJoin(j.o.dir, name)
		number, ok := parseJournalName(name)
		if !ok {
			if err := j.keepFree(name, path); err != nil {
				return err
			}
			continue
		}
		f, err := j.openFile(path, number)
		if err != nil {
			return err
		}
		j.state.files = append(j.state.files, f)
	}
	return nil
}

// keepFree takes a file to be recycled, or removes one too many.
func (j *Journal) keepFree(name, path string) error {
	if len(name) < 5 || name[:5] != "free-" {
		return nil
	}
	if len(j.state.free) >= freeLimit {
		return j.o.fs.Remove(path)
	}
	j.state.free = append(j.state.free, path)
	return nil
}

func (j *Journal) openFile(path string, number uint64) (*journalFile, error) {
	file, err := j.o.fs.OpenReadWrite(path, segment.WriteCategory)
	if err != nil {
		return nil, err
	}
	h := make([]byte, fileHeaderBytes)
	if err := segment.ReadFull(file, h, 0); err != nil {
		c := &segment.CorruptError{File: path, What: "journal header cannot be read"}
		return nil, errors.Join(c.Mismatch(fileHeaderBytes, err), file.Close())
	}
	f, err := decodeFileHeader(h, path, number)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	f.file = file
	if f.size, err = fileSize(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return f, nil
}

// recover scans all files, ends the last one where its frames end, and starts the next.
func (j *Journal) recover() error {
	files := j.state.files
	if len(files) == 0 {
		j.w.next, j.w.durable = 1, 1
		_, err := j.startFile(1)
		return err
	}
	j.w.next = files[0].first
	ended := false
	used := 0
	for i, f := range files {
		if f.first != j.w.next {
			// A file that was started but holds nothing may be left by a crash of the
			// first start after a torn tail; anything else is a missing file.
			c := &segment.CorruptError{File: f.path, Offset: 24, What: "first frame number"}
			return c.Mismatch(j.w.next, f.first)
		}
		used = i + 1
		end, err := j.scanFile(f)
		if err != nil {
			return err
		}
		if ended = end; !ended {
			if err := j.checkTorn(files[i:]); err != nil {
				return err
			}
			break
		}
	}
	return j.continueAfter(used, ended)
}

// continueAfter drops the empty files behind the first used ones, marks the end of
// a torn one, makes what was found durable and starts a new file.
func (j *Journal) continueAfter(used int, ended bool) error {
	files := j.state.files
	for _, f := range files[used:] {
		if err := errors.Join(f.file.Close(), j.o.fs.Remove(f.path)); err != nil {
			return err
		}
	}
	highest := files[len(files)-1].number
	j.state.files = files[:used]
	if used < len(files) {
		if err := segment.SyncDir(j.o.fs, j.o.dir); err != nil {
			return err
		}
	}
	last := j.state.files[used-1]
	for _, f := range j.state.files {
		j.written.Add(f.end - fileHeaderBytes)
	}
	j.entries.Add(int64(j.w.next - files[0].first))
	// What was found may sit in the page cache only; nothing may build on it before
	// it is durable. J1
	if err := j.sync(last); err != nil {
		return err
	}
	j.w.durable = j.w.next
	if !ended {
		if err := j.writeEnd(last); err != nil {
			return err
		}
	}
	_, err := j.startFile(highest + 1)
	return err
}

// scanFile enters all frames of f. ended says that it was ended properly; if not,
// f.end is where the valid frames stop.
func (j *Journal) scanFile(f *journalFile) (ended bool, err error) {
	s, err := newScanner(f)
	if err != nil {
		return false, err
	}
	for {
		fr, size, ok, err := s.frameAt(f.end)
		if err != nil {
			return false, err
		}
		if !ok || fr.sequence != j.w.next {
			return false, nil
		}
		if fr.kind != typeEnd {
			if err := j.enterFound(f, &fr); err != nil {
				return false, err
			}
		}
		f.end += int64(size)
		j.w.next++
		if fr.kind == typeEnd {
			return true, nil
		}
	}
}

// enterFound enters a frame that recovery has read, checking that it fits.
func (j *Journal) enterFound(f *journalFile, fr *frame) error {
	c := &segment.CorruptError{File: f.path, Offset: f.end}
	if fr.group >= uint32(len(j.state.groups)) {
		c.What = "group of a frame"
		return c.Mismatch(fmt.Sprintf("below %d", len(j.state.groups)), fr.group)
	}
	g := j.state.groups[fr.group]
	if fr.kind < typeOwn && !g.accepts(fr.index) {
		c.What = "index of an entry"
		return c.Mismatch(g.next(), fr.index)
	}
	g.enter(fr, f, f.end, false)
	return nil
}

// checkTorn decides whether the frames stop in files[0] because the last write was
// cut off, which is normal after a crash, or because something that was durable
// has been damaged (J3).
func (j *Journal) checkTorn(files []*journalFile) error {
	for i, f := range files {
		s, err := newScanner(f)
		if err != nil {
			return err
		}
		from := int64(fileHeaderBytes)
		if i == 0 {
			from = f.end
		}
		pos, fr, err := s.findDurable(from, j.w.next)
		if err != nil {
			return err
		}
		if pos < 0 {
			continue
		}
		bad := files[0]
		c := &segment.CorruptError{File: bad.path, Offset: bad.end, What: "journal frame is damaged"}
		return c.Mismatch(
			fmt.Sprintf("frame %d", j.w.next),
			fmt.Sprintf("no frame there, but frame %d at byte %d of %q, written when frames below %d were durable",
				fr.sequence, pos, f.path, fr.durable))
	}
	return nil
}

// scanner reads frames of a file through a moving window.
type scanner struct {
	file *journalFile
	size int64
	buf  []byte
	pos  int64 // of buf
}

const scanWindow = 1 << 20

func newScanner(f *journalFile) (*scanner, error) {
	info, err := f.file.Stat()
	if err != nil {
		return nil, err
	}
	return &scanner{file: f, size: info.Size()}, nil
}

// window returns n bytes at pos, or nil if the file is shorter.
func (s *scanner) window(pos int64, n int) ([]byte, error) {
	if pos+int64(n) > s.size {
		return nil, nil
	}
	if from := pos - s.pos; from >= 0 && from+int64(n) <= int64(len(s.buf)) {
		return s.buf[from : from+int64(n)], nil
	}
	size := int(min(max(int64(n), scanWindow), s.size-pos))
	if cap(s.buf) < size {
		s.buf = make([]byte, size)
	}
	s.buf, s.pos = s.buf[:size], pos
	if err := segment.ReadFull(s.file.file, s.buf, pos); err != nil {
		return nil, fmt.Errorf("read journal %s at %d: %w", s.file.path, pos, err)
	}
	return s.buf[:n], nil
}

// frameAt decodes the frame at pos; ok is false if there is no valid one. Its data
// are valid until the next call.
func (s *scanner) frameAt(pos int64) (f frame, size int, ok bool, err error) {
	h, err := s.window(pos, frameBytes)
	if h == nil || err != nil {
		return f, 0, false, err
	}
	f, length, salt := parseFrameHeader(h)
	if salt != s.file.salt || length < 0 || length > maxFrameData {
		return f, 0, false, nil
	}
	all, err := s.window(pos, storedFrame(length))
	if all == nil || err != nil {
		return f, 0, false, err
	}
	data := all[frameBytes : frameBytes+length]
	if !checkFrame(all[:frameBytes], data) || !allZero(all[frameBytes+length:]) {
		return f, 0, false, nil
	}
	f.data = data
	return f, len(all), true, nil
}

func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// findDurable looks from pos on for a valid frame which proves that frame number
// next had been durable; its position is -1 if there is none.
func (s *scanner) findDurable(pos int64, next uint64) (int64, frame, error) {
	for ; pos+frameBytes <= s.size; pos += 8 {
		h, err := s.window(pos, frameBytes)
		if err != nil {
			return -1, frame{}, err
		}
		if binary.LittleEndian.Uint64(h[atSalt:]) != s.file.salt {
			continue
		}
		f, _, ok, err := s.frameAt(pos)
		if err != nil {
			return -1, frame{}, err
		}
		if ok && f.durable > next {
			return pos, f, nil
		}
	}
	return -1, frame{}, nil
}
