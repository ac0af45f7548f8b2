package expr

import (
	"fmt"
	"strings"
)

// A small reader of SQL expressions for this package's tests: the real parser and
// binder stand above this package.

type ast struct {
	kind string // num str ident call op cast typed case array row null bool sub slice agg
	text string
	args []*ast
}

type parser struct {
	toks []string
	at   int
}

func parseExpr(s string) (*ast, error) {
	p := &parser{toks: tokens(s)}
	e, err := p.expr(0)
	if err == nil && p.at < len(p.toks) {
		err = fmt.Errorf("unread: %v", p.toks[p.at:])
	}
	return e, err
}

func isIdent(b byte) bool {
	return b == '_' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b >= 0x80
}

// tokens cuts the text; strings keep one leading quote and lose their doubled ones.
func tokens(s string) []string {
	var out []string
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b == ' ' || b == '\n' || b == '\t':
			i++
		case b == '\'':
			var lit strings.Builder
			for i++; i < len(s); i++ {
				if s[i] == '\'' {
					if i+1 >= len(s) || s[i+1] != '\'' {
						break
					}
					i++
				}
				lit.WriteByte(s[i])
			}
			i++
			out = append(out, "'"+lit.String())
		case b == '"':
			end := strings.IndexByte(s[i+1:], '"') + i + 1
			out = append(out, s[i:end+1])
			i = end + 1
		case b >= '0' && b <= '9' || b == '.' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			j := i
			for j < len(s) && (isIdent(s[j]) || s[j] == '.' || (s[j] == '-' || s[j] == '+') && (s[j-1] == 'e')) {
				j++
			}
			out = append(out, s[i:j])
			i = j
		case isIdent(b):
			j := i
			for j < len(s) && isIdent(s[j]) {
				j++
			}
			out = append(out, strings.ToLower(s[i:j]))
			i = j
		case strings.IndexByte("(),[]", b) >= 0:
			out = append(out, string(b))
			i++
		default:
			j := i
			for j < len(s) && strings.IndexByte("+-*/<>=~!@#%^&|?:", s[j]) >= 0 {
				j++
			}
			// A sign behind an operator is a prefix operator of its own.
			for j-i > 1 && (s[j-1] == '-' || s[j-1] == '+') && !strings.ContainsAny(s[i:j-1], "~!@#%^&|?") {
				j--
			}
			if j == i {
				j++
			}
			out = append(out, s[i:j])
			i = j
		}
	}
	return out
}

func (p *parser) peek() string {
	if p.at < len(p.toks) {
		return p.toks[p.at]
	}
	return ""
}

func (p *parser) eat(words ...string) bool {
	for k, w := range words {
		if p.at+k >= len(p.toks) || p.toks[p.at+k] != w {
			return false
		}
	}
	p.at += len(words)
	return true
}

func (p *parser) need(w string) error {
	if !p.eat(w) {
		return fmt.Errorf("want %q, have %q", w, p.peek())
	}
	return nil
}

// binding powers, PostgreSQL's order.
func power(tok string) int {
	switch tok {
	case "or":
		return 1
	case "and":
		return 2
	case "is":
		return 4
	case "<", ">", "=", "<=", ">=", "<>", "!=":
		return 5
	case "like", "ilike", "between", "in":
		return 6
	case "+", "-":
		return 8
	case "*", "/", "%":
		return 9
	case "^":
		return 10
	case "at":
		return 11
	case "[":
		return 13
	case "::":
		return 14
	}
	if tok != "" && strings.IndexByte("+-*/<>=~!@#%^&|?", tok[0]) >= 0 {
		return 7
	}
	return 0
}

func (p *parser) expr(min int) (*ast, error) {
	left, err := p.prefix()
	if err != nil {
		return nil, err
	}
	for {
		op := p.peek()
		not := op == "not" && p.at+1 < len(p.toks) && power(p.toks[p.at+1]) == 6
		if not {
			op = p.toks[p.at+1]
		}
		bp := power(op)
		if bp == 0 || bp <= min {
			return left, nil
		}
		p.at++
		if not {
			p.at++
		}
		if left, err = p.infix(left, op, bp, not); err != nil {
			return nil, err
		}
	}
}

