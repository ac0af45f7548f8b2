package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// mayChange is the error of a role that does not own a relation. What stands in a schema
// of the role's own it may drop, too.
func (d *draft) mayChange(o *Object) error {
	if d.by == 0 || d.base.Owns(d.by, o.OwnerID()) {
		return nil
	}
	return errNotOwner(relationWord(o), o.Name)
}

// mayChangeType is mayChange for a type.
func (d *draft) mayChangeType(t *UserType) error {
	if d.by == 0 || d.base.Owns(d.by, t.OwnerID()) {
		return nil
	}
	return errNotOwner("type", t.Name)
}

func (d *draft) mayDrop(e entry) error {
	if d.by == 0 || d.base.Owns(d.by, e.object.OwnerID()) {
		return nil
	}
	if x, ok := d.base.Schema(e.object.Schema); ok && d.base.Owns(d.by, x.OwnerID()) {
		return nil
	}
	if e.index != nil {
		return errNotOwner("index", e.index.Name)
	}
	return errNotOwner(relationWord(e.object), e.object.Name)
}

func (d *draft) mayChangeSchema(x *Schema) error {
	if d.by == 0 || d.base.Owns(d.by, x.OwnerID()) {
		return nil
	}
	return errNotOwner("schema", x.Name)
}

// mayCreateIn is the error of a role that may not create in a schema.
func (d *draft) mayCreateIn(schema string) error {
	x, ok := d.base.Schema(schema)
	if d.by == 0 || !ok {
		return nil
	}
	return d.base.CheckSchema(d.by, &x, PrivCreate)
}

func (d *draft) mayCreateSchema() error {
	if d.by == 0 || d.base.DatabasePrivs(d.by, PrivCreate) != 0 {
		return nil
	}
	return ErrDenied("database", DatabaseName)
}

// ownNew gives a new object its owner and the privileges of ALTER DEFAULT PRIVILEGES.
func (d *draft) ownNew(o *Object) {
	o.Owner = d.by
	x, _ := d.base.Schema(o.Schema)
	o.ACL = d.newACL(sql.KindTable, x.ID, PrivsRelation)
}

// newACL is the privileges of an object that the change's role makes: the role's
// default for its kind, and what the schema adds; nil when nothing was set.
func (d *draft) newACL(kind sql.ObjectKind, schema ObjectID, all Priv) ACL {
	owner := ownerOr(d.by)
	var acl ACL
	for _, x := range d.base.access.Defaults {
		if x.Role == owner && x.Schema == 0 && x.Kind == kind {
			acl = slices.Clone(x.ACL)
		}
	}
	for _, x := range d.base.access.Defaults {
		if x.Role != owner || schema == 0 || x.Schema != schema || x.Kind != kind {
			continue
		}
		acl = acl.orDefault(all, owner)
		for _, g := range x.ACL {
			acl = acl.add(g)
		}
	}
	acl.sort()
	return acl
}

func (d *draft) setOwner(op *SetOwner) error {
	if op.Kind == sql.KindSchema {
		return d.setSchemaOwner(op)
	}
	e, skip, err := d.findForRename(&Rename{Kind: op.Kind, Name: op.Name, IfExists: op.IfExists})
	if skip || err != nil {
		return err
	}
	if !e.isRelation() {
		return pgerr.Newf(pgerr.WrongObjectType, "cannot change owner of index \"%s\"", op.Name.Name).
			WithHint("Change the ownership of the index's table instead.")
	}
	to, err := d.role(op.Owner)
	if err != nil {
		return err
	}
	o := e.object
	if o.OwnerID() == to.ID {
		return nil
	}
	if err := d.mayGive(to); err != nil {
		return err
	}
	if x, ok := d.base.Schema(o.Schema); ok && !d.superuser() {
		if err := d.base.CheckSchema(to.ID, &x, PrivCreate); err != nil {
			return err
		}
	}
	d.giveRelation(o, to.ID)
	return nil
}

func (d *draft) giveRelation(o *Object, to ObjectID) {
	c := d.edit(o)
	c.ACL = c.ACL.changeOwner(c.OwnerID(), to)
	c.Owner = to
	d.result.Object = c
}

// mayGive checks that the role may make to the owner of something.
func (d *draft) mayGive(to *Role) error {
	if d.superuser() || d.base.IsMember(d.by, to.ID) {
		return nil
	}
	return refuse("must be member of role \"%s\"", to.Name)
}

