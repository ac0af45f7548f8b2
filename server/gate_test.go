package server

import (
	"context"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"millrace/catalog"
	"millrace/server/auth"
	"millrace/sql/pgerr"
)

func change(t *testing.T, c *catalog.Catalog, index uint64, ops ...catalog.Op) {
	t.Helper()
	for i, op := range ops {
		if err, ok := c.Apply(index+uint64(i), (&catalog.Change{Op: op}).Encode()).(error); ok {
			t.Fatal(err)
		}
	}
}

// Without rules of their own, clients of this machine are trusted until the superuser
// has a password, and others need TLS and a password in any case.
func TestBuiltInRules(t *testing.T) {
	g := &gate{catalog: catalog.New(), now: time.Now}
	local := auth.Client{User: "millrace", Addr: netip.MustParseAddr("127.0.0.1")}
	pipe := auth.Client{User: "millrace", Local: true}
	far := auth.Client{User: "millrace", Addr: netip.MustParseAddr("10.0.0.1")}
	farTLS := far
	farTLS.TLS = true
	want := func(c auth.Client, want auth.Method) {
		t.Helper()
		m, err := g.Method(c)
		if m != want || (err != nil) != (want == auth.Reject) {
			t.Errorf("%+v: %s %v, want %s", c, m, err, want)
		}
		if err != nil && pgerr.Code(err) != pgerr.InvalidAuthorization {
			t.Errorf("%v", err)
		}
	}
	want(local, auth.Trust)
	want(pipe, auth.Trust)
	want(far, auth.Reject)
	want(farTLS, auth.Scram)
	password := "SCRAM-SHA-256$1:AAAA$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "="
	change(t, g.catalog, 1, &catalog.AlterRole{Name: "millrace", Password: &password})
	want(local, auth.Scram)
	want(pipe, auth.Scram)
	want(far, auth.Reject)
	want(farTLS, auth.Scram)
	g.insecure = true
	want(far, auth.Scram)
}

func TestRulesOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hba")
	text := "local all +staff trust\nlocal all bad reject\nhostssl all all all cert\nhostssl all all all trust\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rules, err := auth.OpenRules(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{catalog: catalog.New(), now: time.Now, rules: rules}
	role := func(name string) *catalog.CreateRole {
		return &catalog.CreateRole{Role: &catalog.Role{Name: name, Login: true, ConnectionLimit: -1}}
	}
	change(t, g.catalog, 1, role("staff"), role("ann"), role("bob"),
		&catalog.GrantRole{Roles: []string{"staff"}, Members: []string{"ann"}})
	ssl := auth.Client{User: "ann", Addr: netip.MustParseAddr("10.0.0.1"), TLS: true, CertName: "ann"}
	wrong, none := ssl, ssl
	wrong.CertName, none.CertName = "bob", ""
	for _, c := range []struct {
		client auth.Client
		method auth.Method
		text   string
	}{
		{auth.Client{User: "ann", Local: true}, auth.Trust, ""},
		{
			auth.Client{User: "bob", Database: "millrace", Local: true},
			auth.Reject,
			`no pg_hba.conf entry for host "[local]", user "bob", database "millrace", no encryption`,
		},
		{auth.Client{User: "millrace", Database: "millrace", Local: true}, auth.Reject, "no pg_hba.conf entry"},
		{auth.Client{User: "bad", Local: true}, auth.Reject, "pg_hba.conf rejects connection"},
		{auth.Client{User: "ann", Addr: netip.MustParseAddr("10.0.0.1")}, auth.Reject, `host "10.0.0.1"`},
		{ssl, auth.Cert, ""},
		{wrong, auth.Reject, `certificate authentication failed for user "ann"`},
		{none, auth.Reject, "connection requires a valid client certificate"},
	} {
		m, err := g.Method(c.client)
		if m != c.method || c.text == "" && err != nil || c.text != "" && (err == nil || !strings.Contains(err.Error(), c.text)) {
			t.Errorf("%+v: %s %v, want %s %q", c.client, m, err, c.method, c.text)
		}
	}
}

