package builtin

import (
	"strings"
	"unicode/utf8"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// pathNode is a node of a jsonpath expression.
type pathNode struct {
	// op is "$", "@", "$name", a literal's kind ("string", "number", "true" ...), an
	// operator, or what an accessor does: ".key", ".*", ".**", "[*]", "[]", "?", "method".
	op   string
	text string // key, variable, string or method
	num  types.Decimal
	args []*pathNode // operands; of an accessor the path before it first
	// ranges are the subscripts of "[]": from, and to or nil.
	ranges [][2]*pathNode
}

// jsonPath is a parsed path.
type jsonPath struct {
	text   string
	strict bool
	root   *pathNode
}

// pathParser reads jsonpath. What is not known here is refused, never read in another
// meaning.
type pathParser struct {
	s     string
	at    int
	depth int
	inner int // filters around the place: @ is allowed within
	// brackets around the place: last is allowed within.
	brackets int
	err      error
}

func parseJSONPath(s string) (*jsonPath, error) {
	p := &pathParser{s: s}
	out := &jsonPath{text: s}
	if p.word("strict") {
		out.strict = true
	} else {
		p.word("lax")
	}
	out.root = p.or()
	p.space()
	if p.at < len(s) {
		p.fail()
	}
	return out, p.err
}

// fail keeps the first fault.
func (p *pathParser) fail() {
	if p.err != nil {
		return
	}
	rest := strings.TrimSpace(p.s[min(p.at, len(p.s)):])
	if rest == "" {
		p.err = pgerr.New(pgerr.SyntaxError, "syntax error at end of jsonpath input")
		return
	}
	n := 0
	for n < len(rest) && isPathWord(rest[n]) {
		n++
	}
	p.err = pgerr.Newf(pgerr.SyntaxError, "syntax error at or near \"%s\" of jsonpath input", rest[:max(n, 1)])
}

// failAt is fail at a symbol of several characters.
func (p *pathParser) failAt(symbol string) {
	if p.err == nil {
		p.err = pgerr.Newf(pgerr.SyntaxError, "syntax error at or near \"%s\" of jsonpath input", symbol)
	}
}

func isPathWord(b byte) bool { return b == '_' || isLetter(b) || isDigit(b) || b >= utf8.RuneSelf }

func (p *pathParser) space() {
	for p.at < len(p.s) && strings.IndexByte(" \t\n\r\f", p.s[p.at]) >= 0 {
		p.at++
	}
}

// take reads a symbol if it is next.
func (p *pathParser) take(symbol string) bool {
	p.space()
	if p.err != nil || !strings.HasPrefix(p.s[p.at:], symbol) {
		return false
	}
	p.at += len(symbol)
	return true
}

func (p *pathParser) need(symbol string) {
	if !p.take(symbol) {
		p.fail()
	}
}

// word reads a key word if it is next.
func (p *pathParser) word(w string) bool {
	p.space()
	end := p.at + len(w)
	if p.err != nil || !strings.HasPrefix(p.s[p.at:], w) || end < len(p.s) && isPathWord(p.s[end]) {
		return false
	}
	p.at = end
	return true
}

// maxPathDepth bounds the nesting of a path.
const maxPathDepth = 200

func (p *pathParser) deeper() bool {
	if p.depth++; p.depth > maxPathDepth {
		p.fail()
	}
	return p.err == nil
}

func (p *pathParser) binary(next func() *pathNode, ops ...string) *pathNode {
	left := next()
	for p.err == nil {
		found := ""
		for _, op := range ops {
			if p.take(op) {
				found = op
				break
			}
		}
		if found == "" {
			break
		}
		left = &pathNode{op: found, args: []*pathNode{left, next()}}
	}
	return left
}

func (p *pathParser) or() *pathNode {
	if !p.deeper() {
		return &pathNode{op: "null"}
	}
	defer func() { p.depth-- }()
	return p.logic(p.and, "||")
}

func (p *pathParser) and() *pathNode { return p.logic(p.not, "&&") }

// logic joins predicates; what is joined must be some.
func (p *pathParser) logic(next func() *pathNode, op string) *pathNode {
	left := next()
	for p.err == nil && p.take(op) {
		if !left.isPredicate() {
			p.at -= len(op)
			p.failAt(op)
		}
		right := next()
		if !right.isPredicate() {
			p.fail()
		}
		left = &pathNode{op: op, args: []*pathNode{left, right}}
	}
	return left
}

func (n *pathNode) isPredicate() bool {
	switch n.op {
	case "||", "&&", "!", "==", "!=", "<", "<=", ">", ">=", "exists", "starts with", "is unknown":
		return true
	}
	return false
}

func (p *pathParser) not() *pathNode {
	p.space()
	if p.take("!") {
		p.space()
		if !strings.HasPrefix(p.s[p.at:], "(") && !strings.HasPrefix(p.s[p.at:], "exists") {
			p.fail()
		}
		x := p.not()
		if !x.isPredicate() {
			p.fail()
		}
		return &pathNode{op: "!", args: []*pathNode{x}}
	}
	if p.word("exists") {
		p.need("(")
		x := p.sum()
		p.need(")")
		return &pathNode{op: "exists", args: []*pathNode{x}}
	}
	return p.comparison()
}

func (p *pathParser) comparison() *pathNode {
	left := p.sum()
	if p.err != nil {
		return left
	}
	if left.isPredicate() {
		return left
	}
	for _, op := range []string{"==", "!=", "<>", "<=", ">=", "<", ">"} {
		if p.take(op) {
			if op == "<>" {
				op = "!="
			}
			return &pathNode{op: op, args: []*pathNode{left, p.sum()}}
		}
	}
	switch {
	case p.word("starts"):
		if !p.word("with") {
			p.fail()
		}
		right := p.sum()
		if right.op != "string" && !strings.HasPrefix(right.op, "$name") {
			p.fail()
		}
		return &pathNode{op: "starts with", args: []*pathNode{left, right}}
	case p.word("like_regex"):
		p.unsupported("like_regex")
	}
	return left
}

func (p *pathParser) unsupported(what string) {
	if p.err == nil {
		p.err = pgerr.Newf(pgerr.FeatureNotSupported, "%s of jsonpath is not supported", what)
	}
}

func (p *pathParser) sum() *pathNode { return p.binary(p.product, "+", "-") }

func (p *pathParser) product() *pathNode { return p.binary(p.unary, "*", "/", "%") }

func (p *pathParser) unary() *pathNode {
	if !p.deeper() {
		return &pathNode{op: "null"}
	}
	defer func() { p.depth-- }()
	for _, sign := range []string{"+", "-"} {
		if p.take(sign) {
			return &pathNode{op: "unary" + sign, args: []*pathNode{p.unary()}}
		}
	}
	return p.accessors(p.primary())
}

func (p *pathParser) primary() *pathNode {
	p.space()
	if p.at >= len(p.s) {
		p.fail()
		return &pathNode{op: "null"}
	}
	switch b := p.s[p.at]; {
	case b == '(':
		return p.group()
	case b == '@':
		p.at++
		if p.inner == 0 && p.err == nil {
			p.err = pgerr.New(pgerr.SyntaxError, "@ is not allowed in root expressions")
		}
		return &pathNode{op: "@"}
	case b == '$':
		return p.variable()
	case b == '"':
		return &pathNode{op: "string", text: p.str()}
	case isDigit(b) || b == '.':
		return p.number()
	}
	for _, w := range []string{"null", "true", "false"} {
		if p.word(w) {
			return &pathNode{op: w}
		}
	}
	if p.word("last") {
		if p.brackets == 0 && p.err == nil {
			p.err = pgerr.New(pgerr.SyntaxError, "LAST is allowed only in array subscripts")
		}
		return &pathNode{op: "last"}
	}
	p.fail()
	return &pathNode{op: "null"}
}

// group reads (expression), and a predicate's IS UNKNOWN.
func (p *pathParser) group() *pathNode {
	p.need("(")
	x := p.or()
	p.need(")")
	if x.isPredicate() && p.word("is") {
		if !p.word("unknown") {
			p.fail()
		}
		return &pathNode{op: "is unknown", args: []*pathNode{x}}
	}
	return x
}

func (p *pathParser) variable() *pathNode {
	p.at++
	if p.at < len(p.s) && p.s[p.at] == '"' {
		return &pathNode{op: "$name", text: p.str()}
	}
	if name := p.name(); name != "" {
		return &pathNode{op: "$name", text: name}
	}
	return &pathNode{op: "$"}
}

func (p *pathParser) name() string {
	start := p.at
	for p.at < len(p.s) && isPathWord(p.s[p.at]) {
		p.at++
	}
	return p.s[start:p.at]
}

func (p *pathParser) str() string {
	end := p.at + 1
	for end < len(p.s) && p.s[end] != '"' {
		if p.s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(p.s) {
		p.fail()
		return ""
	}
	raw := p.s[p.at : end+1]
	p.at = end + 1
	s, err := types.JSONUnquote(raw)
	if types.ValidateJSON(raw) != nil || err != nil {
		p.unsupported("the string " + raw)
	}
	return s
}

func (p *pathParser) number() *pathNode {
	n := numberLength(p.s[p.at:])
	end := p.at + n
	if n == 0 || end < len(p.s) && isPathWord(p.s[end]) || n > 1 && p.s[p.at] == '0' && isDigit(p.s[p.at+1]) {
		p.fail()
		return &pathNode{op: "null"}
	}
	d, err := types.ParseDecimal(p.s[p.at:end])
	if err != nil {
		p.fail()
	}
	p.at = end
	return &pathNode{op: "number", num: d}
}

func (p *pathParser) accessors(x *pathNode) *pathNode {
	for p.err == nil {
		switch {
		case p.take(".**"):
			p.space()
			if strings.HasPrefix(p.s[p.at:], "{") {
				p.unsupported("a level of .**")
			}
			x = &pathNode{op: ".**", args: []*pathNode{x}}
		case p.take(".*"):
			x = &pathNode{op: ".*", args: []*pathNode{x}}
		case p.take("."):
			x = p.member(x)
		case p.take("["):
			x = p.subscripts(x)
		case p.take("?"):
			p.need("(")
			p.inner++
			condition := p.or()
			p.inner--
			if !condition.isPredicate() {
				p.fail()
			}
			p.need(")")
			x = &pathNode{op: "?", args: []*pathNode{x, condition}}
		default:
			return x
		}
	}
	return x
}

func (p *pathParser) member(x *pathNode) *pathNode {
	p.space()
	if p.at < len(p.s) && p.s[p.at] == '"' {
		return &pathNode{op: ".key", text: p.str(), args: []*pathNode{x}}
	}
	if p.at < len(p.s) && isDigit(p.s[p.at]) {
		p.fail()
	}
	name := p.name()
	if name == "" {
		p.fail()
	}
	if !p.take("(") {
		return &pathNode{op: ".key", text: name, args: []*pathNode{x}}
	}
	switch name {
	case "type", "size", "double", "ceiling", "floor", "abs":
		p.need(")")
	case "keyvalue", "datetime":
		p.unsupported("." + name + "()")
	default:
		p.at--
		p.fail()
	}
	return &pathNode{op: "method", text: name, args: []*pathNode{x}}
}

func (p *pathParser) subscripts(x *pathNode) *pathNode {
	if p.take("*") {
		p.need("]")
		return &pathNode{op: "[*]", args: []*pathNode{x}}
	}
	p.brackets++
	defer func() { p.brackets-- }()
	n := &pathNode{op: "[]", args: []*pathNode{x}}
	for p.err == nil {
		var r [2]*pathNode
		r[0] = p.sum()
		if p.word("to") {
			r[1] = p.sum()
		}
		n.ranges = append(n.ranges, r)
		if !p.take(",") {
			break
		}
	}
	p.need("]")
	return n
}