func (d *draft) setSchemaOwner(op *SetOwner) error {
	x, ok := d.base.Schema(op.Name.Name)
	if !ok {
		return errNoSchema(op.Name.Name)
	}
	if x.System {
		return errNotOwner("schema", x.Name)
	}
	to, err := d.role(op.Owner)
	if err != nil {
		return err
	}
	if err := d.mayChangeSchema(&x); err != nil {
		return err
	}
	if err := d.mayGive(to); err != nil {
		return err
	}
	if err := d.mayCreateSchema(); err != nil {
		return err
	}
	d.giveSchema(x.ID, to.ID)
	return nil
}

func (d *draft) giveSchema(id, to ObjectID) {
	d.editSchema(id, func(x *Schema) {
		x.ACL = x.ACL.changeOwner(x.OwnerID(), to)
		x.Owner = to
	})
}

// mayActFor checks that the role may do what some roles may: it has their privileges.
func (d *draft) mayActFor(ids []ObjectID, what string) error {
	for _, id := range ids {
		if !d.superuser() && !d.base.HasPrivilegesOf(d.by, id) {
			return refuse("permission denied to %s objects", what)
		}
	}
	return nil
}

func (d *draft) reassignOwned(op *ReassignOwned) error {
	from, err := d.roleIDs(op.Roles)
	if err != nil {
		return err
	}
	to, err := d.role(op.To)
	if err != nil {
		return err
	}
	if err := d.mayActFor(append(slices.Clone(from), to.ID), "reassign"); err != nil {
		return err
	}
	if slices.Contains(from, BootstrapRole) {
		return pgerr.Newf(pgerr.DependentObjectsStillExist,
			"cannot reassign ownership of objects owned by role %s because they are required by the database system",
			d.base.RoleName(BootstrapRole))
	}
	for _, x := range d.base.schemas {
		if slices.Contains(from, x.OwnerID()) {
			d.giveSchema(x.ID, to.ID)
		}
	}
	for _, o := range d.base.objects {
		if slices.Contains(from, o.OwnerID()) {
			d.giveRelation(o, to.ID)
		}
	}
	return nil
}

func (d *draft) dropOwned(op *DropOwned) error {
	ids, err := d.roleIDs(op.Roles)
	if err != nil {
		return err
	}
	if err := d.mayActFor(ids, "drop"); err != nil {
		return err
	}
	if slices.Contains(ids, BootstrapRole) {
		return pgerr.Newf(pgerr.DependentObjectsStillExist,
			"cannot drop objects owned by role %s because they are required by the database system",
			d.base.RoleName(BootstrapRole))
	}
	if err := d.dropAllOf(ids, op.Cascade); err != nil {
		return err
	}
	d.forgetGrants(ids)
	return nil
}

// dropAllOf drops the relations and schemas of roles.
func (d *draft) dropAllOf(ids []ObjectID, cascade bool) error {
	var roots []*Object
	for _, o := range d.base.objects {
		x, _ := d.base.Schema(o.Schema)
		if slices.Contains(ids, o.OwnerID()) || cascade && slices.Contains(ids, x.OwnerID()) {
			roots = append(roots, o)
		}
	}
	deps := d.base.closure(d.path, roots, nil)
	var others []dependent
	for _, x := range deps {
		if !slices.Contains(roots, x.object) {
			others = append(others, x)
		}
	}
	if len(others) > 0 && !cascade {
		return d.base.refuseDrop(d.path, "desired object(s)", others)
	}
	d.cascade(deps, others)
	owned := slices.DeleteFunc(slices.Clone(d.types), func(t *UserType) bool { return !slices.Contains(ids, t.OwnerID()) })
	if err := d.dropTypes(owned); err != nil {
		return err
	}
	for _, x := range d.base.schemas {
		if !slices.Contains(ids, x.OwnerID()) {
			continue
		}
		if i := slices.IndexFunc(d.base.objects, func(o *Object) bool {
			_, touched := d.objects[o.ID]
			return o.Schema == x.Name && !touched
		}); i >= 0 {
			return pgerr.Newf(pgerr.DependentObjectsStillExist,
				"cannot drop schema %s because other objects depend on it", x.Name).
				WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
		}
		d.schemas = slices.DeleteFunc(d.schemas, func(y Schema) bool { return y.ID == x.ID })
		d.result.Changed = true
	}
	return nil
}

