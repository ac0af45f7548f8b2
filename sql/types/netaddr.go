package types

import (
	"encoding/hex"
	"net/netip"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// An inet or cidr is stored so that bytes order as PostgreSQL orders addresses:
//
//	4 or 6 | address with the bits behind the mask cleared | bits of the mask | address

// netParts takes the stored form apart.
func netParts(b []byte) netip.Prefix {
	if len(b) == 0 {
		return netip.Prefix{}
	}
	size := (len(b) - 2) / 2
	addr, _ := netip.AddrFromSlice(b[2+size:])
	return netip.PrefixFrom(addr, int(b[1+size]))
}

func netDatum(p netip.Prefix) Datum {
	out := []byte{4}
	if p.Addr().Is6() {
		out[0] = 6
	}
	out = append(out, p.Masked().Addr().AsSlice()...)
	out = append(out, byte(p.Bits()))
	return BytesDatum(string(append(out, p.Addr().AsSlice()...)))
}

// appendNet prints an address; the mask of an inet only when it is not that of a
// single address.
func appendNet(dst []byte, t Type, b []byte) []byte {
	p := netParts(b)
	dst = p.Addr().AppendTo(dst)
	if t.Kind == KindInet && p.IsSingleIP() {
		return dst
	}
	return strconv.AppendInt(append(dst, '/'), int64(p.Bits()), 10)
}

// parseNet reads an address with or without a mask. A cidr may leave out bytes of
// the address at its end, and may have no bits behind its mask.
func parseNet(t Type, s string) (Datum, error) {
	text, mask, masked := strings.Cut(trimSpace(s), "/")
	addr, err := netip.ParseAddr(text)
	classBits := 0
	if err != nil && t.Kind == KindCidr {
		addr, classBits, err = shortCidr(text)
	}
	if err != nil || addr.Zone() != "" {
		return Null, badSyntax(t.String(), s)
	}
	bits := addr.BitLen()
	if classBits != 0 {
		bits = classBits
	}
	if masked {
		bits, err = strconv.Atoi(mask)
		if err != nil || bits < 0 || bits > addr.BitLen() || mask[0] == '+' || mask[0] == '-' {
			return Null, badSyntax(t.String(), s)
		}
	}
	p := netip.PrefixFrom(addr, bits)
	if t.Kind == KindCidr && p.Masked() != p {
		return Null, pgerr.Newf(pgerr.InvalidTextRepresentation, "invalid cidr value: \"%s\"", s).
			WithDetail("Value has bits set to right of mask.")
	}
	return netDatum(p), nil
}

// shortCidr reads 10, 10.1 and 10.1.2: bits are those of the bytes that are given.
func shortCidr(s string) (addr netip.Addr, bits int, err error) {
	n := strings.Count(s, ".") + 1
	if n > 3 {
		n = 4
	}
	addr, err = netip.ParseAddr(s + strings.Repeat(".0", 4-n))
	return addr, 8 * n, err
}

// netCast converts between inet and cidr.
func netCast(from, to Type, _ *Format) castFunc {
	switch {
	case from.Kind == KindCidr && to.Kind == KindInet:
		return keepBytes
	case from.Kind == KindInet && to.Kind == KindCidr:
		return func(_ int64, b []byte) (Datum, error) { return netDatum(netParts(b).Masked()), nil }
	}
	return nil
}

// Families in the wire form.
const (
	wireInet4 = 2
	wireInet6 = 3
)

func appendNetWire(dst []byte, t Type, b []byte) []byte {
	p := netParts(b)
	family, isCidr := byte(wireInet4), byte(0)
	if p.Addr().Is6() {
		family = wireInet6
	}
	if t.Kind == KindCidr {
		isCidr = 1
	}
	addr := p.Addr().AsSlice()
	return append(append(dst, family, byte(p.Bits()), isCidr, byte(len(addr))), addr...)
}

func parseNetWire(t Type, data []byte) (Datum, error) {
	bad := pgerr.Newf(pgerr.InvalidBinaryRepresentation, "invalid address in external \"%s\" value", t)
	if len(data) < 4 || int(data[3]) != len(data)-4 {
		return Null, bad
	}
	addr, ok := netip.AddrFromSlice(data[4:])
	if !ok || addr.Is4() != (data[0] == wireInet4) || int(data[1]) > addr.BitLen() {
		return Null, bad
	}
	p := netip.PrefixFrom(addr, int(data[1]))
	if t.Kind == KindCidr && p.Masked() != p {
		return Null, bad
	}
	return netDatum(p), nil
}

const macBytes = 6

func appendMac(dst, b []byte) []byte {
	for i, c := range b {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = hex.AppendEncode(dst, []byte{c})
	}
	return dst
}

// parseMac reads twelve hexadecimal digits with separators after every two, four or
// six of them, or none.
func parseMac(s string) (Datum, error) {
	w := trimSpace(s)
	for _, form := range []struct {
		every     int
		separator string
	}{{2, ":"}, {2, "-"}, {6, ":"}, {6, "-"}, {4, "."}, {4, "-"}, {12, ""}} {
		groups := []string{w}
		if form.separator != "" {
			groups = strings.Split(w, form.separator)
		}
		if len(groups) != 12/form.every {
			continue
		}
		digits := ""
		for _, g := range groups {
			if len(g) != form.every && (form.every != 2 || len(g) != 1) {
				break
			}
			digits += strings.Repeat("0", form.every-len(g)) + g
		}
		if b, err := hex.DecodeString(digits); err == nil && len(b) == macBytes {
			return BytesDatum(string(b)), nil
		}
	}
	return Null, badSyntax("macaddr", s)
}

// NetPrefix returns an inet or cidr as address and mask.
func NetPrefix(d Datum) netip.Prefix { return netParts([]byte(d.S)) }

// NetDatum returns the stored form of an address with its mask.
func NetDatum(p netip.Prefix) Datum { return netDatum(p) }

// SetMask returns an inet with another number of bits in its mask; -1 stands for all.
func SetMask(d Datum, bits int64) (Datum, error) {
	addr := NetPrefix(d).Addr()
	if bits == -1 {
		bits = int64(addr.BitLen())
	}
	if bits < 0 || bits > int64(addr.BitLen()) {
		return Null, pgerr.Newf(pgerr.InvalidParameterValue, "invalid mask length: %d", bits)
	}
	return netDatum(netip.PrefixFrom(addr, int(bits))), nil
}
