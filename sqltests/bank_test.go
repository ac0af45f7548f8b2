package sqltests

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/server"
)

// The bank: transfers of one dollar between ten accounts, seen through views that
// must agree with each other at every moment. total is 0 whatever happens.
const bankSchema = `
CREATE TABLE transactions (id BIGINT PRIMARY KEY, from_account INT NOT NULL, to_account INT NOT NULL, amount BIGINT NOT NULL, ts TIMESTAMP NOT NULL);
CREATE MATERIALIZED VIEW accepted_transactions AS SELECT id FROM transactions;
CREATE MATERIALIZED VIEW outer_join AS SELECT t1.id AS id, t2.id AS other_id FROM transactions t1 LEFT JOIN transactions t2 ON t1.id = t2.id;
CREATE MATERIALIZED VIEW outer_join_with_time AS SELECT t1.id AS id, t2.id AS other_id FROM transactions t1 LEFT JOIN transactions t2 ON t1.id = t2.id AND t1.ts = t2.ts;
CREATE MATERIALIZED VIEW credits AS SELECT to_account AS account, sum(amount) AS credits FROM transactions GROUP BY to_account;
CREATE MATERIALIZED VIEW debits AS SELECT from_account AS account, sum(amount) AS debits FROM transactions GROUP BY from_account;
CREATE MATERIALIZED VIEW balance AS SELECT credits.account AS account, credits - debits AS balance FROM credits JOIN debits ON credits.account = debits.account;
CREATE MATERIALIZED VIEW total AS SELECT sum(balance) AS total FROM balance;
CREATE MATERIALIZED VIEW total_flat AS SELECT sum(x) AS total FROM (SELECT amount AS x FROM transactions UNION ALL SELECT -amount FROM transactions) u;
CREATE MATERIALIZED VIEW witness AS
SELECT (SELECT count(*) FROM accepted_transactions) AS n, (SELECT max(id) FROM accepted_transactions) AS max_id,
       (SELECT count(*) FROM outer_join WHERE other_id IS NULL) AS bad_join, (SELECT sum(credits) FROM credits) AS c, (SELECT sum(debits) FROM debits) AS d,
       (SELECT total FROM total) AS total, (SELECT total FROM total_flat) AS total_flat;
INSERT INTO transactions SELECT i, i, (i + 1) % 10, 1, TIMESTAMP '2021-01-01 00:00:00' FROM generate_series(0, 9) AS g(i);`

// bankInvariants hold in every snapshot: each gives one row, true.
var bankInvariants = []struct{ name, query string }{
	{"C1 total", `SELECT total = 0 FROM total`},
	{"C2 join", `SELECT count(*) = 0 FROM outer_join WHERE other_id IS NULL`},
	{"C2b join with time", `SELECT count(*) = 0 FROM outer_join_with_time WHERE other_id IS NULL`},
	{"C3 same count", `SELECT (SELECT count(*) FROM outer_join) = (SELECT count(*) FROM accepted_transactions)`},
	{"C4 credits and debits", `SELECT (SELECT sum(credits) FROM credits) = (SELECT sum(debits) FROM debits)`},
	{"C5 one dollar each", `SELECT (SELECT sum(credits) FROM credits) = (SELECT count(*) FROM transactions)`},
	{"C6 balance", `SELECT (SELECT count(*) FROM (SELECT account, balance FROM balance EXCEPT SELECT a, sum(x) FROM
		(SELECT to_account AS a, amount AS x FROM transactions UNION ALL SELECT from_account, -amount FROM transactions) u GROUP BY a) e) = 0`},
	{"C7 witness", `SELECT n = (SELECT count(*) FROM transactions) AND c = d AND total = 0 AND total_flat = 0 AND bad_join = 0 FROM witness`},
	{"C8 prefix per producer", `SELECT bool_and(ok) FROM (SELECT count(*) = max((id - 10) / 4) + 1 AS ok FROM accepted_transactions WHERE id >= 10 GROUP BY id % 4) p`},
}

