package types

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// newRand returns a generator whose seed the test prints.
func newRand(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// randomText returns a text that is a value of t; sizes vary widely.
func randomText(r *rand.Rand, t Type) string {
	switch t.Kind {
	case KindBool:
		return []string{"t", "f"}[r.IntN(2)]
	case KindInt2:
		return strconv.Itoa(int(int16(r.Uint32())))
	case KindInt4, KindInt8, KindOID, KindFloat8:
		return randomNumber(r, t)
	case KindFloat4:
		return strconv.FormatFloat(float64(math.Float32frombits(r.Uint32())), 'g', -1, 32)
	case KindNumeric:
		return randomDecimal(r)
	case KindDate:
		return fmt.Sprintf("%04d-%02d-%02d", 1+r.IntN(12000), 1+r.IntN(12), 1+r.IntN(28))
	case KindTime:
		return fmt.Sprintf("%02d:%02d:%02d.%d", r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000000))
	case KindTimestamp, KindTimestamptz:
		return randomText(r, Date) + " " + randomText(r, Time)
	case KindInterval:
		return fmt.Sprintf("%d mons %d days %d us", int32(r.Uint32())>>r.IntN(32), int32(r.Uint32())>>r.IntN(32), int64(r.Uint64())>>r.IntN(64))
	case KindUUID:
		return fmt.Sprintf("%016x%016x", r.Uint64(), r.Uint64())
	case KindJSON, KindJSONB:
		return randomJSON(r, 3)
	case KindBytea:
		return fmt.Sprintf(`\x%x`, randomString(r))
	case KindArray:
		return randomArray(r, t)
	}
	return randomString(r)
}

func randomNumber(r *rand.Rand, t Type) string {
	switch t.Kind {
	case KindInt4:
		return strconv.Itoa(int(int32(r.Uint32()) >> r.IntN(32)))
	case KindOID:
		return strconv.Itoa(int(r.Uint32()))
	case KindFloat8:
		if r.IntN(2) == 0 {
			return strconv.FormatFloat(r.NormFloat64()*1000, 'f', r.IntN(6), 64)
		}
		return strconv.FormatFloat(math.Float64frombits(r.Uint64()), 'g', -1, 64)
	}
	return strconv.FormatInt(int64(r.Uint64())>>r.IntN(64), 10)
}

func randomDecimal(r *rand.Rand) string {
	digits := make([]byte, 1+r.IntN(25))
	for i := range digits {
		digits[i] = '0' + byte(r.IntN(10))
	}
	sign := []string{"", "-"}[r.IntN(2)]
	switch r.IntN(4) {
	case 0:
		return sign + string(digits)
	case 1:
		return sign + "0." + strings.Repeat("0", r.IntN(5)) + string(digits)
	}
	at := r.IntN(len(digits) + 1)
	return sign + string(digits[:at]) + "." + string(digits[at:]) + "0"
}

func randomString(r *rand.Rand) string {
	alphabet := []string{"a", "b", "B", " ", "\"", "\\", ",", "{", "}", "ä", "😀", "\n", "'", "%", "NULL"}
	var out strings.Builder
	for range r.IntN(8) {
		out.WriteString(alphabet[r.IntN(len(alphabet))])
	}
	return out.String()
}

func randomJSON(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		d, _ := ParseDecimal(randomDecimal(r))
		return []string{"null", "true", "false", d.String(), string(AppendJSONString(nil, randomString(r)))}[r.IntN(5)]
	}
	var parts []string
	isObject := r.IntN(2) == 0
	for range r.IntN(4) {
		v := randomJSON(r, depth-1)
		if isObject {
			v = string(AppendJSONString(nil, randomString(r))) + ":" + v
		}
		parts = append(parts, v)
	}
	if isObject {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, " ,") + "]"
}

