package syscat

import (
	"maps"
	"strconv"
	"strings"
	"sync"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// answer computes a catalog function. ok false is NULL.
type answer func(env Env, args []types.Datum) (result types.Datum, ok bool, err error)

// Function answers a catalog function of SQL by name, as builtin.Session.Catalog
// wants it: ok is false when there is no such object (NULL). Arguments that are oids
// come as fixed datums, names and types' names as bytes datums.
//
// Beside the functions of PostgreSQL by their names there are regclassin,
// regclassout and their like for regtype, regproc and regnamespace: from text to
// oid with PostgreSQL's error when there is none, and from oid to text.
func Function(env Env, name string, args []types.Datum) (result types.Datum, ok bool, err error) {
	f, known := answerTable()[name]
	if !known {
		return null, false, pgerr.Newf(pgerr.FeatureNotSupported, "function %s is not supported", name)
	}
	return f(env, args)
}

// HasFunction reports whether Function answers name.
func HasFunction(name string) bool { _, ok := answerTable()[name]; return ok }

var answerTable = sync.OnceValue(func() map[string]answer {
	all := answers()
	maps.Copy(all, privilegeAnswers)
	return all
})

func answers() map[string]answer {
	yes := constant(truth(true))
	return map[string]answer{
		"pg_get_viewdef":                     viewDef,
		"pg_get_ruledef":                     ruleDef,
		"pg_get_indexdef":                    indexDefOf,
		"pg_get_constraintdef":               constraintDef,
		"pg_get_expr":                        getExpr,
		"pg_get_userbyid":                    userByID,
		"pg_get_function_result":             functionPart((*function).resultName),
		"pg_get_function_arguments":          functionPart((*function).arguments),
		"pg_get_function_identity_arguments": functionPart((*function).arguments),
		"pg_get_functiondef":                 nothing,
		"pg_get_function_sqlbody":            nothing,
		"pg_get_triggerdef":                  nothing,
		"pg_get_partkeydef":                  nothing,
		"pg_get_statisticsobjdef_columns":    nothing,
		"pg_get_statisticsobjdef":            nothing,
		"pg_get_serial_sequence":             serialSequence,
		"pg_relation_is_publishable":         constant(truth(false)),
		"pg_is_other_temp_schema":            constant(truth(false)),
		"pg_my_temp_schema":                  constant(num(0)),
		"pg_tablespace_location":             constant(text("")),
		"pg_index_column_has_property":       nothing,
		"pg_stat_get_numscans":               constant(num(0)),
		"pg_describe_object":                 describeObject,

		"obj_description":   objectComment,
		"shobj_description": databaseComment,
		"col_description":   columnComment,
		"format_type":       formatType,

		"pg_table_is_visible":          tableVisible,
		"pg_type_is_visible":           yes,
		"pg_function_is_visible":       yes,
		"pg_operator_is_visible":       yes,
		"pg_opclass_is_visible":        yes,
		"pg_opfamily_is_visible":       yes,
		"pg_collation_is_visible":      yes,
		"pg_conversion_is_visible":     yes,
		"pg_statistics_obj_is_visible": yes,
		"pg_ts_config_is_visible":      yes,
		"pg_ts_dict_is_visible":        yes,
		"pg_ts_parser_is_visible":      yes,
		"pg_ts_template_is_visible":    yes,

		"pg_relation_size":         relationSize,
		"pg_table_size":            relationSize,
		"pg_total_relation_size":   relationSize,
		"pg_indexes_size":          constant(num(0)),
		"pg_database_size":         databaseSize,
		"pg_tablespace_size":       databaseSize,
		"pg_postmaster_start_time": startTime,
		"pg_conf_load_time":        startTime,
		"txid_current":             lastEpoch,
		"pg_cancel_backend":        interrupt(interruption{Interrupter.Cancel, "cancel", "canceled", "query"}),
		"pg_terminate_backend":     interrupt(interruption{Interrupter.Terminate, "terminate", "terminated", "process"}),
		"pg_relation_filenode":     sameOID,

		"regclassin":      regclassIn,
		"regclassout":     regclassOut,
		"to_regclass":     orNull(regclassIn),
		"regtypein":       regtypeIn,
		"regtypeout":      regtypeOut,
		"to_regtype":      orNull(regtypeIn),
		"regprocin":       regprocIn,
		"regprocout":      regprocOut,
		"to_regproc":      orNull(regprocIn),
		"regnamespacein":  regnamespaceIn,
		"regprocedurein":  regprocedureIn,
		"regprocedureout": regprocedureOut,
		"to_regprocedure": orNull(regprocedureIn),
		"regoperin":       operatorIn(false),
		"regoperout":      operatorOut(operator.plainName),
		"to_regoper":      orNull(operatorIn(false)),
		"regoperatorin":   operatorIn(true),
		"regoperatorout":  operatorOut(operator.signature),
		"to_regoperator":  orNull(operatorIn(true)),
		"regnamespaceout": regnamespaceOut,
		"to_regnamespace": orNull(regnamespaceIn),
	}
}

func constant(d types.Datum) answer {
	return func(Env, []types.Datum) (types.Datum, bool, error) { return d, true, nil }
}

func nothing(Env, []types.Datum) (types.Datum, bool, error) { return null, false, nil }

func found(s string) (types.Datum, bool, error) { return text(s), true, nil }

// orNull turns "does not exist" into NULL.
func orNull(f answer) answer {
	return func(env Env, args []types.Datum) (types.Datum, bool, error) {
		d, ok, err := f(env, args)
		if err != nil {
			return null, false, nil
		}
		return d, ok, nil
	}
}

// argument returns the i-th argument, NULL when there are fewer.
func argument(args []types.Datum, i int) types.Datum {
	if i < len(args) {
		return args[i]
	}
	return null
}

func idArgument(args []types.Datum, i int) catalog.ObjectID {
	return catalog.ObjectID(uint32(argument(args, i).I))
}

func sameOID(_ Env, args []types.Datum) (types.Datum, bool, error) {
	return argument(args, 0), len(args) > 0, nil
}

// relationArgument is a relation given by oid or by name.
func relationArgument(env Env, d types.Datum) (*catalog.Object, bool) {
	id := catalog.ObjectID(uint32(d.I))
	if d.S != "" {
		found, ok := lookupClass(env, d.S)
		if !ok {
			return nil, false
		}
		id = found
	}
	return findRelation(env, id)
}

func viewDef(env Env, args []types.Datum) (types.Datum, bool, error) {
	o, ok := relationArgument(env, argument(args, 0))
	if !ok || o.Definition == "" {
		return null, false, nil
	}
	return found(queryText(o))
}

// queryText is a view's query as PostgreSQL shows it.
func queryText(o *catalog.Object) string {
	if o.Definition == "" {
		return ""
	}
	return " " + o.Definition + ";"
}

func ruleDef(env Env, args []types.Datum) (types.Datum, bool, error) {
	o, ok := findRelation(env, idArgument(args, 0))
	if !ok || o.Definition == "" {
		return null, false, nil
	}
	return found("CREATE RULE \"_RETURN\" AS ON SELECT TO " + qualified(o) + " DO INSTEAD " + o.Definition + ";")
}

func qualified(o *catalog.Object) string {
	return sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name)
}

