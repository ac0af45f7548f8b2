package builtin

import "millrace/sql/types"

// catalogCall starts an entry of a function that the session's catalog answers.
func catalogCall(name string, returns types.Type, doc string, args ...types.Type) Func {
	return Func{
		Name: name, Args: args, Returns: returns, Volatility: Stable, Doc: doc,
		Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			if c.Env.Session == nil {
				return types.Null, errNoSession(name)
			}
			d, ok, err := c.Env.Session.Catalog(name, args)
			if err != nil || !ok {
				return types.Null, err
			}
			return d, nil
		}),
	}
}

// catalogFuncs are PostgreSQL's functions about objects. What clients ask of things
// that do not exist here (publications, inheritance) is answered with "none".
func catalogFuncs() []Func {
	const definition = "Statement or expression that defines the object."
	out := []Func{
		catalogCall("pg_get_viewdef", types.Text, definition, types.OID),
		catalogCall("pg_get_viewdef", types.Text, definition, types.OID, types.Bool),
		catalogCall("pg_get_viewdef", types.Text, definition, types.OID, types.Int4),
		catalogCall("pg_get_viewdef", types.Text, definition, types.Text),
		catalogCall("pg_get_viewdef", types.Text, definition, types.Text, types.Bool),
		catalogCall("pg_get_ruledef", types.Text, definition, types.OID),
		catalogCall("pg_get_ruledef", types.Text, definition, types.OID, types.Bool),
		catalogCall("pg_get_indexdef", types.Text, definition, types.OID),
		catalogCall("pg_get_indexdef", types.Text, definition, types.OID, types.Int4, types.Bool),
		catalogCall("pg_get_constraintdef", types.Text, definition, types.OID),
		catalogCall("pg_get_constraintdef", types.Text, definition, types.OID, types.Bool),
		catalogCall("pg_get_expr", types.Text, definition, types.PgNodeTree, types.OID),
		catalogCall("pg_get_expr", types.Text, definition, types.PgNodeTree, types.OID, types.Bool),
		catalogCall("pg_get_triggerdef", types.Text, definition, types.OID),
		catalogCall("pg_get_triggerdef", types.Text, definition, types.OID, types.Bool),
		catalogCall("pg_get_partkeydef", types.Text, definition, types.OID),
		catalogCall("pg_get_functiondef", types.Text, definition, types.OID),
		catalogCall("pg_get_function_result", types.Text, "Result type of a function.", types.OID),
		catalogCall("pg_get_function_arguments", types.Text, "Arguments of a function.", types.OID),
		catalogCall("pg_get_function_identity_arguments", types.Text, "Arguments of a function.", types.OID),
		catalogCall("pg_get_function_sqlbody", types.Text, definition, types.OID),
		catalogCall("pg_get_statisticsobjdef", types.Text, definition, types.OID),
		catalogCall("pg_get_statisticsobjdef_columns", types.Text, definition, types.OID),
		catalogCall("pg_get_serial_sequence", types.Text, "Sequence of a column.", types.Text, types.Text),
		catalogCall("pg_get_userbyid", types.Name, "Name of a role.", types.OID),
		catalogCall("pg_describe_object", types.Text, "The object in words.", types.OID, types.OID, types.Int4),
		catalogCall("obj_description", types.Text, "Comment on an object.", types.OID, types.Name),
		catalogCall("obj_description", types.Text, "Comment on an object.", types.OID),
		catalogCall("shobj_description", types.Text, "Comment on an object that all databases share.", types.OID, types.Name),
		catalogCall("col_description", types.Text, "Comment on a column.", types.OID, types.Int4),
		catalogCall("pg_relation_is_publishable", types.Bool, "Whether the relation can be in a publication.", types.Regclass),
		catalogCall("pg_is_other_temp_schema", types.Bool, "Whether the schema is for another session's temporary tables.", types.OID),
		catalogCall("pg_my_temp_schema", types.OID, "Schema of the session's temporary tables."),
		catalogCall("pg_tablespace_location", types.Text, "Path of a tablespace.", types.OID),
		catalogCall("pg_index_column_has_property", types.Bool, "Whether a column of an index has a property.", types.Regclass, types.Int4, types.Text),
		catalogCall("pg_stat_get_numscans", types.Int8, "Number of scans.", types.OID),
		catalogCall("pg_relation_filenode", types.OID, "File number of a relation.", types.Regclass),
		catalogCall("pg_postmaster_start_time", types.Timestamptz, "When the server was started."),
		catalogCall("pg_conf_load_time", types.Timestamptz, "When the configuration was read."),
		catalogCall("txid_current", types.Int8, "Number of the transaction."),
		catalogCall("pg_cancel_backend", types.Bool, "Cancels the statement of a session.", types.Int4),
		catalogCall("pg_terminate_backend", types.Bool, "Ends a session.", types.Int4),
		catalogCall("pg_database_size", types.Int8, "Bytes of a database.", types.Name),
		catalogCall("pg_database_size", types.Int8, "Bytes of a database.", types.OID),
		catalogCall("pg_tablespace_size", types.Int8, "Bytes of a tablespace: of the database, as there is one.", types.OID),
		catalogCall("pg_tablespace_size", types.Int8, "Bytes of a tablespace: of the database, as there is one.", types.Name),
	}
	for _, name := range []string{"regclass", "regtype", "regproc", "regnamespace", "regprocedure", "regoper", "regoperator"} {
		kind, _ := types.Lookup(name, nil, 0)
		out = append(out, catalogCall("to_"+name, kind, "The object of that name, NULL when there is none.", types.Text))
	}
	for _, name := range []string{"pg_relation_size", "pg_table_size", "pg_total_relation_size", "pg_indexes_size"} {
		out = append(out, catalogCall(name, types.Int8, "Bytes of a relation.", types.Regclass),
			catalogCall(name, types.Int8, "Bytes of a relation.", types.Text))
	}
	out = append(out, formatTypeFunc())
	return concat(out, visibilityFuncs(), privilegeFuncs())
}