func randomArray(r *rand.Rand, t Type) string {
	a := ArrayValue{Elem: t.ElemType()}
	rows, width := 1+r.IntN(2), r.IntN(4)
	for range rows * width {
		d := Null
		if r.IntN(4) > 0 {
			var err error
			if d, err = ParseText(a.Elem, randomText(r, a.Elem), nil); err != nil {
				d = Null
			}
		}
		a.Elems = append(a.Elems, d)
	}
	if width > 0 {
		a.Dims, a.Lower = []int32{int32(width)}, []int32{int32(r.IntN(3))}
		if rows > 1 {
			a.Dims, a.Lower = []int32{int32(rows), int32(width)}, []int32{1, 5}
		}
	}
	return DatumText(t, a.Datum(), nil)
}

var propertyTypes = []Type{
	Bool, Int2, Int4, Int8, Float4, Float8, Numeric, Text, Varchar, Bpchar, Bytea, Date, Time, Timestamp,
	Timestamptz, Interval, UUID, JSON, JSONB, Name, OID, ArrayOf(KindInt4), ArrayOf(KindText),
	ArrayOf(KindNumeric), ArrayOf(KindFloat8), ArrayOf(KindTimestamptz), ArrayOf(KindInterval),
}

func randomValue(t testing.TB, r *rand.Rand, ty Type) Datum {
	t.Helper()
	text := randomText(r, ty)
	d, err := ParseText(ty, text, nil)
	if err != nil {
		t.Fatalf("%v %q: %v", ty, text, err)
	}
	return d
}

// TestFormsRoundTrip checks that text and binary forms read back as the same
// value, in all styles of the text form.
func TestFormsRoundTrip(t *testing.T) {
	r := newRand(t)
	berlin, err := LoadZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	formats := []*Format{
		nil,
		{DateStyle: "SQL, DMY", IntervalStyle: "postgres_verbose", ByteaOutput: "escape"},
		{DateStyle: "Postgres, MDY", IntervalStyle: "iso_8601"},
		{DateStyle: "German", IntervalStyle: "sql_standard"},
		{TimeZone: berlin},
	}
	for _, ty := range propertyTypes {
		for range 300 {
			d := randomValue(t, r, ty)
			for _, f := range formats {
				text := DatumText(ty, d, f)
				back, err := ParseText(ty, text, f)
				if err != nil || back != d {
					if f != nil && f.TimeZone != nil { // an hour occurs twice in autumn
						continue
					}
					t.Fatalf("%v: %q reads back as %q: %v", ty, text, DatumText(ty, back, f), err)
				}
			}
			wire := AppendBinary(nil, ty, d.I, []byte(d.S))
			if back, err := ParseBinary(ty, wire); err != nil || back != d {
				t.Fatalf("%v: %x reads back as %q, want %q: %v", ty, wire, DatumText(ty, back, nil), DatumText(ty, d, nil), err)
			}
		}
	}
}

// TestKeysAreOrdered checks on random pairs that key bytes and Compare agree, that
// keys end by themselves, and that equality of keys is equality of text where the
// type promises it.
func TestKeysAreOrdered(t *testing.T) {
	r := newRand(t)
	for _, ty := range propertyTypes {
		for range 1000 {
			a, b := randomValue(t, r, ty), randomValue(t, r, ty)
			ka, kb := AppendKey(nil, ty, a.I, []byte(a.S)), AppendKey(nil, ty, b.I, []byte(b.S))
			if got, want := bytes.Compare(ka, kb), Compare(ty, a, b); got != want {
				t.Fatalf("%v: %s against %s: keys %d, values %d", ty, DatumText(ty, a, nil), DatumText(ty, b, nil), got, want)
			}
			if ty.IdentityEqual() && (a == b) != bytes.Equal(ka, kb) {
				t.Fatalf("%v: %s and %s", ty, DatumText(ty, a, nil), DatumText(ty, b, nil))
			}
			both := append(append([]byte(nil), ka...), kb...)
			if n := KeyLen(ty, both); n != len(ka) {
				t.Fatalf("%v %s: key length %d, want %d", ty, DatumText(ty, a, nil), n, len(ka))
			}
			d, rest, ok := DecodeKey(ty, both)
			if ok != ty.IdentityEqual() || !bytes.Equal(rest, kb) || (ok && d != a) {
				t.Fatalf("%v: key of %s reads %v %s", ty, DatumText(ty, a, nil), ok, DatumText(ty, d, nil))
			}
		}
	}
}

