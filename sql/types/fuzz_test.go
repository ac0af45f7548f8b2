package types

import (
	"bytes"
	"errors"
	"testing"

	"millrace/sql/pgerr"
)

// fuzzSeeds returns texts that reach deep into the parsers.
var fuzzSeeds = []string{
	"", "1", "-1.5e3", "2024-02-29 13:14:15.6+05:30", "Jan 5 1999 BC", "J2451187", "1 year -2 mons 3:04:05.6 ago",
	"P1Y2M3DT4H5M6.7S", `{"a": [1, "\u00e4", {"b": null}], "a": 1e5}`, `[2:3]={1,NULL}`, `{"a b",{`, `\xdead`,
	"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "infinity", "24:00:00 PST", "1-2 3 4:05", "0x1p3", "{{1},{2}}",
}

// FuzzParseText checks that any text is refused with a user's error, or gives a
// value whose text reads back as itself, with keys and binary form in order.
func FuzzParseText(f *testing.F) {
	for i := range propertyTypes {
		for _, s := range fuzzSeeds {
			f.Add(uint8(i), s)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, s string) {
		ty := propertyTypes[int(which)%len(propertyTypes)]
		d, err := ParseText(ty, s, nil)
		if err != nil {
			checkUserError(t, err)
			return
		}
		text := DatumText(ty, d, nil)
		back, err := ParseText(ty, text, nil)
		if err != nil || back != d {
			t.Fatalf("%v %q: prints as %q, which reads as %q: %v", ty, s, text, DatumText(ty, back, nil), err)
		}
		key := AppendKey(nil, ty, d.I, []byte(d.S))
		if n := KeyLen(ty, append(key, 0xff)); n != len(key) {
			t.Fatalf("%v %q: key %x has length %d", ty, s, key, n)
		}
		wire := AppendBinary(nil, ty, d.I, []byte(d.S))
		if back, err := ParseBinary(ty, wire); err != nil || back != d {
			t.Fatalf("%v %q: binary form %x: %v", ty, s, wire, err)
		}
	})
}

func checkUserError(t *testing.T, err error) {
	t.Helper()
	var e *pgerr.Error
	if !errors.As(err, &e) || e.Code == pgerr.InternalError {
		t.Fatalf("not a user's error: %v", err)
	}
}

// FuzzParseBinary feeds bytes of clients.
func FuzzParseBinary(f *testing.F) {
	for i, ty := range propertyTypes {
		for _, s := range fuzzSeeds {
			if d, err := ParseText(ty, s, nil); err == nil {
				f.Add(uint8(i), AppendBinary(nil, ty, d.I, []byte(d.S)))
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		ty := propertyTypes[int(which)%len(propertyTypes)]
		d, err := ParseBinary(ty, data)
		if err != nil {
			if ty.Kind != KindJSONB {
				checkUserError(t, err)
			}
			return
		}
		DatumText(ty, d, nil)
		AppendKey(nil, ty, d.I, []byte(d.S))
	})
}

// FuzzStored feeds damaged stored forms and keys: they may mean anything, but must
// not panic.
func FuzzStored(f *testing.F) {
	for i, ty := range propertyTypes {
		for _, s := range fuzzSeeds {
			if d, err := ParseText(ty, s, nil); err == nil && !ty.IsFixed() {
				f.Add(uint8(i), []byte(d.S))
				f.Add(uint8(i), AppendKey(nil, ty, d.I, []byte(d.S)))
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		ty := propertyTypes[int(which)%len(propertyTypes)]
		if ty.IsFixed() {
			ty = Record
		}
		AppendText(nil, ty, 0, data, nil)
		AppendBinary(nil, ty, 0, data)
		key := AppendKey(nil, ty, 0, data)
		if CompareRaw(ty, 0, data, 0, data) != 0 {
			t.Fatalf("%v %x is not equal to itself", ty, data)
		}
		DecodeKey(ty, key)
		if d, rest, ok := DecodeKey(ty, data); ok {
			if again := AppendKey(nil, ty, d.I, []byte(d.S)); ty.Kind != KindArray && !bytes.HasSuffix(append(again, rest...), rest) {
				t.Fatalf("%v: key %x", ty, data)
			}
		}
		JSONLen(data)
		JSONPath(data, []string{"a", "0"})
		JSONEach(data, func(string, []byte) bool { return true })
		JSONContains(data, data)
	})
}
