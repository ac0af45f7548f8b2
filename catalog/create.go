package catalog

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
)

func (d *draft) create(op *Create) error {
	if op.Object == nil {
		return corrupt(fmt.Errorf("create without an object"))
	}
	o := op.Object.clone()
	o.Owner, o.ACL = 0, nil
	if err := d.placeNew(o); err != nil {
		return err
	}
	if err := checkObject(o); err != nil {
		return err
	}
	if err := d.checkColumnTypes(o.Columns); err != nil {
		return err
	}
	if err := d.checkReads(o); err != nil {
		return err
	}
	o.DependsOn = d.directReads(o)
	if e, ok := d.base.names[QName{o.Schema, o.Name}]; ok {
		done, err := d.replace(op, e, o)
		if done || err != nil {
			return err
		}
	}
	if t, ok := d.base.FindType(nil, o.Schema, o.Name); ok {
		if t.Kind == TypeComposite {
			return errExists(o.Name)
		}
		return errTypeNamed(o.Name)
	}
	if err := d.add(o); err != nil {
		return err
	}
	d.ownSequences(o, op.Sequences)
	return nil
}

// placeNew finds the schema of a new object.
func (d *draft) placeNew(o *Object) error {
	if o.Schema == "" {
		schema, ok := d.base.CreationSchema(d.path)
		if !ok {
			return pgerr.New(pgerr.InvalidSchemaName, "no schema has been selected to create in")
		}
		o.Schema = schema
	}
	x, ok := d.base.Schema(o.Schema)
	switch {
	case !ok:
		return errNoSchema(o.Schema)
	case x.System:
		return errSystemCreate(QName{o.Schema, o.Name})
	}
	return d.mayCreateIn(o.Schema)
}

// directReads leaves of o.DependsOn what o's query names itself, without what views
// read for it, so that a dependency goes through the view.
func (d *draft) directReads(o *Object) []ObjectID {
	if o.Definition == "" {
		return nil
	}
	named := map[ObjectID]bool{}
	_, err := renameInQuery(o, func(n QName) (QName, bool) {
		if e, ok := d.base.resolve(o.SearchPath, n); ok && e.isRelation() {
			named[e.object.ID] = true
		}
		return n, false
	})
	if err != nil {
		return o.DependsOn
	}
	return slices.DeleteFunc(o.DependsOn, func(id ObjectID) bool { return !named[id] && id != o.InsertInto() })
}

// checkReads drops system tables, which are always there, from o.DependsOn, and
// makes sure that what the object reads is still what it was planned with (I5).
func (d *draft) checkReads(o *Object) error {
	o.DependsOn = slices.DeleteFunc(o.DependsOn, func(id ObjectID) bool { return id < FirstObjectID })
	seen := map[ObjectID]bool{}
	var check func(ids []ObjectID) error
	check = func(ids []ObjectID) error {
		for _, id := range ids {
			if seen[id] {
				continue
			}
			seen[id] = true
			r, ok := d.base.byID[id]
			if !ok || (d.change.BasedOn != 0 && r.ChangedAt > d.change.BasedOn) {
				return errConcurrent()
			}
			if err := check(r.DependsOn); err != nil {
				return err
			}
		}
		return nil
	}
	return check(o.DependsOn)
}

// replace deals with a name that is taken. done tells that nothing is left to do;
// otherwise the old object is gone and o is to be added.
func (d *draft) replace(op *Create, e entry, o *Object) (done bool, err error) {
	old := e.object
	switch {
	case op.IfNotExists && !op.OrReplace:
		n := errExists(o.Name)
		n.Message += ", skipping"
		d.notice(n)
		return true, nil
	case !op.OrReplace:
		return false, errExists(o.Name)
	case !e.isRelation() || old.KindName() != o.KindName() || old.Kind != o.Kind:
		return false, errWrongKind(o.Name, o.KindName())
	case !o.HasQuery() && sameDeclaration(old, o):
		d.notice(notice(pgerr.SuccessfulCompletion, "%s \"%s\" is declared like this already", o.KindName(), o.Name))
		return true, nil
	case !o.HasQuery():
		return false, pgerr.Newf(pgerr.FeatureNotSupported, "%s \"%s\" cannot be replaced", o.KindName(), o.Name).
			WithHint("Only views and continuous queries can be replaced; DROP it first.")
	}
	if err := d.mayChange(old); err != nil {
		return false, err
	}
	o.Owner, o.ACL = old.OwnerID(), old.ACL
	deps := d.base.closure(d.path, []*Object{old}, nil)[1:]
	if slices.Contains(idsOf(deps), o.ID) || slices.Contains(o.DependsOn, old.ID) {
		return false, pgerr.Newf(pgerr.InvalidObjectDefinition,
			"infinite recursion detected in rules for relation \"%s\"", o.Name)
	}
	if old.Kind == KindView {
		return true, d.replaceView(old, o, deps)
	}
	if len(deps) > 0 {
		return false, d.refuseReplace(old, deps)
	}
	d.remove(old)
	o.Comment = old.Comment
	return false, nil
}

