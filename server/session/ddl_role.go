package session

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"millrace/catalog"
	"millrace/server/auth"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// execRole runs the statements about roles and privileges; done is false for others.
func (s *Session) execRole(ctx context.Context, stmt sql.Statement) (res *result, done bool, err error) {
	if hasPassword(stmt) {
		s.activity.running(verbOf(stmt)+" "+hiddenPassword, s.clockStmt)
	}
	var op catalog.Op
	tag := ""
	switch st := stmt.(type) {
	case *sql.CreateRole:
		tag = "CREATE ROLE"
		op, err = s.createRole(st)
	case *sql.AlterRole:
		tag = "ALTER ROLE"
		op, err = s.alterRole(st)
	case *sql.AlterRoleSet:
		tag = "ALTER ROLE"
		op, err = s.alterRoleSet(st)
	case *sql.RenameRole:
		tag = "ALTER ROLE"
		op, err = s.renameRole(st)
	case *sql.DropRole:
		tag = "DROP ROLE"
		op, err = s.dropRole(st)
	case *sql.GrantRole:
		tag = grantTag(st.Revoke) + " ROLE"
		op, err = s.grantRole(st)
	case *sql.Grant:
		tag = grantTag(st.Revoke)
		op, err = s.grantOn(st)
	case *sql.AlterDefaults:
		tag = "ALTER DEFAULT PRIVILEGES"
		op, err = s.alterDefaults(st)
	case *sql.AlterOwner:
		tag = "ALTER " + upper(string(st.Kind))
		op, err = s.alterOwner(st)
	case *sql.ReassignOwned:
		tag = "REASSIGN OWNED"
		op, err = s.reassignOwned(st)
	case *sql.DropOwned:
		tag = "DROP OWNED"
		op, err = s.dropOwned(st)
	default:
		return nil, false, nil
	}
	if err == nil && op != nil {
		_, err = s.change(ctx, op, 0)
	}
	if err != nil {
		return nil, true, err
	}
	s.tellSuper()
	return command(tag), true, nil
}

// hiddenPassword stands for the rest of a statement with a password in it.
const hiddenPassword = "<password hidden>"

// hasPassword reports whether the text of a statement must not be shown to others.
func hasPassword(stmt sql.Statement) bool {
	var list []sql.RoleOption
	switch st := stmt.(type) {
	case *sql.CreateRole:
		list = st.Options
	case *sql.AlterRole:
		list = st.Options
	}
	return slices.ContainsFunc(list, func(o sql.RoleOption) bool { return o.Name == "password" })
}

func grantTag(revoke bool) string {
	if revoke {
		return "REVOKE"
	}
	return "GRANT"
}

// roleOptions reads the attributes of CREATE and ALTER ROLE. What is not given stays nil.
type roleOptions struct {
	catalog.AlterRole
	inRoles, members, admins []string
	seen                     map[string]bool
}

