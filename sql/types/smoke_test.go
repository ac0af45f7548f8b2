package types

import "testing"

func TestSmoke(t *testing.T) {
	for _, c := range []struct {
		ty Type
		in string
	}{
		{Int4, "12"}, {Numeric, "1.00"}, {Numeric, "-0.00012"}, {Numeric, "1e30"}, {Float8, "1e15"}, {Float8, "0.1"}, {Float4, "1234567"},
		{Date, "2024-02-29"}, {Timestamp, "2024-01-02T03:04:05.678"}, {Timestamptz, "2024-01-02 03:04:05+02"}, {Interval, "1 year 2 mons -3 days 04:05:06.7"},
		{UUID, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}, {JSONB, `{"bb":1,"a":[1,2.50,{"x":null}],"a":{"z":1e2}}`}, {ArrayOf(KindText), `{a,"b c",NULL,"NULL"}`}, {ArrayOf(KindInt4), `[2:3]={1,2}`},
		{ArrayOf(KindInt4), `{{1,2},{3,4}}`}, {Bytea, `\xdeadbeef`}, {Time, "04:05:06.5 PM"},
	} {
		d, err := ParseText(c.ty, c.in, nil)
		if err != nil {
			t.Errorf("%v %q: %v", c.ty, c.in, err)
			continue
		}
		t.Logf("%v %q -> %s", c.ty, c.in, DatumText(c.ty, d, nil))
	}
}
