package regex

import "unicode"

// partOp is the kind of a part.
type partOp uint8

const (
	partPlain   partOp = iota // matched as a whole
	partCat                   // two parts
	partAlt                   // one of its parts
	partRepeat                // its part several times
	partBackref               // what a group took, several times
)

// flags of a part: its own preference, and what is in it.
type flags uint8

const (
	flagLonger flags = 1 << iota
	flagShorter
	flagMixed   // there are both preferences in it
	flagGroup   // there is a group in it
	flagBackref // there is a back reference in it

	flagsOwn   = flagLonger | flagShorter
	flagsMessy = flagMixed | flagGroup | flagBackref
)

func (p preference) flags() flags { return flags(p) }

// up is what a part passes on to the part around it.
func up(f flags) flags {
	out := f &^ flagsOwn
	if f&flagsOwn == flagsOwn {
		out |= flagMixed
	}
	return out
}

// combine gives the flags of two parts in a row: the first preference wins.
func combine(a, b flags) flags {
	own := a & flagsOwn
	if own == 0 {
		own = b & flagsOwn
	}
	return up(a|b) | own
}

// part is a node of the dissection tree.
type part struct {
	op       partOp
	flags    flags
	prog     *program
	kids     []*part
	min, max int
	group    int // captured as this group, 0 for none
	of       int // group of a back reference
	fold     bool
}

// dissection makes the tree for an expression.
func (b *builder) dissection(n *node) (*part, error) {
	p := b.part(n)
	if b.failed {
		return nil, problem("regular expression is too complex")
	}
	return p, nil
}

func (b *builder) plainPart(n *node, f flags) *part {
	prog, err := b.program(n)
	if err != nil {
		b.failed = true
	}
	return &part{op: partPlain, flags: f, prog: prog}
}

func (b *builder) part(n *node) *part {
	if b.failed {
		return &part{prog: &program{code: []instruction{{}}}}
	}
	switch n.op {
	case opAlt:
		return b.altPart(n)
	case opCat:
		return b.branch(n.kids)
	}
	return b.branch([]*node{n})
}

func (b *builder) altPart(n *node) *part {
	out := &part{op: partAlt, flags: flagLonger}
	for _, k := range n.kids {
		kid := b.part(k)
		out.kids = append(out.kids, kid)
		out.flags |= combine(out.flags, kid.flags)
	}
	if out.flags&flagsMessy == 0 {
		return b.plainPart(n, out.flags)
	}
	out.prog = b.plainPart(n, 0).prog
	return out
}

// branch makes a part of atoms in a row: simple ones are taken together, the first one
// that is not is taken apart from what is before and behind it.
func (b *builder) branch(list []*node) *part {
	var simple flags
	for i, n := range list {
		inner, lo, hi, prefer := unquantified(n)
		atom, isGroup := b.atom(inner)
		f := simple | prefer.flags() | atom.flags
		if !isGroup && inner.op != opBackref && (up(f)|f)&flagsMessy == 0 {
			simple = f
			continue
		}
		t := b.quantify(atom, inner, n, lo, hi, prefer)
		if i+1 < len(list) {
			t = b.cat(list[i:], t, b.branch(list[i+1:]))
		}
		if i > 0 {
			head := b.plainPart(&node{op: opCat, kids: list[:i]}, simple)
			t = b.cat(list, head, t)
		}
		return t
	}
	return b.plainPart(&node{op: opCat, kids: list}, simple)
}

func (b *builder) cat(list []*node, left, right *part) *part {
	out := b.plainPart(&node{op: opCat, kids: list}, combine(left.flags, right.flags))
	out.op, out.kids = partCat, []*part{left, right}
	return out
}

// unquantified splits a quantifier off.
func unquantified(n *node) (inner *node, lo, hi int, prefer preference) {
	if n.op == opRepeat {
		return n.kids[0], n.min, n.max, n.prefer
	}
	return n, 1, 1, 0
}

// atom makes the part of an atom without its quantifier.
func (b *builder) atom(n *node) (p *part, isGroup bool) {
	switch n.op {
	case opGroup:
		p = b.part(n.kids[0])
		if p.group != 0 {
			p = &part{op: partAlt, flags: p.flags, prog: p.prog, kids: []*part{p}}
		}
		p.group, p.flags = n.group, p.flags|flagGroup
		return p, true
	case opBackref:
		p = b.plainPart(n, flagBackref)
		p.op, p.of, p.fold, p.min, p.max = partBackref, n.group, n.fold, 1, 1
		return p, false
	case opCat, opAlt:
		return b.part(n), false
	}
	return &part{}, false
}

