package connect

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// Rows at scale 1.
const (
	tpchSupplierRows = 10_000
	tpchParts        = 200_000
	tpchCustomers    = 150_000
	tpchOrders       = 1_500_000
)

// Days since 2000-01-01 of the first order and of the time that is "now" in the data,
// and the days in which orders come.
const (
	tpchFirstDay = -2922 // 1992-01-01
	tpchToday    = -1659 // 1995-06-17
	tpchDays     = 2405  // to 1998-08-02
)

var tpchTables = []tpchTable{
	{"region", columnsOf("", "r_regionkey", types.Int4, "r_name", types.Text, "r_comment", types.Text), 0, regionRow},
	{"nation", columnsOf("", "n_nationkey", types.Int4, "n_name", types.Text, "n_regionkey", types.Int4, "n_comment", types.Text), 0, nationRow},
	{"supplier", columnsOf("", "s_suppkey", types.Int4, "s_name", types.Text, "s_address", types.Text, "s_nationkey", types.Int4,
		"s_phone", types.Text, "s_acctbal", types.Numeric, "s_comment", types.Text), tpchSupplierRows, supplierRow},
	{"customer", columnsOf("", "c_custkey", types.Int4, "c_name", types.Text, "c_address", types.Text, "c_nationkey", types.Int4,
		"c_phone", types.Text, "c_acctbal", types.Numeric, "c_mktsegment", types.Text, "c_comment", types.Text), tpchCustomers, customerRow},
	{"part", columnsOf("", "p_partkey", types.Int4, "p_name", types.Text, "p_mfgr", types.Text, "p_brand", types.Text,
		"p_type", types.Text, "p_size", types.Int4, "p_container", types.Text, "p_retailprice", types.Numeric,
		"p_comment", types.Text), tpchParts, partRow},
	{"partsupp", columnsOf("", "ps_partkey", types.Int4, "ps_suppkey", types.Int4, "ps_availqty", types.Int4,
		"ps_supplycost", types.Numeric, "ps_comment", types.Text), 0, partSuppRow},
	{"orders", columnsOf("", "o_orderkey", types.Int8, "o_custkey", types.Int4, "o_orderstatus", types.Text,
		"o_totalprice", types.Numeric, "o_orderdate", types.Date, "o_orderpriority", types.Text, "o_clerk", types.Text,
		"o_shippriority", types.Int4, "o_comment", types.Text), tpchOrders, orderRow},
	{"lineitem", columnsOf("", "l_orderkey", types.Int8, "l_partkey", types.Int4, "l_suppkey", types.Int4, "l_linenumber", types.Int4,
		"l_quantity", types.Numeric, "l_extendedprice", types.Numeric, "l_discount", types.Numeric, "l_tax", types.Numeric,
		"l_returnflag", types.Text, "l_linestatus", types.Text, "l_shipdate", types.Date, "l_commitdate", types.Date,
		"l_receiptdate", types.Date, "l_shipinstruct", types.Text, "l_shipmode", types.Text, "l_comment", types.Text), 0, lineRow},
}

var (
	tpchRegions = []string{"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"}
	tpchNations = []struct {
		name   string
		region int64
	}{
		{"ALGERIA", 0},
		{"ARGENTINA", 1},
		{"BRAZIL", 1},
		{"CANADA", 1},
		{"EGYPT", 4},
		{"ETHIOPIA", 0},
		{"FRANCE", 3},
		{"GERMANY", 3},
		{"INDIA", 2},
		{"INDONESIA", 2},
		{"IRAN", 4},
		{"IRAQ", 4},
		{"JAPAN", 2},
		{"JORDAN", 4},
		{"KENYA", 0},
		{"MOROCCO", 0},
		{"MOZAMBIQUE", 0},
		{"PERU", 1},
		{"CHINA", 2},
		{"ROMANIA", 3},
		{"SAUDI ARABIA", 4},
		{"VIETNAM", 2},
		{"RUSSIA", 3},
		{"UNITED KINGDOM", 3},
		{"UNITED STATES", 1},
	}
	tpchSegments     = []string{"AUTOMOBILE", "BUILDING", "FURNITURE", "MACHINERY", "HOUSEHOLD"}
	tpchPriorities   = []string{"1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"}
	tpchInstructions = []string{"DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"}
	tpchModes        = []string{"REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"}
	tpchSizes        = []string{"SM", "MED", "LG", "JUMBO", "WRAP"}
	tpchBoxes        = []string{"CASE", "BOX", "BAG", "JAR", "PKG", "PACK", "CAN", "DRUM"}
	tpchKinds        = []string{"STANDARD", "SMALL", "MEDIUM", "LARGE", "ECONOMY", "PROMO"}
	tpchFinishes     = []string{"ANODIZED", "BURNISHED", "PLATED", "POLISHED", "BRUSHED"}
	tpchMetals       = []string{"TIN", "NICKEL", "BRASS", "STEEL", "COPPER"}
	tpchColors       = []string{"almond", "azure", "beige", "forest", "green", "ivory", "lemon", "navy", "olive", "salmon"}
	tpchWords        = []string{
		"Customer", "Complaints", "special", "requests", "carefully", "quick", "deposits", "pending", "accounts", "across", "the", "packages",
	}
)

func regionRow(_ *tpch, b []*col.Builder, n int64, r *random) {
	b[0].Int(n)
	b[1].Str(tpchRegions[n%int64(len(tpchRegions))])
	words(b[2], 4, r)
}