func (s *Session) roleOptions(list []sql.RoleOption) (*roleOptions, error) {
	o := &roleOptions{seen: map[string]bool{}}
	for i := range list {
		x := &list[i]
		name := strings.TrimPrefix(x.Name, "no")
		if o.seen[name] {
			return nil, pgerr.New(pgerr.SyntaxError, "conflicting or redundant options").At(int(x.Pos))
		}
		o.seen[name] = true
		if flag := o.flag(name); flag != nil {
			on := name == x.Name
			*flag = &on
			continue
		}
		if err := s.roleOption(o, x); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o *roleOptions) flag(name string) **bool {
	switch name {
	case "superuser":
		return &o.Super
	case "inherit":
		return &o.Inherit
	case "createrole":
		return &o.CreateRole
	case "createdb":
		return &o.CreateDB
	case "login":
		return &o.Login
	case "replication":
		return &o.Replication
	case "bypassrls":
		return &o.BypassRLS
	}
	return nil
}

func (s *Session) roleOption(o *roleOptions, x *sql.RoleOption) (err error) {
	switch x.Name {
	case "password":
		verifier := ""
		if x.HasText {
			if verifier, err = s.verifier(x.Text); err != nil {
				return err
			}
		}
		o.Password = &verifier
	case "connection limit":
		if x.Number < -1 {
			return pgerr.Newf(pgerr.InvalidParameterValue, "invalid connection limit: %d", x.Number)
		}
		n := int32(x.Number)
		o.ConnectionLimit = &n
	case "valid until":
		d, err := types.ParseText(types.Timestamptz, x.Text, s.inputFormat())
		if err != nil {
			return err
		}
		o.ValidUntil = &d.I
	case "sysid":
		s.notice(pgerr.New(pgerr.SuccessfulCompletion, "SYSID can no longer be specified"))
	case "in role":
		o.inRoles, err = s.rolesNamed(x.Roles)
	case "role":
		o.members, err = s.rolesNamed(x.Roles)
	case "admin":
		o.admins, err = s.rolesNamed(x.Roles)
	}
	return err
}

// passwordBytesMax bounds a password: hashing takes time with its length.
const passwordBytesMax = 1024

// verifier turns a password into what is kept of it. A verifier made by PostgreSQL or by
// a client is kept as it is.
func (s *Session) verifier(password string) (string, error) {
	if password == "" {
		s.notice(pgerr.New(pgerr.SuccessfulCompletion, "empty string is not a valid password, clearing password"))
		return "", nil
	}
	if v, ok := auth.ParseVerifier(password); ok {
		if v.Matches("") {
			s.notice(pgerr.New(pgerr.SuccessfulCompletion, "empty string is not a valid password, clearing password"))
			return "", nil
		}
		return v.String(), nil
	}
	if len(password) == 35 && strings.HasPrefix(password, "md5") || s.vars.text("password_encryption") == "md5" {
		return "", pgerr.New(pgerr.FeatureNotSupported, "MD5 passwords are not supported").
			WithHint("Give the password itself, or a verifier of SCRAM-SHA-256.")
	}
	if len(password) > passwordBytesMax {
		return "", pgerr.Newf(pgerr.InvalidParameterValue, "password is longer than %d bytes", passwordBytesMax)
	}
	v, err := auth.NewVerifier(password, int(s.vars.number("scram_iterations")), rand.Reader)
	if err != nil {
		return "", pgerr.Wrap(err, pgerr.InternalError, "make a password's verifier")
	}
	return v.String(), nil
}

func (s *Session) createRole(st *sql.CreateRole) (catalog.Op, error) {
	if st.Name.Word != "" {
		word := st.Name.Word
		if word == "public" {
			return nil, pgerr.New(pgerr.ReservedName, "role name \"public\" is reserved").At(int(st.Name.Pos))
		}
		return nil, pgerr.Newf(pgerr.ReservedName, "%s cannot be used as a role name here", strings.ToUpper(word)).
			At(int(st.Name.Pos))
	}
	o, err := s.roleOptions(st.Options)
	if err != nil {
		return nil, err
	}
	is := func(p *bool, def bool) bool {
		if p != nil {
			return *p
		}
		return def
	}
	r := &catalog.Role{
		Name: st.Name.Name, Super: is(o.Super, false), Inherit: is(o.Inherit, true), CreateRole: is(o.CreateRole, false),
		CreateDB: is(o.CreateDB, false), Login: is(o.Login, st.User), Replication: is(o.Replication, false),
		BypassRLS: is(o.BypassRLS, false), ConnectionLimit: -1, ValidUntil: o.ValidUntil,
	}
	if o.Password != nil {
		r.Password = *o.Password
	}
	if o.ConnectionLimit != nil {
		r.ConnectionLimit = *o.ConnectionLimit
	}
	return &catalog.CreateRole{Role: r, InRoles: o.inRoles, Members: o.members, Admins: o.admins}, nil
}

func (s *Session) alterRole(st *sql.AlterRole) (catalog.Op, error) {
	name, err := s.roleNamed(st.Name)
	if err != nil {
		return nil, err
	}
	o, err := s.roleOptions(st.Options)
	if err != nil {
		return nil, err
	}
	if o.inRoles != nil || o.admins != nil {
		return nil, pgerr.New(pgerr.SyntaxError, "IN ROLE and ADMIN are options of CREATE ROLE only").
			At(int(st.Position()))
	}
	o.Name = name
	return &o.AlterRole, nil
}

func (s *Session) alterRoleSet(st *sql.AlterRoleSet) (catalog.Op, error) {
	if st.All {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "ALTER ROLE ALL is not supported").At(int(st.Position()))
	}
	if st.Database != "" && st.Database != databaseName {
		return nil, pgerr.Newf(pgerr.InvalidCatalogName, "database \"%s\" does not exist", st.Database)
	}
	name, err := s.roleNamed(st.Name)
	if err != nil {
		return nil, err
	}
	op := &catalog.AlterRole{Name: name, Settings: map[string]*string{}}
	switch {
	case st.Set == nil && st.Reset == "all":
		op.ResetAll = true
	case st.Set == nil:
		op.Settings[strings.ToLower(st.Reset)] = nil
	case st.Set.Default:
		op.Settings[strings.ToLower(st.Set.Name)] = nil
	default:
		value, err := catalog.JoinValues(st.Set.Name, st.Set.Values)
		if err != nil {
			return nil, err
		}
		setting, value, err := catalog.CheckSetting(st.Set.Name, value)
		if err != nil {
			return nil, err
		}
		op.Settings[strings.ToLower(setting)] = &value
	}
	return op, nil
}

