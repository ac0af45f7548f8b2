package catalog

import (
	"fmt"

	"millrace/sql/types"
)

// columnJSON is the stored form of a Column: the type is an OID and a modifier. Fields
// are those of a STRUCT, which has no OID of its own.
type columnJSON struct {
	Name      string
	Type      uint32
	Mod       int32
	NotNull   bool     `json:",omitempty"`
	Default   string   `json:",omitempty"`
	Comment   string   `json:",omitempty"`
	Domain    ObjectID `json:",omitempty"`
	Fields    []Column `json:",omitempty"`
	Generated string   `json:",omitempty"`
	Identity  string   `json:",omitempty"`
	Sequence  ObjectID `json:",omitempty"`
}

// MarshalJSON writes the stored form.
func (c Column) MarshalJSON() ([]byte, error) {
	w := columnJSON{c.Name, c.Type.OID(), c.Type.Mod, c.NotNull, c.Default, c.Comment, c.Domain, nil, c.Generated, c.Identity, c.Sequence}
	if d := c.Type.Def; d != nil && d.OID == 0 {
		for _, f := range d.Fields {
			w.Fields = append(w.Fields, Column{Column: f})
		}
	}
	return mustJSON(w), nil
}

// UnmarshalJSON reads the stored form. User types have their OID only, until the
// snapshot with the column is made.
func (c *Column) UnmarshalJSON(data []byte) error {
	var w columnJSON
	if err := strictJSON(data, &w); err != nil {
		return err
	}
	t, ok := types.FromOID(w.Type)
	switch {
	case !ok && ObjectID(w.Type&userObjectIDMask) < FirstObjectID:
		return fmt.Errorf("column %q has type %d", w.Name, w.Type)
	case !ok:
		t = unlinked(w.Type)
	case len(w.Fields) > 0:
		fields := make([]types.Column, len(w.Fields))
		for i := range w.Fields {
			fields[i] = w.Fields[i].Column
		}
		t.Def = &types.Def{Fields: fields}
	}
	t.Mod = w.Mod
	*c = Column{
		Column:  types.Column{Name: w.Name, Type: t, NotNull: w.NotNull},
		Default: w.Default, Comment: w.Comment, Domain: w.Domain, Generated: w.Generated, Identity: w.Identity,
		Sequence: w.Sequence,
	}
	return nil
}
