package connect

import (
	"math"
	"slices"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// The proportions of the Nexmark generator: of each 50 events the first is a person,
// the next three are auctions and the others bids.
const (
	nexmarkPersons  = 1
	nexmarkAuctions = 3
	nexmarkTotal    = 50
	nexmarkBids     = nexmarkTotal - nexmarkPersons - nexmarkAuctions
)

// Kinds of events, as in column event_type.
const (
	eventPerson  = 0
	eventAuction = 1
	eventBid     = 2
)

// nexmark makes the events of the Nexmark benchmark: people who open auctions, and
// bids. Event n is a function of n and the seed. The definition is that of the
// public Nexmark suite (see docs/benchmarks.md), with its ids, ratios, hot keys and
// sizes; bidders get the first person id added once.
type nexmark struct {
	seed int64
	// base is the time of event 0 and delay the time between two, in nanoseconds.
	base, delay int64
	// only is the kind of event of the rows, -1 for all in one stream.
	only int
	// extra is whether the padding columns are filled.
	extra bool
	// take are the columns of layout() that the stream has, in its order.
	take []int
	text *nexmarkText
}

func openNexmark(o *options, declared types.Schema) (Generator, types.Schema, error) {
	g := &nexmark{seed: o.integer("seed", 0, math.MinInt64)}
	table := o.choice("table", "all", "all", "person", "auction", "bid")
	g.only = slices.Index([]string{"person", "auction", "bid"}, table)
	g.extra = o.choice("extra", "true", "true", "false") == "true"
	g.delay = int64(1e9 / o.number("event_rate", "10000", 1e-3, 1e9))
	start := o.text("start", "2015-07-15 00:00:00")
	d, err := types.ParseText(types.Timestamp, start, nil)
	if err != nil {
		o.fail("start", start, "The value is a timestamp.")
	}
	g.base = d.I
	g.text = newNexmarkText(g.seed)
	columns := g.layout()
	if len(declared) == 0 {
		g.take = make([]int, len(columns))
		for i := range g.take {
			g.take[i] = i
		}
		return g, columns, o.err
	}
	for _, c := range declared {
		i := columns.Index(c.Name)
		if i < 0 || columns[i].Type.Kind != c.Type.Kind {
			return nil, nil, pgerr.Newf(pgerr.InvalidTableDefinition,
				"connector \"nexmark\" has no column \"%s\" of type %s", c.Name, c.Type).
				WithHint("Leave the list of columns away to get all of them.")
		}
		g.take = append(g.take, i)
	}
	return g, declared, o.err
}

// layout is the columns of the chosen rows.
func (g *nexmark) layout() types.Schema {
	if g.only >= 0 {
		return append(kindColumns[g.only](""), timeColumn)
	}
	out := types.Schema{{Name: "event_type", Type: types.Int2, NotNull: true}, timeColumn}
	out = append(out, personColumns("p_")...)
	out = append(out, auctionColumns("a_")...)
	return append(out, bidColumns("b_")...)
}

// kindColumns are the columns of each kind of event.
var kindColumns = [...]func(prefix string) types.Schema{personColumns, auctionColumns, bidColumns}

var timeColumn = types.Column{Name: "date_time", Type: types.Timestamp, NotNull: true}

func columnsOf(prefix string, list ...any) types.Schema {
	var out types.Schema
	for i := 0; i < len(list); i += 2 {
		out = append(out, types.Column{
			Name: prefix + list[i].(string), Type: list[i+1].(types.Type), NotNull: prefix == "",
		})
	}
	return out
}

func personColumns(prefix string) types.Schema {
	return columnsOf(prefix, "id", types.Int8, "name", types.Text, "email_address", types.Text,
		"credit_card", types.Text, "city", types.Text, "state", types.Text, "extra", types.Text)
}

func auctionColumns(prefix string) types.Schema {
	return columnsOf(prefix, "id", types.Int8, "item_name", types.Text, "description", types.Text,
		"initial_bid", types.Int8, "reserve", types.Int8, "expires", types.Timestamp, "seller", types.Int8,
		"category", types.Int8, "extra", types.Text)
}

func bidColumns(prefix string) types.Schema {
	return columnsOf(prefix, "auction", types.Int8, "bidder", types.Int8, "price", types.Int8,
		"channel", types.Text, "url", types.Text, "extra", types.Text)
}

// event is the number of the event that row n shows.
func (g *nexmark) event(n int64) int64 {
	switch g.only {
	case eventPerson:
		return n * nexmarkTotal
	case eventAuction:
		return n/nexmarkAuctions*nexmarkTotal + nexmarkPersons + n%nexmarkAuctions
	case eventBid:
		return n/nexmarkBids*nexmarkTotal + nexmarkPersons + nexmarkAuctions + n%nexmarkBids
	}
	return n
}

func eventKind(n int64) int {
	switch at := n % nexmarkTotal; {
	case at < nexmarkPersons:
		return eventPerson
	case at < nexmarkPersons+nexmarkAuctions:
		return eventAuction
	}
	return eventBid
}

// millis is the time of event n: microseconds since 2000-01-01, cut to milliseconds
// as the suite's timestamps are.
func (g *nexmark) millis(n int64) int64 {
	micros := n/1000*g.delay + n%1000*g.delay/1000
	return g.base + micros - micros%1000
}

// Rows implements Generator.
func (g *nexmark) Rows(first int64, count int, _ int64) *col.Batch {
	events := make([]int64, count)
	for i := range events {
		events[i] = g.event(first + int64(i))
	}
	var all []*col.Vec
	if g.only >= 0 {
		all = append(g.ofKind(g.only, events), g.times(events))
	} else {
		all = g.combined(events)
	}
	out := &col.Batch{N: count, Cols: make([]*col.Vec, len(g.take))}
	for i, c := range g.take {
		out.Cols[i] = all[c]
	}
	return out
}

func (g *nexmark) times(events []int64) *col.Vec {
	out := make([]int64, len(events))
	for i, n := range events {
		out[i] = g.millis(n)
	}
	return col.NewFixed(types.Timestamp, out)
}

// ofKind makes the columns of events that are all of one kind.
func (g *nexmark) ofKind(kind int, events []int64) []*col.Vec {
	layout := kindColumns[kind]("")
	b := make([]*col.Builder, len(layout))
	for i, c := range layout {
		b[i] = col.NewBuilder(c.Type, len(events))
	}
	for _, n := range events {
		r := rowRandom(g.seed, n)
		switch kind {
		case eventPerson:
			g.person(b, n, &r)
		case eventAuction:
			g.auction(b, n, g.millis(n), &r)
		case eventBid:
			g.bid(b, n, &r)
		}
	}
	out := make([]*col.Vec, len(b))
	for i := range b {
		out[i] = b[i].Vec()
	}
	return out
}

// combined makes the columns of all kinds; in each row those of two kinds are NULL.
func (g *nexmark) combined(events []int64) []*col.Vec {
	kinds := make([]int64, len(events))
	var places [3][]int32
	var numbers [3][]int64
	for i, n := range events {
		k := eventKind(n)
		kinds[i] = int64(k)
		places[k] = append(places[k], int32(i))
		numbers[k] = append(numbers[k], n)
	}
	out := []*col.Vec{col.NewFixed(types.Int2, kinds), g.times(events)}
	for k := range places {
		for _, v := range g.ofKind(k, numbers[k]) {
			out = append(out, spread(v, places[k], len(events)))
		}
	}
	return out
}

// spread puts the values of v into the given rows, in ascending order, of a column of
// count rows; the others are NULL.
func spread(v *col.Vec, rows []int32, count int) *col.Vec {
	out := &col.Vec{Type: v.Type, N: count, Nulls: col.NewBitmap(count)}
	for i := range out.Nulls {
		out.Nulls[i] = ^uint64(0)
	}
	if rest := count % 64; rest > 0 {
		out.Nulls[len(out.Nulls)-1] = 1<<rest - 1
	}
	for _, r := range rows {
		out.Nulls[r/64] &^= 1 << (r % 64)
	}
	if v.Type.IsFixed() {
		out.Fix = make([]int64, count)
		for i, r := range rows {
			out.Fix[r] = v.Fix[i]
		}
		return out
	}
	out.Buf, out.Off = v.Buf, make([]uint32, count+1)
	at := 0
	for i, r := range rows {
		for ; at <= int(r); at++ {
			out.Off[at] = v.Off[i]
		}
	}
	for ; at <= count; at++ {
		out.Off[at] = uint32(len(v.Buf))
	}
	return out
}
