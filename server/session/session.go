package session

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"millrace/catalog"
	"millrace/exec"
	"millrace/log"
	"millrace/planner"
	"millrace/server/pgwire"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Backend is what all sessions of a server share.
type Backend struct {
	Engine   *exec.Engine
	Catalog  *catalog.Catalog
	Log      *log.Log
	Proposer catalog.Proposer
	Logger   *slog.Logger
	Now      func() time.Time
	Random   func() float64
	// System gives the rows of a system table as the session sees it.
	System func(s *Session, o *catalog.Object) (*col.Batch, error)
	// SystemObject finds a system table by name.
	SystemObject func(schema, name string) (*catalog.Object, bool)
	// CatalogFunction answers pg_get_viewdef and its kin.
	CatalogFunction func(s *Session, fn string, args []types.Datum) (types.Datum, bool, error)
	Sessions        *Registry
	Channels        *Channels
	// Rules: a file says who may connect. Names that it lets in are then never taken for
	// the superuser's.
	Rules  bool
	Pushes *Pushes
	// Defaults are settings that differ from the built-in ones, by name (tests run all
	// scripts under other settings).
	Defaults map[string]string
}

// Session is one connection's state. It implements pgwire.Session.
type Session struct {
	backend *Backend
	info    pgwire.StartupInfo
	w       *pgwire.Writer
	vars    *vars
	txn     txn

	sequences sequences
	// lastWrite is where this session's writes lie, one position per group.
	lastWrite  []log.Position
	statements map[string]*prepared
	portals    map[string]*portal
	cursors    map[string]*cursor
	// variables are ksqlDB's, of DEFINE, and asserted the rows that ASSERT VALUES has
	// taken from each stream.
	variables map[string]string
	asserted  map[catalog.ObjectID]int64
	// started and statementStart are the clocks of the transaction and the statement.
	clockTx, clockStmt int64
	// lookupEnv is the env of look-ups by key, which end before the next one begins.
	lookupEnv builtin.Env
	activity  *Activity
	login     catalog.ObjectID // the role that connected
	ident     identity         // see who
	// mail is nil until the first LISTEN; channels are what the session listens to.
	mail     *mailbox
	channels []string
}

var _ pgwire.Session = (*Session)(nil)

// New starts a session; it is a pgwire.Handler's NewSession.
func (b *Backend) New(_ context.Context, info pgwire.StartupInfo, w *pgwire.Writer) (pgwire.Session, error) {
	s := &Session{
		backend: b, info: info, w: w,
		statements: map[string]*prepared{},
		portals:    map[string]*portal{},
		cursors:    map[string]*cursor{},
	}
	vars, err := newVars(b.Defaults, info)
	if err != nil {
		return nil, err
	}
	s.vars = vars
	s.vars.regName = functions{s}.regName
	if err := s.logIn(); err != nil {
		return nil, err
	}
	return s, nil
}

// Close implements pgwire.Session.
func (s *Session) Close() {
	s.rollback()
	for name := range s.cursors {
		s.dropCursor(name)
	}
	s.unlistenAll()
	s.backend.Sessions.remove(s.info.PID)
}

// TxStatus implements pgwire.Session.
func (s *Session) TxStatus() byte {
	switch {
	case s.txn.block && s.txn.failed:
		return 'E'
	case s.txn.block:
		return 'T'
	}
	return 'I'
}

// IdleTimeout implements pgwire.Session.
func (s *Session) IdleTimeout() (time.Duration, error) {
	name, code := "idle_session_timeout", "57P05"
	text := "terminating connection due to idle-session timeout"
	if s.txn.block {
		name, code = "idle_in_transaction_session_timeout", "25P03"
		text = "terminating connection due to idle-in-transaction timeout"
	}
	d := s.vars.duration(name)
	if d <= 0 {
		return 0, nil
	}
	return d, pgerr.New(code, text)
}

// Fail implements pgwire.Session.
func (s *Session) Fail() {
	if s.txn.block {
		s.txn.failed = true
		s.activity.idle(true, true)
		return
	}
	s.rollback()
}

// Sync implements pgwire.Session.
func (s *Session) Sync(ctx context.Context) error {
	s.activity.idle(s.txn.block, s.txn.failed)
	if s.txn.block {
		return nil
	}
	err := s.commit(ctx)
	s.closePortals()
	return err
}

// ParameterStatus implements pgwire.Session.
func (s *Session) ParameterStatus() []pgwire.Parameter { return s.vars.report() }

// startStatement sets the clocks and checks that statements are accepted.
func (s *Session) startStatement(text string) {
	s.clockStmt = s.backend.Now().UnixMicro() - microsTo1970
	if s.txn.tx == nil {
		s.clockTx = s.clockStmt
	}
	s.activity.running(text, s.clockStmt)
}

// microsTo1970 is 2000-01-01 in Unix microseconds.
const microsTo1970 = 946684800_000_000

// env is what functions may ask while a statement runs.
func (s *Session) env() *builtin.Env {
	env := s.makeEnv()
	return &env
}

func (s *Session) makeEnv() builtin.Env {
	return builtin.Env{
		Now: s.clockTx, Statement: s.clockStmt, Clock: s.backend.Now,
		Format: s.inputFormat(), Session: functions{s}, Random: s.backend.Random,
	}
}

// inputFormat is the settings that values are read with: 'now' and 'today' mean the
// transaction's time.
func (s *Session) inputFormat() *types.Format {
	f := *s.vars.format()
	f.Now = time.UnixMicro(s.clockTx + microsTo1970).UTC()
	return &f
}

// planOptions are the planner's options for a statement of this session.
func (s *Session) planOptions(params []types.Type) planner.Options {
	return planner.Options{
		SearchPath: s.searchPath(), ParamTypes: params, Format: s.inputFormat(),
		NoOptimize:   !s.vars.bool("millrace.optimizer"),
		DisableRules: ruleSet(s.vars.text("millrace.disabled_rules")),
		System:       s.backend.SystemObject,
		UseSchema:    s.useSchema,
	}
}

func ruleSet(list string) map[string]bool {
	if list == "" {
		return nil
	}
	out := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		out[strings.Trim(strings.TrimSpace(name), `"`)] = true // SET quotes upper case
	}
	return out
}

// searchPath is the schemas in which bare names are looked up, pg_catalog first
// unless it is named.
func (s *Session) searchPath() []string { return s.usable(s.vars.searchPath(s.userName())) }

// queryEnv is what a plan needs to run. ctx ends pauses of the statement.
func (s *Session) queryEnv(ctx context.Context, snap *exec.Snapshot, tx *exec.Txn) exec.QueryEnv {
	env := s.env()
	env.Sleep = func(d time.Duration) error { return sleep(ctx, d) }
	return exec.QueryEnv{
		Env: env, Snap: snap, Tx: tx,
		System: func(o *catalog.Object) (*col.Batch, error) { return s.backend.System(s, o) },
		Memory: s.vars.number("millrace.query_memory"),
	}
}

// sleep waits until d has passed or the statement ends, which is an error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (s *Session) notice(e *pgerr.Error) { _ = s.w.Notice(pgwire.Notice, e) }

func (s *Session) warn(e *pgerr.Error) { _ = s.w.Notice(pgwire.Warning, e) }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func boolText(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

// User returns the name of the current role.
func (s *Session) User() string { return s.userName() }

// Database returns the session's database.
func (s *Session) Database() string { return s.info.Database }

// PID returns the process id reported to the client.
func (s *Session) PID() int32 { return s.info.PID }

// Path returns the search path.
func (s *Session) Path() []string { return s.searchPath() }