// forgetGrants takes away all privileges of roles.
func (d *draft) forgetGrants(ids []ObjectID) {
	gone := func(g Grant) bool { return slices.Contains(ids, g.Grantee) || slices.Contains(ids, g.Grantor) }
	for _, o := range d.base.objects {
		if now, touched := d.objects[o.ID]; (!touched || now != nil) && slices.ContainsFunc(o.ACL, gone) {
			c := d.edit(o)
			c.ACL = slices.DeleteFunc(slices.Clone(c.ACL), gone)
		}
	}
	for _, x := range d.base.schemas {
		if slices.ContainsFunc(x.ACL, gone) {
			d.editSchema(x.ID, func(x *Schema) { x.ACL = slices.DeleteFunc(slices.Clone(x.ACL), gone) })
		}
	}
	a := d.editAccess()
	a.Database = slices.DeleteFunc(a.Database, gone)
	a.Defaults = slices.DeleteFunc(a.Defaults, func(x DefaultACL) bool { return slices.Contains(ids, x.Role) })
}

// roleUses lists what stands in the way of dropping a role, as PostgreSQL's DETAIL does.
func (d *draft) roleUses(id ObjectID) []string {
	var out []string
	note := func(owner ObjectID, acl ACL, what string) {
		switch {
		case owner == id:
			out = append(out, "owner of "+what)
		case acl.mentions(id, owner):
			out = append(out, "privileges for "+what)
		}
	}
	for _, x := range d.base.access.Defaults {
		if x.Role == id || x.ACL.mentions(id, x.Role) {
			out = append(out, "default privileges on new relations belonging to role "+d.base.RoleName(x.Role))
		}
	}
	for _, o := range d.base.objects {
		note(o.OwnerID(), o.ACL, d.base.describe(d.path, o))
	}
	note(BootstrapRole, d.base.access.Database, "database "+DatabaseName)
	for _, t := range d.base.types {
		note(t.OwnerID(), nil, "type "+d.base.typeDisplay(t.Schema, t.Name))
	}
	for _, x := range d.base.schemas {
		note(x.OwnerID(), x.ACL, "schema "+sql.QuoteIdent(x.Name))
	}
	return out
}

func (d *draft) setDefaults(op *SetDefaults) error {
	owners := []ObjectID{ownerOr(d.by)}
	if len(op.For) > 0 {
		var err error
		if owners, err = d.roleIDs(op.For); err != nil {
			return err
		}
	}
	ids, err := d.grantees(op.Roles)
	if err != nil {
		return err
	}
	schemas := []ObjectID{0}
	if len(op.Schemas) > 0 {
		schemas = nil
	}
	for _, name := range op.Schemas {
		x, ok := d.base.Schema(name)
		if !ok {
			return errNoSchema(name)
		}
		schemas = append(schemas, x.ID)
	}
	for _, owner := range owners {
		if !d.superuser() && !d.base.HasPrivilegesOf(d.by, owner) {
			return refuse("permission denied to change default privileges")
		}
		for _, schema := range schemas {
			if err := d.setDefault(op, owner, schema, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *draft) setDefault(op *SetDefaults, owner, schema ObjectID, ids []ObjectID) error {
	all := PrivsRelation
	if op.Kind == sql.KindSchema {
		if schema != 0 {
			return pgerr.New(pgerr.InvalidGrantOperation, "cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS")
		}
		all = PrivsSchema
	}
	want := op.Privs
	if want == 0 {
		want = all
	}
	if bad := want &^ all; bad != 0 {
		return pgerr.Newf(pgerr.InvalidGrantOperation, "invalid privilege type %s for %s", bad.Words()[0], op.Kind)
	}
	base := defaultACL(all, owner)
	if schema != 0 {
		base = ACL{}
	}
	a := d.editAccess()
	acl := base
	same := func(x DefaultACL) bool { return x.Role == owner && x.Schema == schema && x.Kind == op.Kind }
	if i := slices.IndexFunc(a.Defaults, same); i >= 0 {
		acl = a.Defaults[i].ACL
	}
	a.Defaults = slices.DeleteFunc(a.Defaults, same)
	for _, id := range ids {
		var err error
		if acl, err = changeACL(acl, &op.GrantWhat, Grant{Grantee: id, Grantor: owner, Privs: want}); err != nil {
			return err
		}
	}
	if acl.sort(); !slices.Equal(acl, base) {
		a.Defaults = append(a.Defaults, DefaultACL{Role: owner, Schema: schema, Kind: op.Kind, ACL: acl})
	}
	return nil
}
