package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// FrameMode is the unit in which the bounds of a frame count.
type FrameMode uint8

// The modes of a frame.
const (
	FrameRange  FrameMode = iota // the values of the one ORDER BY column
	FrameRows                    // rows
	FrameGroups                  // groups of rows that are equal by ORDER BY
)

// FrameBound is the kind of one end of a frame.
type FrameBound uint8

// The kinds of bounds, in the order in which they may follow each other.
const (
	UnboundedPreceding FrameBound = iota
	OffsetPreceding
	CurrentRow
	OffsetFollowing
	UnboundedFollowing
)

// HasOffset reports whether the bound is a distance from the current row.
func (b FrameBound) HasOffset() bool { return b == OffsetPreceding || b == OffsetFollowing }

// FrameExclude is which rows near the current one a frame leaves out.
type FrameExclude uint8

// The options of EXCLUDE. Ties are the current row's peers without itself.
const (
	ExcludeNothing FrameExclude = iota
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)

// Frame is the rows around each row that a call with OVER sees. The zero Frame is
// not PostgreSQL's default; DefaultFrame is.
type Frame struct {
	Mode       FrameMode
	Start, End FrameBound
	Exclude    FrameExclude
}

// DefaultFrame is the frame of a window that gives none: everything up to the last peer.
var DefaultFrame = Frame{Mode: FrameRange, Start: UnboundedPreceding, End: CurrentRow}

// Sight is which rows of its partition the result of a window function depends on,
// so that an operator knows which results a change may touch.
type Sight uint8

// The kinds of sight.
const (
	// SeesAll: any row of the partition.
	SeesAll Sight = iota
	// SeesBefore: the number of rows and groups of peers up to the row's own group.
	SeesBefore
	// SeesDistance: the row at a distance that the second argument gives.
	SeesDistance
	// SeesFrame: the rows of the frame.
	SeesFrame
)

// WindowFunc is one overload of a window function; aggregates are window functions, too,
// and not listed here.
type WindowFunc struct {
	Name    string
	Args    []types.Type
	Returns types.Type
	Sight   Sight
	Doc     string
	// Eval appends the result of each of the rows to out.
	Eval func(w *WindowRows, out *col.Builder)
}

// WindowRows is a partition in its order, or a stretch of one that holds whole groups of
// peers and all rows that the function looks at.
type WindowRows struct {
	N    int        // rows at hand
	Args []*col.Vec // one value for each row
	// Start and End bound the group of peers of each row: Start[i] <= i < End[i].
	Start, End []int32
	// Before is the number of rows of the partition before the first at hand,
	// GroupsBefore that of groups of peers, and Total counts all rows.
	Before, GroupsBefore, Total int64
	// Frame gives the frame of row i, for functions that see it.
	Frame func(i int) Spans
}

// Span is the rows From..To-1; it is empty when To <= From.
type Span struct{ From, To int32 }

// Spans is the rows of a frame in order: EXCLUDE cuts one span into up to three.
type Spans [3]Span

// Len counts the rows.
func (f Spans) Len() int {
	n := 0
	for _, s := range f {
		n += max(int(s.To-s.From), 0)
	}
	return n
}

// Nth returns row n of the frame, counted from 0, or -1.
func (f Spans) Nth(n int) int {
	if n < 0 {
		return -1
	}
	for _, s := range f {
		k := max(int(s.To-s.From), 0)
		if n < k {
			return int(s.From) + n
		}
		n -= k
	}
	return -1
}

var windowFamilies = []struct {
	title string
	funcs []WindowFunc
}{
	{"Rank", rankWindows},
	{"Rows at other places", offsetWindows},
}

// windowIndex is the window functions by name.
var windowIndex, windowSigs = indexWindows()

func indexWindows() (map[string][]*WindowFunc, map[string][]signature) {
	funcs, sigs := map[string][]*WindowFunc{}, map[string][]signature{}
	for _, family := range windowFamilies {
		for i := range family.funcs {
			f := &family.funcs[i]
			sigs[f.Name] = append(sigs[f.Name], signature{args: f.Args, compatible: len(f.Args) == 3, pos: len(funcs[f.Name])})
			funcs[f.Name] = append(funcs[f.Name], f)
		}
	}
	return funcs, sigs
}

// IsWindow reports whether name is a window function other than an aggregate.
func IsWindow(name string) bool { return len(windowIndex[name]) > 0 }

// AllWindows returns every window function, ordered by name.
func AllWindows() []*WindowFunc { return flatten(windowIndex) }

// ResolveWindow chooses the overload of a window function; the results are those of
// Resolve.
func ResolveWindow(name string, args []types.Type) (f *WindowFunc, coerced []types.Type, result types.Type, err error) {
	s, v := choose(windowSigs[name], args, false)
	if v != chosen {
		return nil, nil, types.Type{}, functionError(name, args, v)
	}
	f = windowIndex[name][s.pos]
	coerced, result, err = bindCall(s, args, f.Returns, nil)
	return f, coerced, result, err
}
