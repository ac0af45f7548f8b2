package types

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var randomQuestions = flag.Int("random", 0, "with -oracle: so many random questions of each kind are asked as well")

// TestPostgresRandom asks PostgreSQL random questions and compares.
func TestPostgresRandom(t *testing.T) {
	if *oracle == "" || *randomQuestions == 0 {
		t.Skip("needs -oracle and -random")
	}
	r := newRand(t)
	for name, kind := range map[string]struct {
		question
		ask func(*rand.Rand) string
	}{
		"text":     {question{2, textSQL, answerText}, askText},
		"cast":     {question{3, castSQL, answerCast}, askCast},
		"decimal":  {question{3, decimalSQL, answerDecimal}, askDecimal},
		"datetime": {question{4, datetimeSQL, answerDatetime}, askDatetime},
		"order":    {question{3, orderSQL, answerOrder}, askOrder},
		"binary":   {question{2, binarySQL, answerBinary}, askBinary},
	} {
		t.Run(name, func(t *testing.T) {
			lines := []string{"set timezone Europe/Berlin"}
			for range *randomQuestions {
				lines = append(lines, strings.NewReplacer("\n", "n", "\x00", "").Replace(strings.ToValidUTF8(kind.ask(r), "")))
			}
			path := filepath.Join(t.TempDir(), "random.txt")
			if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			askPostgres(t, path, kind.question)
			checkAnswers(t, path, kind.question)
		})
	}
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// modNames are types with a modifier, as the questions write them.
var modNames = []string{
	"numeric(6,2)", "numeric(3,-2)", "varchar(3)", "char(4)", "timestamp(2)", "timestamptz(0)", "time(1)",
	"interval(2)", "varchar(2)[]", "numeric(5,1)[]", "interval day to minute", "interval year",
}

// sqlName names a type without modifier; "character" would mean character(1).
func sqlName(t Type) string {
	if t.Kind == KindBpchar {
		return "bpchar"
	}
	return t.String()
}

// mangle changes a text a little, so that some are refused.
func mangle(r *rand.Rand, s string) string {
	if r.IntN(3) > 0 || s == "" {
		return s
	}
	at := r.IntN(len(s))
	switch r.IntN(3) {
	case 0:
		return s[:at] + s[at+1:]
	case 1:
		return s[:at] + pick(r, []string{" ", "-", ":", ".", "1", "e", "{", "\"", ",", "a"}) + s[at:]
	}
	return s[:at]
}

// dateText writes a date and time in one of many styles.
func dateText(r *rand.Rand) string {
	y, mo, d := 1+r.IntN(3000), 1+r.IntN(12), 1+r.IntN(31)
	name := pick(r, []string{monthNames[mo-1], longMonths[mo-1]})
	date := pick(r, []string{
		fmt.Sprintf("%04d-%02d-%02d", y, mo, d), fmt.Sprintf("%d/%d/%d", mo, d, y), fmt.Sprintf("%s %d, %d", name, d, y),
		fmt.Sprintf("%d %s %d", d, name, y), fmt.Sprintf("%04d%02d%02d", y, mo, d), fmt.Sprintf("%d-%s-%d", d, name, y),
		fmt.Sprintf("%04d.%03d", y, 1+r.IntN(366)), fmt.Sprintf("J%d", 2000000+r.IntN(900000)),
		fmt.Sprintf("%02d-%02d-%02d", r.IntN(32), r.IntN(32), r.IntN(100)), fmt.Sprintf("%s-%02d-%d", name, d, y),
	})
	h, mi, s := r.IntN(25), r.IntN(61), r.IntN(61)
	clock := pick(r, []string{
		"", fmt.Sprintf(" %02d:%02d", h, mi), fmt.Sprintf(" %d:%02d:%02d.%d", h, mi, s, r.IntN(1e7)),
		fmt.Sprintf(" %02d%02d%02d", h, mi, s), fmt.Sprintf("T%02d:%02d:%02d", h, mi, s),
		fmt.Sprintf(" %d:%02d %s", h, mi, pick(r, []string{"am", "PM"})),
	})
	zone := pick(r, []string{"", "", "Z", "+02", "-05:30", " EST", " America/New_York", "+0330", " UTC", " CEST", "-11:22:33"})
	era := pick(r, []string{"", "", "", " BC", " AD"})
	return date + clock + zone + era
}

func intervalText(r *rand.Rand) string {
	units := []string{"years", "mons", "days", "hours", "minutes", "secs", "weeks", "ms", "us", "decades", "centuries", "h", "m", "d"}
	var parts []string
	for range 1 + r.IntN(3) {
		n := pick(r, []string{fmt.Sprint(r.IntN(500) - 250), fmt.Sprintf("%.3f", r.NormFloat64()*20), fmt.Sprintf("+%d", r.IntN(9))})
		parts = append(parts, n+pick(r, []string{" ", ""})+pick(r, units))
	}
	if r.IntN(3) == 0 {
		parts = append(parts, fmt.Sprintf("%s%d:%02d:%02d.%d", pick(r, []string{"", "-"}), r.IntN(30), r.IntN(60), r.IntN(60), r.IntN(1000)))
	}
	if r.IntN(6) == 0 {
		parts = append(parts, "ago")
	}
	return strings.Join(parts, " ")
}

func askText(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return pick(r, []string{"timestamp", "timestamptz", "date", "time"}) + "\t" + mangle(r, dateText(r))
	case 1:
		return pick(r, []string{"interval", "interval(1)", "interval hour", "interval day to second"}) + "\t" + mangle(r, intervalText(r))
	case 2:
		name := pick(r, modNames)
		ty, _ := typeOf(name)
		return name + "\t" + mangle(r, randomText(r, ty))
	}
	ty := pick(r, propertyTypes)
	return sqlName(ty) + "\t" + mangle(r, randomText(r, ty))
}

