package session

import (
	"bytes"
	"context"

	"millrace/catalog"
	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/types"
)

// runWrite runs INSERT, UPDATE and DELETE.
func (s *Session) runWrite(ctx context.Context, p *prepared, params []types.Datum) (*result, error) {
	if ins, ok := p.stmt.(*sql.Insert); ok && isInsertQuery(ins) {
		return s.runInsertQuery(ctx, ins)
	}
	if err := s.plan(p); err != nil {
		return nil, err
	}
	w := p.write
	if err := s.mayWrite(p.stmt, w); err != nil {
		return nil, err
	}
	if len(params) > 0 && !takesParams(w) {
		w = w.Bind(params)
	}
	run := func(ctx context.Context, tx *exec.Txn) (*exec.WriteResult, error) {
		env := s.queryEnv(ctx, nil, tx)
		env.Params = params
		return s.backend.Engine.Write(ctx, tx, w, env)
	}
	res, err := s.write(ctx, run)
	if err != nil {
		return nil, err
	}
	return writeResult(w, res), nil
}

// takesParams reports whether w runs with parameters in it: they stand in its literal
// rows only.
func takesParams(w *plan.Write) bool {
	_, literal := w.Source.(*plan.Values)
	return literal && w.ConflictSet == nil && w.ConflictWhere == nil && w.Returning == nil
}

// write runs a DML statement in the session's transaction and keeps it for replay
// if that is an implicit one.
func (s *Session) write(ctx context.Context, run func(context.Context, *exec.Txn) (*exec.WriteResult, error)) (*exec.WriteResult, error) {
	tx := s.begin()
	res, err := run(ctx, tx)
	if err != nil {
		return nil, err
	}
	if !s.txn.block {
		s.txn.replay = append(s.txn.replay, replayable{run: run, told: res})
	}
	return res, nil
}

// writeResult is what the client gets of a write.
func writeResult(w *plan.Write, res *exec.WriteResult) *result {
	tag := writeTag(w.Kind, res.Count)
	out := command(tag)
	if w.Returning != nil {
		out = table(schemaFields(w.Out), func(int64) string { return tag }, res.Returning...)
	}
	out.again = func(res *exec.WriteResult) *result { return writeResult(w, res) }
	return out
}

func writeTag(k plan.WriteKind, n int64) string {
	switch k {
	case plan.UpdateRows:
		return "UPDATE " + itoa(n)
	case plan.DeleteRows:
		return "DELETE " + itoa(n)
	}
	return "INSERT 0 " + itoa(n)
}

// commitFirst commits an implicit transaction of one write before its result is
// sent, so that a lost conflict is repeated without the client seeing it.
func (s *Session) commitFirst(ctx context.Context, res *result) (*result, error) {
	r := &s.txn.replay[0]
	r.told = nil
	last := r.run
	var final *exec.WriteResult
	r.run = func(ctx context.Context, tx *exec.Txn) (*exec.WriteResult, error) {
		out, err := last(ctx, tx)
		final = out
		return out, err
	}
	if err := s.commit(ctx); err != nil {
		return nil, err
	}
	if final == nil {
		return res, nil
	}
	return res.again(final), nil
}

// sameBatches compares rows that the client has with those of another run.
func sameBatches(a, b []*col.Batch) bool { return bytes.Equal(allRows(a), allRows(b)) }

func allRows(list []*col.Batch) []byte {
	var out []byte
	for _, b := range list {
		for i := range b.N {
			out = col.AppendRow(out, b.Cols, i)
		}
	}
	return out
}

// runTruncate deletes all rows of tables; streams keep their history.
func (s *Session) runTruncate(ctx context.Context, st *sql.Truncate) (*result, error) {
	for _, t := range st.Tables {
		del := &sql.Delete{Table: t}
		w, err := planner.Delete(del, s.backend.Catalog.Current(), s.planOptions(nil))
		if err != nil {
			return nil, err
		}
		if w.Target.Kind != catalog.KindTable {
			return nil, wrongKind(w.Target, "table")
		}
		if err := s.mayTouch(w.Target, catalog.PrivTruncate); err != nil {
			return nil, err
		}
		run := func(ctx context.Context, tx *exec.Txn) (*exec.WriteResult, error) {
			return s.backend.Engine.Write(ctx, tx, w, s.queryEnv(ctx, nil, tx))
		}
		if _, err := s.write(ctx, run); err != nil {
			return nil, err
		}
	}
	return command("TRUNCATE TABLE"), nil
}
