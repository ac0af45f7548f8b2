package catalog

import "strconv"

// insertIntoOption is the option of an insert query that holds the id of its target.
const insertIntoOption = "insert_into"

// InsertQuery makes o the continuous query of INSERT INTO target SELECT .. EMIT CHANGES.
// It is kept as a stream of its own without rows, so that DROP, PAUSE and dependencies
// work as for other queries; nobody can read it.
func (o *Object) InsertQuery(target *Object) {
	o.Kind, o.SinkStream, o.Partitions = KindStream, true, 1
	for _, c := range target.Columns {
		o.Columns = append(o.Columns, Column{Column: c.Column})
	}
	if o.Options == nil {
		o.Options = map[string]string{}
	}
	o.Options[insertIntoOption] = strconv.FormatUint(uint64(target.ID), 10)
	o.DependsOn = append(o.DependsOn, target.ID)
}

// InsertInto returns the stream that an insert query writes, 0 for all other objects.
func (o *Object) InsertInto() ObjectID {
	text, ok := o.Options[insertIntoOption]
	if !ok {
		return 0
	}
	id, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return ObjectID(id)
}

// InsertQueries lists the insert queries that write a stream, in the order of their ids.
func (s *Snapshot) InsertQueries(target ObjectID) []*Object {
	var out []*Object
	for _, o := range s.Objects() {
		if o.SinkStream && o.InsertInto() == target {
			out = append(out, o)
		}
	}
	return out
}
