package builtin

import (
	"math"
	"strconv"
	"time"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var sessionFuncs = concat(identityFuncs(), settingFuncs, catalogFuncs(), systemFuncs)

var nameArray = types.ArrayOf(types.KindName)

func errNoSession(name string) error {
	return pgerr.Newf(pgerr.FeatureNotSupported, "function %s cannot be used here", name).
		WithHint("It depends on the session, and a continuous query has none.")
}

// ofSession starts an entry of a function that asks the session.
func ofSession(name string, returns types.Type, doc string, f func(s Session) (types.Datum, error), args ...types.Type) Func {
	return Func{
		Name: name, Args: args, Returns: returns, Volatility: Stable, Doc: doc,
		Kernel: datums(func(c *Call, _ []types.Datum) (types.Datum, error) {
			if c.Env.Session == nil {
				return types.Null, errNoSession(name)
			}
			return f(c.Env.Session)
		}),
	}
}

func identityFuncs() []Func {
	user := func(s Session) (types.Datum, error) { return types.BytesDatum(s.User()), nil }
	sessionUser := func(s Session) (types.Datum, error) { return types.BytesDatum(s.SessionUser()), nil }
	database := func(s Session) (types.Datum, error) { return types.BytesDatum(s.Database()), nil }
	schema := func(s Session) (types.Datum, error) {
		if path := s.SearchPath(); len(path) > 0 {
			return types.BytesDatum(path[0]), nil
		}
		return types.Null, nil
	}
	return []Func{
		ofSession("current_user", types.Name, "Name of the user.", user),
		ofSession("session_user", types.Name, "Name of the user who connected.", sessionUser),
		ofSession("current_role", types.Name, "Name of the user.", user),
		ofSession("user", types.Name, "Name of the user.", user),
		ofSession("current_database", types.Name, "Name of the database.", database),
		ofSession("current_catalog", types.Name, "Name of the database.", database),
		ofSession("current_schema", types.Name, "The schema in which new objects are made.", schema),
		ofSession("pg_backend_pid", types.Int4, "Number of the session's backend.", func(s Session) (types.Datum, error) {
			return types.FixedDatum(int64(s.BackendPID())), nil
		}),
		{
			Name: "current_schemas", Args: list(types.Bool), Returns: nameArray, Volatility: Stable,
			Doc: "The schemas that are searched, with pg_catalog where the argument is true.", Kernel: datums(currentSchemas),
		},
	}
}

func currentSchemas(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Session == nil {
		return types.Null, errNoSession("current_schemas")
	}
	var out []types.Datum
	path := c.Env.Session.SearchPath()
	hasCatalog := false
	for _, s := range path {
		hasCatalog = hasCatalog || s == "pg_catalog"
	}
	if args[0].I != 0 && !hasCatalog {
		out = append(out, types.BytesDatum("pg_catalog"))
	}
	for _, s := range path {
		out = append(out, types.BytesDatum(s))
	}
	return types.ArrayDatum(types.Name, out), nil
}

var settingFuncs = []Func{
	{Name: "current_setting", Args: list(types.Text), Returns: types.Text, Volatility: Stable, Doc: "Value of a setting.", Kernel: datums(currentSetting)},
	{
		Name: "current_setting", Args: list(types.Text, types.Bool), Returns: types.Text, Volatility: Stable,
		Doc: "Value of a setting, NULL when there is none and the second argument is true.", Kernel: datums(currentSetting),
	},
	{
		Name: "set_config", Args: list(types.Text, types.Text, types.Bool), Returns: types.Text, Volatility: Volatile, NotStrict: true,
		Doc: "Sets a setting, for the transaction only if the last argument is true, and returns its new value.", Kernel: datums(setConfig),
	},
}

func currentSetting(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Session == nil {
		return types.Null, errNoSession("current_setting")
	}
	if v, ok := c.Env.Session.Setting(args[0].S); ok {
		return types.BytesDatum(v), nil
	}
	if len(args) > 1 && args[1].I != 0 {
		return types.Null, nil
	}
	return types.Null, pgerr.Newf(pgerr.UndefinedObject, "unrecognized configuration parameter \"%s\"", args[0].S)
}

func setConfig(c *Call, args []types.Datum) (types.Datum, error) {
	switch {
	case c.Env.Session == nil:
		return types.Null, errNoSession("set_config")
	case !args[0].Set:
		return types.Null, pgerr.New(pgerr.NullValueNotAllowed, "SET requires parameter name")
	}
	if err := c.Env.Session.SetSetting(args[0].S, args[1].S, args[2].Bool()); err != nil {
		return types.Null, err
	}
	v, ok := c.Env.Session.Setting(args[0].S)
	if !ok {
		v = args[1].S
	}
	return types.BytesDatum(v), nil
}

var systemFuncs = concat([]Func{
	{
		Name: "version", Args: list(), Returns: types.Text, Volatility: Stable, Doc: "Version of the server.",
		Example: "starts_with(version(), 'PostgreSQL 15') = true", Kernel: datums(version),
	},
	{
		Name: "pg_typeof", Args: list(types.Any), Returns: types.Regtype, Volatility: Stable, NotStrict: true, Doc: "Type of the argument.",
		Example: "(pg_typeof(33)::oid) = 23", Kernel: datums(func(c *Call, _ []types.Datum) (types.Datum, error) {
			return types.FixedDatum(int64(c.Args[0].Type.OID())), nil
		}),
	},
	{
		Name: "pg_encoding_to_char", Args: list(types.Int4), Returns: types.Name, Volatility: Stable, Doc: "Name of an encoding by its number.",
		Example: "pg_encoding_to_char(6) = 'UTF8'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.BytesDatum(encodingNames[args[0].I]), nil
		}),
	},
	{
		Name: "pg_char_to_encoding", Args: list(types.Name), Returns: types.Int4, Volatility: Stable, Doc: "Number of an encoding by its name.",
		Example: "pg_char_to_encoding('UTF8') = 6", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			for n, name := range encodingNames {
				if name == args[0].S {
					return types.FixedDatum(n), nil
				}
			}
			return types.FixedDatum(-1), nil
		}),
	},
	constantText("getdatabaseencoding", types.Name, "Encoding of the database.", "UTF8"),
	constantText("pg_client_encoding", types.Name, "Encoding of the client.", "UTF8"),
	{
		Name: "pg_is_in_recovery", Args: list(), Returns: types.Bool, Volatility: Stable, Doc: "False: the server takes writes.",
		Example: "pg_is_in_recovery() = false", Kernel: datums(func(*Call, []types.Datum) (types.Datum, error) { return types.BoolDatum(false), nil }),
	},
	{Name: "pg_sleep", Args: list(types.Float8), Returns: types.Void, Volatility: Volatile, Doc: "Pauses for the given number of seconds.", Kernel: datums(sleep)},
	{
		Name: "pg_advisory_unlock_all", Args: list(), Returns: types.Void, Volatility: Volatile, Doc: "Does nothing: there are no advisory locks.",
		Kernel: datums(func(*Call, []types.Datum) (types.Datum, error) { return types.BytesDatum(""), nil }),
	},
	{
		Name: "pg_notify", Args: list(types.Text, types.Text), Returns: types.Void, Volatility: Volatile,
		Doc: "Sends a payload to the sessions that listen to a channel, as NOTIFY does.", Kernel: datums(notify),
	},
	{
		Name: "pg_size_pretty", Args: list(types.Int8), Returns: types.Text, Doc: "A number of bytes with a unit.",
		Example: "pg_size_pretty(123456::int8) = '121 kB'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.BytesDatum(sizePretty(args[0].I)), nil
		}),
	},
	{
		Name: "pg_size_pretty", Args: list(types.Numeric), Returns: types.Text, Doc: "A number of bytes with a unit.",
		Example: "pg_size_pretty(123456.0) = '121 kB'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			n, ok := types.DecodeDecimal([]byte(args[0].S)).ToInt64()
			if !ok {
				return types.Null, outOfRange(types.Int8)
			}
			return types.BytesDatum(sizePretty(n)), nil
		}),
	},
})

