package sql

import (
	"strings"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// tokenKind is the kind of a token of PostgreSQL's lexical grammar.
type tokenKind uint8

const (
	tokEOF        tokenKind = iota
	tokIdent                // not quoted; text is folded
	tokQuoted               // "quoted" identifier, or `quoted` as in ksqlDB
	tokString               // '..', E'..', $$..$$, U&'..', N'..'; text is decoded
	tokBit                  // B'..' and X'..'; text begins with b or x
	tokInt                  // digits only
	tokNumeric              // with point or exponent
	tokParam                // $1; text is the digits
	tokOp                   // operator, longest match
	tokPunct                // ( ) [ ] , ; . : :: := .. =>
	tokLexerError           // the text is broken here; lexer.err says how
)

// token is a piece of text. pos and end are byte offsets in the source.
type token struct {
	kind     tokenKind
	pos, end int32
	text     string
}

// lexer reads tokens by PostgreSQL's rules.
type lexer struct {
	src  string
	i    int
	toks []token
	// err is set when the last token is tokLexerError. It is reported when the
	// parser reaches that token: an error of grammar before it comes first.
	err *pgerr.Error
}

// lex splits src into tokens; the last is tokEOF or tokLexerError.
func lex(src string) *lexer {
	l := &lexer{src: src, toks: make([]token, 0, len(src)/4+4)}
	for l.next() {
	}
	return l
}

func (l *lexer) next() bool {
	if !l.skipBlanks() {
		return false
	}
	start := l.i
	if start >= len(l.src) {
		l.add(tokEOF, start, "")
		return false
	}
	switch c := l.src[start]; {
	case isIdentStart(c):
		return l.word(start)
	case isDigit(c) || c == '.' && start+1 < len(l.src) && isDigit(l.src[start+1]):
		return l.number(start)
	case c == '\'':
		return l.plainString(start, start+1)
	case c == '"':
		return l.quotedIdent(start, '"')
	case c == '`' && strings.IndexByte(l.src[start+1:], '`') >= 0:
		return l.quotedIdent(start, '`')
	case c == '$':
		return l.dollar(start)
	case isOpChar(c):
		return l.operator(start)
	default:
		return l.punct(start)
	}
}

func (l *lexer) add(kind tokenKind, start int, text string) bool {
	l.toks = append(l.toks, token{kind: kind, pos: int32(start), end: int32(l.i), text: text})
	return true
}

// fail ends the token list with an error at start, whose token reaches to end.
func (l *lexer) fail(start, end int, code, format string) bool {
	if l.err == nil {
		l.err = pgerr.Newf(code, "%s at or near \"%s\"", format, l.src[start:end]).At(start)
	}
	l.i = end
	l.add(tokLexerError, start, "")
	return false
}

func (l *lexer) failWith(start int, err *pgerr.Error) bool {
	l.err = err.At(start)
	l.i = len(l.src)
	l.add(tokLexerError, start, "")
	return false
}

// skipBlanks skips white space and comments; false when a comment does not end.
func (l *lexer) skipBlanks() bool {
	for l.i < len(l.src) {
		switch c := l.src[l.i]; {
		case isSpace(c):
			l.i++
		case c != '-' && c != '/':
			return true
		case strings.HasPrefix(l.src[l.i:], "--"):
			l.i += lineLength(l.src[l.i:])
		case strings.HasPrefix(l.src[l.i:], "/*"):
			n := commentLength(l.src[l.i:])
			if n < 0 {
				return l.fail(l.i, len(l.src), pgerr.SyntaxError, "unterminated /* comment")
			}
			l.i += n
		default:
			return true
		}
	}
	return true
}

func lineLength(s string) int {
	if n := strings.IndexAny(s, "\r\n"); n >= 0 {
		return n
	}
	return len(s)
}

// commentLength returns the length of the comment s begins with, whose inner
// comments nest; -1 when it does not end.
func commentLength(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); {
		switch s[i : i+2] {
		case "/*":
			depth++
			i += 2
		case "*/":
			depth--
			i += 2
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return -1
}

// word reads an identifier, or a string with a letter in front.
func (l *lexer) word(start int) bool {
	rest := l.src[start:]
	if len(rest) > 1 && rest[1] == '\'' {
		switch rest[0] {
		case 'e', 'E':
			return l.escapeString(start)
		case 'b', 'B', 'x', 'X':
			return l.bitString(start)
		case 'n', 'N':
			return l.plainString(start, start+2)
		}
	}
	if len(rest) > 2 && (rest[0] == 'u' || rest[0] == 'U') && rest[1] == '&' && (rest[2] == '\'' || rest[2] == '"') {
		return l.unicodeString(start)
	}
	for l.i < len(l.src) && isIdentCont(l.src[l.i]) {
		l.i++
	}
	return l.add(tokIdent, start, cutName(foldASCII(l.src[start:l.i])))
}

func (l *lexer) number(start int) bool {
	kind := tokInt
	l.digits()
	if l.i < len(l.src) && l.src[l.i] == '.' && !strings.HasPrefix(l.src[l.i:], "..") {
		kind = tokNumeric
		l.i++
		l.digits()
	}
	if l.i < len(l.src) && (l.src[l.i] == 'e' || l.src[l.i] == 'E') {
		exponent := l.i + 1
		if exponent < len(l.src) && (l.src[exponent] == '+' || l.src[exponent] == '-') {
			exponent++
		}
		if exponent >= len(l.src) || !isDigit(l.src[exponent]) {
			return l.fail(start, max(exponent, l.identEnd(l.i)), pgerr.SyntaxError, "trailing junk after numeric literal")
		}
		kind = tokNumeric
		l.i = exponent
		l.digits()
	}
	if l.i < len(l.src) && isIdentStart(l.src[l.i]) {
		return l.fail(start, l.identEnd(l.i), pgerr.SyntaxError, "trailing junk after numeric literal")
	}
	return l.add(kind, start, l.src[start:l.i])
}

func (l *lexer) digits() {
	for l.i < len(l.src) && isDigit(l.src[l.i]) {
		l.i++
	}
}

// identEnd returns the end of the identifier at i.
func (l *lexer) identEnd(i int) int {
	for i < len(l.src) && isIdentCont(l.src[i]) {
		i++
	}
	return i
}

// runeEnd returns the end of the character at i.
func (l *lexer) runeEnd(i int) int {
	_, width := utf8.DecodeRuneInString(l.src[i:])
	return i + width
}

// dollar reads $1, or a string quoted with $tag$.
func (l *lexer) dollar(start int) bool {
	i := start + 1
	if i < len(l.src) && isDigit(l.src[i]) {
		l.i = i
		l.digits()
		if l.i < len(l.src) && isIdentStart(l.src[l.i]) {
			return l.fail(start, l.identEnd(l.i), pgerr.SyntaxError, "trailing junk after parameter")
		}
		return l.add(tokParam, start, l.src[i:l.i])
	}
	if i < len(l.src) && isIdentStart(l.src[i]) {
		for i < len(l.src) && (isIdentStart(l.src[i]) || isDigit(l.src[i])) {
			i++
		}
	}
	if i >= len(l.src) || l.src[i] != '$' {
		return l.fail(start, start+1, pgerr.SyntaxError, "syntax error")
	}
	tag := l.src[start : i+1]
	length := strings.Index(l.src[i+1:], tag)
	if length < 0 {
		return l.fail(start, len(l.src), pgerr.SyntaxError, "unterminated dollar-quoted string")
	}
	l.i = i + 1 + length + len(tag)
	return l.add(tokString, start, l.src[i+1:i+1+length])
}

// operator reads the longest operator, by PostgreSQL's rule for a trailing + or -.
func (l *lexer) operator(start int) bool {
	for l.i < len(l.src) && isOpChar(l.src[l.i]) {
		rest := l.src[l.i:]
		if l.i > start && (rest[0] == '`' || strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*")) {
			break
		}
		l.i++
	}
	op := l.src[start:l.i]
	if !strings.ContainsAny(op, "~!@#%^&|`?") {
		for len(op) > 1 && (op[len(op)-1] == '+' || op[len(op)-1] == '-') {
			op = op[:len(op)-1]
		}
		l.i = start + len(op)
	}
	switch op {
	case "=>":
		return l.add(tokPunct, start, op)
	case "!=":
		op = "<>"
	}
	if len(op) > maxNameBytes {
		return l.failWith(start, pgerr.New(pgerr.SyntaxError, "operator too long"))
	}
	return l.add(tokOp, start, op)
}

func (l *lexer) punct(start int) bool {
	switch l.src[start] {
	case ':', '.':
		if rest := l.src[start:]; strings.HasPrefix(rest, "::") || strings.HasPrefix(rest, ":=") || strings.HasPrefix(rest, "..") {
			l.i++
		}
	case '(', ')', '[', ']', ',', ';':
	default:
		return l.fail(start, l.runeEnd(start), pgerr.SyntaxError, "syntax error")
	}
	l.i++
	return l.add(tokPunct, start, l.src[start:l.i])
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isIdentStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func isIdentCont(c byte) bool { return isIdentStart(c) || isDigit(c) || c == '$' }

func isOpChar(c byte) bool {
	switch c {
	case '+', '-', '*', '/', '<', '>', '=', '~', '!', '@', '#', '%', '^', '&', '|', '`', '?':
		return true
	}
	return false
}

// foldASCII lowers the letters A to Z; others stay, as in PostgreSQL with UTF-8.
func foldASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return foldBytes(s)
		}
	}
	return s
}

func foldBytes(s string) string {
	folded := []byte(s)
	for i, c := range folded {
		if c >= 'A' && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return string(folded)
}

// cutName cuts a name to maxNameBytes without splitting a character.
func cutName(name string) string {
	if len(name) <= maxNameBytes {
		return name
	}
	end := maxNameBytes
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end]
}
