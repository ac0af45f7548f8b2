package col

import "millrace/sql/types"

// OneRow returns a batch of one row. Single-row statements are frequent enough to
// save the builders: the columns share their memory.
func OneRow(s types.Schema, row []types.Datum) *Batch {
	size := 0
	for i := range row {
		size += len(row[i].S)
	}
	vecs := make([]Vec, len(row))
	cols := make([]*Vec, len(row))
	words := make([]int64, len(row))
	offsets := make([]uint32, 0, 2*len(row))
	buf := make([]byte, 0, size)
	for i, d := range row {
		v := &vecs[i]
		cols[i] = v
		v.Type, v.N = s[i].Type, 1
		if !d.Set {
			v.Nulls = Bitmap{1}
		}
		if v.Type.IsFixed() {
			words[i] = d.I
			v.Fix = words[i : i+1 : i+1]
			continue
		}
		from := len(buf)
		buf = append(buf, d.S...)
		offsets = append(offsets, uint32(from), uint32(len(buf)))
		v.Off = offsets[len(offsets)-2 : len(offsets) : len(offsets)]
		v.Buf = buf[:len(buf):len(buf)]
	}
	return &Batch{N: 1, Cols: cols}
}
