package sqltests

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"millrace/catalog"
	"millrace/catalog/syscat"
	"millrace/sql/builtin"
)

// Generated references are what their sources say now.
func TestDocsAreUpToDate(t *testing.T) {
	for _, doc := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"functions.md", builtin.WriteReference},
		{"settings.md", catalog.WriteReference},
		{"system-tables.md", syscat.WriteReference},
		{"errors.md", func(w io.Writer) error { return writeErrors(t, w) }},
	} {
		var got bytes.Buffer
		if err := doc.write(&got); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(root, "docs", "reference", doc.name)
		if *rewrite {
			if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%v: run make generate", err)
		} else if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s is out of date: run make generate", path)
		}
	}
}

const errorsIntro = `# Error codes

<!-- Generated from sql/pgerr/codes.go by "make generate". -->

Errors carry PostgreSQL's SQLSTATE codes; the first two characters are the class. XX000 means a
fault in the server: please report it.

| SQLSTATE | condition |
|---|---|
`

func writeErrors(t *testing.T, w io.Writer) error {
	t.Helper()
	var lines []string
	for _, f := range sources(t) {
		if f.path == "sql/pgerr/codes.go" {
			lines = errorLines(f)
		}
	}
	if len(lines) == 0 {
		t.Error("no codes found")
	}
	slices.Sort(lines)
	_, err := io.WriteString(w, errorsIntro+strings.Join(lines, ""))
	return err
}

func errorLines(f *goFile) []string {
	var out []string
	for _, d := range f.ast.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, spec := range g.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok || len(v.Values) != 1 {
				continue
			}
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				code, _ := strconv.Unquote(lit.Value)
				out = append(out, fmt.Sprintf("| %s | %s |\n", code, words(v.Names[0].Name)))
			}
		}
	}
	return out
}

// words spells a Go name as words: InFailedSQLTransaction, in failed SQL transaction.
func words(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		next := i+1 < len(runes) && unicode.IsLower(runes[i+1])
		start := unicode.IsUpper(r) && i > 0 && (next || unicode.IsLower(runes[i-1]))
		if start {
			b.WriteByte(' ')
		}
		alone := unicode.IsUpper(r) && !next
		if alone {
			b.WriteRune(r)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Links between the repository's Markdown files lead somewhere.
func TestDocsLinks(t *testing.T) {
	for _, name := range markdownFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range links(string(text)) {
			path := filepath.Join(root, filepath.Dir(name), target)
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s links to %s, which is not there", name, target)
			}
		}
	}
}

func markdownFiles(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", "*/*.md", "*/*/*.md"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			rel, err := filepath.Rel(root, n)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, rel)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// links returns the relative targets of [text](target).
func links(text string) []string {
	var out []string
	for _, part := range strings.Split(text, "](")[1:] {
		target, _, _ := strings.Cut(part, ")")
		target, _, _ = strings.Cut(target, "#")
		if target != "" && !strings.Contains(target, "://") && !strings.ContainsAny(target, " \n") {
			out = append(out, target)
		}
	}
	return out
}
