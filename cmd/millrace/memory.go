package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
)

// byteSize is a flag in bytes, with a unit or without.
type byteSize int64

var byteUnits = []struct {
	name string
	size int64
}{
	{"KiB", 1 << 10},
	{"MiB", 1 << 20},
	{"GiB", 1 << 30},
	{"TiB", 1 << 40},
	{"kB", 1 << 10},
	{"MB", 1 << 20},
	{"GB", 1 << 30},
	{"TB", 1 << 40},
	{"B", 1},
}

// String implements flag.Value.
func (b *byteSize) String() string { return strconv.FormatInt(int64(*b), 10) }

// Set implements flag.Value. The units of PostgreSQL's settings are powers of 1024, too.
func (b *byteSize) Set(text string) error {
	number, unit := strings.TrimSpace(text), int64(1)
	for _, u := range byteUnits {
		if rest, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n >= 0 && n*float64(unit) <= 1<<60) { // also what is no number
		return fmt.Errorf("%q is no size such as 512MiB or 4GiB", text)
	}
	*b = byteSize(n * float64(unit))
	return nil
}

// limitMemory tells the collector what the process may have, and returns what of it is
// for the state of views and queries: the rest is for the store's cache, buffers and
// garbage.
func limitMemory(asked byteSize) int64 {
	total := int64(asked)
	if total == 0 {
		total = machineMemory() / 4 * 3
	}
	if total == 0 {
		return 0
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(total)
	}
	return total / 3 * 2
}

// machineMemory is the memory of the machine or, if that is less, of the control group;
// 0 where neither is known.
func machineMemory() int64 {
	total := memTotal(readSmall("/proc/meminfo"))
	for _, path := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		n, err := strconv.ParseInt(string(bytes.TrimSpace(readSmall(path))), 10, 64)
		if err == nil && n > 0 && (total == 0 || n < total) {
			total = n
		}
	}
	return total
}

func readSmall(path string) []byte {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return b
}

// memTotal reads the line "MemTotal: n kB" of /proc/meminfo.
func memTotal(meminfo []byte) int64 {
	for line := range bytes.Lines(meminfo) {
		var kib int64
		if n, _ := fmt.Sscanf(string(line), "MemTotal: %d kB", &kib); n == 1 {
			return kib << 10
		}
	}
	return 0
}
