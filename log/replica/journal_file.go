package replica

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"

	"millrace/log/segment"
)

const (
	journalMagic   = 0x314a524d // "MRJ1"
	journalVersion = 1
	// fileHeaderBytes is a disk block, so that a header is never in the block of a frame.
	fileHeaderBytes = 4096
	fileHeaderUsed  = 48
)

// journalFile is one file of the journal.
type journalFile struct {
	number uint64 // from 1, in order of use
	salt   uint64
	first  uint64 // number of its first frame
	path   string
	file   segment.File
	// use is held while an entry is read from file, so that it is not closed meanwhile.
	use sync.RWMutex
	// begin is the position behind the frames a new file starts with, end the one
	// behind the last frame.
	begin, end int64
	// size is how far the file is known to be written; behind end lie zeros or what a
	// former life has left.
	size int64
	// highest index of each group in this file; what the group no longer needs does not count
	highest map[uint32]uint64
}

func journalName(number uint64) string { return fmt.Sprintf("%016x.j", number) }

func freeName(number uint64) string { return fmt.Sprintf("free-%016x", number) }

// parseJournalName is the inverse of journalName.
func parseJournalName(name string) (number uint64, ok bool) {
	hex, ok := strings.CutSuffix(name, ".j")
	if !ok || len(hex) != 16 {
		return 0, false
	}
	if _, err := fmt.Sscanf(hex, "%016x", &number); err != nil {
		return 0, false
	}
	return number, journalName(number) == name
}

// saltOf gives each life of a file another salt. seed is the node's own, so that
// nobody who writes payloads can guess it.
func saltOf(seed, number uint64) uint64 {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	binary.LittleEndian.PutUint64(b[8:], number)
	return xxhash.Sum64(b[:])
}

// encodeFileHeader is the first block of a journal file.
func encodeFileHeader(f *journalFile) []byte {
	h := make([]byte, fileHeaderBytes)
	le := binary.LittleEndian
	le.PutUint32(h, journalMagic)
	le.PutUint32(h[4:], journalVersion)
	le.PutUint64(h[8:], f.number)
	le.PutUint64(h[16:], f.salt)
	le.PutUint64(h[24:], f.first)
	le.PutUint32(h[fileHeaderUsed-4:], segment.Checksum(h[:fileHeaderUsed-4]))
	return h
}

// decodeFileHeader checks the first block of the file named path.
func decodeFileHeader(h []byte, path string, number uint64) (*journalFile, error) {
	corrupt := func(what string, expected, found any) error {
		return (&segment.CorruptError{File: path, What: what}).Mismatch(expected, found)
	}
	le := binary.LittleEndian
	want, got := le.Uint32(h[fileHeaderUsed-4:]), segment.Checksum(h[:fileHeaderUsed-4])
	if want != got {
		return nil, corrupt("journal header checksum", want, got)
	}
	if m := le.Uint32(h); m != journalMagic {
		return nil, corrupt("journal magic", uint32(journalMagic), m)
	}
	if v := le.Uint32(h[4:]); v != journalVersion {
		return nil, corrupt("journal version", journalVersion, v)
	}
	if n := le.Uint64(h[8:]); n != number {
		return nil, corrupt("journal file number", number, n)
	}
	return &journalFile{
		number: number, path: path, salt: le.Uint64(h[16:]), first: le.Uint64(h[24:]),
		end: fileHeaderBytes, highest: map[uint32]uint64{},
	}, nil
}
