package sql

import "strings"

// QuoteIdent returns name as it must be written in SQL: quoted unless it is a
// plain lower-case name that is no key word with a meaning of its own.
func QuoteIdent(name string) string {
	if isPlainIdent(name) && (keywords[name].kind == kwNone || keywords[name].kind == kwUnreserved) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

func isPlainIdent(name string) bool {
	if name == "" || !(name[0] >= 'a' && name[0] <= 'z' || name[0] == '_') {
		return false
	}
	for i := 1; i < len(name); i++ {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') {
			return false
		}
	}
	return true
}

// QuoteLiteral returns s as a string literal.
func QuoteLiteral(s string) string {
	quoted := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.IndexByte(s, '\\') < 0 {
		return quoted
	}
	return "E" + strings.ReplaceAll(quoted, `\`, `\\`)
}
