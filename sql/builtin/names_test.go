package builtin

import "testing"

// TestNumberOfNames prints how many functions can be called by name, operators and
// ksqlDB's own names apart.
func TestNumberOfNames(t *testing.T) {
	ksql := map[string]bool{}
	for _, family := range families {
		if family.title == "ksqlDB" || family.title == "ksqlDB: JSON text and maps" {
			for _, f := range family.funcs {
				ksql[f.Name] = true
			}
		}
	}
	for _, a := range ksqlAggs {
		ksql[a.Name] = true
	}
	for _, f := range ksqlTables {
		ksql[f.Name] = true
	}
	names := map[string]bool{}
	for _, f := range All() {
		if !f.IsOperator() {
			names[f.Name] = true
		}
	}
	for _, a := range AllAggs() {
		names[a.Name] = true
	}
	for _, f := range AllTables() {
		names[f.Name] = true
	}
	for _, family := range windowFamilies {
		for _, f := range family.funcs {
			names[f.Name] = true
		}
	}
	own := 0
	for name := range ksql {
		if names[name] {
			own++
		}
	}
	t.Logf("%d names, %d of them ksqlDB's", len(names), own)
	if len(names)-own < 400 {
		t.Errorf("%d names besides ksqlDB's, want 400", len(names)-own)
	}
}

// ksqlNames are the functions that ksqlDB documents, without lambdas and those that
// are key words of the grammar here.
var ksqlNames = []string{
	"abs", "acos", "asin", "atan", "atan2", "cbrt", "ceil", "cos", "cosh", "cot", "degrees", "exp", "floor", "greatest", "least", "ln", "log", "pi", "power",
	"radians", "random", "round", "sign", "sin", "sinh", "sqrt", "tan", "tanh", "trunc",
	"chr", "concat", "concat_ws", "elt", "encode", "field", "from_bytes", "initcap", "instr", "lcase", "len", "lpad", "mask", "mask_keep_left", "mask_keep_right",
	"mask_left", "mask_right", "md5", "replace", "rpad", "split", "split_to_map", "substring", "to_bytes", "btrim", "ucase", "uuid",
	"regexp_extract", "regexp_extract_all", "regexp_replace", "regexp_split_to_array",
	"extractjsonfield", "is_json_string", "json_array_contains", "json_array_length", "json_concat", "json_items", "json_keys", "json_records", "to_json_string",
	"array_concat", "array_contains", "array_distinct", "array_except", "array_intersect", "array_join", "array_length", "array_max", "array_min", "array_remove",
	"array_sort", "array_union", "generate_series", "slice", "as_map", "entries", "map_keys", "map_union", "map_values",
	"convert_tz", "dateadd", "datesub", "format_date", "format_time", "format_timestamp", "from_days", "from_unixtime", "parse_date", "parse_time",
	"parse_timestamp", "timeadd", "timesub", "timestampadd", "timestampsub", "unix_date", "unix_timestamp", "datetostring", "stringtodate",
	"stringtotimestamp", "timestamptostring", "ifnull", "bigint_from_bytes", "double_from_bytes", "int_from_bytes", "as_value",
	"geo_distance", "url_decode_param", "url_encode_param", "url_extract_fragment", "url_extract_host", "url_extract_parameter", "url_extract_path",
	"url_extract_port", "url_extract_protocol", "url_extract_query",
	"attr", "avg", "collect_list", "collect_set", "correlation", "count", "count_distinct", "earliest_by_offset", "histogram", "latest_by_offset", "max", "min",
	"stddev_samp", "stddev_sample", "sum", "sum_list", "topk", "topkdistinct", "explode", "cube_explode",
}

func TestNamesOfKsqlDB(t *testing.T) {
	for _, name := range ksqlNames {
		if !Exists(name) {
			t.Errorf("%s is missing", name)
		}
	}
}
