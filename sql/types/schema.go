package types

// Column is a named, typed column.
type Column struct {
	Name    string
	Type    Type
	NotNull bool
}

// Schema is the ordered columns of a relation or of a result.
type Schema []Column

// Index returns the position of the column called name, or -1.
func (s Schema) Index(name string) int {
	for i := range s {
		if s[i].Name == name {
			return i
		}
	}
	return -1
}

// Types returns the columns' types in order.
func (s Schema) Types() []Type {
	out := make([]Type, len(s))
	for i := range s {
		out[i] = s[i].Type
	}
	return out
}
