package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

func (d *draft) drop(op *Drop) error {
	var roots []*Object
	for _, name := range op.Names {
		o, err := d.findForDrop(op, name)
		if err != nil {
			return err
		}
		if o != nil && !slices.Contains(roots, o) {
			roots = append(roots, o)
		}
	}
	if len(roots) == 0 {
		return nil
	}
	deps := d.base.closure(d.path, roots, nil)
	var others []dependent
	for _, x := range deps {
		if !slices.Contains(roots, x.object) {
			others = append(others, x)
		}
	}
	if len(others) > 0 && !op.Cascade {
		what := "desired object(s)"
		if len(roots) == 1 {
			what = d.base.describe(d.path, roots[0])
		}
		err := d.base.refuseDrop(d.path, what, others)
		if len(roots) > 1 {
			pgerr.As(err).Message = "cannot drop desired object(s) because other objects depend on them"
		}
		return err
	}
	d.cascade(deps, others)
	return nil
}

// findForDrop returns the object to drop, or nil when IF EXISTS lets it pass.
func (d *draft) findForDrop(op *Drop, name QName) (*Object, error) {
	e, skip, err := d.findEntry(op.Kind, name, op.IfExists)
	if skip || err != nil {
		return nil, err
	}
	if is := e.kind(); is != op.Kind {
		return nil, errDropKind(name.Name, op.Kind, is)
	}
	return e.object, d.mayDrop(e)
}

// kind returns what the entry is, in the words of SQL.
func (e entry) kind() sql.ObjectKind {
	if e.isRelation() {
		return e.object.KindName()
	}
	return sql.KindIndex
}

// findEntry resolves the name of a DROP. skip tells that it does not exist and need not.
func (d *draft) findEntry(kind sql.ObjectKind, name QName, ifExists bool) (e entry, skip bool, err error) {
	if err := d.checkUserSchema(name); err != nil {
		if ifExists && pgerr.Code(err) == pgerr.InvalidSchemaName {
			d.notice(notice(pgerr.SuccessfulCompletion, "schema \"%s\" does not exist, skipping", name.Schema))
			return entry{}, true, nil
		}
		return entry{}, false, err
	}
	e, ok := d.base.resolve(d.path, name)
	if ok {
		return e, false, nil
	}
	if !ifExists {
		return entry{}, false, errNoObject(kind, name.Name)
	}
	d.notice(notice(pgerr.SuccessfulCompletion, "%s \"%s\" does not exist, skipping", kind, name.Name))
	return entry{}, true, nil
}

func (d *draft) dropIndex(op *DropIndex) error {
	for _, name := range op.Names {
		e, skip, err := d.findEntry(sql.KindIndex, name, op.IfExists)
		switch {
		case err != nil:
			return err
		case skip:
		case e.isRelation():
			return errDropKind(name.Name, sql.KindIndex, e.object.KindName())
		case e.key:
			table := d.base.DisplayName(d.path, e.object)
			return pgerr.Newf(pgerr.DependentObjectsStillExist,
				"cannot drop index %s because constraint %s on table %s requires it",
				name.Name, e.object.KeyName, table)
		default:
			if err := d.mayDrop(e); err != nil {
				return err
			}
			d.removeIndex(e)
		}
	}
	return nil
}

func (d *draft) removeIndex(e entry) {
	c := d.edit(e.object)
	before := len(c.Indexes)
	c.Indexes = slices.DeleteFunc(c.Indexes, func(x *Index) bool { return x.ID == e.index.ID })
	if len(c.Indexes) < before {
		d.result.Object = c
		d.result.Dropped = append(d.result.Dropped, e.index.ID)
	}
}
