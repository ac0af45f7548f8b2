package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Sequences is what a Session offers for sequences, by their OID.
type Sequences interface {
	// NextValues takes n numbers.
	NextValues(id uint32, n int) ([]int64, error)
	// CurrentValue is the number that the session took last from the sequence.
	CurrentValue(id uint32) (int64, error)
	// LastValue is the number that the session took last from any.
	LastValue() (int64, error)
	// SetValue sets the number last given, or the next one when it was not called.
	SetValue(id uint32, value int64, called bool) error
}

func sequencesOf(c *Call) (Sequences, error) {
	if c.Env != nil {
		if s, ok := c.Env.Session.(Sequences); ok {
			return s, nil
		}
	}
	return nil, pgerr.New(pgerr.FeatureNotSupported, "sequences are not available here")
}

var sequenceFuncs = []Func{
	{
		Name: "nextval", Args: list(types.Regclass), Returns: types.Int8, Volatility: Volatile,
		Doc: "Takes the next number of a sequence.", Kernel: nextVal,
	},
	{
		Name: "currval", Args: list(types.Regclass), Returns: types.Int8, Volatility: Volatile,
		Doc: "The number that the session took last from a sequence.", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			s, err := sequencesOf(c)
			if err != nil {
				return types.Null, err
			}
			v, err := s.CurrentValue(uint32(args[0].I))
			return types.FixedDatum(v), err
		}),
	},
	{
		Name: "lastval", Args: list(), Returns: types.Int8, Volatility: Volatile,
		Doc: "The number that the session took last from any sequence.", Kernel: datums(func(c *Call, _ []types.Datum) (types.Datum, error) {
			s, err := sequencesOf(c)
			if err != nil {
				return types.Null, err
			}
			v, err := s.LastValue()
			return types.FixedDatum(v), err
		}),
	},
	{
		Name: "setval", Args: list(types.Regclass, types.Int8), Returns: types.Int8, Volatility: Volatile,
		Doc: "Sets the number that a sequence gave last.", Kernel: datums(setVal),
	},
	{
		Name: "setval", Args: list(types.Regclass, types.Int8, types.Bool), Returns: types.Int8, Volatility: Volatile,
		Doc: "Sets the number that a sequence gave last or, with false, gives next.", Kernel: datums(setVal),
	},
}

func setVal(c *Call, args []types.Datum) (types.Datum, error) {
	s, err := sequencesOf(c)
	if err != nil {
		return types.Null, err
	}
	return args[1], s.SetValue(uint32(args[0].I), args[1].I, len(args) < 3 || args[2].Bool())
}

// nextVal takes the numbers of all rows at once: each taking is an entry of the journal.
func nextVal(c *Call) *col.Vec {
	out := col.NewBuilder(types.Int8, c.N)
	s, err := sequencesOf(c)
	in := c.Args[0]
	for i := 0; i < c.N; {
		if in.IsNull(c.Row(0, i)) {
			out.Null()
			i++
			continue
		}
		id, n := in.Fix[c.Row(0, i)], 1
		for i+n < c.N && !in.IsNull(c.Row(0, i+n)) && in.Fix[c.Row(0, i+n)] == id {
			n++
		}
		var values []int64
		if err == nil {
			values, err = s.NextValues(uint32(id), n)
		}
		for k := range n {
			if err != nil {
				out.Err(err)
			} else {
				out.Int(values[k])
			}
		}
		i += n
	}
	return out.Vec()
}