func nationRow(_ *tpch, b []*col.Builder, n int64, r *random) {
	nation := tpchNations[n%int64(len(tpchNations))]
	b[0].Int(n)
	b[1].Str(nation.name)
	b[2].Int(nation.region)
	words(b[3], 4, r)
}

func supplierRow(_ *tpch, b []*col.Builder, n int64, r *random) {
	nation := r.below(int64(len(tpchNations)))
	b[0].Int(n + 1)
	b[1].Str(numbered("Supplier", n+1))
	words(b[2], 2, r)
	b[3].Int(nation)
	b[4].Str(phone(nation, r))
	cents(b[5], r.below(1_100_000)-100_000)
	words(b[6], 5, r)
}

func customerRow(_ *tpch, b []*col.Builder, n int64, r *random) {
	nation := r.below(int64(len(tpchNations)))
	b[0].Int(n + 1)
	b[1].Str(numbered("Customer", n+1))
	words(b[2], 2, r)
	b[3].Int(nation)
	b[4].Str(phone(nation, r))
	cents(b[5], r.below(1_100_000)-100_000)
	b[6].Str(pick(tpchSegments, r))
	words(b[7], 6, r)
}

// retail is the price of a part in cents.
func retail(part int64) int64 { return 90_000 + part/10%20_001 + 100*(part%1000) }

func partRow(_ *tpch, b []*col.Builder, n int64, r *random) {
	maker := 1 + r.below(5)
	b[0].Int(n + 1)
	b[1].Str(pick(tpchColors, r) + " " + pick(tpchColors, r) + " " + pick(tpchColors, r))
	b[2].Str("Manufacturer#" + itoa(maker))
	b[3].Str("Brand#" + itoa(maker*10+1+r.below(5)))
	b[4].Str(pick(tpchKinds, r) + " " + pick(tpchFinishes, r) + " " + pick(tpchMetals, r))
	b[5].Int(1 + r.below(50))
	b[6].Str(pick(tpchSizes, r) + " " + pick(tpchBoxes, r))
	cents(b[7], retail(n+1))
	words(b[8], 3, r)
}

// supplierOf is the i-th supplier of a part.
func (g *tpch) supplierOf(part, i int64) int64 {
	count := max(g.count(tpchSupplierRows), tpchSuppliers)
	return (part+i*(count/tpchSuppliers))%count + 1
}

func partSuppRow(g *tpch, b []*col.Builder, n int64, r *random) {
	part := n/tpchSuppliers + 1
	b[0].Int(part)
	b[1].Int(g.supplierOf(part, n%tpchSuppliers))
	b[2].Int(1 + r.below(9999))
	cents(b[3], 100+r.below(99_901))
	words(b[4], 5, r)
}

// line is what an order and its lines share.
type tpchLine struct {
	part, supplier, quantity, discount, tax int64
	ship, commit, receipt                   int64
}

// lineOf makes line i of an order.
func (g *tpch) lineOf(order, i int64) tpchLine {
	r := rowRandom(g.seed^0x11ae, order*tpchLines+i)
	l := tpchLine{part: 1 + r.below(g.count(tpchParts)), quantity: 1 + r.below(50), discount: r.below(11), tax: r.below(9)}
	l.supplier = g.supplierOf(l.part, r.below(tpchSuppliers))
	day := g.dayOf(order)
	l.ship = day + 1 + r.below(121)
	l.commit = day + 30 + r.below(61)
	l.receipt = l.ship + 1 + r.below(30)
	return l
}

func (g *tpch) dayOf(order int64) int64 {
	r := rowRandom(g.seed^0xda7e, order)
	return tpchFirstDay + r.below(tpchDays)
}

// price is that of a line before discount and tax, in cents.
func (l tpchLine) price() int64 { return l.quantity * retail(l.part) }

func orderRow(g *tpch, b []*col.Builder, n int64, r *random) {
	total, open := int64(0), 0
	for i := range int64(tpchLines) {
		l := g.lineOf(n, i)
		total += l.price() * (100 + l.tax) * (100 - l.discount) / 10_000
		if l.ship > tpchToday {
			open++
		}
	}
	status := "P"
	switch open {
	case 0:
		status = "F"
	case tpchLines:
		status = "O"
	}
	customer := 1 + r.below(g.count(tpchCustomers))
	if customer%3 == 0 && customer > 1 { // a third of the customers never order
		customer--
	}
	b[0].Int(n + 1)
	b[1].Int(customer)
	b[2].Str(status)
	cents(b[3], total)
	b[4].Int(g.dayOf(n))
	b[5].Str(pick(tpchPriorities, r))
	b[6].Str(numbered("Clerk", 1+r.below(g.count(1000))))
	b[7].Int(0)
	words(b[8], 5, r)
}

func lineRow(g *tpch, b []*col.Builder, n int64, r *random) {
	l := g.lineOf(n/tpchLines, n%tpchLines)
	flag, status := "N", "O"
	if l.receipt <= tpchToday {
		flag = []string{"R", "A"}[r.below(2)]
	}
	if l.ship <= tpchToday {
		status = "F"
	}
	b[0].Int(n/tpchLines + 1)
	b[1].Int(l.part)
	b[2].Int(l.supplier)
	b[3].Int(n%tpchLines + 1)
	cents(b[4], l.quantity*100)
	cents(b[5], l.price())
	cents(b[6], l.discount)
	cents(b[7], l.tax)
	b[8].Str(flag)
	b[9].Str(status)
	b[10].Int(l.ship)
	b[11].Int(l.commit)
	b[12].Int(l.receipt)
	b[13].Str(pick(tpchInstructions, r))
	b[14].Str(pick(tpchModes, r))
	words(b[15], 3, r)
}
