package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

// roleSpec reads a role: a name or one of the words that stand for one.
func (c *cursor) roleSpec() RoleSpec {
	spec := RoleSpec{Pos: c.pos()}
	if word := c.kwIn("current_user", "current_role", "session_user"); word != "" {
		c.p++
		spec.Word = word
		return spec
	}
	// PostgreSQL takes the quoted words for the same.
	switch spec.Name = c.nonReserved(); spec.Name {
	case "none":
		c.bail(pgerr.New(pgerr.ReservedName, "role name \"none\" is reserved").At(int(spec.Pos)))
	case "public":
		spec.Word, spec.Name = "public", ""
	}
	return spec
}

func (c *cursor) roleList() []RoleSpec {
	list := []RoleSpec{c.grantee()}
	for c.acceptPunct(",") {
		list = append(list, c.grantee())
	}
	return list
}

// grantee is a role, behind the word GROUP of old versions.
func (c *cursor) grantee() RoleSpec {
	if c.kw("group") && !c.isAt(1, ",") && !c.at1Done() {
		c.p++
	}
	return c.roleSpec()
}

// roleWord reads ROLE, USER or GROUP; ok is false when something else follows.
func (c *cursor) roleWord() (word string, ok bool) {
	if c.kws("user", "mapping") {
		return "", false
	}
	word = c.acceptIn("role", "user", "group")
	return word, word != ""
}

// createRole reads CREATE ROLE behind its words.
func (c *cursor) createRole(word string) Statement {
	node := &CreateRole{User: word == "user", Name: c.roleSpec()}
	c.accept("with")
	node.Options = c.roleOptions()
	return node
}

func (c *cursor) roleOptions() []RoleOption {
	var list []RoleOption
	for !c.done() {
		list = append(list, c.roleOption())
	}
	return list
}

// roleFlags are the attributes that are on or, with "no" in front, off.
var roleFlags = map[string]bool{
	"superuser": true, "createdb": true, "createrole": true, "inherit": true, "login": true,
	"replication": true, "bypassrls": true,
}

func (c *cursor) roleOption() RoleOption {
	o := RoleOption{Pos: c.pos()}
	c.acceptIn("encrypted")
	switch {
	case c.kw("unencrypted"):
		c.bail(pgerr.New(pgerr.FeatureNotSupported, "UNENCRYPTED PASSWORD is no longer supported").
			WithHint("Remove UNENCRYPTED to store the password in encrypted form instead.").At(int(o.Pos)))
	case c.accept("password"):
		o.Name = "password"
		if !c.accept("null") {
			o.Text, o.HasText = c.stringText(), true
		}
	case c.accept("connection", "limit"):
		o.Name, o.Number = "connection limit", c.signedInteger()
	case c.accept("valid", "until"):
		o.Name, o.Text, o.HasText = "valid until", c.stringText(), true
	case c.accept("sysid"):
		o.Name, o.Number = "sysid", c.integer()
	case c.accept("in", "role"), c.accept("in", "group"):
		o.Name, o.Roles = "in role", c.roleList()
	case c.acceptIn("role", "user") != "":
		o.Name, o.Roles = "role", c.roleList()
	case c.accept("admin"):
		o.Name, o.Roles = "admin", c.roleList()
	default:
		t := c.tok()
		if t.kind != tokIdent || t.pos != int32(o.Pos) {
			c.fail()
		}
		if !roleFlags[strings.TrimPrefix(t.text, "no")] {
			c.wrong(o.Pos, "unrecognized role option \"%s\"", t.text)
		}
		o.Name = c.take()
	}
	return o
}

