package session

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"millrace/catalog"
)

// Registry is the sessions of a server, for system tables.
type Registry struct {
	mu struct {
		sync.Mutex
		sessions map[int32]*Activity
	}
}

// NewRegistry returns an empty registry.
func NewRegistry() *Registry {
	r := &Registry{}
	r.mu.sessions = map[int32]*Activity{}
	return r
}

// Activity is what a session does, as pg_stat_activity shows it.
type Activity struct {
	PID      int32
	User     string
	Role     catalog.ObjectID // that logged in
	Database string
	Remote   string
	Started  time.Time

	mu struct {
		sync.Mutex
		application  string
		query        string
		state        string
		queryStart   int64
		stateChanged int64
	}
}

// Snapshot is an Activity at one moment.
type Snapshot struct {
	*Activity
	Application  string
	Query, State string
	QueryStart   int64 // us since 2000-01-01 UTC
}

// add makes a session known. limit bounds the sessions of its role, -1 does not; ok is
// false when there are as many.
func (r *Registry) add(s *Session, limit int) (_ *Activity, ok bool) {
	a := &Activity{
		PID: s.info.PID, User: s.info.User, Role: s.login, Database: s.info.Database, Started: s.backend.Now(),
	}
	a.mu.application = s.vars.text("application_name")
	if s.info.Remote != nil {
		a.Remote = s.info.Remote.String()
	}
	a.mu.state = "idle"
	r.mu.Lock()
	defer r.mu.Unlock()
	if limit >= 0 && r.countLocked(a.Role) >= limit {
		return nil, false
	}
	r.mu.sessions[a.PID] = a
	return a, true
}

// countLocked is the number of sessions that a role has opened.
func (r *Registry) countLocked(role catalog.ObjectID) int {
	n := 0
	for _, a := range r.mu.sessions {
		if a.Role == role {
			n++
		}
	}
	return n
}

func (r *Registry) remove(pid int32) {
	r.mu.Lock()
	delete(r.mu.sessions, pid)
	r.mu.Unlock()
}

// List returns all sessions by process id.
func (r *Registry) List() []Snapshot {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]Snapshot, 0, len(r.mu.sessions))
	for _, a := range r.mu.sessions {
		a.mu.Lock()
		out = append(out, Snapshot{
			Activity: a, Application: a.mu.application,
			Query: a.mu.query, State: a.mu.state, QueryStart: a.mu.queryStart,
		})
		a.mu.Unlock()
	}
	slices.SortFunc(out, func(a, b Snapshot) int { return cmp.Compare(a.PID, b.PID) })
	return out
}

func (a *Activity) running(query string, at int64) {
	a.mu.Lock()
	a.mu.query, a.mu.state, a.mu.queryStart = query, "active", at
	a.mu.Unlock()
}

// query is the text of the statement that runs.
func (a *Activity) query() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.mu.query
}

func (a *Activity) idle(inBlock, failed bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case failed:
		a.mu.state = "idle in transaction (aborted)"
	case inBlock:
		a.mu.state = "idle in transaction"
	default:
		a.mu.state = "idle"
	}
}

// named follows the setting application_name.
func (a *Activity) named(application string) {
	a.mu.Lock()
	a.mu.application = application
	a.mu.Unlock()
}
