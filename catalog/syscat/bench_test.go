package syscat

import (
	"testing"

	"millrace/catalog"
)

// Tools read these tables again and again.
func BenchmarkRows(b *testing.B) {
	env := &testEnv{snapshot: catalog.New().Current(), path: []string{"public"}}
	for _, name := range []string{"pg_class", "pg_attribute", "pg_type", "pg_proc"} {
		o, _ := Lookup("", name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Rows(o.ID, env); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
