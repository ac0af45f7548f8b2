package catalog

import (
	"maps"
	"slices"

	"millrace/sql/pgerr"
)

// editAccess returns the roles and privileges to change.
func (d *draft) editAccess() *access {
	if d.access == d.base.access {
		d.access = d.access.clone()
	}
	d.result.Changed = true
	return d.access
}

// refuse is the error of a role that may not do something.
func refuse(format string, args ...any) error {
	return pgerr.Newf(pgerr.InsufficientPrivilege, format, args...)
}

// role finds a role by name, one that the same change made included.
func (d *draft) role(name string) (*Role, error) {
	for _, r := range d.access.all() {
		if r.Name == name {
			return r, nil
		}
	}
	return nil, ErrNoRole(name)
}

func (d *draft) roleIDs(names []string) ([]ObjectID, error) {
	out := make([]ObjectID, len(names))
	for i, name := range names {
		r, err := d.role(name)
		if err != nil {
			return nil, err
		}
		out[i] = r.ID
	}
	return out, nil
}

// superuser reports whether the change is that of a superuser, or the server's own.
func (d *draft) superuser() bool { return d.by == 0 || d.base.IsSuper(d.by) }

func (d *draft) mayCreateRoles() bool {
	if d.superuser() {
		return true
	}
	r, ok := d.base.Role(d.by)
	return ok && r.CreateRole
}

func (d *draft) createRole(op *CreateRole) error {
	if op.Role == nil {
		return corrupt(errNoObjectGiven)
	}
	r := *op.Role
	r.Settings = maps.Clone(r.Settings)
	switch {
	case d.superuser():
	case r.Super:
		return refuse("must be superuser to create superusers")
	case r.Replication:
		return refuse("must be superuser to create replication users")
	case r.BypassRLS:
		return refuse("must be superuser to create bypassrls users")
	case !d.mayCreateRoles():
		return refuse("permission denied to create role")
	}
	if err := d.newRoleName(r.Name); err != nil {
		return err
	}
	r.ID = d.newID()
	a := d.editAccess()
	a.Roles = append(a.Roles, &r)
	for _, x := range []struct {
		roles, members []string
		admin          bool
	}{{op.InRoles, []string{r.Name}, false}, {[]string{r.Name}, op.Members, false}, {[]string{r.Name}, op.Admins, true}} {
		if err := d.grantRole(&GrantRole{Roles: x.roles, Members: x.members, Admin: x.admin}); err != nil {
			return err
		}
	}
	return nil
}

// newRoleName refuses names that a role cannot have.
func (d *draft) newRoleName(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if isReservedRoleName(name) {
		err := pgerr.Newf(pgerr.ReservedName, "role name \"%s\" is reserved", name)
		if name != "public" && name != "none" {
			err.WithDetail("Role names starting with \"pg_\" are reserved.")
		}
		return err
	}
	if _, err := d.role(name); err == nil {
		return pgerr.Newf(pgerr.DuplicateObject, "role \"%s\" already exists", name)
	}
	return nil
}

// changeRole checks that the role may be changed at all, and returns a copy that is
// part of the draft.
func (d *draft) changeRole(name string) (*Role, error) {
	r, err := d.role(name)
	if err != nil {
		return nil, err
	}
	if r.predefined() {
		return nil, pgerr.Newf(pgerr.ReservedName, "role name \"%s\" is reserved", name).
			WithDetail("Cannot alter reserved roles.")
	}
	a := d.editAccess()
	c := *r
	c.Settings = maps.Clone(r.Settings)
	for i := range a.Roles {
		if a.Roles[i].ID == r.ID {
			a.Roles[i] = &c
		}
	}
	return &c, nil
}

func (d *draft) alterRole(op *AlterRole) error {
	r, err := d.changeRole(op.Name)
	if err != nil {
		return err
	}
	if err := d.mayAlterRole(op, r); err != nil {
		return err
	}
	for _, x := range []struct {
		from *bool
		to   *bool
	}{
		{op.Super, &r.Super},
		{op.Inherit, &r.Inherit},
		{op.CreateRole, &r.CreateRole},
		{op.CreateDB, &r.CreateDB},
		{op.Login, &r.Login},
		{op.Replication, &r.Replication},
		{op.BypassRLS, &r.BypassRLS},
	} {
		if x.from != nil {
			*x.to = *x.from
		}
	}
	if r.ID == BootstrapRole && !r.Super {
		return pgerr.New(pgerr.FeatureNotSupported, "the bootstrap user must be superuser")
	}
	if op.ConnectionLimit != nil {
		r.ConnectionLimit = *op.ConnectionLimit
	}
	if op.Password != nil {
		r.Password = *op.Password
	}
	if op.ValidUntil != nil || op.NoEnd {
		r.ValidUntil = op.ValidUntil
	}
	r.alterSettings(op)
	return nil
}

func (r *Role) alterSettings(op *AlterRole) {
	if op.ResetAll || r.Settings == nil {
		r.Settings = map[string]string{}
	}
	for name, value := range op.Settings {
		if value == nil {
			delete(r.Settings, name)
		} else {
			r.Settings[name] = *value
		}
	}
	if len(r.Settings) == 0 {
		r.Settings = nil
	}
}

