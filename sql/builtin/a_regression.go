package builtin

import (
	"math"

	"millrace/sql/types"
)

// regressionAggs are the aggregates of pairs (y, x) of floats. Pairs with a NULL do
// not count.
var regressionAggs = []Agg{
	regression("corr", "Correlation coefficient.", "corr(x, x) of (1), (2), (4) = 1", 1, func(r *pairSums) (float64, bool) {
		return r.xy / math.Sqrt(r.xx*r.yy), r.xx != 0 && r.yy != 0
	}),
	regression("covar_pop", "Covariance of a population.", "covar_pop(x, x) of (1), (3) = 1", 1, func(r *pairSums) (float64, bool) { return r.xy / r.n, true }),
	regression("covar_samp", "Covariance of a sample.", "covar_samp(x, x) of (1), (3) = 2", 2, func(r *pairSums) (float64, bool) { return r.xy / (r.n - 1), true }),
	regression("regr_avgx", "Average of the second argument.", "regr_avgx(x, x) of (1), (3) = 2", 1, func(r *pairSums) (float64, bool) { return r.x, true }),
	regression("regr_avgy", "Average of the first argument.", "regr_avgy(x, x) of (1), (3) = 2", 1, func(r *pairSums) (float64, bool) { return r.y, true }),
	regression("regr_sxx", "Sum of squared deviations of the second argument.", "regr_sxx(x, x) of (1), (3) = 2", 1, func(r *pairSums) (float64, bool) { return r.xx, true }),
	regression("regr_syy", "Sum of squared deviations of the first argument.", "regr_syy(x, x) of (1), (3) = 2", 1, func(r *pairSums) (float64, bool) { return r.yy, true }),
	regression("regr_sxy", "Sum of the products of both deviations.", "regr_sxy(x, x) of (1), (3) = 2", 1, func(r *pairSums) (float64, bool) { return r.xy, true }),
	regression("regr_slope", "Slope of the line that fits best.", "regr_slope(x, x) of (1), (3) = 1", 1, func(r *pairSums) (float64, bool) { return r.xy / r.xx, r.xx != 0 }),
	regression("regr_intercept", "Where the line that fits best crosses x = 0.", "regr_intercept(x, x) of (1), (3) = 0", 1, func(r *pairSums) (float64, bool) {
		return r.y - r.x*r.xy/r.xx, r.xx != 0
	}),
	regression("regr_r2", "Square of the correlation coefficient.", "regr_r2(x, x) of (1), (3) = 1", 1, func(r *pairSums) (float64, bool) {
		if r.yy == 0 {
			return 1, r.xx != 0
		}
		return r.xy * r.xy / (r.xx * r.yy), r.xx != 0
	}),
	{
		Name: "regr_count", Args: list(types.Float8, types.Float8), Returns: types.Int8, Doc: "Number of pairs without NULL.",
		Example: "regr_count(x, x) of (1), (null) = 1", Collect: func(c *Collected) (types.Datum, error) {
			return types.FixedDatum(int64(sumPairs(c).n)), nil
		},
	},
}

// pairSums holds the averages of y and x and the sums of (products of) deviations.
type pairSums struct{ n, x, y, xx, yy, xy float64 }

// sumPairs takes two passes: the deviations are from the final averages.
func sumPairs(c *Collected) *pairSums {
	r := &pairSums{}
	each := func(f func(y, x float64)) {
		for i := range c.N {
			if !c.Args[0].IsNull(i) && !c.Args[1].IsNull(i) {
				f(c.Args[0].Float(i), c.Args[1].Float(i))
			}
		}
	}
	each(func(y, x float64) { r.n, r.x, r.y = r.n+1, r.x+x, r.y+y })
	if r.n > 0 {
		r.x, r.y = r.x/r.n, r.y/r.n
	}
	each(func(y, x float64) {
		dx, dy := x-r.x, y-r.y
		r.xx, r.yy, r.xy = r.xx+dx*dx, r.yy+dy*dy, r.xy+dx*dy
	})
	return r
}

// regression starts an entry that is NULL of fewer than least pairs, and where f
// says so.
func regression(name, doc, example string, least float64, f func(*pairSums) (float64, bool)) Agg {
	return Agg{
		Name: name, Args: list(types.Float8, types.Float8), Returns: types.Float8, Doc: doc, Example: example,
		Collect: func(c *Collected) (types.Datum, error) {
			r := sumPairs(c)
			if r.n < least {
				return types.Null, nil
			}
			x, ok := f(r)
			if !ok {
				return types.Null, nil
			}
			return types.FloatDatum(x), nil
		},
	}
}
