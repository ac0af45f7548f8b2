package builtin

import "strings"

// numberWriter puts the digits of a number into a format. The digits and the places
// of the format are walked together; current counts the places that digits can take.
type numberWriter struct {
	f        *numberFormat
	number   string // digits with a point, without sign
	at       int    // in number
	negative bool

	preSpaces int // places before the first digit
	current   int
	places    int
	// lastRelevant is the last character of number to show with FM; -1: all.
	lastRelevant int
	signWritten  bool
	inNumber     bool
	brackets     bool
	out          strings.Builder
}

// write formats a number given by its digits.
func (f *numberFormat) write(number string, negative bool) string {
	w := numberWriter{f: f, number: number, negative: negative, lastRelevant: -1, brackets: f.brackets}
	pre := f.pre + f.shiftDigits()
	whole, _, _ := strings.Cut(number, ".")
	switch {
	case len(whole) < pre:
		w.preSpaces = pre - len(whole)
	case len(whole) > pre:
		w.number = strings.Repeat("#", pre) + "." + strings.Repeat("#", f.post)
	case f.post > 0 && isDigit(number[0]) && !strings.Contains(number, "."):
		w.number += "." + strings.Repeat("0", f.post)
	}
	w.places = pre + f.post - 1
	w.prepareSign()
	if f.fill && f.decimal {
		w.findLastRelevant()
	}
	if !w.signWritten && w.preSpaces == 0 {
		w.places++
	}
	for _, n := range f.nodes {
		w.node(n)
	}
	return w.out.String()
}

// prepareSign decides whether the number itself shows its sign.
func (w *numberWriter) prepareSign() {
	f := w.f
	if f.plus || f.minus {
		w.signWritten = !f.plus || f.minus
		return
	}
	if !w.negative && f.fill {
		w.brackets = false
		w.signWritten = !f.hasSign
	}
}

// findLastRelevant finds the last digit behind the point that FM keeps: the last that
// is not 0, or that stands on a 0 of the format.
func (w *numberWriter) findLastRelevant() {
	point := strings.IndexByte(w.number, '.')
	if point < 0 {
		return
	}
	w.lastRelevant = point
	for i := point + 1; i < len(w.number); i++ {
		if w.number[i] != '0' {
			w.lastRelevant = i
		}
	}
	if w.f.zeroEnd > w.preSpaces {
		w.lastRelevant = max(w.lastRelevant, min(len(w.number)-1, w.f.zeroEnd-w.preSpaces))
	}
}

func (w *numberWriter) node(n formatNode) {
	f := w.f
	blank := func() {
		if !f.fill {
			w.out.WriteByte(' ')
		}
	}
	switch key := strings.ToUpper(n.key); key {
	case "":
		w.out.WriteString(n.text)
	case "9", "0", ".", "D":
		w.place(key)
	case ",", "G":
		if w.inNumber {
			w.out.WriteByte(',')
		} else {
			blank()
		}
	case "L":
		w.out.WriteByte(' ')
	case "MI":
		if w.negative {
			w.out.WriteByte('-')
		} else {
			blank()
		}
	case "PL":
		if !w.negative {
			w.out.WriteByte('+')
		} else {
			blank()
		}
	case "SG":
		w.sign()
	case "TH":
		if !w.negative && !f.decimal && w.number != "" && w.number[0] != '#' {
			w.out.WriteString(ordinalSuffix(w.number, n.key))
		}
	}
}

func (w *numberWriter) sign() {
	if w.negative {
		w.out.WriteByte('-')
	} else {
		w.out.WriteByte('+')
	}
}

// hidesZero reports whether the next digit is the lone 0 before the point of a
// fraction, which a 9 shows as a blank.
func (w *numberWriter) hidesZero() bool {
	return w.f.zeroStart == 0 && w.at == 0 && strings.HasPrefix(w.number, "0") && w.f.post != 0
}

func (w *numberWriter) endsAtPoint() bool {
	return w.lastRelevant >= 0 && w.number[w.lastRelevant] == '.'
}

// place writes what stands on one place for a digit or the point.
func (w *numberWriter) place(key string) {
	f := w.f
	w.inNumber = false
	zeroStart := f.zeroStart - 1
	hasZero := f.zeroStart > 0
	if !w.signWritten && (w.current >= w.preSpaces || hasZero && zeroStart == w.current) && (!w.hidesZero() || w.endsAtPoint()) {
		w.leadingSign()
	}
	switch {
	case w.current < w.preSpaces && (!hasZero || zeroStart > w.current):
		if !f.fill {
			w.out.WriteByte(' ')
		}
	case w.current < w.preSpaces:
		w.out.WriteByte('0')
		w.inNumber = true
	default:
		w.digit(key)
	}
	w.trailingSign()
	w.current++
}

func (w *numberWriter) leadingSign() {
	f := w.f
	switch {
	case f.hasSign:
		if !f.signBehind {
			w.sign()
			w.signWritten = true
		}
		return
	case w.brackets && w.negative:
		w.out.WriteByte('<')
	case w.negative:
		w.out.WriteByte('-')
	case !f.fill || w.brackets:
		w.out.WriteByte(' ')
	}
	w.signWritten = true
}

// digit writes the next character of the number.
func (w *numberWriter) digit(key string) {
	if w.at >= len(w.number) {
		return
	}
	switch ch := w.number[w.at]; {
	case ch == '.':
		w.out.WriteByte('.')
	case w.lastRelevant >= 0 && w.at > w.lastRelevant && key != "0":
	case w.hidesZero():
		if !w.f.fill {
			w.out.WriteByte(' ')
		} else if w.endsAtPoint() {
			w.out.WriteByte('0')
		}
	default:
		w.out.WriteByte(ch)
		w.inNumber = true
	}
	w.at++
}

// trailingSign writes a sign or bracket that stands behind the last place.
func (w *numberWriter) trailingSign() {
	end := w.places
	if w.preSpaces > 0 {
		end++
	}
	if w.f.decimal {
		end++
	}
	if w.lastRelevant >= 0 && w.lastRelevant == w.at {
		end = w.current
	}
	if w.current+1 != end {
		return
	}
	switch {
	case w.signWritten && w.brackets:
		if w.negative {
			w.out.WriteByte('>')
		} else {
			w.out.WriteByte(' ')
		}
	case w.f.hasSign && w.f.signBehind:
		w.sign()
	}
}
