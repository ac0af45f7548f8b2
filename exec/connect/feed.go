package connect

import (
	"slices"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Generator makes rows from their numbers.
type Generator interface {
	// Rows returns count rows from number first on, as columns of the feed's schema.
	// Now is the time in microseconds since 2000-01-01 UTC. The caller owns the batch.
	Rows(first int64, count int, now int64) *col.Batch
}

// Feed is a declared source of rows.
type Feed struct {
	Generator
	// Connector is its name in SQL.
	Connector string
	// Columns are those of the rows.
	Columns types.Schema
	// Rate is the rows a second; 0 is as many as go.
	Rate float64
	// Limit is the number of rows after which the feed ends; 0 is no end.
	Limit int64
}

// connector makes feeds of one kind.
type connector struct {
	name string
	// rate is the default of option "rate".
	rate string
	// open reads the options that are left and gives generator and columns.
	// Declared are the columns of CREATE, nil when there is no list.
	open func(o *options, declared types.Schema) (Generator, types.Schema, error)
}

func connectors() []connector {
	return []connector{
		{name: "datagen", rate: "10", open: openDatagen},
		{name: "nexmark", rate: "10000", open: openNexmark},
		{name: "tpch", rate: "10000", open: openTPCH},
	}
}

// Open reads WITH options, all of which must be known. Those that say how the stream
// is kept (see IsStreamOption) are not the connector's.
func Open(with map[string]string, declared types.Schema) (*Feed, error) {
	o := &options{values: map[string]string{}}
	for k, v := range with {
		if !streamOptions[k] {
			o.values[k] = v
		}
	}
	name := strings.ToLower(o.text("connector", ""))
	i := slices.IndexFunc(connectors(), func(c connector) bool { return c.name == name })
	if i < 0 {
		return nil, pgerr.Newf(pgerr.InvalidParameterValue, "connector %q does not exist", name).
			WithHint("The connectors are %s.", strings.Join(Names(), ", "))
	}
	c := connectors()[i]
	f := &Feed{Connector: name, Rate: o.number("rate", c.rate, 0, 1e9), Limit: o.integer("rows", 0, 0)}
	var err error
	if f.Generator, f.Columns, err = c.open(o, declared); err != nil {
		return nil, err
	}
	if g, ok := f.Generator.(interface{ Limit() int64 }); ok && (f.Limit == 0 || f.Limit > g.Limit()) {
		f.Limit = g.Limit()
	}
	return f, o.finish()
}

// Names lists the connectors.
func Names() []string {
	var out []string
	for _, c := range connectors() {
		out = append(out, c.name)
	}
	return out
}

// streamOptions are options of any stream.
var streamOptions = map[string]bool{
	"partitions": true, "retention_ms": true, "retention_bytes": true, "segment_bytes": true,
	"cleanup_policy": true, "min_compaction_lag_ms": true, "delete_retention_ms": true,
	"on_conflict": true, "kafka_topic": true, "value_format": true, "key_format": true, "format": true,
	"replicas": true, "value_delimiter": true, "wrap_single_value": true,
}

// IsStreamOption reports whether an option belongs to the stream, not to the connector.
func IsStreamOption(name string) bool { return streamOptions[name] }
