package builtin

import "millrace/sql/types"

const (
	sumDoc = "Sum of the values; NULL of none."
	avgDoc = "Average of the values; NULL of none."
)

var sumAggs = []Agg{
	{Name: "sum", Args: list(types.Int2), Returns: types.Int8, Doc: sumDoc, Example: "sum(x::int2) of (1), (2), (null) = 3", New: sumOfInts(bigintResult)},
	{Name: "sum", Args: list(types.Int4), Returns: types.Int8, Doc: sumDoc, Example: "sum(x) of (1), (2), (null) = 3", New: sumOfInts(bigintResult)},
	{Name: "sum", Args: list(types.Int8), Returns: types.Numeric, Doc: sumDoc, Example: "sum(x::int8) of (1), (2), (null) = 3", New: sumOfInts(numericResult)},
	{Name: "sum", Args: list(types.Numeric), Returns: types.Numeric, Doc: sumDoc, Example: "sum(x) of (1.5), (2.25) = 3.75", New: newNumericSum(false)},
	{Name: "sum", Args: list(types.Float4), Returns: types.Float4, Doc: sumDoc + " Exact, rounded once.", Example: "sum(x::float4) of (1.5), (2.25) = 3.75", New: newFloatSum(false)},
	{Name: "sum", Args: list(types.Float8), Returns: types.Float8, Doc: sumDoc + " Exact, rounded once.", Example: "sum(x::float8) of (1.5), (2.25) = 3.75", New: newFloatSum(false)},
	{Name: "sum", Args: list(types.Interval), Returns: types.Interval, Doc: sumDoc, Example: "sum(x::interval) of ('1 day'), ('2 hours') = '1 day 02:00:00'", New: newIntervalSum(false)},
	{Name: "avg", Args: list(types.Int2), Returns: types.Numeric, Doc: avgDoc, Example: "avg(x::int2) of (1), (2), (null) = 1.5", New: sumOfInts(averageResult)},
	{Name: "avg", Args: list(types.Int4), Returns: types.Numeric, Doc: avgDoc, Example: "avg(x) of (1), (2), (null) = 1.5", New: sumOfInts(averageResult)},
	{Name: "avg", Args: list(types.Int8), Returns: types.Numeric, Doc: avgDoc, Example: "avg(x::int8) of (1), (2), (null) = 1.5", New: sumOfInts(averageResult)},
	{Name: "avg", Args: list(types.Numeric), Returns: types.Numeric, Doc: avgDoc, Example: "avg(x) of (1.5), (2.25) = 1.875", New: newNumericSum(true)},
	{Name: "avg", Args: list(types.Float4), Returns: types.Float8, Doc: avgDoc, Example: "avg(x::float4) of (1.5), (2.25) = 1.875", New: newFloatSum(true)},
	{Name: "avg", Args: list(types.Float8), Returns: types.Float8, Doc: avgDoc, Example: "avg(x::float8) of (1.5), (2.25) = 1.875", New: newFloatSum(true)},
	{Name: "avg", Args: list(types.Interval), Returns: types.Interval, Doc: avgDoc, Example: "avg(x::interval) of ('1 day'), ('2 days') = '1 day 12:00:00'", New: newIntervalSum(true)},
}
