package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

// errHelp ends a command whose help was asked for.
var errHelp = errors.New("help")

// newFlags returns the flag set of a command; about is what --help says first.
func newFlags(name, about string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	fs.Usage = func() {
		fmt.Fprintf(fs.Output(), "%s\n\nUsage: millrace %s [flags]\n\nFlags (each also as an environment variable, such as %s):\n",
			about, name, envName("listen"))
		fs.PrintDefaults()
	}
	return fs
}

// parseFlags reads the environment first, then args, which win.
func parseFlags(fs *flag.FlagSet, args []string) error {
	var bad error
	fs.VisitAll(func(f *flag.Flag) {
		value, ok := os.LookupEnv(envName(f.Name))
		if !ok {
			return
		}
		if err := fs.Set(f.Name, value); err != nil && bad == nil {
			bad = fmt.Errorf("%s=%q: %w", envName(f.Name), value, err)
		}
	})
	if bad != nil {
		return bad
	}
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return errHelp
		}
		return err
	}
	return nil
}

// parseMixed is parseFlags for a command whose arguments may stand before flags. It
// returns the arguments.
func parseMixed(fs *flag.FlagSet, args []string) (names []string, err error) {
	for {
		if err := parseFlags(fs, args); err != nil {
			return nil, err
		}
		args = fs.Args()
		for len(args) > 0 && !strings.HasPrefix(args[0], "-") {
			names, args = append(names, args[0]), args[1:]
		}
		if len(args) == 0 {
			return names, nil
		}
	}
}

// noArguments refuses what stands behind the flags.
func noArguments(fs *flag.FlagSet) error {
	if fs.NArg() > 0 {
		return fmt.Errorf("%s takes no argument %q", fs.Name(), fs.Arg(0))
	}
	return nil
}

// envName is the environment variable of a flag: --sql-listen is MILLRACE_SQL_LISTEN.
func envName(flagName string) string {
	return "MILLRACE_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}
