package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// Role is a user or a group. Roles are immutable, as objects are.
type Role struct {
	ID   ObjectID
	Name string
	// Super: no privilege is checked. Inherit: the privileges of the roles it is a
	// member of are its own without SET ROLE.
	Super, Inherit, CreateRole, CreateDB, Login, Replication, BypassRLS bool
	// ConnectionLimit is the number of sessions at a time; -1 is no limit.
	ConnectionLimit int32
	// Password is a SCRAM verifier in PostgreSQL's form, "" for none.
	Password string `json:",omitempty"`
	// ValidUntil is when the password ends, in microseconds since 2000-01-01 UTC; nil is
	// never.
	ValidUntil *int64 `json:",omitempty"`
	// Settings are defaults of the role's sessions, by name (ALTER ROLE ... SET).
	Settings map[string]string `json:",omitempty"`
	Comment  string            `json:",omitempty"`
}

// Membership says that Member may act as Role.
type Membership struct {
	Role, Member, Grantor ObjectID
	// Admin: the member may grant the role to others.
	Admin bool `json:",omitempty"`
}

// BootstrapRole is the id of the superuser that a new catalog has. It owns what has no
// other owner. BootstrapName is its first name.
const (
	BootstrapRole ObjectID = 10
	BootstrapName          = DatabaseName
)

// PublicRole stands for everybody in a Grant.
const PublicRole ObjectID = 0

// The predefined roles with a meaning here. Their ids are PostgreSQL's.
const (
	// RoleDatabaseOwner has the database's owner as its member, implicitly.
	RoleDatabaseOwner ObjectID = 6171
	// RoleReadAll and RoleWriteAll may read and write all relations.
	RoleReadAll  ObjectID = 6181
	RoleWriteAll ObjectID = 6182
	// RoleMonitor, RoleReadStats: see what others run. RoleReadStats is a part of RoleMonitor.
	RoleMonitor   ObjectID = 3373
	RoleReadStats ObjectID = 3375
	// RoleSignal may cancel the statements and end the sessions of others.
	RoleSignal ObjectID = 4200
)

