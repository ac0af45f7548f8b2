package builtin

import "millrace/sql/types"

// signature is what overload resolution sees of an entry.
type signature struct {
	args       []types.Type
	variadic   bool
	compatible bool // generic arguments need only have a common type
	nonArray   bool // Any stands for anything but an array
	pos        int  // in the list of overloads of the name
}

// at returns the declared type of argument i.
func (s signature) at(i int) types.Type {
	if s.variadic && i >= len(s.args)-1 {
		return s.args[len(s.args)-1]
	}
	return s.args[i]
}

func (s signature) takes(n int) bool {
	if s.variadic {
		return n >= len(s.args)
	}
	return n == len(s.args)
}

// verdict tells why no single candidate was chosen.
type verdict uint8

const (
	chosen verdict = iota
	noMatch
	ambiguous
)

// choose picks the overload for arguments of the given types as PostgreSQL's
// func_get_detail does. binary marks an infix operator: an unknown operand is then
// first taken to be of the other operand's type.
func choose(all []signature, args []types.Type, binary bool) (signature, verdict) {
	if s, ok := exactMatch(all, args); ok {
		return s, chosen
	}
	if binary {
		if s, ok := exactMatch(all, sameOperands(args)); ok {
			return s, chosen
		}
	}
	fit := coercible(all, args)
	switch len(fit) {
	case 0:
		return signature{}, noMatch
	case 1:
		return fit[0], chosen
	}
	return selectCandidate(fit, args)
}

func sameOperands(args []types.Type) []types.Type {
	switch {
	case isUnknown(args[0]):
		return []types.Type{args[1], args[1]}
	case isUnknown(args[1]):
		return []types.Type{args[0], args[0]}
	}
	return args
}

func isUnknown(t types.Type) bool { return t.Kind == types.KindUnknown }

func exactMatch(all []signature, args []types.Type) (signature, bool) {
	for _, s := range all {
		if !s.takes(len(args)) {
			continue
		}
		same := true
		for i, a := range args {
			if !s.at(i).Same(a) {
				same = false
				break
			}
		}
		if same {
			return s, true
		}
	}
	return signature{}, false
}

// coercible keeps the candidates that implicit casts can reach. A variadic
// candidate gives way to one without, as in PostgreSQL.
func coercible(all []signature, args []types.Type) []signature {
	var out []signature
	for _, s := range all {
		if s.takes(len(args)) && coercibleTo(s, args) {
			out = append(out, s)
		}
	}
	return out
}

func coercibleTo(s signature, args []types.Type) bool {
	hasGenerics := false
	for i, from := range args {
		to := s.at(i)
		if isGeneric(to) {
			hasGenerics = true
			continue
		}
		if !implicitly(from, to) || s.nonArray && to.Kind == types.KindAny && from.Kind == types.KindArray {
			return false
		}
	}
	return !hasGenerics || genericsAgree(s, args)
}

// implicitly reports whether a value of type from may stand where to is wanted.
func implicitly(from, to types.Type) bool {
	if to.Kind == types.KindAny || isUnknown(from) || from.Same(to) {
		return true
	}
	// Vectors would otherwise capture what should go to real arrays.
	isVector := to.Kind == types.KindInt2vector || to.Kind == types.KindOidvector
	return !isVector && types.CastPath(from.Base(), to.Base()) == types.Implicit
}

// selectCandidate is PostgreSQL's func_select_candidate.
func selectCandidate(fit []signature, args []types.Type) (signature, verdict) {
	fit = best(fit, func(s signature) int { return countMatches(s, args, false) })
	if len(fit) == 1 {
		return fit[0], chosen
	}
	fit = best(fit, func(s signature) int { return countMatches(s, args, true) })
	if len(fit) == 1 {
		return fit[0], chosen
	}
	if !hasUnknown(args) {
		return signature{}, ambiguous
	}
	fit = byUnknownCategory(fit, args)
	if len(fit) == 1 {
		return fit[0], chosen
	}
	return byKnownType(fit, args)
}

func hasUnknown(args []types.Type) bool {
	for _, a := range args {
		if isUnknown(a) {
			return true
		}
	}
	return false
}

func best(fit []signature, score func(signature) int) []signature {
	var out []signature
	top := -1
	for _, s := range fit {
		n := score(s)
		if n > top {
			top, out = n, out[:0:0]
		}
		if n == top {
			out = append(out, s)
		}
	}
	return out
}

// countMatches counts the arguments whose type is met exactly or, with preferred,
// also by the preferred type of their category.
func countMatches(s signature, args []types.Type, preferred bool) int {
	n := 0
	for i, a := range args {
		if isUnknown(a) {
			continue
		}
		to := s.at(i)
		if to.Same(a) || preferred && types.Preferred(to) && to.Category() == a.Category() {
			n++
		}
	}
	return n
}

// byUnknownCategory decides unknown literals by the category the candidates agree
// on, strings winning; it returns fit unchanged where that decides nothing.
func byUnknownCategory(fit []signature, args []types.Type) []signature {
	type slot struct {
		category  byte
		preferred bool
	}
	slots := make([]slot, len(args))
	for i, a := range args {
		if !isUnknown(a) {
			continue
		}
		conflict := false
		for _, s := range fit {
			to := s.at(i)
			category, preferred := to.Category(), types.Preferred(to)
			switch {
			case slots[i].category == 0:
				slots[i] = slot{category, preferred}
			case category == slots[i].category:
				slots[i].preferred = slots[i].preferred || preferred
			case category == 'S':
				slots[i] = slot{category, preferred}
			default:
				conflict = true
			}
		}
		if conflict && slots[i].category != 'S' {
			return fit
		}
	}
	var out []signature
	for _, s := range fit {
		keep := true
		for i, a := range args {
			if to := s.at(i); isUnknown(a) &&
				(to.Category() != slots[i].category || slots[i].preferred && !types.Preferred(to)) {
				keep = false
			}
		}
		if keep {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// byKnownType assumes that unknown arguments are of the one type that all known
// arguments have.
func byKnownType(fit []signature, args []types.Type) (signature, verdict) {
	known := types.Unknown
	for _, a := range args {
		switch {
		case isUnknown(a):
		case isUnknown(known):
			known = a
		case !known.Same(a):
			return signature{}, ambiguous
		}
	}
	if isUnknown(known) {
		return signature{}, ambiguous
	}
	assumed := make([]types.Type, len(args))
	for i := range assumed {
		assumed[i] = known
	}
	var found []signature
	for _, s := range fit {
		if coercibleTo(s, assumed) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0], chosen
	}
	return signature{}, ambiguous
}
