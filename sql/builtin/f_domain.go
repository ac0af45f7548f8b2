package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// RecordField is field access on a composite value: the second argument is the
// constant number of the field, from 0. The result's type is the caller's.
var RecordField = &Func{
	Name: "record_field", Args: list(types.Record, types.Int4), Returns: types.Any,
	Doc: "A field of a composite value.",
	Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
		d, ok := types.RecordField(c.Args[0].Type, c.Args[0].Bytes(i), int(c.Args[1].Fix[i]))
		if !ok {
			return pgerr.New(pgerr.DataCorrupted, "malformed record")
		}
		out.Datum(d)
		return nil
	}),
}

// RecordIsNull returns the function that says whether all fields of a composite value
// are NULL, or with not whether none is. NULL is a row of NULLs.
func RecordIsNull(not bool) *Func {
	f := &Func{
		Name: "record_is_null", Args: list(types.Record), Returns: types.Bool, NotStrict: true,
		Doc: "Whether all fields of a composite value are NULL.",
	}
	if not {
		f.Name = "record_is_not_null"
	}
	f.Kernel = rowsKernel(func(c *Call, i int, out *col.Builder) error {
		in := c.Args[0]
		if in.IsNull(i) {
			out.Bool(!not)
			return nil
		}
		_, row, ok := types.DecodeRecord(in.Type, in.Bytes(i))
		if !ok {
			return pgerr.New(pgerr.DataCorrupted, "malformed record")
		}
		for _, d := range row {
			if d.Set != not {
				out.Bool(false)
				return nil
			}
		}
		out.Bool(true)
		return nil
	})
	return f
}

// DomainCheck returns the function that passes its first argument on as a value of the
// domain schema.name. The other arguments are what its constraints, named checks, say of
// the value: false is an error (23514), NULL is not. With notNull NULL is an error.
func DomainCheck(schema, name string, notNull bool, checks []string) *Func {
	f := &Func{
		Name: "domain " + name, Args: list(types.Any, types.Any), Variadic: true, Returns: types.Any,
		NotStrict: true, Doc: "Checks a value of a domain.",
	}
	f.Kernel = rowsKernel(func(c *Call, i int, out *col.Builder) error {
		x := c.Args[0]
		if notNull && x.IsNull(i) {
			err := pgerr.Newf(pgerr.NotNullViolation, "domain %s does not allow null values", name)
			err.Schema, err.DataType = schema, name
			return err
		}
		for k, check := range checks {
			if ok := c.Args[k+1]; !ok.IsNull(i) && !ok.Bool(i) {
				err := pgerr.Newf(pgerr.CheckViolation, "value for domain %s violates check constraint \"%s\"", name, check)
				err.Schema, err.DataType, err.Constraint = schema, name, check
				return err
			}
		}
		out.From(x, i)
		return nil
	})
	return f
}
