package sqltests

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	"millrace/server"
)

// randomRuns is how many random courses TestRandom takes; at night 100 times as many.
const randomRuns = 15

// randomRun is a course of statements: relations, views over them and over each
// other, and changes in between. "restart" and "crash" stand for themselves; "check"
// compares all views.
type randomRun struct {
	options server.Options
	steps   []string
}

// TestRandom makes random schemas, queries and changes, and compares every view with
// its query run once. A course that fails is made as short as possible, and printed
// as a script.
func TestRandom(t *testing.T) {
	s := seed(t)
	runs := randomRuns
	if night() {
		runs *= 100
	}
	var all []*randomRun
	for i := range runs {
		g := &randomGenerator{random: rand.New(rand.NewPCG(s, uint64(i)))}
		r := g.run()
		all = append(all, r)
		if wrong := r.try(t, nil); wrong != "" {
			r.shorten(t)
			t.Fatalf("run %d of MILLRACE_SEED=%d:\n%s\n\n%s", i, s, r.try(t, nil), r.script())
		}
	}
	if oracle() {
		compareRandom(t, all)
	}
}

// shorten takes out steps as long as the course still fails.
func (r *randomRun) shorten(t *testing.T) {
	for size := len(r.steps) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(r.steps); {
			shorter := &randomRun{options: r.options}
			shorter.steps = append(append(shorter.steps, r.steps[:at]...), r.steps[at+size:]...)
			if shorter.try(t, nil) != "" {
				r.steps = shorter.steps
			} else {
				at += size
			}
		}
	}
}

// script is the course in the form of testdata.
func (r *randomRun) script() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Found by TestRandom.\nconfig groups=%d\n----\n", max(r.options.Groups, 1))
	for _, s := range r.steps {
		switch s {
		case "restart", "crash":
			b.WriteString("\n" + s + "\n----\n")
		case "check":
		default:
			b.WriteString("\nsql\n" + s + ";\n----\n")
		}
	}
	return b.String()
}

// try runs the course and says what is wrong. observe gets the rows of each view at
// each check.
func (r *randomRun) try(t *testing.T, observe func(step int, view, rows string)) (wrong string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, r.options)
		c := n.open()
		views := map[string]string{}
		var order []string
		for i, s := range r.steps {
			switch s {
			case "restart", "crash":
				err := n.restart()
				if s == "crash" && err == nil {
					err = n.crash(0)
				}
				if err != nil {
					wrong = fmt.Sprintf("step %d: %v", i, err)
					return
				}
				c = n.open()
			case "check":
				n.settle()
				for _, v := range order {
					if err := sameRows(c, "SELECT * FROM "+v, views[v]); err != nil {
						wrong = fmt.Sprintf("step %d: %v", i, err)
						return
					}
					if observe != nil {
						rep, err := c.query("SELECT * FROM "+v, nil)
						must(t, err)
						observe(i, v, rep.format(false))
					}
				}
			default:
				rep, err := c.query(s, nil)
				if err != nil {
					wrong = fmt.Sprintf("step %d: %s: %v\n%s", i, s, err, n.log.String())
					return
				}
				code, failed := rep.err()
				if name, query, ok := strings.Cut(strings.TrimPrefix(s, "CREATE MATERIALIZED VIEW "), " AS "); ok && failed == "" {
					views[name], order = query, append(order, name)
				}
				// A course that is being shortened may use what is not there.
				if failed != "" && code != "42P01" {
					wrong = fmt.Sprintf("step %d: %s: %s", i, s, failed)
					return
				}
			}
		}
	})
	return wrong
}

