package server

import (
	"context"
	"strconv"
	"time"

	"millrace/catalog"
	"millrace/log"
)

// meta lets the log replicate the catalog.
type meta struct{ c *catalog.Catalog }

// Apply implements log.Meta.
func (m meta) Apply(index log.Index, data []byte) any { return m.c.Apply(uint64(index), data) }

// Snapshot implements log.Meta.
func (m meta) Snapshot() ([]byte, error) { return m.c.Snapshot() }

// Restore implements log.Meta.
func (m meta) Restore(data []byte) error { return m.c.Restore(data) }

// proposer puts catalog changes into the journal.
type proposer struct{ log *log.Log }

// Propose implements catalog.Proposer.
func (p proposer) Propose(ctx context.Context, change []byte) (any, error) {
	result, _, err := p.log.Propose(ctx, change)
	return result, err
}

// configureTopics gives the log the retention of each stream. Tables keep all their
// records: they are what the rows are made from after a loss of the store.
func (s *Server) configureTopics(snap *catalog.Snapshot, _ *catalog.Change, _ *catalog.Result) {
	if s.log == nil {
		return
	}
	for _, o := range snap.Objects() {
		if o.Kind == catalog.KindStream {
			s.log.SetTopic(log.StreamID(o.ID), log.Topic{
				Retention:      time.Duration(option(o, "retention_ms")) * time.Millisecond,
				RetentionBytes: option(o, "retention_bytes"),
			})
		}
	}
}

// option reads a limit; 0, none, when it is not set or -1.
func option(o *catalog.Object, name string) int64 {
	n, err := strconv.ParseInt(o.Options[name], 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
