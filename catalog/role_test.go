package catalog

import (
	"slices"
	"strings"
	"testing"

	"millrace/sql"
)

// doAs applies an op in the name of a role.
func (w *world) doAs(role string, op Op) string {
	w.t.Helper()
	r, ok := w.c.Current().RoleByName(role)
	if !ok {
		w.t.Fatalf("no role %s", role)
	}
	w.index++
	if err, ok := w.c.Apply(w.index, (&Change{SearchPath: w.path, By: r.ID, Op: op}).Encode()).(error); ok {
		return err.Error()
	}
	return "ok"
}

func newRole(name string) *CreateRole {
	return &CreateRole{Role: &Role{Name: name, Inherit: true, ConnectionLimit: -1}}
}

// A new catalog's privileges survive a snapshot, and so does an object from which all
// were taken: an empty list is not the default.
func TestEmptyPrivilegesAreRestored(t *testing.T) {
	w := newWorld(t)
	w.must(newRole("joe"), table("t"))
	w.must(&GrantOn{Kind: sql.KindTable, Names: []QName{qname("t")}, GrantWhat: GrantWhat{Roles: []string{BootstrapName}, Revoke: true}})
	image, _ := w.c.Snapshot()
	other := New()
	if err := other.Restore(image); err != nil {
		t.Fatal(err)
	}
	o, _ := other.Current().Lookup(w.path, "", "t")
	if o.ACL == nil || len(o.ACL) != 0 {
		t.Errorf("privileges %v, want none", o.ACL)
	}
	again, _ := other.Snapshot()
	if string(image) != string(again) {
		t.Errorf("the snapshot differs after a restore:\n%s\n%s", image, again)
	}
}

// A snapshot from before there were roles gives everything to the first superuser, and
// the schema public to everybody's eyes but not hands.
func TestSnapshotWithoutRoles(t *testing.T) {
	old := []byte("\x01\xff" + `{"Version":5,"NextID":16386,"Schemas":[{"ID":2200,"Name":"public","Comment":"","System":false}],` +
		`"Objects":[{"ID":16384,"Schema":"public","Name":"t","Kind":1,"Columns":[],"Key":null,"Upsert":false,"Partitions":1,` +
		`"Options":null,"Watermark":{"Set":false,"Column":0,"DelayMicros":0},"Checks":null,"Definition":"","SearchPath":null,` +
		`"KsqlTable":false,"SinkStream":false,"DependsOn":null,"Indexes":null,"Comment":"","Version":1,"KeyName":"","KeyID":0,"ChangedAt":5}]}`)
	c := New()
	if err := c.Restore(old); err != nil {
		t.Fatal(err)
	}
	s := c.Current()
	o, _ := s.Lookup([]string{"public"}, "", "t")
	if o.OwnerID() != BootstrapRole || !s.IsSuper(BootstrapRole) {
		t.Errorf("owner %d", o.OwnerID())
	}
	w := &world{t: t, c: c, index: 9, path: []string{"public"}}
	w.must(newRole("joe"))
	if got := w.doAs("joe", table("x")); got != "permission denied for schema public" {
		t.Errorf("CREATE: %s", got)
	}
}

