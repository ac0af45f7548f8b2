package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// list is short for a list of types in an entry.
func list(ts ...types.Type) []types.Type { return ts }

// concat joins families that are written in several files.
func concat[T any](lists ...[]T) []T {
	var out []T
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

// mustSkip reports whether any row of the call may have to be skipped.
func (c *Call) mustSkip() bool {
	if c.Nulls != nil {
		return true
	}
	for _, a := range c.Args {
		if a.Errs != nil {
			return true
		}
	}
	return false
}

// eachRow builds the result row by row. f appends exactly one value, or nothing and
// returns an error.
func eachRow(c *Call, f func(i int, out *col.Builder) error) *col.Vec {
	out := col.NewBuilder(c.Result, c.N)
	skip := c.mustSkip()
	for i := range c.N {
		if i == 32 {
			out.Reserve(c.N) // by now the length of a value is known, about
		}
		if skip && c.Skip(i) {
			out.Null()
			continue
		}
		if err := f(i, out); err != nil {
			out.Err(err)
		}
	}
	return out.Vec()
}

// words makes a kernel of a function of one word that cannot fail.
func words(f func(x int64) int64) Kernel {
	return func(c *Call) *col.Vec {
		out := make([]int64, c.N)
		for i, x := range c.Args[0].Fix {
			out[i] = f(x)
		}
		return col.NewFixed(c.Result, out)
	}
}

// words1 makes a kernel of a function of one word.
func words1(f func(x int64) (int64, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(c.Args[0].Fix[i])
			if err == nil {
				out.Int(r)
			}
			return err
		})
	}
}

// words2 makes a kernel of a function of two words.
func words2(f func(x, y int64) (int64, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(c.Args[0].Fix[i], c.Args[1].Fix[i])
			if err == nil {
				out.Int(r)
			}
			return err
		})
	}
}

// float1 makes a kernel of a function of one float.
func float1(f func(x float64) (float64, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(c.Args[0].Float(i))
			if err == nil {
				out.Float(r)
			}
			return err
		})
	}
}

// float2 makes a kernel of a function of two floats.
func float2(f func(x, y float64) (float64, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(c.Args[0].Float(i), c.Args[1].Float(i))
			if err == nil {
				out.Float(r)
			}
			return err
		})
	}
}

// dec1 makes a kernel of a function of one numeric.
func dec1(f func(x types.Decimal) (types.Decimal, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(decimalAt(c, 0, i))
			return putDecimal(out, r, err)
		})
	}
}

// dec2 makes a kernel of a function of two numerics.
func dec2(f func(x, y types.Decimal) (types.Decimal, error)) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error {
			r, err := f(decimalAt(c, 0, i), decimalAt(c, 1, i))
			return putDecimal(out, r, err)
		})
	}
}

func decimalAt(c *Call, k, i int) types.Decimal { return types.DecodeDecimal(c.Args[k].Bytes(i)) }

// putDecimal appends r unless there is an error or r has more digits than numeric holds.
func putDecimal(out *col.Builder, r types.Decimal, err error) error {
	if err == nil {
		r, err = r.Checked()
	}
	if err != nil {
		return err
	}
	out.Grow(func(buf []byte) []byte { return r.AppendStored(buf) })
	return nil
}

// text1 makes a kernel of a function that appends the result for one string.
func text1(f func(dst, s []byte) ([]byte, error)) Kernel {
	return func(c *Call) *col.Vec {
		var buf []byte
		return eachRow(c, func(i int, out *col.Builder) error {
			value, err := f(buf[:0], c.Args[0].Bytes(i))
			if err != nil {
				return err
			}
			buf = value
			out.Raw(value)
			return nil
		})
	}
}

// grow appends a bytes value made by f, or returns f's error.
func grow(out *col.Builder, f func(dst []byte) ([]byte, error)) error {
	value, err := f(nil)
	if err == nil {
		out.Raw(value)
	}
	return err
}

// rowsKernel makes a kernel of a function that appends one row's result.
func rowsKernel(f func(c *Call, i int, out *col.Builder) error) Kernel {
	return func(c *Call) *col.Vec {
		return eachRow(c, func(i int, out *col.Builder) error { return f(c, i, out) })
	}
}

// datums makes a kernel of a function of datums, for functions that are not hot.
func datums(f func(c *Call, args []types.Datum) (types.Datum, error)) Kernel {
	return func(c *Call) *col.Vec {
		args := make([]types.Datum, len(c.Args))
		return eachRow(c, func(i int, out *col.Builder) error {
			for k, a := range c.Args {
				args[k] = a.Datum(c.Row(k, i))
			}
			d, err := f(c, args)
			if err == nil {
				out.Datum(d)
			}
			return err
		})
	}
}

func outOfRange(t types.Type) error {
	return pgerr.Newf(pgerr.NumericValueOutOfRange, "%s out of range", t.Base())
}

func divisionByZero() error { return pgerr.New(pgerr.DivisionByZero, "division by zero") }

var (
	errFloatOverflow  = pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: overflow")
	errFloatUnderflow = pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: underflow")
)

// checkFloat refuses an infinite result of finite arguments, and a zero result where
// the exact one is not zero.
func checkFloat(r float64, mayBeInf, mayBeZero bool) (float64, error) {
	if math.IsInf(r, 0) && !mayBeInf {
		return 0, errFloatOverflow
	}
	if r == 0 && !mayBeZero {
		return 0, errFloatUnderflow
	}
	return r, nil
}

// bit converts a condition to a bool's word.
func bit(x bool) int64 {
	if x {
		return 1
	}
	return 0
}
