package server

import (
	"slices"

	"millrace/catalog/syscat"
)

// Sources implements syscat.Live.
func (e *sysenv) Sources() []syscat.Source {
	var out []syscat.Source
	for _, f := range e.server.engine.Feeds() {
		if _, ok := e.Snapshot().Object(f.ID); !ok {
			continue // dropped, and about to end
		}
		s := syscat.Source{Stream: f.ID, Connector: f.Connector, Rate: f.Rate, Limit: f.Limit, Rows: f.Rows.Load()}
		state, err := f.State()
		if s.State = state; err != nil {
			s.Error = err.Error()
		}
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b syscat.Source) int { return int(a.Stream) - int(b.Stream) })
	return out
}
