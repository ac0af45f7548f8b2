package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var rankWindows = []WindowFunc{
	{
		Name: "row_number", Returns: types.Int8, Sight: SeesBefore, Eval: rowNumber,
		Doc: "Number of the row in its partition, counted from 1.",
	},
	{
		Name: "rank", Returns: types.Int8, Sight: SeesBefore, Eval: rank,
		Doc: "row_number of the first of the row's peers: ranks with gaps.",
	},
	{
		Name: "dense_rank", Returns: types.Int8, Sight: SeesBefore, Eval: denseRank,
		Doc: "Number of the row's group of peers, counted from 1: ranks without gaps.",
	},
	{
		Name: "percent_rank", Returns: types.Float8, Sight: SeesAll, Eval: percentRank,
		Doc: "(rank - 1) / (rows of the partition - 1), from 0 to 1.",
	},
	{
		Name: "cume_dist", Returns: types.Float8, Sight: SeesAll, Eval: cumeDist,
		Doc: "Share of the partition's rows that come before the row or are its peers.",
	},
	{
		Name: "ntile", Args: list(types.Int4), Returns: types.Int4, Sight: SeesAll, Eval: ntile,
		Doc: "Number of the row's part, from 1, when the partition is cut into so many parts of nearly equal size.",
	},
}

func rowNumber(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		out.Int(w.Before + int64(i) + 1)
	}
}

func rank(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		out.Int(w.Before + int64(w.Start[i]) + 1)
	}
}

func denseRank(w *WindowRows, out *col.Builder) {
	group := w.GroupsBefore
	for i := range w.N {
		if int(w.Start[i]) == i {
			group++
		}
		out.Int(group)
	}
}

func percentRank(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		if w.Total <= 1 {
			out.Float(0)
			continue
		}
		out.Float(float64(w.Before+int64(w.Start[i])) / float64(w.Total-1))
	}
}

func cumeDist(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		out.Float(float64(w.Before+int64(w.End[i])) / float64(w.Total))
	}
}

// ntile takes the number of parts from the first row where it is not NULL, and counts
// rows from there, as PostgreSQL does.
func ntile(w *WindowRows, out *col.Builder) {
	first := 0
	for ; first < w.N && w.Args[0].IsNull(first); first++ {
		out.Null()
	}
	if first == w.N {
		return
	}
	parts := w.Args[0].Fix[first]
	if parts <= 0 {
		err := pgerr.New(pgerr.InvalidNtileArgument, "argument of ntile must be greater than zero")
		for range w.N - first {
			out.Err(err)
		}
		return
	}
	size, larger := int64(w.N)/parts, int64(w.N)%parts
	for k := range int64(w.N - first) {
		// The first parts, as many as the division leaves over, have one row more.
		if part := k / (size + 1); part < larger {
			out.Int(part + 1)
		} else {
			out.Int((k-larger*(size+1))/size + larger + 1)
		}
	}
}
