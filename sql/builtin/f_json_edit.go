package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var jsonEdits = []Func{
	{
		Name: "||", Args: list(types.JSONB, types.JSONB), Returns: types.JSONB, Doc: "Members of both objects (the right one's win), or the elements of both.",
		Example: `('{"a": 1}'::jsonb || '{"b": 2}'::jsonb) = '{"a": 1, "b": 2}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonConcat(c.Args[0].Bytes(i), c.Args[1].Bytes(i)), nil
		}),
	},
	{
		Name: "-", Args: list(types.JSONB, types.Text), Returns: types.JSONB, Doc: "Without a member, or without the equal strings of an array.",
		Example: `('{"a": 1, "b": 2}'::jsonb - 'a'::text) = '{"b": 2}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonWithout(c.Args[0].Bytes(i), map[string]bool{c.Args[1].Str(i): true})
		}),
	},
	{
		Name: "-", Args: list(types.JSONB, textArray), Returns: types.JSONB, Doc: "Without the members or strings of a list.",
		Example: `('{"a": 1, "b": 2}'::jsonb - array['a', 'b']) = '{}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			keys := map[string]bool{}
			for _, d := range arrayAt(c, 1, i).Elems {
				if d.Set {
					keys[d.S] = true
				}
			}
			return jsonWithout(c.Args[0].Bytes(i), keys)
		}),
	},
	{
		Name: "-", Args: list(types.JSONB, types.Int4), Returns: types.JSONB, Doc: "Without an element, counted from 0, negative from the end.",
		Example: `('["a", "b"]'::jsonb - 1) = '["a"]'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonWithoutElem(c.Args[0].Bytes(i), int(c.Args[1].Fix[i]))
		}),
	},
	{
		Name: "#-", Args: list(types.JSONB, textArray), Returns: types.JSONB, Doc: "Without what stands at a path.",
		Example: `('{"a": [1, 2]}'::jsonb #- '{a,0}') = '{"a": [2]}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonChange(c, i, pathEdit{remove: true})
		}),
	},
	{
		Name: "jsonb_set", Args: list(types.JSONB, textArray, types.JSONB), Returns: types.JSONB, Doc: "With another value at a path, which is made where its last step is missing.",
		Example: `jsonb_set('{"a": 1}', '{b}', '2') = '{"a": 1, "b": 2}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonChange(c, i, pathEdit{value: c.Args[2].Bytes(i), replace: true, create: true})
		}),
	},
	{
		Name: "jsonb_set", Args: list(types.JSONB, textArray, types.JSONB, types.Bool), Returns: types.JSONB, Doc: "With another value at a path, made where missing if the last argument says so.",
		Example: `jsonb_set('{"a": 1}', '{b}', '2', false) = '{"a": 1}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonChange(c, i, pathEdit{value: c.Args[2].Bytes(i), replace: true, create: c.Args[3].Fix[i] != 0})
		}),
	},
	{
		Name: "jsonb_insert", Args: list(types.JSONB, textArray, types.JSONB), Returns: types.JSONB, Doc: "With a value put before the element at a path, or as a new member.",
		Example: `jsonb_insert('{"a": [0, 1]}', '{a,1}', '9') = '{"a": [0, 9, 1]}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonChange(c, i, pathEdit{value: c.Args[2].Bytes(i), create: true})
		}),
	},
	{
		Name: "jsonb_insert", Args: list(types.JSONB, textArray, types.JSONB, types.Bool), Returns: types.JSONB, Doc: "With a value put before or after the element at a path, or as a new member.",
		Example: `jsonb_insert('{"a": [0, 1]}', '{a,1}', '9', true) = '{"a": [0, 1, 9]}'`, Kernel: jsonEdit(func(c *Call, i int) ([]byte, error) {
			return jsonChange(c, i, pathEdit{value: c.Args[2].Bytes(i), create: true, after: c.Args[3].Fix[i] != 0})
		}),
	},
}

// jsonEdit makes a kernel of a function whose result has to be brought to the stored
// form of jsonb.
func jsonEdit(f func(c *Call, i int) ([]byte, error)) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		text, err := f(c, i)
		if err != nil {
			return err
		}
		d, err := normalized(text, true)
		if err == nil {
			out.Datum(d)
		}
		return err
	})
}

// inner returns the text between the braces of a stored container.
func inner(v []byte) []byte { return v[1 : len(v)-1] }

func jsonConcat(a, b []byte) []byte {
	ka, kb := types.JSONKind(a), types.JSONKind(b)
	if ka == "object" && kb == "object" {
		return joinInner('{', inner(a), inner(b), '}')
	}
	elems := func(v []byte, kind string) []byte {
		if kind == "array" {
			return inner(v)
		}
		return v
	}
	return joinInner('[', elems(a, ka), elems(b, kb), ']')
}

func joinInner(open byte, a, b []byte, end byte) []byte {
	dst := append([]byte{open}, a...)
	if len(a) > 0 && len(b) > 0 {
		dst = append(dst, ',')
	}
	return append(append(dst, b...), end)
}

func jsonScalarError(what string) error {
	return pgerr.New(pgerr.InvalidParameterValue, what)
}

