package connect

import (
	"math/bits"
	"strconv"
)

// nexmarkText is what the strings of events are cut from.
type nexmarkText struct {
	pad           []byte
	hot, channels []channel
}

// channel is a channel of bids with the page it sends bidders to.
type channel struct{ name, url string }

const (
	padBytes     = 1 << 20
	coldChannels = 10_000
)

var (
	firstNames = []string{"Ada", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Klara"}
	lastNames  = []string{"Adler", "Becker", "Conti", "Dupont", "Evans", "Fischer", "Garcia", "Hansen", "Ivanov"}
	cities     = []string{
		"Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne",
	}
	states      = []string{"AZ", "CA", "ID", "OR", "WA", "WY"}
	hotChannels = []string{"Google", "Facebook", "Baidu", "Apple"}
)

func pick(list []string, r *random) string { return list[r.below(int64(len(list)))] }

func newNexmarkText(seed int64) *nexmarkText {
	r := rowRandom(seed, -1)
	t := &nexmarkText{pad: make([]byte, padBytes)}
	for i := range t.pad {
		t.pad[i] = byte('a' + r.below(26))
	}
	for _, name := range hotChannels {
		t.hot = append(t.hot, channel{name, pageURL(&r)})
	}
	for i := range uint32(coldChannels) {
		c := channel{"channel-" + strconv.Itoa(int(i)), pageURL(&r)}
		if r.below(10) > 0 {
			id := int64(int32(bits.Reverse32(i)))
			c.url += "&channel_id=" + itoa(max(id, -id))
		}
		t.channels = append(t.channels, c)
	}
	return t
}

func pageURL(r *random) string {
	url := []byte("https://www.nexmark.com/")
	for range 3 {
		url = append(appendPath(url, r), '/')
	}
	return string(append(url, "item.htm?query=1"...))
}

// appendPath appends 3 to 5 letters.
func appendPath(buf []byte, r *random) []byte {
	for range 3 + r.below(3) {
		buf = append(buf, byte('a'+r.below(26)))
	}
	return buf
}

// appendWord appends 3 to length-1 letters, one in 13 of them a blank; 3 when length
// is no more.
func appendWord(buf []byte, length int64, r *random) []byte {
	var have uint64
	var left int
	for range 3 + r.below(max(length-3, 1)) {
		if left == 0 {
			have, left = r.next(), 5
		}
		// 12 bits a letter: 1/13 of 4096 are blanks.
		x := have & 0xfff
		have, left = have>>12, left-1
		if x < 315 {
			buf = append(buf, ' ')
			continue
		}
		buf = append(buf, byte('a'+x%26))
	}
	return buf
}

// appendCard appends four groups of four digits.
func appendCard(buf []byte, r *random) []byte {
	x := r.next()
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			buf = append(buf, ' ')
		}
		buf = append(buf, byte('0'+x&0xf%10))
		x >>= 4
	}
	return buf
}
