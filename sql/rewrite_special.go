package sql

import "strings"

// specialCall reads the calls with key words between their arguments; false when
// the function has none.
func (r *rewriter) specialCall(shape *callShape) bool {
	switch shape.call.Name.Parts[0] {
	case "extract":
		r.extract(shape.call)
	case "position":
		r.position(shape.call)
	case "substring":
		r.substring(shape.call)
	case "overlay":
		r.overlay(shape.call)
	case "trim":
		r.trim(shape.call)
	case "normalize":
		r.normalize(shape.call)
	case "map":
		return r.mapLiteral(shape.call.Pos)
	case "xmlelement", "xmlforest", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmlexists":
		r.refuse(shape.call.Pos, "XML functions are not supported")
	case "coalesce", "greatest", "least", "grouping", "xmlconcat":
		if r.isAt(1, ")") {
			r.failAt(1)
		}
		return false
	default:
		return false
	}
	return true
}

// plainArgs makes a builder that fills call with the arguments in the order given.
func plainArgs(call *Call, order ...int) builder {
	return func(a []Expr) Expr {
		if len(order) == 0 {
			call.Args = a
			return call
		}
		for _, i := range order {
			call.Args = append(call.Args, a[i])
		}
		return call
	}
}

func (r *rewriter) extract(call *Call) {
	r.wantPunct("(")
	r.open(call.Pos, plainArgs(call))
	t := r.tok()
	switch {
	case t.kind == tokQuoted, t.kind == tokString:
	case t.kind == tokIdent && (keywords[t.text].kind == kwNone || r.kwIn(intervalUnits...) != ""):
	default:
		r.fail()
	}
	r.leaf(&Literal{Pos: Pos(t.pos), Kind: LitString, Text: r.take()})
	r.want("from")
	r.emit(",")
	r.expr()
	r.wantPunct(")")
	r.emit(")")
}

func (r *rewriter) position(call *Call) {
	r.wantPunct("(")
	r.open(call.Pos, plainArgs(call, 1, 0))
	r.simpleExpr()
	r.want("in")
	r.emit(",")
	r.simpleExpr()
	r.wantPunct(")")
	r.emit(")")
}

// substring reads SUBSTRING(x FROM a FOR b), with FOR first or alone, SIMILAR, or
// plain arguments.
func (r *rewriter) substring(call *Call) {
	r.wantPunct("(")
	start := len(r.atoms)
	if r.is(")") {
		r.p++
		r.open(call.Pos, plainArgs(call))
		r.emit(")")
		return
	}
	var build builder
	r.expr()
	word := r.acceptIn("from", "for", "similar")
	switch word {
	case "similar":
		build = plainArgs(call)
		r.emit(",")
		r.expr()
		r.want("escape")
		r.emit(",")
		r.expr()
	case "from", "for":
		build = r.substringRange(call, word)
	default:
		build = plainArgs(call)
		for r.acceptPunct(",") {
			r.emit(",")
			r.expr()
		}
	}
	r.wantPunct(")")
	r.emit(")")
	r.wrap(start, call.Pos, build)
}

func (r *rewriter) substringRange(call *Call, word string) builder {
	r.emit(",")
	r.expr()
	second := "from"
	if word == "from" {
		second = "for"
	}
	switch {
	case r.accept(second):
		r.emit(",")
		r.expr()
		if word == "for" {
			return plainArgs(call, 0, 2, 1)
		}
		return plainArgs(call)
	case word == "for":
		return func(a []Expr) Expr {
			one := &Literal{Pos: NoPos, Kind: LitInt, Text: "1"}
			call.Args = []Expr{a[0], one, a[1]}
			return call
		}
	}
	return plainArgs(call)
}

func (r *rewriter) overlay(call *Call) {
	r.wantPunct("(")
	r.open(call.Pos, plainArgs(call))
	r.expr()
	if r.accept("placing") {
		r.emit(",")
		r.expr()
		r.want("from")
		r.emit(",")
		r.expr()
		if r.accept("for") {
			r.emit(",")
			r.expr()
		}
	} else {
		for r.acceptPunct(",") {
			r.emit(",")
			r.expr()
		}
	}
	r.wantPunct(")")
	r.emit(")")
}

// trim reads TRIM([BOTH|LEADING|TRAILING] [chars] FROM x), which PostgreSQL calls
// btrim, ltrim and rtrim.
func (r *rewriter) trim(call *Call) {
	r.wantPunct("(")
	call.Name.Parts = []string{"btrim"}
	switch r.acceptIn("both", "leading", "trailing") {
	case "leading":
		call.Name.Parts = []string{"ltrim"}
	case "trailing":
		call.Name.Parts = []string{"rtrim"}
	}
	chars := 0
	r.open(call.Pos, func(a []Expr) Expr {
		call.Args = append(append([]Expr{}, a[chars:]...), a[:chars]...)
		return call
	})
	if r.accept("from") {
		r.exprs()
	} else {
		n := r.exprs()
		if n == 1 && r.accept("from") {
			chars = 1
			r.emit(",")
			r.exprs()
		}
	}
	r.wantPunct(")")
	r.emit(")")
}

func (r *rewriter) normalize(call *Call) {
	r.wantPunct("(")
	r.open(call.Pos, plainArgs(call))
	r.expr()
	if r.acceptPunct(",") {
		r.emit(",")
		pos := r.pos()
		form := r.wantIn("nfc", "nfd", "nfkc", "nfkd")
		r.leaf(&Literal{Pos: pos, Kind: LitString, Text: strings.ToUpper(form)})
	}
	r.wantPunct(")")
	r.emit(")")
}

// mapLiteral reads ksqlDB's MAP(key := value, ...); false when it is a call.
func (r *rewriter) mapLiteral(pos Pos) bool {
	if !r.isAt(2, ":=") || r.at(1).kind == tokIdent {
		return false
	}
	r.p++
	r.open(pos, func(a []Expr) Expr {
		node := &MapLiteral{Pos: pos}
		for i := 0; i < len(a); i += 2 {
			node.Keys = append(node.Keys, a[i])
			node.Values = append(node.Values, a[i+1])
		}
		return node
	})
	for {
		r.expr()
		r.wantPunct(":=")
		r.emit(",")
		r.expr()
		if !r.acceptPunct(",") {
			break
		}
		r.emit(",")
	}
	r.wantPunct(")")
	r.emit(")")
	return true
}
