package syscat

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// operator is what names of operators need of a row of pg_operator.
type operator struct {
	oid         int64
	name        string
	left, right int64
}

// operators returns pg_operator.
var operators = sync.OnceValue(func() []operator {
	t := tables().named("pg_catalog.pg_operator")
	at := t.object.Column
	name, left, right := at("oprname"), at("oprleft"), at("oprright")
	var out []operator
	_ = t.Rows(nil, func(row ...types.Datum) error {
		out = append(out, operator{row[0].I, row[name].S, row[left].I, row[right].I})
		return nil
	})
	return out
})

// signature prints an operator with the types of its operands: =(integer,bigint).
func (o operator) signature() string {
	operand := func(id int64) string {
		if id == 0 {
			return "NONE"
		}
		return typeName(uint32(id))
	}
	return o.name + "(" + operand(o.left) + "," + operand(o.right) + ")"
}

// plainName prints an operator without operands; with its schema where the name alone
// says not which one is meant.
func (o operator) plainName() string {
	for _, other := range operators() {
		if other.name == o.name && other.oid != o.oid {
			return "pg_catalog." + o.name
		}
	}
	return o.name
}

func operatorOut(print func(operator) string) answer {
	return func(_ Env, args []types.Datum) (types.Datum, bool, error) {
		id := int64(idArgument(args, 0))
		if id == 0 {
			return found("0")
		}
		for _, o := range operators() {
			if o.oid == id {
				return found(print(o))
			}
		}
		return found(strconv.FormatInt(id, 10))
	}
}

// operatorIn reads the name of an operator; with operands when the name alone is
// not enough.
func operatorIn(withOperands bool) answer {
	return func(_ Env, args []types.Datum) (types.Datum, bool, error) {
		s := strings.TrimSpace(argument(args, 0).S)
		if d, ok := oidText(s); ok {
			return d, true, nil
		}
		want := strings.TrimPrefix(s, "pg_catalog.")
		if withOperands {
			name, operands, err := splitArguments(want)
			if err != nil {
				return null, false, err
			}
			want = name + "(" + strings.Join(operands, ",") + ")"
		}
		var matches []int64
		for _, o := range operators() {
			if withOperands && o.signature() == want || !withOperands && o.name == want {
				matches = append(matches, o.oid)
			}
		}
		switch len(matches) {
		case 0:
			return null, false, pgerr.Newf(pgerr.UndefinedFunction, "operator does not exist: %s", s)
		case 1:
			return num(matches[0]), true, nil
		}
		return null, false, pgerr.Newf(pgerr.AmbiguousFunction, "more than one operator named %s", s)
	}
}

// splitArguments reads name(type, type) and returns the types as format_type prints
// them.
func splitArguments(s string) (name string, args []string, err error) {
	open := strings.IndexByte(s, '(')
	if open < 0 || !strings.HasSuffix(s, ")") {
		return "", nil, pgerr.New(pgerr.InvalidTextRepresentation, "expected a left parenthesis")
	}
	list := strings.TrimSpace(s[open+1 : len(s)-1])
	for _, a := range strings.Split(list, ",") {
		if list == "" {
			break
		}
		a = strings.TrimSpace(a)
		if strings.EqualFold(a, "none") {
			args = append(args, "NONE")
			continue
		}
		id, err := typeByName(a)
		if err != nil {
			return "", nil, err
		}
		args = append(args, typeName(id))
	}
	return strings.TrimSpace(s[:open]), args, nil
}

func regprocedureIn(_ Env, args []types.Datum) (types.Datum, bool, error) {
	s := strings.TrimSpace(argument(args, 0).S)
	if d, ok := oidText(s); ok {
		return d, true, nil
	}
	name, want, err := splitArguments(s)
	if err != nil {
		return null, false, err
	}
	schema, name, err := splitName(name)
	if err != nil {
		return null, false, err
	}
	for _, f := range functions() {
		if f.name == name && (schema == "" || schema == "pg_catalog") && slices.Equal(f.argumentNames(), want) {
			return num(f.oid), true, nil
		}
	}
	return null, false, pgerr.Newf(pgerr.UndefinedFunction, "function \"%s\" does not exist", s)
}

func regprocedureOut(_ Env, args []types.Datum) (types.Datum, bool, error) {
	id := int64(idArgument(args, 0))
	if id == 0 {
		return found("-")
	}
	if f, ok := findFunction(id); ok {
		return found(sql.QuoteIdent(f.name) + "(" + strings.Join(f.argumentNames(), ",") + ")")
	}
	return found(strconv.FormatInt(id, 10))
}

// argumentNames are the types of the arguments as format_type prints them.
func (f *function) argumentNames() []string {
	out := make([]string, len(f.argOIDs))
	for i, id := range f.argOIDs {
		out[i] = typeName(uint32(id))
	}
	return out
}
