package auth

import (
	"crypto/rand"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The example of RFC 7677, with its salt, nonces and proofs.
func TestExchangeOfRFC7677(t *testing.T) {
	v, err := makeVerifier("pencil", []byte("[m\x99h\x9d\x125\x8e\xec\xa0K\x14\x126\xfa\x81"), 4096)
	if err != nil {
		t.Fatal(err)
	}
	s := &Exchange{verifier: v, mechanism: ScramSHA256}
	s.gs2, s.clientFirst = "n,,", "n=user,r=rOprNGfwEbeRWgbNEkqO"
	s.nonce = `rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`
	s.serverFirst = "r=" + s.nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
	got, err := s.Final([]byte("c=biws,r=" + s.nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
	if err != nil || string(got) != "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=" {
		t.Fatalf("%q %v", got, err)
	}
}

func TestVerifierText(t *testing.T) {
	v, err := NewVerifier("s3cret", DefaultIterations, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	again, ok := ParseVerifier(v.String())
	if !ok || !again.Matches("s3cret") || again.Matches("S3cret") || again.Matches("") {
		t.Errorf("%s: %t", v, ok)
	}
	// Made by PostgreSQL 15 from the password "pw".
	pg := "SCRAM-SHA-256$4096:kzbyxLCmgFtMBDoFtOXQNw==$Kzzy7mTGQfGsOwoJnVlsnhXzrZxWlSqlXkOwHQLQVqA=:"
	for _, bad := range []string{
		"", "pw", "md5aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "SCRAM-SHA-256$", "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA", pg,
		"SCRAM-SHA-256$0:AAAA$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "=",
		"SCRAM-SHA-256$99999999999:AAAA$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "=",
		"SCRAM-SHA-256$-1:AAAA$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "=",
		"SCRAM-SHA-256$4096:$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "=",
	} {
		if _, ok := ParseVerifier(bad); ok {
			t.Errorf("%q is taken for a verifier", bad)
		}
	}
}

// SASLprep's examples of RFC 4013, and what it refuses.
func TestPrepare(t *testing.T) {
	for in, want := range map[string]string{
		"I\u00adX": "IX", "user": "user", "USER": "USER", "\u00aa": "a", "\u2168": "IX", "a\u00a0b": "a b",
		"\u0007": "\u0007", "\u06271": "\u06271", "\xff": "\xff", "": "", "\u00ad": "\u00ad",
	} {
		if got := prepare(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzExchange(f *testing.F) {
	v, err := makeVerifier("pencil", []byte("salt"), 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("n,,n=,r=abc", "c=biws,r=abc,p=AAAA", false)
	f.Add("p=tls-server-end-point,,n=,r=x", ",p=", true)
	f.Add("y,,n=,r=,m=", "c=,r=,p=,p=", true)
	f.Fuzz(func(t *testing.T, first, final string, plus bool) {
		o := ExchangeOptions{Mechanism: ScramSHA256, Verifier: v, HasVerifier: true, Random: rand.Reader}
		if plus {
			o.Mechanism, o.Binding = ScramSHA256Plus, []byte("hash")
		}
		s := NewExchange(o)
		if _, err := s.First([]byte(first)); err != nil {
			return
		}
		if _, err := s.Final([]byte(final)); err == nil {
			t.Fatal("let in without the password")
		}
	})
}

func FuzzRules(f *testing.F) {
	f.Add("host all +\"a b\",c 10.0.0.0/8 scram-sha-256 # x\nlocal all all trust")
	f.Add("hostssl a,b , c all 1.2.3.4 255.255.0.0 cert clientcert=verify-full")
	f.Fuzz(func(_ *testing.T, text string) {
		rules, err := ParseRules(text)
		if err == nil {
			rules.Match(Client{User: "a", Database: "b", Addr: netip.MustParseAddr("10.1.1.1")})
		}
	})
}

func TestRules(t *testing.T) {
	rules, err := ParseRules(`
# TYPE  DATABASE  USER            ADDRESS                 METHOD
local   all       all                                     trust
host    all       "all"           0.0.0.0/0               reject
hostssl all       ann,"Bob"       10.1.0.0 255.255.0.0    scram-sha-256   # those two
hostssl m , n     +admin          ::/0                    cert
hostnossl sameuser all            all                     md5
host    all       all             192.168.0.7/32          reject
host    all       all             192.168.0.0/16          scram-sha-256
hostssl all       app             all                     scram-sha-256 clientcert=verify-ca
`)
	if err != nil {
		t.Fatal(err)
	}
	at := netip.MustParseAddr
	member := func(role string) bool { return role == "admin" }
	for _, c := range []struct {
		client Client
		line   int
	}{
		{Client{User: "x", Local: true}, 3},
		{Client{User: "all", Addr: at("8.8.8.8")}, 4},
		{Client{User: "ann", Addr: at("10.1.2.3"), TLS: true}, 5},
		{Client{User: "Bob", Addr: at("10.1.2.3"), TLS: true}, 5},
		{Client{User: "bob", Addr: at("10.1.2.3"), TLS: true}, 0},
		{Client{User: "ann", Addr: at("10.2.2.3"), TLS: true}, 0},
		{Client{User: "ann", Addr: at("10.1.2.3")}, 0},
		{Client{User: "x", Database: "n", Addr: at("fe80::1"), TLS: true, MemberOf: member}, 6},
		{Client{User: "x", Database: "o", Addr: at("fe80::1"), TLS: true, MemberOf: member}, 0},
		{Client{User: "x", Database: "n", Addr: at("fe80::1"), TLS: true}, 0},
		{Client{User: "d", Database: "d", Addr: at("9.9.9.9")}, 7},
		{Client{User: "d", Database: "d", Addr: at("9.9.9.9"), TLS: true}, 0},
		{Client{User: "d", Database: "e", Addr: at("192.168.0.7")}, 8},
		{Client{User: "d", Database: "e", Addr: at("192.168.0.8")}, 9},
		{Client{User: "app", Database: "e", Addr: at("9.9.9.9"), TLS: true}, 10},
	} {
		line := 0
		if r := rules.Match(c.client); r != nil {
			line = r.Line
		}
		if line != c.line {
			t.Errorf("%+v: line %d, want %d", c.client, line, c.line)
		}
	}
}

func TestWrongRules(t *testing.T) {
	for text, want := range map[string]string{
		"hosts all all all trust":                     "connection type \"hosts\"",
		"host all all":                                "ends too early",
		"host all all all":                            "ends too early",
		"host all all 10.0.0.0/33 trust":              "10.0.0.0/33",
		"host all all 10.0.0.0 trust":                 "has no mask",
		"host all all example.com trust":              "names of hosts are not supported",
		"host all all 10.0.0.0 255.0.255.0 trust":     "does not fit",
		"host all all 10.0.0.0 ffff:: trust":          "does not fit",
		"local all all ldap":                          "\"ldap\" is not supported",
		"host all all all scram-sha-256 map=x":        "\"map=x\" is not supported",
		"host all all all cert":                       "needs a hostssl rule",
		"host all all all password":                   "needs a hostssl rule",
		"host all all all trust clientcert=verify-ca": "needs a hostssl rule",
		"host all \"all all trust":                    "a quote is not closed",
		"\n\nlocal all , all trust":                   "line 3",
	} {
		_, err := ParseRules(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A changed file of rules is used at once; a wrong one is reported and changes nothing.
func TestRulesFileChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hba")
	at := time.Unix(1000, 0)
	write := func(text string) {
		at = at.Add(time.Second)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	write("local all all trust")
	var failed []string
	f, err := OpenRules(path, func(err error) { failed = append(failed, err.Error()) })
	if err != nil {
		t.Fatal(err)
	}
	method := func() Method { return f.Rules()[0].Method }
	if m := method(); m != Trust {
		t.Errorf("first %s", m)
	}
	write("local all all reject")
	if m := method(); m != Reject {
		t.Errorf("changed %s", m)
	}
	write("local all all nonsense")
	if m := method(); m != Reject || len(failed) != 1 || !strings.Contains(failed[0], "line 1") {
		t.Errorf("wrong %s %v", m, failed)
	}
	if method(); len(failed) != 1 {
		t.Errorf("reported again: %v", failed)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if m := method(); m != Reject || len(failed) != 2 {
		t.Errorf("gone %s %v", m, failed)
	}
	if _, err := OpenRules(path, nil); err == nil {
		t.Error("a server starts without its rules")
	}
}
