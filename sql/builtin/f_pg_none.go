package builtin

import (
	"time"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// constantFunc starts an entry of a function that gives one value whatever is asked:
// clients call it about things that do not exist here.
func constantFunc(name string, returns types.Type, d types.Datum, doc, example string, args ...types.Type) Func {
	return Func{
		Name: name, Args: args, Returns: returns, Volatility: Stable, Doc: doc, Example: example,
		Kernel: datums(func(*Call, []types.Datum) (types.Datum, error) { return d, nil }),
	}
}

var int4Array = types.ArrayOf(types.KindInt4)

// absentFuncs answer "none" about what PostgreSQL has and Millrace has not.
func absentFuncs() []Func {
	no, zero := types.BoolDatum(false), types.FixedDatum(0)
	none := types.ArrayDatum(types.Int4, nil)
	const isNull = " is null = true"
	return []Func{
		constantFunc("pg_trigger_depth", types.Int4, zero, "0: there are no triggers.", "pg_trigger_depth() = 0"),
		constantFunc("pg_blocking_pids", int4Array, none, "Sessions that a session waits for; there are none.", "pg_blocking_pids(1) = '{}'", types.Int4),
		constantFunc("pg_safe_snapshot_blocking_pids", int4Array, none, "Sessions that a session waits for; there are none.",
			"pg_safe_snapshot_blocking_pids(1) = '{}'", types.Int4),
		constantFunc("pg_jit_available", types.Bool, no, "False: there is no just-in-time compiler.", "pg_jit_available() = false"),
		constantFunc("pg_notification_queue_usage", types.Float8, types.FloatDatum(0), "Part of the queue of notifications that is used.", "pg_notification_queue_usage() = 0"),
		constantFunc("pg_last_xact_replay_timestamp", types.Timestamptz, types.Null, "NULL: the server takes writes.", "pg_last_xact_replay_timestamp()"+isNull),
		constantFunc("pg_collation_actual_version", types.Text, types.Null, "NULL: collations have no versions.", "pg_collation_actual_version(100::oid)"+isNull, types.OID),
		constantFunc("pg_database_collation_actual_version", types.Text, types.Null, "NULL: collations have no versions.",
			"pg_database_collation_actual_version(1::oid)"+isNull, types.OID),
		constantFunc("pg_current_logfile", types.Text, types.Null, "NULL: the log is not kept in files.", "pg_current_logfile()"+isNull),
		constantFunc("pg_partition_root", types.Regclass, types.Null, "NULL: tables have no parents.", "pg_partition_root(1::oid::regclass)"+isNull, types.Regclass),
		constantFunc("pg_get_partition_constraintdef", types.Text, types.Null, "NULL: tables have no parents.", "pg_get_partition_constraintdef(1::oid)"+isNull, types.OID),
		constantFunc("pg_get_statisticsobjdef_expressions", textArray, types.Null, "NULL: there are no statistics objects.",
			"pg_get_statisticsobjdef_expressions(1::oid)"+isNull, types.OID),
		constantFunc("pg_get_replica_identity_index", types.Regclass, types.Null, "NULL: there are no publications.",
			"pg_get_replica_identity_index(1::oid::regclass)"+isNull, types.Regclass),
		constantFunc("pg_relation_filepath", types.Text, types.Null, "NULL: relations have no files of their own.", "pg_relation_filepath(1::oid::regclass)"+isNull, types.Regclass),
		constantFunc("txid_current_if_assigned", types.Int8, types.Null, "NULL: a transaction gets its number when it commits.", "txid_current_if_assigned()"+isNull),
		constantFunc("row_security_active", types.Bool, no, "False: there are no row policies.", "row_security_active(1::oid) = false", types.OID),
		constantFunc("row_security_active", types.Bool, no, "False: there are no row policies.", "row_security_active('t'::text) = false", types.Text),
		constantFunc("pg_settings_get_flags", textArray, types.ArrayDatum(types.Text, nil), "Flags of a setting; there are none.",
			"pg_settings_get_flags('work_mem') = '{}'", types.Text),
		{
			Name: "pg_encoding_max_length", Args: list(types.Int4), Returns: types.Int4, Doc: "Largest number of bytes of a character in an encoding.",
			Example: "pg_encoding_max_length(6) = 4", Kernel: datums(encodingMaxLength),
		},
		{
			Name: "pg_collation_for", Args: list(types.Any), Returns: types.Text, Volatility: Stable, NotStrict: true, Doc: "Collation of the argument, NULL for types without one.",
			Example: `pg_collation_for('foo'::text) = '"default"'`, Kernel: datums(collationFor),
		},
		{Name: "pg_sleep_for", Args: list(types.Interval), Returns: types.Void, Volatility: Volatile, Doc: "Pauses for an interval.", Kernel: datums(sleepFor)},
		{Name: "pg_sleep_until", Args: list(types.Timestamptz), Returns: types.Void, Volatility: Volatile, Doc: "Pauses until a point in time.", Kernel: datums(sleepUntil)},
		ofSession("getpgusername", types.Name, "Name of the user.", func(s Session) (types.Datum, error) { return types.BytesDatum(s.User()), nil }),
		sameAs("uuid_generate_v4", "gen_random_uuid"),
		sameAs("textlen", "length", types.Text),
	}
}

func encodingMaxLength(_ *Call, args []types.Datum) (types.Datum, error) {
	switch args[0].I {
	case 6:
		return types.FixedDatum(4), nil
	case 0, 8:
		return types.FixedDatum(1), nil
	}
	return types.Null, nil
}

func collationFor(c *Call, _ []types.Datum) (types.Datum, error) {
	t := c.Args[0].Type
	if t.Kind == types.KindArray {
		t = t.ElemType()
	}
	switch {
	case t.Kind == types.KindName:
		return types.BytesDatum(`"C"`), nil
	case t.IsString() || t.Kind == types.KindUnknown:
		return types.BytesDatum(`"default"`), nil
	}
	return types.Null, pgerr.Newf(pgerr.DatatypeMismatch, "collations are not supported by type %s", c.Args[0].Type.Base())
}

func sleepFor(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Sleep == nil {
		return types.Null, errNoSession("pg_sleep_for")
	}
	v := types.DecodeInterval([]byte(args[0].S))
	end, err := types.AddInterval(c.Env.Statement, v, c.Env.Location())
	if err != nil || end <= c.Env.Statement {
		return types.BytesDatum(""), err
	}
	return types.BytesDatum(""), c.Env.Sleep(sleepTime(end - c.Env.Statement))
}

func sleepUntil(c *Call, args []types.Datum) (types.Datum, error) {
	if c.Env.Sleep == nil || c.Env.Clock == nil {
		return types.Null, errNoSession("pg_sleep_until")
	}
	now, err := wallClock(c.Env)
	if err != nil || args[0].I <= now {
		return types.BytesDatum(""), err
	}
	return types.BytesDatum(""), c.Env.Sleep(sleepTime(args[0].I - now))
}

// sleepTime converts microseconds, the longest duration standing for what is longer.
func sleepTime(micros int64) time.Duration {
	const longest = int64(1<<63-1) / int64(time.Microsecond)
	return time.Duration(min(micros, longest)) * time.Microsecond
}

// absentTables are empty sets about what does not exist here.
var absentTables = []TableFunc{
	{Name: "pg_available_extensions", Args: list(), Columns: types.Schema{
		{Name: "name", Type: types.Name},
		{Name: "default_version", Type: types.Text},
		{Name: "comment", Type: types.Text},
	}, Doc: "Extensions that can be installed; there are none.", Rows: noRows},
	{Name: "pg_extension_update_paths", Args: list(types.Name), Columns: types.Schema{
		{Name: "source", Type: types.Text},
		{Name: "target", Type: types.Text},
		{Name: "path", Type: types.Text},
	}, Doc: "How an extension can be updated; there are none.", Rows: noRows},
	{Name: "pg_available_extension_versions", Args: list(), Columns: types.Schema{
		{Name: "name", Type: types.Name},
		{Name: "version", Type: types.Text},
		{Name: "superuser", Type: types.Bool},
		{Name: "trusted", Type: types.Bool},
		{Name: "relocatable", Type: types.Bool},
		{Name: "schema", Type: types.Name},
		{Name: "requires", Type: types.ArrayOf(types.KindName)},
		{Name: "comment", Type: types.Text},
	}, Doc: "Versions of extensions that can be installed; there are none.", Rows: noRows},
	{
		Name: "pg_tablespace_databases", Args: list(types.OID), Columns: oneColumn("pg_tablespace_databases", types.OID),
		Doc: "Databases with objects in a tablespace; there are none.", Rows: noRows,
	},
}
