package catalog

import (
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// The expected values and messages are PostgreSQL 15's.
func TestCheckSetting(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"statement_timeout", "5s", "5s"},
		{"Statement_Timeout", "61000", "61s"},
		{"statement_timeout", "1.5min", "90s"},
		{"statement_timeout", "1.7", "2ms"},
		{"statement_timeout", "1h", "1h"},
		{"statement_timeout", "0", "0"},
		{"lock_timeout", "1500us", "2ms"},
		{"statement_timeout", "x", `22023 invalid value for parameter "statement_timeout": "x"`},
		{"statement_timeout", "-3", `22023 -3 ms is outside the valid range for parameter "statement_timeout" (0 .. 2147483647)`},
		{"statement_timeout", "5 parsec", "22023 invalid value for parameter \"statement_timeout\": \"5 parsec\"\n" +
			`HINT Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".`},
		{"statement_timeout", "99999999999", "22023 invalid value for parameter \"statement_timeout\": \"99999999999\"\n" +
			"HINT Value exceeds integer range."},
		{"extra_float_digits", "5", `22023 5 is outside the valid range for parameter "extra_float_digits" (-15 .. 3)`},
		{"extra_float_digits", "0x2", "2"},
		{"extra_float_digits", "1e0", "1"},
		{"bytea_output", "HEX", "hex"},
		{"bytea_output", "foo", "22023 invalid value for parameter \"bytea_output\": \"foo\"\nHINT Available values: escape, hex."},
		{"row_security", "maybe", `22023 parameter "row_security" requires a Boolean value`},
		{"row_security", "t", "on"},
		{"default_transaction_read_only", "tr", "on"},
		{"server_version", "3", `55P02 parameter "server_version" cannot be changed`},
		{"max_connections", "3", `55P02 parameter "max_connections" cannot be changed without restarting the server`},
		{"datestyle", "german", "German, DMY"},
		{"datestyle", "iso, dmy", "ISO, DMY"},
		{"datestyle", "", "ISO, MDY"},
		{"datestyle", "foo", "22023 invalid value for parameter \"DateStyle\": \"foo\"\nDETAIL Unrecognized key word: \"foo\"."},
		{"timezone", "utc", "UTC"},
		{"timezone", "europe/berlin", "Europe/Berlin"},
		{"timezone", "3", "<+03>-03"},
		{"timezone", "+5", "<+05>-05"},
		{"timezone", "-3.5", "<-03:30>+03:30"},
		{"timezone", "nope", `22023 invalid value for parameter "TimeZone": "nope"`},
		{"client_encoding", "'utf-8'", "UTF8"},
		{"client_encoding", "foo", `22023 invalid value for parameter "client_encoding": "foo"`},
		{"intervalstyle", "ISO_8601", "iso_8601"},
		{"transaction_isolation", "foo", "22023 invalid value for parameter \"transaction_isolation\": \"foo\"\n" +
			"HINT Available values: serializable, repeatable read, read committed, read uncommitted."},
		{"default_transaction_isolation", "REPEATABLE READ", "repeatable read"},
		{"client_min_messages", "INFO", "info"},
		{"work_mem", "1GB", "1GB"},
		{"work_mem", "1000", "1000kB"},
		{"work_mem", "10 MB", "10MB"},
		{"random_page_cost", "1.5", "1.5"},
		{"synchronous_commit", "yes", "on"},
		{"millrace.query_memory", "4GB", "4GB"},
		{"foo.bar", "3", "3"},
		{"whatever", "3", "3"},
		{"millrace.optimiser", "on", "42704 unrecognized configuration parameter \"millrace.optimiser\"\n" +
			`HINT Perhaps you meant "millrace.optimizer".`},
		{"millrace.consistency", "LOCAL", "local"},
	} {
		_, got, err := CheckSetting(c.name, c.value)
		if err != nil {
			got = message(pgerr.As(err))
		}
		if got != c.want {
			t.Errorf("SET %s = %q\ngot  %s\nwant %s", c.name, c.value, got, c.want)
		}
	}
}

func TestSettingsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Settings() {
		name := strings.ToLower(s.Name)
		if seen[name] {
			t.Errorf("%s stands twice", s.Name)
		}
		seen[name] = true
		if s.Doc == "" || !strings.HasSuffix(s.Doc, ".") || s.Category == "" {
			t.Errorf("%s has no sentence of documentation", s.Name)
		}
		if got, err := s.Canonical(s.Default); err != nil || got != s.Default {
			t.Errorf("default of %s: %q, %v", s.Name, got, err)
		}
	}
	if len(settingIndex) != len(settings)+len(settingAliases) {
		t.Error("an alias hides a setting")
	}
}

func TestSettingLists(t *testing.T) {
	got, err := JoinValues("search_path", []string{"a", "B", "c d"})
	if err != nil || got != `a, "B", "c d"` {
		t.Errorf("got %s, %v", got, err)
	}
	for _, values := range [][]string{{"ISO, DMY"}, {"ISO", "DMY"}} {
		if got, err := JoinValues("DateStyle", values); err != nil || got != "ISO, DMY" {
			t.Errorf("DateStyle of %q: got %s, %v", values, got, err)
		}
	}
	if _, err := JoinValues("statement_timeout", []string{"1", "2"}); pgerr.Code(err) != pgerr.InvalidParameterValue {
		t.Errorf("got %v", err)
	}
	for _, c := range []struct{ value, want string }{
		{`a, "B" ,"c d""e"`, `a|B|c d"e`}, {"", ""}, {"Public", "public"}, {"a,,b", "!"}, {`"a`, "!"}, {"a b", "!"}, {"a,", "!"},
	} {
		names, ok := SplitList(c.value)
		got := strings.Join(names, "|")
		if !ok {
			got = "!"
		}
		if got != c.want {
			t.Errorf("SplitList(%q) = %s, want %s", c.value, got, c.want)
		}
	}
}
