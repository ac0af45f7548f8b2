package builtin

import (
	"testing"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// FuzzJSONPath runs any text as a path over a document: items that are JSON, or an
// error with a SQLSTATE of its own.
func FuzzJSONPath(f *testing.F) {
	for _, p := range []string{
		`$.a[*] ? (@.b > 1 && !(@ == $v))`, `strict $.**.c`, `$[last - 1 to last, 0]`, `-$.n * (2 + 1) % 3`, `exists($.a) || $ starts with "x"`,
		`($ == 1) is unknown`, `$."a".type()`, `$.n.double()`,
	} {
		f.Add(p)
	}
	doc, err := types.NormalizeJSONB(`{"a": [{"b": 1}, {"b": [2, "z"]}, null], "n": -1.5, "s": "x", "t": true}`)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if len(p) > 100 {
			return
		}
		run, path, err := preparePath(new(any), []types.Datum{types.BytesDatum(doc), types.BytesDatum(p)})
		var items [][]byte
		if err == nil {
			items, err = run.eval(path.root)
		}
		if err != nil && pgerr.Code(err) == pgerr.InternalError {
			t.Fatal(err)
		}
		for _, v := range items {
			if err := types.ValidateJSON(string(v)); err != nil {
				t.Fatalf("%q gives %q: %v", p, v, err)
			}
		}
	})
}
