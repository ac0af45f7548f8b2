package codec

import (
	"encoding/binary"
	"math"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// binarySignature begins a file in COPY's binary format; a word of flags and the
// length of an extension, which is skipped, follow.
const binarySignature = "PGCOPY\n\xff\r\n\x00"

const binaryHeaderLength = len(binarySignature) + 8

// binaryState is how far the reading of a binary file has come.
type binaryState struct {
	headerDone bool
	extension  int // bytes of the header's extension still to skip
}

// binaryRows reads all whole rows of data.
func (r *Reader) binaryRows(data []byte, into []*col.Builder, last bool) (used, rows int, err error) {
	if used, err = r.binaryHeader(data, last); err != nil || !r.bin.headerDone {
		return used, 0, err
	}
	for !r.ended {
		n, err := r.tuple(data[used:], into, last)
		if err != nil {
			return used, rows, err
		}
		if n == 0 {
			return used, rows, nil
		}
		used += n
		if !r.ended {
			rows++
		}
	}
	if used < len(data) {
		return used, rows, r.at(badCopy("received copy data after EOF marker"))
	}
	return used, rows, nil
}

// binaryHeader reads the header once it is whole.
func (r *Reader) binaryHeader(data []byte, last bool) (used int, err error) {
	if r.bin.headerDone {
		return 0, nil
	}
	if r.line == 0 {
		if len(data) < binaryHeaderLength {
			return 0, shortHeader(data, last)
		}
		if string(data[:len(binarySignature)]) != binarySignature {
			return 0, badCopy("COPY file signature not recognized")
		}
		flags := binary.BigEndian.Uint32(data[len(binarySignature):])
		if flags&(1<<16) != 0 {
			return 0, badCopy("invalid COPY file header (WITH OIDS)")
		}
		if flags>>16 != 0 {
			return 0, badCopy("unrecognized critical flags in COPY file header")
		}
		length := int32(binary.BigEndian.Uint32(data[len(binarySignature)+4:]))
		if length < 0 {
			return 0, badCopy("invalid COPY file header (missing length)")
		}
		r.bin.extension, used, r.line = int(length), binaryHeaderLength, 1
	}
	skip := min(r.bin.extension, len(data)-used)
	r.bin.extension -= skip
	used += skip
	r.bin.headerDone = r.bin.extension == 0
	if !r.bin.headerDone && last {
		return used, badCopy("invalid COPY file header (wrong length)")
	}
	return used, nil
}

func shortHeader(data []byte, last bool) error {
	switch {
	case !last:
		return nil
	case len(data) < len(binarySignature) || string(data[:len(binarySignature)]) != binarySignature:
		return badCopy("COPY file signature not recognized")
	case len(data) < len(binarySignature)+4:
		return badCopy("invalid COPY file header (missing flags)")
	}
	return badCopy("invalid COPY file header (missing length)")
}

func badCopy(message string) error { return pgerr.New(pgerr.BadCopyFileFormat, message) }

// tuple reads one row and returns its length, 0 when it is not whole.
func (r *Reader) tuple(data []byte, into []*col.Builder, last bool) (int, error) {
	n, err := r.tupleLength(data)
	if err != nil {
		return 0, r.at(err)
	}
	if n == 0 {
		if last && len(data) > 0 {
			return 0, r.at(badCopy("unexpected EOF in COPY data"))
		}
		return 0, nil
	}
	if int16(binary.BigEndian.Uint16(data)) == -1 {
		r.ended = true
		return n, nil
	}
	at := 2
	for c := range r.cells {
		length := int32(binary.BigEndian.Uint32(data[at:]))
		at += 4
		if length == -1 {
			into[c].Null()
			continue
		}
		if err := r.cells[c].appendBinary(data[at:at+int(length)], into[c]); err != nil {
			return 0, where(err, "COPY %s, line %d, column %s", r.target.Relation, r.line, r.cells[c].name)
		}
		at += int(length)
	}
	r.line++
	return n, nil
}

// tupleLength returns the length of the row that begins data, 0 when it is not whole.
func (r *Reader) tupleLength(data []byte) (int, error) {
	if len(data) < 2 {
		return 0, nil
	}
	count := int16(binary.BigEndian.Uint16(data))
	if count == -1 {
		return 2, nil
	}
	if int(count) != len(r.cells) {
		return 0, pgerr.Newf(pgerr.BadCopyFileFormat, "row field count is %d, expected %d", count, len(r.cells))
	}
	at := 2
	for range r.cells {
		if len(data) < at+4 {
			return 0, nil
		}
		length := int32(binary.BigEndian.Uint32(data[at:]))
		if length < -1 {
			return 0, badCopy("invalid field size")
		}
		at += 4 + max(int(length), 0)
	}
	if len(data) < at {
		return 0, nil
	}
	return at, nil
}

// appendBinary appends a value in binary form, the common types directly.
func (c *inCell) appendBinary(b []byte, to *col.Builder) error {
	switch {
	case c.typ.Kind == types.KindInt4 && len(b) == 4:
		to.Int(int64(int32(binary.BigEndian.Uint32(b))))
		return nil
	case c.typ.Kind == types.KindInt8 && len(b) == 8:
		to.Int(int64(binary.BigEndian.Uint64(b)))
		return nil
	case c.typ.Kind == types.KindFloat4 && len(b) == 4:
		to.Float(float64(math.Float32frombits(binary.BigEndian.Uint32(b))))
		return nil
	case c.parse == parseRaw && len(b) <= c.lengthMax && validText(b):
		to.Raw(b)
		return nil
	}
	d, err := types.ParseBinary(c.typ, b)
	if err != nil {
		return err
	}
	to.Datum(d)
	return nil
}

func validText(b []byte) bool {
	for _, c := range b {
		if c == 0 {
			return false
		}
	}
	return utf8.Valid(b)
}
