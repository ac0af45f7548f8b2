package sqltests

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"millrace/server"
)

// flightView is a continuous query over the flights. onPostgres is the query where
// PostgreSQL writes it another way.
type flightView struct{ name, query, onPostgres string }

var flightViews = []flightView{
	{name: "by_state", query: `SELECT a.state, count(*) AS n, avg(f.delay) AS delay, max(f.delay) AS worst, sum(f.distance) AS miles
		FROM flights f JOIN airports a ON a.iata = f.origin GROUP BY a.state`},
	{name: "top_routes", query: `SELECT origin, destination, count(*) AS n FROM flights
		GROUP BY origin, destination ORDER BY n DESC, origin, destination LIMIT 10`},
	{
		name: "hourly",
		query: `SELECT window_start, count(*) AS n, avg(delay) AS delay
			FROM TUMBLE(flights, at, INTERVAL '1 hour') GROUP BY window_start`,
		onPostgres: `SELECT date_trunc('hour', at) AS window_start, count(*) AS n, avg(delay) AS delay
			FROM flights GROUP BY 1`,
	},
	{name: "reach", query: `SELECT origin, count(DISTINCT destination) AS n FROM flights GROUP BY origin`},
	{name: "big_states", query: `SELECT count(*) AS states, sum(n) AS flights, max(worst) AS worst FROM by_state WHERE n > 100`},
	{name: "unknown", query: `SELECT f.origin, f.destination, f.at FROM flights f
		LEFT JOIN airports a ON a.iata = f.destination WHERE a.iata IS NULL`},
	{name: "places", query: `SELECT iata FROM airports WHERE state = 'CA'
		UNION SELECT destination FROM flights WHERE distance > 2000`},
	{name: "often_late", query: `SELECT a.name, a.city, count(*) AS n, avg(f.delay) AS delay
		FROM flights f JOIN airports a ON a.iata = f.destination
		GROUP BY a.name, a.city HAVING count(*) >= 20 AND avg(f.delay) > 5`},
	{name: "unused", query: `SELECT iata, name FROM airports a WHERE a.state IN ('CA', 'NY')
		AND NOT EXISTS (SELECT 1 FROM flights f WHERE f.origin = a.iata)`},
	{name: "delayed_share", query: `SELECT origin, count(*) FILTER (WHERE delay > 15) AS late, count(*) AS n,
		round(100.0 * count(*) FILTER (WHERE delay > 15) / count(*), 2) AS percent FROM flights GROUP BY origin`},
}

// flightStep is one statement of the run, or a moment at which all views are
// compared; got is what they were.
type flightStep struct {
	text, input string
	reopen      string
	got         map[string]string
}

// flightPlan is a random course of events: flights in batches of random size,
// airports changed and deleted in between, ten moments and the end to look, a crash
// and a restart.
type flightPlan struct {
	random   *rand.Rand
	header   string
	flights  []string
	airports [][]string
	steps    []flightStep
}

func TestFlights(t *testing.T) {
	s := seed(t)
	p := newFlightPlan(t, rand.New(rand.NewPCG(s, 1)))
	synctest.Test(t, func(t *testing.T) { p.run(t) })
	if t.Failed() || !oracle() {
		return
	}
	p.compare(t, startPostgres(t))
}