func jsonWithout(v []byte, keys map[string]bool) ([]byte, error) {
	list := jsonList{}
	switch types.JSONKind(v) {
	case "object":
		types.JSONEach(v, func(key string, value []byte) bool {
			if !keys[key] {
				list.member(key, value)
			}
			return true
		})
		return list.close('{', '}'), nil
	case "array":
		types.JSONElems(v, func(value []byte) bool {
			s, ok, _ := types.JSONText(value)
			if types.JSONKind(value) != "string" || !ok || !keys[s] {
				list.elem(value)
			}
			return true
		})
		return list.close('[', ']'), nil
	}
	return nil, jsonScalarError("cannot delete from scalar")
}

func jsonWithoutElem(v []byte, at int) ([]byte, error) {
	switch types.JSONKind(v) {
	case "object":
		return nil, jsonScalarError("cannot delete from object using integer index")
	case "array":
	default:
		return nil, jsonScalarError("cannot delete from scalar")
	}
	if at < 0 {
		at += types.JSONLen(v)
	}
	list, n := jsonList{}, 0
	types.JSONElems(v, func(value []byte) bool {
		if n != at {
			list.elem(value)
		}
		n++
		return true
	})
	return list.close('[', ']'), nil
}

// jsonList writes the members or elements of a container.
type jsonList struct{ text []byte }

func (l *jsonList) elem(value []byte) {
	if len(l.text) > 0 {
		l.text = append(l.text, ',')
	}
	l.text = append(l.text, value...)
}

func (l *jsonList) member(key string, value []byte) {
	l.elem(append(append(types.AppendJSONString(nil, key), ':'), value...))
}

func (l *jsonList) close(open, end byte) []byte {
	return append(append([]byte{open}, l.text...), end)
}

// pathEdit is what to do at the end of a path.
type pathEdit struct {
	value   []byte
	remove  bool
	replace bool // an existing value; otherwise it stays (objects) or moves (arrays)
	create  bool // a missing one
	after   bool // put behind an existing element
}

func jsonChange(c *Call, i int, edit pathEdit) ([]byte, error) {
	v := c.Args[0].Bytes(i)
	switch kind := types.JSONKind(v); {
	case kind != "object" && kind != "array" && edit.remove:
		return nil, jsonScalarError("cannot delete path in scalar")
	case kind != "object" && kind != "array":
		return nil, jsonScalarError("cannot set path in scalar")
	case types.JSONLen(v) == 0 && !edit.create:
		return v, nil
	}
	var steps []string
	for k, d := range arrayAt(c, 1, i).Elems {
		if !d.Set {
			return nil, pgerr.Newf(pgerr.NullValueNotAllowed, "path element at position %d is null", k+1)
		}
		steps = append(steps, d.S)
	}
	if len(steps) == 0 {
		return v, nil
	}
	return edit.apply(v, steps, 1)
}

// apply edits v; steps are what is left of the path, position its first's number.
func (e pathEdit) apply(v []byte, steps []string, position int) ([]byte, error) {
	switch types.JSONKind(v) {
	case "object":
		return e.object(v, steps, position)
	case "array":
		return e.array(v, steps, position)
	}
	return v, nil
}

func (e pathEdit) object(v []byte, steps []string, position int) (_ []byte, err error) {
	list, found := jsonList{}, false
	types.JSONEach(v, func(key string, value []byte) bool {
		switch {
		case key != steps[0]:
			list.member(key, value)
			return true
		case len(steps) > 1:
			value, err = e.apply(value, steps[1:], position+1)
			list.member(key, value)
		case e.remove:
		case e.replace:
			list.member(key, e.value)
		default:
			err = pgerr.New(pgerr.InvalidParameterValue, "cannot replace existing key").
				WithHint("Try using the function jsonb_set to replace key value.")
		}
		found = true
		return err == nil
	})
	if !found && len(steps) == 1 && e.create {
		list.member(steps[0], e.value)
	}
	return list.close('{', '}'), err
}

func (e pathEdit) array(v []byte, steps []string, position int) (_ []byte, err error) {
	at, ok := int32Step(steps[0])
	if !ok {
		return nil, pgerr.Newf(pgerr.InvalidTextRepresentation,
			"path element at position %d is not an integer: \"%s\"", position, steps[0])
	}
	n := types.JSONLen(v)
	last := len(steps) == 1
	if at < 0 {
		at += n
	}
	list, k := jsonList{}, 0
	if at < 0 && last && e.create {
		list.elem(e.value)
	}
	types.JSONElems(v, func(value []byte) bool {
		if k++; k-1 != at {
			list.elem(value)
			return true
		}
		if !last {
			value, err = e.apply(value, steps[1:], position+1)
			list.elem(value)
			return err == nil
		}
		e.elem(&list, value)
		return true
	})
	if at >= n && last && e.create {
		list.elem(e.value)
	}
	return list.close('[', ']'), err
}

func (e pathEdit) elem(list *jsonList, value []byte) {
	switch {
	case e.remove:
	case e.replace:
		list.elem(e.value)
	case e.after:
		list.elem(value)
		list.elem(e.value)
	default:
		list.elem(e.value)
		list.elem(value)
	}
}
