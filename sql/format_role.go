package sql

import (
	"strconv"
	"strings"
)

// roles prints the statements about roles and privileges; false for others.
func (p *printer) roles(s Statement) bool {
	switch n := s.(type) {
	case *CreateRole:
		word := "ROLE "
		if n.User {
			word = "USER "
		}
		p.put("CREATE ", word)
		p.role(n.Name)
		p.roleOptions(n.Options)
	case *AlterRole:
		p.put("ALTER ROLE ")
		p.role(n.Name)
		p.roleOptions(n.Options)
	case *AlterRoleSet:
		p.alterRoleSet(n)
	case *RenameRole:
		p.put("ALTER ROLE ")
		p.role(n.Name)
		p.put(" RENAME TO ")
		p.ident(n.NewName)
	case *DropRole:
		p.put("DROP ROLE ")
		p.when(n.IfExists, "IF EXISTS ")
		p.roleList(n.Names)
	case *GrantRole:
		p.grantRole(n)
	case *Grant:
		p.grant(n, true)
	case *AlterDefaults:
		p.alterDefaults(n)
	case *AlterOwner:
		p.put("ALTER ", strings.ToUpper(string(n.Kind)), " ")
		p.when(n.IfExists, "IF EXISTS ")
		p.node(n.Name)
		p.put(" OWNER TO ")
		p.role(n.Owner)
	case *ReassignOwned:
		p.put("REASSIGN OWNED BY ")
		p.roleList(n.Roles)
		p.put(" TO ")
		p.role(n.To)
	case *DropOwned:
		p.put("DROP OWNED BY ")
		p.roleList(n.Roles)
		p.when(n.Cascade, " CASCADE")
	default:
		return false
	}
	return true
}

func (p *printer) role(r RoleSpec) {
	if r.Word != "" {
		p.put(strings.ToUpper(r.Word))
		return
	}
	p.ident(r.Name)
}

func (p *printer) roleList(list []RoleSpec) {
	for i, r := range list {
		p.when(i > 0, ", ")
		p.role(r)
	}
}

func (p *printer) roleOptions(list []RoleOption) {
	for _, o := range list {
		p.put(" ", strings.ToUpper(o.Name))
		switch o.Name {
		case "password":
			if o.HasText {
				p.put(" ", QuoteLiteral(o.Text))
			} else {
				p.put(" NULL")
			}
		case "valid until":
			p.put(" ", QuoteLiteral(o.Text))
		case "connection limit", "sysid":
			p.put(" ", strconv.FormatInt(o.Number, 10))
		case "in role", "role", "admin":
			p.put(" ")
			p.roleList(o.Roles)
		}
	}
}

func (p *printer) alterRoleSet(n *AlterRoleSet) {
	p.put("ALTER ROLE ")
	if n.All {
		p.put("ALL")
	} else {
		p.role(n.Name)
	}
	if n.Database != "" {
		p.put(" IN DATABASE ")
		p.ident(n.Database)
	}
	if n.Set == nil {
		p.put(" RESET ")
		p.settingName(n.Reset)
		return
	}
	p.put(" ")
	p.set(n.Set)
}

func (p *printer) grantRole(n *GrantRole) {
	if n.Revoke {
		p.put("REVOKE ")
		p.when(n.Admin, "ADMIN OPTION FOR ")
	} else {
		p.put("GRANT ")
	}
	p.roleList(n.Roles)
	p.put(" ", strings.ToUpper(toOrFrom(n.Revoke)), " ")
	p.roleList(n.Members)
	p.when(n.Admin && !n.Revoke, " WITH ADMIN OPTION")
	p.grantedBy(n.GrantedBy)
	p.when(n.Cascade, " CASCADE")
}

func (p *printer) grantedBy(by *RoleSpec) {
	if by != nil {
		p.put(" GRANTED BY ")
		p.role(*by)
	}
}

// grant prints GRANT and REVOKE; without objects it is the part of ALTER DEFAULT
// PRIVILEGES.
func (p *printer) grant(n *Grant, objects bool) {
	if n.Revoke {
		p.put("REVOKE ")
		p.when(n.Option, "GRANT OPTION FOR ")
	} else {
		p.put("GRANT ")
	}
	p.privileges(n.Privileges)
	p.put(" ON ")
	kind := strings.ToUpper(string(n.Kind))
	switch {
	case !objects:
		p.put(kind, "S")
	case n.AllIn != nil:
		p.put("ALL ", kind, "S IN SCHEMA ")
		p.idents(n.AllIn)
	default:
		p.put(kind, " ")
		p.names(n.Names)
	}
	p.put(" ", strings.ToUpper(toOrFrom(n.Revoke)), " ")
	p.roleList(n.Grantees)
	p.when(n.Option && !n.Revoke, " WITH GRANT OPTION")
	p.grantedBy(n.GrantedBy)
	p.when(n.Cascade, " CASCADE")
}

func (p *printer) privileges(list []Privilege) {
	if list == nil {
		p.put("ALL")
	}
	for i, x := range list {
		p.when(i > 0, ", ")
		p.put(strings.ToUpper(x.Word))
		if x.Columns != nil {
			p.put(" (")
			p.idents(x.Columns)
			p.put(")")
		}
	}
}

func (p *printer) alterDefaults(n *AlterDefaults) {
	p.put("ALTER DEFAULT PRIVILEGES ")
	if n.Roles != nil {
		p.put("FOR ROLE ")
		p.roleList(n.Roles)
		p.put(" ")
	}
	if n.Schemas != nil {
		p.put("IN SCHEMA ")
		p.idents(n.Schemas)
		p.put(" ")
	}
	p.grant(n.Grant, false)
}
