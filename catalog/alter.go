package catalog

import (
	"maps"
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

func (d *draft) comment(op *Comment) error {
	text := ""
	if op.Text != nil {
		text = *op.Text
	}
	switch op.Kind {
	case sql.KindDatabase:
		if op.Name.Name != DatabaseName {
			return pgerr.Newf(pgerr.InvalidCatalogName, "database \"%s\" does not exist", op.Name.Name)
		}
		if d.by != 0 && !d.base.Owns(d.by, BootstrapRole) {
			return errNotOwner("database", DatabaseName)
		}
		d.about, d.result.Changed = text, true
		return nil
	case sql.KindSchema:
		return d.commentSchema(op.Name.Name, text)
	case sql.KindIndex:
		return d.commentIndex(op, text)
	case sql.KindColumn:
		return d.commentColumn(op, text)
	}
	o, err := d.relation(op.Kind, op.Name, false)
	if err != nil {
		return err
	}
	c := d.edit(o)
	c.Comment = text
	d.result.Object = c
	return nil
}

func (d *draft) commentSchema(name, text string) error {
	for i := range d.schemas {
		if d.schemas[i].Name == name && !d.schemas[i].System {
			if err := d.mayChangeSchema(&d.schemas[i]); err != nil {
				return err
			}
			d.schemas[i].Comment = text
			d.result.Changed = true
			return nil
		}
	}
	if d.base.HasSchema(name) {
		return errSystemObject(name)
	}
	return errNoSchema(name)
}

func (d *draft) commentIndex(op *Comment, text string) error {
	if err := d.checkUserSchema(op.Name); err != nil {
		return err
	}
	e, ok := d.base.resolve(d.path, op.Name)
	switch {
	case !ok:
		return errNoRelation(op.Name.Name)
	case e.isRelation():
		return errWrongKind(op.Name.Name, sql.KindIndex)
	case e.key:
		return pgerr.New(pgerr.FeatureNotSupported, "COMMENT ON the index of a primary key is not supported")
	}
	if err := d.mayDrop(e); err != nil {
		return err
	}
	c := d.edit(e.object)
	for _, x := range c.Indexes {
		if x.ID == e.index.ID {
			x.Comment = text
		}
	}
	d.result.Object = c
	return nil
}

func (d *draft) commentColumn(op *Comment, text string) error {
	if err := d.checkUserSchema(op.Name); err != nil {
		return err
	}
	e, ok := d.base.resolve(d.path, op.Name)
	if !ok {
		return errNoRelation(op.Name.Name)
	}
	if !e.isRelation() {
		return pgerr.Newf(pgerr.WrongObjectType, "cannot set comment on relation \"%s\"", op.Name.Name).
			WithDetail("This operation is not supported for indexes.")
	}
	i := e.object.Column(op.Column)
	if i < 0 {
		return pgerr.Newf(pgerr.UndefinedColumn,
			"column \"%s\" of relation \"%s\" does not exist", op.Column, op.Name.Name)
	}
	if err := d.mayChange(e.object); err != nil {
		return err
	}
	c := d.edit(e.object)
	c.Columns[i].Comment = text
	d.result.Object = c
	return nil
}

func (d *draft) setOptions(op *SetOptions) error {
	o, err := d.relation(op.Kind, op.Name, true)
	if err != nil {
		return err
	}
	c := d.edit(o)
	if c.Options == nil {
		c.Options = map[string]string{}
	}
	maps.Copy(c.Options, op.Set)
	for _, name := range op.Reset {
		delete(c.Options, name)
	}
	d.result.Object = c
	return nil
}

func (d *draft) rename(op *Rename) error {
	switch {
	case op.Kind == sql.KindSchema:
		return d.renameSchema(op)
	case op.Column != "":
		return d.renameColumn(op)
	}
	if err := checkName(op.NewName); err != nil {
		return err
	}
	e, skip, err := d.findForRename(op)
	if skip || err != nil {
		return err
	}
	if err := d.mayCreateIn(e.object.Schema); err != nil {
		return err
	}
	to := QName{e.object.Schema, op.NewName}
	if _, ok := d.base.names[to]; ok {
		return errExists(op.NewName)
	}
	if _, ok := d.base.FindType(nil, to.Schema, to.Name); ok && e.isRelation() {
		return errTypeNamed(op.NewName)
	}
	if e.isRelation() {
		return d.renameRelation(e.object, op.NewName)
	}
	c := d.edit(e.object)
	if e.key {
		c.KeyName = op.NewName
	}
	for _, x := range c.Indexes {
		if e.index != nil && x.ID == e.index.ID {
			x.Name = op.NewName
			d.result.Index = x
		}
	}
	d.result.Object = c
	return nil
}

// findForRename resolves the name of an ALTER ... RENAME. ALTER TABLE and ALTER
// INDEX accept everything, as in PostgreSQL.
func (d *draft) findForRename(op *Rename) (e entry, skip bool, err error) {
	err = d.checkUserSchema(op.Name)
	if err == nil {
		var ok bool
		if e, ok = d.base.resolve(d.path, op.Name); !ok {
			err = errNoRelation(op.Name.Name)
		}
	}
	code := pgerr.SuccessfulCompletion
	if err != nil {
		code = pgerr.Code(err)
	}
	switch {
	case op.IfExists && (code == pgerr.UndefinedTable || code == pgerr.InvalidSchemaName):
		d.notice(notice(pgerr.SuccessfulCompletion, "relation \"%s\" does not exist, skipping", op.Name.Name))
		return entry{}, true, nil
	case err != nil:
		return entry{}, false, err
	case op.Kind != sql.KindTable && op.Kind != sql.KindIndex && e.kind() != op.Kind:
		return entry{}, false, errWrongKind(op.Name.Name, op.Kind)
	}
	return e, false, d.mayChange(e.object)
}

// renameRelation renames o and rewrites the queries that name it (I6).
func (d *draft) renameRelation(o *Object, name string) error {
	for _, r := range d.base.Readers(o.ID) {
		text, err := renameInQuery(r, func(n QName) (QName, bool) {
			e, ok := d.base.resolve(r.SearchPath, n)
			return QName{n.Schema, name}, ok && e.isRelation() && e.object.ID == o.ID
		})
		if err != nil {
			return err
		}
		d.edit(r).Definition = text
	}
	c := d.edit(o)
	c.Name = name
	d.result.Object = c
	return d.checkCapture(o, name)
}

// checkCapture refuses a rename after which the bare new name would mean another
// object in a query that uses it, because its search path finds the renamed one first.
func (d *draft) checkCapture(o *Object, name string) error {
	for _, r := range d.base.objects {
		if r.Definition == "" || !slices.Contains(r.SearchPath, o.Schema) {
			continue
		}
		captured := false
		_, err := renameInQuery(r, func(n QName) (QName, bool) {
			if n.Schema == "" && n.Name == name {
				captured = captured || d.shadows(o.Schema, r.SearchPath, name)
			}
			return n, false
		})
		if err != nil {
			return err
		}
		if captured {
			return pgerr.Newf(pgerr.FeatureNotSupported,
				"cannot rename to \"%s\" because it would hide the relation that %s reads by this name",
				name, d.base.describe(d.path, r))
		}
	}
	return nil
}

// shadows reports whether a relation called name in schema would come before the
// one that path finds now.
func (d *draft) shadows(schema string, path []string, name string) bool {
	for _, x := range path {
		if x == schema {
			_, found := d.base.resolve(path, QName{"", name})
			return found
		}
		if _, ok := d.base.names[QName{x, name}]; ok {
			return false
		}
	}
	return false
}

func (d *draft) renameColumn(op *Rename) error {
	e, skip, err := d.findForRename(op)
	if skip || err != nil {
		return err
	}
	o := e.object
	i := o.Column(op.Column)
	switch {
	case !e.isRelation():
		return pgerr.Newf(pgerr.WrongObjectType, "cannot rename columns of index \"%s\"", op.Name.Name)
	case reservedColumns[op.Column]:
		return pgerr.Newf(pgerr.FeatureNotSupported, "cannot rename system column \"%s\"", op.Column)
	case i < 0:
		return errNoColumn(op.Column)
	case reservedColumns[op.NewName]:
		return errReservedColumn(op.NewName)
	case o.Column(op.NewName) >= 0:
		return pgerr.Newf(pgerr.DuplicateColumn,
			"column \"%s\" of relation \"%s\" already exists", op.NewName, o.Name)
	}
	if err := checkName(op.NewName); err != nil {
		return err
	}
	if deps := d.base.closure(d.path, []*Object{o}, nil)[1:]; len(deps) > 0 {
		return pgerr.Newf(pgerr.FeatureNotSupported,
			"cannot rename a column of %s because other objects depend on it", d.base.describe(d.path, o)).
			WithDetail("%s", reportLines(deps, func(x dependent) string {
				return d.base.describe(d.path, x.object) + " depends on " + x.reason
			}))
	}
	c := d.edit(o)
	c.Columns[i].Name = op.NewName
	c.Version++
	d.result.Object = c
	return renameInChecks(c, op.Column, op.NewName)
}
