package regex

// instruction is a state of the automaton: it reads a character, tests a place, or
// goes on at one or two other states without reading.
type instruction struct {
	op     instructionOp
	x, y   int32
	class  *class
	assert assertion
	look   *look
}

type instructionOp uint8

const (
	iAccept instructionOp = iota
	iClass                // reads a character of class, goes to x
	iJump                 // goes to x
	iFork                 // goes to x and y
	iAssert               // goes to x if the place is right
	iLook                 // goes to x if the look-around holds
)

// look is a look-around condition.
type look struct {
	prog            *program
	behind, negated bool
}

// program is the automaton of an expression or a part of it; it begins at state 0.
type program struct {
	code []instruction
	// looks tells that there are look-around conditions in it.
	looks bool
}

// statesMax is how large an automaton may get; repetitions copy what they repeat.
const statesMax = 200_000

// builder turns nodes into programs.
type builder struct {
	groups []*node
	out    *program
	total  int
	failed bool
	// plain leaves conditions out: in the copy of a group that a back reference means.
	plain int
}

// program compiles n. A back reference matches whatever its group could match; the
// dissection checks what it did.
func (b *builder) program(n *node) (*program, error) {
	old := b.out
	b.out = &program{}
	b.emit(n)
	b.add(instruction{op: iAccept})
	p := b.out
	b.out = old
	if b.failed {
		return nil, problem("regular expression is too complex")
	}
	return p, nil
}

func (b *builder) add(i instruction) int32 {
	if b.total++; b.total > statesMax {
		b.failed = true
		return 0
	}
	b.out.code = append(b.out.code, i)
	return int32(len(b.out.code) - 1)
}

func (b *builder) here() int32 { return int32(len(b.out.code)) }

// step adds an instruction that goes on at the following one.
func (b *builder) step(i instruction) {
	i.x = b.here() + 1
	b.add(i)
}

func (b *builder) emit(n *node) {
	if b.failed {
		return
	}
	switch n.op {
	case opClass:
		b.step(instruction{op: iClass, class: n.class})
	case opCat:
		for _, k := range n.kids {
			b.emit(k)
		}
	case opGroup:
		b.emit(n.kids[0])
	case opAlt:
		b.alternatives(n.kids)
	case opRepeat:
		b.repeat(n)
	case opBackref:
		b.plain++
		b.emit(b.groups[n.group].kids[0])
		b.plain--
	case opAssert, opLook:
		if b.plain == 0 {
			b.condition(n)
		}
	}
}

func (b *builder) condition(n *node) {
	if n.op == opAssert {
		b.step(instruction{op: iAssert, assert: n.assert})
		return
	}
	p, err := b.program(n.kids[0])
	if err != nil {
		return
	}
	b.out.looks = true
	b.step(instruction{op: iLook, look: &look{p, n.behind, n.negated}})
}

func (b *builder) alternatives(kids []*node) {
	var ends []int32
	for i, k := range kids {
		if i == len(kids)-1 {
			b.emit(k)
			break
		}
		fork := b.add(instruction{op: iFork})
		b.set(fork, b.here(), -1)
		b.emit(k)
		ends = append(ends, b.add(instruction{op: iJump}))
		b.set(fork, -1, b.here())
	}
	for _, e := range ends {
		b.set(e, b.here(), -1)
	}
}

// set fills in where a state goes; a negative value leaves it.
func (b *builder) set(at, x, y int32) {
	if b.failed {
		return
	}
	if x >= 0 {
		b.out.code[at].x = x
	}
	if y >= 0 {
		b.out.code[at].y = y
	}
}

func (b *builder) repeat(n *node) {
	for range n.min {
		b.emit(n.kids[0])
	}
	if n.max == unlimited {
		fork := b.add(instruction{op: iFork})
		b.set(fork, b.here(), -1)
		b.emit(n.kids[0])
		jump := b.add(instruction{op: iJump})
		b.set(jump, fork, -1)
		b.set(fork, -1, b.here())
		return
	}
	var forks []int32
	for range n.max - n.min {
		fork := b.add(instruction{op: iFork})
		b.set(fork, b.here(), -1)
		forks = append(forks, fork)
		b.emit(n.kids[0])
	}
	for _, f := range forks {
		b.set(f, -1, b.here())
	}
}
