package clients

import (
	"cmp"
	"fmt"
	"os"
	"testing"
)

// dsn is the server's address as a connection string.
func dsn() string {
	return fmt.Sprintf("host=%s port=%s user=%s dbname=%s sslmode=disable",
		cmp.Or(os.Getenv("MILLRACE_HOST"), "127.0.0.1"), cmp.Or(os.Getenv("MILLRACE_PORT"), "7432"),
		cmp.Or(os.Getenv("MILLRACE_USER"), "millrace"), cmp.Or(os.Getenv("MILLRACE_DATABASE"), "millrace"))
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%#v", got), fmt.Sprintf("%#v", want); g != w {
		t.Fatalf("got %s, want %s", g, w)
	}
}
