package sql

// createSequence reads CREATE SEQUENCE.
func (c *cursor) createSequence() Statement {
	c.want("sequence")
	node := &CreateSequence{IfNotExists: c.ifNotExists()}
	node.Name = c.qualified()
	for c.sequenceOption(&node.Options) {
	}
	return node
}

// alterSequence reads what follows ALTER SEQUENCE name; nil for what is not known.
func (c *cursor) alterSequence(name Name, ifExists bool) Statement {
	node := &AlterSequence{Name: name, IfExists: ifExists}
	start := c.p
	for c.sequenceOption(&node.Options) {
	}
	if c.p == start {
		return nil
	}
	return node
}

// identityOptions reads the options in parentheses behind AS IDENTITY.
func (c *cursor) identityOptions() *SequenceOptions {
	o := &SequenceOptions{}
	if !c.acceptPunct("(") {
		return o
	}
	for c.sequenceOption(o) {
	}
	c.wantPunct(")")
	return o
}

func (c *cursor) number() *int64 {
	n := c.signedInteger()
	return &n
}

// sequenceOption reads one option; false at the end.
func (c *cursor) sequenceOption(o *SequenceOptions) bool {
	switch {
	case c.accept("as"):
		o.Type = c.typeName()
	case c.accept("increment"):
		c.accept("by")
		o.Step = c.number()
	case c.accept("minvalue"):
		o.Min = c.number()
	case c.accept("maxvalue"):
		o.Max = c.number()
	case c.accept("no", "minvalue"):
		o.NoMin = true
	case c.accept("no", "maxvalue"):
		o.NoMax = true
	case c.accept("start"):
		c.accept("with")
		o.Start = c.number()
	case c.accept("restart"):
		o.Restart = true
		if c.accept("with") || c.tok().kind == tokInt || c.op("-") {
			o.RestartWith = c.number()
		}
	case c.accept("cache"):
		c.number() // numbers are given out one statement at a time
	case c.accept("cycle"):
		o.Cycle = true
	case c.accept("no", "cycle"):
		o.NoCycle = true
	case c.accept("owned", "by"):
		if o.OwnedByNone = c.accept("none"); !o.OwnedByNone {
			o.OwnedBy = c.anyQualified()
		}
	case c.accept("sequence", "name"):
		c.anyQualified()
	default:
		return false
	}
	return true
}
