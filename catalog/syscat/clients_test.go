package syscat

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/clients.txt
var clientsText string

// Everything that clients read is there.
func TestClientsFindTheirColumns(t *testing.T) {
	checked := 0
	for _, line := range strings.Split(clientsText, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		schema, name, _ := strings.Cut(f[0], ".")
		o, ok := Lookup(schema, name)
		if !ok {
			t.Errorf("no relation %s", f[0])
			continue
		}
		for _, column := range f[1:] {
			if o.Column(column) < 0 {
				t.Errorf("no column %s.%s", f[0], column)
			}
			checked++
		}
	}
	if checked < 400 {
		t.Errorf("only %d columns in the list", checked)
	}
}

// The functions that clients call with objects of the catalog are answered.
func TestClientsFindTheirFunctions(t *testing.T) {
	for _, name := range strings.Fields(`col_description format_type has_database_privilege
		has_function_privilege obj_description pg_collation_is_visible pg_conversion_is_visible
		pg_database_size pg_describe_object pg_function_is_visible pg_get_constraintdef pg_get_expr
		pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result
		pg_get_function_sqlbody pg_get_functiondef pg_get_indexdef pg_get_partkeydef pg_get_ruledef
		pg_get_serial_sequence pg_get_statisticsobjdef_columns pg_get_triggerdef pg_get_userbyid
		pg_get_viewdef pg_opclass_is_visible pg_operator_is_visible pg_opfamily_is_visible
		pg_relation_is_publishable pg_statistics_obj_is_visible pg_table_is_visible pg_table_size
		pg_tablespace_location pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible
		pg_cancel_backend pg_terminate_backend pg_postmaster_start_time pg_conf_load_time txid_current
		pg_ts_template_is_visible pg_type_is_visible shobj_description`) {
		if !HasFunction(name) {
			t.Errorf("no function %s", name)
		}
	}
}
