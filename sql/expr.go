package sql

// LiteralKind tells how a literal was written.
type LiteralKind uint8

// Kinds of literals.
const (
	LitNull    LiteralKind = iota
	LitBool                // Text is "true" or "false"
	LitInt                 // digits only; may be longer than any integer type
	LitNumeric             // with a decimal point or an exponent
	LitString              // quoted; its type is still unknown
	LitBit                 // B'..' or X'..'; Text begins with b or x, digits follow
)

// Literal is a constant. Text is its value without quotes and escapes.
type Literal struct {
	Pos
	Kind LiteralKind
	Text string
}

// Param is $N, counted from 1.
type Param struct {
	Pos
	N int
}

// ColumnRef is a possibly qualified column, or t.* (and *) when Star is set.
type ColumnRef struct {
	Pos
	Parts []string
	Star  bool
}

// Call is a function call: plain, aggregate or window function. Key word syntax
// (EXTRACT, SUBSTRING, TRIM, POSITION, OVERLAY) arrives as PostgreSQL's plain
// call: position(b in a) is position(a, b), trim(leading x from y) is ltrim(y, x).
type Call struct {
	Pos
	Name Name
	Args []Expr
	// ArgNames is nil, or has one entry for each argument; "" for a positional one.
	ArgNames []string
	// Star marks count(*).
	Star bool
	// Distinct marks f(DISTINCT x).
	Distinct bool
	// Variadic marks the last argument as VARIADIC.
	Variadic bool
	// OrderBy is the ORDER BY inside the parentheses, or WITHIN GROUP's.
	OrderBy []*OrderItem
	// WithinGroup tells that OrderBy came from WITHIN GROUP (ORDER BY ...).
	WithinGroup bool
	Filter      Expr
	// IgnoreNulls marks IGNORE NULLS of window functions.
	IgnoreNulls bool
	// Over is nil for a call without OVER.
	Over *WindowSpec
}

// Binary is any infix operator. Op is the operator's text, or AND, OR; "!=" was
// normalised to "<>". Pos is the operator.
type Binary struct {
	Pos
	Op   string
	L, R Expr
	// Schema is set for OPERATOR(schema.op).
	Schema string
}

// Unary is a prefix operator: "-", "+", "NOT", "~", "@", "|/" ...
type Unary struct {
	Pos
	Op string
	X  Expr
	// Schema is set for OPERATOR(schema.op).
	Schema string
}

// TestKind is what IS tests.
type TestKind uint8

// Tests of IS.
const (
	TestNull TestKind = iota
	TestTrue
	TestFalse
	TestUnknown
	TestNormalized
	TestDocument
)

// IsTest is X IS [NOT] NULL, TRUE, FALSE, UNKNOWN, NORMALIZED, DOCUMENT.
type IsTest struct {
	Pos
	X    Expr
	Kind TestKind
	Not  bool
	// Form is NFC, NFD, NFKC or NFKD for NORMALIZED, "" when not given.
	Form string
}

// IsDistinct is L IS [NOT] DISTINCT FROM R.
type IsDistinct struct {
	Pos
	L, R Expr
	Not  bool
}

// LikeKind is the kind of pattern match.
type LikeKind uint8

// Kinds of pattern match.
const (
	LikePlain LikeKind = iota
	LikeFold           // ILIKE
	LikeSimilar
)

// Like is X [NOT] LIKE, ILIKE or SIMILAR TO Pattern [ESCAPE Escape]. With Quant
// set it is X LIKE ANY (Pattern), an array or a *Subquery.
type Like struct {
	Pos
	X, Pattern Expr
	Escape     Expr
	Kind       LikeKind
	Not        bool
	Quant      Quantifier
}

// Between is X [NOT] BETWEEN [SYMMETRIC] Low AND High.
type Between struct {
	Pos
	X, Low, High   Expr
	Not, Symmetric bool
}

// InList is X [NOT] IN (List...).
type InList struct {
	Pos
	X    Expr
	List []Expr
	Not  bool
}

// InSubquery is X [NOT] IN (Query).
type InSubquery struct {
	Pos
	X     Expr
	Query *Query
	Not   bool
}

