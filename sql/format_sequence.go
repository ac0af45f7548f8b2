package sql

import "strconv"

func (p *printer) createSequence(n *CreateSequence) {
	p.put("CREATE SEQUENCE ")
	p.when(n.IfNotExists, "IF NOT EXISTS ")
	p.put(n.Name.String())
	p.sequenceOptions(&n.Options)
}

func (p *printer) alterSequence(n *AlterSequence) {
	p.put("ALTER SEQUENCE ")
	p.when(n.IfExists, "IF EXISTS ")
	p.put(n.Name.String())
	p.sequenceOptions(&n.Options)
}

// sequenceOptions prints each option behind a blank.
func (p *printer) sequenceOptions(o *SequenceOptions) {
	number := func(word string, n *int64) {
		if n != nil {
			p.put(" ", word, " ", strconv.FormatInt(*n, 10))
		}
	}
	if o.Type != nil {
		p.put(" AS ")
		p.typeName(o.Type)
	}
	number("INCREMENT BY", o.Step)
	number("MINVALUE", o.Min)
	number("MAXVALUE", o.Max)
	p.when(o.NoMin, " NO MINVALUE")
	p.when(o.NoMax, " NO MAXVALUE")
	number("START WITH", o.Start)
	p.when(o.Restart && o.RestartWith == nil, " RESTART")
	number("RESTART WITH", o.RestartWith)
	p.when(o.Cycle, " CYCLE")
	p.when(o.NoCycle, " NO CYCLE")
	p.when(o.OwnedByNone, " OWNED BY NONE")
	if !o.OwnedBy.Empty() {
		p.put(" OWNED BY ", o.OwnedBy.String())
	}
}

// identity prints the options of an identity column in parentheses.
func (p *printer) identity(o *SequenceOptions) {
	inner := &printer{}
	inner.sequenceOptions(o)
	if text := inner.String(); text != "" {
		p.put(" (", text[1:], ")")
	}
}
