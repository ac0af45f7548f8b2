package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var rowFuncs = []Func{
	{Name: "row", Args: list(), Returns: types.Record, NotStrict: true, Doc: "The row without columns.", Kernel: datums(makeRow)},
	{
		Name: "row", Args: list(types.Any), Variadic: true, Returns: types.Record, NotStrict: true,
		Doc: "A row of the given values.", Example: "row(1, 'a') = row(1, 'a')", Kernel: datums(makeRow),
	},
}

func makeRow(c *Call, args []types.Datum) (types.Datum, error) {
	ts := make([]types.Type, len(args))
	for k, a := range c.Args {
		ts[k] = a.Type
	}
	return types.BytesDatum(string(types.AppendRecord(nil, ts, args))), nil
}

// recordCompare compares rows column by column; NULL equals NULL and comes last.
func recordCompare(op comparison) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		order, err := orderRecords(c.Args[0], c.Args[1], i)
		if err == nil {
			out.Bool(op.holds(order))
		}
		return err
	})
}

func orderRecords(a, b *col.Vec, i int) (int, error) {
	ats, avs, ok1 := types.DecodeRecord(a.Type, a.Bytes(i))
	bts, bvs, ok2 := types.DecodeRecord(b.Type, b.Bytes(i))
	if !ok1 || !ok2 {
		panic(pgerr.Bug("malformed record"))
	}
	for k := range min(len(ats), len(bts)) {
		if !ats[k].Same(bts[k]) {
			return 0, pgerr.Newf(pgerr.DatatypeMismatch,
				"cannot compare dissimilar column types %s and %s at record column %d", ats[k], bts[k], k+1)
		}
		if order := types.CompareNullable(ats[k], avs[k], bvs[k]); order != 0 {
			return order, nil
		}
	}
	if len(ats) != len(bts) {
		return 0, pgerr.New(pgerr.DatatypeMismatch, "cannot compare record types with different numbers of columns")
	}
	return 0, nil
}
