package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // time zones on machines without a zone database
)

// command is a subcommand.
type command struct {
	name, summary string
	run           func(ctx context.Context, args []string) error
}

func commands() []command {
	return []command{
		{"start", "start a server", runStart},
		{"demo", "start a server on generated data and show a live result", runDemo},
		{"bench", "measure this machine: copy, insert, latency, lookup, groupby, recovery", runBench},
		{"version", "print the version", runVersion},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:])
	switch {
	case err == nil, errors.Is(err, errHelp):
	default:
		fmt.Fprintln(os.Stderr, "millrace:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(os.Stdout)
		return nil
	}
	if args[0] == "--version" {
		return runVersion(ctx, nil)
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c.run(ctx, args[1:])
		}
	}
	usage(os.Stderr)
	return fmt.Errorf("there is no command %q", args[0])
}

func usage(w io.Writer) {
	fmt.Fprint(w, `Millrace is a streaming SQL database: streams, tables and materialized views that
are always up to date, over PostgreSQL's protocol.

Start here:
  millrace demo                       a server with data, and what to type in psql
  millrace start                      a server on 127.0.0.1:7432, data in ./millrace-data
  psql -h 127.0.0.1 -p 7432 -U millrace

Commands:
`)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nmillrace COMMAND --help tells about the flags of a command.\n")
}

// version is set by the linker for releases.
var version = ""

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "dev"
}

func runVersion(context.Context, []string) error {
	fmt.Println("millrace", versionText())
	return nil
}
