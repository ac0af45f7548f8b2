package session

import (
	"strings"

	"millrace/catalog"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func (s *Session) runSet(st *sql.Set) (*result, error) {
	if st.Local && !s.txn.block {
		s.warn(pgerr.New(pgerr.NoActiveSQLTransaction, "SET LOCAL can only be used in transaction blocks"))
		return command("SET"), nil
	}
	if err := s.set(st.Name, st.Values, st.Default, st.Local); err != nil {
		return nil, err
	}
	return command("SET"), nil
}

func (s *Session) set(name string, values []string, isDefault, local bool) error {
	if isDefault {
		return s.reset(name)
	}
	value, err := catalog.JoinValues(name, values)
	if err != nil {
		return err
	}
	switch strings.ToLower(name) {
	case "role":
		return s.setRole(value, local)
	case "session_authorization":
		return s.setAuthorization(value, local)
	case "transaction_isolation":
		_, level, err := catalog.CheckSetting(name, value)
		if err == nil && s.txn.block {
			s.txn.isolation = level
		}
		return err
	case "transaction_read_only":
		on, err := readBool(value)
		if err == nil && s.txn.block {
			s.txn.readOnly = on
		}
		return err
	case "client_encoding":
		if !isUTF8(value) {
			return pgerr.Newf(pgerr.FeatureNotSupported, "client encoding %q is not supported", value).
				WithHint("Millrace speaks UTF8 only.")
		}
		value = "UTF8"
	}
	return s.vars.set(name, value, local)
}

func readBool(value string) (bool, error) {
	_, canonical, err := catalog.CheckSetting("transaction_read_only", value)
	return canonical == "on", err
}

func isUTF8(name string) bool {
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name)) {
	case "utf8", "unicode", "sqlascii":
		return true
	}
	return false
}

func (s *Session) runReset(st *sql.Reset) (*result, error) {
	if err := s.reset(st.Name); err != nil {
		return nil, err
	}
	return command("RESET"), nil
}

// reset goes back to a setting's default. RESET SESSION AUTHORIZATION ends SET ROLE, too;
// RESET ALL leaves both as they are.
func (s *Session) reset(name string) error {
	if strings.EqualFold(name, "session_authorization") {
		if err := s.vars.reset("role"); err != nil {
			return err
		}
	}
	err := s.vars.reset(name)
	s.tellSuper()
	return err
}

func (s *Session) runShow(st *sql.Show) (*result, error) {
	if st.Name == "all" {
		return s.showAll(), nil
	}
	name, value, err := s.show(st.Name)
	if err != nil {
		return nil, err
	}
	b := col.NewBuilder(types.Text, 1)
	b.Str(value)
	return table(showFields(name), func(int64) string { return "SHOW" }, col.NewBatch(b.Vec())), nil
}

func showFields(name string) []pgwire.Field {
	return []pgwire.Field{{Name: name, Type: types.Text}}
}

// show returns a setting's name as SHOW spells it and its value.
func (s *Session) show(name string) (spelled, value string, err error) {
	spelled = name
	if def, ok := catalog.LookupSetting(name); ok {
		spelled = def.Name
	}
	switch strings.ToLower(spelled) {
	case "transaction_read_only":
		return spelled, boolText(s.readOnly()), nil
	case "transaction_isolation":
		if s.txn.isolation == "" {
			return spelled, s.vars.text("default_transaction_isolation"), nil
		}
		return spelled, s.txn.isolation, nil
	case "session_authorization":
		return spelled, s.sessionUser(), nil
	}
	value, ok := s.vars.get(name)
	if !ok {
		return "", "", catalog.ErrUnknownSetting(name)
	}
	return spelled, value, nil
}

var showAllFields = []pgwire.Field{
	{Name: "name", Type: types.Text}, {Name: "setting", Type: types.Text}, {Name: "description", Type: types.Text},
}

func (s *Session) showAll() *result {
	b := col.NewBatchBuilder([]types.Type{types.Text, types.Text, types.Text}, 64)
	for _, def := range catalog.Settings() {
		_, value, err := s.show(def.Name)
		if err == nil {
			b.Row(1, types.BytesDatum(def.Name), types.BytesDatum(value), types.BytesDatum(def.Doc))
		}
	}
	return table(showAllFields, func(int64) string { return "SHOW" }, b.Batch())
}

func (s *Session) runDiscard(st *sql.Discard) (*result, error) {
	if st.Target != "all" {
		return command("DISCARD " + strings.ToUpper(st.Target)), nil
	}
	if s.txn.block {
		return nil, pgerr.New(pgerr.ActiveSQLTransaction, "DISCARD ALL cannot run inside a transaction block")
	}
	for name := range s.cursors {
		s.dropCursor(name)
	}
	s.statements = map[string]*prepared{}
	s.txn.post.listen = append(s.txn.post.listen, listening{off: true})
	if err := s.reset("session_authorization"); err != nil {
		return nil, err
	}
	return command("DISCARD ALL"), s.vars.reset("all")
}

// accepted are the statements without a meaning here that clients send and that do
// no harm to accept; the rest is refused.
var accepted = map[string]string{
	"ANALYZE": "ANALYZE", "VACUUM": "VACUUM", "CHECKPOINT": "CHECKPOINT", "LOCK": "LOCK TABLE",
	"REINDEX": "REINDEX", "CLUSTER": "CLUSTER",
}

func (s *Session) runGeneric(st *sql.Generic) (*result, error) {
	verb := strings.Fields(st.Verb + " ")
	if len(verb) > 0 {
		if tag, ok := accepted[verb[0]]; ok {
			return command(tag), nil
		}
	}
	if st.Verb == "PREPARE TRANSACTION" {
		return nil, pgerr.New(pgerr.ObjectNotInPrerequisiteState, "prepared transactions are disabled")
	}
	return nil, pgerr.Newf(pgerr.FeatureNotSupported, "%s is not supported", st.Verb).At(int(st.Position()))
}
