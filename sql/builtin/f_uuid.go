package builtin

import (
	"encoding/binary"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var uuidFuncs = []Func{
	{
		Name: "gen_random_uuid", Args: list(), Returns: types.UUID, Volatility: Volatile, Doc: "A random (version 4) UUID.",
		Example: "(gen_random_uuid() is not null) = true", Kernel: rowsKernel(randomUUID),
	},
}

func randomUUID(c *Call, _ int, out *col.Builder) error {
	if c.Env.Random == nil {
		return pgerr.New(pgerr.FeatureNotSupported, "gen_random_uuid() cannot be used here")
	}
	var b [16]byte
	for k := 0; k < 16; k += 4 {
		binary.BigEndian.PutUint32(b[k:], uint32(c.Env.Random()*(1<<32)))
	}
	b[6] = b[6]&0x0f | 0x40 // version 4
	b[8] = b[8]&0x3f | 0x80 // variant of RFC 4122
	out.Raw(b[:])
	return nil
}
