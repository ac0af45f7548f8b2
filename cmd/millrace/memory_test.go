package main

import "testing"

func TestByteSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "1024": 1024, "64kB": 64 << 10, "1.5GiB": 3 << 29, " 2 MB ": 2 << 20, "7B": 7,
		"": -1, "GiB": -1, "-1": -1, "1 XB": -1, "9e30": -1, "NaN": -1,
	} {
		var b byteSize
		err := b.Set(text)
		if (err != nil) != (want < 0) || err == nil && int64(b) != want {
			t.Errorf("%q: %d, %v; want %d", text, b, err, want)
		}
	}
}

func TestMemTotal(t *testing.T) {
	if got := memTotal([]byte("MemFree: 5 kB\nMemTotal:        2048 kB\n")); got != 2<<20 {
		t.Errorf("total is %d", got)
	}
	if got := memTotal(nil); got != 0 {
		t.Errorf("total of nothing is %d", got)
	}
}
