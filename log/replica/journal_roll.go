package replica

import (
	"errors"
	"fmt"
	"sort"

	"millrace/log/segment"
)

// freeLimit bounds the files kept for recycling; more are removed.
const freeLimit = 2

// roll ends the current file and starts the next one.
func (j *Journal) roll(cur *journalFile) (*journalFile, error) {
	if err := j.writeEnd(cur); err != nil {
		return nil, err
	}
	return j.startFile(cur.number + 1)
}

// startFile makes the next file the current one: a recycled one if there is any.
// Its header and name are durable before the first frame is written, and the
// first frames repeat the stable stores of all groups (J5).
func (j *Journal) startFile(number uint64) (*journalFile, error) {
	f := &journalFile{
		number: number, salt: saltOf(j.o.seed, number), first: j.w.next,
		path: j.o.fs.PathJoin(j.o.dir, journalName(number)),
		end:  fileHeaderBytes, highest: map[uint32]uint64{},
	}
	if err := j.createFile(f); err != nil {
		return nil, fmt.Errorf("start journal %s: %w", f.path, err)
	}
	stable := j.stableFrames()
	r := &request{frames: stable}
	if len(stable) > 0 {
		if err := j.writeTo(f, []*request{r}); err != nil {
			return nil, errors.Join(err, f.file.Close())
		}
	}
	f.begin = f.end
	j.state.Lock()
	j.state.files = append(j.state.files, f)
	j.state.Unlock()
	return f, nil
}

// createFile writes the header block under a temporary or recycled name, then
// gives the file its own.
func (j *Journal) createFile(f *journalFile) error {
	temp := j.takeFree()
	if temp == "" {
		temp = j.o.fs.PathJoin(j.o.dir, freeName(f.number))
	}
	file, err := j.o.fs.OpenReadWrite(temp, segment.WriteCategory)
	if err != nil {
		return err
	}
	if _, err = file.WriteAt(encodeFileHeader(f), 0); err == nil {
		err = file.Sync()
	}
	if err == nil {
		f.size, err = fileSize(file)
	}
	if err == nil {
		err = j.o.fs.Rename(temp, f.path)
	}
	if err == nil {
		err = segment.SyncDir(j.o.fs, j.o.dir)
	}
	if err != nil {
		return errors.Join(err, file.Close())
	}
	f.file = file
	return nil
}

func fileSize(file segment.File) (int64, error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// reserveBytes is by how much a new file grows at a time. A sync that need not record
// a new size costs the disk one write and does not wait for what others have written
// to the same file system.
const reserveBytes = 4 << 20

// reserve writes zeros behind the frames of file if those that come, up to end, would
// make it grow. Many frames at once are not worth writing twice.
func (j *Journal) reserve(file *journalFile, end int64) error {
	if end <= file.size || end-file.end > reserveBytes/8 {
		file.size = max(file.size, end)
		return nil
	}
	to := max(end, min(file.size+reserveBytes, j.o.fileBytes))
	block := make([]byte, 64<<10)
	for file.size < to {
		n := min(int64(len(block)), to-file.size)
		if _, err := file.file.WriteAt(block[:n], file.size); err != nil {
			return fmt.Errorf("reserve journal %s: %w", file.path, err)
		}
		file.size += n
	}
	return nil
}

func (j *Journal) takeFree() string {
	j.state.Lock()
	defer j.state.Unlock()
	n := len(j.state.free)
	if n == 0 {
		return ""
	}
	path := j.state.free[n-1]
	j.state.free = j.state.free[:n-1]
	return path
}

// stableFrames are the stable stores of all groups as frames.
func (j *Journal) stableFrames() []frame {
	j.state.RLock()
	defer j.state.RUnlock()
	var frames []frame
	for id, g := range j.state.groups {
		keys := make([]string, 0, len(g.stable))
		for k := range g.stable {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			data := encodeStable(k, g.stable[k])
			frames = append(frames, frame{kind: typeStable, group: uint32(id), data: data})
		}
	}
	return frames
}

// release recycles the oldest files that no group needs any more (J4).
func (j *Journal) release() error {
	for {
		f := j.takeReleasable()
		if f == nil {
			return nil
		}
		if err := j.retire(f); err != nil {
			return j.fail(fmt.Errorf("release journal %s: %w", f.path, err))
		}
	}
}

// takeReleasable removes the oldest file from the list if it is not needed.
func (j *Journal) takeReleasable() *journalFile {
	j.state.Lock()
	defer j.state.Unlock()
	if len(j.state.files) < 2 {
		return nil
	}
	f := j.state.files[0]
	for group, highest := range f.highest {
		if first := j.state.groups[group].first; first <= highest {
			return nil
		}
	}
	j.state.files = j.state.files[1:]
	return f
}

// retire renames a file to be recycled, or removes it. The directory is synced
// before the next file goes, so that no crash leaves a gap in the numbers.
func (j *Journal) retire(f *journalFile) error {
	f.use.Lock()
	err := f.file.Close()
	f.use.Unlock()
	if err != nil {
		return err
	}
	j.state.Lock()
	keep := len(j.state.free) < freeLimit
	j.state.Unlock()
	free := j.o.fs.PathJoin(j.o.dir, freeName(f.number))
	if keep {
		err = j.o.fs.Rename(f.path, free)
	} else {
		err = j.o.fs.Remove(f.path)
	}
	if err == nil {
		err = segment.SyncDir(j.o.fs, j.o.dir)
	}
	if err != nil || !keep {
		return err
	}
	j.state.Lock()
	j.state.free = append(j.state.free, free)
	j.state.Unlock()
	return nil
}
