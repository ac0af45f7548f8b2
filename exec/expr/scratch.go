package expr

import "millrace/sql/col"

// scratch keeps the words of vectors that were made inside an evaluation and are
// not its result, for the next one: a batch then allocates one vector for each
// expression, not one for each node.
type scratch struct {
	free  [][]int64
	given [][]int64
}

// maxScratch bounds what is kept, in vectors.
const maxScratch = 16

func (s *scratch) take(n int) []int64 {
	for k := len(s.free) - 1; k >= 0; k-- {
		if w := s.free[k]; cap(w) >= n {
			s.free = append(s.free[:k], s.free[k+1:]...)
			w = w[:n]
			s.given = append(s.given, w)
			return w
		}
	}
	w := make([]int64, n)
	s.given = append(s.given, w)
	return w
}

// release takes back all words given since the last release, except those of result
// (nil: the result is not kept either).
func (s *scratch) release(result *col.Vec) {
	for _, w := range s.given {
		if len(w) == 0 || len(s.free) >= maxScratch {
			continue
		}
		if result != nil && len(result.Fix) > 0 && &result.Fix[0] == &w[0] {
			continue
		}
		s.free = append(s.free, w)
	}
	clear(s.given)
	s.given = s.given[:0]
}
