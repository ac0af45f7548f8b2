package main

import (
	"crypto/tls"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"millrace/server"
	"millrace/server/auth"
)

// passwordVariable has the first superuser's password, for containers.
const passwordVariable = "MILLRACE_SUPERUSER_PASSWORD"

// secureFlags are the flags that say who may connect.
type secureFlags struct {
	cert, key, clientCA, minVersion string
	passwordFile, hba               string
	insecure                        bool
}

func (f *secureFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.cert, "tls-cert", "", "file with the server's certificate and those of its issuers; read again when it changes")
	fs.StringVar(&f.key, "tls-key", "", "file with the certificate's private key")
	fs.StringVar(&f.clientCA, "tls-client-ca", "", "file with the issuers of clients' certificates, for the method cert")
	fs.StringVar(&f.minVersion, "tls-min-version", "1.2", "oldest version of TLS that is spoken: 1.2 or 1.3")
	fs.StringVar(&f.passwordFile, "superuser-password-file", "", "file with the password of the superuser millrace, set at each start; or "+passwordVariable)
	fs.StringVar(&f.hba, "hba", "", "file of rules, as PostgreSQL's pg_hba.conf, that say who may connect from where; read again when it changes")
	fs.BoolVar(&f.insecure, "insecure", false, "serve other machines without TLS, and without passwords if the superuser has none")
}

// options checks the flags and puts them into the server's options.
func (f *secureFlags) options(o *server.Options) error {
	if (f.cert == "") != (f.key == "") {
		return errors.New("--tls-cert and --tls-key belong together: give both")
	}
	if f.clientCA != "" && f.cert == "" {
		return errors.New("--tls-client-ca needs --tls-cert and --tls-key")
	}
	o.TLS = auth.TLSFiles{Cert: f.cert, Key: f.key, ClientCA: f.clientCA}
	switch f.minVersion {
	case "", "1.2":
		o.TLS.MinVersion = tls.VersionTLS12
	case "1.3":
		o.TLS.MinVersion = tls.VersionTLS13
	default:
		return fmt.Errorf("--tls-min-version %q: must be 1.2 or 1.3", f.minVersion)
	}
	o.HBA, o.Insecure = f.hba, f.insecure
	o.Password = os.Getenv(passwordVariable)
	if f.passwordFile == "" {
		return nil
	}
	text, err := os.ReadFile(f.passwordFile)
	if err != nil {
		return fmt.Errorf("--superuser-password-file: %w", err)
	}
	if o.Password = strings.TrimRight(string(text), "\r\n"); o.Password == "" {
		return fmt.Errorf("--superuser-password-file %q is empty", f.passwordFile)
	}
	return nil
}

// isLoopback reports whether only this machine can reach the address.
func isLoopback(addr string) (bool, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false, fmt.Errorf("--listen %q: %w", addr, err)
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// mayListen refuses an address that other machines can reach while anybody there could
// do everything.
func mayListen(addr string, srv *server.Server) error {
	local, err := isLoopback(addr)
	if err != nil || local {
		return err
	}
	if err := srv.MayServeAll(); err != nil {
		return fmt.Errorf("--listen %q: %w", addr, err)
	}
	return nil
}

// ignoreHangup keeps SIGHUP, by which services are told to read their files again, from
// ending the server: certificates and rules are read again by themselves.
func ignoreHangup(log *slog.Logger, done <-chan struct{}) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	defer signal.Stop(c)
	for {
		select {
		case <-c:
			log.Info("SIGHUP: certificates and rules are read again when they have changed")
		case <-done:
			return
		}
	}
}

// warnEvery is how often the log tells that --insecure is set.
const warnEvery = time.Minute

// warnInsecure reminds of --insecure until done.
func warnInsecure(log *slog.Logger, addr string, done <-chan struct{}) {
	t := time.NewTicker(warnEvery)
	defer t.Stop()
	for {
		log.Warn("--insecure: clients of other machines are served without TLS", slog.String("listen", addr))
		select {
		case <-t.C:
		case <-done:
			return
		}
	}
}
