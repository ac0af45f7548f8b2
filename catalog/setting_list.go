package catalog

import "math"

// The categories, PostgreSQL's and our own.
const (
	catMillrace = "Millrace"
	catPreset   = "Preset Options"
	catFormat   = "Client Connection Defaults / Locale and Formatting"
	catClient   = "Client Connection Defaults / Statement Behavior"
	catCompat   = "Version and Platform Compatibility"
	catPlanner  = "Query Tuning"
	catResource = "Resource Usage"
	catConnect  = "Connections and Authentication"
	catLogging  = "Reporting and Logging"
	catDurable  = "Write-Ahead Log / Settings"
)

// ServerVersion is the PostgreSQL version that clients are told; VersionNum is the
// same as a number.
const (
	ServerVersion = "15.18"
	VersionNum    = "150018"
)

var isolationLevels = []string{"serializable", "repeatable read", "read committed", "read uncommitted"}

// messageLevels are those of client_min_messages.
var messageLevels = []string{"debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error"}

// settings is every setting that this program knows. To add one, add an entry; the
// reference in docs is generated from it.
var settings = []Setting{
	// What is Millrace's own.
	{
		Name: "consistency", Type: SettingEnum, Scope: ScopeUser, Category: catMillrace, Default: "strong",
		Values: []string{"strong", "session", "local"},
		Doc:    "Says what a read waits for: strong is all that was acknowledged to anybody before, session what the same session has written, local nothing.",
	},
	{
		Name: "auto.offset.reset", Type: SettingEnum, Scope: ScopeUser, Category: catMillrace, Default: "latest",
		Values: []string{"latest", "earliest", "none"},
		Doc:    "Says where a push query over a stream begins: latest with the next row, earliest with the oldest (ksqlDB).",
	},
	{
		Name: "millrace.optimizer", Type: SettingBool, Scope: ScopeUser, Category: catMillrace, Default: "on",
		Doc: "Applies the planner's rules; off runs the query as it was bound, for finding faults.",
	},
	{
		Name: "millrace.disabled_rules", Type: SettingString, Scope: ScopeUser, Category: catMillrace, Default: "",
		Doc: "Names planner rules, separated by commas, that are not applied.", List: true,
	},
	{
		Name: "millrace.default_partitions", Type: SettingInt, Scope: ScopeUser, Category: catMillrace,
		Default: "1", Min: 1, Max: 1024,
		Doc: "Sets the number of partitions of a new stream or table that does not say it.",
	},
	{
		Name: "millrace.query_memory", Type: SettingInt, Scope: ScopeUser, Category: catMillrace, Default: "0",
		Unit: "B", Max: 1 << 50,
		Doc: "Limits the memory of one pull query; 0 is the server's limit.",
	},
	{
		Name: "synchronous_commit", Type: SettingEnum, Scope: ScopeUser, Category: catDurable, Default: "on",
		Values: []string{"local", "remote_write", "remote_apply", "on", "off"},
		Accepts: map[string]string{
			"true": "on", "yes": "on", "1": "on", "false": "off", "no": "off", "0": "off",
		},
		Doc: "Says what an acknowledged write has reached: on is the disks of a majority.",
	},

	// Output formats and the client.
	{
		Name: "application_name", Type: SettingString, Scope: ScopeUser, Category: catLogging, Report: true,
		Doc: "Names the client program in millrace.sessions and pg_stat_activity.",
	},
	{
		Name: "bytea_output", Type: SettingEnum, Scope: ScopeUser, Category: catClient, Default: "hex",
		Values: []string{"escape", "hex"}, Doc: "Chooses the text form of bytea values.",
	},
	{
		Name: "client_encoding", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "UTF8",
		Report: true, Check: checkEncoding, Doc: "Names the client's character encoding; only UTF8 is supported.",
	},
	{
		Name: "client_min_messages", Type: SettingEnum, Scope: ScopeUser, Category: catClient, Default: "notice",
		Values: messageLevels, Accepts: map[string]string{"debug": "debug2", "info": "info"},
		Doc: "Sets the least severity of the messages that the client is sent.",
	},
	{
		Name: "DateStyle", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "ISO, MDY",
		Report: true, List: true, Check: checkDateStyle,
		Doc: "Sets the text form of dates and times, and how ambiguous dates are read.",
	},
	{
		Name: "IntervalStyle", Type: SettingEnum, Scope: ScopeUser, Category: catFormat, Default: "postgres",
		Values: []string{"postgres", "postgres_verbose", "sql_standard", "iso_8601"}, Report: true,
		Doc: "Sets the text form of intervals.",
	},
	{
		Name: "TimeZone", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "UTC",
		Report: true, Check: checkTimeZone, Doc: "Sets the time zone in which timestamps are read and printed.",
	},
	{
		Name: "extra_float_digits", Type: SettingInt, Scope: ScopeUser, Category: catFormat, Default: "1",
		Min: -15, Max: 3, Doc: "Sets the digits of floating-point values; above 0 is the shortest exact form.",
	},

	// Sessions and transactions.
	{
		Name: "search_path", Type: SettingString, Scope: ScopeUser, Category: catClient, Default: `"$user", public`,
		List: true, Names: true, Check: checkSearchPath, Doc: "Lists the schemas in which names without a schema are looked for.",
	},
	{
		Name: "statement_timeout", Type: SettingInt, Scope: ScopeUser, Category: catClient, Default: "0",
		Unit: "ms", Max: math.MaxInt32, Doc: "Ends a statement that runs longer; 0 never does.",
	},
	{
		Name: "idle_in_transaction_session_timeout", Type: SettingInt, Scope: ScopeUser, Category: catClient,
		Default: "0", Unit: "ms", Max: math.MaxInt32,
		Doc: "Ends a session that waits longer inside a transaction; 0 never does.",
	},
	{
		Name: "idle_session_timeout", Type: SettingInt, Scope: ScopeUser, Category: catClient, Default: "0",
		Unit: "ms", Max: math.MaxInt32, Doc: "Ends a session that waits longer outside a transaction; 0 never does.",
	},
	{
		Name: "transaction_isolation", Type: SettingEnum, Scope: ScopeUser, Category: catClient,
		Default: "read committed", Values: isolationLevels,
		Doc: "Names the isolation level of the transaction; every level reads one epoch.",
	},
	{
		Name: "transaction_read_only", Type: SettingBool, Scope: ScopeUser, Category: catClient, Default: "off",
		Doc: "Refuses writes in the transaction.",
	},
	{
		Name: "transaction_deferrable", Type: SettingBool, Scope: ScopeUser, Category: catClient, Default: "off",
		NoEffect: true, Doc: "Lets a read-only serializable transaction wait for a safe snapshot.",
	},
	{
		Name: "default_transaction_isolation", Type: SettingEnum, Scope: ScopeUser, Category: catClient,
		Default: "read committed", Values: isolationLevels,
		Doc: "Sets the isolation level of new transactions.",
	},
	{
		Name: "default_transaction_read_only", Type: SettingBool, Scope: ScopeUser, Category: catClient,
		Default: "off", Report: true, Doc: "Makes new transactions read-only.",
	},
	{
		Name: "default_transaction_deferrable", Type: SettingBool, Scope: ScopeUser, Category: catClient,
		Default: "off", NoEffect: true, Doc: "Makes new transactions deferrable.",
	},
	{
		Name: "role", Type: SettingString, Scope: ScopeUser, Category: catClient, Default: "none",
		Doc: "Names the current role.",
	},
	{
		Name: "session_authorization", Type: SettingString, Scope: ScopeUser, Category: catClient,
		Default: "millrace", Report: true, Doc: "Names the session's user.",
	},
	{
		Name: "standard_conforming_strings", Type: SettingBool, Scope: ScopeUser, Category: catCompat,
		Default: "on", Report: true,
		Doc: "Makes backslashes in plain string literals ordinary characters; only on is supported.",
	},

	// Facts.
	{
		Name: "server_version", Type: SettingString, Scope: ScopeInternal, Category: catPreset,
		Default: ServerVersion, Report: true, Doc: "Shows the PostgreSQL version that the server behaves as.",
	},
	{
		Name: "server_version_num", Type: SettingInt, Scope: ScopeInternal, Category: catPreset,
		Default: VersionNum, Min: 150018, Max: 150018, Doc: "Shows that version as a number.",
	},
	{
		Name: "server_encoding", Type: SettingString, Scope: ScopeInternal, Category: catPreset, Default: "UTF8",
		Report: true, Doc: "Shows the encoding of the database.",
	},
	{
		Name: "integer_datetimes", Type: SettingBool, Scope: ScopeInternal, Category: catPreset, Default: "on",
		Report: true, Doc: "Shows that timestamps are integers.",
	},
	{
		Name: "is_superuser", Type: SettingBool, Scope: ScopeInternal, Category: catPreset, Default: "on",
		Report: true, Doc: "Shows whether the current user is a superuser.",
	},
	{
		Name: "in_hot_standby", Type: SettingBool, Scope: ScopeInternal, Category: catPreset, Default: "off",
		Report: true, Doc: "Shows whether the server only reads.",
	},
	{
		Name: "max_identifier_length", Type: SettingInt, Scope: ScopeInternal, Category: catPreset, Default: "63",
		Min: 63, Max: 63, Doc: "Shows the largest length of a name, in bytes.",
	},
	{
		Name: "max_index_keys", Type: SettingInt, Scope: ScopeInternal, Category: catPreset, Default: "32",
		Min: 32, Max: 32, Doc: "Shows the largest number of columns of an index.",
	},
	{
		Name: "max_function_args", Type: SettingInt, Scope: ScopeInternal, Category: catPreset, Default: "100",
		Min: 100, Max: 100, Doc: "Shows the largest number of arguments of a function.",
	},
	{
		Name: "block_size", Type: SettingInt, Scope: ScopeInternal, Category: catPreset, Default: "8192",
		Min: 8192, Max: 8192, Doc: "Shows the size of PostgreSQL's disk blocks, for tools that compute with it.",
	},
	{
		Name: "lc_collate", Type: SettingString, Scope: ScopeInternal, Category: catPreset, Default: "C",
		Doc: "Shows the order of text: by bytes.",
	},
	{
		Name: "lc_ctype", Type: SettingString, Scope: ScopeInternal, Category: catPreset, Default: "C.UTF-8",
		Doc: "Shows the classes of characters.",
	},
	{
		Name: "max_connections", Type: SettingInt, Scope: ScopeStart, Category: catConnect, Default: "1000",
		Min: 1, Max: 262143, Doc: "Sets the largest number of connections.",
	},
	{
		Name: "port", Type: SettingInt, Scope: ScopeStart, Category: catConnect, Default: "7432", Min: 1, Max: 65535,
		Doc: "Shows the port of the SQL listener.",
	},
	{
		Name: "ssl", Type: SettingBool, Scope: ScopeStart, Category: catConnect, Default: "off",
		Doc: "Shows whether connections may use TLS.",
	},

	// Kept and shown for clients that set them.
	{
		Name: "row_security", Type: SettingBool, Scope: ScopeUser, Category: catClient, Default: "on", NoEffect: true,
		Doc: "Applies row security policies, of which there are none.",
	},
	{
		Name: "lock_timeout", Type: SettingInt, Scope: ScopeUser, Category: catClient, Default: "0", Unit: "ms",
		Max: math.MaxInt32, NoEffect: true, Doc: "Limits waiting for locks, of which there are none.",
	},
	{
		Name: "synchronize_seqscans", Type: SettingBool, Scope: ScopeUser, Category: catCompat, Default: "on",
		NoEffect: true, Doc: "Synchronizes sequential scans in PostgreSQL.",
	},
	{
		Name: "check_function_bodies", Type: SettingBool, Scope: ScopeUser, Category: catClient, Default: "on",
		NoEffect: true, Doc: "Checks function bodies in PostgreSQL.",
	},
	{
		Name: "xmloption", Type: SettingEnum, Scope: ScopeUser, Category: catClient, Default: "content",
		Values: []string{"content", "document"}, NoEffect: true, Doc: "Says how PostgreSQL reads XML.",
	},
	{
		Name: "default_tablespace", Type: SettingString, Scope: ScopeUser, Category: catClient, NoEffect: true,
		Doc: "Names the tablespace of new tables in PostgreSQL.",
	},
	{
		Name: "default_table_access_method", Type: SettingString, Scope: ScopeUser, Category: catClient,
		Default: "heap", NoEffect: true, Doc: "Names the access method of new tables in PostgreSQL.",
	},
	{
		Name: "default_toast_compression", Type: SettingEnum, Scope: ScopeUser, Category: catClient,
		Default: "pglz", Values: []string{"pglz", "lz4"}, NoEffect: true,
		Doc: "Names the compression of large values in PostgreSQL.",
	},
	{
		Name: "escape_string_warning", Type: SettingBool, Scope: ScopeUser, Category: catCompat, Default: "on",
		NoEffect: true, Doc: "Warns of backslashes in plain string literals in PostgreSQL.",
	},
	{
		Name: "backslash_quote", Type: SettingEnum, Scope: ScopeUser, Category: catCompat, Default: "safe_encoding",
		Values: []string{"safe_encoding", "on", "off"}, NoEffect: true,
		Doc: `Says whether PostgreSQL allows \' in string literals.`,
	},
	{
		Name: "scram_iterations", Type: SettingInt, Scope: ScopeUser, Category: catConnect, Default: "4096",
		Min: 1, Max: math.MaxInt32, Report: true, Doc: "Sets how often a new password is hashed.",
	},
	{
		Name: "password_encryption", Type: SettingEnum, Scope: ScopeUser, Category: catConnect,
		Default: "scram-sha-256", Values: []string{"md5", "scram-sha-256"}, NoEffect: true,
		Doc: "Names the form in which passwords are kept.",
	},
	{
		Name: "work_mem", Type: SettingInt, Scope: ScopeUser, Category: catResource, Default: "4MB", Unit: "kB",
		Min: 64, Max: math.MaxInt32, NoEffect: true, Doc: "Limits the memory of a sort in PostgreSQL.",
	},
	{
		Name: "maintenance_work_mem", Type: SettingInt, Scope: ScopeUser, Category: catResource, Default: "64MB",
		Unit: "kB", Min: 1024, Max: math.MaxInt32, NoEffect: true,
		Doc: "Limits the memory of maintenance in PostgreSQL.",
	},
	{
		Name: "random_page_cost", Type: SettingReal, Scope: ScopeUser, Category: catPlanner, Default: "4",
		Max: math.MaxFloat64, NoEffect: true, Doc: "Sets a cost of PostgreSQL's planner.",
	},
	{
		Name: "jit", Type: SettingBool, Scope: ScopeUser, Category: catPlanner, Default: "on", NoEffect: true,
		Doc: "Allows just-in-time compilation in PostgreSQL.",
	},
	{
		Name: "enable_seqscan", Type: SettingBool, Scope: ScopeUser, Category: catPlanner, Default: "on",
		NoEffect: true, Doc: "Allows sequential scans in PostgreSQL's planner.",
	},
	{
		Name: "plan_cache_mode", Type: SettingEnum, Scope: ScopeUser, Category: catPlanner, Default: "auto",
		Values: []string{"auto", "force_generic_plan", "force_custom_plan"}, NoEffect: true,
		Doc: "Chooses between generic and custom plans in PostgreSQL.",
	},
	{
		Name: "lc_messages", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "C", NoEffect: true,
		Doc: "Names the language of messages, which is always English.",
	},
	{
		Name: "lc_monetary", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "C", NoEffect: true,
		Doc: "Names the format of amounts of money.",
	},
	{
		Name: "lc_numeric", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "C", NoEffect: true,
		Doc: "Names the format of numbers.",
	},
	{
		Name: "lc_time", Type: SettingString, Scope: ScopeUser, Category: catFormat, Default: "C", NoEffect: true,
		Doc: "Names the language of dates.",
	},
	{
		Name: "default_text_search_config", Type: SettingString, Scope: ScopeUser, Category: catFormat,
		Default: "pg_catalog.simple", NoEffect: true, Doc: "Names PostgreSQL's text search configuration.",
	},
	{
		Name: "quote_all_identifiers", Type: SettingBool, Scope: ScopeUser, Category: catCompat, Default: "off",
		NoEffect: true, Doc: "Quotes all names in generated SQL in PostgreSQL.",
	},
	{
		Name: "session_replication_role", Type: SettingEnum, Scope: ScopeUser, Category: catClient,
		Default: "origin", Values: []string{"origin", "replica", "local"}, NoEffect: true,
		Doc: "Says which triggers fire in PostgreSQL.",
	},
}
