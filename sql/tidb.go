package sql

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/pingcap/tidb/pkg/parser"
	"github.com/pingcap/tidb/pkg/parser/ast"
	"github.com/pingcap/tidb/pkg/parser/format"
)

// placeholder is the value node of the TiDB parser. Every literal reaches it as
// "?", so it holds the offset of that only. It replaces TiDB's own driver, which
// converts values and panics on long numbers.
type placeholder struct {
	ast.TexprNode
	offset int
	value  any
}

func (v *placeholder) SetValue(value any)                 { v.value = value }
func (v *placeholder) GetValue() any                      { return v.value }
func (v *placeholder) GetDatumString() string             { return v.GetString() }
func (v *placeholder) GetString() string                  { s, _ := v.value.(string); return s }
func (v *placeholder) GetProjectionOffset() int           { return -1 }
func (v *placeholder) SetProjectionOffset(int)            {}
func (v *placeholder) SetOrder(int)                       {}
func (v *placeholder) Restore(c *format.RestoreCtx) error { c.WritePlain("?"); return nil }
func (v *placeholder) Format(w io.Writer)                 { fmt.Fprint(w, "?") }

// Accept lets TiDB's visitors pass; it has no children.
func (v *placeholder) Accept(visitor ast.Visitor) (ast.Node, bool) {
	node, _ := visitor.Enter(v)
	return visitor.Leave(node)
}

// The TiDB parser takes its value driver from package variables and panics
// without one: this registration has to be an init.
func init() {
	ast.NewValueExpr = func(value any, _, _ string) ast.ValueExpr {
		if v, ok := value.(*placeholder); ok {
			return v
		}
		return &placeholder{offset: -1, value: value}
	}
	ast.NewParamMarkerExpr = func(offset int) ast.ParamMarkerExpr { return &placeholder{offset: offset} }
	ast.NewDecimal = func(s string) (any, error) { return s, nil }
	ast.NewHexLiteral = func(s string) (any, error) { return s, nil }
	ast.NewBitLiteral = func(s string) (any, error) { return s, nil }
}

// grammars pools TiDB parsers: one costs 17 KB and serves one parse at a time.
var grammars = sync.Pool{New: func() any { return parser.New() }}

// parseGrammar parses normalised text, which is one SELECT.
func parseGrammar(text string) (*ast.SelectStmt, error) {
	grammar := grammars.Get().(*parser.Parser)
	stmts, _, err := grammar.ParseSQL(text)
	if err != nil {
		return nil, err // the parser may hold a broken state: not put back
	}
	var stmt ast.StmtNode
	if len(stmts) == 1 {
		stmt = stmts[0]
	}
	grammar.Reset()
	grammars.Put(grammar)
	query, ok := stmt.(*ast.SelectStmt)
	if !ok {
		return nil, fmt.Errorf("grammar gave %d statements, the first a %T", len(stmts), stmt)
	}
	return query, nil
}

// errorOffset finds the offset in text that an error of the grammar speaks of.
// The message quotes the rest of the text, or says how long it is.
func errorOffset(text, message string) int {
	if i := strings.LastIndex(message, "(total length "); i >= 0 {
		digits := message[i+len("(total length "):]
		if end := strings.IndexByte(digits, ')'); end >= 0 {
			if n, err := strconv.Atoi(digits[:end]); err == nil {
				return max(0, len(text)-n)
			}
		}
	}
	i := strings.Index(message, "near \"")
	if i < 0 {
		return 0
	}
	rest := strings.TrimRight(strings.TrimSuffix(strings.TrimRight(message[i+len("near \""):], " "), "\""), " ")
	return max(0, len(text)-len(rest))
}
