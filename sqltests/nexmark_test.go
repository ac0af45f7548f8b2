package sqltests

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	feeds "millrace/exec/connect"
)

// nexmarkDir holds the queries of "millrace bench nexmark".
const nexmarkDir = "../cmd/millrace/nexmark"

// nexmarkCourse is events that come in pieces, some of which are changed or deleted
// again; at the end of each piece all queries are compared. The events are rows of a
// table, so that there are retractions, which the streams of the benchmark do not have.
type nexmarkCourse struct {
	course
	feed *feeds.Feed
}

const (
	nexmarkPieces   = 5
	nexmarkPieceLen = 240
)

// TestNexmark compares each query of the benchmark, maintained, with the same query
// run once, and with PostgreSQL.
func TestNexmark(t *testing.T) {
	s := seed(t)
	p := newNexmarkCourse(t, rand.New(rand.NewPCG(s, 2)))
	synctest.Test(t, func(t *testing.T) { p.run(t) })
	if t.Failed() || !oracle() {
		return
	}
	p.compare(t, startPostgres(t))
}

func newNexmarkCourse(t *testing.T, random *rand.Rand) *nexmarkCourse {
	t.Helper()
	feed, err := feeds.Open(map[string]string{
		"connector": "nexmark", "event_rate": "20", "seed": fmt.Sprint(random.Int32()),
	}, nil)
	must(t, err)
	p := &nexmarkCourse{course: course{random: random}, feed: feed}
	p.readQueries(t, nexmarkDir)
	if len(p.queries) != 32 {
		t.Fatalf("%d queries, not 32", len(p.queries))
	}
	p.schema(t)
	for piece := range nexmarkPieces {
		p.events(piece)
		p.changes((piece + 1) * nexmarkPieceLen)
		p.steps = append(p.steps, courseStep{crash: piece == 2}, courseStep{got: map[string]string{}})
	}
	return p
}

func (p *nexmarkCourse) schema(t *testing.T) {
	var columns, names []string
	for _, c := range p.feed.Columns {
		columns = append(columns, c.Name+" "+c.Type.String())
		names = append(names, c.Name)
	}
	p.do("CREATE TABLE stored (n int8 PRIMARY KEY, " + strings.Join(columns, ", ") + ")")
	p.do("CREATE VIEW event AS SELECT " + strings.Join(names, ", ") + " FROM stored")
	p.do("CREATE TABLE side_input (key int8 PRIMARY KEY, value text NOT NULL)")
	p.do("INSERT INTO side_input SELECT n, 'value ' || n FROM generate_series(0, 9999) AS n")
	p.do(readQuery(t, nexmarkDir+"/setup.sql"))
	p.createViews()
}

// events loads the rows of a piece.
func (p *nexmarkCourse) events(piece int) {
	first := piece * nexmarkPieceLen
	p.copyRows("stored", p.feed.Rows(int64(first), nexmarkPieceLen, 0), func(i int) string { return fmt.Sprint(first+i, "\t") })
}

// changes takes some of the first count rows back, or gives them other values.
func (p *nexmarkCourse) changes(count int) {
	for range 12 {
		n := p.random.IntN(count)
		switch p.random.IntN(5) {
		case 0:
			p.do(fmt.Sprintf("DELETE FROM stored WHERE n = %d", n))
		case 1:
			p.do(fmt.Sprintf("UPDATE stored SET b_price = %d, a_category = 10, p_state = 'OR' WHERE n BETWEEN %d AND %d",
				100+p.random.IntN(1e8), n, n+4))
		case 2:
			p.do(fmt.Sprintf("UPDATE stored SET date_time = date_time + INTERVAL '%d seconds' WHERE n = %d", p.random.IntN(30), n))
		case 3:
			p.do(fmt.Sprintf("UPDATE stored SET b_auction = 1000, b_bidder = 1001 WHERE n BETWEEN %d AND %d", n, n+9))
		case 4:
			p.do(fmt.Sprintf("UPDATE stored SET a_expires = a_expires + INTERVAL '20 seconds' WHERE n %% 50 = %d", 1+n%3))
		}
	}
}

// The window functions, and what PostgreSQL has instead.
var windowForms = []struct {
	call *regexp.Regexp
	text string
}{
	{
		regexp.MustCompile(`TUMBLE\((\w+), (\w+), (INTERVAL '[^']*')\)`),
		`(SELECT *, date_bin($3, $2, timestamp '2000-01-01') AS window_start,
			date_bin($3, $2, timestamp '2000-01-01') + $3 AS window_end FROM $1) AS w`,
	},
	{
		regexp.MustCompile(`HOP\((\w+), (\w+), (INTERVAL '[^']*'), (INTERVAL '[^']*')\)`),
		`(SELECT r.*, s AS window_start, s + $4 AS window_end FROM $1 AS r,
			generate_series(date_bin($3, $2, timestamp '2000-01-01') - $4 + $3, date_bin($3, $2, timestamp '2000-01-01'), $3) AS s) AS w`,
	},
	{
		regexp.MustCompile(`SESSION\(TABLE (\w+) PARTITION BY (\w+), (\w+), (INTERVAL '[^']*')\)`),
		`(SELECT *, min($3) OVER (PARTITION BY $2, part) AS window_start, max($3) OVER (PARTITION BY $2, part) + $4 AS window_end
			FROM (SELECT *, sum(opens) OVER (PARTITION BY $2 ORDER BY $3) AS part
				FROM (SELECT *, CASE WHEN $3 - lag($3) OVER (PARTITION BY $2 ORDER BY $3) <= $4 THEN 0 ELSE 1 END AS opens FROM $1) AS a) AS b) AS w`,
	},
}

func windowsInPostgres(text string) string {
	if !strings.HasPrefix(text, "CREATE VIEW") {
		for _, f := range windowForms {
			text = f.call.ReplaceAllString(text, f.text)
		}
	}
	return text
}
