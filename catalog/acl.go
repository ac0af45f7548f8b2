package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"millrace/sql"
)

// Priv is a set of privileges. The bits are PostgreSQL's, and stored.
type Priv uint16

// The privileges.
const (
	PrivInsert Priv = 1 << iota
	PrivSelect
	PrivUpdate
	PrivDelete
	PrivTruncate
	PrivReferences
	PrivTrigger
	PrivExecute
	PrivUsage
	PrivCreate
	PrivTemporary
	PrivConnect
)

// What there is to grant on each kind of object.
const (
	PrivsRelation = PrivInsert | PrivSelect | PrivUpdate | PrivDelete | PrivTruncate | PrivReferences | PrivTrigger
	PrivsSchema   = PrivUsage | PrivCreate
	PrivsDatabase = PrivCreate | PrivTemporary | PrivConnect
	PrivsFunction = PrivExecute
)

// privileges lists them with SQL's words and the letters of an aclitem, in the order in
// which an aclitem has them.
var privileges = []struct {
	bit    Priv
	letter byte
	word   string
}{
	{PrivInsert, 'a', "INSERT"},
	{PrivSelect, 'r', "SELECT"},
	{PrivUpdate, 'w', "UPDATE"},
	{PrivDelete, 'd', "DELETE"},
	{PrivTruncate, 'D', "TRUNCATE"},
	{PrivReferences, 'x', "REFERENCES"},
	{PrivTrigger, 't', "TRIGGER"},
	{PrivExecute, 'X', "EXECUTE"},
	{PrivUsage, 'U', "USAGE"},
	{PrivCreate, 'C', "CREATE"},
	{PrivTemporary, 'T', "TEMPORARY"},
	{PrivConnect, 'c', "CONNECT"},
}

// ParsePriv returns the privilege of a word of GRANT, in any case; 0 when there is none.
func ParsePriv(word string) Priv {
	word = strings.ToUpper(word)
	if word == "TEMP" {
		word = "TEMPORARY"
	}
	for _, p := range privileges {
		if p.word == word {
			return p.bit
		}
	}
	return 0
}

// Words lists the privileges as in information_schema.
func (p Priv) Words() []string {
	var out []string
	for _, x := range privileges {
		if p&x.bit != 0 {
			out = append(out, x.word)
		}
	}
	return out
}

// Grant is what one role gave to another on one object.
type Grant struct {
	// Grantee is PublicRole for everybody.
	Grantee, Grantor ObjectID
	Privs            Priv
	// Options are those of Privs that the grantee may grant on.
	Options Priv `json:",omitempty"`
}

// ACL is the privileges on an object. nil stands for the default ones of its kind; an
// empty one gives nothing to anybody but superusers.
type ACL []Grant

// The default privileges, PostgreSQL's: everything to the owner, and what a database
// gives to everybody.
func defaultACL(all Priv, owner ObjectID) ACL {
	acl := ACL{}
	if all == PrivsDatabase {
		acl = append(acl, Grant{Grantee: PublicRole, Grantor: owner, Privs: PrivTemporary | PrivConnect})
	}
	return append(acl, Grant{Grantee: owner, Grantor: owner, Privs: all})
}

// DefaultPrivileges is what an object has before the first GRANT: all, of what there is
// for its kind, to the owner.
func DefaultPrivileges(all Priv, owner ObjectID) ACL { return defaultACL(all, owner) }

// PublicSchemaPrivileges is what the schema public has in a new catalog.
func PublicSchemaPrivileges() ACL { return publicSchemaACL() }

// publicSchemaACL is what everybody may do in the schema public: look, not create.
func publicSchemaACL() ACL {
	return ACL{
		{Grantee: RoleDatabaseOwner, Grantor: RoleDatabaseOwner, Privs: PrivsSchema},
		{Grantee: PublicRole, Grantor: RoleDatabaseOwner, Privs: PrivUsage},
	}
}

// orDefault is the privileges in force.
func (acl ACL) orDefault(all Priv, owner ObjectID) ACL {
	if acl == nil {
		return defaultACL(all, owner)
	}
	return acl
}

