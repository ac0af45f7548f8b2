package builtin

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var bytesFuncs = []Func{
	count("length", types.Bytea, "Number of bytes.", `length('\x1234'::bytea) = 2`, func(s []byte) int { return len(s) }),
	count("octet_length", types.Bytea, "Number of bytes.", `octet_length('\x1234'::bytea) = 2`, func(s []byte) int { return len(s) }),
	count("bit_length", types.Bytea, "Number of bits.", `bit_length('\x1234'::bytea) = 16`, func(s []byte) int { return 8 * len(s) }),
	text("md5", "MD5 digest in hexadecimal.", "md5('abc') = '900150983cd24fb0d6963f7d28e17f72'", appendMD5),
	{
		Name: "md5", Args: list(types.Bytea), Returns: types.Text, Doc: "MD5 digest in hexadecimal.",
		Example: `md5('abc'::bytea) = '900150983cd24fb0d6963f7d28e17f72'`, Kernel: text1(appendMD5),
	},
	digest("sha224", "SHA-224 digest.", `encode(sha224('abc'::bytea), 'hex') = '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'`,
		func(b []byte) []byte { d := sha256.Sum224(b); return d[:] }),
	digest("sha256", "SHA-256 digest.", `encode(sha256('abc'::bytea), 'hex') = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'`,
		func(b []byte) []byte { d := sha256.Sum256(b); return d[:] }),
	digest("sha384", "SHA-384 digest.", `length(sha384('abc'::bytea)) = 48`,
		func(b []byte) []byte { d := sha512.Sum384(b); return d[:] }),
	digest("sha512", "SHA-512 digest.", `length(sha512('abc'::bytea)) = 64`,
		func(b []byte) []byte { d := sha512.Sum512(b); return d[:] }),
	{
		Name: "encode", Args: list(types.Bytea, types.Text), Returns: types.Text, Doc: "Bytes as text in the format base64, hex or escape.",
		Example: `encode('123\000\001'::bytea, 'base64') = 'MTIzAAE='`, Kernel: rowsKernel(encode),
	},
	{
		Name: "decode", Args: list(types.Text, types.Text), Returns: types.Bytea, Doc: "Bytes from text in the format base64, hex or escape.",
		Example: `decode('MTIzAAE=', 'base64') = '\x3132330001'`, Kernel: rowsKernel(decode),
	},
	hexOf(types.Int4), hexOf(types.Int8),
	{
		Name: "get_byte", Args: list(types.Bytea, types.Int4), Returns: types.Int4, Doc: "The byte at a place, counted from 0.",
		Example: `get_byte('\x1234567890'::bytea, 4) = 144`, Kernel: rowsKernel(getByte),
	},
	{
		Name: "position", Args: list(types.Bytea, types.Bytea), Returns: types.Int4, Doc: "First place of the second argument in the first, counted from 1; 0 when there is none.",
		Example: `position('\x5678'::bytea in '\x1234567890'::bytea) = 3`, Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Int(int64(strings.Index(string(c.Args[0].Bytes(i)), string(c.Args[1].Bytes(i))) + 1))
			return nil
		}),
	},
	{
		Name: "convert_from", Args: list(types.Bytea, types.Name), Returns: types.Text, Doc: "Text from bytes in an encoding; UTF8 and SQL_ASCII are known.",
		Example: `convert_from('\x616263'::bytea, 'UTF8') = 'abc'`, Kernel: rowsKernel(convertFrom),
	},
	{
		Name: "convert_to", Args: list(types.Text, types.Name), Returns: types.Bytea, Doc: "Text as bytes in an encoding; UTF8 and SQL_ASCII are known.",
		Example: `convert_to('abc', 'UTF8') = '\x616263'`, Kernel: rowsKernel(convertTo),
	},
}

func appendMD5(dst, s []byte) ([]byte, error) {
	d := md5.Sum(s)
	return hex.AppendEncode(dst, d[:]), nil
}

