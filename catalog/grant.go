package catalog

import (
	"errors"
	"slices"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
)

var errNoObjectGiven = errors.New("create without an object")

// grantee is one object of a GRANT: what it is, and its privileges to change.
type granted struct {
	kind, name string
	all        Priv
	owner      ObjectID
	acl        ACL
	has        Priv // of the role that grants, with options
	options    Priv
	set        func(ACL)
}

func (d *draft) grantOn(op *GrantOn) error {
	ids, err := d.grantees(op.Roles)
	if err != nil {
		return err
	}
	list, err := d.grantTargets(op)
	if err != nil {
		return err
	}
	for _, g := range list {
		if err := d.grantOne(&op.GrantWhat, ids, g); err != nil {
			return err
		}
	}
	return nil
}

// grantees finds the roles of a GRANT; "" is PUBLIC.
func (d *draft) grantees(names []string) ([]ObjectID, error) {
	out := make([]ObjectID, len(names))
	for i, name := range names {
		if name == "" {
			continue
		}
		r, err := d.role(name)
		if err != nil {
			return nil, err
		}
		out[i] = r.ID
	}
	return out, nil
}

func (d *draft) grantTargets(op *GrantOn) ([]granted, error) {
	var out []granted
	for _, name := range op.AllIn {
		x, ok := d.base.Schema(name)
		if !ok {
			return nil, errNoSchema(name)
		}
		for _, o := range d.base.objects {
			if o.Schema == x.Name {
				out = append(out, d.grantedRelation(o))
			}
		}
	}
	for _, name := range op.Names {
		var g granted
		var err error
		switch op.Kind {
		case sql.KindSchema:
			g, err = d.grantedSchema(name.Name)
		case sql.KindDatabase:
			g, err = d.grantedDatabase(name.Name)
		default:
			var o *Object
			if o, err = d.findRelation(name); err == nil {
				g = d.grantedRelation(o)
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// findRelation finds a relation of any kind by name.
func (d *draft) findRelation(name QName) (*Object, error) {
	if err := d.checkUserSchema(name); err != nil {
		return nil, err
	}
	e, ok := d.base.resolve(d.path, name)
	switch {
	case !ok:
		return nil, errNoRelation(name.Name)
	case !e.isRelation():
		return nil, pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is an index", name.Name)
	}
	return e.object, nil
}

func (d *draft) grantedRelation(o *Object) granted {
	g := granted{
		kind: relationWord(o), name: o.Name, all: PrivsRelation, owner: o.OwnerID(), acl: o.ACL,
		set: func(acl ACL) { d.edit(o).ACL = acl },
	}
	g.has = d.base.RelationPrivs(ownerOr(d.by), o, g.all)
	g.options = d.base.RelationOptions(ownerOr(d.by), o, g.all)
	return g
}

func (d *draft) grantedSchema(name string) (granted, error) {
	x, ok := d.base.Schema(name)
	if !ok {
		return granted{}, errNoSchema(name)
	}
	if x.System {
		return granted{}, ErrDenied("schema", name)
	}
	g := granted{
		kind: "schema", name: name, all: PrivsSchema, owner: x.OwnerID(), acl: x.ACL,
		set: func(acl ACL) { d.editSchema(x.ID, func(x *Schema) { x.ACL = acl }) },
	}
	g.has = d.base.SchemaPrivs(ownerOr(d.by), &x, g.all)
	g.options = d.base.schemaPrivs(ownerOr(d.by), &x, g.all, true)
	return g, nil
}

func (d *draft) editSchema(id ObjectID, change func(*Schema)) {
	for i := range d.schemas {
		if d.schemas[i].ID == id {
			change(&d.schemas[i])
			d.result.Changed = true
		}
	}
}

func (d *draft) grantedDatabase(name string) (granted, error) {
	if name != DatabaseName {
		return granted{}, pgerr.Newf(pgerr.InvalidCatalogName, "database \"%s\" does not exist", name)
	}
	return granted{
		kind: "database", name: name, all: PrivsDatabase, owner: BootstrapRole, acl: d.base.access.Database,
		has:     d.base.databasePrivs(ownerOr(d.by), PrivsDatabase, false),
		options: d.base.databasePrivs(ownerOr(d.by), PrivsDatabase, true),
		set:     func(acl ACL) { d.editAccess().Database = acl },
	}, nil
}

// grantOne changes the privileges on one object.
func (d *draft) grantOne(w *GrantWhat, ids []ObjectID, g granted) error {
	want := w.Privs
	if want == 0 {
		want = g.all
	}
	if bad := want &^ g.all; bad != 0 {
		return pgerr.Newf(pgerr.InvalidGrantOperation, "invalid privilege type %s for %s", bad.Words()[0], grantKind(g.kind))
	}
	can, err := d.grantable(w, g, want)
	if err != nil || can == 0 {
		return err
	}
	acl := g.acl.orDefault(g.all, g.owner)
	grantor := d.grantor(g, can)
	for _, id := range ids {
		if id == PublicRole && w.Option && !w.Revoke {
			return pgerr.New(pgerr.InvalidGrantOperation, "grant options can only be granted to roles")
		}
		if acl, err = changeACL(acl, w, Grant{Grantee: id, Grantor: grantor, Privs: can}); err != nil {
			return err
		}
	}
	g.set(acl)
	return nil
}

// grantKind is the kind in the error of a privilege that does not exist for it.
func grantKind(kind string) string {
	switch kind {
	case "schema", "database":
		return kind
	}
	return "relation"
}

// grantable returns those of want that the role may grant, with a warning for the rest.
func (d *draft) grantable(w *GrantWhat, g granted, want Priv) (Priv, error) {
	can := want & g.options
	verb, code := "granted", "01007"
	if w.Revoke {
		verb, code = "revoked", "01006"
	}
	switch {
	case can == want:
	case can == 0 && g.has == 0 && g.options == 0:
		return 0, ErrDenied(g.kind, g.name)
	case can == 0:
		d.notice(notice(code, "no privileges were %s for \"%s\"", verb, g.name))
	case w.Privs != 0:
		d.notice(notice(code, "not all privileges were %s for \"%s\"", verb, g.name))
	}
	return can, nil
}

// grantor is the role in whose name privileges are granted: the owner where the role
// may act as the owner, else one it is a member of that has the grant options.
func (d *draft) grantor(g granted, can Priv) ObjectID {
	by := ownerOr(d.by)
	if d.base.HasPrivilegesOf(by, g.owner) {
		return g.owner
	}
	mine := d.base.access.membership(by, true)
	best := by
	for _, x := range g.acl {
		if mine[x.Grantee] && x.Options&can == can && (best != by || x.Grantee == by) {
			return x.Grantee
		}
		if mine[x.Grantee] && x.Options&can == can {
			best = x.Grantee
		}
	}
	return best
}

func changeACL(acl ACL, w *GrantWhat, g Grant) (ACL, error) {
	if !w.Revoke {
		if w.Option {
			g.Options = g.Privs
		}
		return acl.add(g), nil
	}
	next := acl.remove(g, w.Option)
	return next.dropOrphans(acl, g, w.Cascade)
}

// dropOrphans deals with what the grantee gave on by options that it has lost.
func (acl ACL) dropOrphans(before ACL, g Grant, cascade bool) (ACL, error) {
	if g.Grantee == PublicRole {
		return acl, nil
	}
	lost := before.optionsOf(g.Grantee) &^ acl.optionsOf(g.Grantee)
	if lost == 0 {
		return acl, nil
	}
	for _, x := range slices.Clone(acl) {
		if x.Grantor != g.Grantee || x.Privs&lost == 0 || x.Grantee == g.Grantee {
			continue
		}
		if !cascade {
			return nil, pgerr.New(pgerr.DependentObjectsStillExist, "dependent privileges exist").
				WithHint("Use CASCADE to revoke them too.")
		}
		gone := Grant{Grantee: x.Grantee, Grantor: x.Grantor, Privs: x.Privs & lost}
		next, err := acl.remove(gone, false).dropOrphans(acl, gone, cascade)
		if err != nil {
			return nil, err
		}
		acl = next
	}
	return acl, nil
}

func (acl ACL) optionsOf(role ObjectID) Priv {
	var out Priv
	for _, g := range acl {
		if g.Grantee == role {
			out |= g.Options
		}
	}
	return out
}

func joinLines(lines []string) string {
	if len(lines) > reportMax {
		lines = append(slices.Clone(lines[:reportMax]), "and others")
	}
	return strings.Join(lines, "\n")
}