// indexDefOf answers pg_get_indexdef(oid) and (oid, column, pretty).
func indexDefOf(env Env, args []types.Datum) (types.Datum, bool, error) {
	o, x, ok := findIndex(env.Snapshot(), idArgument(args, 0))
	if !ok {
		return null, false, nil
	}
	n := int(argument(args, 1).I)
	switch {
	case len(args) < 2 || n == 0:
		return found(indexDef(o, x))
	case n < 0 || n > len(x.cols):
		return found("")
	}
	return found(sql.QuoteIdent(o.Columns[x.cols[n-1]].Name))
}

func constraintDef(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	if o, x, ok := findIndex(env.Snapshot(), id); ok && x.primary {
		return found("PRIMARY KEY (" + columnList(o, x.cols) + ")")
	}
	for _, o := range env.Snapshot().Objects() {
		if text, ok := checkDef(o.Checks, id, argument(args, 1).Bool()); ok {
			return found(text)
		}
	}
	for _, t := range env.Snapshot().Types() {
		if text, ok := checkDef(t.Checks, id, argument(args, 1).Bool()); ok {
			return found(text)
		}
	}
	return null, false, nil
}

// checkDef is the definition of the CHECK constraint with the given id.
func checkDef(checks []catalog.CheckText, id catalog.ObjectID, pretty bool) (string, bool) {
	for _, c := range checks {
		if c.ID != id {
			continue
		}
		if pretty {
			return "CHECK (" + c.Expr + ")", true
		}
		return "CHECK ((" + c.Expr + "))", true
	}
	return "", false
}

