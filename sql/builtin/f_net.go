package builtin

import (
	"net/netip"

	"millrace/sql/types"
)

// netFuncs are the functions of inet and cidr.
var netFuncs = []Func{
	netText("host", "The address without its mask.", "host('10.1.2.3/8'::inet) = '10.1.2.3'",
		func(p netip.Prefix) string { return p.Addr().String() }),
	netText("text", "The address with its mask.", "text('10.1.2.3'::inet) = '10.1.2.3/32'",
		func(p netip.Prefix) string { return p.String() }),
	netInt("masklen", "Bits of the mask.", "masklen('10.1.2.3/8'::inet) = 8", netip.Prefix.Bits),
	netInt("family", "4 or 6, the version of the address.", "family('::1'::inet) = 6", func(p netip.Prefix) int {
		if p.Addr().Is6() {
			return 6
		}
		return 4
	}),
	{
		Name: "network", Args: list(types.Inet), Returns: types.Cidr, Doc: "The network of an address.",
		Example: "network('10.1.2.3/8'::inet) = '10.0.0.0/8'::cidr",
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.NetDatum(types.NetPrefix(args[0]).Masked()), nil
		}),
	},
	{
		Name: "set_masklen", Args: list(types.Inet, types.Int4), Returns: types.Inet, Doc: "The address with another mask.",
		Example: "set_masklen('10.1.2.3/8'::inet, 16) = '10.1.2.3/16'::inet",
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.SetMask(args[0], args[1].I)
		}),
	},
	netWithin("<<", "The left network is within the right one.", "('10.1.0.0/16'::inet << '10.0.0.0/8'::inet)",
		func(a, b netip.Prefix) bool { return a.Bits() > b.Bits() && b.Masked().Contains(a.Addr()) }),
	netWithin("<<=", "The left network is within the right one, or equal.", "('10.1.0.0/16'::inet <<= '10.1.0.0/16'::inet)",
		func(a, b netip.Prefix) bool { return a.Bits() >= b.Bits() && b.Masked().Contains(a.Addr()) }),
	netWithin(">>", "The left network contains the right one.", "('10.0.0.0/8'::inet >> '10.1.0.0/16'::inet)",
		func(a, b netip.Prefix) bool { return b.Bits() > a.Bits() && a.Masked().Contains(b.Addr()) }),
	netWithin(">>=", "The left network contains the right one, or is equal.", "('10.1.0.0/16'::inet >>= '10.1.0.0/16'::inet)",
		func(a, b netip.Prefix) bool { return b.Bits() >= a.Bits() && a.Masked().Contains(b.Addr()) }),
}

func netText(name, doc, example string, of func(netip.Prefix) string) Func {
	return Func{
		Name: name, Args: list(types.Inet), Returns: types.Text, Doc: doc, Example: example,
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.BytesDatum(of(types.NetPrefix(args[0]))), nil
		}),
	}
}

func netInt(name, doc, example string, of func(netip.Prefix) int) Func {
	return Func{
		Name: name, Args: list(types.Inet), Returns: types.Int4, Doc: doc, Example: example,
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.FixedDatum(int64(of(types.NetPrefix(args[0])))), nil
		}),
	}
}

func netWithin(name, doc, example string, of func(a, b netip.Prefix) bool) Func {
	return Func{
		Name: name, Args: list(types.Inet, types.Inet), Returns: types.Bool, Doc: doc, Example: example,
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.BoolDatum(of(types.NetPrefix(args[0]), types.NetPrefix(args[1]))), nil
		}),
	}
}

// systemTypeFuncs are those of the types that only system tables have.
var systemTypeFuncs = []Func{
	{
		Name: "=", Args: list(types.Xid, types.Xid), Returns: types.Bool, Doc: "Equal.",
		Example: "('7'::xid = '7'::xid)", Kernel: wordCompare(equal),
	},
	{
		Name: "<>", Args: list(types.Xid, types.Xid), Returns: types.Bool, Doc: "Not equal.",
		Example: "('7'::xid <> '8'::xid)", Kernel: wordCompare(notEqual),
	},
	{
		Name: "=", Args: list(types.Xid, types.Int4), Returns: types.Bool, Doc: "Equal.",
		Example: "('7'::xid = 7)", Kernel: wordCompare(equal),
	},
	{
		Name: "<>", Args: list(types.Xid, types.Int4), Returns: types.Bool, Doc: "Not equal.",
		Example: "('7'::xid <> 8)", Kernel: wordCompare(notEqual),
	},
	{
		Name: "age", Args: list(types.Xid), Returns: types.Int4, Volatility: Stable,
		Doc:     "How many transactions ago one was; 0, as transactions are not numbered here.",
		Example: "age('7'::xid) = 0",
		Kernel: datums(func(*Call, []types.Datum) (types.Datum, error) {
			return types.FixedDatum(0), nil
		}),
	},
	{
		Name: "=", Args: list(types.Aclitem, types.Aclitem), Returns: types.Bool, Doc: "Equal.",
		Example: "('a=r/b'::aclitem = 'a=r/b'::aclitem)", Kernel: bytesCompare(equal),
	},
}
