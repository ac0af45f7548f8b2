package sql

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// typeSynonyms are the names of one word that the SQL standard or ksqlDB give to
// a type; PostgreSQL's grammar (or we) replace them by the internal name.
var typeSynonyms = map[string]string{
	"int": "int4", "integer": "int4", "bigint": "int8", "smallint": "int2",
	"real": "float4", "boolean": "bool", "decimal": "numeric", "dec": "numeric",
	"string": "text", "bytes": "bytea", "double": "float8",
}

// typeName reads a type with its modifiers and array dimensions.
func (c *cursor) typeName() *TypeName {
	c.enter()
	defer c.leave()
	t := &TypeName{Pos: c.pos()}
	if c.kw("setof") {
		c.refuse(t.Pos, "SETOF types are not supported")
	}
	if !c.keywordType(t) {
		c.plainType(t)
	}
	c.arrayDims(t)
	return t
}

// keywordType reads the types with a syntax of their own; false when the next
// word is none of them.
func (c *cursor) keywordType(t *TypeName) bool {
	word := c.tok()
	if word.kind != tokIdent || c.isAt(1, ".") {
		return false
	}
	switch word.text {
	case "double":
		c.p++
		c.accept("precision")
		t.Parts = []string{"float8"}
	case "float":
		c.p++
		c.floatType(t)
	case "character", "char", "nchar", "national":
		c.characterType(t)
	case "varchar":
		c.p++
		t.Parts, t.Mods = []string{"varchar"}, c.typeMods()
	case "bit":
		c.bitType(t)
	case "timestamp", "time":
		c.p++
		c.timeType(t, word.text)
	case "interval":
		c.p++
		t.Parts, t.Mods = []string{"interval"}, c.typeMods()
		if t.Mods == nil {
			c.intervalFields(t)
		}
	case "array", "map", "struct":
		return c.nestedType(t, word.text)
	default:
		return false
	}
	return true
}

// plainType reads name(mods), where the name may be qualified.
func (c *cursor) plainType(t *TypeName) {
	word := c.tok()
	t.Parts = []string{c.nonReservedType()}
	for c.acceptPunct(".") {
		t.Parts = append(t.Parts, c.label())
	}
	if synonym, ok := typeSynonyms[word.text]; ok && word.kind == tokIdent && len(t.Parts) == 1 {
		t.Parts[0] = synonym
	}
	t.Mods = c.typeMods()
}

// nonReservedType reads the first word of a type: besides type names the key
// words int, numeric, ... which PostgreSQL lists among the column names.
func (c *cursor) nonReservedType() string {
	if t := c.tok(); t.kind == tokIdent && keywords[t.text].kind == kwColName && !isTypeKeyword(t.text) && !c.isAt(1, ".") {
		c.fail()
	}
	return c.nonReserved()
}

func isTypeKeyword(word string) bool {
	switch word {
	case "int", "integer", "bigint", "smallint", "real", "boolean", "decimal", "dec", "numeric",
		"bit", "char", "character", "float", "interval", "national", "nchar", "time", "timestamp", "varchar":
		return true
	}
	return false
}

func (c *cursor) floatType(t *TypeName) {
	t.Parts = []string{"float8"}
	if !c.acceptPunct("(") {
		return
	}
	pos := c.pos()
	bits := c.smallInt()
	c.wantPunct(")")
	switch {
	case bits < 1:
		c.bail(pgerr.New(pgerr.InvalidParameterValue,
			"precision for type float must be at least 1 bit").At(int(pos)))
	case bits > 53:
		c.bail(pgerr.New(pgerr.InvalidParameterValue,
			"precision for type float must be less than 54 bits").At(int(pos)))
	case bits <= 24:
		t.Parts[0] = "float4"
	}
}

func (c *cursor) characterType(t *TypeName) {
	if c.accept("national") && c.kwIn("character", "char") == "" {
		c.fail()
	}
	c.p++
	t.Parts = []string{"bpchar"}
	if c.accept("varying") {
		t.Parts[0] = "varchar"
	}
	if t.Mods = c.typeMods(); t.Mods == nil && t.Parts[0] == "bpchar" {
		t.Mods = []int{1}
	}
}

func (c *cursor) bitType(t *TypeName) {
	c.p++
	t.Parts = []string{"bit"}
	if c.accept("varying") {
		t.Parts[0] = "varbit"
	}
	if t.Mods = c.typeMods(); t.Mods == nil && t.Parts[0] == "bit" {
		t.Mods = []int{1}
	}
}

