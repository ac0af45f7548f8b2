package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// ksqlTables are ksqlDB's table functions.
var ksqlTables = []TableFunc{
	{
		Name: "explode", Args: list(types.AnyArray), Columns: oneColumn("explode", types.AnyElement), Doc: "ksqlDB: the elements of an array.",
		Example: "explode(array[1, 2]) = (1), (2)", Rows: unnestRows,
	},
	{
		Name: "cube_explode", Args: list(types.AnyArray), Columns: oneColumn("cube_explode", types.AnyArray),
		Doc:     "ksqlDB: for all subsets of the elements the array with NULL in place of the others; elements that are NULL give no further rows.",
		Example: "cube_explode(array[1, 2]) = ('{NULL,NULL}'), ('{NULL,2}'), ('{1,NULL}'), ('{1,2}')", Rows: cubeRows,
	},
}

// cubeMax bounds the elements of a cube: 2^20 rows.
const cubeMax = 20

func cubeRows(_ *Env, args []types.Datum, ts []types.Type, out []*col.Builder) (int, error) {
	a, _ := types.DecodeArray(ts[0], []byte(args[0].S))
	var set []int
	for k, d := range a.Elems {
		if d.Set {
			set = append(set, k)
		}
	}
	if len(set) > cubeMax {
		return 0, pgerr.Newf(pgerr.ProgramLimitExceeded, "cube_explode of more than %d elements", cubeMax)
	}
	if len(a.Elems) == 0 {
		return 0, nil
	}
	rows := 1 << len(set)
	for mask := range rows {
		elems := make([]types.Datum, len(a.Elems))
		for bit, k := range set {
			if mask>>(len(set)-1-bit)&1 == 1 {
				elems[k] = a.Elems[k]
			}
		}
		out[0].Datum(types.ArrayDatum(a.Elem, elems))
	}
	return rows, nil
}
