package session

import (
	"slices"
	"strings"

	"millrace/catalog"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// ksqlOptions are the settings of WITH that only ksqlDB's scripts have.
var ksqlOptions = map[string]relationOption{
	"kafka_topic":       {apply: ksqlDeclared},
	"value_format":      {apply: ksqlFormat("value_format"), noEffect: true},
	"key_format":        {apply: ksqlFormat("key_format"), noEffect: true},
	"format":            {apply: ksqlFormat("format"), noEffect: true},
	"timestamp":         {apply: setTimestamp},
	"timestamp_format":  {apply: keepText},
	"replicas":          {apply: keepInteger("replicas", 1), noEffect: true},
	"wrap_single_value": {apply: keepBool, noEffect: true},
	"window_type":       {apply: keepText, noEffect: true},
	"window_size":       {apply: keepText, noEffect: true},

	"key_delimiter":               {apply: keepText, noEffect: true},
	"value_delimiter":             {apply: keepText, noEffect: true},
	"key_schema_id":               {apply: keepText, noEffect: true},
	"value_schema_id":             {apply: keepText, noEffect: true},
	"key_schema_full_name":        {apply: keepText, noEffect: true},
	"value_schema_full_name":      {apply: keepText, noEffect: true},
	"value_avro_schema_full_name": {apply: keepText, noEffect: true},

	"key_protobuf_nullable_representation":   {apply: keepText, noEffect: true},
	"value_protobuf_nullable_representation": {apply: keepText, noEffect: true},
}

// idleOptions tells which settings of WITH do nothing. The two that stand in every
// script are not worth a word.
func (s *Session) idleOptions(names []string) {
	names = slices.DeleteFunc(names, func(n string) bool { return n == "value_format" || n == "key_format" })
	if len(names) > 0 {
		s.notice(pgerr.Newf(pgerr.SuccessfulCompletion, "without effect here: %s", strings.Join(names, ", ")).
			WithDetail("Rows are kept in Millrace's own format and log."))
	}
}

// keepText keeps the value of a setting as it is.
func keepText(*catalog.Object, string) error { return nil }

func keepBool(_ *catalog.Object, value string) error {
	switch strings.ToLower(value) {
	case "true", "false":
		return nil
	}
	return badOption("wrap_single_value", value, `Valid values are "true" and "false".`)
}

// ksqlFormats are the formats of ksqlDB. Their names are checked, so that a slip of
// the pen shows; they decide nothing.
var ksqlFormats = map[string]bool{
	"json": true, "json_sr": true, "avro": true, "protobuf": true, "protobuf_nosr": true,
	"delimited": true, "kafka": true, "none": true,
}

// ksqlFormat checks the name of a format.
func ksqlFormat(option string) func(*catalog.Object, string) error {
	return func(o *catalog.Object, value string) error {
		if !ksqlFormats[strings.ToLower(value)] {
			return badOption(option, value, `Valid values are "json", "json_sr", "avro", "protobuf", `+
				`"protobuf_nosr", "delimited", "kafka" and "none".`)
		}
		return ksqlDeclared(o, value)
	}
}

// setTimestamp names the column that gives each row its ROWTIME. Like any name in
// ksqlDB it is folded unless quoted.
func setTimestamp(o *catalog.Object, value string) error {
	o.Options["timestamp"] = foldName(value)
	return nil
}

// foldName reads a name given as a string: in lower case, unless it is quoted inside.
func foldName(value string) string {
	if n := len(value); n > 2 && (value[0] == '`' || value[0] == '"') && value[n-1] == value[0] {
		return value[1 : n-1]
	}
	return strings.ToLower(value)
}

// rowtimeColumn checks the column of WITH (TIMESTAMP = ..), once the columns are known.
func rowtimeColumn(o *catalog.Object, with []sql.Option) error {
	name, ok := o.Options["timestamp"]
	if !ok {
		if _, format := o.Options["timestamp_format"]; format {
			return pgerr.New(pgerr.InvalidParameterValue, "timestamp_format needs timestamp").At(int(optionPos(with, "timestamp_format")))
		}
		return nil
	}
	pos := int(optionPos(with, "timestamp"))
	if o.Kind != catalog.KindStream {
		return pgerr.New(pgerr.FeatureNotSupported, "timestamp is supported for streams only").At(pos)
	}
	i := o.Column(name)
	if i < 0 {
		return pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" of timestamp does not exist", name).At(pos)
	}
	_, format := o.Options["timestamp_format"]
	if planner.RowtimeText(o) == "" {
		err := pgerr.Newf(pgerr.DatatypeMismatch, "column \"%s\" cannot be the time of a row: it is of type %s",
			name, o.Columns[i].Type)
		if isText(o.Columns[i].Type) {
			err.WithHint("A text needs timestamp_format, too.")
		}
		return err.At(pos)
	}
	if format && !isText(o.Columns[i].Type) {
		return pgerr.New(pgerr.InvalidParameterValue, "timestamp_format is for a column of type text").
			At(int(optionPos(with, "timestamp_format")))
	}
	return nil
}

func isText(t types.Type) bool { return t.Kind == types.KindText || t.Kind == types.KindVarchar }

func optionPos(with []sql.Option, name string) sql.Pos {
	for _, w := range with {
		if w.Name == name {
			return w.Pos
		}
	}
	return sql.NoPos
}

// declared checks what a stream or table that is declared with its columns has of
// ksqlDB's settings.
func (s *Session) declared(o *catalog.Object, with []sql.Option, source bool) error {
	if len(o.Columns) == 0 && len(with) > 0 {
		return pgerr.New(pgerr.FeatureNotSupported, "columns cannot be inferred from a schema registry").
			WithHint("Write the columns: CREATE STREAM s (c type, ...) WITH (...).")
	}
	if source && o.Options["connector"] == "" {
		o.Options["read_only"] = "true"
	}
	s.sharedTopic(o)
	return rowtimeColumn(o, with)
}

// sinkStream gives the stream of CREATE STREAM AS SELECT its key and partitions: those
// of PARTITION BY, else those of the stream that it reads.
func sinkStream(o *catalog.Object, v *plan.View, with []sql.Option) error {
	o.Key = v.PartitionBy
	if o.Key == nil {
		o.Key = v.StreamKey
	}
	if optionPos(with, "partitions") == sql.NoPos {
		o.Partitions = max(v.Partitions, 1)
	}
	return rowtimeColumn(o, with)
}

// sharedTopic tells when another relation was declared over the same topic: in ksqlDB
// both would show the same records.
func (s *Session) sharedTopic(o *catalog.Object) {
	topic := o.Options["kafka_topic"]
	if topic == "" {
		return
	}
	for _, other := range s.backend.Catalog.Current().Objects() {
		if other.Options["kafka_topic"] == topic && (other.Name != o.Name || o.Schema != "" && other.Schema != o.Schema) {
			s.warn(pgerr.Newf(pgerr.Warning, "topic \"%s\" is that of %s \"%s\", too", topic, other.KindName(), other.Name).
				WithHint("Every stream and table has rows of its own here: make this one AS SELECT from \"%s\" instead.", other.Name))
			return
		}
	}
}
