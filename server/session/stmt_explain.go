package session

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"millrace/planner"
	"millrace/planner/plan"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// explainOptions are the options of EXPLAIN that have an effect.
type explainOptions struct {
	verbose, analyze, json bool
	summary                bool // times, which ANALYZE shows unless told not to
}

func readExplainOptions(st *sql.Explain) (explainOptions, error) {
	var out explainOptions
	summary := -1
	for _, o := range st.Options {
		on := !o.HasValue || slices.Contains([]string{"true", "on", "1"}, strings.ToLower(o.Value))
		switch o.Name {
		case "verbose":
			out.verbose = on
		case "analyze":
			out.analyze = on
		case "summary":
			summary = 0
			if on {
				summary = 1
			}
		case "format":
			switch strings.ToLower(o.Value) {
			case "text":
			case "json":
				out.json = true
			default:
				return out, pgerr.Newf(pgerr.FeatureNotSupported, "EXPLAIN format %q is not supported", o.Value).At(int(o.Pos))
			}
		case "costs", "buffers", "timing", "settings", "wal":
		default:
			return out, pgerr.Newf(pgerr.SyntaxError, "unrecognized EXPLAIN option %q", o.Name).At(int(o.Pos))
		}
	}
	out.summary = summary == 1 || summary < 0 && out.analyze
	return out, nil
}

// explainFields describes a plan as text.
var explainFields = []pgwire.Field{{Name: "QUERY PLAN", Type: types.Text}}

// explainFieldsOf describes the result of EXPLAIN.
func explainFieldsOf(st *sql.Explain) ([]pgwire.Field, error) {
	o, err := readExplainOptions(st)
	if err != nil {
		return nil, err
	}
	if o.json {
		return []pgwire.Field{{Name: "QUERY PLAN", Type: types.JSON}}, nil
	}
	return explainFields, nil
}

// explained is what EXPLAIN shows.
type explained struct {
	lines []string
	tree  *planner.ExplainTree
	// Of ANALYZE: rows of the result or rows changed.
	ran                 bool
	rows                int64
	planning, execution time.Duration
}

func (s *Session) runExplain(ctx context.Context, st *sql.Explain) (*result, error) {
	o, err := readExplainOptions(st)
	if err != nil {
		return nil, err
	}
	fields, err := explainFieldsOf(st)
	if err != nil {
		return nil, err
	}
	x, err := s.explain(ctx, st.Statement, o)
	if err != nil {
		return nil, err
	}
	b := col.NewBuilder(fields[0].Type, 16)
	if o.json {
		b.Str(x.json(o))
	} else {
		for _, line := range x.text(o) {
			b.Str(line)
		}
	}
	return table(fields, func(int64) string { return "EXPLAIN" }, col.NewBatch(b.Vec())), nil
}

// explain plans the statement inside EXPLAIN, and runs it for ANALYZE.
func (s *Session) explain(ctx context.Context, stmt sql.Statement, o explainOptions) (*explained, error) {
	start := s.backend.Now()
	p := &prepared{stmt: stmt}
	query, write, err := s.explainPlan(p)
	if err != nil {
		return nil, err
	}
	x := &explained{planning: s.backend.Now().Sub(start)}
	switch {
	case write != nil:
		x.lines, x.tree = planner.ExplainWrite(write, o.verbose), planner.NewExplainWrite(write, o.verbose)
	default:
		x.lines, x.tree = planner.Explain(query, o.verbose), planner.NewExplainTree(query, o.verbose)
	}
	if !o.analyze {
		return x, nil
	}
	if err := s.allowed(stmt); err != nil {
		return nil, err
	}
	if p.write == nil && (p.query == nil || p.query.Emit != plan.EmitOnce) {
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "EXPLAIN ANALYZE of a continuous query is not supported").
			At(int(stmt.Position()))
	}
	start = s.backend.Now()
	if x.rows, err = s.count(ctx, p); err != nil {
		return nil, err
	}
	x.ran, x.execution = true, s.backend.Now().Sub(start)
	return x, nil
}

// explainPlan returns the plan of a query or of a write.
func (s *Session) explainPlan(p *prepared) (plan.Node, *plan.Write, error) {
	switch st := p.stmt.(type) {
	case *sql.CreateMaterializedView:
		v, err := planner.View(st.Query, s.backend.Catalog.Current(), s.planOptions(nil))
		if err == nil {
			err = s.mayRead(v.Uses)
		}
		if err != nil {
			return nil, nil, err
		}
		return v.Root, nil, nil
	case *sql.Subscribe:
		q, err := s.planSubscribe(st)
		if err == nil {
			err = s.mayRead(q.Uses)
		}
		if err != nil {
			return nil, nil, err
		}
		return q.Root, nil, nil
	}
	if err := s.plan(p); err != nil {
		return nil, nil, err
	}
	switch {
	case p.query != nil:
		return p.query.Root, nil, s.mayRead(p.query.Uses)
	case p.write != nil:
		return nil, p.write, s.mayWrite(p.stmt, p.write)
	}
	return nil, nil, notSupported(p.stmt)
}

// count runs a statement and counts its rows.
func (s *Session) count(ctx context.Context, p *prepared) (int64, error) {
	run := s.runSelect
	if p.write != nil {
		run = s.runWrite
	}
	res, err := run(ctx, p, nil)
	if err != nil {
		return 0, err
	}
	if p.write != nil {
		tag := res.tag(0)
		return strconv.ParseInt(tag[strings.LastIndexByte(tag, ' ')+1:], 10, 64)
	}
	defer res.rows.Close()
	var n int64
	for {
		b, err := res.rows.Next(ctx)
		if b == nil || err != nil {
			return n, err
		}
		n += int64(b.N)
	}
}

func (x *explained) text(o explainOptions) []string {
	if x.ran {
		x.lines[0] += fmt.Sprintf(" (actual rows=%d)", x.rows)
	}
	if o.summary {
		x.lines = append(x.lines, "Planning Time: "+milliseconds(x.planning)+" ms")
		if x.ran {
			x.lines = append(x.lines, "Execution Time: "+milliseconds(x.execution)+" ms")
		}
	}
	return x.lines
}

func (x *explained) json(o explainOptions) string {
	if x.ran {
		x.tree.Rows = &x.rows
	}
	out := x.tree.AppendJSON([]byte("[\n  {\n    \"Plan\": "), "    ")
	if o.summary {
		out = append(out, ",\n    \"Planning Time\": "+milliseconds(x.planning)...)
		if x.ran {
			out = append(out, ",\n    \"Execution Time\": "+milliseconds(x.execution)...)
		}
	}
	return string(append(out, "\n  }\n]"...))
}

func milliseconds(d time.Duration) string {
	return strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', 3, 64)
}