// mask returns those of want that the roles in has; options is for grant options,
// which the owner always has.
func (acl ACL) mask(has func(ObjectID) bool, owner ObjectID, want Priv, options bool) Priv {
	var got Priv
	if options && has(owner) {
		return want
	}
	for _, g := range acl {
		bits := g.Privs
		if options {
			bits = g.Options
		}
		if bits&want&^got != 0 && (g.Grantee == PublicRole && !options || g.Grantee != PublicRole && has(g.Grantee)) {
			got |= bits & want
		}
	}
	return got
}

// Text returns the items as PostgreSQL's aclitems: grantee=letters/grantor, a star
// behind what may be granted on.
func (acl ACL) Text(s *Snapshot) []string {
	out := make([]string, len(acl))
	for i, g := range acl {
		var b strings.Builder
		if g.Grantee != PublicRole {
			b.WriteString(aclName(s.RoleName(g.Grantee)))
		}
		b.WriteByte('=')
		for _, p := range privileges {
			if g.Privs&p.bit != 0 {
				b.WriteByte(p.letter)
				if g.Options&p.bit != 0 {
					b.WriteByte('*')
				}
			}
		}
		b.WriteString("/" + aclName(s.RoleName(g.Grantor)))
		out[i] = b.String()
	}
	return out
}

// aclName quotes a name that has other characters than letters, digits and _.
func aclName(name string) string {
	plain := !strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r > 127)
	})
	if plain && name != "" {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// add gives privileges. An item of the same grantee and grantor grows.
func (acl ACL) add(g Grant) ACL {
	for i := range acl {
		if acl[i].Grantee == g.Grantee && acl[i].Grantor == g.Grantor {
			acl = slices.Clone(acl)
			acl[i].Privs |= g.Privs
			acl[i].Options |= g.Options
			return acl
		}
	}
	return append(slices.Clip(acl), g)
}

// sort brings the items into the order in which PostgreSQL keeps default privileges.
func (acl ACL) sort() {
	slices.SortFunc(acl, func(a, b Grant) int {
		return cmp.Or(cmp.Compare(a.Grantee, b.Grantee), cmp.Compare(a.Grantor, b.Grantor))
	})
}

// remove takes privileges, or only their grant options, away from what g.Grantor gave.
func (acl ACL) remove(g Grant, optionsOnly bool) ACL {
	acl = slices.Clone(acl)
	for i := range acl {
		if acl[i].Grantee == g.Grantee && acl[i].Grantor == g.Grantor {
			acl[i].Options &^= g.Privs
			if !optionsOnly {
				acl[i].Privs &^= g.Privs
			}
		}
	}
	return slices.DeleteFunc(acl, func(g Grant) bool { return g.Privs == 0 })
}

// mentions reports whether the role has or gave something. The owner's own item of the
// default privileges is not counted.
func (acl ACL) mentions(role, owner ObjectID) bool {
	return slices.ContainsFunc(acl, func(g Grant) bool {
		return g.Grantee == role && role != owner || g.Grantor == role && role != owner
	})
}

// changeOwner lets the new owner stand wherever the old one stood.
func (acl ACL) changeOwner(from, to ObjectID) ACL {
	if acl == nil {
		return nil
	}
	out := ACL{}
	swap := func(id ObjectID) ObjectID {
		if id == from {
			return to
		}
		return id
	}
	for _, g := range acl {
		g.Grantee, g.Grantor = swap(g.Grantee), swap(g.Grantor)
		out = out.add(g)
	}
	return out
}

// DefaultACL is what ALTER DEFAULT PRIVILEGES gives on new objects of a role.
type DefaultACL struct {
	Role ObjectID
	// Schema is 0 for all schemas. Kind is KindTable for relations and KindSchema for
	// schemas.
	Schema ObjectID `json:",omitempty"`
	Kind   sql.ObjectKind
	ACL    ACL
}

func unknownRole(id ObjectID) string { return fmt.Sprintf("unknown (OID=%d)", id) }
