package state

import (
	"errors"
	"io"
	"os"
)

var errNotExist = os.ErrNotExist

// readFile returns the content of a small file.
func readFile(fs FS, path string) ([]byte, error) {
	f, err := fs.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	return data, errors.Join(err, f.Close())
}
