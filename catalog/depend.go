package catalog

import (
	"fmt"
	"slices"
	"strings"

	"millrace/sql/pgerr"
)

// dependent is an object that must go with what is dropped, and what it needs.
type dependent struct {
	object *Object // nil for what is no relation; then what says it
	what   string
	// reason ends the sentence "view v depends on ...".
	reason string
}

// Dependents returns all objects that read id, directly or through others. Each
// comes after everything in the list that it reads.
func (s *Snapshot) Dependents(id ObjectID) []*Object {
	o, ok := s.byID[id]
	if !ok {
		return nil
	}
	deps := s.closure(nil, []*Object{o}, nil)
	out := make([]*Object, 0, len(deps))
	for _, d := range deps {
		if d.object.ID != id {
			out = append(out, d.object)
		}
	}
	return out
}

// closure returns roots and everything that reads them, in PostgreSQL's order: a
// depth-first walk that lists an object before those that need it, siblings by id.
// Each object has the reason by which the walk first met it; roots have rootReason.
func (s *Snapshot) closure(path []string, roots []*Object, rootReason func(*Object) string) []dependent {
	var out []dependent
	done := map[ObjectID]bool{}
	var visit func(o *Object, reason string)
	visit = func(o *Object, reason string) {
		if done[o.ID] {
			return
		}
		done[o.ID] = true
		readers := s.usedBy[o.ID]
		for i := len(readers) - 1; i >= 0; i-- {
			visit(s.byID[readers[i]], s.describe(path, o))
		}
		out = append(out, dependent{object: o, reason: reason})
	}
	for i := len(roots) - 1; i >= 0; i-- {
		reason := ""
		if rootReason != nil {
			reason = rootReason(roots[i])
		}
		visit(roots[i], reason)
	}
	slices.Reverse(out)
	return out
}

// reportMax is how many dependents a message lists, as in PostgreSQL.
const reportMax = 100

// reportLines joins one line per dependent, the surplus as a count.
func reportLines(deps []dependent, line func(dependent) string) string {
	lines := make([]string, 0, min(len(deps), reportMax)+1)
	for i, d := range deps {
		if i == reportMax {
			rest := len(deps) - reportMax
			noun := "objects"
			if rest == 1 {
				noun = "object"
			}
			lines = append(lines, fmt.Sprintf("and %d other %s (see server log for list)", rest, noun))
			break
		}
		lines = append(lines, line(d))
	}
	return strings.Join(lines, "\n")
}

func (s *Snapshot) describeDependent(path []string, d dependent) string {
	if d.object == nil {
		return d.what
	}
	return s.describe(path, d.object)
}

// refuseDrop is the error of a drop that others stand in the way of. what is
// "table t", or "desired object(s)" for several.
func (s *Snapshot) refuseDrop(path []string, what string, deps []dependent) error {
	detail := reportLines(deps, func(d dependent) string {
		return s.describeDependent(path, d) + " depends on " + d.reason
	})
	return pgerr.Newf(pgerr.DependentObjectsStillExist,
		"cannot drop %s because other objects depend on it", what).
		WithDetail("%s", detail).
		WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
}

// cascadeNotice tells what CASCADE took along.
func (s *Snapshot) cascadeNotice(path []string, deps []dependent) *pgerr.Error {
	line := func(d dependent) string { return "drop cascades to " + s.describeDependent(path, d) }
	if len(deps) == 1 {
		return notice(pgerr.SuccessfulCompletion, "%s", line(deps[0]))
	}
	return notice(pgerr.SuccessfulCompletion, "drop cascades to %d other objects", len(deps)).
		WithDetail("%s", reportLines(deps, line))
}

func notice(code, format string, args ...any) *pgerr.Error {
	return pgerr.Newf(code, format, args...)
}
