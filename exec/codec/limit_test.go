package codec

import (
	"bytes"
	"testing"

	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// TestRowWithoutEnd (I2) feeds one quoted field for ever.
func TestRowWithoutEnd(t *testing.T) {
	r, err := NewReader(Options{Kind: CSV, Delimiter: ',', Quote: '"', Escape: '"'}, fuzzTarget, nil)
	if err != nil {
		t.Fatal(err)
	}
	into := col.NewBatchBuilder(r.Types(), 0).Cols
	chunk := bytes.Repeat([]byte("x\n"), 32<<10)
	if _, err := r.Feed([]byte(`1,"`), into); err != nil {
		t.Fatal(err)
	}
	fed := 0
	for err == nil {
		_, err = r.Feed(chunk, into)
		fed += len(chunk)
	}
	if pgerr.Code(err) != pgerr.ProgramLimitExceeded || fed > rowBytesMax+2*len(chunk) {
		t.Fatal(fed, err)
	}
}
