package codec

import (
	"bytes"

	"millrace/sql/pgerr"
)

// eolKind is how lines end. The first line decides for the whole input.
type eolKind uint8

const (
	eolUnknown eolKind = iota
	eolNL
	eolCR
	eolCRNL
)

// lineScan finds the ends of lines. It is resumed where it stopped when a line
// needs more data.
type lineScan struct {
	csv           bool
	quote, escape byte
	eol           eolKind

	// The state within a line.
	pos      int  // bytes already looked at
	inQuote  bool // CSV
	escaped  bool // the byte at pos follows an escape
	embedded int  // line ends inside quotes
}

// reset begins a new line.
func (s *lineScan) reset() { s.pos, s.inQuote, s.escaped, s.embedded = 0, false, false, 0 }

// next finds the end of the line that begins data: the line is data[:end], the
// next one begins at next. ok is false when data holds no end; with last set the
// end of data ends the line.
func (s *lineScan) next(data []byte, last bool) (end, next int, ok bool, err error) {
	if s.eol == eolNL {
		end, ok = s.nextNL(data)
		if !ok && last {
			end, ok = len(data), true
			return end, end, ok, s.checkCR(data)
		}
		if ok {
			err = s.checkCR(data[:end])
		}
		return end, end + 1, ok, err
	}
	return s.nextAny(data, last)
}

// nextNL finds a newline that is neither escaped nor quoted.
func (s *lineScan) nextNL(data []byte) (int, bool) {
	for {
		i := bytes.IndexByte(data[s.pos:], '\n')
		if i < 0 {
			s.segment(data[s.pos:])
			s.pos = len(data)
			return 0, false
		}
		at := s.pos + i
		s.segment(data[s.pos:at])
		s.pos = at + 1
		switch {
		case s.csv && s.inQuote:
			s.embedded++
			s.escaped = false
		case !s.csv && s.escaped:
			s.escaped = false
		default:
			return at, true
		}
	}
}

// segment moves the state over bytes without a newline.
func (s *lineScan) segment(b []byte) {
	switch {
	case !s.csv:
		n := 0 // backslashes at the end
		for n < len(b) && b[len(b)-1-n] == '\\' {
			n++
		}
		if n == len(b) && s.escaped {
			n++
		}
		s.escaped = n&1 == 1
	case s.quote == s.escape:
		if bytes.Count(b, []byte{s.quote})&1 == 1 {
			s.inQuote = !s.inQuote
		}
	default:
		for _, c := range b {
			s.csvByte(c)
		}
	}
}

// csvByte moves the state of quotes over one byte, for an escape that is not the quote.
func (s *lineScan) csvByte(c byte) {
	if s.inQuote && c == s.escape && s.escape != s.quote {
		s.escaped = !s.escaped
	}
	if c == s.quote && !s.escaped {
		s.inQuote = !s.inQuote
	}
	if c != s.escape || s.escape == s.quote {
		s.escaped = false
	}
}

// checkCR refuses a carriage return in a line that ended with a newline alone.
func (s *lineScan) checkCR(line []byte) error {
	if bytes.IndexByte(line, '\r') < 0 {
		return nil
	}
	t := lineScan{csv: s.csv, quote: s.quote, escape: s.escape}
	for _, c := range line {
		if c == '\r' && t.isOpen() {
			return s.errCR()
		}
		t.step(c)
	}
	return nil
}

// isOpen reports whether a line end here would count.
func (s *lineScan) isOpen() bool {
	if s.csv {
		return !s.inQuote
	}
	return !s.escaped
}

func (s *lineScan) step(c byte) {
	if s.csv {
		s.csvByte(c)
		return
	}
	s.escaped = c == '\\' && !s.escaped
}

// nextAny goes byte by byte, for inputs whose lines do not end with a newline
// alone, and for the first line.
func (s *lineScan) nextAny(data []byte, last bool) (end, next int, ok bool, err error) {
	for ; s.pos < len(data); s.pos++ {
		c := data[s.pos]
		if (c != '\r' && c != '\n') || !s.isOpen() {
			if s.csv && s.inQuote && c == s.embeddedEnd() {
				s.embedded++
			}
			s.step(c)
			continue
		}
		if c == '\n' {
			if s.eol == eolCR || s.eol == eolCRNL {
				return 0, 0, false, s.errNL()
			}
			s.eol = eolNL
			return s.pos, s.pos + 1, true, nil
		}
		return s.carriageReturn(data, last)
	}
	return len(data), len(data), last, nil
}

func (s *lineScan) embeddedEnd() byte {
	if s.eol == eolNL {
		return '\n'
	}
	return '\r'
}

// carriageReturn decides what a carriage return at pos means.
func (s *lineScan) carriageReturn(data []byte, last bool) (end, next int, ok bool, err error) {
	if s.eol == eolCR {
		return s.pos, s.pos + 1, true, nil
	}
	if s.pos+1 == len(data) && !last {
		return 0, 0, false, nil // the next byte decides
	}
	if s.pos+1 < len(data) && data[s.pos+1] == '\n' {
		s.eol = eolCRNL
		return s.pos, s.pos + 2, true, nil
	}
	if s.eol == eolCRNL {
		return 0, 0, false, s.errCR()
	}
	s.eol = eolCR
	return s.pos, s.pos + 1, true, nil
}

func (s *lineScan) errCR() error {
	if s.csv {
		return pgerr.New(pgerr.BadCopyFileFormat, "unquoted carriage return found in data").
			WithHint("Use quoted CSV field to represent carriage return.")
	}
	return pgerr.New(pgerr.BadCopyFileFormat, "literal carriage return found in data").
		WithHint(`Use "\r" to represent carriage return.`)
}

func (s *lineScan) errNL() error {
	if s.csv {
		return pgerr.New(pgerr.BadCopyFileFormat, "unquoted newline found in data").
			WithHint("Use quoted CSV field to represent newline.")
	}
	return pgerr.New(pgerr.BadCopyFileFormat, "literal newline found in data").
		WithHint(`Use "\n" to represent newline.`)
}
