package session

import (
	"context"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// exec runs a bound statement. It is the one place that knows which handler takes
// which tree.
func (s *Session) exec(ctx context.Context, p *prepared, params []types.Datum) (*result, error) {
	if err := s.allowed(p.stmt); err != nil {
		return nil, err
	}
	switch st := p.stmt.(type) {
	case *sql.SelectStmt:
		return s.runSelect(ctx, p, params)
	case *sql.Insert, *sql.Update, *sql.Delete:
		return s.runWrite(ctx, p, params)
	case *sql.Truncate:
		return s.runTruncate(ctx, st)
	case *sql.Copy:
		return s.runCopy(ctx, st)
	case *sql.Subscribe:
		return s.runSubscribe(ctx, st)
	case *sql.Explain:
		return s.runExplain(ctx, st)
	case *sql.Begin:
		return s.runBegin(ctx, st)
	case *sql.Commit:
		return s.runCommit(ctx, st)
	case *sql.Rollback:
		return s.runRollback(ctx, st)
	case *sql.Savepoint:
		return s.runSavepoint(ctx, st)
	case *sql.Release:
		return s.runRelease(ctx, st)
	case *sql.RollbackTo:
		return s.runRollbackTo(ctx, st)
	case *sql.SetTransaction:
		return s.runSetTransaction(ctx, st)
	case *sql.Set:
		return s.runSet(st)
	case *sql.Show:
		return s.runShow(st)
	case *sql.Reset:
		return s.runReset(st)
	case *sql.Discard:
		return s.runDiscard(st)
	case *sql.Prepare:
		return s.runPrepare(ctx, st)
	case *sql.Execute:
		return s.runExecute(ctx, st)
	case *sql.Deallocate:
		return s.runDeallocate(st)
	case *sql.DeclareCursor:
		return s.runDeclare(ctx, st)
	case *sql.Fetch:
		return s.runFetch(ctx, st)
	case *sql.CloseCursor:
		return s.runCloseCursor(st)
	case *sql.ShowObjects, *sql.Describe, *sql.ShowCreate:
		return s.runShowObjects(ctx, st)
	case *sql.Listen:
		return s.runListen(st)
	case *sql.Notify:
		return s.runNotify(st)
	case *sql.Unlisten:
		return s.runUnlisten(st)
	case *sql.Generic:
		return s.runGeneric(st)
	case *sql.Define, *sql.Undefine, *sql.Print, *sql.Assert, *sql.QueryControl, *sql.AlterSystem:
		return s.runKsql(ctx, st)
	}
	return s.execDDL(ctx, p.stmt)
}

// execDDL runs the statements that change the catalog.
func (s *Session) execDDL(ctx context.Context, stmt sql.Statement) (*result, error) {
	if err := s.beforeDDL(ctx); err != nil {
		return nil, err
	}
	if res, done, err := s.execRole(ctx, stmt); done {
		return res, err
	}
	switch st := stmt.(type) {
	case *sql.CreateStream:
		return s.runCreateStream(ctx, st)
	case *sql.CreateTable:
		return s.runCreateTable(ctx, st)
	case *sql.CreateView:
		return s.runCreateView(ctx, st)
	case *sql.CreateMaterializedView:
		return s.runCreateMaterializedView(ctx, st)
	case *sql.CreateIndex:
		return s.runCreateIndex(ctx, st)
	case *sql.CreateSchema:
		return s.runCreateSchema(ctx, st)
	case *sql.Drop:
		return s.runDrop(ctx, st)
	case *sql.Rename:
		return s.runRename(ctx, st)
	case *sql.Comment:
		return s.runComment(ctx, st)
	case *sql.CreateType:
		return s.runCreateType(ctx, st)
	case *sql.CreateDomain:
		return s.runCreateDomain(ctx, st)
	case *sql.AlterType:
		return s.runAlterType(ctx, st)
	case *sql.CreateSequence:
		return s.runCreateSequence(ctx, st)
	case *sql.AlterSequence:
		return s.runAlterSequence(ctx, st)
	case *sql.Alter:
		if st.Kind == sql.KindTable && addKey.MatchString(strings.TrimSpace(st.Action)) {
			return s.runAddKey(ctx, st)
		}
	}
	return nil, notSupported(stmt)
}

// notSupported refuses a statement by its own first words.
func notSupported(stmt sql.Statement) error {
	return pgerr.Newf(pgerr.FeatureNotSupported, "%s is not supported", verbOf(stmt)).At(int(stmt.Position()))
}

// allowed refuses statements in a failed block, and writes in a read-only one.
func (s *Session) allowed(stmt sql.Statement) error {
	switch stmt.(type) {
	case *sql.Commit, *sql.Rollback, *sql.RollbackTo:
		return nil
	}
	if s.txn.failed {
		return pgerr.New(pgerr.InFailedSQLTransaction,
			"current transaction is aborted, commands ignored until end of transaction block")
	}
	if s.readOnly() && changesData(stmt) {
		return pgerr.Newf(pgerr.ReadOnlySQLTransaction,
			"cannot execute %s in a read-only transaction", verbOf(stmt))
	}
	return nil
}

func (s *Session) readOnly() bool {
	if s.txn.block {
		return s.txn.readOnly
	}
	return s.vars.bool("default_transaction_read_only")
}

func changesData(stmt sql.Statement) bool {
	switch st := stmt.(type) {
	case *sql.Insert, *sql.Update, *sql.Delete, *sql.Truncate,
		*sql.CreateStream, *sql.CreateTable, *sql.CreateView, *sql.CreateMaterializedView,
		*sql.CreateIndex, *sql.CreateSchema, *sql.Drop, *sql.Rename, *sql.Alter, *sql.Comment,
		*sql.CreateRole, *sql.AlterRole, *sql.AlterRoleSet, *sql.RenameRole, *sql.DropRole, *sql.GrantRole, *sql.Grant,
		*sql.AlterDefaults, *sql.AlterOwner, *sql.ReassignOwned, *sql.DropOwned,
		*sql.CreateType, *sql.CreateDomain, *sql.AlterType, *sql.CreateSequence, *sql.AlterSequence:
		return true
	case *sql.Copy:
		return st.From
	}
	return false
}
