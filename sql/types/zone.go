package types

import (
	"strconv"
	"strings"
	"time"

	"millrace/sql/pgerr"
)

// LoadZone finds a time zone by its name in any letter case (Europe/Berlin), by
// an abbreviation (EST), or by a POSIX specification (UTC+3, which lies west of
// Greenwich; <XYZ>-2).
func LoadZone(name string) (*time.Location, error) {
	word := strings.ToLower(name)
	if a, ok := abbreviations[word]; ok {
		if a.zone != "" {
			return time.LoadLocation(a.zone)
		}
		if word == "utc" || word == "gmt" || word == "z" || word == "zulu" || word == "ut" || word == "uct" {
			return time.UTC, nil
		}
		return time.FixedZone(strings.ToUpper(name), a.offset), nil
	}
	if loc := namedZone(name); loc != nil {
		return loc, nil
	}
	if loc := posixZone(name); loc != nil {
		return loc, nil
	}
	return nil, pgerr.Newf(pgerr.InvalidParameterValue, "time zone \"%s\" not recognized", name)
}

// namedZone finds a zone of the IANA database; the letter case is repaired.
func namedZone(name string) *time.Location {
	if name == "" || strings.EqualFold(name, "local") {
		return nil
	}
	for _, spelling := range []string{name, strings.ToUpper(name), titleZone(name)} {
		if loc, err := time.LoadLocation(spelling); err == nil {
			return loc
		}
	}
	return nil
}

// zoneCase holds the parts of zone names that are not simply capitalised.
var zoneCase = map[string]string{
	"of": "of", "es": "es", "au": "au", "dumontdurville": "DumontDUrville", "mcmurdo": "McMurdo",
	"port-au-prince": "Port-au-Prince", "port_of_spain": "Port_of_Spain", "isle_of_man": "Isle_of_Man",
	"dar_es_salaam": "Dar_es_Salaam", "gb": "GB", "gb-eire": "GB-Eire", "nz": "NZ", "nz-chat": "NZ-CHAT",
	"est5edt": "EST5EDT", "cst6cdt": "CST6CDT", "mst7mdt": "MST7MDT", "pst8pdt": "PST8PDT", "w-su": "W-SU",
	"gmt": "GMT", "utc": "UTC", "uct": "UCT", "us": "US", "prc": "PRC", "roc": "ROC", "rok": "ROK",
	"act": "ACT", "nsw": "NSW", "lhi": "LHI", "bajanorte": "BajaNorte", "bajasur": "BajaSur",
	"easterisland": "EasterIsland", "comodrivadavia": "ComodRivadavia",
}

// titleZone capitalises the parts of a zone name: america/new_york becomes
// America/New_York.
func titleZone(name string) string {
	parts := strings.Split(strings.ToLower(name), "/")
	for i, p := range parts {
		if c, ok := zoneCase[p]; ok {
			parts[i] = c
			continue
		}
		if strings.HasPrefix(p, "gmt") {
			parts[i] = strings.ToUpper(p)
			continue
		}
		b := []byte(p)
		for j := range b {
			if (j == 0 || b[j-1] == '_' || b[j-1] == '-') && b[j] >= 'a' && b[j] <= 'z' {
				b[j] -= 'a' - 'A'
			}
		}
		parts[i] = string(b)
	}
	return strings.Join(parts, "/")
}

// posixZone reads a POSIX time zone without daylight saving: a name (letters, or
// anything in <>) and the hours west of Greenwich.
func posixZone(s string) *time.Location {
	name, rest := "", ""
	if strings.HasPrefix(s, "<") {
		var ok bool
		if name, rest, ok = strings.Cut(s[1:], ">"); !ok {
			return nil
		}
	} else {
		n := 0
		for n < len(s) && isLetter(s[n]) {
			n++
		}
		name, rest = s[:n], s[n:]
	}
	if rest == "" || name == "" {
		return nil
	}
	offset, ok := parseOffset(rest)
	if !ok || offset >= maxOffset || offset <= -maxOffset {
		return nil
	}
	return time.FixedZone(strings.ToUpper(name), -offset)
}

// parseOffset reads [+-]hh[:mm[:ss]] or hhmm[ss] as seconds. A part out of range
// is an offset beyond all limits.
func parseOffset(s string) (seconds int, ok bool) {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	if hours := len(s) - len(strings.TrimLeft(s, "0123456789")); hours < len(s) && s[hours] != ':' {
		n, err := strconv.Atoi(s[:hours]) // the hours are judged before what is wrong behind them
		return maxOffset, err == nil && n >= maxOffset/3600
	}
	var parts []string
	switch {
	case strings.Contains(s, ":"):
		parts = strings.Split(s, ":")
	case len(s) > 4 && len(s) <= 6:
		parts = []string{s[:len(s)-4], s[len(s)-4 : len(s)-2], s[len(s)-2:]}
	case len(s) > 2 && len(s) <= 4:
		parts = []string{s[:len(s)-2], s[len(s)-2:]}
	default:
		parts = []string{s}
	}
	if len(parts) > 3 {
		return 0, false
	}
	unit := 3600
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return 0, false
		}
		if i > 0 && n > 59 {
			return maxOffset, true
		}
		seconds += n * unit
		unit /= 60
	}
	if negative {
		seconds = -seconds
	}
	return seconds, true
}

// offsetAt returns the seconds east of Greenwich at an instant.
func offsetAt(ts int64, loc *time.Location) int64 {
	if loc == time.UTC {
		return 0
	}
	_, offset := time.Unix(floorDiv64(ts, microsPerSecond)-unixEpochSecs, 0).In(loc).Zone()
	return int64(offset)
}

// ToLocal returns the clock reading (a timestamp) of an instant (a timestamptz).
func ToLocal(ts int64, loc *time.Location) int64 {
	if IsInfinite(ts) {
		return ts
	}
	return ts + offsetAt(ts, loc)*microsPerSecond
}

// FromLocal returns the instant at which the clock reads local. A reading that a
// jump forward skips is taken with the offset before the jump, one that occurs
// twice with the offset after it, as in PostgreSQL.
func FromLocal(local int64, loc *time.Location) int64 {
	if IsInfinite(local) || loc == time.UTC {
		return local
	}
	before := offsetAt(local-microsPerDay, loc)
	after := offsetAt(local+microsPerDay, loc)
	early, late := local-before*microsPerSecond, local-after*microsPerSecond
	switch {
	case before == after:
		return early
	case offsetAt(late, loc) == after:
		return late
	}
	return early
}
