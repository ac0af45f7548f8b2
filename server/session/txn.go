package session

import (
	"context"
	"errors"
	"maps"
	"slices"

	"millrace/exec"
	"millrace/log"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// txn is the session's transaction state.
type txn struct {
	// block: inside BEGIN ... COMMIT. failed: only ROLLBACK is accepted.
	block, failed bool
	readOnly      bool
	// isolation is the level that was asked for; "" is the default one. All are the same.
	isolation string
	tx        *exec.Txn
	// replay is the DML statements of an implicit transaction, to run again when it
	// loses a conflict. nil in a block: there the client decides.
	replay     []replayable
	savepoints []savepoint
	post       postings
}

type savepoint struct {
	name string
	mark int
	vars varsMark
	post postings
	// cursors are those that were there.
	cursors map[string]*cursor
}

// replayable is a DML statement that was run, and what the client was told.
type replayable struct {
	run  func(ctx context.Context, tx *exec.Txn) (*exec.WriteResult, error)
	told *exec.WriteResult
}

// retriesMax bounds the attempts of an implicit transaction. Each attempt that
// fails means that another one has committed, so the limit is met only under
// extreme contention, and then reported as 40001.
const retriesMax = 1000

// begin makes sure the session has a transaction. It takes its snapshot when it reads
// something.
func (s *Session) begin() *exec.Txn {
	if s.txn.tx == nil {
		s.txn.tx = s.backend.Engine.Begin(s.want(nil))
	}
	return s.txn.tx
}

// want says how new a read has to be; sources restrict it to what is read, nil to
// nothing.
func (s *Session) want(sources exec.Sources) exec.Want {
	w := exec.Want{Level: exec.Strong, Own: s.lastWrite, Sources: sources}
	switch s.vars.consistency() {
	case "session":
		w.Level = exec.OwnWrites
	case "local":
		w.Level = exec.Local
	}
	return w
}

// snapshot returns what a query reads, and how to release it.
func (s *Session) snapshot(ctx context.Context, sources exec.Sources) (*exec.Snapshot, *exec.Txn, func(), error) {
	if s.txn.block || s.txn.tx != nil {
		tx := s.begin()
		snap, err := tx.Read(ctx)
		return snap, tx, func() {}, err
	}
	snap, err := s.backend.Engine.SnapshotFor(ctx, s.want(sources))
	if err != nil {
		return nil, nil, nil, err
	}
	return snap, nil, snap.Release, nil
}

// commit ends the transaction, implicit or block, and keeps its positions for
// later reads.
func (s *Session) commit(ctx context.Context) error {
	tx := s.txn.tx
	if tx == nil {
		s.endTxn(nil)
		return nil
	}
	s.closePortals()
	at, err := tx.Commit(ctx)
	if err != nil && !s.txn.block {
		at, err = s.retry(ctx, err)
	}
	s.endTxn(err)
	s.wrote(at)
	return err
}

// endTxn forgets the transaction. Its settings and held cursors stay if it succeeded.
func (s *Session) endTxn(err error) {
	posted := s.txn.post
	s.txn = txn{}
	if s.vars.isChanged() {
		s.vars.endTxn(err == nil)
		s.tellSuper()
		s.activity.named(s.vars.text("application_name"))
	}
	for name, c := range s.cursors {
		if c.fresh && err != nil {
			s.dropCursor(name)
		}
		c.fresh = false
	}
	if err == nil && len(posted.listen)+len(posted.notify) > 0 {
		s.post(posted)
	}
}

// wrote remembers the newest position per group.
func (s *Session) wrote(at []log.Position) {
	for _, p := range at {
		found := false
		for i := range s.lastWrite {
			if s.lastWrite[i].Group == p.Group {
				s.lastWrite[i].Index = max(s.lastWrite[i].Index, p.Index)
				found = true
			}
		}
		if !found {
			s.lastWrite = append(s.lastWrite, p)
		}
	}
}

// retry runs an implicit transaction again after it lost a conflict.
func (s *Session) retry(ctx context.Context, err error) ([]log.Position, error) {
	for range retriesMax {
		var conflict *exec.ConflictError
		if !errors.As(err, &conflict) || len(s.txn.replay) == 0 {
			return nil, err
		}
		want := s.want(nil)
		want.Own = slices.Concat(conflict.Winner(ctx.Done()), s.lastWrite)
		tx := s.backend.Engine.Begin(want)
		if err := s.replayAll(ctx, tx); err != nil {
			tx.Rollback()
			return nil, err
		}
		var at []log.Position
		if at, err = tx.Commit(ctx); err == nil {
			return at, nil
		}
	}
	return nil, err
}

// replayAll runs the statements again. One whose outcome differs from what the
// client was told makes the transaction fail.
func (s *Session) replayAll(ctx context.Context, tx *exec.Txn) error {
	for i := range s.txn.replay {
		r := &s.txn.replay[i]
		res, err := r.run(ctx, tx)
		if err != nil {
			return err
		}
		if r.told == nil {
			continue
		}
		if r.told.Count != res.Count || !sameBatches(r.told.Returning, res.Returning) {
			return pgerr.New(pgerr.SerializationFailure,
				"could not serialize access due to concurrent update").
				WithDetail("Running the statement again gave another result than the one already sent.")
		}
	}
	return nil
}

// rollback ends the transaction without effect.
func (s *Session) rollback() {
	s.closePortals()
	if s.txn.tx != nil {
		s.txn.tx.Rollback()
	}
	s.endTxn(errRolledBack)
}

var errRolledBack = errors.New("transaction was rolled back")

func (s *Session) runBegin(_ context.Context, st *sql.Begin) (*result, error) {
	tag := "BEGIN"
	if st.Start {
		tag = "START TRANSACTION"
	}
	if s.txn.block {
		s.warn(pgerr.New(pgerr.ActiveSQLTransaction, "there is already a transaction in progress"))
		return command(tag), nil
	}
	if err := s.checkModes(st.Modes); err != nil {
		return nil, err
	}
	// What an implicit transaction did so far becomes part of the block, as in
	// PostgreSQL; it cannot be replayed from then on.
	s.txn.block, s.txn.replay = true, nil
	s.txn.readOnly = s.vars.bool("default_transaction_read_only")
	s.applyModes(st.Modes)
	return command(tag), nil
}

// checkModes refuses isolation that is not given: everything up to repeatable
// read is snapshot isolation here.
func (s *Session) checkModes(m sql.TxnModes) error {
	if m.Isolation == "serializable" {
		s.notice(pgerr.New(pgerr.Warning, "isolation level serializable is not available").
			WithDetail("Transactions run with snapshot isolation; write-write conflicts are found at commit."))
	}
	return nil
}

func (s *Session) applyModes(m sql.TxnModes) {
	if m.Isolation != "" {
		s.txn.isolation = m.Isolation
	}
	if m.ReadOnly != nil {
		s.txn.readOnly = *m.ReadOnly
	}
}

func (s *Session) runCommit(ctx context.Context, st *sql.Commit) (*result, error) {
	if !s.txn.block {
		if st.Chain {
			return nil, errChain("COMMIT")
		}
		s.warn(pgerr.New(pgerr.NoActiveSQLTransaction, "there is no transaction in progress"))
		return command("COMMIT"), s.commit(ctx)
	}
	readOnly := s.txn.readOnly
	if s.txn.failed {
		s.rollback()
		s.chain(st.Chain, readOnly)
		return command("ROLLBACK"), nil
	}
	if err := s.commit(ctx); err != nil {
		return nil, err
	}
	s.chain(st.Chain, readOnly)
	return command("COMMIT"), nil
}

func (s *Session) runRollback(_ context.Context, st *sql.Rollback) (*result, error) {
	if !s.txn.block {
		if st.Chain {
			return nil, errChain("ROLLBACK")
		}
		s.warn(pgerr.New(pgerr.NoActiveSQLTransaction, "there is no transaction in progress"))
	}
	readOnly := s.txn.readOnly
	s.rollback()
	s.chain(st.Chain, readOnly)
	return command("ROLLBACK"), nil
}

func errChain(what string) error {
	return pgerr.Newf(pgerr.NoActiveSQLTransaction, "%s AND CHAIN can only be used in transaction blocks", what)
}

// chain starts the next block of COMMIT AND CHAIN, with the modes of the last one.
func (s *Session) chain(chain, readOnly bool) {
	if chain {
		s.txn.block, s.txn.readOnly = true, readOnly
	}
}

func (s *Session) needBlock(what string) error {
	if s.txn.block {
		return nil
	}
	return pgerr.Newf(pgerr.NoActiveSQLTransaction, "%s can only be used in transaction blocks", what)
}

func (s *Session) runSavepoint(_ context.Context, st *sql.Savepoint) (*result, error) {
	if err := s.needBlock("SAVEPOINT"); err != nil {
		return nil, err
	}
	tx := s.begin()
	s.txn.savepoints = append(s.txn.savepoints, savepoint{
		st.Name, tx.Savepoint(), s.vars.mark(), s.txn.post.mark(), maps.Clone(s.cursors),
	})
	return command("SAVEPOINT"), nil
}

// findSavepoint returns the index of the newest savepoint of that name.
func (s *Session) findSavepoint(name string) (int, error) {
	for i := len(s.txn.savepoints) - 1; i >= 0; i-- {
		if s.txn.savepoints[i].name == name {
			return i, nil
		}
	}
	return 0, pgerr.Newf("3B001", "savepoint %q does not exist", name)
}

func (s *Session) runRelease(_ context.Context, st *sql.Release) (*result, error) {
	if err := s.needBlock("RELEASE SAVEPOINT"); err != nil {
		return nil, err
	}
	i, err := s.findSavepoint(st.Name)
	if err != nil {
		return nil, err
	}
	s.txn.savepoints = s.txn.savepoints[:i]
	return command("RELEASE"), nil
}

func (s *Session) runRollbackTo(_ context.Context, st *sql.RollbackTo) (*result, error) {
	if err := s.needBlock("ROLLBACK TO SAVEPOINT"); err != nil {
		return nil, err
	}
	i, err := s.findSavepoint(st.Name)
	if err != nil {
		return nil, err
	}
	s.txn.tx.RollbackTo(s.txn.savepoints[i].mark)
	s.vars.rollbackTo(s.txn.savepoints[i].vars)
	s.tellSuper()
	s.txn.post = s.txn.savepoints[i].post.mark()
	for name, c := range s.cursors {
		if s.txn.savepoints[i].cursors[name] != c {
			s.dropCursor(name)
		}
	}
	s.txn.savepoints = s.txn.savepoints[:i+1]
	s.txn.failed = false
	return command("ROLLBACK"), nil
}

func (s *Session) runSetTransaction(_ context.Context, st *sql.SetTransaction) (*result, error) {
	if err := s.checkModes(st.Modes); err != nil {
		return nil, err
	}
	if st.Session {
		if level := st.Modes.Isolation; level != "" {
			if err := s.vars.set("default_transaction_isolation", level, false); err != nil {
				return nil, err
			}
		}
		if st.Modes.ReadOnly != nil {
			return command("SET"), s.vars.set("default_transaction_read_only", boolText(*st.Modes.ReadOnly), false)
		}
		return command("SET"), nil
	}
	if !s.txn.block {
		s.warn(pgerr.New(pgerr.NoActiveSQLTransaction, "SET TRANSACTION can only be used in transaction blocks"))
		return command("SET"), nil
	}
	s.applyModes(st.Modes)
	return command("SET"), nil
}
