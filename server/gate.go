package server

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"millrace/catalog"
	"millrace/server/auth"
	"millrace/sql/pgerr"
)

// reservedConnections are kept for superusers, as in PostgreSQL.
const reservedConnections = 3

// gate lets clients in by the rules of a file, or by the ones that are built in, and by
// the passwords in the catalog. It is pgwire.Gate.
type gate struct {
	catalog *catalog.Catalog
	rules   *auth.RulesFile // nil without a file
	now     func() time.Time
	// insecure: clients of other machines need no TLS.
	insecure bool
}

// Method implements pgwire.Gate.
func (g *gate) Method(c auth.Client) (auth.Method, error) {
	if g.rules == nil {
		return g.builtIn(c)
	}
	snap := g.catalog.Current()
	c.MemberOf = func(role string) bool {
		r, ok := snap.RoleByName(role)
		u, known := snap.RoleByName(c.User)
		return ok && known && (u.ID == r.ID || !u.Super && snap.IsMember(u.ID, r.ID))
	}
	r := g.rules.Rules().Match(c)
	switch {
	case r == nil:
		return auth.Reject, pgerr.Newf(pgerr.InvalidAuthorization,
			"no pg_hba.conf entry for host \"%s\", user \"%s\", database \"%s\", %s",
			c.Host(), c.User, c.Database, c.Encryption())
	case r.Method == auth.Reject:
		return auth.Reject, pgerr.Newf(pgerr.InvalidAuthorization,
			"pg_hba.conf rejects connection for host \"%s\", user \"%s\", database \"%s\", %s",
			c.Host(), c.User, c.Database, c.Encryption())
	case r.NeedCert && c.CertName == "":
		return auth.Reject, pgerr.New(pgerr.InvalidAuthorization, "connection requires a valid client certificate")
	case r.FullCert && c.CertName != c.User:
		return auth.Reject, pgerr.Newf(pgerr.InvalidAuthorization,
			"certificate authentication failed for user \"%s\"", c.User)
	}
	return r.Method, nil
}

// builtIn are the rules without a file: clients of this machine are trusted until the
// first superuser has a password, and then need one; all others need TLS and a password.
func (g *gate) builtIn(c auth.Client) (auth.Method, error) {
	local := c.Local || c.Addr.IsLoopback()
	switch {
	case (local || g.insecure) && !g.hasPassword():
		return auth.Trust, nil
	case local || g.insecure || c.TLS:
		return auth.Scram, nil
	}
	return auth.Reject, pgerr.Newf(pgerr.InvalidAuthorization,
		"connection from host \"%s\", user \"%s\" without TLS is refused", c.Host(), c.User).
		WithHint("Connect with sslmode=require.")
}

// hasPassword reports whether the first superuser has a password.
func (g *gate) hasPassword() bool {
	r, ok := g.catalog.Current().Role(catalog.BootstrapRole)
	return ok && r.Password != ""
}

// Verifier implements pgwire.Gate.
func (g *gate) Verifier(user string) (auth.Verifier, bool) {
	r, ok := g.catalog.Current().RoleByName(user)
	if !ok || r.ValidUntil != nil && *r.ValidUntil <= g.now().UnixMicro()-microsTo1970 {
		return auth.Verifier{}, false
	}
	return auth.ParseVerifier(r.Password)
}

// Super implements pgwire.Gate.
func (g *gate) Super(user string) bool {
	r, ok := g.catalog.Current().RoleByName(user)
	return ok && r.Super
}

// reserved is how many connections are for superusers only: not all of them.
func (s *Server) reserved() int {
	if n := s.opts.ConnectionsMax; n > 0 {
		return min(reservedConnections, n-1)
	}
	return reservedConnections
}

// openGate reads the files that say who may connect.
func (s *Server) openGate() (err error) {
	s.gate = &gate{catalog: s.catalog, now: s.opts.Now, insecure: s.opts.Insecure}
	warn := func(err error) { s.opts.Logger.Error("a file has changed and is not used", "error", err) }
	if s.opts.HBA != "" {
		if s.gate.rules, err = auth.OpenRules(s.opts.HBA, warn); err != nil {
			return err
		}
	}
	if s.opts.TLS.Cert != "" {
		s.certificates, err = auth.OpenCertificates(s.opts.TLS, warn)
	}
	return err
}

// setPassword gives the first superuser a password, unless it has this one.
func (s *Server) setPassword(ctx context.Context) error {
	if s.opts.Password == "" {
		return nil
	}
	r, _ := s.catalog.Current().Role(catalog.BootstrapRole)
	if v, ok := auth.ParseVerifier(r.Password); ok && v.Matches(s.opts.Password) {
		return nil
	}
	v, err := auth.NewVerifier(s.opts.Password, auth.DefaultIterations, rand.Reader)
	if err != nil {
		return err
	}
	text := v.String()
	_, err = catalog.Propose(ctx, proposer{s.log}, &catalog.Change{Op: &catalog.AlterRole{Name: r.Name, Password: &text}})
	return err
}

// errOpenToAll refuses a server that other machines can reach and anybody could use.
var errOpenToAll = errors.New("clients of other machines need TLS and passwords: give --tls-cert and --tls-key, and a password " +
	"for the superuser by --superuser-password-file or MILLRACE_SUPERUSER_PASSWORD; or give rules of your own by --hba; " +
	"or --insecure, to serve everybody who can reach the address")

// MayServeAll reports, as an error, why clients of other machines must not be served.
func (s *Server) MayServeAll() error {
	if s.opts.Insecure || s.gate.rules != nil || s.certificates != nil && s.gate.hasPassword() {
		return nil
	}
	return errOpenToAll
}
