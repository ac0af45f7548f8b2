package segment

import (
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// FS is the file system under the log: vfs.Default on a real disk,
// vfs.NewCrashableMem in tests.
type FS = vfs.FS

// Disk is the operating system's file system.
var Disk FS = vfs.Default

// File is an open file of an FS.
type File = vfs.File

// WriteCategory names the log's writes in a file system that accounts for them.
const WriteCategory vfs.DiskWriteCategory = "millrace-log"

// SyncDir makes the entries of a directory durable: files created, renamed or
// removed in it before the call.
func SyncDir(fs FS, dir string) error {
	d, err := fs.OpenDir(dir)
	if err != nil {
		return fmt.Errorf("open directory %s: %w", dir, err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// MkdirAll makes a directory and its parents durably.
func MkdirAll(fs FS, dir string) error {
	parent := fs.PathDir(dir)
	if _, err := fs.Stat(dir); err == nil {
		// A crash may have come between its making and the sync below. A parent that
		// is not ours to open was not made here either.
		_ = SyncDir(fs, parent)
		return nil
	}
	if parent != dir {
		if err := MkdirAll(fs, parent); err != nil {
			return err
		}
	}
	if err := fs.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return SyncDir(fs, parent)
}

// ReadFull reads exactly len(buf) bytes at pos. A shorter file is an error.
func ReadFull(f File, buf []byte, pos int64) error {
	n, err := f.ReadAt(buf, pos)
	if n == len(buf) {
		return nil
	}
	if err == nil {
		err = errors.New("short read")
	}
	return err
}

// WriteFileAtomic replaces dir/name by data: the file has the old or the new
// content after a crash, never a mixture.
func WriteFileAtomic(fs FS, dir, name string, data []byte) error {
	temp := fs.PathJoin(dir, name+".tmp")
	f, err := fs.Create(temp, WriteCategory)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := fs.Rename(temp, fs.PathJoin(dir, name)); err != nil {
		return err
	}
	return SyncDir(fs, dir)
}
