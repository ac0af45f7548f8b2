package auth

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// Method is how a client proves who it is.
type Method string

// The methods of a rule.
const (
	Trust    Method = "trust"         // not at all
	Reject   Method = "reject"        // it cannot
	Scram    Method = "scram-sha-256" // by its password, which is not sent
	Password Method = "password"      // by its password in clear, over TLS only
	Cert     Method = "cert"          // by a certificate with the role's name
)

// Client is who wants to connect, from where.
type Client struct {
	User, Database string
	// Addr is not valid for a connection without one, such as a pipe: then Local is set.
	Addr  netip.Addr
	Local bool
	// TLS tells that the connection is encrypted. CertName is the common name of the
	// client's certificate, "" when it has shown none.
	TLS      bool
	CertName string
	// MemberOf reports whether User is a member of a role; nil never is.
	MemberOf func(role string) bool
}

// Host is the client's address in messages.
func (c Client) Host() string {
	if !c.Addr.IsValid() {
		return "[local]"
	}
	return c.Addr.String()
}

// Encryption is how messages call what the connection has of it.
func (c Client) Encryption() string {
	if c.TLS {
		return "SSL encryption"
	}
	return "no encryption"
}

// Rule is one line of the file.
type Rule struct {
	Line int
	// Type is local, host, hostssl or hostnossl.
	Type             string
	Databases, Users []string
	// Net is the addresses; AllNets stands for all of them.
	Net     netip.Prefix
	AllNets bool
	Method  Method
	// NeedCert: the client shows a certificate, whatever the method; FullCert: one with
	// the role's name.
	NeedCert, FullCert bool
}

// Rules are in the order of the file; the first that fits decides.
type Rules []Rule

// ParseRules reads rules in the form of pg_hba.conf.
func ParseRules(text string) (Rules, error) {
	var out Rules
	for i, line := range strings.Split(text, "\n") {
		words, err := splitRule(strings.TrimSuffix(line, "\r"))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if len(words) == 0 {
			continue
		}
		r, err := parseRule(words)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		r.Line = i + 1
		out = append(out, r)
	}
	return out, nil
}

// splitRule cuts a line into fields, and these at commas. A quoted word keeps one quote
// in front, which takes its special meaning from it.
func splitRule(line string) ([][]string, error) {
	var fields [][]string
	var field []string
	for rest := line; ; {
		trimmed := strings.TrimLeft(rest, " \t")
		if trimmed == "" || trimmed[0] == '#' {
			if field != nil {
				fields = append(fields, field)
			}
			return fields, nil
		}
		if field != nil && len(trimmed) < len(rest) && trimmed[0] != ',' {
			fields, field = append(fields, field), nil
		}
		word, after, err := cutWord(trimmed)
		if err != nil {
			return nil, err
		}
		field = append(field, word)
		rest = after
		if comma := strings.TrimLeft(rest, " \t"); strings.HasPrefix(comma, ",") {
			rest = strings.TrimLeft(comma[1:], " \t")
			continue
		}
		if rest != "" {
			fields, field = append(fields, field), nil
		}
	}
}

func cutWord(s string) (word, rest string, err error) {
	if s[0] == '"' {
		end := strings.IndexByte(s[1:], '"')
		if end < 0 {
			return "", "", fmt.Errorf("a quote is not closed")
		}
		return s[:end+1], s[end+2:], nil
	}
	end := strings.IndexAny(s, " \t,#")
	if end < 0 {
		end = len(s)
	}
	if end == 0 {
		return "", "", fmt.Errorf("a word is missing before %q", s[:1])
	}
	return s[:end], s[end:], nil
}

func parseRule(f [][]string) (Rule, error) {
	r := Rule{Type: f[0][0]}
	addressed := true
	switch r.Type {
	case "local":
		addressed = false
	case "host", "hostssl", "hostnossl":
	default:
		return r, fmt.Errorf("connection type %q is not known; there are local, host, hostssl and hostnossl", r.Type)
	}
	need := 4
	if addressed {
		need = 5
	}
	if len(f) < need {
		return r, fmt.Errorf("the rule ends too early: %s, database, user, address and method are expected", r.Type)
	}
	r.Databases, r.Users = f[1], f[2]
	rest := f[3:]
	if addressed {
		var err error
		if rest, err = r.address(rest); err != nil {
			return r, err
		}
	}
	if len(rest) == 0 {
		return r, fmt.Errorf("the rule has no method")
	}
	return r, r.method(rest)
}

