package builtin

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var enumFuncs = concat(makeEnumCompare(), []Func{
	{
		Name: "enum_first", Args: list(types.AnyEnum), Returns: types.AnyEnum, Volatility: Stable, NotStrict: true,
		Doc: "The first label of the argument's enum type.", Kernel: datums(enumEnd(false)),
	},
	{
		Name: "enum_last", Args: list(types.AnyEnum), Returns: types.AnyEnum, Volatility: Stable, NotStrict: true,
		Doc: "The last label of the argument's enum type.", Kernel: datums(enumEnd(true)),
	},
	{
		Name: "enum_range", Args: list(types.AnyEnum), Returns: types.AnyArray, Volatility: Stable, NotStrict: true,
		Doc: "All labels of the argument's enum type, in order.", Kernel: datums(enumRange),
	},
	{
		Name: "enum_range", Args: list(types.AnyEnum, types.AnyEnum), Returns: types.AnyArray, Volatility: Stable, NotStrict: true,
		Doc: "The labels from one to another; NULL is the first or the last.", Kernel: datums(enumRange),
	},
})

func makeEnumCompare() []Func {
	var out []Func
	for _, cmp := range comparisons {
		out = append(out, Func{
			Name: cmp.name, Args: list(types.AnyEnum, types.AnyEnum), Returns: types.Bool,
			Doc: cmp.doc + " Enums have the order of their labels.", Kernel: wordCompare(cmp.op),
		})
	}
	return out
}

func enumLabels(c *Call) ([]types.Label, error) {
	t := c.Args[0].Type
	if t.Kind != types.KindEnum || t.Def == nil {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "could not determine actual enum type")
	}
	return t.Def.Labels.All(), nil
}

func enumEnd(last bool) func(*Call, []types.Datum) (types.Datum, error) {
	return func(c *Call, _ []types.Datum) (types.Datum, error) {
		labels, err := enumLabels(c)
		switch {
		case err != nil:
			return types.Null, err
		case len(labels) == 0:
			return types.Null, pgerr.Newf(pgerr.ObjectNotInPrerequisiteState, "enum %s contains no values", c.Args[0].Type.Base())
		case last:
			return types.FixedDatum(labels[len(labels)-1].Pos), nil
		}
		return types.FixedDatum(labels[0].Pos), nil
	}
}

func enumRange(c *Call, args []types.Datum) (types.Datum, error) {
	labels, err := enumLabels(c)
	if err != nil {
		return types.Null, err
	}
	var elems []types.Datum
	for _, x := range labels {
		if len(args) == 2 && (args[0].Set && x.Pos < args[0].I || args[1].Set && x.Pos > args[1].I) {
			continue
		}
		elems = append(elems, types.FixedDatum(x.Pos))
	}
	return types.ArrayDatum(c.Args[0].Type.Base(), elems), nil
}