// getExpr answers pg_get_expr: stored expressions are text already.
func getExpr(_ Env, args []types.Datum) (types.Datum, bool, error) {
	d := argument(args, 0)
	return d, d.Set, nil
}

func userByID(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	if id == catalog.PublicRole {
		return found("unknown (OID=0)")
	}
	return found(env.Snapshot().RoleName(id))
}

func (f *function) resultName() string { return f.resultText }

func functionPart(part func(*function) string) answer {
	return func(_ Env, args []types.Datum) (types.Datum, bool, error) {
		f, ok := findFunction(int64(idArgument(args, 0)))
		if !ok {
			return null, false, nil
		}
		return found(part(f))
	}
}

func describeObject(env Env, args []types.Datum) (types.Datum, bool, error) {
	id, column := idArgument(args, 1), int(argument(args, 2).I)
	switch idArgument(args, 0) {
	case classRelation, classRewrite:
		o, ok := findRelation(env, id)
		if !ok {
			return null, false, nil
		}
		s := string(o.KindName()) + " " + env.Snapshot().DisplayName(env.SearchPath(), o)
		if column > 0 && column <= len(o.Columns) {
			s = "column " + sql.QuoteIdent(o.Columns[column-1].Name) + " of " + s
		}
		return found(s)
	case classNamespace:
		for _, x := range env.Snapshot().Schemas() {
			if x.ID == id {
				return found("schema " + sql.QuoteIdent(x.Name))
			}
		}
	}
	return null, false, nil
}

func objectComment(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	class := "pg_class"
	if len(args) > 1 {
		class = argument(args, 1).S
	}
	comment := ""
	switch class {
	case "pg_class":
		if o, ok := env.Snapshot().Object(id); ok {
			comment = o.Comment
		} else if x, _, ok := env.Snapshot().Index(id); ok {
			comment = x.Comment
		}
	case "pg_namespace":
		for _, x := range env.Snapshot().Schemas() {
			if x.ID == id {
				comment = x.Comment
			}
		}
	case "pg_type":
		if t, ok := env.Snapshot().TypeByID(id); ok {
			comment = t.Comment
		}
	case "pg_proc":
		if f, ok := findFunction(int64(id)); ok {
			comment = f.doc
		}
	}
	return textOrNull(comment), comment != "", nil
}

func databaseComment(env Env, args []types.Datum) (types.Datum, bool, error) {
	comment := env.Snapshot().DatabaseComment()
	if idArgument(args, 0) != databaseOID || argument(args, 1).S != "pg_database" || comment == "" {
		return null, false, nil
	}
	return found(comment)
}

func columnComment(env Env, args []types.Datum) (types.Datum, bool, error) {
	o, ok := findRelation(env, idArgument(args, 0))
	n := int(argument(args, 1).I)
	if !ok || n < 1 || n > len(o.Columns) || o.Columns[n-1].Comment == "" {
		return null, false, nil
	}
	return found(o.Columns[n-1].Comment)
}

