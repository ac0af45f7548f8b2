package col

import (
	"bytes"
	"testing"

	"millrace/sql/types"
)

// compareRows is the SQL order of two rows, NULLs first.
func compareRows(ts []types.Type, a, b []types.Datum) int {
	for c, t := range ts {
		switch {
		case !a[c].Set && !b[c].Set:
		case !a[c].Set:
			return -1
		case !b[c].Set:
			return 1
		default:
			if x := types.Compare(t, a[c], b[c]); x != 0 {
				return x
			}
		}
	}
	return 0
}

func sign(x int) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

// TestKeysOrderRows checks, for pairs of columns of all types, that key bytes
// compare as the rows do, whichever way they were made.
func TestKeysOrderRows(t *testing.T) {
	r := newRand(t)
	for range 40 {
		ts := []types.Type{testTypes[r.IntN(len(testTypes))], testTypes[r.IntN(len(testTypes))]}
		b := randomBatch(t, r, ts, 40)
		arena, off := Keys(b.Cols, b.N, nil, nil)
		for i := range b.N {
			key := arena[off[i]:off[i+1]]
			if one := AppendKey(nil, b.Cols, i); !bytes.Equal(one, key) {
				t.Fatalf("%v row %d: Keys %x, AppendKey %x", ts, i, key, one)
			}
			if one := AppendKeyDatums(nil, ts, rowOf(b, i)); !bytes.Equal(one, key) {
				t.Fatalf("%v row %d: Keys %x, AppendKeyDatums %x", ts, i, key, one)
			}
			if n := KeyColLen(ts[0], key); n+KeyColLen(ts[1], key[n:]) != len(key) {
				t.Fatalf("%v row %d: lengths of %x", ts, i, key)
			}
			for j := range b.N {
				want := compareRows(ts, rowOf(b, i), rowOf(b, j))
				if got := bytes.Compare(key, arena[off[j]:off[j+1]]); got != sign(want) {
					t.Fatalf("%v: %s against %s: keys %d, rows %d", ts, FormatRow(b, i), FormatRow(b, j), got, want)
				}
			}
		}
	}
}

// TestKeysFastPaths checks the paths for columns without NULL.
func TestKeysFastPaths(t *testing.T) {
	r := newRand(t)
	for _, ts := range [][]types.Type{
		{types.Int8}, {types.Float8}, {types.Int4, types.Float8, types.Bool}, {types.Text}, {types.Bytea}, {types.Bpchar}, {},
	} {
		bb := NewBatchBuilder(ts, 0)
		for range 100 {
			row := make([]types.Datum, len(ts))
			for c, ty := range ts {
				for row[c] = randomDatum(t, r, ty); !row[c].Set; {
					row[c] = randomDatum(t, r, ty)
				}
			}
			bb.Row(1, row...)
		}
		b := bb.Batch()
		arena, off := Keys(b.Cols, 100, make([]byte, 3), make([]uint32, 5))
		if len(off) != 101 {
			t.Fatalf("%v: %d offsets", ts, len(off))
		}
		for i := range 100 {
			if want := AppendKey(nil, b.Cols, i); !bytes.Equal(arena[off[i]:off[i+1]], want) {
				t.Fatalf("%v row %d: %x, want %x", ts, i, arena[off[i]:off[i+1]], want)
			}
		}
	}
}

func TestKeyColumnsDecode(t *testing.T) {
	r := newRand(t)
	for _, ty := range testTypes {
		b := randomBatch(t, r, []types.Type{ty, types.Int4}, 50)
		for i := range b.N {
			key := AppendKey(nil, b.Cols, i)
			want := b.Cols[0].Datum(i)
			got, rest, ok := DecodeKeyCol(ty, key)
			if ok != (ty.IdentityEqual() || !want.Set) {
				t.Fatalf("%v: decoded %v", ty, ok)
			}
			if ok && got != want {
				t.Fatalf("%v: %v, want %v", ty, got, want)
			}
			if second, _, _ := DecodeKeyCol(types.Int4, rest); second != b.Cols[1].Datum(i) {
				t.Fatalf("%v: the next column reads %v", ty, second)
			}
		}
	}
}

func TestSortKeys(t *testing.T) {
	r := newRand(t)
	for _, ty := range testTypes {
		b := randomBatch(t, r, []types.Type{ty}, 30)
		v := b.Cols[0]
		for mode := range 4 {
			desc, nullsFirst := mode&1 != 0, mode&2 != 0
			for i := range b.N {
				ki := AppendSortKey(nil, v, i, desc, nullsFirst)
				if d := AppendSortKeyDatum(nil, ty, v.Datum(i), desc, nullsFirst); !bytes.Equal(d, ki) {
					t.Fatalf("%v: %x from the column, %x from the datum", ty, ki, d)
				}
				for j := range b.N {
					kj := AppendSortKey(nil, v, j, desc, nullsFirst)
					if got, want := bytes.Compare(ki, kj), sortOrder(ty, v.Datum(i), v.Datum(j), desc, nullsFirst); got != want {
						t.Fatalf("%v desc %v nulls first %v: %s against %s: %d, want %d",
							ty, desc, nullsFirst, FormatRow(b, i), FormatRow(b, j), got, want)
					}
				}
			}
		}
	}
}

func sortOrder(t types.Type, a, b types.Datum, desc, nullsFirst bool) int {
	switch {
	case !a.Set && !b.Set:
		return 0
	case a.Set && b.Set:
		x := types.Compare(t, a, b)
		if desc {
			return -x
		}
		return x
	case a.Set != nullsFirst: // a is the one that comes first
		return -1
	}
	return 1
}

// TestHashStable pins hashes that decide where state and records are.
func TestHashStable(t *testing.T) {
	for key, want := range map[string]uint64{
		"":         0xef46db3751d8e999,
		"a":        0xd24ec4f1a98c6e5b,
		"millrace": Hash([]byte("millrace")),
	} {
		if got := Hash([]byte(key)); got != want {
			t.Errorf("hash of %q is %#x, want %#x", key, got, want)
		}
	}
	// The vectors of Kafka's own test of its partitioner.
	for key, want := range map[string]int32{
		"21":                         -973932308,
		"foobar":                     -790332482,
		"a-little-bit-long-string":   -985981536,
		"a-little-bit-longer-string": -1486304829,
		"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
		"abc": 479470107,
	} {
		if got := int32(Murmur2([]byte(key))); got != want {
			t.Errorf("murmur2 of %q is %d, want %d", key, got, want)
		}
	}
}

func TestKeysDoNotAllocatePerRow(t *testing.T) {
	n := 1000
	ts := []types.Type{types.Text, types.Int8, types.Interval, types.Numeric}
	bb := NewBatchBuilder(ts, n)
	for i := range n {
		bb.Row(1, types.BytesDatum("name"), types.FixedDatum(int64(i)), types.IntervalValue{Days: 3}.Datum(),
			types.FromInt64(int64(i), 2).Datum())
	}
	b := bb.Batch()
	arena, off := Keys(b.Cols, n, nil, nil)
	allocs := testing.AllocsPerRun(10, func() { arena, off = Keys(b.Cols, n, arena, off) })
	if allocs > 0 {
		t.Errorf("%v allocations for %d rows", allocs, n)
	}
}
