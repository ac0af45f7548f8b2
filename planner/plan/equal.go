package plan

// Equal reports whether two expressions are the same computation: same shape,
// functions, columns, constants and types.
func Equal(a, b Expr) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if a == b {
		return true
	}
	if !sameHead(a, b) {
		return false
	}
	ak, bk := Children(a), Children(b)
	if len(ak) != len(bk) {
		return false
	}
	for i := range ak {
		if !Equal(ak[i], bk[i]) {
			return false
		}
	}
	return true
}

// sameHead compares two expressions without their sub-expressions.
func sameHead(a, b Expr) bool {
	switch a := a.(type) {
	case *Col:
		b, ok := b.(*Col)
		return ok && a.Index == b.Index
	case *Const:
		b, ok := b.(*Const)
		return ok && a.T.Is(b.T) && a.Value == b.Value
	case *Param:
		b, ok := b.(*Param)
		return ok && a.Index == b.Index && a.T.Is(b.T)
	case *Call:
		b, ok := b.(*Call)
		return ok && a.Func == b.Func && a.T.Is(b.T)
	case *Cast:
		b, ok := b.(*Cast)
		return ok && a.To.Is(b.To) && a.Explicit == b.Explicit
	case *Logic:
		b, ok := b.(*Logic)
		return ok && a.Op == b.Op
	case *IsNull:
		b, ok := b.(*IsNull)
		return ok && a.Not == b.Not
	case *Case:
		b, ok := b.(*Case)
		return ok && len(a.Whens) == len(b.Whens) && (a.Else == nil) == (b.Else == nil)
	case *Coalesce:
		_, ok := b.(*Coalesce)
		return ok
	case *Lambda:
		b, ok := b.(*Lambda)
		return ok && a.Kind == b.Kind && a.Depth == b.Depth && len(a.Arrays) == len(b.Arrays)
	case *LambdaParam:
		b, ok := b.(*LambdaParam)
		return ok && *a == *b
	}
	return false
}
