package segment

import "encoding/binary"

// The footer of a sealed segment: the index entries, then a trailer of fixed size.
const (
	footerMagic   = 0x3146524d // "MRF1"
	trailerBytes  = 32
	footerVersion = 1
)

// encodeFooter returns the footer of a segment with the given data length.
func encodeFooter(x *sparseIndex, dataBytes int64) []byte {
	le := binary.LittleEndian
	buf := x.encode(make([]byte, 0, len(x.entries)*indexEntryBytes+trailerBytes))
	buf = le.AppendUint32(buf, uint32(len(x.entries)))
	buf = le.AppendUint32(buf, footerVersion)
	buf = le.AppendUint64(buf, uint64(dataBytes))
	buf = le.AppendUint64(buf, uint64(x.maxTime))
	buf = le.AppendUint32(buf, footerMagic)
	return le.AppendUint32(buf, Checksum(buf))
}

// decodeFooter is the inverse of encodeFooter; buf is the whole footer.
func decodeFooter(buf []byte, dataBytes int64) (sparseIndex, *formatError) {
	var x sparseIndex
	le := binary.LittleEndian
	if len(buf) < trailerBytes || (len(buf)-trailerBytes)%indexEntryBytes != 0 {
		return x, &formatError{"footer length", "a trailer and whole entries", len(buf)}
	}
	body := len(buf) - 4
	if want, got := le.Uint32(buf[body:]), Checksum(buf[:body]); want != got {
		return x, &formatError{"footer checksum", hex32(want), hex32(got)}
	}
	entries, t := buf[:len(buf)-trailerBytes], buf[len(buf)-trailerBytes:]
	if m := le.Uint32(t[24:]); m != footerMagic {
		return x, &formatError{"footer magic", hex32(footerMagic), hex32(m)}
	}
	if v := le.Uint32(t[4:]); v != footerVersion {
		return x, &formatError{"footer version", footerVersion, v}
	}
	if n := int(le.Uint32(t)); n != len(entries)/indexEntryBytes {
		return x, &formatError{"footer entries", n, len(entries) / indexEntryBytes}
	}
	if d := int64(le.Uint64(t[8:])); d != dataBytes {
		return x, &formatError{"footer data length", dataBytes, d}
	}
	x.entries, x.end, x.maxTime = decodeIndex(entries), dataBytes, int64(le.Uint64(t[16:]))
	return x, nil
}
