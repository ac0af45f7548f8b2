package replica

import (
	"bytes"
	"context"
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
	level := slog.LevelDebug
	if i := bytes.IndexByte(text, '['); i >= 0 {
		text = text[i:]
		switch {
		case bytes.HasPrefix(text, []byte("[ERROR]")):
			level = slog.LevelError
		case bytes.HasPrefix(text, []byte("[WARN]")):
			level = slog.LevelWarn
		}
		if j := bytes.IndexByte(text, ']'); j >= 0 {
			text = bytes.TrimSpace(text[j+1:])
		}
	}
	w.logger.Log(context.Background(), level, "raft", "group", w.group, "text", string(text))
	return len(line), nil
}
