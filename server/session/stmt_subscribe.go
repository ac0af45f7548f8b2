package session

import (
	"context"
	"strings"

	"millrace/catalog"
	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// push starts a push query. A query that only appends gives the rows that come
// from now on, or all of them with auto.offset.reset = earliest; one whose result
// changes gives its present rows first. Rows show as they are after each change;
// rows that vanish are not shown (SUBSCRIBE shows them).
func (s *Session) push(ctx context.Context, q *plan.Query, params []types.Datum) (*result, error) {
	root, limit := q.Root, int64(-1)
	if len(params) > 0 {
		root = plan.BindParams(root, params, q.Params)
	}
	if q.Limit != nil {
		x := plan.BindExpr(q.Limit, params, q.Params)
		d, err := exec.EvalConst(s.env(), x)
		if err != nil {
			return nil, err
		}
		if d.Set {
			if limit = d.I; limit < 0 {
				return nil, pgerr.New(pgerr.InvalidLimitValue, "LIMIT must not be negative")
			}
		}
	}
	fromStart := !q.AppendOnly || strings.EqualFold(s.vars.text("auto.offset.reset"), "earliest")
	sub, err := s.subscribe(ctx, root, exec.SubscribeOptions{Snapshot: fromStart})
	if err != nil {
		return nil, err
	}
	return &result{
		fields: queryFields(q), live: true,
		rows: &pushRows{s: s, sub: sub, left: limit, shape: plainRows, right: s.pushRight(q.Uses)},
		tag:  func(n int64) string { return "SELECT " + itoa(n) },
	}, nil
}

func (s *Session) subscribe(ctx context.Context, root plan.Node, o exec.SubscribeOptions) (*exec.Subscription, error) {
	o.Env = s.env()
	o.Want = s.want(nil)
	o.PID, o.Query = s.info.PID, s.activity.query()
	return s.backend.Engine.Subscribe(ctx, root, o)
}

// pushRows waits for the changes of a subscription.
type pushRows struct {
	s     *Session
	sub   *exec.Subscription
	left  int64 // rows until LIMIT; -1 is none
	shape func(exec.Change) *col.Batch
	right *pushRight
}

// Next implements rowSource.
func (p *pushRows) Next(ctx context.Context) (*col.Batch, error) {
	for {
		if p.left == 0 {
			return nil, nil
		}
		within, stop := p.right.within(ctx)
		c, err := p.sub.Next(within, p.s.w.Draining())
		stop()
		if lost := p.right.lost(); lost != nil {
			return nil, lost
		}
		if err != nil {
			return nil, err
		}
		b := p.shape(c)
		if b == nil || b.N == 0 {
			continue
		}
		if p.left > 0 && int64(b.N) > p.left {
			b = b.Slice(0, int(p.left))
		}
		if p.left > 0 {
			p.left -= int64(b.N)
		}
		return b, nil
	}
}

// Close implements rowSource.
func (p *pushRows) Close() {
	p.right.release()
	p.sub.Close()
}

// pushRight begins to watch the rights of a push query of this session.
func (s *Session) pushRight(uses []plan.Use) *pushRight {
	return s.backend.Pushes.add(s.backend.Catalog.Current, s.Role(), uses)
}

// plainRows is the rows that came into being in a change.
func plainRows(c exec.Change) *col.Batch {
	if c.Batch == nil {
		return nil
	}
	if c.Batch.W == nil {
		return c.Batch
	}
	var rows []int32
	for i, w := range c.Batch.W {
		for range w {
			rows = append(rows, int32(i))
		}
	}
	out := c.Batch.Gather(rows)
	out.W = nil
	return out
}

// subscribeFields are the columns that SUBSCRIBE puts before the query's.
var subscribeFields = []pgwire.Field{{Name: "epoch", Type: types.Int8}, {Name: "op", Type: types.Text}}

// Values of the column op. A progress row has no other values.
const (
	opInsert   = "insert"
	opDelete   = "delete"
	opUpsert   = "upsert"
	opSnapshot = "snapshot"
	opProgress = "progress"
)

// subscription is the options of SUBSCRIBE.
type subscription struct {
	snapshot, progress, upsert bool
	key                        []int
	types                      []types.Type // of the query's columns
}

func (s *Session) runSubscribe(ctx context.Context, st *sql.Subscribe) (*result, error) {
	q, err := s.planSubscribe(st)
	if err != nil {
		return nil, err
	}
	if err := s.mayRead(q.Uses); err != nil {
		return nil, err
	}
	if st.AsOfEpoch != nil {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "AS OF EPOCH is not supported in SUBSCRIBE").
			At(int(st.AsOfEpoch.Position()))
	}
	o := &subscription{snapshot: true, key: q.Key, types: q.Out.Types()}
	if err := o.read(st.With); err != nil {
		return nil, err
	}
	sub, err := s.subscribe(ctx, q.Root, exec.SubscribeOptions{Snapshot: o.snapshot, Progress: o.progress})
	if err != nil {
		return nil, err
	}
	return &result{
		fields: append(subscribeFields[:2:2], queryFields(q)...), live: true,
		rows: &pushRows{s: s, sub: sub, left: -1, shape: o.rows, right: s.pushRight(q.Uses)},
		tag:  func(n int64) string { return "SUBSCRIBE " + itoa(n) },
	}, nil
}

