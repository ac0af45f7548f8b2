package catalog

import "millrace/sql/pgerr"

// OwnerID returns the role that owns the object.
func (o *Object) OwnerID() ObjectID { return ownerOr(o.Owner) }

// OwnerID returns the role that owns the schema.
func (x *Schema) OwnerID() ObjectID {
	if x.ID == SchemaPublic && x.Owner == 0 {
		return RoleDatabaseOwner
	}
	return ownerOr(x.Owner)
}

func ownerOr(id ObjectID) ObjectID {
	if id == 0 {
		return BootstrapRole
	}
	return id
}

// DatabaseACL returns the privileges on the database; nil for the default ones.
func (s *Snapshot) DatabaseACL() ACL { return s.access.Database }

// DefaultACLs returns what ALTER DEFAULT PRIVILEGES has set.
func (s *Snapshot) DefaultACLs() []DefaultACL { return s.access.Defaults }

// RelationPrivs returns those of want that the role has on a relation, system tables
// included.
func (s *Snapshot) RelationPrivs(role ObjectID, o *Object, want Priv) Priv {
	return s.relationPrivs(role, o, want, false)
}

// RelationOptions returns those of want that the role may grant on.
func (s *Snapshot) RelationOptions(role ObjectID, o *Object, want Priv) Priv {
	return s.relationPrivs(role, o, want, true)
}

func (s *Snapshot) relationPrivs(role ObjectID, o *Object, want Priv, options bool) Priv {
	if s.IsSuper(role) {
		return want
	}
	if o.Kind == KindSystem {
		if options || o.Schema == "pg_catalog" && secretTables[o.Name] {
			return 0
		}
		return want & PrivSelect
	}
	has := s.access.inherits(role)
	got := o.ACL.orDefault(PrivsRelation, o.OwnerID()).mask(has, o.OwnerID(), want, options)
	if !options && want&PrivSelect&^got != 0 && has(RoleReadAll) {
		got |= PrivSelect
	}
	if write := (PrivInsert | PrivUpdate | PrivDelete) & want; !options && write&^got != 0 && has(RoleWriteAll) {
		got |= write
	}
	return got
}

// secretTables are the system tables that show passwords.
var secretTables = map[string]bool{"pg_authid": true, "pg_shadow": true}

// inherits returns a test for the roles whose privileges role has. The walk over the
// memberships is made when it is needed first.
func (a *access) inherits(role ObjectID) func(ObjectID) bool {
	var mine map[ObjectID]bool
	return func(id ObjectID) bool {
		if id == role {
			return true
		}
		if mine == nil {
			mine = a.membership(role, true)
		}
		return mine[id]
	}
}

// SchemaPrivs returns those of want that the role has on a schema.
func (s *Snapshot) SchemaPrivs(role ObjectID, x *Schema, want Priv) Priv {
	return s.schemaPrivs(role, x, want, false)
}

func (s *Snapshot) schemaPrivs(role ObjectID, x *Schema, want Priv, options bool) Priv {
	if s.IsSuper(role) {
		return want
	}
	if x.System {
		if options {
			return 0
		}
		return want & PrivUsage
	}
	has := s.access.inherits(role)
	got := x.ACL.orDefault(PrivsSchema, x.OwnerID()).mask(has, x.OwnerID(), want, options)
	if !options && want&PrivUsage&^got != 0 && (has(RoleReadAll) || has(RoleWriteAll)) {
		got |= PrivUsage
	}
	return got
}

// DatabasePrivs returns those of want that the role has on the database.
func (s *Snapshot) DatabasePrivs(role ObjectID, want Priv) Priv {
	return s.databasePrivs(role, want, false)
}

func (s *Snapshot) databasePrivs(role ObjectID, want Priv, options bool) Priv {
	if s.IsSuper(role) {
		return want
	}
	return s.access.Database.orDefault(PrivsDatabase, BootstrapRole).
		mask(s.access.inherits(role), BootstrapRole, want, options)
}

// Owns reports whether the role may do with an object what only its owner may.
func (s *Snapshot) Owns(role, owner ObjectID) bool { return s.HasPrivilegesOf(role, owner) }

// CheckRelation is the error of a role that lacks one of the privileges on a relation.
func (s *Snapshot) CheckRelation(role ObjectID, o *Object, want Priv) error {
	if s.RelationPrivs(role, o, want) == want {
		return nil
	}
	return ErrDenied(relationWord(o), o.Name)
}

// CheckSchema is CheckRelation for a schema.
func (s *Snapshot) CheckSchema(role ObjectID, x *Schema, want Priv) error {
	if s.SchemaPrivs(role, x, want) == want {
		return nil
	}
	return ErrDenied("schema", x.Name)
}

// relationWord is the kind in messages about privileges.
func relationWord(o *Object) string { return string(o.KindName()) }

// ErrDenied is PostgreSQL's error of a missing privilege.
func ErrDenied(kind, name string) *pgerr.Error {
	return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied for %s %s", kind, name)
}

// errNotOwner is the error of what only the owner may do.
func errNotOwner(kind, name string) error {
	return pgerr.Newf(pgerr.InsufficientPrivilege, "must be owner of %s %s", kind, name)
}

// ErrNoRole is the error of a role that does not exist.
func ErrNoRole(name string) *pgerr.Error {
	return pgerr.Newf(pgerr.UndefinedObject, "role \"%s\" does not exist", name)
}
