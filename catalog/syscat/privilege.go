package syscat

import (
	"strings"

	"millrace/catalog"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// privilegeAnswers are has_..._privilege and what goes with it.
var privilegeAnswers = map[string]answer{
	"has_table_privilege":      onObject(tablePrivs),
	"has_any_column_privilege": onObject(tablePrivs),
	"has_column_privilege":     columnPrivilege,
	"has_schema_privilege":     onObject(schemaPrivs),
	"has_database_privilege":   onObject(databasePrivs),
	"has_function_privilege":   onObject(others(catalog.PrivExecute)),
	"has_type_privilege":       onObject(others(catalog.PrivUsage)),
	"has_language_privilege":   onObject(others(catalog.PrivUsage)),
	"has_tablespace_privilege": onObject(others(catalog.PrivCreate)),
	"has_sequence_privilege":   onObject(tablePrivs),
	"pg_has_role":              hasRole,
	"acldefault":               aclDefault,
}

// wanted is one item of a list like 'SELECT, INSERT WITH GRANT OPTION'.
type wanted struct {
	priv   catalog.Priv
	option bool
}

func parsePrivileges(list string, allowed catalog.Priv) ([]wanted, error) {
	var out []wanted
	for _, item := range strings.Split(list, ",") {
		word := strings.ToUpper(strings.TrimSpace(item))
		word, option := strings.CutSuffix(word, " WITH GRANT OPTION")
		p := catalog.ParsePriv(word)
		if p == 0 || p&allowed == 0 {
			return nil, pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized privilege type: \"%s\"", strings.TrimSpace(item))
		}
		out = append(out, wanted{p, option})
	}
	return out, nil
}

// roleArgument is a role given by name or oid; public is the pseudo role.
func roleArgument(env Env, d types.Datum) (catalog.ObjectID, error) {
	if d.S == "" {
		return catalog.ObjectID(uint32(d.I)), nil
	}
	if d.S == "public" {
		return catalog.PublicRole, nil
	}
	r, ok := env.Snapshot().RoleByName(d.S)
	if !ok {
		return 0, catalog.ErrNoRole(d.S)
	}
	return r.ID, nil
}

// target finds the object of a privilege function. has tells what a role has on it.
type target func(env Env, object types.Datum, role catalog.ObjectID) (has func(want catalog.Priv, option bool) bool,
	allowed catalog.Priv, ok bool, err error)

// onObject answers f([role,] object, privileges).
func onObject(find target) answer {
	return func(env Env, args []types.Datum) (types.Datum, bool, error) {
		role := env.CurrentRole()
		if len(args) == 3 {
			var err error
			if role, err = roleArgument(env, args[0]); err != nil {
				return null, false, err
			}
			args = args[1:]
		}
		has, allowed, ok, err := find(env, argument(args, 0), role)
		if err != nil || !ok {
			return null, false, err
		}
		list, err := parsePrivileges(argument(args, 1).S, allowed)
		if err != nil {
			return null, false, err
		}
		for _, w := range list {
			if has(w.priv, w.option) {
				return truth(true), true, nil
			}
		}
		return truth(false), true, nil
	}
}

func tablePrivs(env Env, object types.Datum, role catalog.ObjectID) (func(catalog.Priv, bool) bool, catalog.Priv, bool, error) {
	o, ok := relationArgument(env, object)
	if !ok && object.S != "" {
		return nil, 0, false, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", object.S)
	}
	if !ok {
		return nil, 0, false, nil
	}
	return func(want catalog.Priv, option bool) bool {
		if want &= catalog.PrivsRelation; want == 0 {
			return false
		}
		if option {
			return env.Snapshot().RelationOptions(role, o, want) == want
		}
		return env.Snapshot().RelationPrivs(role, o, want) == want
	}, catalog.PrivsRelation | catalog.PrivUsage, true, nil
}

// columnPrivilege answers has_column_privilege: there are no privileges on columns.
func columnPrivilege(env Env, args []types.Datum) (types.Datum, bool, error) {
	if len(args) < 3 {
		return null, false, nil
	}
	return onObject(tablePrivs)(env, []types.Datum{args[0], args[2]})
}

func schemaPrivs(env Env, object types.Datum, role catalog.ObjectID) (func(catalog.Priv, bool) bool, catalog.Priv, bool, error) {
	for _, x := range env.Snapshot().Schemas() {
		if object.S != "" && x.Name != object.S || object.S == "" && x.ID != catalog.ObjectID(uint32(object.I)) {
			continue
		}
		return func(want catalog.Priv, option bool) bool {
			if option {
				return env.Snapshot().HasPrivilegesOf(role, x.OwnerID())
			}
			return env.Snapshot().SchemaPrivs(role, &x, want) == want
		}, catalog.PrivsSchema, true, nil
	}
	if object.S != "" {
		return nil, 0, false, pgerr.Newf(pgerr.InvalidSchemaName, "schema \"%s\" does not exist", object.S)
	}
	return nil, 0, false, nil
}