// predefinedRoles are PostgreSQL 15's; nobody can log in with one, or change it.
func predefinedRoles() []*Role {
	names := map[ObjectID]string{
		RoleDatabaseOwner: "pg_database_owner", RoleReadAll: "pg_read_all_data", RoleWriteAll: "pg_write_all_data",
		RoleMonitor: "pg_monitor", 3374: "pg_read_all_settings", RoleReadStats: "pg_read_all_stats",
		3377: "pg_stat_scan_tables", 4569: "pg_read_server_files", 4570: "pg_write_server_files",
		4571: "pg_execute_server_program", RoleSignal: "pg_signal_backend", 4544: "pg_checkpoint",
	}
	out := make([]*Role, 0, len(names))
	for id, name := range names {
		out = append(out, &Role{ID: id, Name: name, Inherit: true, ConnectionLimit: -1})
	}
	slices.SortFunc(out, func(a, b *Role) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func bootstrapRole() *Role {
	return &Role{
		ID: BootstrapRole, Name: BootstrapName, Super: true, Inherit: true, CreateRole: true, CreateDB: true,
		Login: true, Replication: true, BypassRLS: true, ConnectionLimit: -1,
	}
}

// predefined reports whether the role is part of every catalog and cannot be changed.
func (r *Role) predefined() bool { return r.ID != BootstrapRole && r.ID < FirstObjectID }

// access is everything about roles and privileges that no object holds. It is immutable
// once it is part of a snapshot.
type access struct {
	Roles   []*Role      `json:",omitempty"` // by id, without the predefined ones
	Members []Membership `json:",omitempty"`
	// Database is the privileges on the database; nil are the default ones.
	Database ACL          `json:",omitzero"`
	Defaults []DefaultACL `json:",omitzero"`

	byID   map[ObjectID]*Role
	byName map[string]*Role
}

func newAccess() *access {
	a := &access{Roles: []*Role{bootstrapRole()}}
	return a.index()
}

// index makes the look-ups, and gives a catalog from before there were roles its first.
func (a *access) index() *access {
	if len(a.Roles) == 0 {
		a.Roles = []*Role{bootstrapRole()}
	}
	slices.SortFunc(a.Roles, func(a, b *Role) int { return cmp.Compare(a.ID, b.ID) })
	a.byID, a.byName = map[ObjectID]*Role{}, map[string]*Role{}
	for _, r := range a.all() {
		a.byID[r.ID], a.byName[r.Name] = r, r
	}
	return a
}

// all lists the predefined roles, too.
func (a *access) all() []*Role {
	return append(predefinedRoles(), a.Roles...)
}

func (a *access) clone() *access {
	return &access{
		Roles: slices.Clone(a.Roles), Members: slices.Clone(a.Members), Database: slices.Clone(a.Database),
		Defaults: slices.Clone(a.Defaults), byID: a.byID, byName: a.byName,
	}
}

// Roles returns all roles ordered by id, those that every catalog has included.
func (s *Snapshot) Roles() []*Role {
	out := s.access.all()
	slices.SortFunc(out, func(a, b *Role) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Role returns the role with the given id.
func (s *Snapshot) Role(id ObjectID) (*Role, bool) {
	r, ok := s.access.byID[id]
	return r, ok
}

// RoleByName returns the role called name.
func (s *Snapshot) RoleByName(name string) (*Role, bool) {
	r, ok := s.access.byName[name]
	return r, ok
}

// Unclaimed reports whether nobody has set up who may do what: there is only the first
// superuser, and it has no password.
func (s *Snapshot) Unclaimed() bool {
	return len(s.access.Roles) == 1 && s.access.Roles[0].ID == BootstrapRole && s.access.Roles[0].Password == ""
}

// RoleName returns a role's name, "" for PublicRole, and a text that tells the id of a
// role that does not exist.
func (s *Snapshot) RoleName(id ObjectID) string {
	if id == PublicRole {
		return ""
	}
	if r, ok := s.access.byID[id]; ok {
		return r.Name
	}
	return unknownRole(id)
}

// Memberships returns who is a member of what; the slice must not be changed.
func (s *Snapshot) Memberships() []Membership { return s.access.Members }

// membership walks from a role to the roles it is a member of. Inherited privileges do
// not pass through a role without Inherit.
func (a *access) membership(role ObjectID, inherited bool) map[ObjectID]bool {
	out := map[ObjectID]bool{}
	var visit func(id ObjectID)
	visit = func(id ObjectID) {
		if out[id] {
			return
		}
		out[id] = true
		if r := a.byID[id]; r == nil || inherited && !r.Inherit {
			return
		}
		for _, m := range a.Members {
			if m.Member == id {
				visit(m.Role)
			}
		}
		switch id {
		case BootstrapRole:
			visit(RoleDatabaseOwner)
		case RoleMonitor:
			visit(RoleReadStats)
		}
	}
	visit(role)
	return out
}

// IsMember reports whether role may SET ROLE to other: it is that role, a member of it,
// or a superuser.
func (s *Snapshot) IsMember(role, other ObjectID) bool {
	return s.IsSuper(role) || s.access.membership(role, false)[other]
}

// HasPrivilegesOf reports whether role has the privileges of other without SET ROLE.
func (s *Snapshot) HasPrivilegesOf(role, other ObjectID) bool {
	return role == other || s.IsSuper(role) || s.access.membership(role, true)[other]
}

// IsAdminOf reports whether role may grant other to somebody.
func (s *Snapshot) IsAdminOf(role, other ObjectID) bool {
	if s.IsSuper(role) {
		return true
	}
	mine := s.access.membership(role, false)
	return slices.ContainsFunc(s.access.Members, func(m Membership) bool {
		return m.Role == other && m.Admin && mine[m.Member]
	})
}

// IsSuper reports whether the role is a superuser.
func (s *Snapshot) IsSuper(role ObjectID) bool {
	r, ok := s.access.byID[role]
	return ok && r.Super
}

// isReservedRoleName reports whether PostgreSQL keeps the name for itself.
func isReservedRoleName(name string) bool {
	return name == "public" || name == "none" || strings.HasPrefix(name, "pg_")
}
