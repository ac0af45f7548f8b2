package col

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// Hash returns the hash of a key (XXH64, seed 0). It decides vnodes and so the
// place of state: it never changes.
func Hash(key []byte) uint64 { return xxhash.Sum64(key) }

// Hashes returns the hashes of the keys that Keys returned, reusing out's memory.
func Hashes(arena []byte, off []uint32, out []uint64) []uint64 {
	out = out[:0]
	for i := range len(off) - 1 {
		out = append(out, xxhash.Sum64(arena[off[i]:off[i+1]]))
	}
	return out
}

// Murmur2 is the hash of Kafka's default partitioner; a record's partition is
// (Murmur2(key) & 0x7fffffff) % partitions.
func Murmur2(key []byte) uint32 {
	const seed, m, r = 0x9747b28c, 0x5bd1e995, 24
	h := uint32(seed) ^ uint32(len(key))
	for ; len(key) >= 4; key = key[4:] {
		k := binary.LittleEndian.Uint32(key) * m
		k ^= k >> r
		h = h*m ^ k*m
	}
	for i := len(key) - 1; i >= 0; i-- {
		h ^= uint32(key[i]) << (8 * i)
	}
	if len(key) > 0 {
		h *= m
	}
	h ^= h >> 13
	h *= m
	return h ^ h>>15
}