// Every op that changes something is refused to a role without rights, with
// PostgreSQL's words.
func TestEveryOpIsChecked(t *testing.T) {
	w := newWorld(t)
	w.must(newRole("joe"), newRole("ann"), &CreateSchema{Name: "s"}, table("t"),
		&CreateIndex{Table: qname("t"), Name: "i", Columns: []string{"b"}},
		&CreateType{Type: &UserType{Name: "mood", Kind: TypeEnum}},
		&CreateSequence{Sequence: &Sequence{Name: "q", Start: 1, Step: 1, Min: 1, Max: 9}})
	text := "x"
	yes := true
	denied := map[string]Op{
		"permission denied for database millrace":                                  &CreateSchema{Name: "n"},
		"must be owner of schema s":                                                &DropSchema{Names: []string{"s"}},
		"permission denied for schema public":                                      table("n"),
		"must be owner of table t":                                                 drop(sql.KindTable, "t"),
		"must be owner of table t ":                                                &CreateIndex{Table: qname("t"), Columns: []string{"b"}},
		"must be owner of index i":                                                 &DropIndex{Names: []QName{qname("i")}},
		"must be owner of table t  ":                                               &Rename{Kind: sql.KindTable, Name: qname("t"), NewName: "u"},
		"must be owner of schema s ":                                               &Rename{Kind: sql.KindSchema, Name: QName{Name: "s"}, NewName: "u"},
		"must be owner of table t   ":                                              &Rename{Kind: sql.KindTable, Name: qname("t"), Column: "b", NewName: "u"},
		"must be owner of table t    ":                                             &Comment{Kind: sql.KindTable, Name: qname("t"), Text: &text},
		"must be owner of table t     ":                                            &Comment{Kind: sql.KindColumn, Name: qname("t"), Column: "b", Text: &text},
		"must be owner of index i ":                                                &Comment{Kind: sql.KindIndex, Name: qname("i"), Text: &text},
		"must be owner of schema s  ":                                              &Comment{Kind: sql.KindSchema, Name: QName{Name: "s"}, Text: &text},
		"must be owner of database millrace":                                       &Comment{Kind: sql.KindDatabase, Name: QName{Name: DatabaseName}, Text: &text},
		"must be owner of table t      ":                                           &SetOptions{Kind: sql.KindTable, Name: qname("t")},
		"permission denied for schema public ":                                     &CreateType{Type: &UserType{Name: "n", Kind: TypeEnum}},
		"must be owner of type mood":                                               &AlterType{Name: qname("mood"), AddLabel: "x"},
		"must be owner of type mood ":                                              &DropType{Names: []QName{qname("mood")}},
		"permission denied for schema public  ":                                    &CreateSequence{Sequence: &Sequence{Name: "n"}},
		"must be owner of sequence q":                                              &DropSequence{Names: []QName{qname("q")}},
		"must be owner of sequence q ":                                             &AlterSequence{ID: 16392, To: &Sequence{Name: "q"}},
		"permission denied for sequence q":                                         &AdvanceSequence{ID: 16392, N: 1},
		"permission denied to create role":                                         newRole("n"),
		"permission denied":                                                        &AlterRole{Name: "ann", Login: &yes},
		"permission denied to rename role":                                         &RenameRole{"ann", "n"},
		"permission denied to drop role":                                           &DropRole{Names: []string{"ann"}},
		"must have admin option on role \"ann\"":                                   &GrantRole{Roles: []string{"ann"}, Members: []string{"joe"}},
		"permission denied for table t":                                            &GrantOn{Kind: sql.KindTable, Names: []QName{qname("t")}, GrantWhat: GrantWhat{Roles: []string{"joe"}}},
		"permission denied for schema s":                                           &GrantOn{Kind: sql.KindSchema, Names: []QName{{Name: "s"}}, GrantWhat: GrantWhat{Roles: []string{"joe"}}},
		"must be owner of table t       ":                                          &SetOwner{Kind: sql.KindTable, Name: qname("t"), Owner: "joe"},
		"must be owner of schema s   ":                                             &SetOwner{Kind: sql.KindSchema, Name: QName{Name: "s"}, Owner: "joe"},
		"permission denied to reassign objects":                                    &ReassignOwned{Roles: []string{"ann"}, To: "joe"},
		"permission denied to drop objects":                                        &DropOwned{Roles: []string{"ann"}},
		"permission denied to change default privileges":                           &SetDefaults{For: []string{"ann"}, Kind: sql.KindTable},
		"must be superuser to alter superuser roles or change superuser attribute": &AlterRole{Name: "joe", Super: &yes},
	}
	before, _ := w.c.Snapshot()
	seen := map[opCode]bool{}
	for want, op := range denied {
		seen[op.code()] = true
		if got := w.doAs("joe", op); got != strings.TrimSpace(want) {
			t.Errorf("%T: got %q, want %q", op, got, want)
		}
	}
	if after, _ := w.c.Snapshot(); string(before) != string(after) {
		t.Errorf("a refused change has changed something:\n%s\n%s", before, after)
	}
	for code := range 256 {
		if op := newOp(opCode(code)); op != nil && !seen[op.code()] {
			t.Errorf("no test that %T is refused to a role without rights", op)
		}
	}
}

// Privileges come by membership, but not through a role that does not inherit.
func TestMembership(t *testing.T) {
	w := newWorld(t)
	w.must(newRole("a"), newRole("b"), &CreateRole{Role: &Role{Name: "c", ConnectionLimit: -1}}, table("t"),
		&GrantRole{Roles: []string{"a"}, Members: []string{"b", "c"}},
		&GrantOn{Kind: sql.KindTable, Names: []QName{qname("t")}, GrantWhat: GrantWhat{Roles: []string{"a"}, Privs: PrivSelect}})
	s := w.c.Current()
	o, _ := s.Lookup(w.path, "", "t")
	var got []string
	for _, name := range []string{"a", "b", "c", BootstrapName} {
		r, _ := s.RoleByName(name)
		if s.CheckRelation(r.ID, o, PrivSelect) == nil {
			got = append(got, name)
		}
	}
	if !slices.Equal(got, []string{"a", "b", BootstrapName}) {
		t.Errorf("may read: %v", got)
	}
}
