package main

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// nexmarkFiles are the benchmark's queries, one a file, and the views that they read.
//
//go:embed nexmark/*.sql
var nexmarkFiles embed.FS

// nexmarkSQL reads one of the files.
func nexmarkSQL(name string) (string, error) {
	data, err := nexmarkFiles.ReadFile("nexmark/" + name + ".sql")
	if err != nil {
		return "", fmt.Errorf("there is no query %s; there are %s", name, strings.Join(nexmarkQueries(), ", "))
	}
	return string(data), nil
}

// nexmarkQueries lists the queries by their numbers.
func nexmarkQueries() []string {
	entries, _ := nexmarkFiles.ReadDir("nexmark")
	var out []string
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".sql"); name[0] == 'q' {
			out = append(out, name)
		}
	}
	number := func(name string) int { n, _ := strconv.Atoi(name[1:]); return n }
	slices.SortFunc(out, func(a, b string) int { return number(a) - number(b) })
	return out
}

// nexmarkStreams are the queries whose result is a stream of about as many rows as there
// are bids.
var nexmarkStreams = []string{"q0", "q1", "q10", "q13", "q14", "q20", "q21", "q22", "q23"}

// nexmarkSides are statements that some queries need besides the views.
var nexmarkSides = map[string]string{
	"q13": `CREATE TABLE side_input (key int8 PRIMARY KEY, value text NOT NULL);
		INSERT INTO side_input SELECT n, 'value ' || n FROM generate_series(0, 9999) AS n;`,
}
