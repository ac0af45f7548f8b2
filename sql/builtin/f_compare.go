package builtin

import (
	"bytes"
	"fmt"

	"millrace/sql/col"
	"millrace/sql/types"
)

// comparison is one of the six comparison operators.
type comparison uint8

const (
	equal comparison = iota
	notEqual
	less
	lessEqual
	greater
	greaterEqual
)

var comparisons = []struct {
	op   comparison
	name string
	doc  string
	sign int // a sample pair a op b: which of two ordered samples stands left
}{
	{equal, "=", "Equal.", 0},
	{notEqual, "<>", "Not equal.", -1},
	{less, "<", "Less than.", -1},
	{lessEqual, "<=", "Less than or equal.", -1},
	{greater, ">", "Greater than.", 1},
	{greaterEqual, ">=", "Greater than or equal.", 1},
}

// holds tells whether the comparison is true for the given order of its operands.
func (op comparison) holds(order int) bool {
	switch op {
	case equal:
		return order == 0
	case notEqual:
		return order != 0
	case less:
		return order < 0
	case lessEqual:
		return order <= 0
	case greater:
		return order > 0
	}
	return order >= 0
}

// comparable says which kernel compares two types; low and high are sample literals
// for the examples.
type compared struct {
	left, right types.Type
	low, high   string
	kernel      func(comparison) Kernel
	volatility  Volatility
}

var comparedTypes = concat([]compared{
	{types.Bool, types.Bool, "false", "true", wordCompare, Immutable},
}, sameFamily(wordCompare, "1::%s", "2::%s", types.Int2, types.Int4, types.Int8),
	sameFamily(floatCompare, "1.5::%s", "2.5::%s", types.Float4, types.Float8),
	[]compared{
		{types.Numeric, types.Numeric, "1.50", "2.5", rawCompare(types.Numeric), Immutable},
		{types.Text, types.Text, "'a'::text", "'b'::text", bytesCompare, Immutable},
		{types.Bpchar, types.Bpchar, "'a'::char(2)", "'b'::char(3)", rawCompare(types.Bpchar), Immutable},
		{types.Name, types.Name, "'a'::name", "'b'::name", bytesCompare, Immutable},
		{types.Name, types.Text, "'a'::name", "'b'::text", bytesCompare, Immutable},
		{types.Text, types.Name, "'a'::text", "'b'::name", bytesCompare, Immutable},
		{types.Char, types.Char, `'a'::"char"`, `'b'::"char"`, wordCompare, Immutable},
		{types.Bytea, types.Bytea, `'\x01'::bytea`, `'\x02'::bytea`, bytesCompare, Immutable},
		{types.Date, types.Date, "date '2024-01-01'", "date '2024-01-02'", wordCompare, Immutable},
		{types.Time, types.Time, "time '01:00'", "time '02:00'", wordCompare, Immutable},
		{types.Timestamp, types.Timestamp, "timestamp '2024-01-01'", "timestamp '2024-01-02'", wordCompare, Immutable},
		{types.Timestamptz, types.Timestamptz, "timestamptz '2024-01-01'", "timestamptz '2024-01-02'", wordCompare, Immutable},
		{types.Date, types.Timestamp, "date '2024-01-01'", "timestamp '2024-01-02'", timeCompare, Immutable},
		{types.Timestamp, types.Date, "timestamp '2024-01-01'", "date '2024-01-02'", timeCompare, Immutable},
		{types.Date, types.Timestamptz, "date '2024-01-01'", "timestamptz '2024-01-02'", timeCompare, Stable},
		{types.Timestamptz, types.Date, "timestamptz '2024-01-01'", "date '2024-01-02'", timeCompare, Stable},
		{types.Timestamp, types.Timestamptz, "timestamp '2024-01-01'", "timestamptz '2024-01-02'", timeCompare, Stable},
		{types.Timestamptz, types.Timestamp, "timestamptz '2024-01-01'", "timestamp '2024-01-02'", timeCompare, Stable},
		{types.Interval, types.Interval, "interval '29 days'", "interval '1 month'", rawCompare(types.Interval), Immutable},
		{types.UUID, types.UUID, "'00000000-0000-0000-0000-000000000001'::uuid", "'00000000-0000-0000-0000-000000000002'::uuid", bytesCompare, Immutable},
		{types.JSONB, types.JSONB, "'1'::jsonb", "'2'::jsonb", rawCompare(types.JSONB), Immutable},
		{types.OID, types.OID, "1::oid", "2::oid", wordCompare, Immutable},
		{types.PgLsn, types.PgLsn, "'0/1'::pg_lsn", "'0/2'::pg_lsn", wordCompare, Immutable},
		{types.Inet, types.Inet, "'10.0.0.1'::inet", "'10.0.0.2'::inet", bytesCompare, Immutable},
		{types.Macaddr, types.Macaddr, "'08:00:2b:01:02:03'::macaddr", "'08:00:2b:01:02:04'::macaddr", bytesCompare, Immutable},
		{types.Oidvector, types.Oidvector, "'1'::oidvector", "'2'::oidvector", actualCompare, Immutable},
		{types.AnyArray, types.AnyArray, "array[1, 2]", "array[1, 3]", actualCompare, Immutable},
		{types.Record, types.Record, "row(1, 2)", "row(1, 3)", recordCompare, Immutable},
	})

