package sql

// NoName is the name PostgreSQL gives to a column whose expression has none.
const NoName = "?column?"

// OutputName returns the name PostgreSQL gives to a select item without an alias:
// of a column, a function, the type of a cast, a CASE's ELSE, else NoName.
func OutputName(e Expr) string {
	if name, _ := nameOf(e); name != "" {
		return name
	}
	return NoName
}

// nameOf returns the name and whether it is a strong one; a weak one (the type of
// a cast) gives way to the name of an operand.
func nameOf(e Expr) (name string, strong bool) {
	switch e := e.(type) {
	case *ColumnRef:
		if !e.Star && len(e.Parts) > 0 {
			return e.Parts[len(e.Parts)-1], true
		}
	case *Field:
		if !e.Star {
			return e.Name, true
		}
		return nameOf(e.X)
	case *Subscript:
		return nameOf(e.X)
	case *Call:
		return e.Name.Last(), true
	case *KeywordFunc:
		return e.Name, true
	case *AtTimeZone:
		return "timezone", true
	case *Collate:
		return nameOf(e.X)
	case *Cast:
		return castName(e)
	case *Case:
		if name, strong := nameOf(e.Else); strong {
			return name, true
		}
		return "case", false
	case *IsTest:
		if e.Kind == TestNormalized && !e.Not {
			return "is_normalized", true
		}
	case *Exists:
		return "exists", true
	case *Array, *ArraySubquery:
		return "array", true
	case *Row:
		return "row", true
	case *Subquery:
		return queryName(e.Query), true
	}
	return "", false
}

func castName(e *Cast) (string, bool) {
	if name, strong := nameOf(e.X); strong {
		return name, true
	}
	return e.Type.Last(), false
}

// queryName returns the name of the first column of a query.
func queryName(q *Query) string {
	body := q.Body
	for {
		switch b := body.(type) {
		case *SetOp:
			body = b.Left
		case *Query:
			body = b.Body
		case *Values:
			return "column1"
		case *Select:
			if len(b.Targets) == 0 {
				return NoName
			}
			if b.Targets[0].Alias != "" {
				return b.Targets[0].Alias
			}
			return OutputName(b.Targets[0].Expr)
		default:
			return NoName
		}
	}
}
