package segment

import "fmt"

// CorruptError says that stored bytes are not what was written. The bytes are
// never served as data.
type CorruptError struct {
	File   string // path of the damaged file
	Offset int64  // byte position in the file
	What   string // which check failed
	// Expected and Found are the two values that differ, as text; both may be empty.
	Expected, Found string
}

// Error names file, position, check and the values that differ.
func (e *CorruptError) Error() string {
	s := fmt.Sprintf("corrupted file %q at byte %d: %s", e.File, e.Offset, e.What)
	if e.Expected != "" || e.Found != "" {
		s += fmt.Sprintf(" (expected %s, found %s)", e.Expected, e.Found)
	}
	return s
}

// SQLState is DATA CORRUPTED.
func (e *CorruptError) SQLState() string { return "XX001" }

// Mismatch fills Expected and Found from two values.
func (e *CorruptError) Mismatch(expected, found any) *CorruptError {
	e.Expected, e.Found = fmt.Sprint(expected), fmt.Sprint(found)
	return e
}
