package session

import (
	"millrace/catalog"
	"millrace/sql/types"
)

// functions answers what functions ask about the session; it is builtin.Session.
type functions struct{ s *Session }

// User implements builtin.Session.
func (f functions) User() string { return f.s.userName() }

// SessionUser implements builtin.Session.
func (f functions) SessionUser() string { return f.s.sessionUser() }

// Database implements builtin.Session.
func (f functions) Database() string { return f.s.info.Database }

// SearchPath implements builtin.Session: the schemas of search_path that exist. The
// role's name is also that of a system schema, which "$user" does not mean.
func (f functions) SearchPath() []string {
	names, _ := catalog.SplitList(f.s.vars.text("search_path"))
	snapshot := f.s.backend.Catalog.Current()
	var path []string
	for _, n := range names {
		fromUser := n == "$user"
		if fromUser {
			n = f.s.userName()
		}
		if x, ok := snapshot.Schema(n); ok && !(fromUser && x.System) && f.s.useSchema(n) == nil {
			path = append(path, n)
		}
	}
	return path
}

// regName names the object of a regclass and its like.
func (f functions) regName(t types.Type, oid uint32) (string, bool) {
	d, ok, err := f.Catalog(t.InternalName()+"out", []types.Datum{types.FixedDatum(int64(oid))})
	return d.S, ok && err == nil
}

// BackendPID implements builtin.Session.
func (f functions) BackendPID() int32 { return f.s.info.PID }

// Notify implements builtin.Session.
func (f functions) Notify(channel, payload string) error { return f.s.notifyLater(channel, payload) }

// Channels implements builtin.Session.
func (f functions) Channels() []string { return f.s.channels }

// Setting implements builtin.Session.
func (f functions) Setting(name string) (string, bool) {
	_, value, err := f.s.show(name)
	return value, err == nil
}

// SetSetting implements builtin.Session.
func (f functions) SetSetting(name, value string, local bool) error {
	return f.s.set(name, []string{value}, false, local)
}

// Catalog implements builtin.Session.
func (f functions) Catalog(fn string, args []types.Datum) (types.Datum, bool, error) {
	return f.s.backend.CatalogFunction(f.s, fn, args)
}
