package types

import "strconv"

// JSONReader walks over valid JSON text (stored json or jsonb) without building a
// tree. Text that is not valid makes it stop early, never panic.
type JSONReader struct {
	text []byte
	at   int
}

// JSONKind returns what a JSON value is, in json_typeof's words: object, array,
// string, number, boolean or null.
func JSONKind(b []byte) string {
	r := JSONReader{text: b}
	r.space()
	if r.at >= len(b) {
		return "null"
	}
	switch b[r.at] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	return "number"
}

func (r *JSONReader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

// member moves to the next member of the container whose brace was read, over a
// comma if there is one; false at the closing brace, which it takes.
func (r *JSONReader) member() bool {
	r.space()
	if r.at < len(r.text) && r.text[r.at] == ',' {
		r.at++
		r.space()
	}
	if r.at >= len(r.text) {
		return false
	}
	if c := r.text[r.at]; c == ']' || c == '}' {
		r.at++
		return false
	}
	return true
}

// rawString moves over a string and returns it with its quotes.
func (r *JSONReader) rawString() []byte {
	start := r.at
	for r.at++; r.at < len(r.text); r.at++ {
		switch r.text[r.at] {
		case '\\':
			r.at++
		case '"':
			r.at++
			return r.text[start:r.at]
		}
	}
	r.at = len(r.text)
	return nil // no closing quote: not valid JSON
}

func (r *JSONReader) str() string {
	raw := r.rawString()
	if len(raw) < 2 {
		return ""
	}
	s, err := JSONUnquote(string(raw))
	if err != nil { // json may hold escapes that text cannot
		return string(raw[1 : len(raw)-1])
	}
	return s
}

// key reads a member's key and the colon.
func (r *JSONReader) key() string {
	s := r.str()
	r.colon()
	return s
}

func (r *JSONReader) colon() {
	r.space()
	if r.at < len(r.text) && r.text[r.at] == ':' {
		r.at++
	}
	r.space()
}

// keyIs reads a member's key and reports whether it is want, without allocating
// in the common case.
func (r *JSONReader) keyIs(want string) bool {
	raw := r.rawString()
	r.colon()
	if len(raw) < 2 {
		return false
	}
	inner := raw[1 : len(raw)-1]
	for _, c := range inner {
		if c == '\\' {
			s, err := JSONUnquote(string(raw))
			return err == nil && s == want
		}
	}
	return string(inner) == want
}

// skipScalar moves over a number or a word, by one byte at least, so that damaged
// text has an end, too.
func (r *JSONReader) skipScalar() []byte {
	start := r.at
	for r.at++; r.at < len(r.text); r.at++ {
		switch r.text[r.at] {
		case ',', ']', '}', ' ', '\t', '\n', '\r', ':':
			return r.text[start:r.at]
		}
	}
	return r.text[start:]
}

// value moves over the next value and returns its text.
func (r *JSONReader) value() []byte {
	r.space()
	start, depth := r.at, 0
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case '"':
			r.rawString()
		case '{', '[':
			depth++
			r.at++
			continue
		case '}', ']':
			depth--
			r.at++
		default:
			if depth > 0 {
				r.at++
				continue
			}
			r.skipScalar()
		}
		if depth <= 0 {
			break
		}
	}
	return r.text[start:min(r.at, len(r.text))]
}

// open moves into a container of the given kind; false if b is none.
func openJSON(b []byte, brace byte) (r JSONReader, ok bool) {
	r = JSONReader{text: b}
	r.space()
	if r.at >= len(b) || b[r.at] != brace {
		return r, false
	}
	r.at++
	return r, true
}

// JSONField returns the member called key of an object, the last of several. The
// result shares b's memory, as those of the other readers do.
func JSONField(b []byte, key string) (value []byte, ok bool) {
	r, isObject := openJSON(b, '{')
	for isObject && r.member() {
		found := r.keyIs(key)
		v := r.value()
		if found {
			value, ok = v, true
		}
	}
	return value, ok
}

// JSONElem returns element i of an array; a negative i counts from the end.
func JSONElem(b []byte, i int) (value []byte, ok bool) {
	if i < 0 {
		if i += JSONLen(b); i < 0 {
			return nil, false
		}
	}
	r, isArray := openJSON(b, '[')
	for n := 0; isArray && r.member(); n++ {
		v := r.value()
		if n == i {
			return v, true
		}
	}
	return nil, false
}

// JSONLen returns the number of elements of an array or members of an object, -1
// for a scalar.
func JSONLen(b []byte) int {
	n := 0
	if r, ok := openJSON(b, '['); ok {
		for r.member() {
			r.value()
			n++
		}
		return n
	}
	r, ok := openJSON(b, '{')
	if !ok {
		return -1
	}
	for r.member() {
		r.rawString()
		r.colon()
		r.value()
		n++
	}
	return n
}

// JSONPath follows a path of keys and array indexes, as #> does.
func JSONPath(b []byte, path []string) (value []byte, ok bool) {
	r := JSONReader{text: b}
	b = r.value()
	for _, step := range path {
		switch JSONKind(b) {
		case "object":
			b, ok = JSONField(b, step)
		case "array":
			i, err := strconv.Atoi(step)
			if err != nil {
				return nil, false
			}
			b, ok = JSONElem(b, i)
		default:
			return nil, false
		}
		if !ok {
			return nil, false
		}
	}
	return b, true
}

// JSONEach calls f for the members of an object in the order of the text, until f
// returns false. It returns false when b is no object.
func JSONEach(b []byte, f func(key string, value []byte) bool) bool {
	r, ok := openJSON(b, '{')
	for ok && r.member() {
		key := r.key()
		if !f(key, r.value()) {
			break
		}
	}
	return ok
}

// JSONElems calls f for the elements of an array, until f returns false. It
// returns false when b is no array.
func JSONElems(b []byte, f func(value []byte) bool) bool {
	r, ok := openJSON(b, '[')
	for ok && r.member() {
		if !f(r.value()) {
			break
		}
	}
	return ok
}

// JSONText returns a value as ->> does: a string without quotes and escapes,
// anything else as it is written; null gives ok false.
func JSONText(value []byte) (text string, ok bool, err error) {
	switch JSONKind(value) {
	case "null":
		return "", false, nil
	case "string":
		r := JSONReader{text: value}
		r.space()
		if raw := r.rawString(); len(raw) >= 2 {
			text, err = JSONUnquote(string(raw))
			return text, true, err
		}
	}
	return string(value), true, nil
}

// JSONContains reports whether stored jsonb a contains b, as a @> b.
func JSONContains(a, b []byte) bool {
	ka, kb := JSONKind(a), JSONKind(b)
	switch {
	case ka == "object" && kb == "object":
		all := true
		JSONEach(b, func(key string, want []byte) bool {
			have, ok := JSONField(a, key)
			all = ok && containsMember(have, want)
			return all
		})
		return all
	case ka == "array" && kb == "array":
		all := true
		JSONElems(b, func(want []byte) bool {
			all = anyElem(a, want)
			return all
		})
		return all
	case ka == "array" && kb != "object": // a scalar is looked for in the array
		return anyElem(a, b)
	}
	return ka == kb && ka != "object" && CompareRaw(JSONB, 0, a, 0, b) == 0
}

func containsMember(have, want []byte) bool {
	if JSONKind(have) != JSONKind(want) {
		return false
	}
	return JSONContains(have, want)
}

func anyElem(array, want []byte) bool {
	found := false
	JSONElems(array, func(have []byte) bool {
		found = containsMember(have, want)
		return !found
	})
	return found
}
