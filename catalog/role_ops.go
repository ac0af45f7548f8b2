package catalog

import "millrace/sql"

// CreateRole makes a role. Of Role the ID is given by Apply. Password is a verifier.
type CreateRole struct {
	Role *Role
	// InRoles are roles the new one becomes a member of; Members and Admins become
	// members of it, the latter with ADMIN OPTION.
	InRoles, Members, Admins []string
}

// AlterRole changes those attributes of a role that are not nil.
type AlterRole struct {
	Name                                        string
	Super, Inherit, CreateRole, CreateDB, Login *bool `json:",omitempty"`
	Replication, BypassRLS                      *bool `json:",omitempty"`
	ConnectionLimit                             *int32
	Password                                    *string // "" is none
	ValidUntil                                  *int64
	// NoEnd takes ValidUntil away.
	NoEnd bool
	// Settings sets defaults of the role's sessions, nil takes one away; ResetAll takes
	// all away.
	Settings map[string]*string
	ResetAll bool
}

// RenameRole renames a role. Its password stays valid: a verifier has no name in it.
type RenameRole struct{ Name, NewName string }

// DropRole drops roles that own nothing and have no privileges.
type DropRole struct {
	Names    []string
	IfExists bool
	// Session is the role that the session was opened with; it cannot be dropped.
	Session ObjectID
}

// GrantRole makes Members members of Roles, or with Revoke ends it.
type GrantRole struct {
	Roles, Members []string
	// Admin: with ADMIN OPTION; with Revoke, only that is taken away.
	Admin  bool
	Revoke bool
}

// GrantOn gives or takes privileges on objects.
type GrantOn struct {
	// Kind is table for relations of every kind, schema or database.
	Kind sql.ObjectKind
	// Names are the objects; of schemas and the database only QName.Name is read.
	Names []QName
	// AllIn are schemas instead of Names: all relations in them.
	AllIn []string
	GrantWhat
}

// GrantWhat is the part of GRANT and REVOKE that does not say on what.
type GrantWhat struct {
	// Privs is 0 for ALL.
	Privs Priv
	// Roles are the grantees; "" is PUBLIC.
	Roles []string
	// Option: with GRANT OPTION; with Revoke, only that is taken away.
	Option          bool
	Revoke, Cascade bool
}

// SetOwner gives an object to another role.
type SetOwner struct {
	Kind     sql.ObjectKind
	Name     QName
	Owner    string
	IfExists bool
}

// ReassignOwned gives all that some roles own to another one.
type ReassignOwned struct {
	Roles []string
	To    string
}

// DropOwned drops what roles own and takes away their privileges.
type DropOwned struct {
	Roles   []string
	Cascade bool
}

// SetDefaults is ALTER DEFAULT PRIVILEGES: what GRANT or REVOKE does to relations (Kind
// table) or schemas that a role makes later.
type SetDefaults struct {
	// For is the roles that make the objects; none is the role that runs the statement.
	For     []string
	Schemas []string
	Kind    sql.ObjectKind
	GrantWhat
}

func (*CreateRole) code() opCode    { return opCreateRole }
func (*AlterRole) code() opCode     { return opAlterRole }
func (*RenameRole) code() opCode    { return opRenameRole }
func (*DropRole) code() opCode      { return opDropRole }
func (*GrantRole) code() opCode     { return opGrantRole }
func (*GrantOn) code() opCode       { return opGrantOn }
func (*SetOwner) code() opCode      { return opSetOwner }
func (*ReassignOwned) code() opCode { return opReassignOwned }
func (*DropOwned) code() opCode     { return opDropOwned }
func (*SetDefaults) code() opCode   { return opSetDefaults }

// The numbers of these ops leave room for more of the other kind.
const (
	opCreateRole opCode = iota + 64
	opAlterRole
	opRenameRole
	opDropRole
	opGrantRole
	opGrantOn
	opSetOwner
	opReassignOwned
	opDropOwned
	opSetDefaults
)

// newRoleOp returns an empty op of the code; nil for other codes.
func newRoleOp(code opCode) Op {
	switch code {
	case opCreateRole:
		return &CreateRole{}
	case opAlterRole:
		return &AlterRole{}
	case opRenameRole:
		return &RenameRole{}
	case opDropRole:
		return &DropRole{}
	case opGrantRole:
		return &GrantRole{}
	case opGrantOn:
		return &GrantOn{}
	case opSetOwner:
		return &SetOwner{}
	case opReassignOwned:
		return &ReassignOwned{}
	case opDropOwned:
		return &DropOwned{}
	case opSetDefaults:
		return &SetDefaults{}
	}
	return nil
}

// runRoleOp applies an op of this file; done is false for others.
func (d *draft) runRoleOp(op Op) (done bool, err error) {
	switch op := op.(type) {
	case *CreateRole:
		err = d.createRole(op)
	case *AlterRole:
		err = d.alterRole(op)
	case *RenameRole:
		err = d.renameRole(op)
	case *DropRole:
		err = d.dropRole(op)
	case *GrantRole:
		err = d.grantRole(op)
	case *GrantOn:
		err = d.grantOn(op)
	case *SetOwner:
		err = d.setOwner(op)
	case *ReassignOwned:
		err = d.reassignOwned(op)
	case *DropOwned:
		err = d.dropOwned(op)
	case *SetDefaults:
		err = d.setDefaults(op)
	default:
		return false, nil
	}
	return true, err
}
