package types

import (
	"slices"
	"strings"
)

// jsonMember is one member of an object in the normal form being written.
type jsonMember struct {
	key      string
	from, to int // the member's text, key and value, in out
}

// compareKeys orders keys as jsonb stores them: by length, then by bytes.
func compareKeys(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// object reads an object; the normal form is ordered and without duplicates.
func (p *jsonParser) object() error {
	p.at++
	p.emit("{")
	if p.accept('}') {
		p.emit("}")
		return nil
	}
	var members []jsonMember
	start, sorted := len(p.out), true
	for first := true; ; first = false {
		m, err := p.member(first)
		if err != nil {
			return err
		}
		if p.normalize {
			sorted = sorted && (first || compareKeys(members[len(members)-1].key, m.key) < 0)
			members = append(members, m)
		}
		switch {
		case p.accept(','):
			p.emit(", ")
			continue
		case !p.accept('}'):
			return p.expected("\",\" or \"}\"")
		}
		if !sorted {
			p.out = reorderMembers(p.out, start, members)
		}
		p.emit("}")
		return nil
	}
}

// member reads key : value.
func (p *jsonParser) member(first bool) (m jsonMember, err error) {
	p.space()
	if p.at >= len(p.text) || p.text[p.at] != '"' {
		if first {
			return m, p.expected("string or \"}\"")
		}
		return m, p.expected("string")
	}
	m.from = len(p.out)
	start := p.at
	if err := p.str(); err != nil {
		return m, err
	}
	if p.normalize {
		if m.key, err = JSONUnquote(p.text[start:p.at]); err != nil {
			return m, err
		}
	}
	if !p.accept(':') {
		return m, p.expected("\":\"")
	}
	p.emit(": ")
	err = p.value()
	m.to = len(p.out)
	return m, err
}

// reorderMembers rewrites out[start:] with the members in order, the last of
// equal keys only.
func reorderMembers(out []byte, start int, members []jsonMember) []byte {
	slices.SortStableFunc(members, func(a, b jsonMember) int { return compareKeys(a.key, b.key) })
	text := slices.Clone(out[start:])
	out = out[:start]
	for i, m := range members {
		if i+1 < len(members) && members[i+1].key == m.key {
			continue
		}
		if len(out) > start {
			out = append(out, ", "...)
		}
		out = append(out, text[m.from-start:m.to-start]...)
	}
	return out
}
