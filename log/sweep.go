package log

import (
	"strconv"

	"millrace/log/segment"
)

// removeEmptyDirs removes the directories that the removed files have left empty.
func (l *Log) removeEmptyDirs(paths []string) {
	fs := l.o.FS
	for _, path := range paths {
		dir := fs.PathDir(path)
		if names, err := fs.List(dir); err != nil || len(names) > 0 {
			continue
		}
		if fs.Remove(dir) != nil {
			continue
		}
		// The stream's directory goes with its last partition; while it is in use the
		// removal fails.
		stream := fs.PathDir(dir)
		if names, err := fs.List(stream); err == nil && len(names) == 0 {
			_ = fs.Remove(stream)
		}
	}
}

// sweep removes the files that a crash left between a manifest and the removal of
// what it no longer names: those of dropped streams and those before the start of
// their partition. Nothing else is ever removed (L7).
func (l *Log) sweep() {
	fs := l.o.FS
	root := fs.PathJoin(l.o.Dir, "parts")
	streams, err := fs.List(root)
	if err != nil {
		return
	}
	var gone []string
	for _, name := range streams {
		s, err := strconv.ParseUint(name, 10, 64)
		if err != nil {
			continue
		}
		partitions, err := fs.List(fs.PathJoin(root, name))
		if err != nil {
			continue
		}
		for _, part := range partitions {
			i, err := strconv.ParseInt(part, 10, 32)
			if err != nil {
				continue
			}
			id := PartitionID{Stream: StreamID(s), Index: int32(i)}
			gone = append(gone, l.orphans(id, fs.PathJoin(root, name, part))...)
		}
	}
	for _, path := range gone {
		if err := l.files.Remove(path); err != nil {
			l.o.Logger.Warn("remove segment", "file", path, "error", err)
		}
	}
	l.removeEmptyDirs(gone)
}

// orphans are the files in a partition's directory that no longer belong to it.
func (l *Log) orphans(id PartitionID, dir string) []string {
	g := l.group(id)
	p, dropped := g.find(id), g.isDropped(id.Stream)
	if p == nil && !dropped {
		return nil
	}
	names, err := l.o.FS.List(dir)
	if err != nil {
		return nil
	}
	listed := map[string]bool{}
	start := Offset(0)
	if p != nil {
		start, _ = l.Ends(id)
		for _, s := range p.list() {
			listed[s.Path()] = true
		}
	}
	// A segment that still belongs to a manifest goes with the next one instead.
	g.mu.RLock()
	for _, path := range g.mu.garbage {
		listed[path] = true
	}
	g.mu.RUnlock()
	var gone []string
	for _, name := range names {
		path := l.o.FS.PathJoin(dir, name)
		base, ok := segment.ParseFileName(name)
		if ok && !listed[path] && (dropped || base < start) {
			gone = append(gone, path)
		}
	}
	return gone
}