func (s *Session) renameRole(st *sql.RenameRole) (catalog.Op, error) {
	name, err := s.roleNamed(st.Name)
	if err != nil {
		return nil, err
	}
	switch id := s.who(); roleID(id.snap, name) {
	case id.session:
		return nil, pgerr.New(pgerr.FeatureNotSupported, "session user cannot be renamed")
	case id.current:
		return nil, pgerr.New(pgerr.FeatureNotSupported, "current user cannot be renamed")
	}
	return &catalog.RenameRole{Name: name, NewName: st.NewName}, nil
}

func (s *Session) dropRole(st *sql.DropRole) (catalog.Op, error) {
	for _, r := range st.Names {
		if r.Word != "" {
			return nil, pgerr.New(pgerr.InvalidParameterValue, "cannot use special role specifier in DROP ROLE")
		}
	}
	names, err := s.rolesNamed(st.Names)
	if err != nil {
		return nil, err
	}
	return &catalog.DropRole{Names: names, IfExists: st.IfExists, Session: s.who().session}, nil
}

func (s *Session) reassignOwned(st *sql.ReassignOwned) (catalog.Op, error) {
	from, err := s.rolesNamed(st.Roles)
	if err != nil {
		return nil, err
	}
	to, err := s.roleNamed(st.To)
	return &catalog.ReassignOwned{Roles: from, To: to}, err
}

func (s *Session) dropOwned(st *sql.DropOwned) (catalog.Op, error) {
	names, err := s.rolesNamed(st.Roles)
	return &catalog.DropOwned{Roles: names, Cascade: st.Cascade}, err
}

func (s *Session) alterOwner(st *sql.AlterOwner) (catalog.Op, error) {
	switch st.Kind {
	case sql.KindTable, sql.KindStream, sql.KindView, sql.KindMaterializedView, sql.KindSchema, sql.KindIndex:
	default:
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "ALTER %s OWNER is not supported", upper(string(st.Kind))).
			At(int(st.Position()))
	}
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	owner, err := s.roleNamed(st.Owner)
	return &catalog.SetOwner{Kind: st.Kind, Name: q, Owner: owner, IfExists: st.IfExists}, err
}
