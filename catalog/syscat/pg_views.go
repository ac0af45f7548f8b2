package syscat

import "millrace/catalog"

func viewFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_tables", doc: "Tables and streams, the system's included.",
			columns: "schemaname tablename tableowner hasindexes hasrules hastriggers rowsecurity",
			rows: func(env Env, add Add) error {
				return eachRelation(env, 'r', func(o *catalog.Object) error {
					return add(text(o.Schema), text(o.Name), ownerName(env, o), truth(len(indexes(o)) > 0),
						truth(false), truth(false), truth(false))
				})
			},
		},
		{
			table: "pg_catalog.pg_views", doc: "Plain views and the system's.",
			columns: "schemaname viewname viewowner definition",
			rows: func(env Env, add Add) error {
				return eachRelation(env, 'v', func(o *catalog.Object) error {
					return add(text(o.Schema), text(o.Name), ownerName(env, o), text(queryText(o)))
				})
			},
		},
		{
			table: "pg_catalog.pg_matviews", doc: "Materialized views.",
			columns: "schemaname matviewname matviewowner hasindexes ispopulated definition",
			rows: func(env Env, add Add) error {
				return eachRelation(env, 'm', func(o *catalog.Object) error {
					return add(text(o.Schema), text(o.Name), ownerName(env, o), truth(len(indexes(o)) > 0),
						truth(true), text(queryText(o)))
				})
			},
		},
		{
			table: "pg_catalog.pg_stat_user_tables pg_catalog.pg_stat_all_tables",
			doc:   "Tables, streams and materialized views, without statistics.",
			columns: "relid schemaname relname seq_scan seq_tup_read n_tup_ins n_tup_upd n_tup_del " +
				"n_live_tup n_dead_tup vacuum_count autovacuum_count analyze_count autoanalyze_count",
			rows: func(env Env, add Add) error {
				zero := num(0)
				for _, o := range env.Snapshot().Objects() {
					if o.Kind == catalog.KindView {
						continue
					}
					err := add(oid(o.ID), text(o.Schema), text(o.Name),
						zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero)
					if err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			table:   "pg_catalog.pg_stat_user_indexes pg_catalog.pg_stat_all_indexes",
			doc:     "Indexes, without statistics.",
			columns: "relid indexrelid schemaname relname indexrelname idx_scan idx_tup_read idx_tup_fetch",
			rows: func(env Env, add Add) error {
				for _, o := range env.Snapshot().Objects() {
					for _, x := range indexes(o) {
						err := add(oid(o.ID), oid(x.id), text(o.Schema), text(o.Name), text(x.name),
							num(0), num(0), num(0))
						if err != nil {
							return err
						}
					}
				}
				return nil
			},
		},
	}
}

// eachRelation calls f for the relations of one relkind.
func eachRelation(env Env, kind byte, f func(*catalog.Object) error) error {
	for _, r := range relations(env) {
		if r.kind == kind {
			if err := f(r.Object); err != nil {
				return err
			}
		}
	}
	return nil
}
