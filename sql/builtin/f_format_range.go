package builtin

import (
	"strings"

	"millrace/sql/col"
	"millrace/sql/types"
)

// shownTime remembers the text of the last time that to_char formatted, and the range
// of times with the same text: those of a stream are mostly of one day, or minute.
type shownTime struct {
	from, to int64 // the text is that of from..to-1
	text     []byte
}

// timeGrain is the length of time, in microseconds, within which a format always gives
// the same text: a day, hour, minute or second, or 1.
func timeGrain(nodes []formatNode) int64 {
	grain := microsPerDay
	for _, n := range nodes {
		switch strings.ToUpper(n.key) {
		case "", "YYYY", "YYY", "YY", "Y", "Y,YYY", "IYYY", "IYY", "IY", "I", "CC", "MONTH", "MON", "MM", "RM",
			"DAY", "DY", "DDD", "IDDD", "DD", "D", "ID", "WW", "W", "IW", "Q", "J", "BC", "AD", "B.C.", "A.D.":
		case "HH", "HH12", "HH24", "AM", "PM", "A.M.", "P.M.":
			grain = min(grain, 3600*microsPerSecond)
		case "MI":
			grain = min(grain, 60*microsPerSecond)
		case "SS", "SSSS", "SSSSS":
			grain = min(grain, microsPerSecond)
		default:
			return 1
		}
	}
	return grain
}

// timestampText is to_char(timestamp, text).
func timestampText(c *Call) *col.Vec {
	return eachRow(c, func(i int, out *col.Builder) error {
		ts := c.Args[0].Fix[i]
		format := c.Args[1].Bytes(i)
		p, ok := (*c.Memo).(*parsedFormat)
		if ok && ts >= p.last.from && ts < p.last.to && p.format == string(format) {
			out.Raw(p.last.text)
			return nil
		}
		if types.IsInfinite(ts) || len(format) == 0 {
			out.Null()
			return nil
		}
		nodes := nodesOf(c, 1, i, timeWords)
		text, err := appendTime(nil, nodes, fieldsOf(ts, nil))
		if err != nil {
			return err
		}
		p = (*c.Memo).(*parsedFormat)
		if p.grain == 0 {
			p.grain = timeGrain(nodes)
		}
		from := ts - ((ts%p.grain)+p.grain)%p.grain
		p.last = shownTime{from: from, to: from + p.grain, text: text}
		out.Raw(text)
		return nil
	})
}