func call(name string, args ...*ast) *ast { return &ast{kind: "call", text: name, args: args} }
func op(name string, args ...*ast) *ast   { return &ast{kind: "op", text: name, args: args} }

func (p *parser) infix(left *ast, tok string, bp int, not bool) (*ast, error) {
	switch tok {
	case "is":
		return p.is(left)
	case "::":
		t, err := p.typeName()
		return &ast{kind: "cast", text: t, args: []*ast{left}}, err
	case "at":
		if !p.eat("time", "zone") {
			return nil, fmt.Errorf("want time zone")
		}
		zone, err := p.expr(bp)
		return call("timezone", zone, left), err
	case "[":
		return p.subscript(left)
	case "like", "ilike":
		return p.like(left, tok, bp, not)
	}
	for _, q := range []string{"any", "all"} {
		if p.eat(q, "(") {
			arr, err := p.expr(0)
			if err != nil {
				return nil, err
			}
			return &ast{kind: "quant", text: q + " " + tok, args: []*ast{left, arr}}, p.need(")")
		}
	}
	right, err := p.expr(bp)
	return op(tok, left, right), err
}

func (p *parser) like(left *ast, tok string, bp int, not bool) (*ast, error) {
	if p.eat("any", "(") {
		arr, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		return &ast{kind: "quant", text: "any ~~", args: []*ast{left, arr}}, p.need(")")
	}
	pattern, err := p.expr(bp)
	if err != nil {
		return nil, err
	}
	if p.eat("escape") {
		esc, err := p.expr(bp)
		if err != nil {
			return nil, err
		}
		pattern = call("like_escape", pattern, esc)
	}
	name := "~~"
	if tok == "ilike" {
		name = "~~*"
	}
	if not {
		name = "!" + name
	}
	return op(name, left, pattern), nil
}

func (p *parser) is(left *ast) (*ast, error) {
	not := p.eat("not")
	if p.eat("null") {
		return &ast{kind: "isnull", text: fmt.Sprint(not), args: []*ast{left}}, nil
	}
	if !p.eat("distinct", "from") {
		return nil, fmt.Errorf("want null or distinct from")
	}
	right, err := p.expr(4)
	name := "is distinct from"
	if not {
		name = "is not distinct from"
	}
	return &ast{kind: "common", text: name, args: []*ast{left, right}}, err
}

