package connect

import "math/bits"

// random is a generator of the SplitMix family: a counter that is mixed. Its state
// is one word, so that each row has a generator of its own.
type random uint64

// mix spreads the bits of x (the finalizer of MurmurHash3).
func mix(x uint64) uint64 {
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return x ^ x>>33
}

// rowRandom is the generator of row n of a seed.
func rowRandom(seed, n int64) random {
	return random(mix(uint64(seed)) + mix(uint64(n)+0x632be59bd9b4e019))
}

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	return mix(uint64(*r))
}

// below returns 0..n-1.
func (r *random) below(n int64) int64 {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int64(hi)
}

// unit returns a number in [0, 1).
func (r *random) unit() float64 { return float64(r.next()>>11) / (1 << 53) }