const (
	bankProducers = 4
	bankReaders   = 2
	// bankRows is what each producer inserts in one phase.
	bankRows = 300
)

// bank is one run.
type bank struct {
	t       *testing.T
	node    *node
	seed    uint64
	next    [bankProducers]int // transfers so far
	ended   chan struct{}      // the producers are done
	readers sync.WaitGroup
}

// TestBank runs producers, readers and push readers together; then again after a
// crash, with a view that is made while transfers come in.
func TestBank(t *testing.T) {
	s := seed(t)
	synctest.Test(t, func(t *testing.T) {
		b := &bank{t: t, seed: s, node: newNode(t, server.Options{Groups: 1 + 3*int(s%2)})}
		c := b.node.open()
		for _, st := range splitStatements(bankSchema) {
			b.node.must(c, st.text)
		}
		b.phase("")
		must(t, b.node.crash(int(s/2%101)))
		b.phase(`CREATE MATERIALIZED VIEW midway AS SELECT sum(credits) - sum(debits) AS total FROM credits JOIN debits USING (account)`)
		c = b.node.open()
		rows := b.node.must(c, "SELECT (SELECT count(*) FROM transactions), (SELECT total FROM midway)")
		if want := strconv.Itoa(10 + 2*bankProducers*bankRows); rows[0][0].text != want || rows[0][1].text != "0" {
			t.Errorf("C11: %v at the end, want %s rows and a total of 0", rows, want)
		}
		must(t, b.node.stop())
	})
}

// phase lets everybody work until the producers have inserted bankRows each.
func (b *bank) phase(during string) {
	b.ended = make(chan struct{})
	pushes := []*bankPush{
		b.push("total", checkTotal), b.push("balance", checkBalance),
		b.push("outer_join", checkOuterJoin), b.push("witness", checkWitness),
	}
	for i := range bankReaders {
		b.readers.Go(func() { b.read(i) })
	}
	var producers sync.WaitGroup
	for i := range bankProducers {
		producers.Go(func() { b.produce(i) })
	}
	if during != "" {
		b.node.must(b.node.open(), during)
	}
	producers.Wait()
	close(b.ended)
	b.readers.Wait()
	b.node.settle()
	for _, p := range pushes {
		p.end()
	}
	if n := pushes[0].rows; n != 1 {
		b.t.Errorf("the push query on total gave %d rows, not the one that it began with", n)
	}
}

// produce inserts batches of 1, 10 or 100 transfers, with time out of order.
func (b *bank) produce(i int) {
	random := rand.New(rand.NewPCG(b.seed, uint64(100*i+b.next[i])))
	c, err := b.node.connect(nil)
	if err != nil {
		b.t.Error(err)
		return
	}
	for end := b.next[i] + bankRows; b.next[i] < end; {
		n := min([]int{1, 10, 100}[random.IntN(3)], end-b.next[i])
		rows := make([]string, n)
		for k := range rows {
			id := 10 + (b.next[i]+k)*bankProducers + i
			rows[k] = fmt.Sprintf("(%d, %d, %d, 1, TIMESTAMP '2021-01-01 00:00:00' + INTERVAL '%d s')",
				id, random.IntN(10), random.IntN(10), random.IntN(60))
		}
		b.next[i] += n
		if !b.try(c, "INSERT INTO transactions VALUES "+strings.Join(rows, ",")) {
			return
		}
		last := 10 + (b.next[i]-1)*bankProducers + i
		got, err := c.query(fmt.Sprintf("SELECT count(*) FROM outer_join WHERE id = %d", last), nil)
		if err != nil || len(got.result()) != 1 || got.result()[0][0].text != "1" {
			b.t.Errorf("C10: producer %d does not see its row %d: %v", i, last, err)
			return
		}
	}
}

func (b *bank) try(c *client, text string) bool {
	rep, err := c.query(text, nil)
	if err != nil {
		b.t.Errorf("%.80s: %v", text, err)
		return false
	}
	if _, failed := rep.err(); failed != "" {
		b.t.Errorf("%.80s: %s", text, failed)
		return false
	}
	return true
}

