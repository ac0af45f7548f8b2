package builtin

import (
	"math"
	"strconv"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// orderedAggs are called with WITHIN GROUP (ORDER BY x): the last of Args is x, those
// before it stand in the parentheses and are the same for all rows of a group.
var orderedAggs = concat(continuousAggs(), []Agg{
	{
		Name: "percentile_disc", Args: list(types.Float8, types.AnyElement), Returns: types.AnyElement, WithinGroup: true,
		Doc:     "The first value whose place in the order is at least the fraction.",
		Example: "percentile_disc(0.5) within group (order by x) of (3), (1), (2), (4) = 2", Collect: discretePercentile,
	},
	{
		Name: "percentile_disc", Args: list(floatArray, types.AnyElement), Returns: types.AnyArray, WithinGroup: true,
		Doc:     "For each fraction the first value whose place in the order is at least it.",
		Example: "percentile_disc(array[0.25, 1]) within group (order by x) of (3), (1), (2), (4) = array[1, 4]", Collect: discretePercentiles,
	},
	{
		Name: "mode", Args: list(types.AnyElement), Returns: types.AnyElement, WithinGroup: true,
		Doc: "The most frequent value, the first of equally frequent ones.", Example: "mode() within group (order by x) of (1), (2), (2), (3), (3) = 2",
		Collect: mode,
	},
})

var floatArray = types.ArrayOf(types.KindFloat8)

func continuousAggs() []Agg {
	var out []Agg
	for _, v := range []struct {
		t                types.Type
		rows, half, ends string
	}{
		{types.Float8, "(1), (2), (4), (3)", "2.5", "array[1, 4]::float8[]"},
		{types.Interval, "(interval '1 day'), (interval '3 days')", "interval '2 days'", "array[interval '1 day', interval '3 days']"},
	} {
		out = append(out,
			Agg{
				Name: "percentile_cont", Args: list(types.Float8, v.t), Returns: v.t, WithinGroup: true,
				Doc:     "The value at a fraction of the order, interpolated between neighbours.",
				Example: "percentile_cont(0.5) within group (order by x) of " + v.rows + " = " + v.half, Collect: continuousPercentile,
			},
			Agg{
				Name: "percentile_cont", Args: list(floatArray, v.t), Returns: types.ArrayOf(v.t.Kind), WithinGroup: true,
				Doc:     "The values at several fractions of the order, interpolated between neighbours.",
				Example: "percentile_cont(array[0, 1]) within group (order by x) of " + v.rows + " = " + v.ends, Collect: continuousPercentiles,
			})
	}
	return out
}

// present returns the values of the last argument that are not NULL, in order.
func (c *Collected) present() []types.Datum {
	v := c.Args[len(c.Args)-1]
	out := make([]types.Datum, 0, c.N)
	for i := range c.N {
		if !v.IsNull(i) {
			out = append(out, v.Datum(i))
		}
	}
	return out
}

// fraction checks a fraction; NULL is NULL.
func fraction(d types.Datum) (float64, error) {
	p := d.Float()
	if d.Set && !(p >= 0 && p <= 1) {
		return 0, pgerr.Newf(pgerr.NumericValueOutOfRange, "percentile value %s is not between 0 and 1",
			strconv.FormatFloat(p, 'g', 6, 64))
	}
	return p, nil
}

// fractions makes an array of what f gives for each fraction, of the same shape.
func (c *Collected) fractions(f func(values []types.Datum, p float64) types.Datum) (types.Datum, error) {
	values := c.present()
	if c.N == 0 || c.Args[0].IsNull(0) || len(values) == 0 {
		return types.Null, nil
	}
	a, _ := types.DecodeArray(c.ArgTypes[0], c.Args[0].Bytes(0))
	a.Elem = c.ArgTypes[1].Base()
	for k, d := range a.Elems {
		p, err := fraction(d)
		if err != nil {
			return types.Null, err
		}
		if d.Set {
			a.Elems[k] = f(values, p)
		}
	}
	return a.Datum(), nil
}

// single gives f of the one fraction.
func (c *Collected) single(f func(values []types.Datum, p float64) types.Datum) (types.Datum, error) {
	if c.N == 0 || c.Args[0].IsNull(0) {
		return types.Null, nil
	}
	p, err := fraction(c.Args[0].Datum(0))
	values := c.present()
	if err != nil || len(values) == 0 {
		return types.Null, err
	}
	return f(values, p), nil
}

func discretePercentile(c *Collected) (types.Datum, error)  { return c.single(discreteAt) }
func discretePercentiles(c *Collected) (types.Datum, error) { return c.fractions(discreteAt) }
func continuousPercentile(c *Collected) (types.Datum, error) {
	return c.single(continuousAt(c.ArgTypes[1]))
}

func continuousPercentiles(c *Collected) (types.Datum, error) {
	return c.fractions(continuousAt(c.ArgTypes[1]))
}

func discreteAt(values []types.Datum, p float64) types.Datum {
	return values[max(0, int(math.Ceil(p*float64(len(values))))-1)]
}

// continuousAt interpolates between the two values around place p.
func continuousAt(t types.Type) func(values []types.Datum, p float64) types.Datum {
	return func(values []types.Datum, p float64) types.Datum {
		place := p * float64(len(values)-1)
		low, high := int(math.Floor(place)), int(math.Ceil(place))
		if low == high {
			return values[low]
		}
		part := place - float64(low)
		if t.Kind == types.KindFloat8 {
			a, b := values[low].Float(), values[high].Float()
			return types.FloatDatum(a + float64(part*(b-a)))
		}
		return interpolateInterval(values[low], values[high], part)
	}
}

func interpolateInterval(a, b types.Datum, part float64) types.Datum {
	from, to := types.DecodeInterval([]byte(a.S)), types.DecodeInterval([]byte(b.S))
	diff, err := to.Sub(from)
	if err == nil {
		diff, err = mulInterval(diff, part)
	}
	if err == nil {
		from, err = from.Add(diff)
	}
	if err != nil {
		return types.Null
	}
	return from.Datum()
}

// mode counts runs of equal values; they are in order.
func mode(c *Collected) (types.Datum, error) {
	values := c.present()
	t := c.ArgTypes[0]
	best, count := types.Null, 0
	for i := 0; i < len(values); {
		j := i + 1
		for j < len(values) && types.Compare(t, values[i], values[j]) == 0 {
			j++
		}
		if j-i > count {
			best, count = values[i], j-i
		}
		i = j
	}
	return best, nil
}
