package session

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"millrace/catalog"
	"millrace/planner"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// partitionsMax bounds the partitions of one stream: each costs memory and files.
const partitionsMax = 4096

// relationOption is one setting of WITH (...).
type relationOption struct {
	// apply checks the value and puts it into the object.
	apply func(o *catalog.Object, value string) error
	// noEffect settings come from ksqlDB scripts and are kept only.
	noEffect bool
}

// relationOptions are the settings of WITH by name, beside ksqlOptions. docs list them.
var relationOptions = map[string]relationOption{
	"partitions":            {apply: setPartitions},
	"retention_ms":          {apply: keepInteger("retention_ms", -1)},
	"retention_bytes":       {apply: keepInteger("retention_bytes", -1)},
	"segment_bytes":         {apply: keepInteger("segment_bytes", 1<<16)},
	"cleanup_policy":        {apply: setCleanup},
	"min_compaction_lag_ms": {apply: keepInteger("min_compaction_lag_ms", 0)},
	"delete_retention_ms":   {apply: keepInteger("delete_retention_ms", 0)},
	"on_conflict":           {apply: setOnConflict},
	"idle_timeout":          {apply: setIdleTimeout},
	"ttl":                   {apply: setTTL},
}

// readOptions checks WITH (...), puts it into o, and tells what has no effect.
func (s *Session) readOptions(o *catalog.Object, with []sql.Option) error {
	var idle []string
	connected := o.Kind == catalog.KindStream && !o.SinkStream && slices.ContainsFunc(with, isConnector)
	for _, w := range with {
		if isStorageParameter(w.Name) {
			continue
		}
		opt, ok := relationOptions[w.Name]
		if !ok && connected {
			o.Options[w.Name] = w.Value // the connector reads it
			continue
		}
		if !ok {
			opt, ok = ksqlOptions[w.Name]
		}
		if !ok {
			return pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized parameter %q", w.Name).At(int(w.Pos))
		}
		o.Options[w.Name] = w.Value
		if err := opt.apply(o, w.Value); err != nil {
			return pgerr.At(err, int(w.Pos))
		}
		if opt.noEffect {
			idle = append(idle, w.Name)
		}
	}
	s.idleOptions(idle)
	if o.Partitions == 0 && (o.Kind == catalog.KindStream || o.Kind == catalog.KindTable) {
		o.Partitions = 1
	}
	return nil
}

// isStorageParameter reports whether the name is one of PostgreSQL's settings of how a
// table lies on disk. Scripts have them, and nothing here depends on them.
func isStorageParameter(name string) bool {
	name = strings.TrimPrefix(name, "toast.")
	for _, prefix := range []string{"autovacuum_", "vacuum_", "log_autovacuum_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{"fillfactor", "parallel_workers", "toast_tuple_target", "user_catalog_table"}, name)
}

func badOption(name, value, want string) error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter %q: %q", name, value).
		WithDetail("%s", want)
}

func setPartitions(o *catalog.Object, value string) error {
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil || n < 1 || n > partitionsMax {
		return badOption("partitions", value, "Valid values are between 1 and "+strconv.Itoa(partitionsMax)+".")
	}
	o.Partitions = int32(n)
	return nil
}

func keepInteger(name string, least int64) func(*catalog.Object, string) error {
	return func(_ *catalog.Object, value string) error {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < least || n == math.MaxInt64 {
			return badOption(name, value, "The value is a whole number of at least "+strconv.FormatInt(least, 10)+".")
		}
		return nil
	}
}

func setCleanup(_ *catalog.Object, value string) error {
	switch strings.ReplaceAll(value, " ", "") {
	case "delete":
		return nil
	case "compact", "compact,delete", "delete,compact":
		return pgerr.Newf(pgerr.FeatureNotSupported, "cleanup_policy %q is not supported", value).
			WithHint("Use 'delete', with retention_ms or retention_bytes.")
	}
	return badOption("cleanup_policy", value, `Valid values are "delete", "compact" and "compact,delete".`)
}

func setOnConflict(o *catalog.Object, value string) error {
	switch strings.ToLower(value) {
	case "update":
		o.Upsert = true
	case "error":
		o.Upsert = false
	default:
		return badOption("on_conflict", value, `Valid values are "update" and "error".`)
	}
	return nil
}

// ksqlDeclared makes a table declared in ksqlDB's way upsert, as it does there.
func ksqlDeclared(o *catalog.Object, _ string) error {
	if o.Kind == catalog.KindTable {
		o.Upsert = true
	}
	return nil
}

// setIdleTimeout checks how long a stream or one of its partitions may bring no rows
// until its event time goes on without it; 0 is for ever.
func setIdleTimeout(o *catalog.Object, value string) error {
	d, err := types.ParseText(types.Interval, value, nil)
	if err != nil {
		return err
	}
	v := types.DecodeInterval([]byte(d.S))
	if o.Kind != catalog.KindStream || v.Months != 0 || v.Days < 0 || v.Micros < 0 {
		return badOption("idle_timeout", value, "The value is an interval of days or shorter units, of a stream.")
	}
	return nil
}

// setTTL checks how long the rows of streams stay in a view.
func setTTL(o *catalog.Object, value string) error {
	if _, err := planner.TTL(value); err != nil {
		return err
	}
	if o.Kind != catalog.KindMatView {
		return pgerr.Newf(pgerr.FeatureNotSupported, "ttl is for the results of continuous queries").
			WithHint("Streams have retention_ms.")
	}
	return nil
}
