package sql

import (
	"os"
	"strings"
	"testing"
)

// TestClients parses what real clients send; PostgreSQL accepts all of it.
func TestClients(t *testing.T) {
	data, err := os.ReadFile("testdata/clients.txt")
	if err != nil {
		t.Fatal(err)
	}
	entries := strings.Split(string(data), "\n=== ")[1:]
	if len(entries) < 150 {
		t.Fatalf("only %d statements", len(entries))
	}
	for _, entry := range entries {
		client, text, _ := strings.Cut(entry, "\n")
		stmts, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v\n%s", client, err, text)
			continue
		}
		for _, stmt := range stmts {
			checkRoundTrip(t, stmt)
			checkPositions(t, text, stmt)
		}
	}
}