func formatType(env Env, args []types.Datum) (types.Datum, bool, error) {
	if !argument(args, 0).Set {
		return null, false, nil
	}
	id := uint32(idArgument(args, 0))
	if id == 0 {
		return found("-")
	}
	t, ok := types.FromOID(id)
	if !ok {
		if name, ok := userTypeName(env, id); ok {
			return found(name)
		}
		return found(typeName(id))
	}
	if mod := argument(args, 1); mod.Set {
		t.Mod = int32(mod.I)
	}
	return found(t.String())
}

func tableVisible(env Env, args []types.Datum) (types.Datum, bool, error) {
	id := idArgument(args, 0)
	if o, ok := Object(id); ok {
		return truth(o.Schema == "pg_catalog"), true, nil
	}
	s := env.Snapshot()
	if o, ok := s.Object(id); ok {
		_, hidden := Lookup("", o.Name)
		return truth(!hidden && s.Visible(env.SearchPath(), o)), true, nil
	}
	if q, ok := s.SequenceByID(id); ok {
		first, ok := s.FindSequence(env.SearchPath(), "", q.Name)
		return truth(ok && first == q), true, nil
	}
	if t, ok := s.TypeByID(id); ok {
		first, ok := s.FindType(env.SearchPath(), "", t.Name)
		return truth(ok && first == t), true, nil
	}
	o, x, ok := findIndex(s, id)
	if !ok {
		return null, false, nil
	}
	for _, schema := range env.SearchPath() {
		if schema == o.Schema {
			return truth(true), true, nil
		}
		if _, _, taken := s.LookupIndex(nil, schema, x.name); taken {
			break
		}
	}
	return truth(false), true, nil
}

// relationSize is what the log holds of a stream or table.
func relationSize(env Env, args []types.Datum) (types.Datum, bool, error) {
	o, ok := relationArgument(env, argument(args, 0))
	if !ok {
		if _, _, isIndex := findIndex(env.Snapshot(), idArgument(args, 0)); isIndex {
			return num(0), true, nil
		}
		return null, false, nil
	}
	total := int64(0)
	for _, p := range env.Partitions() {
		if p.Stream == o.ID {
			total += p.Bytes
		}
	}
	return num(total), true, nil
}

func databaseSize(env Env, _ []types.Datum) (types.Datum, bool, error) {
	total := int64(0)
	for _, p := range env.Partitions() {
		total += p.Bytes
	}
	return num(total), true, nil
}

// startTime is that of the node which answers.
func startTime(env Env, _ []types.Datum) (types.Datum, bool, error) {
	for _, n := range env.Nodes() {
		return when(n.StartedAt), n.StartedAt != 0, nil
	}
	return null, false, nil
}

// lastEpoch stands for a transaction number: it grows with every write.
func lastEpoch(env Env, _ []types.Datum) (types.Datum, bool, error) {
	last := uint64(0)
	for _, e := range env.Epochs() {
		last = max(last, e.Number)
	}
	return num(last), true, nil
}

// Interrupter is an Env that can interrupt other sessions.
type Interrupter interface {
	// Cancel ends the session's statement; false when there is no such session.
	Cancel(pid int32) bool
	// Terminate ends the session; false when there is no such session.
	Terminate(pid int32) bool
}

func interrupt(how interruption) answer {
	return func(env Env, args []types.Datum) (types.Datum, bool, error) {
		x, ok := env.(Interrupter)
		if !ok {
			return null, false, pgerr.New(pgerr.FeatureNotSupported, "sessions cannot be interrupted by a function here")
		}
		pid := int32(argument(args, 0).I)
		if err := how.refuse(env, pid); err != nil {
			return null, false, err
		}
		return truth(how.how(x, pid)), true, nil
	}
}

// oidText reads an oid given as digits, which all reg types accept.
func oidText(s string) (types.Datum, bool) {
	s = strings.TrimSpace(s)
	if s == "-" {
		return num(0), true
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return types.FixedDatum(int64(n)), err == nil
}
