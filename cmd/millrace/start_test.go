package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestStartFlags(t *testing.T) {
	ours, foreign, mounted := t.TempDir(), t.TempDir(), t.TempDir()
	for _, path := range []string{
		filepath.Join(ours, "log"), filepath.Join(ours, "state"), filepath.Join(foreign, "src"),
		filepath.Join(mounted, "lost+found"),
	} {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	good := startFlags{dir: ours, connections: 1}
	for _, c := range []struct {
		name   string
		change func(*startFlags)
		want   string
	}{
		{"as before", func(*startFlags) {}, ""},
		{"a new directory", func(f *startFlags) { f.dir = filepath.Join(foreign, "new") }, ""},
		{"an empty file system", func(f *startFlags) { f.dir = mounted }, ""},
		{"no directory", func(f *startFlags) { f.dir = "" }, "--data is empty"},
		{"files of others", func(f *startFlags) { f.dir = foreign }, `holds "src" and no data of Millrace`},
		{"groups", func(f *startFlags) { f.groups = -1 }, "--groups -1"},
		{"drain", func(f *startFlags) { f.drain = -time.Second }, "--drain -1s"},
		{"connections", func(f *startFlags) { f.connections = 0 }, "--max-connections 0"},
	} {
		f := good
		c.change(&f)
		err := f.check()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for addr, ok := range map[string]bool{
		"127.0.0.1:0": true, "127.8.9.1:1": true, "[::1]:7432": true, "localhost:7432": true,
		":7432": false, "0.0.0.0:7432": false, "[::]:7432": false, "192.168.0.1:1": false, "example.com:1": false, "7432": false,
	} {
		if local, err := isLoopback(addr); local != ok {
			t.Errorf("%s: %t %v", addr, local, err)
		}
	}
}

func TestEnvironmentSetsFlags(t *testing.T) {
	t.Setenv("MILLRACE_MAX_CONNECTIONS", "7")
	t.Setenv("MILLRACE_DATA", "/from/env")
	fs := newFlags("start", "")
	var f startFlags
	f.register(fs)
	if err := parseFlags(fs, []string{"--data", "/from/flag"}); err != nil {
		t.Fatal(err)
	}
	if f.connections != 7 || f.dir != "/from/flag" {
		t.Errorf("connections %d, dir %q", f.connections, f.dir)
	}
	t.Setenv("MILLRACE_GROUPS", "x")
	if err := parseFlags(fs, nil); err == nil || !strings.Contains(err.Error(), `MILLRACE_GROUPS="x"`) {
		t.Errorf("a wrong value: %v", err)
	}
}