func newFlightPlan(t *testing.T, random *rand.Rand) *flightPlan {
	t.Helper()
	p := &flightPlan{random: random}
	text, err := os.ReadFile("testdata/flights/flights-20k.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSuffix(string(text), "\n"), "\n")
	p.header, p.flights = strings.TrimSpace(lines[0]), lines[1:]
	f, err := os.Open("testdata/flights/airports.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if p.airports, err = csv.NewReader(f).ReadAll(); err != nil {
		t.Fatal(err)
	}
	p.airports = p.airports[1:]
	p.schema()
	p.events()
	return p
}

func (p *flightPlan) do(text string) { p.steps = append(p.steps, flightStep{text: text}) }

func (p *flightPlan) schema() {
	p.do(`CREATE STREAM flights (at timestamp, delay int, distance int, origin text KEY, destination text) WITH (partitions = 4)`)
	p.do(`CREATE TABLE airports (iata text PRIMARY KEY, name text, city text, state text, country text, latitude float8, longitude float8)`)
	// Some views see all data arrive, the others are made when a part is there.
	for _, v := range flightViews[:6] {
		p.do("CREATE MATERIALIZED VIEW " + v.name + " AS " + v.query)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.WriteAll(p.airports)
	p.steps = append(p.steps, flightStep{text: "COPY airports FROM STDIN WITH (FORMAT csv)", input: b.String()})
}

func (p *flightPlan) events() {
	const looks = 10
	look := map[int]bool{}
	for len(look) < looks {
		look[p.random.IntN(len(p.flights)/100)] = true
	}
	rest := p.flights
	for part := 0; len(rest) > 0; part++ {
		n := min(len(rest), 1+p.random.IntN(200))
		p.steps = append(p.steps, flightStep{
			text: "COPY flights (" + p.header + ") FROM STDIN WITH (FORMAT csv)", input: strings.Join(rest[:n], ""),
		})
		rest = rest[n:]
		if p.random.IntN(3) == 0 {
			p.changeAirports()
		}
		switch part {
		case 40:
			for _, v := range flightViews[6:] {
				p.do("CREATE MATERIALIZED VIEW " + v.name + " AS " + v.query)
			}
		case 80:
			p.steps = append(p.steps, flightStep{reopen: "crash"})
		case 120:
			p.steps = append(p.steps, flightStep{reopen: "restart"})
		}
		if look[part] {
			p.steps = append(p.steps, flightStep{got: map[string]string{}})
		}
	}
	p.steps = append(p.steps, flightStep{got: map[string]string{}})
}

// changeAirports moves, deletes or brings back some of the airports that flights use.
func (p *flightPlan) changeAirports() {
	for range 1 + p.random.IntN(4) {
		used := strings.Split(strings.TrimSpace(p.flights[p.random.IntN(len(p.flights))]), ",")
		iata := used[3+p.random.IntN(2)]
		switch p.random.IntN(4) {
		case 0:
			p.do("DELETE FROM airports WHERE iata = '" + iata + "'")
		case 1:
			p.do("UPDATE airports SET state = '" + []string{"CA", "NY", "XX"}[p.random.IntN(3)] + "' WHERE iata = '" + iata + "'")
		case 2:
			p.do("UPDATE airports SET name = name || '+' WHERE iata = '" + iata + "' OR city = 'Chicago'")
		case 3:
			p.do("INSERT INTO airports (iata, name, city, state) VALUES ('" + iata + "', 'New " + iata +
				"', 'Town', 'TX') ON CONFLICT (iata) DO UPDATE SET state = excluded.state")
		}
	}
}

func (p *flightPlan) run(t *testing.T) {
	n := newNode(t, server.Options{Groups: 1 + 3*p.random.IntN(2)})
	c := n.open()
	made := map[string]bool{}
	for i := range p.steps {
		s := &p.steps[i]
		switch {
		case s.got != nil:
			n.settle()
			if p.look(t, c, s, made); t.Failed() {
				t.Errorf("at step %d of %d: %v\n%s", i, len(p.steps), p.outline(i), n.log.String())
			}
		case s.reopen == "crash":
			must(t, n.crash(p.random.IntN(101)))
			c = n.open()
		case s.reopen == "restart":
			must(t, n.restart())
			c = n.open()
		default:
			rep, err := c.query(s.text, []byte(s.input))
			must(t, err)
			if _, failed := rep.err(); failed != "" {
				t.Fatalf("%s: %s", s.text, failed)
			}
			if name, ok := strings.CutPrefix(s.text, "CREATE MATERIALIZED VIEW "); ok {
				made[strings.Fields(name)[0]] = true
			}
		}
		if t.Failed() {
			break
		}
	}
	must(t, n.stop())
}

// outline tells what happened before step i, but for rows.
func (p *flightPlan) outline(i int) []string {
	var out []string
	for at, s := range p.steps[:i] {
		if s.reopen != "" || strings.HasPrefix(s.text, "CREATE") || s.got != nil {
			out = append(out, fmt.Sprintf("%d: %s%.40s", at, s.reopen, s.text))
		}
	}
	return out
}

// look compares every view with its query over the rows that are there.
func (p *flightPlan) look(t *testing.T, c *client, s *flightStep, made map[string]bool) {
	for _, v := range flightViews {
		if !made[v.name] {
			continue
		}
		view, err := c.query("SELECT * FROM "+v.name, nil)
		must(t, err)
		again, err := c.query(v.query, nil)
		must(t, err)
		s.got[v.name] = view.format(false)
		if want := again.format(false); s.got[v.name] != want {
			t.Errorf("%s is not what its query gives: %s", v.name, firstDifference(s.got[v.name], want))
		}
	}
}

// compare runs the same on PostgreSQL.
func (p *flightPlan) compare(t *testing.T, pg *postgres) {
	c := pg.connect(pg.newDatabase())
	defer c.close()
	looks := 0
	for i := range p.steps {
		s := &p.steps[i]
		for _, v := range flightViews {
			if s.got[v.name] == "" {
				continue
			}
			rep, err := c.query("SELECT * FROM "+v.name, nil)
			must(t, err)
			looks++
			if want := rep.format(false); s.got[v.name] != want {
				t.Errorf("step %d: %s is not what PostgreSQL gives: %s", i, v.name, firstDifference(s.got[v.name], want))
			}
		}
		if s.text == "" {
			continue
		}
		text := forPostgres(s.text)
		for _, v := range flightViews {
			if v.onPostgres != "" {
				text = strings.Replace(text, v.query, v.onPostgres, 1)
			}
		}
		rep, err := c.query(text, []byte(s.input))
		must(t, err)
		if _, failed := rep.err(); failed != "" {
			t.Fatalf("%s: %s", text, failed)
		}
	}
	t.Logf("%d results compared with PostgreSQL", looks)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// firstDifference shows where two results part.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			other := "(the end)"
			if i < len(b) {
				other = b[i]
			}
			return fmt.Sprintf("%d and %d lines; line %d is %q, not %q", len(a), len(b), i+1, a[i], other)
		}
	}
	return fmt.Sprintf("%d and %d lines", len(a), len(b))
}
