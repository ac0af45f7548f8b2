package types

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// maxNameBytes is the longest name, as in PostgreSQL (NAMEDATALEN-1).
const maxNameBytes = 63

// CheckUTF8 returns PostgreSQL's error (22021) for text that is not UTF-8 or
// contains a zero byte.
func CheckUTF8(s string) error {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return nil
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == 0 || (r == utf8.RuneError && n == 1) {
			return badUTF8(s[i:])
		}
		i += n
	}
	return nil
}

func badUTF8(s string) error {
	n := 1
	switch c := s[0]; {
	case c >= 0xf0 && c < 0xf8:
		n = 4
	case c >= 0xe0 && c < 0xf0:
		n = 3
	case c >= 0xc0 && c < 0xe0:
		n = 2
	}
	var list []string
	for i := 0; i < min(n, len(s)); i++ {
		list = append(list, "0x"+strconv.FormatUint(uint64(s[i])|0x100, 16)[1:])
	}
	return pgerr.Newf(pgerr.CharacterNotInRepertoire,
		"invalid byte sequence for encoding \"UTF8\": %s", strings.Join(list, " "))
}

// truncateName cuts text to the length of a name, at a character boundary.
func truncateName(s string) string {
	if len(s) <= maxNameBytes {
		return s
	}
	n := maxNameBytes
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// fitLength applies the length of varchar(n) and char(n). Text that is too long
// is cut when truncate is set or when only blanks are lost, else refused (22001).
// char(n) is filled up with blanks.
func fitLength(t Type, s string, truncate bool) (Datum, error) {
	n, ok := t.CharLength()
	if !ok {
		return BytesDatum(s), nil
	}
	if len(s) > n {
		cut := runeOffset(s, n)
		if !truncate && strings.TrimRight(s[cut:], " ") != "" {
			return Null, pgerr.Newf(pgerr.StringDataRightTruncation, "value too long for type %s", t)
		}
		s = s[:cut]
	}
	if t.Kind == KindBpchar {
		if missing := n - utf8.RuneCountInString(s); missing > 0 {
			s += strings.Repeat(" ", missing)
		}
	}
	return BytesDatum(s), nil
}

// runeOffset returns the byte offset of character n, len(s) when there are fewer.
func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// charByte reads the "char" type: the first byte, or a backslash and three octal digits.
func charByte(s string) byte {
	if len(s) == 4 && s[0] == '\\' {
		if n, err := strconv.ParseUint(s[1:], 8, 16); err == nil {
			return byte(n)
		}
	}
	if s == "" {
		return 0
	}
	return s[0]
}

// appendChar prints the "char" type: bytes above 127 as an octal escape, zero as nothing.
func appendChar(dst []byte, i int64) []byte {
	switch c := byte(i); {
	case c == 0:
		return dst
	case c < 0x80:
		return append(dst, c)
	default:
		return append(dst, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
	}
}
