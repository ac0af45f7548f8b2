package builtin

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func isGeneric(t types.Type) bool {
	return t.Kind == types.KindAnyElement || t.Kind == types.KindAnyArray || t.Kind == types.KindAnyEnum
}

// element returns the element type that argument a gives for the declared generic
// type g, and false when a cannot be one.
func element(g, a types.Type) (types.Type, bool) {
	switch g.Kind {
	case types.KindAnyElement:
		return a.Base(), true
	case types.KindAnyEnum:
		return a.Base(), a.Kind == types.KindEnum
	}
	switch a.Kind {
	case types.KindArray:
		return a.ElemType().Base(), true
	case types.KindInt2vector:
		return types.Int2, true
	case types.KindOidvector:
		return types.OID, true
	}
	return types.Type{}, false
}

// genericsAgree reports whether one element type fits all generic arguments.
func genericsAgree(s signature, args []types.Type) bool {
	_, _, ok := bindGeneric(s, args)
	return ok
}

// bindGeneric finds the element type; known is false when all generic arguments are
// unknown literals.
func bindGeneric(s signature, args []types.Type) (elem types.Type, known, ok bool) {
	var elems []types.Type
	for i, a := range args {
		g := s.at(i)
		if !isGeneric(g) || isUnknown(a) {
			continue
		}
		e, isOne := element(g, a)
		if !isOne || !s.compatible && len(elems) > 0 && !e.Same(elems[0]) {
			return types.Type{}, false, false
		}
		elems = append(elems, e)
	}
	switch {
	case len(elems) == 0 && s.compatible:
		return types.Text, true, true
	case len(elems) == 0:
		return types.Type{}, false, true
	case !s.compatible:
		return elems[0], true, true
	}
	elem, err := CommonType(elems)
	return elem, true, err == nil
}

// coerceArgs gives each argument the type that the chosen signature wants, and the
// element type that generic arguments agreed on.
func coerceArgs(s signature, args []types.Type) (coerced []types.Type, elem types.Type, err error) {
	elem, known, ok := bindGeneric(s, args)
	if !ok {
		return nil, elem, pgerr.Bug("generic arguments disagree after resolution")
	}
	coerced = make([]types.Type, len(args))
	for i, a := range args {
		to := s.at(i)
		switch {
		case isGeneric(to) && !known:
			return nil, elem, pgerr.New(pgerr.DatatypeMismatch,
				"could not determine polymorphic type because input has type unknown")
		case to.Kind == types.KindAnyElement, to.Kind == types.KindAnyEnum:
			to = elem
		case to.Kind == types.KindAnyArray:
			to = elem.Array()
		case to.Kind == types.KindAny && isUnknown(a):
			to = types.Text
		case to.Kind == types.KindAny:
			to = a
		}
		if to.Same(a) || to.Kind == types.KindRecord && a.Kind == types.KindRecord {
			to = a
		}
		coerced[i] = to
	}
	return coerced, elem, nil
}

// bindResult replaces a generic result type.
func bindResult(t, elem types.Type) (types.Type, error) {
	switch t.Kind {
	case types.KindAnyElement, types.KindAnyEnum:
		return elem, nil
	case types.KindAnyArray:
		if elem.ArrayOID() == 0 {
			return types.Type{}, pgerr.Newf(pgerr.UndefinedObject,
				"could not find array type for data type %s", elem.Base())
		}
		return elem.Array(), nil
	}
	return t, nil
}
