package syscat

import (
	"reflect"
	"testing"

	"millrace/catalog"
)

// Whatever tells more than the key of the cache is noticed, also what is added to Env
// later.
func TestWatchedEnvNoticesEverything(t *testing.T) {
	inKey := map[string]bool{"Snapshot": true, "CurrentRole": true, "SearchPath": true}
	methods := reflect.TypeFor[Env]()
	for i := range methods.NumMethod() {
		name := methods.Method(i).Name
		env := newEnv(t)
		w := &watchedEnv{Env: env, key: &cachedRows{snapshot: env.snapshot}}
		f := reflect.ValueOf(w).MethodByName(name)
		args := make([]reflect.Value, f.Type().NumIn())
		for j := range args {
			args[j] = reflect.Zero(f.Type().In(j))
		}
		f.Call(args)
		if w.live == inKey[name] {
			t.Errorf("%s: live is %v", name, w.live)
		}
	}
}

// Rows are computed once for a state of the catalog, and for each role and path.
func TestCache(t *testing.T) {
	var c Cache
	env := newEnv(t)
	pgClass, _ := Lookup("pg_catalog", "pg_class")
	activity, _ := Lookup("pg_catalog", "pg_stat_activity")
	rows := func(id catalog.ObjectID) any {
		b, err := c.Rows(id, env)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := rows(pgClass.ID)
	if rows(pgClass.ID) != first {
		t.Error("pg_class was computed twice")
	}
	if rows(activity.ID) == rows(activity.ID) {
		t.Error("pg_stat_activity was kept")
	}
	env.snapshot = newEnv(t).snapshot
	if rows(pgClass.ID) == first {
		t.Error("pg_class was kept for another catalog")
	}
}
