package sql

import (
	"fmt"
	"reflect"
)

// difference compares two trees without positions and source texts; it returns
// the path and values of the first difference, "" when they are equal.
func difference(a, b any) string {
	return differ("", reflect.ValueOf(a), reflect.ValueOf(b))
}

var posType = reflect.TypeFor[Pos]()

func differ(path string, a, b reflect.Value) string {
	if a.IsValid() != b.IsValid() {
		return path + ": one is absent"
	}
	if !a.IsValid() || a.Type() == posType {
		return ""
	}
	if a.Type() != b.Type() {
		return fmt.Sprintf("%s: %s against %s", path, a.Type(), b.Type())
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				return path + ": one is nil"
			}
			return ""
		}
		return differ(path, a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return fmt.Sprintf("%s: %d items against %d", path, a.Len(), b.Len())
		}
		for i := range a.Len() {
			if d := differ(fmt.Sprintf("%s[%d]", path, i), a.Index(i), b.Index(i)); d != "" {
				return d
			}
		}
	case reflect.Struct:
		for i := range a.NumField() {
			field := a.Type().Field(i)
			if field.Name == "text" {
				continue
			}
			if d := differ(path+"."+field.Name, a.Field(i), b.Field(i)); d != "" {
				return d
			}
		}
	default:
		if !a.Equal(b) {
			return fmt.Sprintf("%s: %v against %v", path, a, b)
		}
	}
	return ""
}
