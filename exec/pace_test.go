package exec

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestPause measures, in virtual time, how long the loop rests between two epochs.
func TestPause(t *testing.T) {
	const first, idle = time.Millisecond, 50 * time.Millisecond
	for name, test := range map[string]struct {
		at   time.Duration // when somebody begins to wait
		gone bool          // and leaves again before the pause
		flow *flow
		want time.Duration
	}{
		"nobody waits":          {at: time.Hour, want: idle},
		"somebody waits":        {at: 0, want: first},
		"somebody comes":        {at: 7 * time.Millisecond, want: 7 * time.Millisecond},
		"somebody has left":     {at: 0, gone: true, want: idle},
		"a push query listens":  {at: time.Hour, flow: &flow{sub: &Subscription{}}, want: first},
		"a sink makes a stream": {at: time.Hour, flow: &flow{sink: &streamSink{}}, want: first},
		"a view is maintained":  {at: time.Hour, flow: &flow{}, want: idle},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &Engine{ctx: t.Context(), pace: newPace(), opts: Options{EpochMin: first, EpochIdle: idle}}
				if test.flow != nil {
					e.flows.add(test.flow)
				}
				if test.at == 0 {
					e.pace.begin()
				} else {
					timer := time.AfterFunc(test.at, e.pace.begin)
					defer timer.Stop()
				}
				if test.gone {
					e.pace.end()
				}
				began := time.Now()
				e.pause()
				if took := time.Since(began); took != test.want {
					t.Errorf("paused for %v, expected %v", took, test.want)
				}
			})
		})
	}
}
