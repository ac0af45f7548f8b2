package server

import (
	"slices"

	"millrace/catalog"
	"millrace/catalog/syscat"
)

// hiddenQuery stands for what another role runs.
const hiddenQuery = "<insufficient privilege>"

// seesAll reports whether the session may see what other roles do.
func (e *sysenv) seesAll() bool {
	return e.Snapshot().HasPrivilegesOf(e.CurrentRole(), catalog.RoleReadStats)
}

// hideSessions takes out of other roles' sessions what may have data in it.
func (e *sysenv) hideSessions(list []syscat.Session) []syscat.Session {
	if e.seesAll() {
		return list
	}
	s, me := e.Snapshot(), e.CurrentRole()
	for i := range list {
		if x := &list[i]; !s.HasPrivilegesOf(me, x.Role) {
			*x = syscat.Session{PID: x.PID, User: x.User, Role: x.Role, Application: x.Application, Query: hiddenQuery}
		}
	}
	return list
}

// hideRowErrors leaves those of views that the role may read.
func (e *sysenv) hideRowErrors(list []syscat.RowError) []syscat.RowError {
	s, me := e.Snapshot(), e.CurrentRole()
	return slices.DeleteFunc(list, func(r syscat.RowError) bool {
		o, ok := s.Object(r.View)
		return !s.IsSuper(me) && (!ok || s.RelationPrivs(me, o, catalog.PrivSelect) == 0)
	})
}

// hideSubscriptions hides the queries of other roles' push queries.
func (e *sysenv) hideSubscriptions(list []syscat.Subscription) []syscat.Subscription {
	if e.seesAll() {
		return list
	}
	mine := map[int32]bool{}
	for _, x := range e.Sessions() {
		mine[x.PID] = x.Query != hiddenQuery
	}
	for i := range list {
		if !mine[list[i].PID] {
			list[i].Query = hiddenQuery
		}
	}
	return list
}