func askCast(r *rand.Rand) string {
	from, to := pick(r, castTypes[:20]), sqlName(pick(r, castTypes[:20]))
	if r.IntN(4) == 0 {
		to = pick(r, modNames)
	}
	text := randomText(r, from)
	if from.Kind == KindFloat8 || from.Kind == KindNumeric || from.IsString() {
		text = fmt.Sprintf("%.*f", r.IntN(4), r.NormFloat64()*50)
	}
	return sqlName(from) + "\t" + text + "\t" + to
}

func askDecimal(r *rand.Rand) string {
	op := pick(r, []string{"add", "sub", "mul", "div", "mod", "divtrunc", "sqrt", "exp", "ln", "log", "pow", "round", "trunc"})
	a, b := randomDecimal(r), randomDecimal(r)
	switch op {
	case "exp", "pow", "log", "ln", "sqrt":
		a = fmt.Sprintf("%.*f", r.IntN(12), r.ExpFloat64()*[]float64{0.001, 1, 10, 500}[r.IntN(4)])
		b = fmt.Sprintf("%.*f", r.IntN(5), r.NormFloat64()*[]float64{0.1, 3, 40}[r.IntN(3)])
	case "round", "trunc":
		b = fmt.Sprint(r.IntN(12) - 4)
	}
	return op + "\t" + a + "\t" + b
}

func askDatetime(r *rand.Rand) string {
	stamp := func() string {
		return fmt.Sprintf("%04d-%02d-%02d %02d:%02d:%02d.%d", 1+r.IntN(2400), 1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e6))
	}
	ty := pick(r, []string{"timestamp", "timestamptz"})
	fields := []string{"microseconds", "milliseconds", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "millennium"}
	zones := []string{"America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London", "Asia/Tehran", "America/Sao_Paulo", "Pacific/Apia"}
	join := func(s ...string) string { return strings.Join(s, "\t") }
	switch r.IntN(8) {
	case 0:
		return join("trunc", pick(r, fields), stamp(), ty)
	case 1:
		return join("extract", pick(r, append(fields, "dow", "doy", "isodow", "isoyear", "epoch", "julian")), stamp(), ty)
	case 2:
		return join(pick(r, []string{"age", "minus"}), stamp(), stamp(), ty)
	case 3:
		return join(pick(r, []string{"plus", "subtract"}), stamp(), intervalText(r), ty)
	case 4:
		return join("zone", stamp(), pick(r, zones), ty)
	case 5:
		return join(pick(r, []string{"mul", "div"}), intervalText(r), fmt.Sprintf("%.3f", r.NormFloat64()*7), "")
	case 6:
		return join(pick(r, []string{"justify_hours", "justify_days", "justify_interval"}), intervalText(r), "", "")
	}
	return join("extract", pick(r, append(fields, "epoch")), intervalText(r), "interval")
}

func askOrder(r *rand.Rand) string {
	ty := pick(r, propertyTypes)
	for ty.Kind == KindJSON {
		ty = pick(r, propertyTypes)
	}
	return sqlName(ty) + "\t" + randomText(r, ty) + "\t" + randomText(r, ty)
}

func askBinary(r *rand.Rand) string {
	ty := pick(r, propertyTypes)
	return sqlName(ty) + "\t" + randomText(r, ty)
}
