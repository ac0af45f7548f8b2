package sqltests

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Sizes above which a file or function must be listed in testdata/sizes.txt. The
// list may only shrink: an entry that is too large or no longer needed fails, too.
const (
	fileLinesMax     = 500
	functionLinesMax = 70
	// fileLinesNever is the size that no file may have, listed or not.
	fileLinesNever = 900
)

// bannedPackages say nothing about what is in them.
var bannedPackages = []string{"util", "utils", "common", "base", "misc", "helper", "helpers", "manager"}

func TestTidyPackages(t *testing.T) {
	for pkg, files := range packages(sources(t)) {
		name := pkg[strings.LastIndexByte(pkg, '/')+1:]
		if slices.Contains(bannedPackages, name) {
			t.Errorf("package %s: the name says nothing", pkg)
		}
		documented := 0
		for _, f := range files {
			if f.ast.Doc == nil {
				continue
			}
			documented++
			if !strings.HasSuffix(f.path, "/doc.go") && pkg != "cmd/millrace" {
				t.Errorf("%s: the package comment belongs into doc.go", f.path)
			}
			if len(f.ast.Doc.Text()) < 100 {
				t.Errorf("%s: the package comment is too short to help anybody", f.path)
			}
		}
		if documented != 1 {
			t.Errorf("package %s has %d package comments", pkg, documented)
		}
	}
}

// unfinished finds notes about work that is left, which belong into an issue.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

func TestTidyComments(t *testing.T) {
	for _, f := range sources(t) {
		for _, group := range f.ast.Comments {
			for _, c := range group.List {
				if unfinished.MatchString(c.Text) && !strings.Contains(c.Text, "issue ") {
					t.Errorf("%s: %s", f.fileSet.Position(c.Pos()), c.Text)
				}
			}
		}
	}
}

func TestTidyFormat(t *testing.T) {
	for _, f := range sources(t) {
		formatted, err := format.Source([]byte(f.text))
		if err != nil {
			t.Fatalf("%s: %v", f.path, err)
		}
		if !bytes.Equal(formatted, []byte(f.text)) {
			t.Errorf("%s is not formatted: run gofmt -w %s", f.path, f.path)
		}
	}
}

// Exported names outside tests have a comment.
func TestTidyExportedNames(t *testing.T) {
	for _, f := range sources(t) {
		if f.test || f.pkg == "cmd/millrace" {
			continue
		}
		for _, d := range f.ast.Decls {
			for _, name := range undocumented(d) {
				t.Errorf("%s: exported %s has no comment", f.path, name)
			}
		}
	}
}

func undocumented(d ast.Decl) []string {
	var out []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
			out = append(out, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					out = append(out, s.Name.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
						out = append(out, n.Name)
					}
				}
			}
		}
	}
	return out
}

// exportedReceiver reports whether a method's type can be named from outside.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if index, ok := t.(*ast.IndexExpr); ok {
		t = index.X
	}
	id, ok := t.(*ast.Ident)
	return ok && id.IsExported()
}

func TestTidySizes(t *testing.T) {
	now := oversize(t)
	if *rewrite {
		writeSizes(t, now)
		return
	}
	listed := readSizes(t)
	for name, lines := range now {
		allowed, ok := listed[name]
		switch {
		case !ok:
			t.Errorf("%s has %d lines: split it by responsibility", name, lines)
		case lines > allowed:
			t.Errorf("%s has grown from %d to %d lines: split it by responsibility", name, allowed, lines)
		}
	}
	for name := range listed {
		if _, ok := now[name]; !ok {
			t.Errorf("%s is small enough now: take it out of testdata/sizes.txt", name)
		}
	}
}

// oversize returns files and functions above the limits, with their lines.
func oversize(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, f := range sources(t) {
		if f.lines > fileLinesNever {
			t.Errorf("%s has %d lines; no file may have more than %d", f.path, f.lines, fileLinesNever)
		}
		if f.lines > fileLinesMax && !f.test {
			out[f.path] = f.lines
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || f.test {
				continue
			}
			lines := f.fileSet.Position(fn.End()).Line - f.fileSet.Position(fn.Pos()).Line + 1
			if lines > functionLinesMax && !isTableOfLiterals(fn) {
				out[f.path+":"+functionName(fn)] = lines
			}
		}
	}
	return out
}

// isTableOfLiterals reports whether the function is a list of values more than
// code: most of its lines are in composite literals.
func isTableOfLiterals(fn *ast.FuncDecl) bool {
	if len(fn.Body.List) > 4 {
		return false
	}
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(last.Results) != 1 {
		return false
	}
	_, ok = last.Results[0].(*ast.CompositeLit)
	return ok
}

func functionName(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + fn.Name.Name
	}
	return fn.Name.Name
}

const sizesFile = "testdata/sizes.txt"

func writeSizes(t *testing.T, sizes map[string]int) {
	t.Helper()
	lines := make([]string, 0, len(sizes))
	for name, n := range sizes {
		lines = append(lines, fmt.Sprintf("%s %d\n", name, n))
	}
	slices.Sort(lines)
	text := "# Files and functions that are too long, with their lines. The list only shrinks.\n" + strings.Join(lines, "")
	if err := os.WriteFile(sizesFile, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readSizes(t *testing.T) map[string]int {
	t.Helper()
	text, err := os.ReadFile(sizesFile)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for _, line := range strings.Split(string(text), "\n") {
		f := strings.Fields(line)
		if len(f) != 2 || f[0] == "#" {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatalf("%s: %s", sizesFile, line)
		}
		out[f[0]] = n
	}
	return out
}
