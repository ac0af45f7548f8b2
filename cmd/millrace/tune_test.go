package main

import "testing"

func TestGCPercent(t *testing.T) {
	for _, test := range []struct {
		live uint64
		want int
	}{
		{0, 800}, {4 << 20, 800}, {16 << 20, 200}, {32 << 20, 100}, {1 << 40, 100},
	} {
		if got := gcPercent(test.live); got != test.want {
			t.Errorf("%d bytes live: %d percent, expected %d", test.live, got, test.want)
		}
	}
}
