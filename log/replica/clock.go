package replica

import (
	"context"
	"time"
)

// Now is the wall clock. The package above takes it from here, so that only this
// package reads clocks.
func Now() time.Time { return time.Now() }

// Every calls f after each interval until ctx ends.
func Every(ctx context.Context, interval time.Duration, f func()) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			f()
		}
	}
}