// mayAlterRole checks as PostgreSQL 15 does: everybody may change the own password and
// settings, CREATEROLE all but superusers.
func (d *draft) mayAlterRole(op *AlterRole, r *Role) error {
	onlySettings := op.Super == nil && op.Inherit == nil && op.CreateRole == nil && op.CreateDB == nil &&
		op.Login == nil && op.Replication == nil && op.BypassRLS == nil && op.ConnectionLimit == nil &&
		op.ValidUntil == nil && !op.NoEnd
	own := onlySettings && r.ID == d.by
	switch {
	case d.superuser() || own:
		return nil
	case r.Super && onlySettings && op.Password == nil:
		return refuse("must be superuser to alter superusers")
	case r.Super || op.Super != nil:
		return refuse("must be superuser to alter superuser roles or change superuser attribute")
	case r.Replication || op.Replication != nil:
		return refuse("must be superuser to alter replication roles or change replication attribute")
	case op.BypassRLS != nil:
		return refuse("must be superuser to change bypassrls attribute")
	case !d.mayCreateRoles():
		return refuse("permission denied")
	}
	return nil
}

func (d *draft) renameRole(op *RenameRole) error {
	r, err := d.role(op.Name)
	if err != nil {
		return err
	}
	if err := d.newRoleName(op.NewName); err != nil {
		return err
	}
	switch {
	case r.Super && !d.superuser():
		return refuse("must be superuser to rename superusers")
	case !d.mayCreateRoles():
		return refuse("permission denied to rename role")
	}
	c, err := d.changeRole(op.Name)
	if err == nil {
		c.Name = op.NewName
	}
	return err
}

func (d *draft) dropRole(op *DropRole) error {
	if !d.mayCreateRoles() {
		return refuse("permission denied to drop role")
	}
	for _, name := range op.Names {
		r, err := d.role(name)
		switch {
		case err != nil && op.IfExists:
			d.notice(notice(pgerr.SuccessfulCompletion, "role \"%s\" does not exist, skipping", name))
			continue
		case err != nil:
			return err
		case r.ID == d.by:
			return pgerr.New(pgerr.ObjectInUse, "current user cannot be dropped")
		case r.ID == op.Session:
			return pgerr.New(pgerr.ObjectInUse, "session user cannot be dropped")
		case r.Super && !d.superuser():
			return refuse("must be superuser to drop superusers")
		case r.ID < FirstObjectID:
			return pgerr.Newf(pgerr.DependentObjectsStillExist,
				"cannot drop role %s because it is required by the database system", name)
		}
		if lines := d.roleUses(r.ID); len(lines) > 0 {
			return pgerr.Newf(pgerr.DependentObjectsStillExist,
				"role \"%s\" cannot be dropped because some objects depend on it", name).
				WithDetail("%s", joinLines(lines))
		}
		a := d.editAccess()
		a.Roles = slices.DeleteFunc(a.Roles, func(x *Role) bool { return x.ID == r.ID })
		a.Members = slices.DeleteFunc(a.Members, func(m Membership) bool { return m.Role == r.ID || m.Member == r.ID })
	}
	return nil
}

func (d *draft) grantRole(op *GrantRole) error {
	for _, name := range op.Roles {
		r, err := d.role(name)
		if err != nil {
			return err
		}
		if err := d.mayGrantRole(r); err != nil {
			return err
		}
		for _, member := range op.Members {
			m, err := d.role(member)
			if err != nil {
				return err
			}
			if op.Revoke {
				d.endMembership(r, m, op.Admin)
			} else if err := d.addMember(r, m, op.Admin); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *draft) mayGrantRole(r *Role) error {
	switch {
	case r.ID == RoleDatabaseOwner:
		return pgerr.Newf(pgerr.FeatureNotSupported, "role \"%s\" cannot have explicit members", r.Name)
	case d.superuser():
		return nil
	case r.Super:
		return refuse("must be superuser to alter superusers")
	case !d.mayCreateRoles() && !d.base.IsAdminOf(d.by, r.ID):
		return refuse("must have admin option on role \"%s\"", r.Name)
	}
	return nil
}

func (d *draft) addMember(r, m *Role, admin bool) error {
	a := d.editAccess()
	if m.ID == RoleDatabaseOwner {
		return pgerr.Newf(pgerr.FeatureNotSupported, "role \"%s\" cannot be a member of any role", m.Name)
	}
	if a.index().membership(r.ID, false)[m.ID] {
		return pgerr.Newf(pgerr.InvalidGrantOperation, "role \"%s\" is a member of role \"%s\"", r.Name, m.Name)
	}
	for i, x := range a.Members {
		if x.Role != r.ID || x.Member != m.ID {
			continue
		}
		if x.Admin || !admin {
			d.notice(notice(pgerr.SuccessfulCompletion, "role \"%s\" is already a member of role \"%s\"", m.Name, r.Name))
			return nil
		}
		a.Members[i].Admin = true
		return nil
	}
	a.Members = append(a.Members, Membership{Role: r.ID, Member: m.ID, Grantor: ownerOr(d.by), Admin: admin})
	return nil
}

func (d *draft) endMembership(r, m *Role, adminOnly bool) {
	a := d.editAccess()
	for i, x := range a.Members {
		if x.Role != r.ID || x.Member != m.ID {
			continue
		}
		if adminOnly {
			a.Members[i].Admin = false
		} else {
			a.Members = slices.Delete(a.Members, i, i+1)
		}
		return
	}
	d.notice(notice(pgerr.Warning, "role \"%s\" is not a member of role \"%s\"", m.Name, r.Name))
}
