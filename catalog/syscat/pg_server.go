package syscat

import (
	"strconv"

	"millrace/catalog"
)

// utf8Encoding is PostgreSQL's number of UTF8.
const utf8Encoding = 6

func serverFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_database", doc: "The one database.",
			columns: "oid datname datdba encoding datlocprovider datistemplate datallowconn datconnlimit " +
				"dattablespace datcollate datctype datacl",
			rows: func(env Env, add Add) error {
				return add(num(databaseOID), text(DatabaseName), num(roleOID), num(utf8Encoding), char('c'), truth(false),
					truth(true), num(-1), num(defaultSpace), text("C"), text("C.UTF-8"), aclOrNull(env, env.Snapshot().DatabaseACL()))
			},
		},
		{
			table: "pg_catalog.pg_shdescription", doc: "The comment on the database.",
			columns: "objoid classoid description",
			rows: func(env Env, add Add) error {
				if comment := env.Snapshot().DatabaseComment(); comment != "" {
					return add(num(databaseOID), num(classDatabase), text(comment))
				}
				return nil
			},
		},
		{
			table: "pg_catalog.pg_stat_database", doc: "The one database, with its number of sessions.",
			columns: "datid datname numbackends",
			rows: func(env Env, add Add) error {
				return add(num(databaseOID), text(DatabaseName), num(len(env.Sessions())))
			},
		},
		{
			table: "pg_catalog.pg_settings", doc: "Settings with the session's values.",
			columns: "name setting unit category short_desc context vartype source min_val max_val enumvals " +
				"boot_val reset_val pending_restart",
			rows: pgSettings,
		},
		{
			table: "pg_catalog.pg_stat_activity", doc: "Sessions, as in PostgreSQL; millrace.sessions has more.",
			columns: "datid datname pid usesysid usename application_name client_addr client_port backend_start " +
				"xact_start query_start state_change wait_event_type wait_event state query backend_type",
			rows: pgStatActivity,
		},
	}
}

func pgSettings(env Env, add Add) error {
	for _, s := range catalog.Settings() {
		value, source := settingValue(env, s)
		lo, hi, enum := null, null, null
		switch s.Type {
		case catalog.SettingInt, catalog.SettingReal:
			lo, hi = text(limit(s, s.Min)), text(limit(s, s.Max))
		case catalog.SettingEnum:
			enum = textArray(s.Values)
		}
		boot := text(s.BaseValue(s.Default))
		err := add(text(s.Name), text(s.BaseValue(value)), textOrNull(s.Unit), text(s.Category), text(s.Doc),
			text(string(s.Scope)), text(string(s.Type)), text(source), lo, hi, enum, boot, boot, truth(false))
		if err != nil {
			return err
		}
	}
	return nil
}

// limit prints a bound with the digits that PostgreSQL shows.
func limit(s *catalog.Setting, f float64) string {
	if s.Type == catalog.SettingReal {
		return strconv.FormatFloat(f, 'g', 6, 64)
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// settingValue returns the session's value of a setting, and PostgreSQL's word for
// where it comes from.
func settingValue(env Env, s *catalog.Setting) (value, source string) {
	if v, ok := env.Setting(s.Name); ok && v != s.Default {
		return v, "session"
	}
	return s.Default, "default"
}

func pgStatActivity(env Env, add Add) error {
	for _, s := range env.Sessions() {
		err := add(num(databaseOID), text(DatabaseName), num(s.PID), oid(s.Role), text(s.User),
			text(s.Application), textOrNull(s.ClientAddr), num(s.ClientPort), when(s.StartedAt),
			when(s.TransactionAt), when(s.QueryAt), when(s.StateAt), textOrNull(s.WaitType), textOrNull(s.Wait),
			text(s.State), text(s.Query), text("client backend"))
		if err != nil {
			return err
		}
	}
	return nil
}