// address reads the address and, where it stands in a field of its own, its mask.
func (r *Rule) address(f [][]string) (rest [][]string, err error) {
	text := f[0][0]
	switch {
	case text == "all":
		r.AllNets = true
		return f[1:], nil
	case strings.Contains(text, "/"):
		if r.Net, err = netip.ParsePrefix(text); err != nil {
			return nil, fmt.Errorf("address %q: %w", text, err)
		}
		r.Net = r.Net.Masked()
		return f[1:], nil
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return nil, fmt.Errorf("address %q is not one; write all, an address with a mask, or a network such as 10.0.0.0/8 (names of hosts are not supported)", text)
	}
	if len(f) > 1 {
		if mask, err := netip.ParseAddr(f[1][0]); err == nil {
			bits, ok := maskBits(mask)
			if !ok || mask.BitLen() != addr.BitLen() {
				return nil, fmt.Errorf("mask %q does not fit %q", f[1][0], text)
			}
			r.Net = netip.PrefixFrom(addr, bits).Masked()
			return f[2:], nil
		}
	}
	return nil, fmt.Errorf("address %q has no mask; write %s/%d for this one", text, text, addr.BitLen())
}

// maskBits counts the leading ones of a mask; ok is false when a one follows a zero.
func maskBits(mask netip.Addr) (bits int, ok bool) {
	for _, b := range mask.AsSlice() {
		for i := 7; i >= 0; i-- {
			if b>>i&1 == 1 {
				bits++
				continue
			}
			p, err := netip.MustParseAddr(mask.String()).Prefix(bits)
			return bits, err == nil && p.Addr() == mask
		}
	}
	return bits, true
}

func (r *Rule) method(f [][]string) error {
	switch m := f[0][0]; m {
	case "md5": // PostgreSQL, too, uses SCRAM where the password was stored for it
		r.Method = Scram
	case string(Trust), string(Reject), string(Scram), string(Password), string(Cert):
		r.Method = Method(m)
	default:
		return fmt.Errorf("authentication method %q is not supported; there are trust, reject, scram-sha-256, password and cert", m)
	}
	for _, option := range f[1:] {
		name, value, _ := strings.Cut(option[0], "=")
		switch {
		case name == "clientcert" && (value == "verify-ca" || value == "verify-full"):
			r.NeedCert, r.FullCert = true, value == "verify-full"
		default:
			return fmt.Errorf("option %q is not supported; there are clientcert=verify-ca and clientcert=verify-full", option[0])
		}
	}
	if (r.Method == Cert || r.NeedCert || r.Method == Password) && r.Type != "hostssl" {
		return fmt.Errorf("%s needs a hostssl rule", strings.Join(f[0], ""))
	}
	if r.Method == Cert {
		r.NeedCert, r.FullCert = true, true
	}
	return nil
}

// Match returns the first rule that fits, nil when none does.
func (rules Rules) Match(c Client) *Rule {
	for i := range rules {
		if rules[i].fits(c) {
			return &rules[i]
		}
	}
	return nil
}

func (r *Rule) fits(c Client) bool {
	switch {
	case r.Type == "local" && !c.Local, r.Type != "local" && c.Local, r.Type == "hostssl" && !c.TLS, r.Type == "hostnossl" && c.TLS:
		return false
	case !c.Local && !r.AllNets && !r.Net.Contains(c.Addr):
		return false
	}
	return slices.ContainsFunc(r.Databases, func(w string) bool { return fitsDatabase(w, c) }) &&
		slices.ContainsFunc(r.Users, func(w string) bool { return fitsUser(w, c) })
}

func fitsDatabase(word string, c Client) bool {
	switch word {
	case "all":
		return true
	case "sameuser":
		return c.User == c.Database
	case "samerole", "samegroup":
		return c.MemberOf != nil && c.MemberOf(c.Database)
	case "replication":
		return false
	}
	return strings.TrimPrefix(word, `"`) == c.Database
}

func fitsUser(word string, c Client) bool {
	if word == "all" {
		return true
	}
	if role, ok := strings.CutPrefix(word, "+"); ok {
		return c.MemberOf != nil && c.MemberOf(strings.Trim(role, `"`))
	}
	return strings.TrimPrefix(word, `"`) == c.User
}

// RulesFile is a file of rules that is read again when it changes.
type RulesFile struct{ w watched[Rules] }

// OpenRules reads the file. failed is told when it changes and is wrong; the rules read
// before stay in force then.
func OpenRules(path string, failed func(error)) (*RulesFile, error) {
	f := &RulesFile{}
	f.w = watched[Rules]{paths: []string{path}, failed: failed, read: func() (Rules, error) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		rules, err := ParseRules(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return rules, nil
	}}
	return f, f.w.open()
}

// Rules returns the rules in force.
func (f *RulesFile) Rules() Rules { return f.w.current() }