// compareRandom runs all courses on PostgreSQL, too.
func compareRandom(t *testing.T, all []*randomRun) {
	pg := startPostgres(t)
	for _, r := range all {
		type key struct {
			step int
			view string
		}
		want := map[key]string{}
		c := pg.connect(pg.newDatabase())
		var views []string
		for i, s := range r.steps {
			if s == "restart" || s == "crash" {
				continue
			}
			if s == "check" {
				for _, v := range views {
					rep, err := c.query("SELECT * FROM "+v, nil)
					must(t, err)
					want[key{i, v}] = rep.format(false)
				}
				continue
			}
			rep, err := c.query(forPostgres(s), nil)
			must(t, err)
			if _, failed := rep.err(); failed != "" {
				t.Fatalf("PostgreSQL: %s: %s", s, failed)
			}
			if name, ok := strings.CutPrefix(s, "CREATE MATERIALIZED VIEW "); ok {
				views = append(views, strings.Fields(name)[0])
			}
		}
		c.close()
		r.try(t, func(step int, view, rows string) {
			if w := want[key{step, view}]; w != rows {
				t.Errorf("step %d: %s is not what PostgreSQL gives: %s\n%s", step, view, firstDifference(rows, w), r.script())
			}
		})
		if t.Failed() {
			return
		}
	}
}

// randomGenerator makes courses. All relations have columns a int, b text and
// n bigint, so that any of them can be read in place of another.
type randomGenerator struct {
	random    *rand.Rand
	tables    []string
	streams   []string
	relations []string
	views     int
}

func (g *randomGenerator) pick(list ...string) string { return list[g.random.IntN(len(list))] }

func (g *randomGenerator) run() *randomRun {
	r := &randomRun{options: server.Options{Groups: 1 + 3*g.random.IntN(2), BatchRows: []int{0, 1, 3}[g.random.IntN(3)]}}
	if g.random.IntN(4) == 0 {
		r.options.Settings = map[string]string{"millrace.optimizer": "off"}
	}
	for i := range 1 + g.random.IntN(3) {
		name := fmt.Sprintf("t%d", i)
		g.tables, g.relations = append(g.tables, name), append(g.relations, name)
		r.steps = append(r.steps, "CREATE TABLE "+name+" (id int PRIMARY KEY, a int, b text, n int8)")
	}
	for i := range g.random.IntN(2) {
		name := fmt.Sprintf("s%d", i)
		g.streams, g.relations = append(g.streams, name), append(g.relations, name)
		r.steps = append(r.steps, "CREATE STREAM "+name+" (a int KEY, b text, n int8) WITH (partitions = 2)")
	}
	for range 40 {
		switch x := g.random.IntN(20); {
		case x < 4:
			r.steps = append(r.steps, g.view())
		case x < 5:
			r.steps = append(r.steps, g.pick("restart", "crash"))
		case x < 8:
			r.steps = append(r.steps, "check")
		default:
			r.steps = append(r.steps, g.change())
		}
	}
	r.steps = append(r.steps, "check")
	return r
}

func (g *randomGenerator) value() string {
	if g.random.IntN(6) == 0 {
		return "NULL"
	}
	return fmt.Sprint(g.random.IntN(5))
}

func (g *randomGenerator) text() string { return g.pick("NULL", "'x'", "'y'", "'z'", "''") }

func (g *randomGenerator) change() string {
	if len(g.streams) > 0 && g.random.IntN(3) == 0 {
		return "INSERT INTO " + g.pick(g.streams...) + " VALUES " + g.tuples(func() string {
			return fmt.Sprintf("(%s, %s, %s)", g.value(), g.text(), g.value())
		})
	}
	table := g.pick(g.tables...)
	switch g.random.IntN(5) {
	case 0:
		return "DELETE FROM " + table + " WHERE " + g.condition("")
	case 1:
		return "UPDATE " + table + " SET " + g.pick("a = a + 1", "b = 'x'", "n = a", "a = NULL", "b = b || 'x'") + " WHERE " + g.condition("")
	}
	// Each id once per statement: ON CONFLICT must not meet a row twice.
	ids := g.random.Perm(12)
	return "INSERT INTO " + table + " VALUES " + g.tuples(func() string {
		id := ids[0]
		ids = ids[1:]
		return fmt.Sprintf("(%d, %s, %s, %s)", id, g.value(), g.text(), g.value())
	}) + " ON CONFLICT (id) DO UPDATE SET a = excluded.a, b = excluded.b, n = excluded.n"
}

func (g *randomGenerator) tuples(one func() string) string {
	list := make([]string, 1+g.random.IntN(5))
	for i := range list {
		list[i] = one()
	}
	return strings.Join(list, ", ")
}