// replaceView changes a plain view in place, as far as PostgreSQL allows, and only
// while no continuous query was compiled from its text.
func (d *draft) replaceView(old, o *Object, deps []dependent) error {
	if err := compatibleColumns(old, o); err != nil {
		return err
	}
	for _, dep := range deps {
		if slices.Contains(o.DependsOn, dep.object.ID) {
			return pgerr.Newf(pgerr.InvalidObjectDefinition,
				"infinite recursion detected in rules for relation \"%s\"", o.Name)
		}
		if dep.object.IsContinuous() {
			return d.refuseReplace(old, deps)
		}
	}
	o.ID, o.Comment, o.Version = old.ID, old.Comment, old.Version+1
	for i := range old.Columns {
		o.Columns[i].Comment = old.Columns[i].Comment
	}
	d.put(o)
	d.result.Object = o
	return nil
}

func (d *draft) refuseReplace(old *Object, deps []dependent) error {
	return pgerr.Newf(pgerr.DependentObjectsStillExist,
		"cannot replace %s because other objects depend on it", d.base.describe(d.path, old)).
		WithDetail("%s", reportLines(deps, func(x dependent) string {
			return d.base.describe(d.path, x.object) + " depends on " + x.reason
		})).
		WithHint("Drop the objects that depend on it and create them again.")
}

func idsOf(deps []dependent) []ObjectID {
	out := make([]ObjectID, len(deps))
	for i := range deps {
		out[i] = deps[i].object.ID
	}
	return out
}

// compatibleColumns checks that a replaced view keeps its columns and at most adds some.
func compatibleColumns(old, o *Object) error {
	if len(o.Columns) < len(old.Columns) {
		return pgerr.New(pgerr.InvalidTableDefinition, "cannot drop columns from view")
	}
	for i := range old.Columns {
		was, is := old.Columns[i], o.Columns[i]
		if was.Name != is.Name {
			return pgerr.Newf(pgerr.InvalidTableDefinition,
				"cannot change name of view column \"%s\" to \"%s\"", was.Name, is.Name).
				WithHint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.")
		}
		if !was.Type.Is(is.Type) {
			return pgerr.Newf(pgerr.InvalidTableDefinition,
				"cannot change data type of view column \"%s\" from %s to %s", was.Name, was.Type, is.Type)
		}
	}
	return nil
}

// add gives a new object its ids and names.
func (d *draft) add(o *Object) error {
	o.ID, o.Version, o.KeyID = d.newID(), 1, 0
	if o.Owner == 0 {
		d.ownNew(o)
	}
	indexes := o.Indexes
	o.Indexes = nil
	d.put(o)
	if o.showsKey() {
		if o.KeyName == "" {
			o.KeyName = d.chooseName(o.Schema, o.Name, "", "pkey")
		} else if d.taken(QName{o.Schema, o.KeyName}) {
			return errExists(o.KeyName)
		}
		o.KeyID = d.newID()
	} else {
		o.KeyName = ""
	}
	if err := nameChecks(o); err != nil {
		return err
	}
	for i := range o.Checks {
		o.Checks[i].ID = d.newID()
	}
	for _, x := range indexes {
		if err := d.addIndex(o, x); err != nil {
			return err
		}
	}
	d.result.Object = o
	return nil
}

// showsKey reports whether users see the key as a PRIMARY KEY.
func (o *Object) showsKey() bool {
	return len(o.Key) > 0 && (o.Kind == KindTable || o.KsqlTable)
}