func digest(name, doc, example string, f func([]byte) []byte) Func {
	return Func{
		Name: name, Args: list(types.Bytea), Returns: types.Bytea, Doc: doc, Example: example,
		Kernel: text1(func(dst, s []byte) ([]byte, error) { return append(dst, f(s)...), nil }),
	}
}

func hexOf(t types.Type) Func {
	return Func{
		Name: "to_hex", Args: list(t), Returns: types.Text, Doc: "Hexadecimal digits of the number.",
		Example: "to_hex(2147483647::" + t.InternalName() + ") = '7fffffff'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			u := uint64(c.Args[0].Fix[i])
			if t.Kind == types.KindInt4 {
				u = uint64(uint32(u))
			}
			out.Str(strconv.FormatUint(u, 16))
			return nil
		}),
	}
}

func errEncoding(name string) error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized encoding: \"%s\"", name)
}

func encode(c *Call, i int, out *col.Builder) error {
	b, name := c.Args[0].Bytes(i), string(c.Args[1].Bytes(i))
	switch strings.ToLower(name) {
	case "hex":
		out.Str(hex.EncodeToString(b))
	case "base64":
		out.Str(wrapLines(base64.StdEncoding.EncodeToString(b)))
	case "escape":
		out.Raw(types.AppendText(nil, types.Bytea, 0, b, &types.Format{ByteaOutput: "escape"}))
	default:
		return errEncoding(name)
	}
	return nil
}

// wrapLines breaks base64 after 76 characters as MIME does.
func wrapLines(s string) string {
	const width = 76
	var out strings.Builder
	for len(s) > width {
		out.WriteString(s[:width])
		out.WriteByte('\n')
		s = s[width:]
	}
	out.WriteString(s)
	return out.String()
}

func decode(c *Call, i int, out *col.Builder) error {
	s, name := string(c.Args[0].Bytes(i)), string(c.Args[1].Bytes(i))
	switch strings.ToLower(name) {
	case "hex":
		b, err := types.DecodeHex(s)
		if err != nil {
			return err
		}
		out.Raw(b)
	case "base64":
		b, err := decodeBase64(s)
		if err != nil {
			return err
		}
		out.Raw(b)
	case "escape":
		b, err := types.DecodeEscape(s)
		if err != nil {
			return err
		}
		out.Raw(b)
	default:
		return errEncoding(name)
	}
	return nil
}

func decodeBase64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n", r) {
			return -1
		}
		return r
	}, s)
	for _, r := range s {
		if r != '=' && !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", r) {
			return nil, pgerr.Newf(pgerr.InvalidParameterValue, "invalid symbol \"%c\" found while decoding base64 sequence", r)
		}
	}
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil, pgerr.New(pgerr.InvalidParameterValue, "invalid base64 end sequence").
			WithHint("Input data is missing padding, is truncated, or is otherwise corrupted.")
	}
	return b, nil
}

func getByte(c *Call, i int, out *col.Builder) error {
	b, at := c.Args[0].Bytes(i), c.Args[1].Fix[i]
	if at < 0 || at >= int64(len(b)) {
		return pgerr.Newf(pgerr.ArraySubscriptError, "index %d out of valid range, 0..%d", at, len(b)-1)
	}
	out.Int(int64(b[at]))
	return nil
}

// knownEncoding accepts the encodings whose bytes are those of UTF-8.
func knownEncoding(name, role string) error {
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name)) {
	case "utf8", "unicode", "sqlascii":
		return nil
	}
	return pgerr.Newf(pgerr.InvalidParameterValue, "invalid %s encoding name \"%s\"", role, name)
}

func convertFrom(c *Call, i int, out *col.Builder) error {
	if err := knownEncoding(string(c.Args[1].Bytes(i)), "source"); err != nil {
		return err
	}
	if err := types.CheckUTF8(string(c.Args[0].Bytes(i))); err != nil {
		return err
	}
	out.Raw(c.Args[0].Bytes(i))
	return nil
}

func convertTo(c *Call, i int, out *col.Builder) error {
	if err := knownEncoding(string(c.Args[1].Bytes(i)), "destination"); err != nil {
		return err
	}
	out.Raw(c.Args[0].Bytes(i))
	return nil
}
