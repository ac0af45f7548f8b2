package log

import (
	"context"
	"errors"
	"time"

	"millrace/log/replica"
)

// Topic are the settings of a stream that concern the log. They are local: the
// catalog sets them at each start and after each change.
type Topic struct {
	// Retention removes sealed segments whose newest record was appended longer ago;
	// 0 keeps them for ever.
	Retention time.Duration
	// RetentionBytes removes the oldest sealed segments of a partition as long as
	// those that remain have at least this size; 0 is no limit.
	RetentionBytes int64
}

// SetTopic sets the settings of a stream on this node.
func (l *Log) SetTopic(s StreamID, t Topic) {
	l.topics.Lock()
	defer l.topics.Unlock()
	l.topics.settings[s] = t
}

// Pin keeps records from retention: nothing at or above the given offsets is
// removed. It replaces the earlier pins of that name; nil removes them.
func (l *Log) Pin(name string, offsets map[PartitionID]Offset) {
	l.topics.Lock()
	defer l.topics.Unlock()
	if len(offsets) == 0 {
		delete(l.topics.pins, name)
		return
	}
	l.topics.pins[name] = offsets
}

// DropStream removes a stream's data in all groups and refuses later appends to
// it. It may be repeated.
func (l *Log) DropStream(ctx context.Context, s StreamID) error {
	if err := l.begin(); err != nil {
		return err
	}
	defer l.end()
	for g := range l.groups {
		if _, _, err := l.call(ctx, GroupID(g), encodeDrop(s)); err != nil {
			return err
		}
	}
	l.topics.Lock()
	delete(l.topics.settings, s)
	l.topics.Unlock()
	return nil
}

// Expire runs retention now: the start of each partition moves behind what its
// settings no longer keep and no pin holds. The files go with the next snapshot.
func (l *Log) Expire(ctx context.Context) error {
	if err := l.begin(); err != nil {
		return err
	}
	defer l.end()
	now := l.o.Now().UnixMicro()
	var err error
	for _, g := range l.groups {
		for _, p := range g.sorted() {
			start, ok := l.expired(p, now)
			if !ok {
				continue
			}
			if _, _, e := l.call(ctx, g.id, encodeTrim(p.id, start)); e != nil {
				err = errors.Join(err, e)
				continue
			}
			if l.o.Events.Expired != nil {
				l.o.Events.Expired(p.id, start)
			}
		}
	}
	return err
}

// expired is the start that retention wants for a partition.
func (l *Log) expired(p *partition, now int64) (Offset, bool) {
	l.topics.Lock()
	t := l.topics.settings[p.id.Stream]
	pin, pinned := l.pinLocked(p.id)
	l.topics.Unlock()
	if t == (Topic{}) {
		return 0, false
	}
	segments := p.list()
	var total int64
	for _, s := range segments {
		total += s.Meta().Bytes
	}
	start, found := Offset(0), false
	for _, s := range segments {
		m := s.Meta()
		old := t.Retention > 0 && now-m.LastAppended > t.Retention.Microseconds()
		large := t.RetentionBytes > 0 && m.Sealed() && total-m.Bytes >= t.RetentionBytes
		if (!old && !large) || (pinned && m.Next > pin) {
			break
		}
		// An active segment goes only by age, as a whole: trim seals it first.
		start, found = m.Next, true
		total -= m.Bytes
	}
	return start, found
}

// pinLocked is the lowest pin on a partition.
func (l *Log) pinLocked(id PartitionID) (Offset, bool) {
	lowest, found := Offset(0), false
	for _, pins := range l.topics.pins {
		if o, ok := pins[id]; ok && (!found || o < lowest) {
			lowest, found = o, true
		}
	}
	return lowest, found
}

// expireLoop runs retention from time to time until ctx ends.
func (l *Log) expireLoop(ctx context.Context) {
	defer l.loops.Done()
	if l.o.ExpireInterval < 0 {
		return
	}
	replica.Every(ctx, l.o.ExpireInterval, func() {
		if err := l.Expire(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, ErrClosed) {
			l.o.Logger.Warn("retention", "error", err)
		}
	})
}
