package pgwire

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// The codes in the place of the protocol version.
const (
	codeCancel = 80877102
	codeSSL    = 80877103
	codeGSS    = 80877104
)

// The protocol versions: the newest, and the first without long cancel keys.
const (
	protocol30 = 3 << 16
	protocol32 = 3<<16 | 2
)

// startup is the outcome of reading start-up packets.
type startup struct {
	// cancel: the packet was a CancelRequest for pid with key.
	cancel bool
	pid    int32
	key    []byte

	requested uint32 // protocol version asked for
	version   uint32 // and the one that is spoken
	params    map[string]string
	unknown   []string // protocol options (_pq_.x) we do not have
}

// readStartup reads the packets before authentication. It reads exactly their
// bytes, so that nothing sent in clear can be taken for what comes after. io.EOF
// means that the client left, or is no PostgreSQL client: there is nothing to say.
//
// encrypt, where it is not nil, makes the connection one over TLS and returns that; it is
// given the bytes that were read of a client that speaks TLS at once, nil of one that
// asked.
func readStartup(nc io.ReadWriter, encrypt func(head []byte) (io.ReadWriter, error)) (startup, error) {
	var asked struct{ ssl, gss bool }
	for first := true; ; first = false {
		head, body, err := readPacket(nc)
		if first && encrypt != nil && len(head) == 4 && head[0] == tlsHandshake {
			if nc, err = encrypt(head); err != nil {
				return startup{}, err
			}
			asked.ssl, asked.gss, encrypt = true, true, nil
			continue
		}
		if err != nil {
			return startup{}, err
		}
		code := binary.BigEndian.Uint32(body)
		switch {
		case code == codeSSL && len(body) == 4 && !asked.ssl:
			asked.ssl = true
			if encrypt != nil {
				if _, err := nc.Write([]byte{'S'}); err != nil {
					return startup{}, io.EOF
				}
				if nc, err = encrypt(nil); err != nil {
					return startup{}, err
				}
				// Inside TLS nothing more can be negotiated.
				asked.gss, encrypt = true, nil
				continue
			}
		case code == codeGSS && len(body) == 4 && !asked.gss:
			asked.gss = true
		case code == codeCancel:
			return parseCancel(body[4:])
		default:
			return parseStartup(code, body[4:])
		}
		if _, err := nc.Write([]byte{'N'}); err != nil {
			return startup{}, io.EOF
		}
	}
}

// readPacket reads a packet of a length word and at least four bytes more. With a length
// that cannot be, it returns the word as head and an error.
func readPacket(r io.Reader) (head, body []byte, err error) {
	head = make([]byte, 4)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, nil, io.EOF
	}
	n := binary.BigEndian.Uint32(head)
	if n < 8 || n > startupBytesMax {
		return head, nil, io.EOF
	}
	body = make([]byte, n-4)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, nil, io.EOF
	}
	return nil, body, nil
}

func parseCancel(body []byte) (startup, error) {
	if len(body) < 8 || len(body) > 4+cancelKeyBytesMax {
		return startup{}, io.EOF
	}
	return startup{cancel: true, pid: int32(binary.BigEndian.Uint32(body)), key: body[4:]}, nil
}

func parseStartup(code uint32, body []byte) (startup, error) {
	st := startup{requested: code, version: min(code, protocol32), params: map[string]string{}}
	if code>>16 != 3 {
		return st, fatalf(pgerr.FeatureNotSupported,
			"unsupported frontend protocol %d.%d: server supports 3.0 to 3.2", code>>16, code&0xffff)
	}
	if st.version == protocol32-1 { // 3.1 was never defined
		st.version = protocol30
	}
	for len(body) > 1 {
		name, rest, ok1 := cutZero(body)
		value, rest, ok2 := cutZero(rest)
		if !ok1 || !ok2 || name == "" {
			return st, errLayout()
		}
		if err := types.CheckUTF8(name + value); err != nil {
			return st, fatal(err)
		}
		st.add(name, value)
		body = rest
	}
	if len(body) != 1 || body[0] != 0 {
		return st, errLayout()
	}
	return st, nil
}

func errLayout() error {
	return fatalf(pgerr.ProtocolViolation,
		"invalid startup packet layout: expected terminator as last byte")
}

func cutZero(b []byte) (s string, rest []byte, ok bool) {
	i := bytes.IndexByte(b, 0)
	if i < 0 {
		return "", nil, false
	}
	return string(b[:i]), b[i+1:], true
}

func (st *startup) add(name, value string) {
	if strings.HasPrefix(name, "_pq_.") {
		st.unknown = append(st.unknown, name)
		return
	}
	st.params[name] = value
}

// negotiate is the message for a client that asked for more than there is, or nil.
func (st *startup) negotiate() encoder {
	if st.version == st.requested && len(st.unknown) == 0 {
		return nil
	}
	return &pgproto3.NegotiateProtocolVersion{NewestMinorProtocol: st.version, UnrecognizedOptions: st.unknown}
}

func errNoUser() error {
	return fatalf(pgerr.InvalidAuthorization, "no PostgreSQL user name specified in startup packet")
}

// names are the user and the database that the client asks for. libpq sends the user's
// name when no database is given.
func (st *startup) names(database string) (user, name string) {
	user, name = st.params["user"], st.params["database"]
	if name == "" || name == user {
		name = database
	}
	return user, name
}

// info takes user, database and settings from the packet.
func (st *startup) info(database string) (StartupInfo, error) {
	in := StartupInfo{Params: map[string]string{}}
	if in.User, in.Database = st.names(database); in.User == "" {
		return in, errNoUser()
	}
	if in.Database != database {
		return in, fatal(pgerr.Newf(pgerr.InvalidCatalogName, "database \"%s\" does not exist", in.Database).
			WithHint("Connect to the database \"%s\".", database))
	}
	if isReplication(st.params["replication"]) {
		return in, fatalf(pgerr.FeatureNotSupported, "replication connections are not supported")
	}
	if err := parseOptions(st.params["options"], in.Params); err != nil {
		return in, err
	}
	for name, value := range st.params {
		switch name {
		case "user", "database", "options", "replication":
		default:
			in.Params[name] = value
		}
	}
	return in, nil
}

func isReplication(value string) bool {
	switch strings.ToLower(value) {
	case "", "false", "off", "no", "0", "f", "n":
		return false
	}
	return true
}

// parseOptions reads the command-line form of settings: -c name=value,
// -cname=value and --name=value, words split at blanks that no backslash precedes.
func parseOptions(text string, into map[string]string) error {
	words := splitOptions(text)
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "-c" && i+1 < len(words):
			i++
			word = words[i]
		case strings.HasPrefix(word, "-c"):
			word = word[2:]
		case strings.HasPrefix(word, "--"):
			word = word[2:]
		default:
			return fatalf(pgerr.SyntaxError, "invalid command-line argument for server process: %s", word)
		}
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return fatalf(pgerr.SyntaxError, "-c %s requires a value", name)
		}
		into[strings.ReplaceAll(name, "-", "_")] = value
	}
	return nil
}

func splitOptions(text string) []string {
	var words []string
	var word []byte
	inWord := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ' ' || (c >= '\t' && c <= '\r'):
			if inWord {
				words, word, inWord = append(words, string(word)), word[:0], false
			}
		case c == '\\' && i+1 < len(text):
			i++
			word, inWord = append(word, text[i]), true
		default:
			word, inWord = append(word, c), true
		}
	}
	if inWord {
		words = append(words, string(word))
	}
	return words
}
