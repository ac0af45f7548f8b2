package exec

import (
	"encoding/binary"
	"fmt"

	"millrace/log"
)

// epochRecord is what the system partition keeps for each epoch: everything that,
// with the log itself, determines the epoch's result (E1). See log/FORMAT.md for
// the record batch around it.
//
//	version u8 = 1 | epoch uvarint | clock varint (us since 2000-01-01 UTC) |
//	groups uvarint | index uvarint per group
type epochRecord struct {
	Epoch  uint64
	Clock  int64
	Vector []log.Index
}

const epochRecordVersion = 1

func (r epochRecord) encode() []byte {
	b := []byte{epochRecordVersion}
	b = binary.AppendUvarint(b, r.Epoch)
	b = binary.AppendVarint(b, r.Clock)
	b = binary.AppendUvarint(b, uint64(len(r.Vector)))
	for _, i := range r.Vector {
		b = binary.AppendUvarint(b, uint64(i))
	}
	return b
}

func decodeEpochRecord(b []byte) (epochRecord, error) {
	d := decoder{b: b}
	if v := d.byte(); v != epochRecordVersion && d.err == nil {
		return epochRecord{}, fmt.Errorf("epoch record has version %d, this binary reads %d", v, epochRecordVersion)
	}
	r := epochRecord{Epoch: d.uvarint(), Clock: d.varint()}
	r.Vector = make([]log.Index, d.count(64))
	for i := range r.Vector {
		r.Vector[i] = log.Index(d.uvarint())
	}
	return r, d.err
}

// decoder reads small records; the first error sticks.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = fmt.Errorf("record is cut short")
	}
	d.b = nil
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail()
		return 0
	}
	x := d.b[0]
	d.b = d.b[1:]
	return x
}

func (d *decoder) uvarint() uint64 {
	x, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return x
}

func (d *decoder) varint() int64 {
	x, n := binary.Varint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return x
}

// count reads a number of items, at most limit.
func (d *decoder) count(limit uint64) int {
	n := d.uvarint()
	if n > limit {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) str() string {
	n := d.uvarint()
	if n > uint64(len(d.b)) {
		d.fail()
		return ""
	}
	s := string(d.b[:n])
	d.b = d.b[n:]
	return s
}
