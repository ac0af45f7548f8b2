package catalog

import (
	"math"
	"slices"

	"millrace/sql/pgerr"
)

// CreateType makes a user type. Of Type the ids and the Pos of labels are given by
// Apply. Type.Schema "" is the first schema of the search path.
type CreateType struct{ Type *UserType }

// DropType drops user types: domains with Domain set, else types of any kind.
type DropType struct {
	Names    []QName
	Domain   bool
	IfExists bool
	Cascade  bool
}

// AlterType changes a user type. Exactly one of the changes is set, but for the
// position of a new label.
type AlterType struct {
	Name   QName
	Domain bool
	// AddLabel is ADD VALUE, before or after the label Neighbour, or at the end.
	AddLabel    string `json:",omitempty"`
	IfNotExists bool   `json:",omitempty"`
	Before      bool   `json:",omitempty"`
	Neighbour   string `json:",omitempty"`
	// RenameLabel becomes NewName; without it NewName is the type's new name.
	RenameLabel string `json:",omitempty"`
	NewName     string `json:",omitempty"`
	NewSchema   string `json:",omitempty"`
	// Redefine is the type with new fields or constraints, the rest as it was.
	Redefine *UserType `json:",omitempty"`
	Comment  *string   `json:",omitempty"`
}

func (*CreateType) code() opCode { return opCreateType }
func (*DropType) code() opCode   { return opDropType }
func (*AlterType) code() opCode  { return opAlterType }

// labelGap is the distance between the Pos of neighbouring labels: room for labels
// that are added between them later.
const labelGap = 1 << 32

func errTypeExists(name string) error {
	return pgerr.Newf(pgerr.DuplicateObject, "type \"%s\" already exists", name)
}

// errTypeNamed is the error of a relation that is called like a type.
func errTypeNamed(name string) error {
	return pgerr.Newf(pgerr.DuplicateObject, "type \"%s\" already exists", name).
		WithHint("A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.")
}

func errNoType(name QName) error {
	full := name.Name
	if name.Schema != "" {
		full = name.Schema + "." + name.Name
	}
	return pgerr.Newf(pgerr.UndefinedObject, "type \"%s\" does not exist", full)
}

func (d *draft) createType(op *CreateType) error {
	if op.Type == nil {
		return pgerr.Bug("create without a type")
	}
	t := *op.Type
	t.Labels, t.Checks = slices.Clone(t.Labels), slices.Clone(t.Checks)
	holder := &Object{Schema: t.Schema, Name: t.Name}
	if err := d.placeNew(holder); err != nil {
		return err
	}
	t.Schema = holder.Schema
	if err := d.checkType(&t); err != nil {
		return err
	}
	t.ID, t.Owner = d.newID(), d.by
	d.newID() // the array type's place in the order of ids
	for i := range t.Labels {
		t.Labels[i].ID, t.Labels[i].Pos = d.newID(), int64(i+1)*labelGap
	}
	d.nameDomainChecks(&t)
	for i := range t.Checks {
		t.Checks[i].ID = d.newID()
	}
	d.putType(&t)
	return nil
}

// nameDomainChecks names the constraints without a name: d_check, d_check1 ...
func (d *draft) nameDomainChecks(t *UserType) {
	for i := range t.Checks {
		if t.Checks[i].Name != "" {
			continue
		}
		for n := 0; ; n++ {
			name := t.Name + "_check"
			if n > 0 {
				name += itoa(n)
			}
			if !slices.ContainsFunc(t.Checks, func(c CheckText) bool { return c.Name == name }) {
				t.Checks[i].Name = name
				break
			}
		}
	}
}

// checkType checks a new type's name and parts.
func (d *draft) checkType(t *UserType) error {
	if err := checkName(t.Name); err != nil {
		return err
	}
	name := QName{t.Schema, t.Name}
	if _, ok := d.base.FindType(nil, t.Schema, t.Name); ok {
		return errTypeExists(t.Name)
	}
	if e, ok := d.base.names[name]; ok && e.isRelation() {
		return errTypeExists(t.Name)
	}
	switch t.Kind {
	case TypeEnum:
		return checkLabels(t.Labels)
	case TypeComposite, TypeDomain:
		return d.checkFields(t)
	}
	return pgerr.Bug("type of kind %d", t.Kind)
}

func checkLabels(labels []EnumLabel) error {
	for i, x := range labels {
		if err := checkLabel(x.Name); err != nil {
			return err
		}
		if slices.ContainsFunc(labels[:i], func(y EnumLabel) bool { return y.Name == x.Name }) {
			return pgerr.Newf(pgerr.UniqueViolation,
				"duplicate key value violates unique constraint \"pg_enum_typid_label_index\"")
		}
	}
	return nil
}

