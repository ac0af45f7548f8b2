package session

import (
	"context"
	"errors"
	"io"

	"millrace/catalog"
	"millrace/exec"
	"millrace/exec/codec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func (s *Session) runCopy(ctx context.Context, st *sql.Copy) (*result, error) {
	if st.File != "" || st.Program {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "COPY with a file on the server is not supported").
			WithHint("Use COPY ... FROM STDIN or TO STDOUT, or psql's \\copy.").At(int(st.Position()))
	}
	opts, err := copyOptions(st)
	if err != nil {
		return nil, err
	}
	if st.From {
		return s.copyFrom(ctx, st, opts)
	}
	return s.copyTo(ctx, st, opts)
}

func copyOptions(st *sql.Copy) (codec.Options, error) {
	list := make([]codec.Option, len(st.Options))
	for i, o := range st.Options {
		list[i] = codec.Option{Name: o.Name, Value: o.Value, HasValue: o.HasValue, List: o.List}
	}
	return codec.ParseOptions(list, st.From)
}

// copyTarget finds the relation of COPY and its columns.
func (s *Session) copyTarget(st *sql.Copy) (*catalog.Object, []int, error) {
	q, err := qname(st.Table)
	if err != nil {
		return nil, nil, err
	}
	o, ok := s.backend.Catalog.Current().Lookup(s.searchPath(), q.Schema, q.Name)
	if !ok {
		return nil, nil, pgerr.Newf(pgerr.UndefinedTable, "relation %q does not exist", st.Table.String())
	}
	if st.Columns == nil {
		var all []int
		for i, c := range o.Columns {
			if c.Generated == "" {
				all = append(all, i)
			}
		}
		return o, all, nil
	}
	cols := make([]int, len(st.Columns))
	seen := map[string]bool{}
	for i, name := range st.Columns {
		if cols[i] = o.RowSchema().Index(name); cols[i] < 0 {
			return nil, nil, pgerr.Newf(pgerr.UndefinedColumn, "column %q of relation %q does not exist", name, o.Name)
		}
		if seen[name] {
			return nil, nil, pgerr.Newf(pgerr.DuplicateColumn, "column %q specified more than once", name)
		}
		seen[name] = true
	}
	return o, cols, nil
}

// copyFrom reads rows from the client into a stream or table. All of them become
// visible together, or none.
func (s *Session) copyFrom(ctx context.Context, st *sql.Copy, opts codec.Options) (*result, error) {
	o, cols, err := s.copyTarget(st)
	if err != nil {
		return nil, err
	}
	if st.Where != nil {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "COPY FROM with WHERE is not supported").
			At(int(st.Where.Position()))
	}
	in, err := s.newCopyIn(o, cols)
	if err != nil {
		return nil, err
	}
	target := codec.Target{Relation: o.Name, Columns: in.schema}
	r, err := codec.NewReader(opts, target, s.inputFormat())
	if err != nil {
		return nil, err
	}
	tx := s.begin()
	data, err := s.w.CopyIn(opts.Kind == codec.Binary, len(cols))
	if err != nil {
		return nil, err
	}
	s.txn.replay = nil
	mark := tx.Savepoint()
	if err := in.run(ctx, tx, r, data.Next); err != nil {
		tx.RollbackTo(mark)
		return nil, err
	}
	return counted("COPY", in.rows), nil
}

// copyIn turns COPY data into writes.
type copyIn struct {
	s      *Session
	cols   []int
	schema types.Schema // of the data
	write  *plan.Write
	rows   int64
	out    []*col.Builder
	n      int
	// defaults are evaluated once for the whole COPY: they are stable.
	defaults []types.Datum
}

func (s *Session) newCopyIn(o *catalog.Object, cols []int) (*copyIn, error) {
	names := make([]*sql.ColumnTarget, len(cols))
	in := &copyIn{s: s, cols: cols}
	for i, c := range cols {
		names[i] = &sql.ColumnTarget{Pos: sql.NoPos, Name: o.Columns[c].Name}
		in.schema = append(in.schema, o.Columns[c].Column)
	}
	// The checks and the conflict rule are those of an INSERT of the same columns.
	ins := &sql.Insert{
		Table: sql.MakeName(o.Schema, o.Name), Columns: names, Overriding: "system",
		Query: &sql.Query{Pos: sql.NoPos, Body: &sql.Values{Pos: sql.NoPos, Rows: [][]sql.Expr{nullRow(len(cols))}}},
	}
	w, err := planner.Insert(ins, s.backend.Catalog.Current(), s.planOptions(nil))
	if err != nil {
		return nil, err
	}
	if err := s.mayTouch(w.Target, catalog.PrivInsert); err != nil {
		return nil, err
	}
	in.write = w
	if in.write.OnConflict == plan.ConflictError && o.Upsert {
		in.write.OnConflict = plan.ConflictReplace
	}
	in.defaults = make([]types.Datum, len(o.Columns))
	for i, c := range o.Columns {
		if c.Default == "" || c.Sequence != 0 {
			continue
		}
		e, err := sql.ParseExpr(c.Default)
		if err != nil {
			return nil, err
		}
		if in.defaults[i], err = s.evalTo(e, c.Type); err != nil {
			return nil, err
		}
	}
	in.reset()
	return in, nil
}

