package log

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"millrace/log/segment"
)

const (
	identityName    = "identity"
	identityMagic   = 0x3144524d // "MRD1"
	identityVersion = 1
	identityBytes   = 24
)

// identity is what is fixed at the first start.
type identity struct {
	groups uint32
	seed   uint64
}

// openIdentity reads the identity file, or writes it at the first start.
func openIdentity(o Options) (identity, error) {
	path := o.FS.PathJoin(o.Dir, identityName)
	if _, err := o.FS.Stat(path); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			return identity{}, err
		}
		return createIdentity(o)
	}
	buf := make([]byte, identityBytes)
	f, err := o.FS.Open(path)
	if err != nil {
		return identity{}, err
	}
	if err := errors.Join(segment.ReadFull(f, buf, 0), f.Close()); err != nil {
		return identity{}, (&CorruptError{File: path, What: "identity cannot be read"}).Mismatch(identityBytes, err)
	}
	id, err := decodeIdentity(buf, path)
	if err != nil {
		return id, err
	}
	if o.Groups != 0 && uint32(o.Groups) != id.groups {
		return id, fmt.Errorf("the log in %q has %d groups, not %d: the number is fixed at the first start",
			o.Dir, id.groups, o.Groups)
	}
	return id, nil
}

func createIdentity(o Options) (identity, error) {
	random := o.Random
	if random == nil {
		random = rand.Reader
	}
	var seed [8]byte
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return identity{}, fmt.Errorf("read random number: %w", err)
	}
	id := identity{groups: uint32(max(o.Groups, 1)), seed: binary.LittleEndian.Uint64(seed[:])}
	return id, segment.WriteFileAtomic(o.FS, o.Dir, identityName, id.encode())
}

func (id identity) encode() []byte {
	le := binary.LittleEndian
	buf := le.AppendUint32(nil, identityMagic)
	buf = le.AppendUint32(buf, identityVersion)
	buf = le.AppendUint64(buf, id.seed)
	buf = le.AppendUint32(buf, id.groups)
	return le.AppendUint32(buf, segment.Checksum(buf))
}

func decodeIdentity(buf []byte, path string) (identity, error) {
	le := binary.LittleEndian
	corrupt := func(what string, expected, found any) (identity, error) {
		return identity{}, (&CorruptError{File: path, What: what}).Mismatch(expected, found)
	}
	if want, got := le.Uint32(buf[20:]), segment.Checksum(buf[:20]); want != got {
		return corrupt("identity checksum", want, got)
	}
	if m := le.Uint32(buf); m != identityMagic {
		return corrupt("identity magic", uint32(identityMagic), m)
	}
	if v := le.Uint32(buf[4:]); v != identityVersion {
		return corrupt("identity version", identityVersion, v)
	}
	return identity{seed: le.Uint64(buf[8:]), groups: le.Uint32(buf[16:])}, nil
}