// encodingNames are PostgreSQL's numbers of the encodings that clients ask for.
var encodingNames = map[int64]string{0: "SQL_ASCII", 6: "UTF8", 8: "LATIN1"}

func constantText(name string, t types.Type, doc, value string) Func {
	return Func{
		Name: name, Args: list(), Returns: t, Volatility: Stable, Doc: doc, Example: name + "() = '" + value + "'",
		Kernel: datums(func(*Call, []types.Datum) (types.Datum, error) { return types.BytesDatum(value), nil }),
	}
}

// compatibleVersion is the version of PostgreSQL whose behaviour clients find.
const compatibleVersion = "15.0"

func version(c *Call, _ []types.Datum) (types.Datum, error) {
	v := compatibleVersion
	if c.Env.Session != nil {
		if set, ok := c.Env.Session.Setting("server_version"); ok {
			v = set
		}
	}
	return types.BytesDatum("PostgreSQL " + v + " (Millrace)"), nil
}

func sleep(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Sleep == nil {
		return types.Null, errNoSession("pg_sleep")
	}
	seconds := args[0].Float()
	if !(seconds > 0) {
		return types.BytesDatum(""), nil
	}
	d := time.Duration(math.MaxInt64)
	if ns := seconds * float64(time.Second); ns < math.MaxInt64 {
		d = time.Duration(ns)
	}
	return types.BytesDatum(""), c.Env.Sleep(d)
}

// sizePretty halves the unit up while the number has more than four digits.
func sizePretty(n int64) string {
	if n > -10240 && n < 10240 {
		return strconv.FormatInt(n, 10) + " bytes"
	}
	units := []string{"kB", "MB", "GB", "TB", "PB"}
	n = shiftDown(n, 9)
	for k, unit := range units {
		if half := n; half > -20479 && half < 20479 || k == len(units)-1 {
			if half >= 0 {
				half++
			} else {
				half--
			}
			return strconv.FormatInt(half/2, 10) + " " + unit
		}
		n = shiftDown(n, 10)
	}
	return ""
}

// shiftDown divides by 2^bits, truncating towards zero.
func shiftDown(n int64, bits uint) int64 { return n / (1 << bits) }

func notify(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Session == nil {
		return types.Null, errNoSession("pg_notify")
	}
	return types.BytesDatum(""), c.Env.Session.Notify(args[0].S, args[1].S)
}
