package regex

import "unicode/utf8"

// matcher is the working memory of searches over one text.
type matcher struct {
	text   []rune
	bytes  []int32 // byte offset of each character, and of the end
	ascii  bool
	groups []int // bounds found by the dissection, in characters
	// free holds simulations for reuse; look-around nests them.
	free []*simulation
}

// begin takes a text.
func (m *matcher) begin(s []byte) {
	m.text, m.bytes, m.ascii = m.text[:0], m.bytes[:0], true
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(s[i:])
			m.ascii = false
		}
		m.text = append(m.text, r)
		m.bytes = append(m.bytes, int32(i))
		i += n
	}
	m.bytes = append(m.bytes, int32(len(s)))
}

// index is the character at a byte offset.
func (m *matcher) index(offset int) int {
	if m.ascii {
		return offset
	}
	lo, hi := 0, len(m.bytes)
	for lo < hi {
		if mid := (lo + hi) / 2; int(m.bytes[mid]) < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// offsets gives a match in byte offsets.
func (m *matcher) offsets(start, end, groups int) []int {
	out := make([]int, 0, 2*groups+2)
	out = append(out, int(m.bytes[start]), int(m.bytes[end]))
	for g := 1; g <= groups; g++ {
		from, to := m.groups[2*g], m.groups[2*g+1]
		if from < 0 {
			out = append(out, -1, -1)
			continue
		}
		out = append(out, int(m.bytes[from]), int(m.bytes[to]))
	}
	return out
}

// search finds where the first match from at on begins, and its end by the preference
// of the whole and a dissection that succeeds; end is negative when no length does.
func (m *matcher) search(r *Regexp, at int) (start, end int, ok bool) {
	start, ok = m.leftmost(r.prog, at)
	if !ok {
		return 0, 0, false
	}
	return start, m.settle(r, start), true
}

// settle tries the lengths of a match that begins at start in the order of preference.
func (m *matcher) settle(r *Regexp, start int) int {
	short := r.tree.flags&flagShorter != 0
	lo, hi := start, len(m.text)
	for lo <= hi {
		end := m.reach(r.prog, start, lo, hi, short)
		if end < 0 {
			return -1
		}
		if r.tree.op == partPlain && r.tree.group == 0 {
			return end
		}
		m.clear(r.groups)
		if m.dissect(r.tree, start, end) {
			return end
		}
		if short {
			lo = end + 1
		} else {
			hi = end - 1
		}
	}
	return -1
}

func (m *matcher) clear(groups int) {
	m.groups = m.groups[:0]
	for range 2*groups + 2 {
		m.groups = append(m.groups, -1)
	}
}

// simulation is a set of states with, for leftmost, where the match began.
type simulation struct {
	list, next []int32
	start      []int32 // by state
	nextStart  []int32
	mark       []uint32
	round      uint32
	stack      []int32
}

func (m *matcher) take(p *program) *simulation {
	var s *simulation
	if n := len(m.free); n > 0 {
		s, m.free = m.free[n-1], m.free[:n-1]
	} else {
		s = &simulation{}
	}
	if len(s.mark) < len(p.code) {
		s.mark, s.round = make([]uint32, len(p.code)), 0
		s.start, s.nextStart = make([]int32, len(p.code)), make([]int32, len(p.code))
	}
	s.list, s.next = s.list[:0], s.next[:0]
	return s
}

func (m *matcher) give(s *simulation) { m.free = append(m.free, s) }

// close adds state pc and all that it reaches without reading to the set. It reports
// whether the end is among them.
func (m *matcher) close(p *program, s *simulation, pc int32, at int, start int32, into *[]int32, starts []int32) (accepts bool) {
	s.stack = append(s.stack[:0], pc)
	for len(s.stack) > 0 {
		pc := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		if s.mark[pc] == s.round {
			continue
		}
		s.mark[pc] = s.round
		switch i := &p.code[pc]; i.op {
		case iAccept:
			accepts = true
		case iClass:
			*into = append(*into, pc)
			starts[pc] = start
		case iJump:
			s.stack = append(s.stack, i.x)
		case iFork:
			s.stack = append(s.stack, i.y, i.x)
		case iAssert:
			if m.holds(i.assert, at) {
				s.stack = append(s.stack, i.x)
			}
		case iLook:
			stack := append([]int32(nil), s.stack...)
			if m.looks(i.look, at) {
				stack = append(stack, i.x)
			}
			s.stack = append(s.stack[:0], stack...)
		}
	}
	return accepts
}

// nextRound forgets the marks.
func (s *simulation) nextRound() {
	if s.round++; s.round == 0 {
		clear(s.mark)
		s.round = 1
	}
}

// leftmost finds the smallest start, not before from, of any match.
func (m *matcher) leftmost(p *program, from int) (start int, ok bool) {
	s := m.take(p)
	defer m.give(s)
	best := int32(-1)
	for at := from; ; at++ {
		// States are added in the order of their starts, so that the mark keeps the
		// smallest. The set is in that order already.
		s.nextRound()
		s.next = s.next[:0]
		if at > from {
			r := m.text[at-1]
			for _, pc := range s.list {
				i := &p.code[pc]
				if !i.class.has(r) {
					continue
				}
				if m.close(p, s, i.x, at, s.start[pc], &s.next, s.nextStart) {
					best = s.start[pc]
					break
				}
			}
		}
		if best < 0 && m.close(p, s, 0, at, int32(at), &s.next, s.nextStart) {
			best = int32(at)
		}
		s.list, s.next = s.next, s.list
		s.start, s.nextStart = s.nextStart, s.start
		if best >= 0 {
			s.list = keepBefore(s.list, s.start, best)
		}
		if at == len(m.text) || best >= 0 && len(s.list) == 0 {
			return int(best), best >= 0
		}
	}
}

// keepBefore keeps the states whose match began before best.
func keepBefore(list, start []int32, best int32) []int32 {
	for i, pc := range list {
		if start[pc] >= best {
			return list[:i]
		}
	}
	return list
}

// reach returns the longest or shortest end, within lo and hi, of a match of p that
// begins at start; -1 without any.
func (m *matcher) reach(p *program, start, lo, hi int, short bool) int {
	s := m.take(p)
	defer m.give(s)
	last := -1
	s.nextRound()
	if m.close(p, s, 0, start, 0, &s.list, s.start) && start >= lo {
		last = start
	}
	for at := start; at < hi && len(s.list) > 0 && (!short || last < 0); at++ {
		s.nextRound()
		s.next = s.next[:0]
		r, accepts := m.text[at], false
		for _, pc := range s.list {
			if i := &p.code[pc]; i.class.has(r) && m.close(p, s, i.x, at+1, 0, &s.next, s.nextStart) {
				accepts = true
			}
		}
		if accepts && at+1 >= lo {
			last = at + 1
		}
		s.list, s.next = s.next, s.list
	}
	return last
}

// holds tests a condition on a place.
func (m *matcher) holds(a assertion, at int) bool {
	switch a {
	case atTextStart:
		return at == 0
	case atTextEnd:
		return at == len(m.text)
	case atLineStart:
		return at == 0 || m.text[at-1] == '\n'
	case atLineEnd:
		return at == len(m.text) || m.text[at] == '\n'
	}
	before, after := at > 0 && isWord(m.text[at-1]), at < len(m.text) && isWord(m.text[at])
	switch a {
	case atWordStart:
		return !before && after
	case atWordEnd:
		return before && !after
	case atWordEdge:
		return before != after
	}
	return before == after
}

func (m *matcher) looks(l *look, at int) bool {
	if !l.behind {
		return (m.reach(l.prog, at, at, len(m.text), true) >= 0) != l.negated
	}
	found := false
	for from := at; from >= 0 && !found; from-- {
		found = m.reach(l.prog, from, at, at, true) >= 0
	}
	return found != l.negated
}