// alterRole reads ALTER ROLE behind its words.
func (c *cursor) alterRole(word string) Statement {
	if c.accept("all") {
		return c.alterRoleSet(&AlterRoleSet{All: true})
	}
	name := c.roleSpec()
	switch {
	case c.accept("rename", "to"):
		return &RenameRole{Name: name, NewName: c.roleSpec().Name}
	case word == "group" && (c.kw("add") || c.kw("drop")):
		node := &GrantRole{Revoke: c.take() == "drop", Roles: []RoleSpec{name}}
		c.want("user")
		node.Members = c.roleList()
		return node
	case c.kw("set"), c.kw("reset"), c.kw("in"):
		return c.alterRoleSet(&AlterRoleSet{Name: name})
	}
	c.accept("with")
	return &AlterRole{Name: name, Options: c.roleOptions()}
}

func (c *cursor) alterRoleSet(node *AlterRoleSet) Statement {
	if c.accept("in", "database") {
		node.Database = c.colID()
	}
	if c.accept("reset") {
		if c.accept("all") {
			node.Reset = "all"
		} else {
			node.Reset = c.settingName()
		}
		return node
	}
	c.want("set")
	node.Set = &Set{}
	c.setSpecial(node.Set)
	return node
}

// dropRole reads DROP ROLE behind its words.
func (c *cursor) dropRole() Statement {
	node := &DropRole{IfExists: c.accept("if", "exists")}
	node.Names = c.roleList()
	return node
}

func (c *cursor) dropOwned() Statement {
	c.want("by")
	return &DropOwned{Roles: c.roleList(), Cascade: c.cascade()}
}

func (c *cursor) reassign() Statement {
	c.p++
	c.want("owned", "by")
	node := &ReassignOwned{Roles: c.roleList()}
	c.want("to")
	node.To = c.roleSpec()
	return node
}

// grant reads GRANT.
func (c *cursor) grant() Statement {
	c.p++
	if c.grantsRole() {
		return c.grantRole(false)
	}
	node := &Grant{}
	c.grantBody(node)
	return node
}

// revoke reads REVOKE.
func (c *cursor) revoke() Statement {
	c.p++
	if c.kws("admin", "option", "for") || c.grantsRole() {
		return c.grantRole(true)
	}
	node := &Grant{Revoke: true}
	c.grantBody(node)
	return node
}

// grantsRole reports whether a GRANT gives roles, not privileges: no ON stands before
// TO or FROM.
func (c *cursor) grantsRole() bool {
	for k := 0; ; k++ {
		switch t := c.at(k); {
		case t.kind == tokEOF || c.kwAt(k, "on"):
			return false
		case c.kwAt(k, "to") || c.kwAt(k, "from"):
			return true
		}
	}
}

func (c *cursor) grantRole(revoke bool) Statement {
	node := &GrantRole{Revoke: revoke}
	if revoke {
		node.Admin = c.accept("admin", "option", "for")
	}
	node.Roles = c.roleList()
	c.want(toOrFrom(revoke))
	node.Members = c.roleList()
	if !revoke {
		node.Admin = c.accept("with", "admin", "option")
	}
	node.GrantedBy = c.grantedBy()
	if revoke {
		node.Cascade = c.cascade()
	}
	return node
}

func toOrFrom(revoke bool) string {
	if revoke {
		return "from"
	}
	return "to"
}

func (c *cursor) grantedBy() *RoleSpec {
	if !c.accept("granted", "by") {
		return nil
	}
	spec := c.roleSpec()
	return &spec
}

func (c *cursor) grantBody(node *Grant) {
	if node.Revoke {
		node.Option = c.accept("grant", "option", "for")
	}
	node.Privileges = c.privileges()
	c.want("on")
	c.grantObjects(node)
	c.grantTail(node)
}

// grantTail reads a GRANT from TO on.
func (c *cursor) grantTail(node *Grant) {
	c.want(toOrFrom(node.Revoke))
	node.Grantees = c.roleList()
	if !node.Revoke {
		node.Option = c.accept("with", "grant", "option")
	}
	node.GrantedBy = c.grantedBy()
	if node.Revoke {
		node.Cascade = c.cascade()
	}
}

