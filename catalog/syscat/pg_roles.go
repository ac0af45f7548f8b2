package syscat

import (
	"slices"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/types"
)

// roleFillers are the tables about roles, and who may do what.
func roleFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_authid", doc: "Roles with their passwords' verifiers; for superusers only.",
			columns: "oid rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication " +
				"rolbypassrls rolconnlimit rolpassword rolvaliduntil",
			rows: eachRole(func(r *catalog.Role) []types.Datum {
				return []types.Datum{
					oid(r.ID), text(r.Name), truth(r.Super), truth(r.Inherit), truth(r.CreateRole), truth(r.CreateDB),
					truth(r.Login), truth(r.Replication), truth(r.BypassRLS), num(r.ConnectionLimit),
					textOrNull(r.Password), validUntil(r),
				}
			}),
		},
		{
			table: "pg_catalog.pg_roles", doc: "Roles.",
			columns: "rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication " +
				"rolconnlimit rolpassword rolvaliduntil rolbypassrls rolconfig oid",
			rows: eachRole(func(r *catalog.Role) []types.Datum {
				return []types.Datum{
					text(r.Name), truth(r.Super), truth(r.Inherit), truth(r.CreateRole), truth(r.CreateDB), truth(r.Login),
					truth(r.Replication), num(r.ConnectionLimit), text("********"), validUntil(r), truth(r.BypassRLS),
					roleSettings(r), oid(r.ID),
				}
			}),
		},
		{
			table: "pg_catalog.pg_user", doc: "Roles that can log in.",
			columns: "usename usesysid usecreatedb usesuper userepl usebypassrls passwd valuntil useconfig",
			rows:    eachUser(func(*catalog.Role) types.Datum { return text("********") }),
		},
		{
			table: "pg_catalog.pg_shadow", doc: "Roles that can log in, with their passwords' verifiers; for superusers only.",
			columns: "usename usesysid usecreatedb usesuper userepl usebypassrls passwd valuntil useconfig",
			rows:    eachUser(func(r *catalog.Role) types.Datum { return textOrNull(r.Password) }),
		},
		{
			table: "pg_catalog.pg_group", doc: "Roles that cannot log in, with their members.",
			columns: "groname grosysid grolist", rows: pgGroup,
		},
		{
			table: "pg_catalog.pg_auth_members", doc: "Which roles are members of which.",
			columns: "roleid member grantor admin_option",
			rows: func(env Env, add Add) error {
				for _, m := range env.Snapshot().Memberships() {
					if err := add(oid(m.Role), oid(m.Member), oid(m.Grantor), truth(m.Admin)); err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			table: "pg_catalog.pg_db_role_setting", doc: "Settings of ALTER ROLE ... SET.",
			columns: "setdatabase setrole setconfig",
			rows: func(env Env, add Add) error {
				for _, r := range env.Snapshot().Roles() {
					if len(r.Settings) == 0 {
						continue
					}
					if err := add(num(0), oid(r.ID), roleSettings(r)); err != nil {
						return err
					}
				}
				return nil
			},
		},
		{
			table: "pg_catalog.pg_default_acl", doc: "What ALTER DEFAULT PRIVILEGES gives on new objects.",
			columns: "oid defaclrole defaclnamespace defaclobjtype defaclacl", rows: pgDefaultACL,
		},
		{
			table: "pg_catalog.pg_init_privs", doc: "The privileges that a new catalog has; pg_dump leaves them out.",
			columns: "objoid classoid objsubid privtype initprivs", rows: pgInitPrivs,
		},
		{
			table: "information_schema.enabled_roles", doc: "The current role and those it is a member of.",
			columns: "role_name",
			rows: eachRoleOf(func(env Env, r *catalog.Role) []types.Datum {
				if !env.Snapshot().IsMember(env.CurrentRole(), r.ID) {
					return nil
				}
				return []types.Datum{text(r.Name)}
			}),
		},
		{
			table:   "information_schema.applicable_roles information_schema.administrable_role_authorizations",
			doc:     "Memberships in the current role and those it is a member of.",
			columns: "grantee role_name is_grantable", rows: applicableRoles,
		},
		{
			table: "information_schema.table_privileges information_schema.role_table_grants",
			doc:   "Privileges on relations, of the current role and those it is a member of.",
			columns: "grantor grantee table_catalog table_schema table_name privilege_type is_grantable " +
				"with_hierarchy",
			rows: standardPrivileges,
		},
	}
}

func eachRole(row func(*catalog.Role) []types.Datum) func(Env, Add) error {
	return eachRoleOf(func(_ Env, r *catalog.Role) []types.Datum { return row(r) })
}

// eachRoleOf adds the row of each role, none for nil.
func eachRoleOf(row func(Env, *catalog.Role) []types.Datum) func(Env, Add) error {
	return func(env Env, add Add) error {
		for _, r := range env.Snapshot().Roles() {
			cells := row(env, r)
			if cells == nil {
				continue
			}
			if err := add(cells...); err != nil {
				return err
			}
		}
		return nil
	}
}

func eachUser(password func(*catalog.Role) types.Datum) func(Env, Add) error {
	return eachRole(func(r *catalog.Role) []types.Datum {
		if !r.Login {
			return nil
		}
		return []types.Datum{
			text(r.Name), oid(r.ID), truth(r.CreateDB), truth(r.Super), truth(r.Replication), truth(r.BypassRLS),
			password(r), validUntil(r), roleSettings(r),
		}
	})
}

