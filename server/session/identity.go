package session

import (
	"log/slog"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// identity is the roles of a session, as one version of the catalog and of the settings
// gives them.
type identity struct {
	snap     *catalog.Snapshot
	settings uint64
	// session is the role of SET SESSION AUTHORIZATION, or the one that logged in;
	// current is that of SET ROLE, or session's: its privileges are checked.
	session, current catalog.ObjectID
	super            bool
}

// noRole is the id of a role that was dropped under a session: it has no privileges.
const noRole catalog.ObjectID = 1<<32 - 1

// who returns the session's roles. It costs no more than two comparisons while neither
// catalog nor settings change.
func (s *Session) who() *identity {
	snap := s.backend.Catalog.Current()
	if s.ident.snap == snap && s.ident.settings == s.vars.version {
		return &s.ident
	}
	id := identity{snap: snap, settings: s.vars.version, session: s.login}
	if name, ok := s.vars.values["session_authorization"]; ok {
		id.session = roleID(snap, name)
	}
	id.current = id.session
	if name := s.vars.text("role"); name != "none" {
		id.current = roleID(snap, name)
	}
	id.super = snap.IsSuper(id.current)
	s.ident = id
	return &s.ident
}

func roleID(snap *catalog.Snapshot, name string) catalog.ObjectID {
	if r, ok := snap.RoleByName(name); ok {
		return r.ID
	}
	return noRole
}

// Role returns the id of the current role.
func (s *Session) Role() catalog.ObjectID { return s.who().current }

// userName is the name of the current role.
func (s *Session) userName() string {
	id := s.who()
	return id.snap.RoleName(id.current)
}

// sessionUser is the name of the role of the session.
func (s *Session) sessionUser() string {
	id := s.who()
	return id.snap.RoleName(id.session)
}

// setRole is SET ROLE: to a role that the session's user is a member of.
func (s *Session) setRole(name string, local bool) error {
	if name != "none" {
		id := s.who()
		r, ok := id.snap.RoleByName(name)
		if !ok {
			return pgerr.Newf(pgerr.InvalidParameterValue, "role \"%s\" does not exist", name)
		}
		if !id.snap.IsMember(id.session, r.ID) {
			return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied to set role \"%s\"", name)
		}
	}
	s.vars.assign("role", name, local)
	s.tellSuper()
	return nil
}

// setAuthorization is SET SESSION AUTHORIZATION: to the role that logged in, and to any
// other if that one is a superuser. It ends SET ROLE.
func (s *Session) setAuthorization(name string, local bool) error {
	snap := s.who().snap
	r, ok := snap.RoleByName(name)
	if !ok {
		return pgerr.Newf(pgerr.InvalidParameterValue, "role \"%s\" does not exist", name)
	}
	if r.ID != s.login && !snap.IsSuper(s.login) {
		return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied to set session authorization \"%s\"", name)
	}
	s.vars.assign("session_authorization", name, local)
	s.vars.assign("role", "none", local)
	s.tellSuper()
	return nil
}

// tellSuper keeps the setting is_superuser, which clients are told, true.
func (s *Session) tellSuper() {
	value := boolText(s.who().super)
	if s.vars.defaults["is_superuser"] != value {
		s.vars.defaults["is_superuser"] = value
		s.vars.touch("is_superuser")
	}
}

// roleNamed resolves a role of a statement to its name; PUBLIC is not one.
func (s *Session) roleNamed(r sql.RoleSpec) (string, error) {
	switch r.Word {
	case "":
		return r.Name, nil
	case "public":
		return "", pgerr.New(pgerr.ReservedName, "role name \"public\" is reserved").At(int(r.Pos))
	case "session_user":
		return s.sessionUser(), nil
	}
	return s.userName(), nil
}

// ownerNamed resolves the role of AUTHORIZATION, which the parser gives as text.
func (s *Session) ownerNamed(name string) string {
	switch name {
	case "current_user", "current_role":
		return s.userName()
	case "session_user":
		return s.sessionUser()
	}
	return name
}

func (s *Session) rolesNamed(list []sql.RoleSpec) ([]string, error) {
	out := make([]string, len(list))
	for i, r := range list {
		var err error
		if out[i], err = s.roleNamed(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// grantees is rolesNamed with "" for PUBLIC.
func (s *Session) grantees(list []sql.RoleSpec) ([]string, error) {
	out := make([]string, len(list))
	for i, r := range list {
		if r.Word == "public" {
			continue
		}
		var err error
		if out[i], err = s.roleNamed(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// logIn checks that the client's role may have a session, and takes the settings that
// ALTER ROLE gave it: they come before those of the start-up packet. The wire has seen
// the proof of who the client is.
func (s *Session) logIn() error {
	snap := s.backend.Catalog.Current()
	r, ok := snap.RoleByName(s.info.User)
	if !ok && snap.Unclaimed() && !s.backend.Rules {
		// Clients send the name of the system's user unless they are told another. While
		// there are no roles and no passwords to tell people apart, all are the superuser.
		r, ok = snap.Role(catalog.BootstrapRole)
	}
	switch {
	case !ok:
		return pgerr.Newf(pgerr.InvalidAuthorization, "role \"%s\" does not exist", s.info.User).
			WithHint("Connect as \"%s\", or let a superuser run CREATE ROLE ... LOGIN.", snap.RoleName(catalog.BootstrapRole))
	case !r.Login:
		return pgerr.Newf(pgerr.InvalidAuthorization, "role \"%s\" is not permitted to log in", r.Name)
	case snap.DatabasePrivs(r.ID, catalog.PrivConnect) == 0:
		return pgerr.Newf(pgerr.InsufficientPrivilege, "permission denied for database \"%s\"", databaseName).
			WithDetail("User does not have CONNECT privilege.")
	}
	s.login = r.ID
	for name, value := range r.Settings {
		if _, given := s.info.Params[name]; given {
			continue
		}
		if err := s.vars.setDefault(name, value); err != nil {
			s.backend.Logger.Warn("setting of a role", slog.String("role", r.Name), slog.String("setting", name), slog.Any("error", err))
		}
	}
	s.vars.defaults["session_authorization"] = r.Name
	if role := s.vars.text("role"); role != "none" {
		delete(s.vars.defaults, "role")
		if err := s.setRole(role, false); err != nil {
			return err
		}
		s.vars.defaults["role"] = role
		s.vars.endTxn(true)
	}
	s.vars.touch("session_authorization")
	s.tellSuper()
	limit := int(r.ConnectionLimit)
	if r.Super {
		limit = -1
	}
	if s.activity, ok = s.backend.Sessions.add(s, limit); !ok {
		return pgerr.Newf(pgerr.TooManyConnections, "too many connections for role \"%s\"", r.Name)
	}
	return nil
}
