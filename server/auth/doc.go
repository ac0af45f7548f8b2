// Package auth proves who a client is, without any knowledge of the wire or of SQL:
// passwords and their verifiers, the server's side of SCRAM-SHA-256, and the rules that
// say who may connect from where.
//
// # Passwords
//
// A password is kept as a Verifier (RFC 5803, in PostgreSQL's form), from which it
// cannot be computed. Exchange is one run of RFC 5802 and 7677, with channel binding
// over TLS. A name that does not exist gets a verifier made from a secret of the server,
// so that an attempt to log in tells nothing about which names exist.
//
// # Rules
//
// Rules is a file in the form of PostgreSQL's pg_hba.conf. The first rule that fits a
// connection decides how its client has to prove who it is.
//
// Files (rules, certificates) are read again when they change: each look-up costs a stat.
// A file that has become wrong leaves what was read before in force.
//
// # Invariants
//
//   - I1: comparisons of secrets take the same time wherever they differ.
//   - I2: nothing that a client sends before it is authenticated makes us allocate more
//     than a few times its length, which the wire bounds.
package auth
