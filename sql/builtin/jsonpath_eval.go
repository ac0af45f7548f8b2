package builtin

import (
	"strings"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// The SQLSTATEs of jsonpath, which nothing else uses.
const (
	pathSubscript  = "22033" // invalid_sql_json_subscript
	pathNonNumeric = "22036" // non_numeric_sql_json_item
	pathSingleton  = "22038" // singleton_sql_json_item_required
	pathNoArray    = "22039" // sql_json_array_not_found
	pathNoMember   = "2203A" // sql_json_member_not_found
	pathNoNumber   = "2203B" // sql_json_number_not_found
	pathNoObject   = "2203C" // sql_json_object_not_found
)

// truth is what a predicate gives.
type truth uint8

const (
	isFalse truth = iota
	isTrue
	isUnknownTruth
)

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

// pathRun is one evaluation of a path; items are JSON texts.
type pathRun struct {
	lax        bool
	root, vars []byte
	current    []byte
	last       int // of the array whose subscripts are evaluated
}

func (r *pathRun) eval(n *pathNode) ([][]byte, error) {
	if n.isPredicate() {
		return [][]byte{[]byte([]string{"false", "true", "null"}[r.predicate(n)])}, nil
	}
	switch n.op {
	case "$":
		return [][]byte{r.root}, nil
	case "@":
		return [][]byte{r.current}, nil
	case "$name":
		v, ok := types.JSONField(r.vars, n.text)
		if !ok {
			return nil, pgerr.Newf(pgerr.UndefinedObject, "could not find jsonpath variable \"%s\"", n.text)
		}
		return [][]byte{v}, nil
	case "string":
		return [][]byte{types.AppendJSONString(nil, n.text)}, nil
	case "number":
		return [][]byte{[]byte(n.num.String())}, nil
	case "null", "true", "false":
		return [][]byte{[]byte(n.op)}, nil
	case "last":
		return [][]byte{[]byte(types.FromInt64(int64(r.last), 0).String())}, nil
	case "unary+", "unary-":
		return r.unary(n)
	case "+", "-", "*", "/", "%":
		return r.arithmetic(n)
	}
	return r.access(n)
}

// isLenient reports whether structural errors behind n are overlooked: in lax mode,
// and behind a .** in any.
func (r *pathRun) isLenient(n *pathNode) bool {
	if r.lax {
		return true
	}
	for ; len(n.args) > 0 && !n.isPredicate(); n = n.args[0] {
		if n.op == ".**" {
			return true
		}
	}
	return false
}

// unwrapped are the items with arrays replaced by their elements, in lax mode.
func (r *pathRun) unwrapped(items [][]byte) [][]byte {
	if !r.lax {
		return items
	}
	var out [][]byte
	for _, v := range items {
		if !types.JSONElems(v, func(e []byte) bool { out = append(out, e); return true }) {
			out = append(out, v)
		}
	}
	return out
}

// access applies an accessor to what its path gives. With an error comes what was
// found before it.
func (r *pathRun) access(n *pathNode) ([][]byte, error) {
	items, fault := r.eval(n.args[0])
	switch n.op {
	case ".key", ".*", "?":
		items = r.unwrapped(items)
	case "method":
		if n.text != "type" && n.text != "size" {
			items = r.unwrapped(items)
		}
	}
	var out [][]byte
	var err error
	for _, v := range items {
		if out, err = r.step(n, v, out); err != nil {
			return out, err
		}
	}
	return out, fault
}

// step appends what an accessor makes of one item.
func (r *pathRun) step(n *pathNode, v []byte, out [][]byte) ([][]byte, error) {
	kind, lenient := types.JSONKind(v), r.isLenient(n)
	refuse := func(code, message string) ([][]byte, error) {
		if lenient {
			return out, nil
		}
		return out, pgerr.New(code, message)
	}
	switch n.op {
	case ".key":
		if kind != "object" {
			return refuse(pathNoMember, "jsonpath member accessor can only be applied to an object")
		}
		if value, ok := types.JSONField(v, n.text); ok {
			return append(out, value), nil
		}
		return refuse(pathNoMember, "JSON object does not contain key \""+n.text+"\"")
	case ".*":
		if !types.JSONEach(v, func(_ string, value []byte) bool { out = append(out, value); return true }) {
			return refuse(pathNoObject, "jsonpath wildcard member accessor can only be applied to an object")
		}
		return out, nil
	case ".**":
		return descend(v, out), nil
	case "[*]":
		switch {
		case types.JSONElems(v, func(e []byte) bool { out = append(out, e); return true }):
		case r.lax:
			out = append(out, v)
		default:
			return refuse(pathNoArray, "jsonpath wildcard array accessor can only be applied to an array")
		}
		return out, nil
	case "[]":
		if kind != "array" && !r.lax {
			return refuse(pathNoArray, "jsonpath array accessor can only be applied to an array")
		}
		return r.subscripts(n, v, out)
	case "?":
		saved := r.current
		r.current = v
		if r.predicate(n.args[1]) == isTrue {
			out = append(out, v)
		}
		r.current = saved
		return out, nil
	}
	return r.method(n.text, v, out)
}

// descend appends a value and everything in it.
func descend(v []byte, out [][]byte) [][]byte {
	out = append(out, v)
	types.JSONElems(v, func(e []byte) bool { out = descend(e, out); return true })
	types.JSONEach(v, func(_ string, e []byte) bool { out = descend(e, out); return true })
	return out
}

func (r *pathRun) subscripts(n *pathNode, v []byte, out [][]byte) ([][]byte, error) {
	elems := [][]byte{v}
	if types.JSONKind(v) == "array" {
		elems = nil
		types.JSONElems(v, func(e []byte) bool { elems = append(elems, e); return true })
	}
	saved := r.last
	defer func() { r.last = saved }()
	r.last = len(elems) - 1
	for _, pair := range n.ranges {
		from, err := r.index(pair[0])
		if err != nil {
			return out, err
		}
		to := from
		if pair[1] != nil {
			if to, err = r.index(pair[1]); err != nil {
				return out, err
			}
		}
		if !r.isLenient(n) && (from < 0 || from > to || to >= len(elems)) {
			return out, pgerr.New(pathSubscript, "jsonpath array subscript is out of bounds")
		}
		for i := max(0, from); i <= min(to, len(elems)-1); i++ {
			out = append(out, elems[i])
		}
	}
	return out, nil
}

// index evaluates a subscript.
func (r *pathRun) index(n *pathNode) (int, error) {
	items, err := r.eval(n)
	if err != nil {
		return 0, err
	}
	if len(items) != 1 || types.JSONKind(items[0]) != "number" {
		return 0, pgerr.New(pathSubscript, "jsonpath array subscript is not a single numeric value")
	}
	x, ok := numberItem(items[0]).Trunc(0).ToInt64()
	if !ok || x != int64(int32(x)) {
		return 0, pgerr.New(pathSubscript, "jsonpath array subscript is out of integer range")
	}
	return int(x), nil
}

func numberItem(v []byte) types.Decimal {
	d, err := types.ParseDecimal(string(v))
	if err != nil {
		panic(pgerr.Bug("number of jsonb is none"))
	}
	return d
}

func (r *pathRun) method(name string, v []byte, out [][]byte) ([][]byte, error) {
	kind := types.JSONKind(v)
	switch name {
	case "type":
		return append(out, types.AppendJSONString(nil, kind)), nil
	case "size":
		n := 1
		if kind == "array" {
			n = types.JSONLen(v)
		} else if !r.lax {
			return out, pgerr.New(pathNoArray, "jsonpath item method .size() can only be applied to an array")
		}
		return append(out, []byte(types.FromInt64(int64(n), 0).String())), nil
	case "double":
		return doubleItem(v, out)
	}
	if kind != "number" {
		return out, pgerr.Newf(pathNonNumeric, "jsonpath item method .%s() can only be applied to a numeric value", name)
	}
	d := numberItem(v)
	switch name {
	case "ceiling":
		d = d.Ceil()
	case "floor":
		d = d.Floor()
	default:
		d = d.Abs()
	}
	return append(out, []byte(d.String())), nil
}

func doubleItem(v []byte, out [][]byte) ([][]byte, error) {
	text, _, err := types.JSONText(v)
	switch kind := types.JSONKind(v); {
	case err != nil:
		return out, err
	case kind != "number" && kind != "string":
		return out, pgerr.New(pathNonNumeric, "jsonpath item method .double() can only be applied to a string or numeric value")
	case kind == "number":
		if _, err := types.ParseText(types.Float8, text, nil); err != nil {
			return out, pgerr.New(pathNonNumeric, "numeric argument of jsonpath item method .double() is out of range for type double precision")
		}
		return append(out, v), nil
	}
	d, err := types.ParseText(types.Float8, text, nil)
	if err != nil || d.Float()-d.Float() != 0 {
		return out, pgerr.New(pathNonNumeric, "string argument of jsonpath item method .double() is not a valid representation of a double precision number")
	}
	return append(out, []byte(types.FromFloat(d.Float(), 64).String())), nil
}

func (r *pathRun) unary(n *pathNode) ([][]byte, error) {
	items, err := r.eval(n.args[0])
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, v := range r.unwrapped(items) {
		if types.JSONKind(v) != "number" {
			return out, pgerr.Newf(pathNoNumber, "operand of unary jsonpath operator %s is not a numeric value", n.op[len("unary"):])
		}
		if n.op == "unary-" {
			v = []byte(numberItem(v).Neg().String())
		}
		out = append(out, v)
	}
	return out, nil
}

func (r *pathRun) arithmetic(n *pathNode) ([][]byte, error) {
	var x [2]types.Decimal
	for k, side := range []string{"left", "right"} {
		items, err := r.eval(n.args[k])
		if err != nil {
			return nil, err
		}
		items = r.unwrapped(items)
		if len(items) != 1 || types.JSONKind(items[0]) != "number" {
			return nil, pgerr.Newf(pathSingleton, "%s operand of jsonpath operator %s is not a single numeric value", side, n.op)
		}
		x[k] = numberItem(items[0])
	}
	var d types.Decimal
	var err error
	switch n.op {
	case "+":
		d = x[0].Add(x[1])
	case "-":
		d = x[0].Sub(x[1])
	case "*":
		d = x[0].Mul(x[1])
	case "/":
		d, err = x[0].Div(x[1])
	default:
		d, err = x[0].Mod(x[1])
	}
	if err == nil {
		d, err = d.Checked()
	}
	if err != nil {
		return nil, err
	}
	return [][]byte{[]byte(d.String())}, nil
}

// predicate evaluates a condition; a fault within makes it unknown.
func (r *pathRun) predicate(n *pathNode) truth {
	switch n.op {
	case "&&", "||":
		return r.logic(n)
	case "!":
		switch r.predicate(n.args[0]) {
		case isTrue:
			return isFalse
		case isFalse:
			return isTrue
		}
		return isUnknownTruth
	case "is unknown":
		return truthOf(r.predicate(n.args[0]) == isUnknownTruth)
	case "exists":
		items, err := r.eval(n.args[0])
		if err != nil && (!r.lax || len(items) == 0) {
			return isUnknownTruth
		}
		return truthOf(len(items) > 0)
	}
	left, err := r.eval(n.args[0])
	if err != nil {
		return isUnknownTruth
	}
	right, err := r.eval(n.args[1])
	if err != nil {
		return isUnknownTruth
	}
	if left = r.unwrapped(left); n.op != "starts with" {
		right = r.unwrapped(right)
	}
	return r.anyPair(n.op, left, right)
}

func (r *pathRun) logic(n *pathNode) truth {
	a, b := r.predicate(n.args[0]), r.predicate(n.args[1])
	decides := truthOf(n.op == "||")
	switch {
	case a == decides || b == decides:
		return decides
	case a == isUnknownTruth || b == isUnknownTruth:
		return isUnknownTruth
	}
	return a
}

// anyPair reports whether some pair compares true; in strict mode one that cannot be
// compared makes it unknown, in lax mode only where none is true before it.
func (r *pathRun) anyPair(op string, left, right [][]byte) truth {
	found, failed := false, false
	for _, a := range left {
		for _, b := range right {
			switch comparePath(op, a, b) {
			case isTrue:
				if r.lax {
					return isTrue
				}
				found = true
			case isUnknownTruth:
				if !r.lax {
					return isUnknownTruth
				}
				failed = true
			}
		}
	}
	if failed && !found {
		return isUnknownTruth
	}
	return truthOf(found)
}

func comparePath(op string, a, b []byte) truth {
	ka, kb := types.JSONKind(a), types.JSONKind(b)
	if op == "starts with" {
		if ka != "string" || kb != "string" {
			return isUnknownTruth
		}
		x, _, _ := types.JSONText(a)
		y, _, _ := types.JSONText(b)
		return truthOf(strings.HasPrefix(x, y))
	}
	if ka != kb {
		if ka == "null" || kb == "null" {
			return truthOf(op == "!=")
		}
		return isUnknownTruth
	}
	c := 0
	switch ka {
	case "object", "array":
		return isUnknownTruth
	case "number":
		c = numberItem(a).Cmp(numberItem(b))
	case "string":
		x, _, _ := types.JSONText(a)
		y, _, _ := types.JSONText(b)
		c = strings.Compare(x, y)
	case "boolean":
		c = strings.Compare(string(a), string(b))
	}
	switch op {
	case "==":
		return truthOf(c == 0)
	case "!=":
		return truthOf(c != 0)
	case "<":
		return truthOf(c < 0)
	case "<=":
		return truthOf(c <= 0)
	case ">":
		return truthOf(c > 0)
	}
	return truthOf(c >= 0)
}
