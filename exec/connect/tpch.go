package connect

import (
	"math"
	"strconv"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// tpch makes the rows of one table of a decision support schema: parts, suppliers,
// customers and their orders, with the columns, keys and ranges of TPC-H. The rows are
// our own: each is a function of its number, each order has four lines, and texts are
// short. Results are therefore not those of the published benchmark.
type tpch struct {
	seed  int64
	scale float64
	table *tpchTable
}

// tpchTable is the definition of a table.
type tpchTable struct {
	name    string
	columns types.Schema
	// rows is the number of rows at scale 1; 0: the rows are a fixed list.
	rows int64
	// row appends row n.
	row func(g *tpch, b []*col.Builder, n int64, r *random)
}

// tpchLines is the lines of an order, tpchSuppliers the suppliers of a part.
const (
	tpchLines     = 4
	tpchSuppliers = 4
)

func openTPCH(o *options, declared types.Schema) (Generator, types.Schema, error) {
	g := &tpch{seed: o.integer("seed", 0, math.MinInt64), scale: o.number("scale", "0.01", 1e-4, 1e3)}
	var names []string
	for i := range tpchTables {
		names = append(names, tpchTables[i].name)
	}
	name := o.choice("table", "lineitem", names...)
	for i := range tpchTables {
		if tpchTables[i].name == name {
			g.table = &tpchTables[i]
		}
	}
	if o.err != nil {
		return nil, nil, o.err
	}
	if len(declared) > 0 {
		return nil, nil, pgerr.New(pgerr.InvalidTableDefinition, "connector \"tpch\" has columns of its own").
			WithHint("Leave the list of columns away.")
	}
	return g, g.table.columns, nil
}

// count is the number of rows of a table that has so many at scale 1.
func (g *tpch) count(rows int64) int64 { return max(1, int64(float64(rows)*g.scale)) }

// Limit is the number of rows of the table.
func (g *tpch) Limit() int64 {
	switch g.table.name {
	case "region":
		return int64(len(tpchRegions))
	case "nation":
		return int64(len(tpchNations))
	case "lineitem":
		return tpchLines * g.count(tpchOrders)
	case "partsupp":
		return tpchSuppliers * g.count(tpchParts)
	}
	return max(g.count(g.table.rows), tpchSuppliers)
}

// Rows implements Generator.
func (g *tpch) Rows(first int64, count int, _ int64) *col.Batch {
	b := make([]*col.Builder, len(g.table.columns))
	for i, c := range g.table.columns {
		b[i] = col.NewBuilder(c.Type, count)
	}
	for n := first; n < first+int64(count); n++ {
		r := rowRandom(g.seed^int64(len(g.table.columns))<<40, n)
		g.table.row(g, b, n, &r)
	}
	out := &col.Batch{N: count, Cols: make([]*col.Vec, len(b))}
	for i := range b {
		out.Cols[i] = b[i].Vec()
	}
	return out
}

// cents appends an amount of hundredths to a numeric column.
func cents(b *col.Builder, n int64) {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n%100, 10)
	if len(digits) == 1 {
		digits = "0" + digits
	}
	d, err := types.ParseText(types.Numeric, sign+itoa(n/100)+"."+digits, nil)
	if err != nil {
		panic(pgerr.Bug("amount %d: %v", n, err))
	}
	b.Datum(d)
}

// words appends some words as a comment.
func words(b *col.Builder, count int, r *random) {
	b.Grow(func(buf []byte) []byte {
		for i := range count {
			if i > 0 {
				buf = append(buf, ' ')
			}
			buf = append(buf, pick(tpchWords, r)...)
		}
		return buf
	})
}

// numbered is a name with a number of nine digits.
func numbered(name string, n int64) string {
	digits := itoa(n)
	return name + "#" + "000000000"[:max(0, 9-len(digits))] + digits
}

func phone(nation int64, r *random) string {
	return itoa(10+nation) + "-" + itoa(100+r.below(900)) + "-" + itoa(100+r.below(900)) + "-" + itoa(1000+r.below(9000))
}
