package sql

// RoleSpec names a role: by its name, or with Word set by one of CURRENT_USER,
// CURRENT_ROLE, SESSION_USER and PUBLIC, in lower case.
type RoleSpec struct {
	Pos
	Name, Word string
}

// CreateRole is CREATE ROLE, CREATE USER or CREATE GROUP. User gives LOGIN by default.
type CreateRole struct {
	Stmt
	User    bool
	Name    RoleSpec
	Options []RoleOption
}

// RoleOption is an attribute of CREATE and ALTER ROLE, by its word in lower case
// ("superuser", "nologin", "password", "connection limit", "valid until", "in role",
// "role", "admin").
type RoleOption struct {
	Pos
	Name string
	// Text is the value of password and valid until; HasText is false for PASSWORD NULL.
	Text    string
	HasText bool
	Number  int64
	Roles   []RoleSpec
}

// AlterRole is ALTER ROLE or ALTER USER with attributes.
type AlterRole struct {
	Stmt
	Name    RoleSpec
	Options []RoleOption
}

// AlterRoleSet is ALTER ROLE ... SET or RESET of a setting.
type AlterRoleSet struct {
	Stmt
	// All is ALTER ROLE ALL: Name is empty then.
	All      bool
	Name     RoleSpec
	Database string
	// Set is nil for RESET of Reset, which is "all" for all of them.
	Set   *Set
	Reset string
}

// RenameRole is ALTER ROLE Name RENAME TO NewName.
type RenameRole struct {
	Stmt
	Name    RoleSpec
	NewName string
}

// DropRole is DROP ROLE, DROP USER or DROP GROUP.
type DropRole struct {
	Stmt
	Names    []RoleSpec
	IfExists bool
}

// GrantRole is GRANT or REVOKE of membership in roles.
type GrantRole struct {
	Stmt
	Revoke         bool
	Roles, Members []RoleSpec
	// Admin is WITH ADMIN OPTION, or ADMIN OPTION FOR.
	Admin, Cascade bool
	GrantedBy      *RoleSpec
}

// Grant is GRANT or REVOKE of privileges. Kind is table for relations, and else
// PostgreSQL's word: "schema", "database", "function", "sequence", "type" ...; for the
// schemas of ALL ... IN SCHEMA it is what there is in them, and AllIn lists them.
type Grant struct {
	Stmt
	Revoke bool
	// Privileges are words in lower case; none is ALL.
	Privileges []Privilege
	Kind       ObjectKind
	Names      []Name
	AllIn      []string
	Grantees   []RoleSpec
	// Option is WITH GRANT OPTION, or GRANT OPTION FOR.
	Option, Cascade bool
	GrantedBy       *RoleSpec
}

// Privilege is one privilege of a GRANT, perhaps on columns only.
type Privilege struct {
	Pos
	Word    string
	Columns []string
}

// AlterDefaults is ALTER DEFAULT PRIVILEGES. Of Grant, Names and AllIn are empty.
type AlterDefaults struct {
	Stmt
	Roles   []RoleSpec
	Schemas []string
	Grant   *Grant
}

// AlterOwner is ALTER kind Name OWNER TO Owner.
type AlterOwner struct {
	Stmt
	Kind     ObjectKind
	Name     Name
	IfExists bool
	Owner    RoleSpec
}

// ReassignOwned is REASSIGN OWNED BY Roles TO To.
type ReassignOwned struct {
	Stmt
	Roles []RoleSpec
	To    RoleSpec
}

// DropOwned is DROP OWNED BY Roles.
type DropOwned struct {
	Stmt
	Roles   []RoleSpec
	Cascade bool
}
