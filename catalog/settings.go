package catalog

import (
	"cmp"
	"slices"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// SettingType is the type of a setting's value.
type SettingType string

// The types, named as in pg_settings.vartype.
const (
	SettingBool   SettingType = "bool"
	SettingInt    SettingType = "integer"
	SettingReal   SettingType = "real"
	SettingString SettingType = "string"
	SettingEnum   SettingType = "enum"
)

// SettingScope is who may change a setting, named as in pg_settings.context.
type SettingScope string

// The scopes.
const (
	ScopeInternal SettingScope = "internal"   // nobody
	ScopeStart    SettingScope = "postmaster" // the command line of the server
	ScopeUser     SettingScope = "user"       // any session, for itself
)

// Setting describes one user-visible setting.
type Setting struct {
	Name     string // as PostgreSQL spells it; look-ups ignore case
	Type     SettingType
	Scope    SettingScope
	Category string
	Doc      string // one sentence
	Default  string // as SHOW prints it
	// Unit is what a bare number means: "ms", "s", "B", "kB", "8kB" or "".
	Unit     string
	Min, Max float64  // of numbers
	Values   []string // of an enum
	// Accepts are further spellings of an enum's values, each with what it means.
	Accepts map[string]string
	// List: the value is a list of words between commas. Names: they are names, which
	// SET quotes one by one; the others may stand in one string.
	List, Names bool
	// Report: clients are told the value at start and when it changes (ParameterStatus).
	Report bool
	// NoEffect: kept and shown only, for clients that set it.
	NoEffect bool
	// Check, where set, validates a string and returns its canonical form.
	Check func(value string) (string, error)
}

// settingPrefix is the name space in which a setting nobody knows is an error.
const settingPrefix = "millrace."

var settingIndex = indexSettings()

func indexSettings() map[string]*Setting {
	index := make(map[string]*Setting, len(settings))
	for i := range settings {
		s := &settings[i]
		index[strings.ToLower(s.Name)] = s
	}
	for alias, name := range settingAliases {
		index[alias] = index[name]
	}
	return index
}

// settingAliases are other names under which SET and SHOW find a setting.
var settingAliases = map[string]string{
	"millrace.consistency":        "consistency",
	"time zone":                   "timezone",
	"transaction isolation":       "transaction_isolation",
	"transaction isolation level": "transaction_isolation",
}

// Settings returns all settings in the order of SHOW ALL. The slice and what it
// points to must not be changed.
func Settings() []*Setting {
	out := make([]*Setting, len(settings))
	for i := range settings {
		out[i] = &settings[i]
	}
	slices.SortFunc(out, func(a, b *Setting) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

// LookupSetting finds a setting by name, in any case.
func LookupSetting(name string) (*Setting, bool) {
	s, ok := settingIndex[strings.ToLower(name)]
	return s, ok
}

// CheckSetting checks that a session may set name to value and returns the name as
// SHOW spells it and the value as SHOW prints it. A setting that nobody knows is
// kept as it is, under its name in lower case, except with the prefix "millrace.".
func CheckSetting(name, value string) (canonicalName, canonicalValue string, err error) {
	s, ok := LookupSetting(name)
	if !ok {
		if name = strings.ToLower(name); strings.HasPrefix(name, settingPrefix) {
			return "", "", ErrUnknownSetting(name)
		}
		return name, value, nil
	}
	switch s.Scope {
	case ScopeInternal:
		return "", "", pgerr.Newf(pgerr.CantChangeRuntimeParam, "parameter \"%s\" cannot be changed", s.Name)
	case ScopeStart:
		return "", "", pgerr.Newf(pgerr.CantChangeRuntimeParam,
			"parameter \"%s\" cannot be changed without restarting the server", s.Name)
	}
	canonicalValue, err = s.Canonical(value)
	return s.Name, canonicalValue, err
}

// ErrUnknownSetting is what SHOW and current_setting say of a setting that neither
// exists nor was ever set. For a name close to a known one it has a hint.
func ErrUnknownSetting(name string) error {
	err := pgerr.Newf(pgerr.UndefinedObject, "unrecognized configuration parameter \"%s\"", name)
	if near := nearestSetting(strings.ToLower(name)); near != "" {
		err.WithHint("Perhaps you meant \"%s\".", near)
	}
	return err
}

func nearestSetting(name string) string {
	best, distance := "", 3
	for _, s := range Settings() {
		if d := editDistance(name, strings.ToLower(s.Name)); d < distance {
			best, distance = s.Name, d
		}
	}
	return best
}

// editDistance is Levenshtein's.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above+1, row[j]+1, diagonal+cost)
			diagonal = above
		}
	}
	return row[len(b)]
}

// JoinValues makes the value of SET name = values: lists of names are quoted name by
// name, other lists joined as they are, and other settings take one value.
func JoinValues(name string, values []string) (string, error) {
	s, ok := LookupSetting(name)
	switch {
	case ok && s.List && !s.Names:
		return strings.Join(values, ", "), nil
	case ok && s.List:
		quoted := make([]string, len(values))
		for i, v := range values {
			quoted[i] = sql.QuoteIdent(v)
		}
		return strings.Join(quoted, ", "), nil
	}
	if len(values) != 1 {
		return "", pgerr.Newf(pgerr.InvalidParameterValue, "SET %s takes only one argument", name)
	}
	return values[0], nil
}

// SplitList reads the value of a list setting such as search_path: names between
// commas, folded to lower case unless quoted. ok is false when the text is no list.
func SplitList(value string) (names []string, ok bool) {
	rest := strings.TrimSpace(value)
	if rest == "" {
		return nil, true
	}
	for {
		var name string
		if name, rest, ok = cutListName(rest); !ok {
			return nil, false
		}
		names = append(names, name)
		if rest = strings.TrimSpace(rest); rest == "" {
			return names, true
		}
		if rest[0] != ',' {
			return nil, false
		}
		rest = strings.TrimSpace(rest[1:])
	}
}

func cutListName(s string) (name, rest string, ok bool) {
	if s == "" {
		return "", "", false
	}
	if s[0] != '"' {
		end := strings.IndexAny(s, ", \t\n\r")
		if end < 0 {
			end = len(s)
		}
		return strings.ToLower(s[:end]), s[end:], end > 0
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			b.WriteByte(s[i])
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		return b.String(), s[i+1:], true
	}
	return "", "", false
}
