package builtin

import (
	"time"

	"millrace/sql/types"
)

// Env is what a kernel may ask about the statement it runs in. A zero Env is
// valid: UTC, time zero, no session.
type Env struct {
	// Now is the transaction's (or epoch's) clock, in microseconds since 2000-01-01 UTC.
	Now int64
	// Statement is the statement's clock, same unit.
	Statement int64
	// Clock reads the wall clock (clock_timestamp); nil where time must not move.
	Clock func() time.Time
	// Format carries time zone and output settings; nil means the defaults.
	Format *types.Format
	// Session answers questions about session and catalog; nil in continuous queries.
	Session Session
	// Random returns a float in [0,1); nil where randomness is not allowed.
	Random func() float64
	// Sleep pauses the statement (pg_sleep) until d has passed or the statement is
	// cancelled; nil where a statement must not pause.
	Sleep func(d time.Duration) error
}

// Session is what compatibility functions (pg_*, current_*) ask. It is called from
// the statement's goroutine only.
type Session interface {
	User() string        // the current role
	SessionUser() string // the role of the session, which SET ROLE does not change
	Database() string
	SearchPath() []string // schemas in order
	BackendPID() int32
	// Notify sends a notification when the transaction commits; Channels are those that
	// the session listens to.
	Notify(channel, payload string) error
	Channels() []string
	Setting(name string) (value string, ok bool)
	SetSetting(name, value string, local bool) error
	// Catalog answers a catalog function, such as pg_get_viewdef, by name; ok is
	// false when there is no such object (the function then returns NULL).
	Catalog(fn string, args []types.Datum) (result types.Datum, ok bool, err error)
}

// Location returns the session's time zone.
func (e *Env) Location() *time.Location {
	if e == nil || e.Format == nil || e.Format.TimeZone == nil {
		return time.UTC
	}
	return e.Format.TimeZone
}
