package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

func (d *draft) createSchema(op *CreateSchema) error {
	if err := checkName(op.Name); err != nil {
		return err
	}
	if isReservedSchemaName(op.Name) {
		return errSchemaName(op.Name)
	}
	if err := d.mayCreateSchema(); err != nil {
		return err
	}
	owner := d.by
	if op.Owner != "" {
		to, err := d.role(op.Owner)
		if err != nil {
			return err
		}
		if err := d.mayGive(to); err != nil {
			return err
		}
		owner = to.ID
	}
	if d.base.HasSchema(op.Name) {
		e := pgerr.Newf(pgerr.DuplicateSchema, "schema \"%s\" already exists", op.Name)
		if !op.IfNotExists {
			return e
		}
		e.Message += ", skipping"
		d.notice(e)
		return nil
	}
	d.schemas = append(d.schemas, Schema{
		ID: d.newID(), Name: op.Name, Owner: owner, ACL: d.newACL(sql.KindSchema, 0, PrivsSchema),
	})
	d.result.Changed = true
	return nil
}

func (d *draft) dropSchema(op *DropSchema) error {
	var drop []Schema
	for _, name := range op.Names {
		x, ok := d.base.Schema(name)
		switch {
		case !ok && !op.IfExists:
			return errNoSchema(name)
		case !ok:
			d.notice(notice(pgerr.SuccessfulCompletion, "schema \"%s\" does not exist, skipping", name))
		case x.System:
			return pgerr.Newf(pgerr.DependentObjectsStillExist,
				"cannot drop schema %s because it is required by the database system", name)
		default:
			if err := d.mayChangeSchema(&x); err != nil {
				return err
			}
			drop = append(drop, x)
		}
	}
	var roots []*Object
	for _, o := range d.base.objects {
		if slices.ContainsFunc(drop, func(x Schema) bool { return x.Name == o.Schema }) {
			roots = append(roots, o)
		}
	}
	inside := slices.DeleteFunc(slices.Clone(d.types), func(t *UserType) bool {
		return !slices.ContainsFunc(drop, func(x Schema) bool { return x.Name == t.Schema })
	})
	deps := d.base.closure(d.path, roots, func(o *Object) string { return "schema " + o.Schema })
	if len(deps)+len(inside) > 0 && !op.Cascade {
		what := "desired object(s)"
		if len(drop) == 1 {
			what = "schema " + drop[0].Name
		}
		return d.base.refuseDrop(d.path, what, append(deps, d.base.typesOf(inside)...))
	}
	d.cascade(deps, deps)
	if err := d.dropTypes(inside); err != nil {
		return err
	}
	for _, x := range drop {
		d.sequences = slices.DeleteFunc(d.sequences, func(q *Sequence) bool { return q.Schema == x.Name })
		d.schemas = slices.DeleteFunc(d.schemas, func(y Schema) bool { return y.ID == x.ID })
		d.result.Changed = true
	}
	return nil
}

// cascade removes all of deps, readers first, and reports the ones in tell.
func (d *draft) cascade(deps, tell []dependent) {
	if len(tell) > 0 {
		d.notice(d.base.cascadeNotice(d.path, tell))
	}
	for i := len(deps) - 1; i >= 0; i-- {
		d.remove(deps[i].object)
	}
}

// renameSchema moves everything in the schema, and every text that names it.
func (d *draft) renameSchema(op *Rename) error {
	if err := checkName(op.NewName); err != nil {
		return err
	}
	old := op.Name.Name
	x, ok := d.base.Schema(old)
	switch {
	case !ok && op.IfExists:
		d.notice(notice(pgerr.SuccessfulCompletion, "schema \"%s\" does not exist, skipping", old))
		return nil
	case !ok:
		return errNoSchema(old)
	case d.base.HasSchema(op.NewName):
		return pgerr.Newf(pgerr.DuplicateSchema, "schema \"%s\" already exists", op.NewName)
	case isReservedSchemaName(op.NewName):
		return errSchemaName(op.NewName)
	case x.System:
		return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied: schema \"%s\" is the system's", old)
	}
	if err := d.mayChangeSchema(&x); err != nil {
		return err
	}
	if err := d.mayCreateSchema(); err != nil {
		return err
	}
	for i := range d.schemas {
		if d.schemas[i].ID == x.ID {
			d.schemas[i].Name = op.NewName
		}
	}
	d.result.Changed = true
	for i, q := range d.sequences {
		if q.Schema == old {
			c := *q
			c.Schema = op.NewName
			d.sequences[i] = &c
		}
	}
	for i, t := range d.types {
		if t.Schema == old {
			c := *t
			c.Schema = op.NewName
			d.types[i] = &c
		}
	}
	return d.moveSchema(old, op.NewName)
}

func (d *draft) moveSchema(from, to string) error {
	for _, o := range d.base.objects {
		inPath := slices.Contains(o.SearchPath, from)
		text, err := renameInQuery(o, func(n QName) (QName, bool) {
			return QName{to, n.Name}, n.Schema == from
		})
		if err != nil {
			return err
		}
		if o.Schema != from && !inPath && text == o.Definition {
			continue
		}
		c := d.edit(o)
		c.Definition = text
		if o.Schema == from {
			c.Schema = to
		}
		for i := range c.SearchPath {
			if c.SearchPath[i] == from {
				c.SearchPath[i] = to
			}
		}
	}
	return nil
}
