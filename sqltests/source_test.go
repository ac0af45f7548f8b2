package sqltests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// root is the repository's root, seen from this package.
const root = ".."

// goFile is a parsed source file.
type goFile struct {
	path    string // from the root, with slashes
	pkg     string // its folder, "sql/types"
	test    bool
	text    string
	lines   int
	ast     *ast.File
	fileSet *token.FileSet
}

var loaded struct {
	once  sync.Once
	files []*goFile
	err   error
}

// sources parses all Go files of the repository, once.
func sources(t *testing.T) []*goFile {
	t.Helper()
	loaded.once.Do(func() { loaded.files, loaded.err = parseAll() })
	if loaded.err != nil {
		t.Fatal(loaded.err)
	}
	return loaded.files
}

func parseAll() ([]*goFile, error) {
	var out []*goFile
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(name, root+string(filepath.Separator)))
		if d.IsDir() {
			if skipFolder(rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(set, rel, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out = append(out, &goFile{
			path: rel, pkg: path.Dir(rel), test: strings.HasSuffix(rel, "_test.go"), text: string(text),
			lines: strings.Count(string(text), "\n"), ast: f, fileSet: set,
		})
		return nil
	})
	return out, err
}

func skipFolder(rel string) bool {
	base := path.Base(rel)
	return rel != ".." && strings.HasPrefix(base, ".") || base == "testdata" || rel == "bin" || rel == "millrace-data"
}

// packages returns the folders with Go files that are not tests.
func packages(files []*goFile) map[string][]*goFile {
	out := map[string][]*goFile{}
	for _, f := range files {
		if !f.test {
			out[f.pkg] = append(out[f.pkg], f)
		}
	}
	return out
}
