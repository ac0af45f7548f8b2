package catalog

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func badValue(name, value string) *pgerr.Error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter \"%s\": \"%s\"", name, value)
}

// checkEncoding accepts UTF-8 under the names that drivers use (asyncpg sends its
// value in quotes) and SQL_ASCII, which asks for no conversion.
func checkEncoding(value string) (string, error) {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(value))
	switch name {
	case "utf8", "unicode":
		return "UTF8", nil
	case "sqlascii":
		return "SQL_ASCII", nil
	case "latin1", "iso88591", "win1252", "windows1252", "latin9", "eucjp", "sjis", "gbk", "big5", "win1251", "koi8r":
		return "", pgerr.Newf(pgerr.FeatureNotSupported,
			"conversion between %s and UTF8 is not supported", strings.ToUpper(value)).
			WithHint("Set the client's encoding to UTF8.")
	}
	return "", badValue("client_encoding", value)
}

// checkDateStyle reads a style, a field order, or both.
func checkDateStyle(value string) (string, error) {
	style, order := "ISO", "MDY"
	words, ok := SplitList(value)
	if !ok {
		return "", badValue("DateStyle", value).WithDetail("List syntax is invalid.")
	}
	for _, w := range words {
		switch strings.ToUpper(w) {
		case "ISO":
			style = "ISO"
		case "SQL":
			style = "SQL"
		case "POSTGRES":
			style = "Postgres"
		case "GERMAN":
			style = "German"
			order = "DMY"
		case "YMD":
			order = "YMD"
		case "DMY", "EURO", "EUROPE", "EUROPEAN":
			order = "DMY"
		case "MDY", "US", "NONEURO", "NONEUROPEAN":
			order = "MDY"
		case "DEFAULT":
			style, order = "ISO", "MDY"
		default:
			return "", badValue("DateStyle", value).WithDetail("Unrecognized key word: \"%s\".", w)
		}
	}
	return style + ", " + order, nil
}

func checkSearchPath(value string) (string, error) {
	if _, ok := SplitList(value); !ok {
		return "", badValue("search_path", value).WithDetail("List syntax is invalid.")
	}
	return value, nil
}

func checkTimeZone(value string) (string, error) {
	name, _, err := ParseTimeZone(value)
	return name, err
}

// ParseTimeZone finds a time zone as types.LoadZone does, or as hours east of UTC
// ("3", "-4.5"), and returns the name that SHOW prints.
func ParseTimeZone(value string) (name string, loc *time.Location, err error) {
	v := strings.TrimSpace(value)
	if hours, e := strconv.ParseFloat(v, 64); e == nil && hours > -16 && hours < 16 {
		name, loc = offsetZone(int(hours * 3600))
		return name, loc, nil
	}
	loc, err = types.LoadZone(v)
	if err != nil {
		return "", nil, badValue("TimeZone", value)
	}
	if loc == time.UTC || strings.EqualFold(loc.String(), v) {
		return loc.String(), loc, nil
	}
	return v, loc, nil
}

// offsetZone makes a zone that is seconds east of UTC; its name has the sign of
// POSIX after the brackets, which is the other one.
func offsetZone(seconds int) (string, *time.Location) {
	sign, posix, n := "+", "-", seconds
	if n < 0 {
		sign, posix, n = "-", "+", -n
	}
	text := fmt.Sprintf("%02d", n/3600)
	if n%3600 != 0 {
		text += fmt.Sprintf(":%02d", n/60%60)
	}
	if n%60 != 0 {
		text += fmt.Sprintf(":%02d", n%60)
	}
	return "<" + sign + text + ">" + posix + text, time.FixedZone(sign+text, seconds)
}
