package sqltests

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	feeds "millrace/exec/connect"
)

// tpchDir holds the queries of the decision support benchmark.
const tpchDir = "../cmd/millrace/tpch"

// tpchKeys are the tables with their keys, in the order of loading.
var tpchKeys = []struct{ name, key string }{
	{"region", "r_regionkey"},
	{"nation", "n_nationkey"},
	{"supplier", "s_suppkey"},
	{"part", "p_partkey"},
	{"partsupp", "ps_partkey, ps_suppkey"},
	{"customer", "c_custkey"},
	{"orders", "o_orderkey"},
	{"lineitem", "l_orderkey, l_linenumber"},
}

// tpchChanges take rows back or give them other values; %d is a random number.
var tpchChanges = []string{
	"DELETE FROM lineitem WHERE l_orderkey %% 40 = %d %% 40",
	"UPDATE lineitem SET l_quantity = l_quantity + 3, l_discount = 0.06 WHERE l_orderkey %% 30 = %d %% 30",
	"UPDATE orders SET o_orderdate = date '1994-02-03', o_orderpriority = '1-URGENT' WHERE o_orderkey %% 25 = %d %% 25",
	"DELETE FROM orders WHERE o_orderkey %% 50 = %d %% 50",
	"UPDATE supplier SET s_nationkey = %d %% 25 WHERE s_suppkey %% 4 = 1",
	"UPDATE customer SET c_mktsegment = 'BUILDING', c_acctbal = c_acctbal - %d %% 1000 WHERE c_custkey %% 7 = 2",
	"UPDATE part SET p_size = %d %% 50 + 1, p_name = 'forest ' || p_name WHERE p_partkey %% 9 = 4",
	"DELETE FROM partsupp WHERE ps_partkey %% 35 = %d %% 35",
	"UPDATE nation SET n_name = 'GERMANY' WHERE n_nationkey = %d %% 25",
}

// TestTPCH compares the 22 queries of the decision support benchmark, maintained, with
// the same queries run once, and with PostgreSQL.
func TestTPCH(t *testing.T) {
	s := seed(t)
	p := newTPCHCourse(t, rand.New(rand.NewPCG(s, 3)))
	synctest.Test(t, func(t *testing.T) { p.run(t) })
	if t.Failed() || !oracle() {
		return
	}
	p.compare(t, startPostgres(t))
}

func newTPCHCourse(t *testing.T, random *rand.Rand) *course {
	t.Helper()
	p := &course{random: random}
	p.readQueries(t, tpchDir)
	if len(p.queries) != 22 {
		t.Fatalf("%d queries, not 22", len(p.queries))
	}
	var tables []*feeds.Feed
	for _, table := range tpchKeys {
		f, err := feeds.Open(map[string]string{
			"connector": "tpch", "table": table.name, "scale": "0.0005", "seed": fmt.Sprint(random.Int32()),
		}, nil)
		must(t, err)
		var columns []string
		for _, c := range f.Columns {
			columns = append(columns, c.Name+" "+c.Type.String())
		}
		p.do("CREATE TABLE " + table.name + " (" + strings.Join(columns, ", ") + ", PRIMARY KEY (" + table.key + "))")
		tables = append(tables, f)
	}
	p.createViews()
	for half := range int64(2) {
		for i, f := range tables {
			from, to := half*f.Limit/2, (half+1)*f.Limit/2
			if to > from {
				p.copyRows(tpchKeys[i].name, f.Rows(from, int(to-from), 0), nil)
			}
		}
		p.steps = append(p.steps, courseStep{got: map[string]string{}})
		for range 6 {
			p.do(fmt.Sprintf(tpchChanges[random.IntN(len(tpchChanges))], random.IntN(1000)))
		}
		p.steps = append(p.steps, courseStep{crash: half == 0}, courseStep{got: map[string]string{}})
	}
	return p
}