// privileges reads ALL [PRIVILEGES], for which it returns nil, or a list of them.
func (c *cursor) privileges() []Privilege {
	if c.accept("all") {
		c.accept("privileges")
		if c.is("(") {
			return []Privilege{{Pos: c.pos(), Word: "all", Columns: c.optColList()}}
		}
		return nil
	}
	var list []Privilege
	for {
		p := Privilege{Pos: c.pos(), Word: c.acceptIn("select", "references", "create")}
		if p.Word == "" {
			p.Word = strings.ToLower(c.colID())
		}
		if p.Word == "alter" && c.accept("system") {
			p.Word = "alter system"
		}
		p.Columns = c.optColList()
		list = append(list, p)
		if !c.acceptPunct(",") {
			return list
		}
	}
}

// grantKinds are the objects of GRANT that have a word of their own.
var grantKinds = []string{
	"table", "schema", "database", "function", "procedure", "routine", "sequence", "type", "domain", "language",
	"tablespace", "foreign data wrapper", "foreign server", "parameter", "large object",
	"stream", "view", "materialized view", "connection", "secret",
}

func (c *cursor) grantObjects(node *Grant) {
	if c.accept("all") {
		node.Kind = ObjectKind(strings.TrimSuffix(c.wantIn(
			"tables", "streams", "views", "sequences", "functions", "procedures", "routines"), "s"))
		c.want("in", "schema")
		node.AllIn = c.nameList()
		node.Kind = relationKind(node.Kind)
		return
	}
	node.Kind = KindTable
	for _, kind := range grantKinds {
		words := strings.Fields(kind)
		// A relation may be called like the word: then the name is all there is.
		if c.kws(words...) && !c.isAt(len(words), ",") && !c.isAt(len(words), ".") &&
			!c.kwAt(len(words), "to") && !c.kwAt(len(words), "from") {
			c.p += len(words)
			node.Kind = ObjectKind(kind)
			break
		}
	}
	node.Kind = relationKind(node.Kind)
	node.Names = c.grantNames(node.Kind)
}

// relationKind is table for all kinds of relation: a GRANT does not tell them apart.
func relationKind(kind ObjectKind) ObjectKind {
	switch kind {
	case KindStream, KindView, KindMaterializedView:
		return KindTable
	}
	return kind
}

func (c *cursor) grantNames(kind ObjectKind) []Name {
	var names []Name
	for {
		switch kind {
		case "function", "procedure", "routine", "type", "domain", "parameter":
			names = append(names, c.anyQualified())
		default:
			names = append(names, c.qualified())
		}
		if c.is("(") {
			c.skipParens()
		}
		if !c.acceptPunct(",") {
			return names
		}
	}
}

func (c *cursor) nameList() []string {
	names := []string{c.colID()}
	for c.acceptPunct(",") {
		names = append(names, c.colID())
	}
	return names
}

// alterDefaults reads ALTER DEFAULT PRIVILEGES behind these words.
func (c *cursor) alterDefaults() Statement {
	node := &AlterDefaults{}
	for {
		switch {
		case c.accept("in", "schema"):
			node.Schemas = append(node.Schemas, c.nameList()...)
			continue
		case c.accept("for", "role"), c.accept("for", "user"):
			node.Roles = append(node.Roles, c.roleList()...)
			continue
		}
		break
	}
	node.Grant = &Grant{Revoke: c.wantIn("grant", "revoke") == "revoke"}
	if node.Grant.Revoke {
		node.Grant.Option = c.accept("grant", "option", "for")
	}
	node.Grant.Privileges = c.privileges()
	c.want("on")
	kind := c.wantIn("tables", "streams", "views", "functions", "routines", "sequences", "types", "schemas")
	node.Grant.Kind = relationKind(ObjectKind(strings.TrimSuffix(kind, "s")))
	c.grantTail(node.Grant)
	return node
}

// ownerTo reads OWNER TO role behind the head of an ALTER, nil when something else follows.
func (c *cursor) ownerTo(head *Alter) Statement {
	if !c.accept("owner", "to") {
		return nil
	}
	return &AlterOwner{Kind: head.Kind, Name: head.Name, IfExists: head.IfExists, Owner: c.roleSpec()}
}