func nullRow(n int) []sql.Expr {
	row := make([]sql.Expr, n)
	for i := range row {
		row[i] = &sql.Literal{Pos: sql.NoPos, Kind: sql.LitNull}
	}
	return row
}

// copyRows is how many rows are read before they are written.
const copyRows = 16384

func (in *copyIn) reset() {
	in.out = make([]*col.Builder, len(in.schema))
	for i, c := range in.schema {
		in.out[i] = col.NewBuilder(c.Type, copyRows)
	}
	in.n = 0
}

func (in *copyIn) run(ctx context.Context, tx *exec.Txn, r *codec.Reader, next func() ([]byte, error)) error {
	for {
		chunk, err := next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		n, err := r.Feed(chunk, in.out)
		if err != nil {
			return err
		}
		if in.n += n; in.n >= copyRows {
			if err := in.flush(ctx, tx); err != nil {
				return err
			}
		}
	}
	n, err := r.Finish(in.out)
	if err != nil {
		return err
	}
	in.n += n
	return in.flush(ctx, tx)
}

// flush writes the rows read so far into the transaction.
func (in *copyIn) flush(ctx context.Context, tx *exec.Txn) error {
	if in.n == 0 {
		return nil
	}
	o := in.write.Target
	cols := make([]*col.Vec, len(o.Columns))
	for i, c := range in.cols {
		cols[c] = in.out[i].Vec()
	}
	for i := range cols {
		if cols[i] == nil {
			cols[i] = col.Const(o.Columns[i].Type, in.defaults[i], in.n)
		}
	}
	b := &col.Batch{N: in.n, Cols: cols}
	in.rows += int64(in.n)
	in.reset()
	return in.s.backend.Engine.WriteRows(ctx, tx, in.write, b, in.s.queryEnv(ctx, nil, tx))
}

// copyTo sends the rows of a table or query to the client; a push query as they come.
func (s *Session) copyTo(ctx context.Context, st *sql.Copy, opts codec.Options) (*result, error) {
	stmt := st.Query
	if stmt == nil {
		o, cols, err := s.copyTarget(st)
		if err != nil {
			return nil, err
		}
		if o.Kind == catalog.KindView {
			return nil, pgerr.Newf(pgerr.WrongObjectType, "cannot copy from view %q", o.Name).
				WithHint("Try the COPY (SELECT ...) TO variant.")
		}
		stmt = selectColumns(st.Table, o, cols)
	}
	res, err := s.exec(ctx, &prepared{stmt: stmt}, nil)
	if err != nil {
		return nil, err
	}
	c := &cursorState{result: res}
	defer c.close()
	if c.fields == nil {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "COPY query must have a RETURNING clause")
	}
	n, err := s.copyOut(ctx, c, opts)
	if err != nil {
		return nil, err
	}
	return counted("COPY", n), nil
}

func selectColumns(n sql.Name, o *catalog.Object, cols []int) sql.Statement {
	sel := &sql.Select{Pos: n.Pos, From: []sql.TableRef{&sql.Table{Pos: n.Pos, Name: n}}}
	for _, c := range cols {
		sel.Targets = append(sel.Targets, &sql.Target{
			Pos: n.Pos, Expr: &sql.ColumnRef{Pos: n.Pos, Parts: []string{o.Columns[c].Name}},
		})
	}
	return &sql.SelectStmt{Query: &sql.Query{Pos: n.Pos, Body: sel}}
}

func (s *Session) copyOut(ctx context.Context, c *cursorState, opts codec.Options) (int64, error) {
	target := codec.Target{Relation: "query"}
	for _, f := range c.fields {
		target.Columns = append(target.Columns, types.Column{Name: f.Name, Type: f.Type})
	}
	w, err := codec.NewWriter(opts, target, s.vars.format())
	if err != nil {
		return 0, err
	}
	if err := s.w.CopyOut(opts.Kind == codec.Binary, len(c.fields)); err != nil {
		return 0, err
	}
	// As PostgreSQL does, a message per row: drivers expect the header of the binary
	// format in the message of the first row, and that of CSV in one of its own.
	buf := w.AppendHeader(nil)
	if len(buf) > 0 && opts.Kind != codec.Binary {
		if err := s.w.CopyData(buf); err != nil {
			return 0, err
		}
		buf = buf[:0]
	}
	n, buf, err := s.copyRows(ctx, c, w, buf)
	if err != nil {
		return n, err
	}
	if buf = w.AppendTrailer(buf); len(buf) > 0 {
		if err := s.w.CopyData(buf); err != nil {
			return n, err
		}
	}
	return n, s.w.CopyDone()
}

// copyRows sends each row behind what is in buf before the first one, and returns what
// is left in buf when there is none.
func (s *Session) copyRows(ctx context.Context, c *cursorState, w *codec.Writer, buf []byte) (n int64, rest []byte, err error) {
	for {
		if c.live {
			if err := s.w.Flush(); err != nil {
				return n, nil, err
			}
		}
		b, err := c.take(ctx, 0)
		if b == nil || err != nil {
			return n, buf, err
		}
		for i := range b.N {
			if buf, err = w.AppendRow(buf, b, i); err != nil {
				return n, nil, err
			}
			if err := s.w.CopyData(buf); err != nil {
				return n, nil, err
			}
			n, buf = n+1, buf[:0]
		}
	}
}