// sameFamily lists all pairs of types that have one kernel.
func sameFamily(kernel func(comparison) Kernel, low, high string, ts ...types.Type) []compared {
	var out []compared
	for _, l := range ts {
		for _, r := range ts {
			lo, hi := fmt.Sprintf(low, l.InternalName()), fmt.Sprintf(high, r.InternalName())
			out = append(out, compared{l, r, lo, hi, kernel, Immutable})
		}
	}
	return out
}

var compareFuncs = makeCompareFuncs()

func makeCompareFuncs() []Func {
	var out []Func
	for _, cmp := range comparisons {
		for _, t := range comparedTypes {
			out = append(out, Func{
				Name: cmp.name, Args: list(t.left, t.right), Returns: types.Bool,
				Volatility: t.volatility, Doc: cmp.doc, Example: t.example(cmp.name, cmp.sign),
				Kernel: t.kernel(cmp.op),
			})
		}
	}
	return out
}

// example compares the low sample of the left type with the high one of the right
// type in a true way; "not ... is true" where the operator does not hold for them.
func (t compared) example(op string, sign int) string {
	if sign < 0 {
		return fmt.Sprintf("(%s %s %s) = true", t.low, op, t.high)
	}
	return fmt.Sprintf("(%s %s %s) = false", t.low, op, t.high)
}

// wordCompare compares words as integers.
func wordCompare(op comparison) Kernel {
	return func(c *Call) *col.Vec {
		return col.NewFixed(types.Bool, compareWords(op, c.Words(), c.Args[0].Fix, c.Args[1].Fix))
	}
}

// compareWords is the hot loop: one plain loop for each operator.
func compareWords(op comparison, out, a, b []int64) []int64 {
	b, out = b[:len(a)], out[:len(a)]
	switch op {
	case equal:
		for i, x := range a {
			out[i] = bit(x == b[i])
		}
	case notEqual:
		for i, x := range a {
			out[i] = bit(x != b[i])
		}
	case less:
		for i, x := range a {
			out[i] = bit(x < b[i])
		}
	case lessEqual:
		for i, x := range a {
			out[i] = bit(x <= b[i])
		}
	case greater:
		for i, x := range a {
			out[i] = bit(x > b[i])
		}
	default:
		for i, x := range a {
			out[i] = bit(x >= b[i])
		}
	}
	return out
}

// floatCompare compares floats; NaN equals NaN and is larger than everything else.
func floatCompare(op comparison) Kernel {
	return func(c *Call) *col.Vec {
		a, b := c.Args[0], c.Args[1]
		out := c.Words()
		for i := range out {
			out[i] = bit(op.holds(orderFloats(a.Float(i), b.Float(i))))
		}
		return col.NewFixed(types.Bool, out)
	}
}

func orderFloats(x, y float64) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	case x == y:
		return 0
	case x == x: // y is NaN
		return -1
	case y == y:
		return 1
	}
	return 0
}

// bytesCompare compares stored bytes: text in collation "C", bytea, uuid.
func bytesCompare(op comparison) Kernel {
	if op == equal || op == notEqual {
		return func(c *Call) *col.Vec {
			a, b := c.Args[0], c.Args[1]
			out := c.Words()
			for i := range out {
				out[i] = bit(bytes.Equal(a.Bytes(i), b.Bytes(i)) == (op == equal))
			}
			return col.NewFixed(types.Bool, out)
		}
	}
	return func(c *Call) *col.Vec {
		a, b := c.Args[0], c.Args[1]
		out := c.Words()
		for i := range out {
			out[i] = bit(op.holds(bytes.Compare(a.Bytes(i), b.Bytes(i))))
		}
		return col.NewFixed(types.Bool, out)
	}
}

// rawCompare compares by the order of type t, whose values are bytes.
func rawCompare(t types.Type) func(comparison) Kernel {
	return func(op comparison) Kernel {
		return func(c *Call) *col.Vec { return compareAs(c, t, op) }
	}
}

// actualCompare compares by the order of the actual type of the left operand.
func actualCompare(op comparison) Kernel {
	return func(c *Call) *col.Vec { return compareAs(c, c.Args[0].Type, op) }
}

func compareAs(c *Call, t types.Type, op comparison) *col.Vec {
	a, b := c.Args[0], c.Args[1]
	out := make([]int64, c.N)
	skip := c.mustSkip()
	for i := range out {
		if !skip || !c.Skip(i) {
			out[i] = bit(op.holds(types.CompareRaw(t, 0, a.Bytes(i), 0, b.Bytes(i))))
		}
	}
	return col.NewFixed(types.Bool, out)
}

// compareOf returns the kernel that compares two values of type t, for IS DISTINCT
// FROM and ANY/ALL.
func compareOf(t types.Type, op comparison) func(ai int64, ab []byte, bi int64, bb []byte) bool {
	if t.IsFixed() && !t.IsFloat() {
		return func(ai int64, _ []byte, bi int64, _ []byte) bool {
			switch {
			case ai < bi:
				return op.holds(-1)
			case ai > bi:
				return op.holds(1)
			}
			return op.holds(0)
		}
	}
	return func(ai int64, ab []byte, bi int64, bb []byte) bool {
		return op.holds(types.CompareRaw(t, ai, ab, bi, bb))
	}
}
