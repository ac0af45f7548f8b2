package connect

import (
	"math"

	"millrace/sql/col"
)

// Numbers of the suite's generator.
const (
	firstPerson, firstAuction, firstCategory = 1000, 1000, 10
	categories                               = 5
	// activePersons may act at a time; personLead and auctionLead are how far ids run
	// ahead of what has appeared.
	activePersons, personLead   = 1000, 10
	auctionsInFlight            = 100
	auctionLead                 = 10
	hotSellerRatio, hotBidRatio = 4, 4
	hotAuctionRatio             = 2
	hotEach                     = 100 // one id in so many is hot
	hotChannelRatio             = 2
	personBytes, auctionBytes   = 200, 500
	bidBytes                    = 100
)

// lastPerson is the number of the newest person at event n, lastAuction that of the
// newest auction.
func lastPerson(n int64) int64 { return n / nexmarkTotal * nexmarkPersons }

func lastAuction(n int64) int64 {
	round, at := n/nexmarkTotal, n%nexmarkTotal
	switch {
	case at < nexmarkPersons:
		round, at = round-1, nexmarkAuctions-1
	case at >= nexmarkPersons+nexmarkAuctions:
		at = nexmarkAuctions - 1
	default:
		at -= nexmarkPersons
	}
	return round*nexmarkAuctions + at
}

// somePerson is a person who may act at event n, or will appear soon.
func somePerson(n int64, r *random) int64 {
	count := lastPerson(n) + 1
	active := min(count, activePersons)
	return count - active + r.below(active+personLead)
}

// price is log-uniform between 1 and 1,000,000 units, in hundredths.
func price(r *random) int64 { return int64(math.Round(math.Pow(10, r.unit()*6) * 100)) }

func (g *nexmark) person(b []*col.Builder, n int64, r *random) {
	t := g.text
	b[0].Int(firstPerson + lastPerson(n))
	size := 8 + 8
	b[1].Grow(func(buf []byte) []byte {
		at := len(buf)
		buf = append(buf, pick(firstNames, r)...)
		buf = append(buf, ' ')
		buf = append(buf, pick(lastNames, r)...)
		size += len(buf) - at
		return buf
	})
	b[2].Grow(func(buf []byte) []byte {
		at := len(buf)
		buf = append(appendWord(buf, 7, r), '@')
		buf = append(appendWord(buf, 5, r), ".com"...)
		size += len(buf) - at
		return buf
	})
	b[3].Grow(func(buf []byte) []byte { return appendCard(buf, r) })
	city, state := pick(cities, r), pick(states, r)
	b[4].Str(city)
	b[5].Str(state)
	size += 19 + len(city) + len(state)
	b[6].Raw(g.padding(t, size, personBytes, r))
}

func (g *nexmark) auction(b []*col.Builder, n, now int64, r *random) {
	b[0].Int(firstAuction + lastAuction(n))
	size := 8 * 7
	word := func(c int, length int64) {
		b[c].Grow(func(buf []byte) []byte {
			at := len(buf)
			buf = appendWord(buf, length, r)
			size += len(buf) - at
			return buf
		})
	}
	word(1, 20)
	word(2, 100)
	initial := price(r)
	b[3].Int(initial)
	b[4].Int(initial + price(r))
	b[5].Int(now + g.lifetime(n, now, r))
	seller := lastPerson(n) / hotEach * hotEach
	if r.below(hotSellerRatio) == 0 {
		seller = somePerson(n, r)
	}
	b[6].Int(firstPerson + seller)
	b[7].Int(firstCategory + r.below(categories))
	b[8].Raw(g.padding(g.text, size, auctionBytes, r))
}

// lifetime is how long an auction of event n is open, in microseconds: on average
// as long as it takes to open all auctions that are open at a time.
func (g *nexmark) lifetime(n, now int64, r *random) int64 {
	horizon := (g.millis(n+auctionsInFlight*nexmarkTotal/nexmarkAuctions) - now) / 1000
	return (1 + r.below(max(2*horizon, 1))) * 1000
}

func (g *nexmark) bid(b []*col.Builder, n int64, r *random) {
	last := lastAuction(n)
	auction := max(last, 0) / hotEach * hotEach
	if r.below(hotAuctionRatio) == 0 {
		low := max(last-auctionsInFlight, 0)
		auction = low + r.below(last-low+1+auctionLead)
	}
	bidder := lastPerson(n)/hotEach*hotEach + 1
	if r.below(hotBidRatio) == 0 {
		bidder = somePerson(n, r)
	}
	b[0].Int(firstAuction + auction)
	b[1].Int(firstPerson + bidder)
	b[2].Int(price(r))
	var c channel
	if r.below(hotChannelRatio) > 0 {
		c = g.text.hot[r.below(int64(len(g.text.hot)))]
	} else {
		c = g.text.channels[r.below(int64(len(g.text.channels)))]
	}
	b[3].Str(c.name)
	b[4].Str(c.url)
	b[5].Raw(g.padding(g.text, 8*4+len(c.name)+len(c.url), bidBytes, r))
}

// padding brings a row that has size bytes to about the wanted average.
func (g *nexmark) padding(t *nexmarkText, size, want int, r *random) []byte {
	if !g.extra || size >= want {
		return nil
	}
	mean := int64(want - size)
	spread := mean / 5
	length := mean - spread + r.below(2*spread+1)
	from := r.below(int64(len(t.pad)) - length)
	return t.pad[from : from+length]
}
