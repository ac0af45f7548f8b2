package replica

import (
	"bytes"
	"log/slog"
)

// raftLog turns raft's log lines into records of a slog.Logger.
type raftLog struct {
	logger *slog.Logger
	group  uint32
}

// Write takes one line: time, level in brackets, text.
func (w raftLog) Write(line []byte) (int, error) {
	text := bytes.TrimSpace(line)
	if i := bytes.IndexByte(text, '['); i >= 0 {
		text = text[i:]
	}
	level, rest := text, text
	if i := bytes.IndexByte(text, ']'); i >= 0 {
		level, rest = text[:i+1], bytes.TrimSpace(text[i+1:])
	}
	tell := w.logger.Debug
	switch string(level) {
	case "[ERROR]":
		tell = w.logger.Error
	case "[WARN]":
		tell = w.logger.Warn
	}
	tell("raft", "group", w.group, "text", string(rest))
	return len(line), nil
}
