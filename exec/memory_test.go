package exec_test

import (
	"fmt"
	"testing"

	"millrace/server"
)

// When the node is out of memory the view with the most state ends with 53200; the
// others go on, and what it had can be used again.
func TestMemoryLimit(t *testing.T) {
	bubble(t, server.Options{MemoryLimit: 8 << 20}, func(t *testing.T, n *node) {
		c := n.connect()
		c.must(`CREATE STREAM s (k int8, v int8)`)
		c.must(`CREATE MATERIALIZED VIEW small AS SELECT k % 10 AS g, count(*) AS n FROM s GROUP BY k % 10`)
		c.must(`CREATE MATERIALIZED VIEW large AS SELECT k, count(*) AS n, max(v) AS v FROM s GROUP BY k`)
		c.must(`CREATE MATERIALIZED VIEW reads_large AS SELECT count(*) AS n FROM large`)
		const rows, parts = 20_000, 10
		for i := range parts {
			c.must(fmt.Sprintf(`INSERT INTO s SELECT i, i FROM generate_series(%d, %d) AS g(i)`, i*rows, (i+1)*rows-1))
		}
		c.fails(`SELECT * FROM large WHERE k = 1`, "53200")
		c.fails(`SELECT n FROM reads_large`, "53200")
		c.want(`SELECT sum(n) FROM small`, fmt.Sprint(rows*parts))
		c.must(`DROP MATERIALIZED VIEW reads_large, large`)
		c.must(`CREATE MATERIALIZED VIEW large AS SELECT k, count(*) AS n, max(v) AS v FROM s WHERE k < 1000 GROUP BY k`)
		c.want(`SELECT count(*) FROM large`, "1000")

		// Pull queries and open transactions count as well.
		c.fails(`SELECT count(*) FROM (SELECT DISTINCT k, v FROM s) AS d`, "53200")
		c.fails(`INSERT INTO s SELECT a.k, b.v FROM s AS a, (SELECT v FROM s LIMIT 10) AS b`, "53200")
		c.want(`SELECT count(*) FROM s`, fmt.Sprint(rows*parts))

		// A backfill ends in the same way.
		c.fails(`CREATE MATERIALIZED VIEW again AS SELECT k, v, count(*) AS n FROM s GROUP BY k, v`, "53200")
		c.fails(`SELECT count(*) FROM again`, "42P01")
	})
}