// planSubscribe plans the query, or SELECT * from the relation named.
func (s *Session) planSubscribe(st *sql.Subscribe) (*plan.Query, error) {
	query := st.Query
	if query == nil {
		query = selectAll(st.Name)
	}
	push := *query
	push.Emit = sql.EmitChanges
	return planner.Query(&push, s.backend.Catalog.Current(), s.planOptions(nil))
}

func selectAll(n sql.Name) *sql.Query {
	return &sql.Query{Pos: n.Pos, Body: &sql.Select{
		Pos:     n.Pos,
		Targets: []*sql.Target{{Pos: n.Pos, Expr: &sql.ColumnRef{Pos: n.Pos, Star: true}}},
		From:    []sql.TableRef{&sql.Table{Pos: n.Pos, Name: n}},
	}}
}

func (o *subscription) read(with []sql.Option) error {
	for _, w := range with {
		on := !w.HasValue || strings.EqualFold(w.Value, "true") || strings.EqualFold(w.Value, "on")
		switch w.Name {
		case "snapshot":
			o.snapshot = on
		case "progress":
			o.progress = on
		case "envelope":
			switch strings.ToLower(w.Value) {
			case "delta":
			case "upsert":
				if o.key == nil {
					return pgerr.New(pgerr.FeatureNotSupported, "the result has no key, so it cannot be shown as upserts").
						WithHint("Use WITH (envelope = 'delta').").At(int(w.Pos))
				}
				o.upsert = true
			default:
				return pgerr.Newf(pgerr.InvalidParameterValue, "invalid envelope %q", w.Value).
					WithHint("Valid envelopes are 'delta' and 'upsert'.").At(int(w.Pos))
			}
		default:
			return pgerr.Newf(pgerr.SyntaxError, "unrecognized SUBSCRIBE option %q", w.Name).At(int(w.Pos))
		}
	}
	return nil
}

// rows gives a change the shape that SUBSCRIBE promises: epoch, op, columns.
func (o *subscription) rows(c exec.Change) *col.Batch {
	out := col.NewBatchBuilder(append([]types.Type{types.Int8, types.Text}, o.types...), 8)
	if c.Batch != nil {
		o.changed(out, c)
	}
	if c.SnapshotDone {
		o.mark(out, c.Epoch, opSnapshot)
	}
	if c.Progress && o.progress {
		o.mark(out, c.Epoch, opProgress)
	}
	return out.Batch()
}

func (o *subscription) mark(out *col.BatchBuilder, epoch uint64, op string) {
	out.Cols[0].Int(int64(epoch))
	out.Cols[1].Str(op)
	for i := range o.types {
		out.Cols[i+2].Null()
	}
	out.EndRow(1)
}

// changed writes the rows of a change, deletions first.
func (o *subscription) changed(out *col.BatchBuilder, c exec.Change) {
	var kept map[string]bool
	if o.upsert {
		kept = map[string]bool{}
		for i := range c.Batch.N {
			if c.Batch.Weight(i) > 0 {
				kept[o.keyOf(c.Batch, i)] = true
			}
		}
	}
	for i := range c.Batch.N {
		w := c.Batch.Weight(i)
		if w < 0 && !(o.upsert && kept[o.keyOf(c.Batch, i)]) {
			for range -w {
				o.row(out, c, i, opDelete)
			}
		}
	}
	op := opInsert
	if o.upsert {
		op = opUpsert
	}
	for i := range c.Batch.N {
		for range c.Batch.Weight(i) {
			o.row(out, c, i, op)
		}
	}
}

func (o *subscription) keyOf(b *col.Batch, i int) string {
	return string(col.AppendKey(nil, b.Project(o.key).Cols, i))
}

func (o *subscription) row(out *col.BatchBuilder, c exec.Change, i int, op string) {
	out.Cols[0].Int(int64(c.Epoch))
	out.Cols[1].Str(op)
	for j := range o.types {
		out.Cols[j+2].From(c.Batch.Cols[j], i)
	}
	out.EndRow(1)
}

func wrongKind(o *catalog.Object, want string) error {
	return pgerr.Newf(pgerr.WrongObjectType, "%q is not a %s", o.Name, want)
}