func databasePrivs(env Env, object types.Datum, role catalog.ObjectID) (func(catalog.Priv, bool) bool, catalog.Priv, bool, error) {
	if object.S != "" && object.S != DatabaseName {
		return nil, 0, false, pgerr.Newf(pgerr.InvalidCatalogName, "database \"%s\" does not exist", object.S)
	}
	if object.S == "" && object.I != databaseOID {
		return nil, 0, false, nil
	}
	return func(want catalog.Priv, option bool) bool {
		if option {
			return env.Snapshot().HasPrivilegesOf(role, catalog.BootstrapRole)
		}
		return env.Snapshot().DatabasePrivs(role, want) == want
	}, catalog.PrivsDatabase, true, nil
}

// others are kinds of which all objects are built in: everybody may use them, and
// tablespaces nobody but a superuser.
func others(all catalog.Priv) target {
	return func(env Env, _ types.Datum, role catalog.ObjectID) (func(catalog.Priv, bool) bool, catalog.Priv, bool, error) {
		return func(_ catalog.Priv, option bool) bool {
			return env.Snapshot().IsSuper(role) || !option && all != catalog.PrivCreate
		}, all, true, nil
	}
}

// hasRole answers pg_has_role([role,] role, 'MEMBER' or 'USAGE').
func hasRole(env Env, args []types.Datum) (types.Datum, bool, error) {
	me := env.CurrentRole()
	if len(args) == 3 {
		var err error
		if me, err = roleArgument(env, args[0]); err != nil {
			return null, false, err
		}
		args = args[1:]
	}
	other, err := roleArgument(env, argument(args, 0))
	if err != nil {
		return null, false, err
	}
	s := env.Snapshot()
	for _, item := range strings.Split(argument(args, 1).S, ",") {
		word := strings.ToUpper(strings.TrimSpace(item))
		yes := false
		switch word {
		case "USAGE":
			yes = s.HasPrivilegesOf(me, other)
		case "MEMBER":
			yes = s.IsMember(me, other)
		case "MEMBER WITH GRANT OPTION", "MEMBER WITH ADMIN OPTION", "USAGE WITH GRANT OPTION", "USAGE WITH ADMIN OPTION":
			yes = s.IsAdminOf(me, other)
		default:
			return null, false, pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized privilege type: \"%s\"", strings.TrimSpace(item))
		}
		if yes {
			return truth(true), true, nil
		}
	}
	return truth(false), true, nil
}

// aclDefault answers acldefault(kind, owner).
func aclDefault(env Env, args []types.Datum) (types.Datum, bool, error) {
	owner := idArgument(args, 1)
	var acl catalog.ACL
	switch byte(argument(args, 0).I) {
	case 'r':
		acl = catalog.DefaultPrivileges(catalog.PrivsRelation, owner)
	case 'n':
		acl = catalog.DefaultPrivileges(catalog.PrivsSchema, owner)
	case 'd':
		acl = catalog.DefaultPrivileges(catalog.PrivsDatabase, owner)
	case 'f':
		acl = catalog.ACL{
			{Grantee: catalog.PublicRole, Grantor: owner, Privs: catalog.PrivExecute},
			{Grantee: owner, Grantor: owner, Privs: catalog.PrivExecute},
		}
	case 'T', 'l':
		acl = catalog.ACL{
			{Grantee: catalog.PublicRole, Grantor: owner, Privs: catalog.PrivUsage},
			{Grantee: owner, Grantor: owner, Privs: catalog.PrivUsage},
		}
	}
	return aclArray(env, acl), true, nil
}

// interruption is pg_cancel_backend or pg_terminate_backend.
type interruption struct {
	how               func(Interrupter, int32) bool
	verb, past, thing string
}

// refuse is the right to interrupt the session of another role.
func (x interruption) refuse(env Env, pid int32) error {
	s, me := env.Snapshot(), env.CurrentRole()
	if s.IsSuper(me) {
		return nil
	}
	for _, session := range env.Sessions() {
		switch {
		case session.PID != pid:
		case s.IsSuper(session.Role):
			return pgerr.Newf(pgerr.InsufficientPrivilege, "must be a superuser to %s superuser %s", x.verb, x.thing)
		case !s.HasPrivilegesOf(me, session.Role) && !s.HasPrivilegesOf(me, catalog.RoleSignal):
			return pgerr.Newf(pgerr.InsufficientPrivilege,
				"must be a member of the role whose %s is being %s or member of pg_signal_backend", x.thing, x.past)
		}
	}
	return nil
}