func TestVerifierEnds(t *testing.T) {
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	g := &gate{catalog: catalog.New(), now: func() time.Time { return now }}
	password := "SCRAM-SHA-256$1:AAAA$" + strings.Repeat("A", 43) + "=:" + strings.Repeat("A", 43) + "="
	end := now.UnixMicro() - microsTo1970
	change(t, g.catalog, 1, &catalog.AlterRole{Name: "millrace", Password: &password, ValidUntil: &end})
	if _, ok := g.Verifier("millrace"); ok {
		t.Error("the password is taken after its end")
	}
	now = now.Add(-time.Second)
	if _, ok := g.Verifier("millrace"); !ok {
		t.Error("the password is not taken before its end")
	}
	if _, ok := g.Verifier("nobody"); ok {
		t.Error("nobody has a password")
	}
}

// openTest starts a server with its data in memory.
func openTest(t *testing.T, o Options) *Server {
	t.Helper()
	o.FS, o.Dir, o.Version = vfs.NewMem(), "/data", "test"
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
		defer done()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestMayServeAll(t *testing.T) {
	files := makeFiles(t)
	rules := filepath.Join(t.TempDir(), "hba")
	if err := os.WriteFile(rules, []byte("hostssl all all all scram-sha-256"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		o    Options
		ok   bool
	}{
		{"nothing", Options{}, false},
		{"TLS only", Options{TLS: files}, false},
		{"a password only", Options{Password: "x"}, false},
		{"both", Options{TLS: files, Password: "x"}, true},
		{"rules", Options{HBA: rules}, true},
		{"insecure", Options{Insecure: true}, true},
	} {
		err := openTest(t, c.o).MayServeAll()
		if (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && !strings.Contains(err.Error(), "--superuser-password-file") {
			t.Errorf("%v does not say what to do", err)
		}
	}
}

// makeFiles makes a certificate for localhost with openssl, which CI has.
func makeFiles(t *testing.T) auth.TLSFiles {
	t.Helper()
	dir := t.TempDir()
	f := auth.TLSFiles{Cert: filepath.Join(dir, "cert"), Key: filepath.Join(dir, "key")}
	out, err := exec.Command("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
		"-nodes", "-keyout", f.Key, "-out", f.Cert, "-days", "2", "-subj", "/CN=localhost",
		"-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1").CombinedOutput()
	if err != nil {
		t.Skipf("openssl: %v\n%s", err, out)
	}
	return f
}

// psql logs in with the password, with TLS verified and the channel bound; not without.
func TestPsqlLogsIn(t *testing.T) {
	psql, err := exec.LookPath("psql")
	if err != nil {
		t.Skip("psql is not installed")
	}
	files := makeFiles(t)
	s := openTest(t, Options{TLS: files, Password: "geheim ß"})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.ServeSQL(l) }()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	run := func(password, options string) string {
		ctx, done := context.WithTimeout(context.Background(), 20*time.Second)
		defer done()
		cmd := exec.CommandContext(ctx, psql, "-XAtw", "-c", "SELECT current_user",
			"host=localhost hostaddr=127.0.0.1 port="+port+" user=millrace dbname=millrace sslrootcert="+files.Cert+" "+options)
		cmd.Env = append(os.Environ(), "PGPASSWORD="+password)
		out, _ := cmd.CombinedOutput()
		return strings.TrimSpace(string(out))
	}
	for _, c := range []struct{ password, options, want string }{
		{"geheim ß", "sslmode=verify-full channel_binding=require", "millrace"},
		{"geheim ß", "sslmode=require channel_binding=disable", "millrace"},
		{"geheim ß", "sslmode=disable", "millrace"},
		{"wrong", "sslmode=verify-full", `FATAL:  password authentication failed for user "millrace"`},
		{"geheim ß", "sslmode=disable user=nobody", `FATAL:  password authentication failed for user "nobody"`},
	} {
		if got := run(c.password, c.options); !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: %s, want %s", c.options, got, c.want)
		}
	}
}

// A name that a file of rules lets in is not taken for the superuser's.
func TestRulesDoNotMakeSuperusers(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "hba")
	if err := os.WriteFile(rules, []byte("local all all trust"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openTest(t, Options{HBA: rules})
	ours, theirs := net.Pipe()
	go s.ServeConn(theirs)
	defer ours.Close()
	go func() { _, _ = ours.Write([]byte("\x00\x00\x00\x12\x00\x03\x00\x00user\x00joe\x00\x00")) }()
	buf := make([]byte, 1000)
	n, err := ours.Read(buf)
	if err != nil || buf[0] != 'E' || !strings.Contains(string(buf[:n]), `role "joe" does not exist`) {
		t.Errorf("%q %v", buf[:n], err)
	}
}
