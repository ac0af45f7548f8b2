package builtin

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// CommonType returns the type that UNION, CASE, COALESCE, GREATEST, ARRAY and VALUES
// give to expressions of the types ts: the one type of all that are not unknown,
// else the preferred among those of one category that the others cast to. All
// unknown gives text. The modifier stays only where all agree. For two types of
// different category the error is 42804; construct, where given, names the SQL
// construct in it ("CASE types %s and %s cannot be matched").
func CommonType(ts []types.Type, construct ...string) (types.Type, error) {
	if len(ts) == 0 {
		return types.Type{}, pgerr.Bug("common type of nothing")
	}
	if allEqual(ts) && !isUnknown(ts[0]) {
		return ts[0], nil
	}
	common := types.Unknown
	for _, t := range ts {
		next, err := wider(common, t, construct)
		if err != nil {
			return types.Type{}, err
		}
		common = next
	}
	if isUnknown(common) {
		return types.Text, nil
	}
	for _, t := range ts {
		if !implicitly(t, common) {
			return types.Type{}, cannotMatch(t, common, construct, true)
		}
	}
	return common, nil
}

func allEqual(ts []types.Type) bool {
	for _, t := range ts {
		if t != ts[0] {
			return false
		}
	}
	return true
}

// wider is one step of PostgreSQL's select_common_type.
func wider(common, t types.Type, construct []string) (types.Type, error) {
	t = t.Base()
	switch {
	case isUnknown(t) || t.Same(common):
		return common, nil
	case isUnknown(common):
		return t, nil
	case t.Category() != common.Category():
		return types.Type{}, cannotMatch(common, t, construct, false)
	case !types.Preferred(common) && implicitly(common, t) && !implicitly(t, common):
		return t, nil
	}
	return common, nil
}

func cannotMatch(a, b types.Type, construct []string, convert bool) error {
	what := "CASE"
	if len(construct) > 0 {
		what = construct[0]
	}
	if convert {
		return pgerr.Newf(pgerr.CannotCoerce, "%s could not convert type %s to %s", what, a.Base(), b.Base())
	}
	return pgerr.Newf(pgerr.DatatypeMismatch, "%s types %s and %s cannot be matched", what, a.Base(), b.Base())
}