func checkLabel(name string) error {
	if len(name) > nameMax {
		return pgerr.Newf(pgerr.InvalidName, "invalid enum label \"%s\"", name).
			WithDetail("Labels must be %d bytes or less.", nameMax)
	}
	return nil
}

// checkFields makes sure that the fields' types exist (the change may be late).
func (d *draft) checkFields(t *UserType) error {
	for i, f := range t.Fields {
		if t.Kind == TypeComposite && slices.ContainsFunc(t.Fields[:i], func(g Column) bool { return g.Name == f.Name }) {
			return pgerr.Newf(pgerr.DuplicateColumn, "column \"%s\" specified more than once", f.Name)
		}
	}
	return d.checkColumnTypes(t.Fields)
}

func (d *draft) checkColumnTypes(cols []Column) error {
	for _, c := range cols {
		if c.Type.Def != nil && c.Type.Def.OID != 0 {
			if _, ok := d.base.TypeFromOID(c.Type.OID()); !ok {
				return errConcurrent()
			}
		}
		if c.Domain != 0 {
			if _, ok := d.base.TypeByID(c.Domain); !ok {
				return errConcurrent()
			}
		}
	}
	return nil
}

// putType makes t part of the new version in place of the one with its id.
func (d *draft) putType(t *UserType) {
	i := slices.IndexFunc(d.types, func(u *UserType) bool { return u.ID == t.ID })
	if i >= 0 {
		d.types[i] = t
	} else {
		d.types = append(d.types, t)
	}
	d.result.Changed = true
}

// findUserType resolves the name of an ALTER or DROP; skip tells that it does not
// exist and need not.
func (d *draft) findUserType(name QName, domain, ifExists bool) (t *UserType, skip bool, err error) {
	if name.Schema != "" && !d.base.HasSchema(name.Schema) {
		if !ifExists {
			return nil, false, errNoSchema(name.Schema)
		}
		d.notice(notice(pgerr.SuccessfulCompletion, "schema \"%s\" does not exist, skipping", name.Schema))
		return nil, true, nil
	}
	t, ok := d.base.FindType(d.path, name.Schema, name.Name)
	switch {
	case !ok && ifExists:
		d.notice(notice(pgerr.SuccessfulCompletion, "type \"%s\" does not exist, skipping", name.Name))
		return nil, true, nil
	case !ok:
		return nil, false, errNoType(name)
	case domain && t.Kind != TypeDomain:
		return nil, false, pgerr.Newf(pgerr.WrongObjectType, "%s is not a domain", d.base.typeDisplay(t.Schema, t.Name))
	}
	return t, false, nil
}

func (d *draft) alterType(op *AlterType) error {
	t, _, err := d.findUserType(op.Name, op.Domain, false)
	if err != nil {
		return err
	}
	if err := d.mayChangeType(t); err != nil {
		return err
	}
	c := *t
	c.Labels, c.Fields, c.Checks = slices.Clone(t.Labels), slices.Clone(t.Fields), slices.Clone(t.Checks)
	switch {
	case op.Comment != nil:
		c.Comment = *op.Comment
	case op.Redefine != nil:
		err = d.redefine(&c, op.Redefine)
	case op.AddLabel != "" || op.RenameLabel != "":
		if c.Kind != TypeEnum {
			return pgerr.Newf(pgerr.WrongObjectType, "%s is not an enum", d.base.typeDisplay(t.Schema, t.Name))
		}
		if op.RenameLabel != "" {
			err = d.renameLabel(&c, op)
		} else {
			err = d.addLabel(&c, op)
		}
	case op.NewSchema != "" || op.NewName != "":
		return d.moveType(&c, op)
	}
	if err != nil {
		return err
	}
	d.putType(&c)
	return nil
}

// redefine takes the fields and constraints of next.
func (d *draft) redefine(c, next *UserType) error {
	if c.Kind == TypeComposite {
		if err := d.refuseStored(c, nil); err != nil {
			return err
		}
	}
	c.Fields, c.Checks = next.Fields, slices.Clone(next.Checks)
	d.nameDomainChecks(c)
	for i := range c.Checks {
		if c.Checks[i].ID == 0 {
			c.Checks[i].ID = d.newID()
		}
	}
	return d.checkFields(c)
}

