package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

// Variables replaces ksqlDB's ${name} in a text by the values of vars (names in lower
// case), before anything reads the text as SQL. DEFINE and UNDEFINE in the text take
// effect for what stands behind them; vars is not changed. A name nobody defined stays
// as it is, and $${name} gives ${name}. Comments are left alone, strings are not. The
// second result is nil when nothing was replaced.
func Variables(text string, vars map[string]string) (string, *Substitution) {
	if !strings.Contains(text, "${") {
		return text, nil
	}
	s := &substituter{src: text, vars: map[string]string{}}
	for name, value := range vars {
		s.vars[name] = value
	}
	s.run()
	if s.pieces == nil {
		return text, nil
	}
	return s.out.String(), &Substitution{pieces: s.pieces}
}

// Substitution leads from a text with variables replaced back to the original.
type Substitution struct{ pieces []replaced }

// replaced is one replacement: from..to of the result stands for at..end of the source.
type replaced struct{ from, to, at, end int }

// Source returns the offset in the original text of an offset in the result; inside a
// replacement, that of its variable.
func (s *Substitution) Source(pos int) int {
	shift := 0
	for _, p := range s.pieces {
		if pos < p.from {
			break
		}
		if pos < p.to {
			return p.at
		}
		shift = p.end - p.to
	}
	return pos + shift
}

// Place moves the position of an error to the original text.
func (s *Substitution) Place(err error) error {
	e := pgerr.As(err)
	if s == nil || e == nil || e.Position == 0 {
		return err
	}
	moved := *e
	moved.Position = s.Source(e.Position-1) + 1
	return &moved
}

// substituter copies src to out, replacing variables.
type substituter struct {
	src    string
	i      int
	out    strings.Builder
	vars   map[string]string
	pieces []replaced
}

// run works statement by statement: a DEFINE counts for the next ones.
func (s *substituter) run() {
	for s.i < len(s.src) {
		start := s.out.Len()
		s.statement()
		s.define(s.out.String()[start:])
	}
}

// statement copies up to and with a semicolon.
func (s *substituter) statement() {
	for s.i < len(s.src) {
		c := s.src[s.i]
		switch {
		case c == ';':
			s.copy(1)
			return
		case c == '\'' || c == '"' || c == '`':
			s.quoted(c)
		case strings.HasPrefix(s.src[s.i:], "--"):
			s.copy(lineLength(s.src[s.i:]))
		case strings.HasPrefix(s.src[s.i:], "/*"):
			n := commentLength(s.src[s.i:])
			if n < 0 {
				n = len(s.src) - s.i
			}
			s.copy(n)
		default:
			s.one()
		}
	}
}

// quoted copies a string or quoted name; a doubled quote ends it and begins the next.
func (s *substituter) quoted(quote byte) {
	s.copy(1)
	for s.i < len(s.src) {
		if s.src[s.i] == quote {
			s.copy(1)
			return
		}
		s.one()
	}
}

// one copies a byte, or replaces the variable that begins here.
func (s *substituter) one() {
	rest := s.src[s.i:]
	if strings.HasPrefix(rest, "$${") {
		s.replace(len("$${"), "${")
		return
	}
	if strings.HasPrefix(rest, "${") {
		if end := strings.IndexByte(rest, '}'); end > 0 {
			if value, ok := s.vars[strings.ToLower(rest[2:end])]; ok {
				s.replace(end+1, value)
				return
			}
		}
	}
	s.copy(1)
}

func (s *substituter) copy(n int) {
	s.out.WriteString(s.src[s.i : s.i+n])
	s.i += n
}

func (s *substituter) replace(n int, value string) {
	from := s.out.Len()
	s.out.WriteString(value)
	s.pieces = append(s.pieces, replaced{from: from, to: s.out.Len(), at: s.i, end: s.i + n})
	s.i += n
}

// define lets a statement take effect if it is DEFINE or UNDEFINE.
func (s *substituter) define(text string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return
	}
	switch strings.ToLower(words[0]) {
	case "define", "undefine":
	default:
		return
	}
	stmts, err := Parse(text)
	if err != nil || len(stmts) != 1 {
		return // the statement itself will say what is wrong
	}
	switch st := stmts[0].(type) {
	case *Define:
		s.vars[st.Name] = st.Value
	case *Undefine:
		delete(s.vars, st.Name)
	}
}
