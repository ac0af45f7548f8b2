package sqltests

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	// It registers the flag -rewrite, which all tests here share.
	_ "github.com/cockroachdb/datadriven"
)

// rewrite makes tests write what they would compare with; TestMain sets it from the
// flag.
var rewrite = new(bool)

var (
	rewriteErrors = flag.Bool("rewrite-errors", false, "with -rewrite: let a result become an ERROR")
	varyFlag      = flag.String("vary", "", "variations to run scripts under: a name, names with commas, or all")
	oracleFlag    = flag.Bool("oracle", false, "compare with PostgreSQL 15, too (or MILLRACE_ORACLE=1)")
	seedFlag      = flag.Uint64("seed", 0, "seed of random tests (or MILLRACE_SEED)")
	crashesFlag   = flag.Int("crashes", 0, "how often the crash test kills the server; 0 is 5, or 100 at night")
)

// night reports whether the long forms of tests are wanted.
func night() bool { return os.Getenv("MILLRACE_NIGHT") != "" }

// oracle reports whether PostgreSQL has to agree.
func oracle() bool { return *oracleFlag || os.Getenv("MILLRACE_ORACLE") != "" }

func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rewrite"); f != nil {
		*rewrite = f.Value.String() == "true"
	}
	os.Exit(m.Run())
}

// seed returns the seed of a random test and says how to repeat it.
func seed(t *testing.T) uint64 {
	t.Helper()
	s := *seedFlag
	if s == 0 {
		s, _ = strconv.ParseUint(os.Getenv("MILLRACE_SEED"), 10, 64)
	}
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	fmt.Printf("%s: MILLRACE_SEED=%d\n", t.Name(), s)
	return s
}
