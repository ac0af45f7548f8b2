package session

import (
	"context"
	"slices"
	"strings"

	"millrace/catalog"
	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// prepared is a parsed statement, with its plan where it has one.
type prepared struct {
	stmt sql.Statement // nil: empty query
	// source is the text that positions refer to, of the extended protocol.
	source string
	// declared are the parameter types the client gave; Unknown where it did not.
	declared []types.Type
	params   []types.Type
	query    *plan.Query
	// lookup does what query does, where that is a look-up by key; else nil.
	lookup *exec.Lookup
	// sources is what query reads in the end.
	sources exec.Sources
	write   *plan.Write
	// told is the result's columns as the client knows them, once isTold.
	told   types.Schema
	isTold bool
	// catalogAt and settingsAt say for which catalog and settings the plan holds.
	catalogAt, settingsAt uint64
}

// plan makes sure that p has a plan for the current catalog.
func (s *Session) plan(p *prepared) error {
	snap := s.backend.Catalog.Current()
	planned := p.query != nil || p.write != nil
	if planned && p.catalogAt == snap.Version() && p.settingsAt == s.vars.version {
		return nil
	}
	o := s.planOptions(p.declared)
	var err error
	switch st := p.stmt.(type) {
	case *sql.SelectStmt:
		p.lookup = nil
		if p.query, err = planner.Query(st.Query, snap, o); err == nil {
			p.params = p.query.Params
			p.sources = s.backend.Engine.SourcesOf(snap, p.query.Reads)
			if p.query.Emit == plan.EmitOnce && p.query.Hidden == 0 {
				p.lookup = exec.PrepareLookup(p.query.Root)
			}
		}
	case *sql.Insert:
		if isInsertQuery(st) {
			return nil
		}
		p.write, err = planner.Insert(st, snap, o)
	case *sql.Update:
		p.write, err = planner.Update(st, snap, o)
	case *sql.Delete:
		p.write, err = planner.Delete(st, snap, o)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	out := types.Schema(nil)
	if p.query != nil {
		out = p.query.Out
	} else {
		out, p.params = p.write.Out, p.write.Params
	}
	if p.isTold && !slices.EqualFunc(out, p.told, sameColumn) {
		p.query, p.write = nil, nil
		return pgerr.New(pgerr.FeatureNotSupported, "cached plan must not change result type")
	}
	p.told, p.isTold = out, true
	p.catalogAt, p.settingsAt = snap.Version(), s.vars.version
	return nil
}

func sameColumn(a, b types.Column) bool { return a.Name == b.Name && a.Type.Is(b.Type) }

// fields describes the rows of a statement without running it; nil when it
// returns none.
func (s *Session) fields(ctx context.Context, p *prepared) ([]pgwire.Field, error) {
	if p.stmt == nil {
		return nil, nil
	}
	if err := s.plan(p); err != nil {
		return nil, err
	}
	switch {
	case p.query != nil:
		return queryFields(p.query), nil
	case p.write != nil:
		return schemaFields(p.write.Out), nil
	}
	return s.utilityFields(ctx, p.stmt)
}

func queryFields(q *plan.Query) []pgwire.Field {
	out := schemaFields(q.Out)
	if out == nil {
		out = []pgwire.Field{}
	}
	for i := range out {
		if i < len(q.OriginTable) {
			out[i].Table, out[i].Column = uint32(q.OriginTable[i]), q.OriginColumn[i]
		}
	}
	return out
}

func schemaFields(s types.Schema) []pgwire.Field {
	if s == nil {
		return nil
	}
	out := make([]pgwire.Field, len(s))
	for i, c := range s {
		out[i] = pgwire.Field{Name: c.Name, Type: c.Type}
	}
	return out
}

// Parse implements pgwire.Session.
func (s *Session) Parse(_ context.Context, name, query string, oids []uint32) error {
	if name != "" && s.statements[name] != nil {
		return pgerr.Newf(pgerr.DuplicatePreparedStatement, "prepared statement %q already exists", name)
	}
	s.startStatement(query)
	delete(s.statements, name)
	query, replaced := sql.Variables(query, s.variables)
	stmts, err := sql.Parse(query)
	if err != nil {
		return replaced.Place(err)
	}
	if len(stmts) > 1 {
		return pgerr.New(pgerr.SyntaxError, "cannot insert multiple commands into a prepared statement")
	}
	p := &prepared{declared: make([]types.Type, len(oids)), source: query}
	for i, oid := range oids {
		if p.declared[i], err = s.paramType(oid); err != nil {
			return err
		}
	}
	if len(stmts) == 1 {
		p.stmt = stmts[0]
		if err := s.allowed(p.stmt); err != nil && s.txn.failed {
			return err
		}
		if err := s.plan(p); err != nil {
			return replaced.Place(err)
		}
	}
	s.statements[name] = p
	return nil
}

func (s *Session) paramType(oid uint32) (types.Type, error) {
	if oid == 0 {
		return types.Unknown, nil
	}
	cat := s.backend.Catalog.Current()
	t, ok := cat.TypeFromOID(oid)
	if d, isUser := cat.TypeByID(catalog.ObjectID(oid)); isUser && !ok {
		t, ok = cat.TypeOf(d), true
	}
	if !ok {
		return t, pgerr.Newf(pgerr.UndefinedObject, "type with OID %d does not exist", oid)
	}
	return t, nil
}

func (s *Session) statement(name string) (*prepared, error) {
	if p := s.statements[name]; p != nil {
		return p, nil
	}
	if name == "" {
		return nil, pgerr.New(pgerr.InvalidSQLStatementName, "unnamed prepared statement does not exist")
	}
	return nil, pgerr.Newf(pgerr.InvalidSQLStatementName, "prepared statement %q does not exist", name)
}

// DescribeStatement implements pgwire.Session.
func (s *Session) DescribeStatement(ctx context.Context, name string) (pgwire.Statement, error) {
	p, err := s.statement(name)
	if err != nil {
		return pgwire.Statement{}, err
	}
	fields, err := s.fields(ctx, p)
	if err != nil {
		return pgwire.Statement{}, err
	}
	out := pgwire.Statement{Fields: fields, Params: make([]uint32, len(p.params))}
	for i, t := range p.params {
		out.Params[i] = t.OID()
	}
	return out, nil
}

// CloseStatement implements pgwire.Session.
func (s *Session) CloseStatement(_ context.Context, name string) error {
	delete(s.statements, name)
	return nil
}

// runPrepare is SQL's PREPARE.
func (s *Session) runPrepare(_ context.Context, st *sql.Prepare) (*result, error) {
	if s.statements[st.Name] != nil {
		return nil, pgerr.Newf(pgerr.DuplicatePreparedStatement, "prepared statement %q already exists", st.Name)
	}
	p := &prepared{stmt: st.Statement}
	for _, n := range st.Types {
		t, _, err := s.typeName(n)
		if err != nil {
			return nil, err
		}
		p.declared = append(p.declared, t)
	}
	if err := s.plan(p); err != nil {
		return nil, err
	}
	s.statements[st.Name] = p
	return command("PREPARE"), nil
}

// runExecute is SQL's EXECUTE.
func (s *Session) runExecute(ctx context.Context, st *sql.Execute) (*result, error) {
	p, err := s.statement(st.Name)
	if err != nil {
		return nil, err
	}
	if err := s.plan(p); err != nil {
		return nil, err
	}
	if len(st.Args) != len(p.params) {
		return nil, pgerr.Newf(pgerr.SyntaxError, "wrong number of parameters for prepared statement %q", st.Name).
			WithDetail("Expected %d parameters but got %d.", len(p.params), len(st.Args))
	}
	params := make([]types.Datum, len(st.Args))
	for i, a := range st.Args {
		if params[i], err = s.evalTo(a, p.params[i]); err != nil {
			return nil, err
		}
	}
	return s.exec(ctx, p, params)
}

func (s *Session) runDeallocate(st *sql.Deallocate) (*result, error) {
	if st.Name == "" {
		s.statements = map[string]*prepared{}
		return command("DEALLOCATE ALL"), nil
	}
	if _, err := s.statement(st.Name); err != nil {
		return nil, err
	}
	delete(s.statements, st.Name)
	return command("DEALLOCATE"), nil
}

// verbOf is the command word of a statement, for messages.
func verbOf(stmt sql.Statement) string {
	words := strings.Fields(stmt.Text())
	if len(words) == 0 {
		return "statement"
	}
	verb := strings.ToUpper(words[0])
	switch verb {
	case "CREATE", "DROP", "ALTER":
		if len(words) > 1 {
			verb += " " + strings.ToUpper(words[1])
			if strings.EqualFold(words[1], "materialized") {
				verb += " VIEW"
			}
		}
	}
	return verb
}