// addIndex gives an index its id and name and adds it to o, which is being changed.
func (d *draft) addIndex(o *Object, x *Index) error {
	if x.Name == "" {
		names := make([]string, len(x.Cols))
		for i, c := range x.Cols {
			names[i] = o.Columns[c].Name
		}
		label := "idx"
		if x.Unique {
			label = "key"
		}
		x.Name = d.chooseName(o.Schema, o.Name, strings.Join(names, "_"), label)
	} else if d.taken(QName{o.Schema, x.Name}) {
		return errExists(x.Name)
	}
	x.ID, x.Table = d.newID(), o.ID
	o.Indexes = append(o.Indexes, x)
	return nil
}

// chooseName makes a free name like t_a_idx, t_a_idx1, ... of at most 63 bytes; the
// longer of the first two parts is cut when needed.
func (d *draft) chooseName(schema, table, columns, label string) string {
	for n := 0; ; n++ {
		suffix := "_" + label
		if n > 0 {
			suffix += fmt.Sprint(n)
		}
		name := joinCut(table, columns, nameMax-len(suffix)) + suffix
		if !d.taken(QName{schema, name}) {
			return name
		}
	}
}

// joinCut joins a and b with "_" in at most room bytes.
func joinCut(a, b string, room int) string {
	if b == "" {
		return cutName(a, room)
	}
	for len(a)+1+len(b) > room {
		if len(a) > len(b) {
			a = cutName(a, len(a)-1)
		} else {
			b = cutName(b, len(b)-1)
		}
	}
	return a + "_" + b
}

func (d *draft) createIndex(op *CreateIndex) error {
	if err := d.checkUserSchema(op.Table); err != nil {
		return err
	}
	e, ok := d.base.resolve(d.path, op.Table)
	if !ok {
		return errNoRelation(op.Table.Name)
	}
	if !e.isRelation() || !e.object.IsStored() {
		return errCannotIndex(op.Table.Name, e)
	}
	o := e.object
	if err := d.mayChange(o); err != nil {
		return err
	}
	if op.Name != "" && d.taken(QName{o.Schema, op.Name}) {
		n := errExists(op.Name)
		if !op.IfNotExists {
			return n
		}
		n.Message += ", skipping"
		d.notice(n)
		return nil
	}
	x := &Index{Name: op.Name, Unique: op.Unique}
	for _, name := range op.Columns {
		c := o.Column(name)
		if c < 0 {
			return errNoColumn(name)
		}
		x.Cols = append(x.Cols, c)
	}
	if len(x.Cols) == 0 || len(x.Cols) > indexColumnsMax {
		return pgerr.Newf(pgerr.TooManyColumns, "cannot use more than %d columns in an index", indexColumnsMax)
	}
	if op.Name != "" {
		if err := checkName(op.Name); err != nil {
			return err
		}
	}
	c := d.edit(o)
	d.result.Object = c
	d.result.Index = x
	if op.Unique && x.Name == "" {
		// CREATE UNIQUE INDEX names as a plain one does; only constraints use "key".
		names := strings.Join(op.Columns, "_")
		x.Name = d.chooseName(o.Schema, o.Name, names, "idx")
	}
	return d.addIndex(c, x)
}

func errCannotIndex(name string, e entry) error {
	kinds := "indexes"
	if e.isRelation() {
		kinds = string(e.object.KindName()) + "s"
	}
	err := pgerr.Newf(pgerr.WrongObjectType, "cannot create index on relation \"%s\"", name).
		WithDetail("This operation is not supported for %s.", kinds)
	if e.isRelation() && e.object.KindName() == sql.KindStream {
		err.WithHint("Create a materialized view over the stream and index that.")
	}
	return err
}

// sameDeclaration reports whether CREATE OR REPLACE of a stream or table changes nothing.
func sameDeclaration(a, b *Object) bool {
	return slices.EqualFunc(a.Columns, b.Columns, func(x, y Column) bool {
		return x.Column == y.Column && x.Default == y.Default
	}) && slices.Equal(a.Key, b.Key) && a.Partitions == b.Partitions && a.Upsert == b.Upsert &&
		maps.Equal(a.Options, b.Options) && a.Watermark == b.Watermark
}