// formatTypeFunc is answered without a session: types are the same everywhere.
func formatTypeFunc() Func {
	return Func{
		Name: "format_type", Args: list(types.OID, types.Int4), Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc: "SQL name of a type with its modifier.", Example: "format_type(1700::oid, 655366) = 'numeric(10,2)'",
		Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			if c.Env.Session != nil {
				d, ok, err := c.Env.Session.Catalog("format_type", args)
				if err != nil || !ok {
					return types.Null, err
				}
				return d, nil
			}
			t, ok := types.FromOID(uint32(args[0].I))
			switch {
			case !args[0].Set:
				return types.Null, nil
			case args[0].I == 0:
				return types.BytesDatum("-"), nil
			case !ok:
				return types.BytesDatum("???"), nil
			case args[1].Set:
				t.Mod = int32(args[1].I)
			}
			return types.BytesDatum(t.String()), nil
		}),
	}
}

func visibilityFuncs() []Func {
	var out []Func
	for _, what := range []string{
		"table", "type", "function", "operator", "opclass", "opfamily", "collation",
		"conversion", "statistics_obj", "ts_config", "ts_dict", "ts_parser", "ts_template",
	} {
		out = append(out, catalogCall("pg_"+what+"_is_visible", types.Bool,
			"Whether the object is found without naming its schema.", types.OID))
	}
	return out
}

// privilegeFuncs are has_..._privilege: of the current user or a named one, on an
// object by name or oid.
func privilegeFuncs() []Func {
	const doc = "Whether the user has the privilege."
	var out []Func
	for _, what := range []string{"table", "schema", "database", "function", "sequence", "tablespace", "type", "language", "any_column"} {
		name := "has_" + what + "_privilege"
		for _, object := range []types.Type{types.Text, types.OID} {
			out = append(out, catalogCall(name, types.Bool, doc, object, types.Text),
				catalogCall(name, types.Bool, doc, types.Name, object, types.Text),
				catalogCall(name, types.Bool, doc, types.OID, object, types.Text))
		}
	}
	for _, column := range []types.Type{types.Text, types.Int2} {
		out = append(out, catalogCall("has_column_privilege", types.Bool, doc, types.Text, column, types.Text),
			catalogCall("has_column_privilege", types.Bool, doc, types.OID, column, types.Text))
	}
	out = append(out, catalogCall("acldefault", types.ArrayOf(types.KindAclitem), "The privileges that an object of a kind and an owner has at first.",
		types.Char, types.OID))
	for _, role := range []types.Type{types.Name, types.OID} {
		out = append(out, catalogCall("pg_has_role", types.Bool, doc, role, types.Text),
			catalogCall("pg_has_role", types.Bool, doc, types.Name, role, types.Text))
	}
	return out
}