func (c *cursor) timeType(t *TypeName, name string) {
	t.Mods = c.typeMods()
	switch {
	case c.accept("with", "time", "zone"):
		name += "tz"
	case c.accept("without", "time", "zone"):
	}
	t.Parts = []string{name}
}

// typeMods reads (n, ...); nil when there is none.
func (c *cursor) typeMods() []int {
	if !c.acceptPunct("(") {
		return nil
	}
	var mods []int
	for {
		mods = append(mods, c.typeMod())
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return mods
}

// typeMod reads one modifier. PostgreSQL takes any constant here and checks it
// later; a constant that is no integer is never right.
func (c *cursor) typeMod() int {
	pos := c.pos()
	sign := 1
	if c.acceptOp("-") {
		sign = -1
	}
	t := c.tok()
	switch {
	case t.kind == tokInt, t.kind == tokString, t.kind == tokNumeric, c.isColID(0):
	default:
		c.fail()
	}
	n, err := strconv.ParseInt(t.text, 10, 32)
	if err != nil {
		if !c.isAt(1, ",") && !c.isAt(1, ")") {
			c.failAt(1)
		}
		c.bail(pgerr.New(pgerr.InvalidParameterValue,
			"type modifiers must be simple constants or identifiers").At(int(pos)))
	}
	c.p++
	return sign * int(n)
}

// arrayDims reads [], [n] and ARRAY[n]. The declared length means nothing.
func (c *cursor) arrayDims(t *TypeName) {
	if c.accept("array") {
		t.ArrayDims++
		if c.is("[") {
			c.dim()
		}
		return
	}
	for c.is("[") {
		c.dim()
		t.ArrayDims++
	}
}

func (c *cursor) dim() {
	c.wantPunct("[")
	if c.tok().kind == tokInt {
		c.p++
	}
	c.wantPunct("]")
}

// intervalUnits are the fields of an interval, longest first.
var intervalUnits = []string{"year", "month", "day", "hour", "minute", "second"}

// intervalFields reads YEAR TO MONTH and the like, with SECOND(n).
func (c *cursor) intervalFields(t *TypeName) {
	from := c.acceptIn(intervalUnits...)
	if from == "" {
		return
	}
	t.Fields = from
	last := from
	if c.kw("to") && from != "month" && from != "second" {
		c.p++
		last = c.wantIn(intervalUnits...)
		if !validIntervalRange(from, last) {
			c.p--
			c.fail()
		}
		t.Fields += " to " + last
	}
	if last == "second" {
		t.Mods = c.typeMods()
	}
}

func validIntervalRange(from, to string) bool {
	switch from {
	case "year":
		return to == "month"
	case "day":
		return to == "hour" || to == "minute" || to == "second"
	case "hour":
		return to == "minute" || to == "second"
	case "minute":
		return to == "second"
	}
	return false
}

// nestedType reads ksqlDB's ARRAY<T>, MAP<K, V> and STRUCT<f T, ...>.
func (c *cursor) nestedType(t *TypeName, word string) bool {
	if next := c.at(1); next.kind != tokOp || !strings.HasPrefix(next.text, "<") {
		return false
	}
	c.p++
	c.angle("<")
	switch word {
	case "array":
		elem := c.typeName()
		pos := t.Pos
		*t = *elem
		t.Pos = pos
		t.ArrayDims++
	case "map":
		t.Parts = []string{"map"}
		key := c.typeName()
		c.wantPunct(",")
		t.Args = []*TypeName{key, c.typeName()}
	case "struct":
		t.Parts = []string{"struct"}
		t.Struct = c.structFields()
	}
	c.angle(">")
	return true
}

func (c *cursor) structFields() []*ColumnDef {
	var fields []*ColumnDef
	for !c.op(">") && !strings.HasPrefix(c.tok().text, ">") {
		field := &ColumnDef{Pos: c.pos(), Name: c.label()}
		c.acceptPunct(":")
		field.Type = c.typeName()
		fields = append(fields, field)
		if !c.acceptPunct(",") {
			break
		}
	}
	return fields
}

// angle takes one angle bracket; the lexer joins neighbours (">>", "<>") into one
// operator, so the token is shortened in place.
func (c *cursor) angle(bracket string) {
	t := c.tok()
	if t.kind != tokOp || !strings.HasPrefix(c.src[t.pos:t.end], bracket) {
		c.fail()
	}
	if t.end-t.pos == 1 {
		c.p++
		return
	}
	t.pos++
	t.text = c.src[t.pos:t.end]
	c.toks[c.p] = t
}