func (p *parser) subscript(left *ast) (*ast, error) {
	var low, high *ast
	var err error
	if p.peek() != ":" {
		if low, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	if !p.eat(":") {
		if left.kind == "sub" {
			left.args = append(left.args, low)
			return left, p.need("]")
		}
		return &ast{kind: "sub", args: []*ast{left, low}}, p.need("]")
	}
	if p.peek() != "]" {
		if high, err = p.expr(0); err != nil {
			return nil, err
		}
	}
	return &ast{kind: "slice", args: []*ast{left, low, high}}, p.need("]")
}

func (p *parser) list(end string) ([]*ast, error) {
	var out []*ast
	if p.eat(end) {
		return nil, nil
	}
	for {
		e, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		if p.eat(end) {
			return out, nil
		}
		if err := p.need(","); err != nil {
			return nil, err
		}
	}
}

var typedLiterals = map[string]bool{
	"date": true, "time": true, "timestamp": true, "timestamptz": true, "interval": true, "uuid": true, "jsonb": true, "json": true,
}

func (p *parser) prefix() (*ast, error) {
	tok := p.peek()
	p.at++
	switch {
	case tok == "":
		return nil, fmt.Errorf("unexpected end")
	case tok[0] == '\'':
		return &ast{kind: "str", text: tok[1:]}, nil
	case tok[0] >= '0' && tok[0] <= '9' || tok[0] == '.':
		return &ast{kind: "num", text: tok}, nil
	case tok == "(":
		items, err := p.list(")")
		if err != nil || len(items) == 1 {
			return items[0], err
		}
		return &ast{kind: "call", text: "row", args: items}, nil
	case tok == "null":
		return &ast{kind: "null"}, nil
	case tok == "true", tok == "false":
		return &ast{kind: "bool", text: tok}, nil
	case tok == "not":
		x, err := p.expr(3)
		return &ast{kind: "not", args: []*ast{x}}, err
	case tok == "case":
		return p.caseExpr()
	case tok == "array" && p.eat("["):
		items, err := p.list("]")
		return &ast{kind: "array", args: items}, err
	case strings.IndexByte("+-*/<>=~!@#%^&|?", tok[0]) >= 0:
		bp := 7
		if tok == "-" || tok == "+" {
			bp = 12
		}
		x, err := p.expr(bp)
		if err == nil && tok == "-" && x.kind == "num" {
			return &ast{kind: "num", text: "-" + x.text}, nil
		}
		return op(tok, x), err
	}
	if p.eat("(") {
		if tok == "trim" {
			tok = "btrim"
		}
		return p.callArgs(tok)
	}
	if next := p.peek(); typedLiterals[tok] && strings.HasPrefix(next, "'") {
		p.at++
		return &ast{kind: "cast", text: tok, args: []*ast{{kind: "str", text: next[1:]}}}, nil
	}
	return &ast{kind: "ident", text: strings.Trim(tok, `"`)}, nil
}

func (p *parser) caseExpr() (*ast, error) {
	out := &ast{kind: "case"}
	for p.eat("when") {
		cond, err := p.expr(0)
		if err == nil {
			err = p.need("then")
		}
		if err != nil {
			return nil, err
		}
		then, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		out.args = append(out.args, cond, then)
	}
	if p.eat("else") {
		last, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		out.args = append(out.args, last)
	}
	return out, p.need("end")
}

// callArgs reads the arguments of a function, with the key words of some.
func (p *parser) callArgs(name string) (*ast, error) {
	if name == "cast" {
		x, err := p.expr(0)
		if err == nil {
			err = p.need("as")
		}
		if err != nil {
			return nil, err
		}
		t, err := p.typeName()
		if err != nil {
			return nil, err
		}
		return &ast{kind: "cast", text: t, args: []*ast{x}}, p.need(")")
	}
	if name == "extract" {
		field := strings.TrimPrefix(p.peek(), "'")
		p.at++
		if err := p.need("from"); err != nil {
			return nil, err
		}
		x, err := p.expr(0)
		if err != nil {
			return nil, err
		}
		return call(name, &ast{kind: "str", text: field}, x), p.need(")")
	}
	if p.eat("*", ")") {
		return call(name), nil
	}
	var args []*ast
	if p.eat(")") {
		return call(name), nil
	}
	for {
		level := 0
		if name == "position" {
			level = 6
		}
		e, err := p.expr(level)
		if err != nil {
			return nil, err
		}
		args = append(args, e)
		switch {
		case p.eat(")"):
			return call(name, args...), nil
		case p.eat("in"):
			needle := args[0]
			hay, err := p.expr(0)
			if err != nil {
				return nil, err
			}
			return call(name, hay, needle), p.need(")")
		case p.eat(","), p.eat("from"), p.eat("for"), p.eat("placing"):
		default:
			return nil, fmt.Errorf("in %s: unexpected %q", name, p.peek())
		}
	}
}

// typeName reads a type: words, modifiers, brackets.
func (p *parser) typeName() (string, error) {
	name := p.peek()
	p.at++
	for _, rest := range []string{"precision", "varying"} {
		if p.eat(rest) {
			name += " " + rest
		}
	}
	if p.eat("(") {
		name += "("
		for !p.eat(")") {
			name += p.peek()
			p.at++
		}
		name += ")"
	}
	for _, zone := range []string{"with", "without"} {
		if p.eat(zone, "time", "zone") {
			name += " " + zone + " time zone"
		}
	}
	for p.eat("[", "]") {
		name += "[]"
	}
	return name, nil
}