// refuseStored refuses to change a composite type whose values are stored.
func (d *draft) refuseStored(t *UserType, _ []Column) error {
	for _, o := range d.base.objects {
		for _, col := range o.Columns {
			if usesType(col.Type, uint32(t.ID)) {
				return pgerr.Newf(pgerr.FeatureNotSupported, "cannot alter type \"%s\" because column \"%s.%s\" uses it",
					t.Name, o.Name, col.Name)
			}
		}
	}
	return nil
}

func (d *draft) renameLabel(c *UserType, op *AlterType) error {
	if err := checkLabel(op.NewName); err != nil {
		return err
	}
	at := slices.IndexFunc(c.Labels, func(x EnumLabel) bool { return x.Name == op.RenameLabel })
	if at < 0 {
		return pgerr.Newf(pgerr.InvalidParameterValue, "\"%s\" is not an existing enum label", op.RenameLabel)
	}
	if slices.ContainsFunc(c.Labels, func(x EnumLabel) bool { return x.Name == op.NewName }) {
		return pgerr.Newf(pgerr.DuplicateObject, "enum label \"%s\" already exists", op.NewName)
	}
	for _, o := range d.base.objects {
		if o.IsContinuous() && d.readsType(o, c) {
			return pgerr.Newf(pgerr.FeatureNotSupported,
				"cannot rename a label of %s because %s may hold its text",
				d.base.typeDisplay(c.Schema, c.Name), d.base.describe(d.path, o)).
				WithDetail("A continuous query must give the same result when it runs again.")
		}
	}
	c.Labels[at].Name = op.NewName
	return nil
}

// readsType reports whether a query reads values of the type or names it.
func (d *draft) readsType(o *Object, t *UserType) bool {
	if d.base.holdsType(o, t) || textNamesType(d.base, o.Definition, o.SearchPath, t) {
		return true
	}
	for _, id := range o.DependsOn {
		if r, ok := d.base.byID[id]; ok && d.readsType(r, t) {
			return true
		}
	}
	return false
}

// addLabel adds a label; its Pos lies between those of its neighbours.
func (d *draft) addLabel(c *UserType, op *AlterType) error {
	if err := checkLabel(op.AddLabel); err != nil {
		return err
	}
	if slices.ContainsFunc(c.Labels, func(x EnumLabel) bool { return x.Name == op.AddLabel }) {
		e := pgerr.Newf(pgerr.DuplicateObject, "enum label \"%s\" already exists", op.AddLabel)
		if !op.IfNotExists {
			return e
		}
		e.Message += ", skipping"
		d.notice(e)
		return nil
	}
	at := len(c.Labels)
	if op.Neighbour != "" {
		if at = slices.IndexFunc(c.Labels, func(x EnumLabel) bool { return x.Name == op.Neighbour }); at < 0 {
			return pgerr.Newf(pgerr.InvalidParameterValue, "\"%s\" is not an existing enum label", op.Neighbour)
		}
		if !op.Before {
			at++
		}
	}
	pos, ok := labelPos(c.Labels, at)
	if !ok {
		return pgerr.New(pgerr.ProgramLimitExceeded, "too many labels were added between two labels")
	}
	c.Labels = slices.Insert(c.Labels, at, EnumLabel{ID: d.newID(), Name: op.AddLabel, Pos: pos})
	return nil
}

// labelPos is a Pos for a new label number at; ok is false when there is no room.
func labelPos(labels []EnumLabel, at int) (pos int64, ok bool) {
	switch {
	case len(labels) == 0:
		return labelGap, true
	case at == len(labels):
		last := labels[at-1].Pos
		return last + labelGap, last < math.MaxInt64-2*labelGap
	case at == 0:
		first := labels[0].Pos
		return first - labelGap, first > math.MinInt64+2*labelGap
	}
	low, high := labels[at-1].Pos, labels[at].Pos
	return low + (high-low)/2, high-low > 1
}

func (d *draft) dropType(op *DropType) error {
	var drop []*UserType
	for _, name := range op.Names {
		t, skip, err := d.findUserType(name, false, op.IfExists)
		if err != nil {
			return err
		}
		if !skip && op.Domain && t.Kind != TypeDomain {
			return pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not a domain", t.Name)
		}
		if !skip && !slices.Contains(drop, t) {
			drop = append(drop, t)
		}
	}
	for _, t := range drop {
		if err := d.mayChangeType(t); err != nil {
			return err
		}
		if err := d.freeType(t, drop, op.Cascade); err != nil {
			return err
		}
		d.types = slices.DeleteFunc(d.types, func(u *UserType) bool { return u.ID == t.ID })
		d.result.Changed = true
	}
	return nil
}
