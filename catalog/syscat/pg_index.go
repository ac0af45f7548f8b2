package syscat

import (
	"strings"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/types"
)

func constraintFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_index", doc: "Indexes, those of primary keys included.",
			columns: "indexrelid indrelid indnatts indnkeyatts indisunique indisprimary indimmediate indisvalid " +
				"indisready indislive indkey indcollation indclass indoption",
			rows: pgIndex,
		},
		{
			table: "pg_catalog.pg_constraint", doc: "Primary keys and CHECK constraints.",
			columns: "oid conname connamespace contype convalidated conrelid contypid conindid conislocal connoinherit " +
				"confupdtype confdeltype confmatchtype conkey conbin",
			rows: pgConstraint,
		},
		{
			table: "pg_catalog.pg_depend", doc: "Which view reads which relation, indexes of their tables, members of the extension.",
			columns: "classid objid objsubid refclassid refobjid refobjsubid deptype", rows: pgDepend,
		},
		{
			table: "pg_catalog.pg_rewrite", doc: "One rule per view, with its query as text.",
			columns: "oid rulename ev_class ev_type ev_enabled is_instead ev_action", rows: pgRewrite,
		},
		{
			table: "pg_catalog.pg_indexes", doc: "Indexes with their definitions.",
			columns: "schemaname tablename indexname indexdef", rows: pgIndexes,
		},
	}
}

// classOfArrays is PostgreSQL's btree operator class of every array type.
const classOfArrays = 10000

// operatorClass is the default btree operator class of a type, 0 for none.
func operatorClass(t types.Type) int64 {
	if t.Kind == types.KindArray {
		return classOfArrays
	}
	return tables().btreeClasses[t.OID()]
}

func pgIndex(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		for _, x := range indexes(o) {
			n := len(x.cols)
			columnType := func(i int) types.Type { return o.Columns[x.cols[i]].Type }
			err := add(oid(x.id), oid(o.ID), num(n), num(n), truth(x.unique), truth(x.primary), truth(true),
				truth(true), truth(true), truth(true),
				vector(types.Int2vector, n, func(i int) int64 { return int64(x.cols[i] + 1) }),
				vector(types.Oidvector, n, func(i int) int64 { return collationOf(columnType(i)) }),
				vector(types.Oidvector, n, func(i int) int64 { return operatorClass(columnType(i)) }),
				vector(types.Int2vector, n, func(int) int64 { return 0 }))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func pgConstraint(env Env, add Add) error {
	s := env.Snapshot()
	ids := schemaIDs(s)
	for _, o := range s.Objects() {
		if o.KeyID != 0 {
			err := add(oid(o.KeyID), text(o.KeyName), oid(ids[o.Schema]), char('p'), truth(true), oid(o.ID), num(0),
				oid(o.KeyID), truth(true), truth(true), char(' '), char(' '), char(' '), attnums(o.Key), null)
			if err != nil {
				return err
			}
		}
		for _, c := range o.Checks {
			err := add(oid(c.ID), text(c.Name), oid(ids[o.Schema]), char('c'), truth(true), oid(o.ID), num(0),
				num(0), truth(true), truth(false), char(' '), char(' '), char(' '),
				attnums(catalog.CheckColumns(o, c.Expr)), text(c.Expr))
			if err != nil {
				return err
			}
		}
	}
	return domainConstraints(env, add, ids)
}

func domainConstraints(env Env, add Add, ids map[string]catalog.ObjectID) error {
	for _, t := range env.Snapshot().Types() {
		if t.Kind != catalog.TypeDomain {
			continue
		}
		for _, c := range t.Checks {
			err := add(oid(c.ID), text(c.Name), oid(ids[t.Schema]), char('c'), truth(true), num(0), oid(t.ID),
				num(0), truth(true), truth(false), char(' '), char(' '), char(' '), null, text(c.Expr))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func pgDepend(env Env, add Add) error {
	if err := extensionMembers(env, add); err != nil {
		return err
	}
	for _, o := range env.Snapshot().Objects() {
		for _, ref := range o.DependsOn {
			err := add(num(classRewrite), oid(o.ID), num(0), num(classRelation), oid(ref), num(0), char('n'))
			if err != nil {
				return err
			}
		}
		if o.HasQuery() {
			err := add(num(classRewrite), oid(o.ID), num(0), num(classRelation), oid(o.ID), num(0), char('i'))
			if err != nil {
				return err
			}
		}
		for _, x := range indexes(o) {
			class, object, kind := classRelation, o.ID, byte('a')
			if x.primary {
				class, object, kind = classConstraint, x.id, 'i'
			}
			err := add(num(classRelation), oid(x.id), num(0), num(class), oid(object), num(0), char(kind))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func pgRewrite(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		if !o.HasQuery() {
			continue
		}
		err := add(oid(o.ID), text("_RETURN"), oid(o.ID), char('1'), char('O'), truth(true), text(o.Definition))
		if err != nil {
			return err
		}
	}
	return nil
}

func pgIndexes(env Env, add Add) error {
	for _, o := range env.Snapshot().Objects() {
		for _, x := range indexes(o) {
			err := add(text(o.Schema), text(o.Name), text(x.name), text(indexDef(o, x)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// indexDef is the CREATE INDEX that would make the index.
func indexDef(o *catalog.Object, x index) string {
	unique := ""
	if x.unique {
		unique = "UNIQUE "
	}
	return "CREATE " + unique + "INDEX " + sql.QuoteIdent(x.name) + " ON " +
		sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name) + " USING btree (" + columnList(o, x.cols) + ")"
}

func columnList(o *catalog.Object, cols []int) string {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = sql.QuoteIdent(o.Columns[c].Name)
	}
	return strings.Join(names, ", ")
}
