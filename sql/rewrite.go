package sql

import (
	"errors"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// errGrammar is in the chain of an error when TiDB's grammar refused text that the
// rewriter had passed. That is our bug; tests look for it.
var errGrammar = errors.New("normalised text was refused")

// rewriter reads queries and expressions and emits normalised text (I1 to I3 of
// the package comment). It shares the cursor with the statement parsers.
type rewriter struct {
	*cursor
	atoms []atom
	// records say what the names in the text mean: the number in a name is an
	// index. Entries: Expr (a leaf), builder, *headRecord, *tailRecord,
	// *windowsRecord, *joinRecord, *CTE, TableRef.
	records []any
	// ordered tells that ORDER BY was emitted in the SELECT being written.
	ordered bool
	// windowless tells the next call that FILTER, OVER and the like do not belong to
	// it: in FROM they are aliases.
	windowless bool
}

// builder makes a node of the converted arguments of a call.
type builder func(args []Expr) Expr

// atom is a piece of normalised text. Pieces put in front of it later (to wrap an
// operand that was written already) are in before, innermost first.
type atom struct {
	before []piece
	piece
}

// piece is text with the position it stands for; leaf is set for "?".
type piece struct {
	text string
	pos  Pos
	leaf Expr
}

// place is where a piece landed in the normalised text.
type place struct {
	offset int
	pos    Pos
	leaf   Expr
}

func newRewriter(c *cursor) *rewriter { return &rewriter{cursor: c} }

// emit appends text that stands for the current token.
func (r *rewriter) emit(text string) { r.emitAt(text, r.here()) }

func (r *rewriter) emitAt(text string, pos Pos) {
	r.atoms = append(r.atoms, atom{piece: piece{text: text, pos: pos}})
}

// here is the position of the current token, without the check for lexical
// errors: text may be emitted behind the last good token.
func (r *rewriter) here() Pos { return Pos(r.toks[min(r.p, r.end)].pos) }

// leaf emits a literal or another expression without parts.
func (r *rewriter) leaf(e Expr) {
	r.atoms = append(r.atoms, atom{piece: piece{text: "?", pos: e.Position(), leaf: e}})
}

// name returns the back-quoted name of a new record.
func (r *rewriter) name(record any) string {
	r.records = append(r.records, record)
	return "`\x00" + strconv.Itoa(len(r.records)-1) + "`"
}

// open emits the start of a call whose arguments build takes.
func (r *rewriter) open(pos Pos, build builder) { r.emitAt(r.name(build)+"(", pos) }

// wrap puts the start of a call in front of atom i.
func (r *rewriter) wrap(i int, pos Pos, build builder) { r.prepend(i, pos, r.name(build)+"(") }

func (r *rewriter) prepend(i int, pos Pos, text string) {
	if i >= len(r.atoms) {
		panic(pgerr.Bug("sql: nothing to wrap at atom %d", i))
	}
	r.atoms[i].before = append(r.atoms[i].before, piece{text: text, pos: pos})
}

// render joins the atoms to one text and notes where each piece stands in it.
func (r *rewriter) render() (string, []place) {
	var text strings.Builder
	places := make([]place, 0, len(r.atoms)*2)
	put := func(p piece) {
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		places = append(places, place{offset: text.Len(), pos: p.pos, leaf: p.leaf})
		text.WriteString(p.text)
	}
	for i := range r.atoms {
		a := &r.atoms[i]
		for j := len(a.before) - 1; j >= 0; j-- {
			put(a.before[j])
		}
		put(a.piece)
	}
	return text.String(), places
}

// convert parses the emitted text with the grammar and returns a converter over
// the tree.
func (r *rewriter) convert() *converter {
	text, places := r.render()
	query, err := parseGrammar(text)
	conv := &converter{records: r.records, places: places, query: query}
	if err != nil {
		pos := conv.posAt(errorOffset(text, err.Error()))
		r.rejected(pos, err)
	}
	return conv
}

// rejected reports a refusal of the grammar as a syntax error at the user's text.
func (r *rewriter) rejected(pos Pos, cause error) {
	near := "end of input"
	for _, t := range r.toks[:r.end] {
		if Pos(t.pos) >= pos {
			near = "or near \"" + r.src[t.pos:t.end] + "\""
			break
		}
	}
	chain := errors.Join(errGrammar, cause)
	panic(bail{pgerr.Wrap(chain, pgerr.SyntaxError, "syntax error at "+near).At(int(pos))})
}
