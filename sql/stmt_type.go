package sql

// CreateType is CREATE TYPE name AS ENUM (..) or AS (fields).
type CreateType struct {
	Stmt
	Name Name
	// Enum tells CREATE TYPE .. AS ENUM; Labels may be empty then.
	Enum   bool
	Labels []string
	Fields []*ColumnDef
}

// CreateDomain is CREATE DOMAIN. Def holds the base type, default and constraints; its
// name is "value", by which CHECK means the value.
type CreateDomain struct {
	Stmt
	Name Name
	Def  *ColumnDef
}

// AlterTypeAction is what an AlterType does.
type AlterTypeAction uint8

// The actions of ALTER TYPE and ALTER DOMAIN.
const (
	AlterAddValue AlterTypeAction = iota
	AlterRenameValue
	AlterTypeSchema
	AlterAddAttribute
	AlterDropAttribute
	AlterAttributeType
	AlterDomainDefault // Def.Default nil drops it
	AlterDomainNotNull // Def.NotNull says which
	AlterDomainAddConstraint
	AlterDomainDropConstraint
	AlterDomainValidate
)

// AlterType is ALTER TYPE or ALTER DOMAIN but for RENAME TO.
type AlterType struct {
	Stmt
	Domain bool
	Name   Name
	Action AlterTypeAction
	// Value is the label, attribute, constraint or schema; NewName what it becomes.
	Value, NewName string
	// Neighbour is the label of BEFORE or AFTER, "" at the end.
	Neighbour string
	Before    bool
	// IfExists is IF EXISTS or IF NOT EXISTS of the part.
	IfExists bool
	Def      *ColumnDef
}
