package builtin

import (
	"strings"

	"millrace/sql/col"
	"millrace/sql/types"
)

var formatFuncs = concat(timeFormats(), numberFormats(), []Func{
	{
		Name: "to_date", Args: list(types.Text, types.Text), Returns: types.Date, Volatility: Stable, Doc: "Date from text in a format.",
		Example: "to_date('05 Dec 2000', 'DD Mon YYYY') = date '2000-12-05'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := parseFormatted(c, i)
			if err != nil {
				return err
			}
			days, err := x.date()
			return putWord(out, days, err)
		}),
	},
	{
		Name: "to_timestamp", Args: list(types.Text, types.Text), Returns: types.Timestamptz, Volatility: Stable, Doc: "Point in time from text in a format.",
		Example: "to_timestamp('05 Dec 2000 13:05', 'DD Mon YYYY HH24:MI') = timestamptz '2000-12-05 13:05'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := parseFormatted(c, i)
			if err != nil {
				return err
			}
			ts, err := x.timestamp(c.Env.Location())
			return putWord(out, ts, err)
		}),
	},
	{
		Name: "to_number", Args: list(types.Text, types.Text), Returns: types.Numeric, Volatility: Stable, Doc: "Number from text in a format.",
		Example: "to_number('12,454.8-', '99G999D9S') = -12454.8", Kernel: rowsKernel(toNumber),
	},
	{
		Name: "timestamptostring", Args: list(types.Int8, types.Text), Returns: types.Text, Doc: "ksqlDB: milliseconds since 1970 as text in a Java format, in UTC.",
		Example: "timestamptostring(1000, 'yyyy-MM-dd HH:mm:ss') = '1970-01-01 00:00:01'", Kernel: rowsKernel(javaTimestamp),
	},
	{
		Name: "stringtotimestamp", Args: list(types.Text, types.Text), Returns: types.Int8, Doc: "ksqlDB: milliseconds since 1970 from text in a Java format, in UTC.",
		Example: "stringtotimestamp('1970-01-01 00:00:01', 'yyyy-MM-dd HH:mm:ss') = 1000", Kernel: rowsKernel(javaParse),
	},
})

// formatNode is a piece of a format: a key word with its modifiers, or text.
type formatNode struct {
	key     string // in the spelling of the table; "" for text
	text    string
	fill    bool // FM: no padding
	ordinal string
}

// parseFormat cuts a format at its key words; words are tried longest first.
func parseFormat(format string, words []string, suffixes bool) []formatNode {
	var out []formatNode
	fill := false
	for format != "" {
		if suffixes && (strings.HasPrefix(format, "FM") || strings.HasPrefix(format, "fm")) {
			fill, format = true, format[2:]
			continue
		}
		if suffixes && (strings.HasPrefix(format, "FX") || strings.HasPrefix(format, "TM")) {
			format = format[2:]
			continue
		}
		if word := longestPrefix(format, words); word != "" {
			n := formatNode{key: word, fill: fill}
			format = format[len(word):]
			if suffixes && len(format) >= 2 && strings.EqualFold(format[:2], "th") {
				n.ordinal, format = format[:2], format[2:]
			}
			out, fill = append(out, n), false
			continue
		}
		var text string
		text, format = formatText(format)
		out, fill = append(out, formatNode{text: text}), false
	}
	return out
}

func longestPrefix(s string, words []string) string {
	best := ""
	for _, w := range words {
		if len(w) > len(best) && strings.HasPrefix(s, w) {
			best = w
		}
	}
	return best
}

// formatText takes quoted text, an escaped quote, or one character.
func formatText(s string) (text, rest string) {
	switch {
	case s[0] == '"':
		var b strings.Builder
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '"':
				return b.String(), s[i+1:]
			case s[i] == '\\' && i+1 < len(s):
				i++
			}
			b.WriteByte(s[i])
		}
		return b.String(), ""
	case strings.HasPrefix(s, `\"`):
		return `"`, s[2:]
	}
	n := charOffset([]byte(s), 1)
	return s[:n], s[n:]
}

// parsedFormat is what a call site keeps of the last format it saw.
type parsedFormat struct {
	format string
	nodes  []formatNode
	// grain is timeGrain of the format, 0 before it is needed.
	grain int64
	last  shownTime
}

func nodesOf(c *Call, k, i int, words []string) []formatNode {
	format := c.Args[k].Bytes(i)
	if p, ok := (*c.Memo).(*parsedFormat); ok && p.format == string(format) {
		return p.nodes
	}
	p := &parsedFormat{format: string(format), nodes: parseFormat(string(format), words, true)}
	*c.Memo = p
	return p.nodes
}

// javaWords maps the letters of Java's DateTimeFormatter to PostgreSQL's key words.
var javaWords = []struct{ java, postgres string }{
	{"yyyy", "YYYY"},
	{"uuuu", "YYYY"},
	{"yy", "YY"},
	{"MMMM", "FMMonth"},
	{"MMM", "Mon"},
	{"MM", "MM"},
	{"M", "FMMM"},
	{"dd", "DD"},
	{"d", "FMDD"},
	{"HH", "HH24"},
	{"H", "FMHH24"},
	{"hh", "HH12"},
	{"h", "FMHH12"},
	{"mm", "MI"},
	{"m", "FMMI"},
	{"ss", "SS"},
	{"s", "FMSS"},
	{"SSSSSS", "US"},
	{"SSS", "MS"},
	{"a", "AM"},
	{"EEEE", "FMDay"},
	{"EEE", "Dy"},
	{"DDD", "DDD"},
	{"XXX", "TZH:TZM"},
}

// fromJava rewrites a Java format.
func fromJava(format string) string {
	var out strings.Builder
	for format != "" {
		if format[0] == '\'' {
			end := strings.IndexByte(format[1:], '\'')
			if end < 0 {
				end = len(format) - 1
			}
			out.WriteString(`"` + format[1:1+end] + `"`)
			format = format[min(len(format), end+2):]
			continue
		}
		best := -1
		for k, w := range javaWords {
			if strings.HasPrefix(format, w.java) && (best < 0 || len(w.java) > len(javaWords[best].java)) {
				best = k
			}
		}
		if best >= 0 {
			out.WriteString(javaWords[best].postgres)
			format = format[len(javaWords[best].java):]
			continue
		}
		out.WriteString(`"` + format[:1] + `"`)
		format = format[1:]
	}
	return out.String()
}

func javaTimestamp(c *Call, i int, out *col.Builder) error {
	nodes := parseFormat(fromJava(c.Args[1].Str(i)), timeWords, true)
	f := fieldsOf(c.Args[0].Fix[i]*1000+unixEpoch*microsPerSecond, nil)
	return grow(out, func(dst []byte) ([]byte, error) { return appendTime(dst, nodes, f) })
}

func javaParse(c *Call, i int, out *col.Builder) error {
	nodes := parseFormat(fromJava(c.Args[1].Str(i)), timeWords, true)
	x, err := parseTime(c.Args[0].Str(i), nodes)
	if err != nil {
		return err
	}
	ts, err := x.timestamp(nil)
	return putWord(out, unixMillis(ts), err)
}
