package op

import (
	"bytes"
	"cmp"
	"slices"

	"millrace/sql/col"
)

// diff emits what changed from one stretch to another; both are in the same order.
func (o *Over) diff(c *Ctx, a, b *stretch) {
	for i, j := a.firstEnt, b.firstEnt; i < a.lastEnt || j < b.lastEnt; {
		order := 0
		switch {
		case i >= a.lastEnt:
			order = 1
		case j >= b.lastEnt:
			order = -1
		default:
			order = bytes.Compare(a.full(i), b.full(j))
		}
		switch {
		case order < 0:
			o.emitEntry(c, a, i, -1)
			i++
		case order > 0:
			o.emitEntry(c, b, j, 1)
			j++
		default:
			o.diffEntry(c, a, i, b, j)
			i, j = i+1, j+1
		}
	}
}

// diffEntry emits the difference of the results of equal rows.
func (o *Over) diffEntry(c *Ctx, a *stretch, i int, b *stretch, j int) {
	ai, ae := a.rowsOf(i)
	bi, be := b.rowsOf(j)
	if ae-ai == 1 && be-bi == 1 {
		if !sameResult(a.vals, ai, b.vals, bi) {
			o.emitRow(c, a, i, ai, -1)
			o.emitRow(c, b, j, bi, 1)
		}
		return
	}
	was, is := sortedResults(a.vals, ai, ae), sortedResults(b.vals, bi, be)
	for x, y := 0, 0; x < len(was) || y < len(is); {
		order := 0
		switch {
		case x == len(was):
			order = 1
		case y == len(is):
			order = -1
		default:
			order = cmp.Compare(was[x].form, is[y].form)
		}
		if order < 0 {
			o.emitRow(c, a, i, was[x].row, -1)
		}
		if order > 0 {
			o.emitRow(c, b, j, is[y].row, 1)
		}
		if order <= 0 {
			x++
		}
		if order >= 0 {
			y++
		}
	}
}

// formed is the results of a row as bytes that are equal for equal results.
type formed struct {
	form string
	row  int
}

func sortedResults(vals []*col.Vec, from, to int) []formed {
	var out []formed
	var buf []byte
	for i := from; i < to; i++ {
		if err := rowErr(vals, i); err != nil {
			out = append(out, formed{form: "\xff" + err.Error(), row: i})
			continue
		}
		buf = col.AppendRow(buf[:0], vals, i)
		out = append(out, formed{form: string(buf), row: i})
	}
	slices.SortStableFunc(out, func(a, b formed) int { return cmp.Compare(a.form, b.form) })
	return out
}

func (o *Over) emitEntry(c *Ctx, s *stretch, ent int, w int64) {
	from, to := s.rowsOf(ent)
	for i := from; i < to; i++ {
		o.emitRow(c, s, ent, i, w)
	}
}

// emitRow emits row i of entry ent with its results.
func (o *Over) emitRow(c *Ctx, s *stretch, ent, i int, w int64) {
	if err := rowErr(s.vals, i); err != nil {
		c.rowError(RowError{Op: "over", Err: err, Weight: w})
		return
	}
	b, n := o.out.builder(), len(o.spec.In)
	row := s.payload(ent)
	mustDecode(row, b.Cols[:n])
	for k, v := range s.vals {
		b.Cols[n+k].From(v, i)
	}
	o.out.end(w, len(row)+16*len(s.vals))
}
