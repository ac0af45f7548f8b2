package session

import (
	"millrace/sql/types"
)

// functions answers what functions ask about the session; it is builtin.Session.
type functions struct{ s *Session }

// User implements builtin.Session.
func (f functions) User() string { return f.s.info.User }

// Database implements builtin.Session.
func (f functions) Database() string { return f.s.info.Database }

// SearchPath implements builtin.Session.
func (f functions) SearchPath() []string { return f.s.searchPath() }

// BackendPID implements builtin.Session.
func (f functions) BackendPID() int32 { return f.s.info.PID }

// Setting implements builtin.Session.
func (f functions) Setting(name string) (string, bool) {
	_, value, err := f.s.show(name)
	return value, err == nil
}

// SetSetting implements builtin.Session.
func (f functions) SetSetting(name, value string, local bool) error {
	return f.s.set(name, []string{value}, false, local && f.s.txn.block)
}

// Catalog implements builtin.Session.
func (f functions) Catalog(fn string, args []types.Datum) (types.Datum, bool, error) {
	return f.s.backend.CatalogFunction(f.s, fn, args)
}
