package sql

import "strings"

// Pos is a byte offset in the text given to Parse, counted from 0. Nodes embed it.
type Pos int

// NoPos is the position of a node that stands nowhere in the text.
const NoPos Pos = -1

// Position returns p itself; nodes inherit it by embedding Pos.
func (p Pos) Position() Pos { return p }

// Node is any part of a tree.
type Node interface {
	// Position is the offset PostgreSQL would report for an error in this node:
	// the operator of a binary expression, the first token of most others.
	Position() Pos
}

// Statement is one whole statement.
type Statement interface {
	Node
	// Text is the statement's own part of the source, without the semicolon.
	Text() string
	statement()
	setText(pos Pos, text string)
}

// Stmt is embedded in every statement.
type Stmt struct {
	Pos
	text string
}

// Text returns the source of the statement without the semicolon.
func (s *Stmt) Text() string { return s.text }

func (s *Stmt) statement() {}

func (s *Stmt) setText(pos Pos, text string) { s.Pos, s.text = pos, text }

// Expr is an expression.
type Expr interface {
	Node
	expr()
}

// TableRef is an item of FROM.
type TableRef interface {
	Node
	tableRef()
}

// QueryBody is what ORDER BY and LIMIT of a Query apply to: *Select, *Values,
// *SetOp, or *Query for an operand in parentheses with clauses of its own.
type QueryBody interface {
	Node
	queryBody()
}

// Name is a possibly qualified name, outermost part first: {"public", "t"}.
type Name struct {
	Pos
	Parts []string
}

// MakeName returns an unplaced name.
func MakeName(parts ...string) Name { return Name{Pos: NoPos, Parts: parts} }

// Empty reports whether there is no name.
func (n Name) Empty() bool { return len(n.Parts) == 0 }

// Last returns the object's own name, "" when n is empty.
func (n Name) Last() string {
	if len(n.Parts) == 0 {
		return ""
	}
	return n.Parts[len(n.Parts)-1]
}

// Schema returns the part before the last, "" when there is none.
func (n Name) Schema() string {
	if len(n.Parts) < 2 {
		return ""
	}
	return n.Parts[len(n.Parts)-2]
}

// String returns the name as SQL, quoted where needed.
func (n Name) String() string {
	quoted := make([]string, len(n.Parts))
	for i, part := range n.Parts {
		quoted[i] = QuoteIdent(part)
	}
	return strings.Join(quoted, ".")
}

// TypeName is a type as written, normalised to PostgreSQL's internal name:
// integer becomes int4, "char(3)" bpchar with modifier 3, "timestamp with time
// zone" timestamptz. It is resolved against the catalog by the planner.
type TypeName struct {
	Pos
	// Parts is the name, outermost part first; one part in lower case for built-in types.
	Parts []string
	// Mods are the modifiers in parentheses: varchar(10), numeric(10,2), time(3).
	Mods []int
	// ArrayDims counts [] and ARRAY; PostgreSQL treats all numbers above 0 alike.
	ArrayDims int
	// Fields limits an interval: "day to second"; empty otherwise.
	Fields string
	// Struct holds the fields of ksqlDB's STRUCT<...>; Parts is {"struct"}.
	Struct []*ColumnDef
	// Args holds key and value of ksqlDB's MAP<K, V>; Parts is {"map"}.
	Args []*TypeName
}

// Last returns the type's own name without its schema.
func (t *TypeName) Last() string { return t.Parts[len(t.Parts)-1] }

// Option is one entry of WITH (...), of COPY's or EXPLAIN's option list.
type Option struct {
	Pos
	// Name is folded to lower case, also when it was quoted.
	Name string
	// Value is the text of the value; "" when only the name was given.
	Value string
	// HasValue tells "name" from "name = ''".
	HasValue bool
	// List holds the items of a value in parentheses, as in FORCE_NULL (a, b).
	List []string
}
