package pgwire

import (
	"math/rand/v2"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

func query(s string) encoder { return &pgproto3.Query{String: s} }
func parse(name, text string) encoder {
	return &pgproto3.Parse{Name: name, Query: text}
}

func bind(portal, stmt string, result ...int16) encoder {
	return &pgproto3.Bind{DestinationPortal: portal, PreparedStatement: stmt, ResultFormatCodes: result}
}

func execute(portal string, limit uint32) encoder {
	return &pgproto3.Execute{Portal: portal, MaxRows: limit}
}

func describe(kind byte, name string) encoder {
	return &pgproto3.Describe{ObjectType: kind, Name: name}
}

var syncMsg, flushMsg = &pgproto3.Sync{}, &pgproto3.Flush{}

// TestTranscripts sends messages at once and compares the kinds of the answers.
func TestTranscripts(t *testing.T) {
	for _, c := range []struct {
		name string
		send []encoder
		want string
	}{
		{"simple", []encoder{query("rows 2")}, "T:2 D:0 D:1 C:SELECT_2 Z:I"},
		{"simple no rows", []encoder{query("rows 0")}, "T:2 C:SELECT_0 Z:I"},
		{"empty", []encoder{query("")}, "I Z:I"},
		{"several", []encoder{query("begin; rows 1")}, "C:BEGIN T:2 D:0 C:SELECT_1 Z:T"},
		{
			"error stops the rest",
			[]encoder{query("rows 1; error; rows 1")},
			"T:2 D:0 C:SELECT_1 E:ERROR:42703 Z:I",
		},
		{"error after rows", []encoder{query("halferror")}, "T:2 D:0 E:ERROR:22012 Z:I"},
		{
			"error in block",
			[]encoder{query("begin"), query("error"), query("rollback")},
			"C:BEGIN Z:T E:ERROR:42703 Z:E C:ROLLBACK Z:I",
		},
		{
			"pipelined queries",
			[]encoder{query("rows 1"), query("error"), query("rows 1")},
			"T:2 D:0 C:SELECT_1 Z:I E:ERROR:42703 Z:I T:2 D:0 C:SELECT_1 Z:I",
		},
		{"notice", []encoder{query("notice")}, "N:WARNING:25P01 C:NOTICE Z:I"},
		{"set", []encoder{query("set UTC")}, "C:SET S Z:I"},
		{"invalid UTF-8", []encoder{query("rows \xff")}, "E:ERROR:22021 Z:I"},
		{"copy out", []encoder{query("copyout")}, "H d d d c C:COPY_3 Z:I"},

		{
			"extended",
			[]encoder{parse("", "rows 2"), bind("", ""), describe('P', ""), execute("", 0), syncMsg},
			"1 2 T:2 D:0 D:1 C:SELECT_2 Z:I",
		},
		{"describe statement", []encoder{parse("a", "rows $1"), describe('S', "a"), syncMsg}, "1 t T:2 Z:I"},
		{"describe without rows", []encoder{parse("a", "begin"), describe('S', "a"), syncMsg}, "1 t n Z:I"},
		{
			"execute without describe",
			[]encoder{parse("", "rows 1"), bind("", ""), execute("", 0), syncMsg},
			"1 2 D:0 C:SELECT_1 Z:I",
		},
		{
			"row limit",
			[]encoder{parse("", "rows 3"), bind("p", ""), execute("p", 2), execute("p", 2), execute("p", 2), syncMsg},
			"1 2 D:0 D:1 s D:2 C:SELECT_1 C:SELECT_0 Z:I",
		},
		{
			"empty statement",
			[]encoder{parse("", ""), bind("", ""), describe('P', ""), execute("", 0), syncMsg},
			"1 2 n I Z:I",
		},
		{"flush", []encoder{parse("", "rows 1"), flushMsg}, "1"},
		{"two syncs", []encoder{syncMsg, syncMsg}, "Z:I Z:I"},
		{
			"close",
			[]encoder{&pgproto3.Close{ObjectType: 'S', Name: "x"}, &pgproto3.Close{ObjectType: 'P', Name: "x"}, syncMsg},
			"3 3 Z:I",
		},
		{
			"skip to sync",
			[]encoder{parse("", "error"), bind("", ""), execute("", 0), query("rows 1"), syncMsg, query("rows 0")},
			"E:ERROR:42601 Z:I T:2 C:SELECT_0 Z:I",
		},
		{"unknown statement", []encoder{bind("", "zz"), syncMsg}, "E:ERROR:26000 Z:I"},
		{"unknown portal", []encoder{execute("zz", 0), execute("zz", 0), syncMsg}, "E:ERROR:34000 Z:I"},
		{"format code", []encoder{parse("", "rows 1"), bind("", "", 2), syncMsg}, "1 E:ERROR:22023 Z:I"},
		{
			"formats do not fit",
			[]encoder{parse("", "rows 1"), bind("", "", 1, 1, 1), execute("", 0), syncMsg},
			"1 2 E:ERROR:08P01 Z:I",
		},
		{
			"parameter formats do not fit",
			[]encoder{
				parse("", "rows 1"),
				&pgproto3.Bind{ParameterFormatCodes: []int16{0, 0}, Parameters: [][]byte{nil}}, syncMsg,
			},
			"1 E:ERROR:08P01 Z:I",
		},
		{"describe kind", []encoder{describe('X', ""), syncMsg}, "E:ERROR:08P01 Z:I"},
		{
			"function call",
			[]encoder{&pgproto3.FunctionCall{Function: 1}, query("rows 0")},
			"E:ERROR:0A000 Z:I T:2 C:SELECT_0 Z:I",
		},
		{
			"stray copy messages",
			[]encoder{&pgproto3.CopyData{Data: []byte("x")}, &pgproto3.CopyDone{}, query("rows 0")},
			"T:2 C:SELECT_0 Z:I",
		},
		{
			"copy in",
			[]encoder{
				query("copyin"), &pgproto3.CopyData{Data: []byte("a\nb")}, flushMsg, syncMsg,
				&pgproto3.CopyData{}, &pgproto3.CopyData{Data: []byte("\n")}, &pgproto3.CopyDone{},
			},
			"G C:COPY_2 Z:I",
		},
		{
			"copy in fails at the client",
			[]encoder{query("copyin"), &pgproto3.CopyFail{Message: "no"}, query("rows 0")},
			"G E:ERROR:57014 Z:I T:2 C:SELECT_0 Z:I",
		},
		{
			"copy in of a bad row",
			[]encoder{
				query("copyin"), &pgproto3.CopyData{Data: []byte("bad")},
				&pgproto3.CopyData{Data: []byte("x")}, &pgproto3.CopyDone{}, query("rows 0"),
			},
			"G E:ERROR:22P04 Z:I T:2 C:SELECT_0 Z:I",
		},
		{
			"query inside copy in",
			[]encoder{query("copyin"), query("rows 1"), query("rows 0")},
			"G E:FATAL:08P01 EOF",
		},
		{
			"extended copy in of a bad row",
			[]encoder{
				parse("", "copyin"), bind("", ""), execute("", 0),
				&pgproto3.CopyData{Data: []byte("bad")}, &pgproto3.CopyDone{}, syncMsg, query("rows 0"),
			},
			"1 2 G E:ERROR:22P04 Z:I T:2 C:SELECT_0 Z:I",
		},
		{"terminate", []encoder{&pgproto3.Terminate{}}, "EOF"},
		{"unknown message", []encoder{query("rows 0"), rawMessage("y\x00\x00\x00\x04")}, "T:2 C:SELECT_0 Z:I E:FATAL:08P01 EOF"},
		{"bad length", []encoder{rawMessage("Q\x00\x00\x00\x03")}, "E:FATAL:08P01 EOF"},
		{"huge length", []encoder{rawMessage("Q\x7f\xff\xff\xff")}, "E:FATAL:08P01 EOF"},
		{"no zero byte", []encoder{rawMessage("Q\x00\x00\x00\x05a"), query("rows 0")}, "E:ERROR:08P01 Z:I T:2 C:SELECT_0 Z:I"},
		{
			"bytes behind a bind",
			[]encoder{parse("", "rows 1"), rawMessage("B\x00\x00\x00\x0d\x00\x00\x00\x00\x00\x00\x00\x00x"), syncMsg},
			"1 E:ERROR:08P01 Z:I",
		},
		{"sync with a body", []encoder{rawMessage("S\x00\x00\x00\x05x"), query("rows 0")}, "E:ERROR:08P01 Z:I T:2 C:SELECT_0 Z:I"},
		{
			"flush with a body",
			[]encoder{rawMessage("H\x00\x00\x00\x05x"), syncMsg, query("rows 0")},
			"E:ERROR:08P01 Z:I T:2 C:SELECT_0 Z:I",
		},
		{"panic", []encoder{query("panic")}, "E:FATAL:XX000 EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := connect(t, New(&fakeHandler{}, Options{}))
			go cl.send(c.send...)
			cl.expect(c.want)
			sendCut(t, c.send, c.want)
		})
	}
}

// sendCut sends the messages cut into random pieces, which must change nothing.
func sendCut(t *testing.T, ms []encoder, want string) {
	t.Helper()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	var buf []byte
	for _, m := range ms {
		buf, _ = m.Encode(buf)
	}
	cl := connect(t, New(&fakeHandler{}, Options{}))
	go func() {
		for len(buf) > 0 {
			n := 1 + random.IntN(min(len(buf), 20))
			if _, err := cl.nc.Write(buf[:n]); err != nil {
				return
			}
			buf = buf[n:]
		}
	}()
	t.Logf("seed %d", seed)
	cl.expect(want)
}

type rawMessage string

func (m rawMessage) Encode(dst []byte) ([]byte, error) { return append(dst, m...), nil }
