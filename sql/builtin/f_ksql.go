package builtin

import (
	"unicode/utf8"

	"millrace/sql/types"
)

// ksqlFuncs are ksqlDB's names of functions that PostgreSQL calls otherwise.
var ksqlFuncs = []Func{
	text("ucase", "Same as upper.", "ucase('tom') = 'TOM'", func(dst, s []byte) ([]byte, error) { return appendUpper(dst, s), nil }),
	text("lcase", "Same as lower.", "lcase('TOM') = 'tom'", func(dst, s []byte) ([]byte, error) { return appendLower(dst, s), nil }),
	count("len", types.Text, "Same as length.", "len('jose') = 4", utf8.RuneCount),
	count("len", types.Bytea, "Number of bytes.", `len('\x1234'::bytea) = 2`, func(s []byte) int { return len(s) }),
	{
		Name: "ifnull", Args: list(types.AnyElement, types.AnyElement), Compatible: true, Returns: types.AnyElement, NotStrict: true,
		Doc: "The first argument, or the second when that is NULL.", Example: "ifnull(null, 7) = 7", Kernel: datums(firstValue),
	},
	{
		Name: "instr", Args: list(types.Text, types.Text), Returns: types.Int4, Doc: "Same as strpos.",
		Example: "instr('high', 'ig') = 2", Kernel: rowsKernel(strpos),
	},
	{
		Name: "array_contains", Args: arrayElemArgs, Compatible: true, Returns: types.Bool, Doc: "Whether the array has an equal element.",
		Example: "array_contains(array[1, 2], 2) = true", Kernel: datums(arrayContains),
	},
	{
		Name: "unix_timestamp", Args: list(), Returns: types.Int8, Volatility: Stable, Doc: "Milliseconds from 1970 to the start of the transaction.",
		Example: "(unix_timestamp() > 0) = true", Kernel: datums(func(c *Call, _ []types.Datum) (types.Datum, error) {
			return types.FixedDatum(unixMillis(c.Env.Now)), nil
		}),
	},
	{
		Name: "unix_timestamp", Args: list(types.Timestamptz), Returns: types.Int8, Doc: "Milliseconds from 1970 to a point in time.",
		Example: "unix_timestamp(timestamptz '1970-01-01 00:00:01+00') = 1000", Kernel: words(unixMillis),
	},
	{
		Name: "from_unixtime", Args: list(types.Int8), Returns: types.Timestamptz, Doc: "Point in time from milliseconds since 1970.",
		Example: "from_unixtime(1000) = timestamptz '1970-01-01 00:00:01+00'", Kernel: words(func(ms int64) int64 { return ms*1000 + unixEpoch*microsPerSecond }),
	},
}

func unixMillis(ts int64) int64 {
	micros := ts - unixEpoch*microsPerSecond
	ms := micros / 1000
	if micros%1000 < 0 {
		ms--
	}
	return ms
}

func firstValue(_ *Call, args []types.Datum) (types.Datum, error) {
	if args[0].Set {
		return args[0], nil
	}
	return args[1], nil
}

func arrayContains(c *Call, args []types.Datum) (types.Datum, error) {
	a, _ := types.DecodeArray(c.Args[0].Type, []byte(args[0].S))
	for _, d := range a.Elems {
		if d.Set && types.Compare(a.Elem, d, args[1]) == 0 {
			return types.BoolDatum(true), nil
		}
	}
	return types.BoolDatum(false), nil
}
