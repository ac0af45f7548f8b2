package auth

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// The mechanisms, by their names in SASL.
const (
	ScramSHA256     = "SCRAM-SHA-256"
	ScramSHA256Plus = "SCRAM-SHA-256-PLUS"
)

const nonceBytes = 18

// ErrPassword says that the client does not know the password, or that there is none.
var ErrPassword = errors.New("password authentication failed")

// MalformedError says that a message of the client is no SCRAM.
type MalformedError struct{ Detail string }

// Error implements error.
func (e *MalformedError) Error() string { return "malformed SCRAM message: " + e.Detail }

func malformed(format string, args ...any) error {
	return &MalformedError{fmt.Sprintf(format, args...)}
}

// Exchange is the server's side of one exchange. First and Final are called once each, in
// this order.
type Exchange struct {
	verifier Verifier
	// doomed: there is no password; the exchange goes on to its end, and fails.
	doomed bool
	// mechanism is what the client has chosen. binding is the channel's end point hash,
	// nil without TLS.
	mechanism string
	binding   []byte
	random    io.Reader

	gs2, clientFirst, serverFirst, nonce string
}

// ExchangeOptions are what an exchange depends on.
type ExchangeOptions struct {
	// Mechanism is ScramSHA256 or ScramSHA256Plus.
	Mechanism string
	// Binding is the tls-server-end-point data of the channel; nil without TLS.
	Binding []byte
	// Verifier is that of the user; HasVerifier is false for one without, or none.
	Verifier    Verifier
	HasVerifier bool
	// User and Secret make the answers for a user without a verifier.
	User   string
	Secret []byte
	// Random gives the nonce.
	Random io.Reader
}

// NewExchange begins an exchange.
func NewExchange(o ExchangeOptions) *Exchange {
	s := &Exchange{verifier: o.Verifier, mechanism: o.Mechanism, binding: o.Binding, random: o.Random}
	if !o.HasVerifier {
		s.doomed, s.verifier = true, mockVerifier(o.Secret, o.User)
	}
	return s
}

// First takes the client's first message and returns the server's.
func (s *Exchange) First(message []byte) ([]byte, error) {
	text := string(message)
	if err := s.readGS2(text); err != nil {
		return nil, err
	}
	attrs := strings.Split(s.clientFirst, ",")
	if strings.HasPrefix(attrs[0], "m=") {
		return nil, malformed("client requires an unsupported SCRAM extension")
	}
	// The user is the one of the start-up packet; libpq leaves this one empty.
	if len(attrs) < 2 || !strings.HasPrefix(attrs[0], "n=") || !strings.HasPrefix(attrs[1], "r=") {
		return nil, malformed("a name and a nonce are expected")
	}
	nonce := attrs[1][2:]
	if nonce == "" || strings.ContainsFunc(nonce, func(r rune) bool { return r < 0x21 || r > 0x7e }) {
		return nil, malformed("non-printable characters in the nonce")
	}
	own := make([]byte, nonceBytes)
	if _, err := io.ReadFull(s.random, own); err != nil {
		return nil, fmt.Errorf("no random numbers for a nonce: %w", err)
	}
	s.nonce = nonce + base64.StdEncoding.EncodeToString(own)
	s.serverFirst = "r=" + s.nonce + ",s=" + base64.StdEncoding.EncodeToString(s.verifier.Salt) +
		",i=" + strconv.Itoa(s.verifier.Iterations)
	return []byte(s.serverFirst), nil
}

// readGS2 reads the header that says how the channel is bound.
func (s *Exchange) readGS2(text string) error {
	flag, rest, ok := strings.Cut(text, ",")
	identity, bare, ok2 := strings.Cut(rest, ",")
	if !ok || !ok2 {
		return malformed("the header is cut off")
	}
	plus := s.mechanism == ScramSHA256Plus
	switch {
	case flag == "n" && !plus:
	case flag == "y" && !plus:
		if s.binding != nil {
			// The client could bind the channel and thinks that we cannot: somebody between
			// us has changed our list of mechanisms.
			return malformed("the client supports channel binding but thinks the server does not")
		}
	case flag == "p=tls-server-end-point" && plus:
	case strings.HasPrefix(flag, "p=") && plus:
		return malformed("unsupported SCRAM channel-binding type %q", flag[2:])
	case flag == "n" || flag == "y":
		return malformed("the client selected %s without channel binding", s.mechanism)
	default:
		return malformed("unexpected channel-binding flag %q", flag)
	}
	if identity != "" {
		return malformed("an authorization identity is not supported")
	}
	s.gs2, s.clientFirst = flag+",,", bare
	return nil
}

// Final takes the client's final message. It returns the server's, or ErrPassword.
func (s *Exchange) Final(message []byte) ([]byte, error) {
	text := string(message)
	i := strings.LastIndex(text, ",p=")
	if i < 0 {
		return nil, malformed("a proof is expected")
	}
	attrs := strings.Split(text[:i], ",")
	if len(attrs) < 2 || !strings.HasPrefix(attrs[0], "c=") || !strings.HasPrefix(attrs[1], "r=") {
		return nil, malformed("a channel binding and a nonce are expected")
	}
	proof, err := base64.StdEncoding.Strict().DecodeString(text[i+3:])
	if err != nil || len(proof) != sha256.Size {
		return nil, malformed("the proof has a wrong form")
	}
	bound, err := base64.StdEncoding.Strict().DecodeString(attrs[0][2:])
	if err != nil {
		return nil, malformed("the channel binding has a wrong form")
	}
	signed := s.clientFirst + "," + s.serverFirst + "," + text[:i]
	right := s.proves(proof, signed)
	if !bytes.Equal(bound, s.wantedBinding()) || attrs[1][2:] != s.nonce || !right || s.doomed {
		return nil, ErrPassword
	}
	signature := mac(s.verifier.ServerKey[:], signed)
	return []byte("v=" + base64.StdEncoding.EncodeToString(signature[:])), nil
}

func (s *Exchange) wantedBinding() []byte {
	want := []byte(s.gs2)
	if s.mechanism == ScramSHA256Plus {
		want = append(want, s.binding...)
	}
	return want
}

// proves reports whether the proof is made from the password's client key (I1).
func (s *Exchange) proves(proof []byte, signed string) bool {
	h := hmac.New(sha256.New, s.verifier.StoredKey[:])
	_, _ = io.WriteString(h, signed)
	key := h.Sum(nil)
	for i := range key {
		key[i] ^= proof[i]
	}
	got := sha256.Sum256(key)
	return subtle.ConstantTimeCompare(got[:], s.verifier.StoredKey[:]) == 1
}