func (g *randomGenerator) condition(prefix string) string {
	c := g.pick("%sa > 1", "%sa = 2", "%sb = 'x'", "%sb IS NULL", "%sn < 3", "%sa IS DISTINCT FROM 1", "%sn BETWEEN 1 AND 3",
		"%sb LIKE 'x%%'", "%sb IN ('x', 'z')", "NOT (%sa = 0)", "%sa %% 2 = 0", "coalesce(%sn, 0) <> 1")
	return fmt.Sprintf(c, prefix)
}

func (g *randomGenerator) view() string {
	name := fmt.Sprintf("v%d", g.views)
	g.views++
	text := "CREATE MATERIALIZED VIEW " + name + " AS " + g.query()
	g.relations = append(g.relations, name)
	return text
}

// query is a random query with the columns a, b and n.
func (g *randomGenerator) query() string {
	x, y := g.pick(g.relations...), g.pick(g.relations...)
	where := ""
	if g.random.IntN(2) == 0 {
		where = " WHERE " + g.condition("")
	}
	switch g.random.IntN(14) {
	case 0:
		return "SELECT a, b, n FROM " + x + where
	case 1:
		return fmt.Sprintf("SELECT x.a, y.b, x.n + y.n AS n FROM %s x %s %s y ON %s", x,
			g.pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"), y, g.pick("x.a = y.a", "x.a = y.a AND x.b = y.b", "x.n = y.n"))
	case 2:
		return fmt.Sprintf("SELECT a, %s AS b, %s AS n FROM %s%s GROUP BY a", g.pick("max(b)", "min(b)", "max(b || 'q')"),
			g.pick("count(*)", "count(n)", "count(DISTINCT n)", "sum(a)", "min(n)", "max(n)", "count(*) FILTER (WHERE n > 1)"), x, where)
	case 3:
		return fmt.Sprintf("SELECT max(a) AS a, b, count(*) AS n FROM %s%s GROUP BY b HAVING count(*) > 1", x, where)
	case 4:
		return "SELECT DISTINCT a, b, n FROM " + x + where
	case 5:
		return fmt.Sprintf("SELECT a, b, n FROM %s%s %s SELECT a, b, n FROM %s", x, where,
			g.pick("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL"), y)
	case 6:
		return fmt.Sprintf("SELECT a, b, n FROM %s WHERE a %s (SELECT a FROM %s%s)", x, g.pick("IN", "NOT IN"), y, where)
	case 7:
		return fmt.Sprintf("SELECT a, b, n FROM %s x WHERE %s (SELECT 1 FROM %s y WHERE y.%s)", x,
			g.pick("EXISTS", "NOT EXISTS"), y, g.pick("a = x.a", "n = x.n AND y.b = x.b"))
	case 8:
		return fmt.Sprintf("SELECT a, b, n FROM %s%s ORDER BY a DESC NULLS LAST, b, n NULLS FIRST LIMIT %d OFFSET %d", x, where,
			1+g.random.IntN(4), g.random.IntN(2))
	case 10:
		return fmt.Sprintf("WITH RECURSIVE r(a, b, n) AS (SELECT a, b, n FROM %s%s UNION SELECT y.a, r.b, r.n FROM r JOIN %s y ON y.n = r.a) SELECT a, b, n FROM r",
			x, where, y)
	case 11:
		return fmt.Sprintf("SELECT x.a, l.b, l.n FROM %s x %s LATERAL (SELECT b, n FROM %s y WHERE y.%s ORDER BY n, b LIMIT 2) l ON true",
			x, g.pick("JOIN", "LEFT JOIN"), y, g.pick("a = x.a", "n > x.n"))
	case 12:
		return fmt.Sprintf("SELECT x.a, x.b, y.n FROM %s x %s %s y ON x.a < y.n", x, g.pick("JOIN", "LEFT JOIN", "RIGHT JOIN"), y)
	case 9:
		return fmt.Sprintf("SELECT max(a) AS a, min(b) AS b, count(*) AS n FROM %s%s", x, where)
	}
	return fmt.Sprintf("SELECT x.a, z.b, z.c AS n FROM %s x JOIN (SELECT b, count(*) AS c FROM %s GROUP BY b) z ON z.b = x.b", x, y)
}