// TestDecimalAgainstRat checks exact arithmetic against math/big on random numbers,
// small and large mixed.
func TestDecimalAgainstRat(t *testing.T) {
	r := newRand(t)
	rat := func(d Decimal) *big.Rat {
		x, ok := new(big.Rat).SetString(d.String())
		if !ok {
			t.Fatalf("%s", d)
		}
		return x
	}
	for range 20000 {
		a, err1 := ParseDecimal(randomDecimal(r))
		b, err2 := ParseDecimal(randomDecimal(r))
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		x, y := rat(a), rat(b)
		check := func(op string, got Decimal, want *big.Rat) {
			if rat(got).Cmp(want) != 0 {
				t.Fatalf("%s %s %s is %s, want %s", a, op, b, got, want.FloatString(50))
			}
			if DecodeDecimal(got.AppendStored(nil)).String() != got.String() {
				t.Fatalf("%s changes when stored", got)
			}
		}
		check("+", a.Add(b), new(big.Rat).Add(x, y))
		check("-", a.Sub(b), new(big.Rat).Sub(x, y))
		check("*", a.Mul(b), new(big.Rat).Mul(x, y))
		if got := a.Cmp(b); got != x.Cmp(y) {
			t.Fatalf("%s cmp %s is %d", a, b, got)
		}
		if b.Sign() == 0 {
			continue
		}
		q, err := a.Div(b)
		if err != nil {
			t.Fatal(err)
		}
		off := new(big.Rat).Sub(rat(q), new(big.Rat).Quo(x, y))
		half := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Mul(big.NewInt(2), pow10Big(q.Scale())))
		if off.Abs(off).Cmp(half) > 0 {
			t.Fatalf("%s / %s is %s, off by %s", a, b, q, off.FloatString(60))
		}
	}
}

func TestSmallDecimalsDoNotAllocate(t *testing.T) {
	a, b := FromInt64(12345, 2), FromInt64(-678, 3)
	var buf [16]byte
	sum := 0
	if n := testing.AllocsPerRun(100, func() {
		c := a.Add(b).Sub(a).Mul(b)
		sum += c.Cmp(DecodeDecimal(c.AppendStored(buf[:0])))
	}); n != 0 || sum != 0 {
		t.Errorf("%v allocations, difference %d", n, sum)
	}
}

// TestCivilCalendar checks day numbers against a walk day by day.
func TestCivilCalendar(t *testing.T) {
	year, month, day := -4713, 11, 24 // 4714 BC
	for d := int64(minDate); d < 400000; d++ {
		if y, m, n := CivilFromDate(d); y != year || m != month || n != day {
			t.Fatalf("day %d is %d-%d-%d, want %d-%d-%d", d, y, m, n, year, month, day)
		}
		if back := DateFromCivil(year, month, day); back != d {
			t.Fatalf("%d-%d-%d is day %d, want %d", year, month, day, back, d)
		}
		if day++; day > daysInMonth(year, month) {
			day, month = 1, month+1
		}
		if month > 12 {
			month, year = 1, year+1
		}
	}
}

// TestGolden holds the stored and key forms fixed; FORMAT.md describes them. Lines
// are type, text, stored form (fixed types: the word) and key.
func TestGolden(t *testing.T) {
	lines := readLines(t, filepath.Join("testdata", "golden.txt"))
	for i, line := range lines {
		f := strings.Split(line, "\t")
		ty, err := typeOf(f[0])
		if err != nil {
			t.Fatal(err)
		}
		d, err := ParseText(ty, f[1], nil)
		if err != nil {
			t.Fatal(err)
		}
		stored := strconv.FormatInt(d.I, 10)
		if !ty.IsFixed() {
			stored = hex.EncodeToString([]byte(d.S))
		}
		got := strings.Join([]string{f[0], f[1], stored, hex.EncodeToString(AppendKey(nil, ty, d.I, []byte(d.S)))}, "\t")
		if *golden {
			lines[i] = got
		} else if got != line {
			t.Errorf("\n got %s\nwant %s", got, line)
		}
	}
	if *golden {
		if err := os.WriteFile(filepath.Join("testdata", "golden.txt"), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