// read checks all invariants in one transaction, over and over.
func (b *bank) read(i int) {
	c, err := b.node.connect(nil)
	if err != nil {
		b.t.Error(err)
		return
	}
	before := 0
	for last := false; !last; {
		select {
		case <-b.ended:
			last = true
		default:
		}
		if !b.try(c, "BEGIN READ ONLY") {
			return
		}
		for _, x := range bankInvariants {
			rep, err := c.query(x.query, nil)
			if err != nil {
				b.t.Error(err)
				return
			}
			if _, failed := rep.err(); failed != "" || len(rep.result()) != 1 ||
				(rep.result()[0][0].text != "t" && !rep.result()[0][0].null) {
				b.t.Errorf("reader %d: %s does not hold: %v %s", i, x.name, rep.result(), failed)
				return
			}
		}
		rep, err := c.query("SELECT n FROM witness", nil)
		if err != nil || len(rep.result()) != 1 {
			b.t.Errorf("witness: %v", err)
			return
		}
		n, _ := strconv.Atoi(rep.result()[0][0].text)
		if n < before {
			b.t.Errorf("C9: %d transfers after %d", n, before)
		}
		before = n
		b.try(c, "COMMIT")
	}
}

// bankPush is a push query; check looks at the state after each epoch.
type bankPush struct {
	b      *bank
	name   string
	client *client
	done   chan struct{}
	check  func(row []cell) string
	sum    int64 // of balance
	rows   int
}

func (b *bank) push(name string, check func(*bankPush, []cell) string) *bankPush {
	p := &bankPush{b: b, name: name, client: b.node.open(), done: make(chan struct{})}
	p.check = func(row []cell) string { return check(p, row) }
	must(b.t, p.client.send(&pgproto3.Query{String: "SUBSCRIBE TO " + name + " WITH (progress = true)"}))
	b.node.settle()
	go p.read()
	return p
}

func (p *bankPush) read() {
	defer close(p.done)
	r := &reply{}
	for {
		m, err := p.client.next(statementWait)
		if err != nil {
			return
		}
		if m.typ != 'D' {
			r.add(m)
			if m.typ == 'E' {
				_, text := r.err()
				p.b.t.Errorf("push on %s: %s", p.name, text)
				return
			}
			continue
		}
		row := decodeRow(m.body, nil)
		if wrong := p.check(row); wrong != "" {
			p.b.t.Errorf("push on %s: %s: %v", p.name, wrong, row)
			return
		}
	}
}

func (p *bankPush) end() {
	p.b.node.disconnect(p.client)
	<-p.done
}

func isMark(row []cell) bool { return row[1].text == "snapshot" || row[1].text == "progress" }

func checkTotal(p *bankPush, row []cell) string {
	if isMark(row) {
		return ""
	}
	p.rows++
	if row[1].text != "insert" || row[2].text != "0" {
		return "the total was not 0"
	}
	return ""
}

// checkBalance adds the balances up: at the end of each epoch they give 0.
func checkBalance(p *bankPush, row []cell) string {
	if isMark(row) {
		if p.sum != 0 {
			return fmt.Sprintf("the balances add up to %d", p.sum)
		}
		return ""
	}
	n, err := strconv.ParseInt(row[3].text, 10, 64)
	if err != nil {
		return err.Error()
	}
	if row[1].text == "delete" {
		n = -n
	}
	p.sum += n
	return ""
}

func checkOuterJoin(_ *bankPush, row []cell) string {
	if !isMark(row) && (row[1].text != "insert" || row[3].null || row[2].text != row[3].text) {
		return "a row without its partner was seen"
	}
	return ""
}

func checkWitness(_ *bankPush, row []cell) string {
	if isMark(row) {
		return ""
	}
	badJoin, c, d, total, flat := row[4].text, row[5].text, row[6].text, row[7].text, row[8].text
	if badJoin != "0" || c != d || total != "0" || flat != "0" {
		return "the views do not agree"
	}
	return ""
}
