package auth

import (
	"crypto"
	_ "crypto/sha512" // certificates signed with SHA-384 and SHA-512
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
)

// ALPN is the name of PostgreSQL's protocol in TLS.
const ALPN = "postgresql"

// TLSFiles name the files of the server's side of TLS.
type TLSFiles struct {
	// Cert has the certificate, behind it those of its issuers; Key its private key.
	Cert, Key string
	// ClientCA has the issuers of clients' certificates; "" asks for none.
	ClientCA string
	// MinVersion is tls.VersionTLS12, the default, or tls.VersionTLS13.
	MinVersion uint16
}

// Certificates is the server's side of TLS. Its files are read again when they change.
type Certificates struct {
	files TLSFiles
	w     watched[*loaded]
}

type loaded struct {
	cert    *tls.Certificate
	binding []byte
	clients *x509.CertPool
}

// OpenCertificates reads the files. failed is told when they change and are wrong; what
// was read before stays in force then.
func OpenCertificates(files TLSFiles, failed func(error)) (*Certificates, error) {
	if files.MinVersion == 0 {
		files.MinVersion = tls.VersionTLS12
	}
	c := &Certificates{files: files}
	c.w = watched[*loaded]{paths: []string{files.Cert, files.Key}, read: c.load, failed: failed}
	if files.ClientCA != "" {
		c.w.paths = append(c.w.paths, files.ClientCA)
	}
	return c, c.w.open()
}

func (c *Certificates) load() (*loaded, error) {
	cert, err := tls.LoadX509KeyPair(c.files.Cert, c.files.Key)
	if err != nil {
		return nil, fmt.Errorf("certificate %s with key %s: %w", c.files.Cert, c.files.Key, err)
	}
	l := &loaded{cert: &cert}
	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	if err != nil {
		return nil, fmt.Errorf("certificate %s: %w", c.files.Cert, err)
	}
	l.binding = endPoint(leaf)
	if c.files.ClientCA == "" {
		return l, nil
	}
	text, err := os.ReadFile(c.files.ClientCA)
	if err != nil {
		return nil, err
	}
	l.clients = x509.NewCertPool()
	if !l.clients.AppendCertsFromPEM(text) {
		return nil, errors.New(c.files.ClientCA + ": no certificate in it")
	}
	return l, nil
}

// Channel is how one connection is encrypted.
type Channel struct {
	Config *tls.Config
	// Binding is the tls-server-end-point data of RFC 5929.
	Binding []byte
}

// Channel returns the configuration for one connection, with the certificate as it is now.
func (c *Certificates) Channel() Channel {
	l := c.w.current()
	cfg := &tls.Config{
		Certificates: []tls.Certificate{*l.cert}, MinVersion: c.files.MinVersion, NextProtos: []string{ALPN},
	}
	if l.clients != nil {
		cfg.ClientCAs, cfg.ClientAuth = l.clients, tls.VerifyClientCertIfGiven
	}
	return Channel{Config: cfg, Binding: l.binding}
}

// endPoint is the hash of a certificate: by the hash of its signature, and SHA-256 where
// that is MD5 or SHA-1 or has none.
func endPoint(cert *x509.Certificate) []byte {
	hash := crypto.SHA256
	switch cert.SignatureAlgorithm {
	case x509.SHA384WithRSA, x509.ECDSAWithSHA384, x509.SHA384WithRSAPSS:
		hash = crypto.SHA384
	case x509.SHA512WithRSA, x509.ECDSAWithSHA512, x509.SHA512WithRSAPSS:
		hash = crypto.SHA512
	}
	h := hash.New()
	h.Write(cert.Raw)
	return h.Sum(nil)
}
