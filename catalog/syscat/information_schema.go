package syscat

import (
	"millrace/catalog"
	"millrace/sql/types"
)

func standardFillers() []filler {
	database := text(DatabaseName)
	return []filler{
		{
			table: "information_schema.information_schema_catalog_name", doc: "The one database.",
			columns: "catalog_name",
			rows:    func(_ Env, add Add) error { return add(database) },
		},
		{
			table:   "information_schema.schemata",
			doc:     "Schemas.",
			columns: "catalog_name schema_name schema_owner",
			rows: func(env Env, add Add) error {
				for _, x := range env.Snapshot().Schemas() {
					if err := add(database, text(x.Name), text(env.Snapshot().RoleName(x.OwnerID()))); err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			table:   "information_schema.tables",
			doc:     "Relations of all kinds but materialized views; streams are base tables.",
			columns: "table_catalog table_schema table_name table_type is_insertable_into is_typed",
			rows:    standardTables,
		},
		{
			table: "information_schema.views", doc: "Plain views.",
			columns: "table_catalog table_schema table_name view_definition check_option is_updatable " +
				"is_insertable_into is_trigger_updatable is_trigger_deletable is_trigger_insertable_into",
			rows: standardViews,
		},
		{
			table: "information_schema.view_table_usage", doc: "Which relations a plain view reads.",
			columns: "view_catalog view_schema view_name table_catalog table_schema table_name",
			rows:    standardViewUsage,
		},
		{
			table: "information_schema.character_sets", doc: "UTF8.",
			columns: "character_set_name character_repertoire form_of_use default_collate_catalog",
			rows: func(_ Env, add Add) error {
				return add(text("UTF8"), text("UCS"), text("UTF8"), database)
			},
		},
		{
			table: "information_schema.routines", doc: "Functions.",
			columns: "specific_catalog specific_schema specific_name routine_catalog routine_schema routine_name " +
				"routine_type type_udt_catalog type_udt_schema type_udt_name data_type routine_body " +
				"external_language is_deterministic",
			rows: standardRoutines,
		},
	}
}

func standardConstraintFillers() []filler {
	database := text(DatabaseName)
	return []filler{
		{
			table: "information_schema.table_constraints", doc: "Primary keys and CHECK constraints.",
			columns: "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name " +
				"constraint_type is_deferrable initially_deferred enforced",
			rows: standardConstraints,
		},
		{
			table: "information_schema.key_column_usage", doc: "Columns of primary keys.",
			columns: "constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name " +
				"column_name ordinal_position",
			rows: func(env Env, add Add) error {
				return eachKeyColumn(env, func(o *catalog.Object, position int, c string) error {
					return add(database, text(o.Schema), text(o.KeyName), database, text(o.Schema), text(o.Name),
						text(c), num(position))
				})
			},
		},
		{
			table: "information_schema.constraint_column_usage", doc: "Columns of primary keys and CHECK constraints.",
			columns: "table_catalog table_schema table_name column_name constraint_catalog constraint_schema " +
				"constraint_name",
			rows: func(env Env, add Add) error {
				return eachConstraintColumn(env, func(o *catalog.Object, name, c string) error {
					return add(database, text(o.Schema), text(o.Name), text(c), database, text(o.Schema), text(name))
				})
			},
		},
		{
			table: "information_schema.constraint_table_usage", doc: "Tables with primary keys.",
			columns: "table_catalog table_schema table_name constraint_catalog constraint_schema constraint_name",
			rows: func(env Env, add Add) error {
				return eachKeyColumn(env, func(o *catalog.Object, position int, _ string) error {
					if position > 1 {
						return nil
					}
					return add(database, text(o.Schema), text(o.Name), database, text(o.Schema), text(o.KeyName))
				})
			},
		},
		{
			table: "information_schema.check_constraints", doc: "CHECK and NOT NULL constraints.",
			columns: "constraint_catalog constraint_schema constraint_name check_clause",
			rows: func(env Env, add Add) error {
				return eachCheck(env, func(o *catalog.Object, name, clause string) error {
					return add(database, text(o.Schema), text(name), text(clause))
				})
			},
		},
	}
}

func standardTables(env Env, add Add) error {
	for _, r := range relations(env) {
		kind := "BASE TABLE"
		switch r.kind {
		case 'v':
			kind = "VIEW"
		case 'm':
			continue // as in PostgreSQL
		}
		writable := r.Kind == catalog.KindTable || r.Kind == catalog.KindStream && !r.SinkStream
		err := add(text(DatabaseName), text(r.Schema), text(r.Name), text(kind), yesNo(writable), yesNo(false))
		if err != nil {
			return err
		}
	}
	return nil
}

func standardViews(env Env, add Add) error {
	no := yesNo(false)
	return eachRelation(env, 'v', func(o *catalog.Object) error {
		return add(text(DatabaseName), text(o.Schema), text(o.Name), text(queryText(o)), text("NONE"),
			no, no, no, no, no)
	})
}

func standardViewUsage(env Env, add Add) error {
	s := env.Snapshot()
	for _, o := range s.Objects() {
		if o.Kind != catalog.KindView {
			continue
		}
		for _, id := range o.DependsOn {
			ref, ok := s.Object(id)
			if !ok {
				continue
			}
			err := add(text(DatabaseName), text(o.Schema), text(o.Name),
				text(DatabaseName), text(ref.Schema), text(ref.Name))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func standardConstraints(env Env, add Add) error {
	database := text(DatabaseName)
	one := func(o *catalog.Object, name, kind string) error {
		return add(database, text(o.Schema), text(name), database, text(o.Schema), text(o.Name), text(kind),
			yesNo(false), yesNo(false), yesNo(true))
	}
	for _, o := range env.Snapshot().Objects() {
		if o.KeyID != 0 {
			if err := one(o, o.KeyName, "PRIMARY KEY"); err != nil {
				return err
			}
		}
	}
	return eachCheck(env, func(o *catalog.Object, name, _ string) error { return one(o, name, "CHECK") })
}

// eachCheck calls f for each CHECK constraint, and for each NOT NULL, which the
// standard counts among them, under the name that PostgreSQL gives it here.
func eachCheck(env Env, f func(o *catalog.Object, name, clause string) error) error {
	ids := schemaIDs(env.Snapshot())
	for _, o := range env.Snapshot().Objects() {
		for _, c := range o.Checks {
			if err := f(o, c.Name, "(("+c.Expr+"))"); err != nil {
				return err
			}
		}
		for i, c := range o.Columns {
			if !notNull(o, i) {
				continue
			}
			name := itoa(int64(ids[o.Schema])) + "_" + itoa(int64(o.ID)) + "_" + itoa(i+1) + "_not_null"
			if err := f(o, name, c.Name+" IS NOT NULL"); err != nil {
				return err
			}
		}
	}
	return nil
}

// eachConstraintColumn calls f for each column of a primary key or CHECK constraint.
func eachConstraintColumn(env Env, f func(o *catalog.Object, constraint, column string) error) error {
	for _, o := range env.Snapshot().Objects() {
		if o.KeyID != 0 {
			for _, c := range o.Key {
				if err := f(o, o.KeyName, o.Columns[c].Name); err != nil {
					return err
				}
			}
		}
		for _, check := range o.Checks {
			for _, c := range catalog.CheckColumns(o, check.Expr) {
				if err := f(o, check.Name, o.Columns[c].Name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// eachKeyColumn calls f for each column of a primary key with its place in the key,
// from 1.
func eachKeyColumn(env Env, f func(o *catalog.Object, position int, column string) error) error {
	for _, o := range env.Snapshot().Objects() {
		if o.KeyID == 0 {
			continue
		}
		for i, c := range o.Key {
			if err := f(o, i+1, o.Columns[c].Name); err != nil {
				return err
			}
		}
	}
	return nil
}

func standardRoutines(_ Env, add Add) error {
	database, schema := text(DatabaseName), text("pg_catalog")
	for _, f := range functions() {
		udt := ""
		if t, ok := types.FromOID(uint32(f.result)); ok {
			udt = t.InternalName()
		}
		kind := text("FUNCTION")
		if f.kind == 'a' {
			kind = null
		}
		err := add(database, schema, text(procKey(f.name, []int64{f.oid})), database, schema, text(f.name), kind,
			database, schema, text(udt), text(typeName(uint32(f.result))), text("EXTERNAL"), text("INTERNAL"),
			yesNo(f.volatility == 'i'))
		if err != nil {
			return err
		}
	}
	return nil
}
