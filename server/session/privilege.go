package session

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
)

// mayRead checks the right to read what a plan names: the current role's, and inside
// views that of their owners.
func (s *Session) mayRead(uses []plan.Use) error {
	id := s.who()
	return checkUses(id.snap, id.current, uses)
}

func checkUses(snap *catalog.Snapshot, role catalog.ObjectID, uses []plan.Use) error {
	super := snap.IsSuper(role)
	for _, u := range uses {
		as := role
		if u.As != 0 {
			as = u.As
		} else if super {
			continue
		}
		o := u.Object
		if now, ok := snap.Object(o.ID); ok {
			o = now
		}
		if err := snap.CheckRelation(as, o, catalog.PrivSelect); err != nil {
			return err
		}
	}
	return nil
}

// mayWrite checks the rights that INSERT, UPDATE and DELETE need.
func (s *Session) mayWrite(stmt sql.Statement, w *plan.Write) error {
	if s.who().super {
		return s.mayRead(w.Uses)
	}
	if err := s.mayTouch(w.Target, writeNeeds(stmt)); err != nil {
		return err
	}
	return s.mayRead(w.Uses)
}

// mayTouch checks privileges on one relation as it is now.
func (s *Session) mayTouch(o *catalog.Object, want catalog.Priv) error {
	id := s.who()
	if now, ok := id.snap.Object(o.ID); ok {
		o = now
	}
	return id.snap.CheckRelation(id.current, o, want)
}

// writeNeeds is the privileges on the target: those of the verb, and SELECT where the
// statement looks at rows of it.
func writeNeeds(stmt sql.Statement) catalog.Priv {
	reads := func(looks bool) catalog.Priv {
		if looks {
			return catalog.PrivSelect
		}
		return 0
	}
	switch st := stmt.(type) {
	case *sql.Insert:
		want := catalog.PrivInsert | reads(len(st.Returning) > 0)
		if c := st.OnConflict; c != nil {
			want |= reads(c.Target != nil || c.Set != nil)
			if c.Set != nil {
				want |= catalog.PrivUpdate
			}
		}
		return want
	case *sql.Update:
		return catalog.PrivUpdate | reads(st.Where != nil || len(st.Returning) > 0 || assignsColumns(st))
	case *sql.Delete:
		return catalog.PrivDelete | reads(st.Where != nil || len(st.Returning) > 0)
	}
	return 0
}

// assignsColumns reports whether a new value is computed from columns.
func assignsColumns(st *sql.Update) bool {
	found := false
	for _, a := range st.Set {
		sql.Walk(a.Value, func(n sql.Node) bool {
			_, isColumn := n.(*sql.ColumnRef)
			_, inner := n.(*sql.Query)
			found = found || isColumn
			return !inner
		})
	}
	return found
}

// useSchema is planner.Options.UseSchema.
func (s *Session) useSchema(name string) error {
	id := s.who()
	if x, ok := id.snap.Schema(name); ok {
		return id.snap.CheckSchema(id.current, &x, catalog.PrivUsage)
	}
	return nil
}

// usable leaves of a search path the schemas that the role may look into.
func (s *Session) usable(path []string) []string {
	if s.who().super {
		return path
	}
	out := make([]string, 0, len(path))
	for _, name := range path {
		if s.useSchema(name) == nil {
			out = append(out, name)
		}
	}
	return out
}
