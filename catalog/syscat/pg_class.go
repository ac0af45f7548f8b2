package syscat

import (
	"millrace/catalog"
	"millrace/sql/types"
)

func relationFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_class", doc: "Relations and indexes; streams are shown as tables (relkind r).",
			columns: "oid relname relnamespace reltype relowner relam relfilenode reltuples relhasindex " +
				"relpersistence relkind relnatts relchecks relhasrules relispopulated relreplident reloptions relacl",
			rows: pgClass,
		},
		{
			table: "pg_catalog.pg_attribute", doc: "Columns of relations and indexes.",
			columns: "attrelid attname atttypid attstattarget attlen attnum attndims attcacheoff atttypmod " +
				"attbyval attalign attstorage attnotnull atthasdef attidentity attgenerated attislocal attcollation",
			rows: pgAttribute,
		},
		{
			table: "pg_catalog.pg_attrdef", doc: "Defaults of columns.",
			columns: "oid adrelid adnum adbin", rows: pgAttrdef,
		},
		{
			table: "pg_catalog.pg_namespace", doc: "Schemas.",
			columns: "oid nspname nspowner nspacl", rows: pgNamespace,
		},
		{
			table: "pg_catalog.pg_description", doc: "Comments on schemas, relations, columns and indexes.",
			columns: "objoid classoid objsubid description", rows: pgDescription,
		},
	}
}

func pgClass(env Env, add Add) error {
	for _, r := range relations(env) {
		am := 0
		if r.kind != 'v' {
			am = heapOID
		}
		options := null
		if len(r.Options) > 0 {
			options = textArray(sortedOptions(r.Object))
		}
		identity := byte('d')
		if r.kind == 'v' {
			identity = 'n'
		}
		has := indexes(r.Object)
		err := add(oid(r.ID), text(r.Name), oid(r.schemaID), num(rowType(r)), oid(r.OwnerID()), num(am), oid(r.ID), float(-1),
			truth(len(has) > 0), char('p'), char(r.kind), num(len(r.Columns)), num(len(r.Checks)),
			truth(r.kind == 'v' || r.kind == 'm'), truth(true), char(identity), options, systemACL(env, r.Object))
		if err != nil {
			return err
		}
		for _, x := range has {
			err := add(oid(x.id), text(x.name), oid(r.schemaID), num(0), oid(r.OwnerID()), num(btreeOID), oid(x.id), float(0),
				truth(false), char('p'), char('i'), num(len(x.cols)), num(0),
				truth(false), truth(true), char('n'), null, null)
			if err != nil {
				return err
			}
		}
	}
	if err := sequenceRelations(env, add); err != nil {
		return err
	}
	ids := schemaIDs(env.Snapshot())
	return composites(env, func(t *catalog.UserType) error {
		return add(oid(t.ID), text(t.Name), oid(ids[t.Schema]), oid(t.ID), num(roleOID), num(0), num(0), float(-1),
			truth(false), char('p'), char('c'), num(len(t.Fields)), num(0), truth(false), truth(true), char('n'), null, null)
	})
}

// rowType is pg_class.reltype, 0 for system tables.
func rowType(r relation) uint32 {
	if r.Kind == catalog.KindSystem {
		return 0
	}
	return catalog.RowTypeOID(r.ID)
}

func pgAttribute(env Env, add Add) error {
	attribute := func(rel catalog.ObjectID, number int, c catalog.Column, notNull bool) error {
		t := c.Type
		fact := typeFactOf(t)
		typeID := t.OID()
		if c.Domain != 0 {
			typeID = uint32(c.Domain)
		}
		dims := 0
		if t.Kind == types.KindArray {
			dims = 1
		}
		return add(oid(rel), text(c.Name), num(typeID), num(-1), num(t.TypLen()), num(number), num(dims), num(-1),
			num(t.Mod), truth(fact.byVal), char(fact.align), char(fact.storage), truth(notNull),
			truth(columnDefault(env.Snapshot(), nil, c) != ""), char(identityChar(c)), char(generatedChar(c)), truth(true), num(fact.collation))
	}
	for _, r := range relations(env) {
		for i, c := range r.Columns {
			if err := attribute(r.ID, i+1, c, notNull(r.Object, i)); err != nil {
				return err
			}
		}
		for _, x := range indexes(r.Object) {
			for i, position := range x.cols {
				c := r.Columns[position]
				c.Default, c.Sequence, c.Identity, c.Generated = "", 0, "", ""
				if err := attribute(x.id, i+1, c, false); err != nil {
					return err
				}
			}
		}
	}
	return composites(env, func(t *catalog.UserType) error {
		for i, c := range t.Fields {
			if err := attribute(t.ID, i+1, c, false); err != nil {
				return err
			}
		}
		return nil
	})
}

// typeFactOf is what pg_type says of a type's storage.
func typeFactOf(t types.Type) typeFact {
	switch {
	case t.Kind == types.KindEnum:
		return typeFact{byVal: true, align: 'i', storage: 'p'}
	case t.IsComposite():
		return typeFact{align: 'd', storage: 'x'}
	case t.Kind == types.KindArray && t.Def != nil:
		return typeFact{align: 'i', storage: 'x'}
	}
	return tables().typeFacts[t.OID()]
}

// pgAttrdef numbers the defaults: nothing but other rows of one snapshot refers to
// their oids.
func pgAttrdef(env Env, add Add) error {
	next := 1
	for _, o := range env.Snapshot().Objects() {
		for i, c := range o.Columns {
			def := columnDefault(env.Snapshot(), env.SearchPath(), c)
			if def == "" {
				continue
			}
			if err := add(num(next), oid(o.ID), num(i+1), text(def)); err != nil {
				return err
			}
			next++
		}
	}
	return nil
}

func pgNamespace(env Env, add Add) error {
	for _, x := range env.Snapshot().Schemas() {
		if err := add(oid(x.ID), text(x.Name), oid(x.OwnerID()), schemaACL(env, &x)); err != nil {
			return err
		}
	}
	return nil
}

func pgDescription(env Env, add Add) error {
	comment := func(id catalog.ObjectID, class, column int, s string) error {
		if s == "" {
			return nil
		}
		return add(oid(id), num(class), num(column), text(s))
	}
	for _, x := range env.Snapshot().Schemas() {
		if err := comment(x.ID, classNamespace, 0, x.Comment); err != nil {
			return err
		}
	}
	for _, t := range env.Snapshot().Types() {
		if err := comment(t.ID, classType, 0, t.Comment); err != nil {
			return err
		}
	}
	for _, o := range env.Snapshot().Objects() {
		if err := comment(o.ID, classRelation, 0, o.Comment); err != nil {
			return err
		}
		for i, c := range o.Columns {
			if err := comment(o.ID, classRelation, i+1, c.Comment); err != nil {
				return err
			}
		}
		for _, x := range o.Indexes {
			if err := comment(x.ID, classRelation, 0, x.Comment); err != nil {
				return err
			}
		}
	}
	return nil
}