func validUntil(r *catalog.Role) types.Datum {
	if r.ValidUntil == nil {
		return null
	}
	return types.FixedDatum(*r.ValidUntil)
}

// roleSettings are those of ALTER ROLE ... SET as name=value.
func roleSettings(r *catalog.Role) types.Datum {
	if len(r.Settings) == 0 {
		return null
	}
	var out []string
	for name, value := range r.Settings {
		if def, ok := catalog.LookupSetting(name); ok {
			name = def.Name
		}
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	return textArray(out)
}

func pgGroup(env Env, add Add) error {
	for _, r := range env.Snapshot().Roles() {
		if r.Login {
			continue
		}
		var members []catalog.ObjectID
		for _, m := range env.Snapshot().Memberships() {
			if m.Role == r.ID {
				members = append(members, m.Member)
			}
		}
		list := array(types.OID, len(members), func(i int) types.Datum { return oid(members[i]) })
		if err := add(text(r.Name), oid(r.ID), list); err != nil {
			return err
		}
	}
	return nil
}

func pgDefaultACL(env Env, add Add) error {
	for i, x := range env.Snapshot().DefaultACLs() {
		kind := byte('r')
		if x.Kind == sql.KindSchema {
			kind = 'n'
		}
		err := add(num(i+1), oid(x.Role), oid(x.Schema), char(kind), aclArray(env, x.ACL))
		if err != nil {
			return err
		}
	}
	return nil
}

func applicableRoles(env Env, add Add) error {
	s := env.Snapshot()
	for _, m := range s.Memberships() {
		if !s.IsMember(env.CurrentRole(), m.Member) {
			continue
		}
		if err := add(text(s.RoleName(m.Member)), text(s.RoleName(m.Role)), yesNo(m.Admin)); err != nil {
			return err
		}
	}
	return nil
}

func standardPrivileges(env Env, add Add) error {
	s, me := env.Snapshot(), env.CurrentRole()
	for _, o := range s.Objects() {
		for _, g := range relationACL(o) {
			if !s.IsMember(me, g.Grantor) && g.Grantee != catalog.PublicRole && !s.IsMember(me, g.Grantee) {
				continue
			}
			if err := addPrivileges(s, o, g, add); err != nil {
				return err
			}
		}
	}
	return nil
}

func addPrivileges(s *catalog.Snapshot, o *catalog.Object, g catalog.Grant, add Add) error {
	grantee := "PUBLIC"
	if g.Grantee != catalog.PublicRole {
		grantee = s.RoleName(g.Grantee)
	}
	for _, word := range g.Privs.Words() {
		grantable := g.Options&catalog.ParsePriv(word) != 0 || s.HasPrivilegesOf(g.Grantee, o.OwnerID())
		err := add(text(s.RoleName(g.Grantor)), text(grantee), text(DatabaseName), text(o.Schema), text(o.Name),
			text(word), yesNo(grantable), yesNo(word == "SELECT"))
		if err != nil {
			return err
		}
	}
	return nil
}

// relationACL is the privileges in force on a relation.
func relationACL(o *catalog.Object) catalog.ACL {
	if o.ACL != nil {
		return o.ACL
	}
	return catalog.DefaultPrivileges(catalog.PrivsRelation, o.OwnerID())
}

// aclOrNull is an acl column: NULL for the default privileges.
func aclOrNull(env Env, acl catalog.ACL) types.Datum {
	if acl == nil {
		return null
	}
	return aclArray(env, acl)
}

// ownerName is the owner's name of a relation.
func ownerName(env Env, o *catalog.Object) types.Datum {
	return text(env.Snapshot().RoleName(o.OwnerID()))
}

// systemACL is relacl: everybody may read the system's tables, but not those that show
// passwords.
func systemACL(env Env, o *catalog.Object) types.Datum {
	if o.Kind != catalog.KindSystem {
		return aclOrNull(env, o.ACL)
	}
	acl := catalog.DefaultPrivileges(catalog.PrivsRelation, catalog.BootstrapRole)
	if env.Snapshot().RelationPrivs(catalog.RoleDatabaseOwner, o, catalog.PrivSelect) != 0 {
		acl = append(acl, catalog.Grant{Grantor: catalog.BootstrapRole, Privs: catalog.PrivSelect})
	}
	return aclOrNull(env, acl)
}

// schemaACL is nspacl.
func schemaACL(env Env, x *catalog.Schema) types.Datum {
	if !x.System {
		return aclOrNull(env, x.ACL)
	}
	acl := catalog.DefaultPrivileges(catalog.PrivsSchema, catalog.BootstrapRole)
	return aclOrNull(env, append(acl, catalog.Grant{Grantor: catalog.BootstrapRole, Privs: catalog.PrivUsage}))
}

func aclArray(env Env, acl catalog.ACL) types.Datum {
	items := acl.Text(env.Snapshot())
	return array(types.Aclitem, len(items), func(i int) types.Datum { return text(items[i]) })
}

func pgInitPrivs(env Env, add Add) error {
	for _, t := range tables().tables {
		if err := add(oid(t.ID), num(classRelation), num(0), char('i'), systemACL(env, t.object)); err != nil {
			return err
		}
	}
	for _, x := range env.Snapshot().Schemas() {
		acl := schemaACL(env, &x)
		switch {
		case x.ID == catalog.SchemaPublic:
			acl = aclArray(env, catalog.PublicSchemaPrivileges())
		case !x.System:
			continue
		}
		if err := add(oid(x.ID), num(classNamespace), num(0), char('i'), acl); err != nil {
			return err
		}
	}
	return nil
}