// quantify puts a quantifier around an atom; whole is the node with both.
func (b *builder) quantify(atom *part, inner, whole *node, lo, hi int, prefer preference) *part {
	own := atom.flags & (flagsOwn | flagMixed)
	f := combine(prefer.flags(), atom.flags)
	switch {
	case inner.op == opBackref:
		out := b.plainPart(whole, f)
		out.op, out.of, out.fold, out.min, out.max = partBackref, atom.of, atom.fold, lo, hi
		return out
	case lo == 1 && hi == 1 && (prefer == 0 || own == 0 || prefer.flags() == own):
		return atom
	case atom.flags&(flagGroup|flagBackref) == 0:
		return b.plainPart(whole, f&flagsOwn)
	case lo > 0 && atom.flags&flagBackref == 0:
		// Only the last round's groups count: all others in one piece.
		rest := &node{op: opRepeat, kids: []*node{inner}, min: lo - 1, max: hi, prefer: prefer}
		if hi != unlimited {
			rest.max--
		}
		out := b.plainPart(whole, f)
		out.op, out.kids = partCat, []*part{b.plainPart(rest, f&flagsOwn), atom}
		return out
	}
	out := b.plainPart(whole, f)
	out.op, out.kids, out.min, out.max = partRepeat, []*part{atom}, lo, hi
	return out
}

// dissect finds the groups of a text that p matches as a whole, and checks its back
// references.
func (m *matcher) dissect(p *part, from, to int) bool {
	ok := true
	switch p.op {
	case partCat:
		ok = m.dissectCat(p, from, to)
	case partAlt:
		ok = m.dissectAlt(p, from, to)
	case partRepeat:
		ok = m.dissectRepeat(p, from, to, 0)
	case partBackref:
		ok = m.dissectBackref(p, from, to)
	}
	if ok && p.group > 0 {
		m.groups[2*p.group], m.groups[2*p.group+1] = from, to
	}
	return ok
}

// exact reports whether p's program matches just this text.
func (m *matcher) exact(p *part, from, to int) bool {
	return m.reach(p.prog, from, to, to, false) == to
}

func (m *matcher) dissectCat(p *part, from, to int) bool {
	left, right := p.kids[0], p.kids[1]
	short := left.flags&flagShorter != 0
	lo, hi := from, to
	for lo <= hi {
		mid := m.reach(left.prog, from, lo, hi, short)
		if mid < 0 {
			return false
		}
		if m.exact(right, mid, to) && m.dissect(left, from, mid) && m.dissect(right, mid, to) {
			return true
		}
		m.forget(p)
		if short {
			lo = mid + 1
		} else {
			hi = mid - 1
		}
	}
	return false
}

// forget clears the groups within p.
func (m *matcher) forget(p *part) {
	if p.group > 0 {
		m.groups[2*p.group], m.groups[2*p.group+1] = -1, -1
	}
	for _, k := range p.kids {
		m.forget(k)
	}
}

func (m *matcher) dissectAlt(p *part, from, to int) bool {
	for _, k := range p.kids {
		if m.exact(k, from, to) && m.dissect(k, from, to) {
			return true
		}
		m.forget(k)
	}
	return false
}

// dissectRepeat splits a text into rounds, each as long or short as preferred; done is
// how many rounds are behind from.
func (m *matcher) dissectRepeat(p *part, from, to, done int) bool {
	least := p.min
	if from == to && done == 0 && least <= 0 {
		return true
	}
	least = max(least, 1)
	if from == to && done >= least {
		return true
	}
	most := max(to-from+done, least)
	if p.max != unlimited {
		most = min(most, p.max)
	}
	if done >= most {
		return false
	}
	kid := p.kids[0]
	short := kid.flags&flagShorter != 0
	lo, hi := from, to
	for lo <= hi {
		end := m.reach(kid.prog, from, lo, hi, short)
		if end < 0 {
			return false
		}
		// An empty round is of use only where rounds are missing.
		if end > from || done+1 <= least && least-done > to-from {
			m.forget(kid)
			saved := append([]int(nil), m.groups...)
			if m.dissect(kid, from, end) && (end == to && done+1 >= least || m.dissectRepeat(p, end, to, done+1)) {
				return true
			}
			m.groups = append(m.groups[:0], saved...)
		}
		if short {
			lo = end + 1
		} else {
			hi = end - 1
		}
	}
	return false
}

// dissectBackref checks that a text is what a group took, repeated.
func (m *matcher) dissectBackref(p *part, from, to int) bool {
	gFrom, gTo := m.groups[2*p.of], m.groups[2*p.of+1]
	if gFrom < 0 {
		return false
	}
	size := gTo - gFrom
	switch {
	case size == 0:
		return from == to
	case from == to:
		return p.min == 0
	case (to-from)%size != 0:
		return false
	}
	rounds := (to - from) / size
	if rounds < p.min || p.max != unlimited && rounds > p.max {
		return false
	}
	for i := from; i < to; i++ {
		a, b := m.text[i], m.text[gFrom+(i-from)%size]
		if a != b && (!p.fold || unicode.ToLower(a) != unicode.ToLower(b)) {
			return false
		}
	}
	return true
}