// Exists is EXISTS (Query).
type Exists struct {
	Pos
	Query *Query
}

// Subquery is a query in parentheses as a value.
type Subquery struct {
	Pos
	Query *Query
}

// ArraySubquery is ARRAY(Query).
type ArraySubquery struct {
	Pos
	Query *Query
}

// Quantifier is ANY (SOME) or ALL.
type Quantifier uint8

// Quantifiers.
const (
	QuantNone Quantifier = iota
	QuantAny
	QuantAll
)

// Quantified is X Op ANY|ALL (Array), or with Query over a subquery.
type Quantified struct {
	Pos
	X     Expr
	Op    string
	Quant Quantifier
	// Exactly one of Array and Query is set.
	Array Expr
	Query *Query
	// Schema is set for OPERATOR(schema.op).
	Schema string
}

// When is one branch of CASE.
type When struct {
	Pos
	Cond, Result Expr
}

// Case is CASE [Operand] WHEN .. THEN .. [ELSE Else] END.
type Case struct {
	Pos
	Operand Expr
	Whens   []*When
	Else    Expr
}

// Cast is CAST(X AS Type), X::Type and the typed literal: type 'text'.
type Cast struct {
	Pos
	X    Expr
	Type *TypeName
}

// Row is ROW(...) or a list of at least two expressions in parentheses.
type Row struct {
	Pos
	Items []Expr
	// Explicit tells that ROW was written.
	Explicit bool
}

// Array is ARRAY[...]; nested dimensions are *Array items.
type Array struct {
	Pos
	Items []Expr
}

// Subscript is X[Index]; with Slice set X[Low:High], where a bound may be nil.
type Subscript struct {
	Pos
	X         Expr
	Index     Expr
	Slice     bool
	Low, High Expr
	// Apart tells that X stands in parentheses: (a[2:3])[1] takes an element of the
	// slice, a[2:3][1] another slice.
	Apart bool
}

// Field is (X).Name, or (X).* when Star is set.
type Field struct {
	Pos
	X    Expr
	Name string
	Star bool
}

// AtTimeZone is X AT TIME ZONE Zone.
type AtTimeZone struct {
	Pos
	X, Zone Expr
}

// Collate is X COLLATE Collation.
type Collate struct {
	Pos
	X         Expr
	Collation Name
}

// KeywordFunc is a function without parentheses: current_timestamp, current_user,
// localtime, ... Name is in lower case.
type KeywordFunc struct {
	Pos
	Name string
	// Precision is -1 when not given.
	Precision int
}

// Default is DEFAULT as a value of INSERT or UPDATE.
type Default struct{ Pos }

// TableArg is a relation as the argument of a table function: TUMBLE(s, ...),
// TUMBLE(TABLE s PARTITION BY k, ...).
type TableArg struct {
	Pos
	Name        Name
	PartitionBy []Expr
}

// Lambda is ksqlDB's (x, y) => Body.
type Lambda struct {
	Pos
	Params []string
	Body   Expr
}

// MapLiteral is ksqlDB's MAP(k := v, ...).
type MapLiteral struct {
	Pos
	Keys, Values []Expr
}

func (*Literal) expr()       {}
func (*Param) expr()         {}
func (*ColumnRef) expr()     {}
func (*Call) expr()          {}
func (*Binary) expr()        {}
func (*Unary) expr()         {}
func (*IsTest) expr()        {}
func (*IsDistinct) expr()    {}
func (*Like) expr()          {}
func (*Between) expr()       {}
func (*InList) expr()        {}
func (*InSubquery) expr()    {}
func (*Exists) expr()        {}
func (*Subquery) expr()      {}
func (*ArraySubquery) expr() {}
func (*Quantified) expr()    {}
func (*Case) expr()          {}
func (*Cast) expr()          {}
func (*Row) expr()           {}
func (*Array) expr()         {}
func (*Subscript) expr()     {}
func (*Field) expr()         {}
func (*AtTimeZone) expr()    {}
func (*Collate) expr()       {}
func (*KeywordFunc) expr()   {}
func (*Default) expr()       {}
func (*TableArg) expr()      {}
func (*Lambda) expr()        {}
func (*MapLiteral) expr()    {}
