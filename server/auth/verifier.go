package auth

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// DefaultIterations is how often a new password is hashed, as in PostgreSQL.
const DefaultIterations = 4096

// iterationsMax bounds the work that a verifier made elsewhere can ask of a client.
const iterationsMax = 10_000_000

const saltBytes = 16

// verifierPrefix begins the text of a verifier.
const verifierPrefix = "SCRAM-SHA-256$"

// Verifier is what is kept of a password.
type Verifier struct {
	Iterations           int
	Salt                 []byte
	StoredKey, ServerKey [sha256.Size]byte
}

// NewVerifier makes the verifier of a password; random gives the salt.
func NewVerifier(password string, iterations int, random io.Reader) (Verifier, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(random, salt); err != nil {
		return Verifier{}, fmt.Errorf("no random numbers for a salt: %w", err)
	}
	return makeVerifier(password, salt, iterations)
}

func makeVerifier(password string, salt []byte, iterations int) (Verifier, error) {
	salted, err := pbkdf2.Key(sha256.New, prepare(password), salt, iterations, sha256.Size)
	if err != nil {
		return Verifier{}, err
	}
	v := Verifier{Iterations: iterations, Salt: salt}
	client := mac(salted, "Client Key")
	v.StoredKey = sha256.Sum256(client[:])
	v.ServerKey = mac(salted, "Server Key")
	return v, nil
}

func mac(key []byte, text string) (out [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	_, _ = io.WriteString(h, text)
	h.Sum(out[:0])
	return out
}

// String returns the form that PostgreSQL stores:
// SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey, the last three in base64.
func (v Verifier) String() string {
	b64 := base64.StdEncoding.EncodeToString
	return verifierPrefix + strconv.Itoa(v.Iterations) + ":" + b64(v.Salt) + "$" +
		b64(v.StoredKey[:]) + ":" + b64(v.ServerKey[:])
}

// ParseVerifier reads what String wrote; ok is false for any other text, which then is
// a password.
func ParseVerifier(text string) (v Verifier, ok bool) {
	rest, found := strings.CutPrefix(text, verifierPrefix)
	head, keys, found2 := strings.Cut(rest, "$")
	iterations, salt, found3 := strings.Cut(head, ":")
	stored, server, found4 := strings.Cut(keys, ":")
	if !found || !found2 || !found3 || !found4 {
		return v, false
	}
	n, err := strconv.Atoi(iterations)
	if err != nil || n < 1 || n > iterationsMax {
		return v, false
	}
	v.Iterations = n
	if v.Salt, err = base64.StdEncoding.Strict().DecodeString(salt); err != nil || len(v.Salt) == 0 {
		return v, false
	}
	return v, decodeKey(v.StoredKey[:], stored) && decodeKey(v.ServerKey[:], server)
}

func decodeKey(into []byte, text string) bool {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	return err == nil && copy(into, b) == len(into) && len(b) == len(into)
}

// Matches reports whether the password is the one of the verifier.
func (v Verifier) Matches(password string) bool {
	other, err := makeVerifier(password, v.Salt, v.Iterations)
	return err == nil && subtle.ConstantTimeCompare(other.ServerKey[:], v.ServerKey[:]) == 1
}

// mockVerifier is the verifier of a name without one: always the same for one secret, and
// no password fits it.
func mockVerifier(secret []byte, user string) Verifier {
	salt := mac(secret, "salt:"+user)
	return Verifier{
		Iterations: DefaultIterations, Salt: salt[:saltBytes],
		StoredKey: mac(secret, "stored:"+user), ServerKey: mac(secret, "server:"+user),
	}
}
