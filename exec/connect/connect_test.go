package connect

import (
	"fmt"
	"strings"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

func render(b *col.Batch) string {
	var out strings.Builder
	for i := range b.N {
		for _, c := range b.Cols {
			out.WriteString(types.DatumText(c.Type, c.Datum(i), nil) + "|")
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func open(t *testing.T, columns types.Schema, with ...string) *Feed {
	t.Helper()
	m := map[string]string{}
	for _, s := range with {
		k, v, _ := strings.Cut(s, "=")
		m[k] = v
	}
	f, err := Open(m, columns)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Row n is the same however the rows are asked for.
func TestRowsAreFunctionsOfTheirNumber(t *testing.T) {
	columns := types.Schema{
		{Name: "a", Type: types.Int8},
		{Name: "b", Type: types.Text},
		{Name: "c", Type: types.Numeric},
		{Name: "d", Type: types.Timestamptz},
		{Name: "e", Type: types.Float8},
		{Name: "f", Type: types.Bool},
	}
	for _, f := range []*Feed{
		open(t, columns, "connector=datagen", "fields.b.null_rate=0.3", "seed=7"),
		open(t, nil, "connector=nexmark"),
		open(t, nil, "connector=nexmark", "table=bid", "seed=3"),
	} {
		whole := render(f.Rows(90, 200, 5))
		parts := ""
		for n := int64(90); n < 290; n += 40 {
			parts += render(f.Rows(n, 40, 5))
		}
		if whole != parts {
			t.Errorf("%s: rows depend on how they are cut", f.Connector)
		}
	}
}

// The tables of one kind hold the events of that kind of the stream of all.
func TestNexmarkTablesAgree(t *testing.T) {
	all := open(t, nil, "connector=nexmark").Rows(0, 5000, 0)
	for kind, table := range []string{"person", "auction", "bid"} {
		var rows []int32
		for i := range all.N {
			if all.Cols[0].Fix[i] == int64(kind) {
				rows = append(rows, int32(i))
			}
		}
		from, to := []int{2, 9, 18}[kind], []int{9, 18, 24}[kind]
		cols := append(append([]*col.Vec(nil), all.Cols[from:to]...), all.Cols[1])
		want := render((&col.Batch{N: all.N, Cols: cols}).Gather(rows))
		got := render(open(t, nil, "connector=nexmark", "table="+table).Rows(0, len(rows), 0))
		if got != want {
			t.Errorf("table %s differs from the events of its kind", table)
		}
	}
}

// The facts of the suite's definition hold.
func TestNexmarkFacts(t *testing.T) {
	const n = 200_000
	b := open(t, nil, "connector=nexmark", "event_rate=1000").Rows(0, n, 0)
	kinds := map[int64]int{}
	hotAuctions, hotBidders, bytes, bids := 0, 0, 0, 0
	for i := range n {
		kinds[b.Cols[0].Fix[i]]++
		if want := b.Cols[1].Fix[0] + int64(i)*1000; b.Cols[1].Fix[i] != want {
			t.Fatalf("event %d is at %d, not %d", i, b.Cols[1].Fix[i], want)
		}
		if b.Cols[0].Fix[i] != eventBid {
			continue
		}
		bids++
		auction, bidder, price := b.Cols[18].Fix[i], b.Cols[19].Fix[i], b.Cols[20].Fix[i]
		if auction > firstAuction+lastAuction(int64(i))+auctionLead || auction < firstAuction {
			t.Fatalf("event %d bids for auction %d", i, auction)
		}
		if price < 100 || price > 100_000_000 {
			t.Fatalf("event %d has price %d", i, price)
		}
		if (auction-firstAuction)%hotEach == 0 {
			hotAuctions++
		}
		if (bidder-firstPerson)%hotEach == 1 {
			hotBidders++
		}
		bytes += 32 + len(b.Cols[21].Bytes(i)) + len(b.Cols[22].Bytes(i)) + len(b.Cols[23].Bytes(i))
	}
	if got := fmt.Sprint(kinds); got != "map[0:4000 1:12000 2:184000]" {
		t.Errorf("kinds of events: %s", got)
	}
	for _, share := range []struct {
		what      string
		got, want float64
	}{
		{"bids for hot auctions", float64(hotAuctions) / float64(bids), 0.505},
		{"bids of hot bidders", float64(hotBidders) / float64(bids), 0.7525},
		{"bytes of a bid / 100", float64(bytes) / float64(bids) / 100, 1.15},
	} {
		if share.got < share.want-0.15 || share.got > share.want+0.15 {
			t.Errorf("%s: %.3f, expected about %.3f", share.what, share.got, share.want)
		}
	}
}

func TestOptionErrors(t *testing.T) {
	id := types.Schema{{Name: "id", Type: types.Int4}}
	for _, x := range []struct {
		columns types.Schema
		with    string
		want    string
	}{
		{id, "connector=kafka", `connector "kafka" does not exist`},
		{id, "connector=datagen rate=x", `invalid value for parameter "rate": "x"`},
		{id, "connector=datagen fields.id.kind=now", `column "id" of type integer cannot be generated as "now"`},
		{id, "connector=datagen fields.nix.kind=now", `unrecognized parameter "fields.nix.kind"`},
		{id, "connector=datagen fields.id.min=5 fields.id.max=4", `invalid value for parameter "fields.id.max": ""`},
		{id, "connector=datagen fields.id.values=1,b", `invalid value for parameter "fields.id.values": "b"`},
		{nil, "connector=datagen", `a stream with connector "datagen" needs columns`},
		{id, "connector=nexmark", `connector "nexmark" has no column "id" of type integer`},
		{nil, "connector=nexmark table=x", `invalid value for parameter "table": "x"`},
	} {
		m := map[string]string{}
		for _, s := range strings.Fields(x.with) {
			k, v, _ := strings.Cut(s, "=")
			m[k] = v
		}
		if _, err := Open(m, x.columns); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: error %v, expected %s", x.with, err, x.want)
		}
	}
}

func BenchmarkNexmark(b *testing.B) {
	f, err := Open(map[string]string{"connector": "nexmark"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	const rows = 8192
	b.ReportAllocs()
	for i := range b.N {
		f.Rows(int64(i)*rows, rows, 0)
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "events/s")
}
