package session

import (
	"strings"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func (s *Session) grantRole(st *sql.GrantRole) (catalog.Op, error) {
	roles, err := s.rolesNamed(st.Roles)
	if err != nil {
		return nil, err
	}
	members, err := s.rolesNamed(st.Members)
	return &catalog.GrantRole{Roles: roles, Members: members, Admin: st.Admin, Revoke: st.Revoke}, err
}

// grantOn reads GRANT and REVOKE on objects. A nil op has nothing to do.
func (s *Session) grantOn(st *sql.Grant) (catalog.Op, error) {
	what, err := s.grantWhat(st)
	if err != nil {
		return nil, err
	}
	switch st.Kind {
	case sql.KindTable, sql.KindSchema, sql.KindDatabase:
	case "function", "procedure", "routine", "sequence":
		return nil, s.grantOther(st)
	default:
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "%s ON %s is not supported", grantTag(st.Revoke), upper(string(st.Kind))).
			At(int(st.Position()))
	}
	op := &catalog.GrantOn{Kind: st.Kind, AllIn: st.AllIn, GrantWhat: what}
	for _, n := range st.Names {
		q, err := qname(n)
		if err != nil {
			return nil, err
		}
		op.Names = append(op.Names, q)
	}
	return op, nil
}

func (s *Session) grantWhat(st *sql.Grant) (w catalog.GrantWhat, err error) {
	if st.GrantedBy != nil {
		by, err := s.roleNamed(*st.GrantedBy)
		if err != nil {
			return w, err
		}
		if by != s.userName() {
			return w, pgerr.New(pgerr.FeatureNotSupported, "grantor must be current user")
		}
	}
	w = catalog.GrantWhat{Option: st.Option, Revoke: st.Revoke, Cascade: st.Cascade}
	if w.Roles, err = s.grantees(st.Grantees); err != nil {
		return w, err
	}
	for _, p := range st.Privileges {
		if p.Columns != nil {
			return w, pgerr.New(pgerr.FeatureNotSupported, "privileges on single columns are not supported").
				WithHint("Grant on a view with these columns.").At(int(p.Pos))
		}
		bit := catalog.ParsePriv(p.Word)
		if bit == 0 {
			return w, pgerr.Newf(pgerr.SyntaxError, "unrecognized privilege type \"%s\"", p.Word)
		}
		if bit == catalog.PrivUsage && st.Kind == sql.KindTable {
			return w, pgerr.New(pgerr.InvalidGrantOperation, "invalid privilege type USAGE for table")
		}
		w.Privs |= bit
	}
	return w, nil
}

// grantOther answers GRANT on functions and sequences. There are no sequences, and the
// functions, all built in, may be called by everybody.
func (s *Session) grantOther(st *sql.Grant) error {
	snap := s.who().snap
	for _, name := range st.AllIn {
		if !snap.HasSchema(name) {
			return pgerr.Newf(pgerr.InvalidSchemaName, "schema \"%s\" does not exist", name)
		}
	}
	for _, n := range st.Names {
		if st.Kind == "sequence" {
			return pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", n.String())
		}
		d, ok, err := functions{s}.Catalog("to_regproc", []types.Datum{types.BytesDatum(n.String())})
		switch {
		case err != nil:
			return err
		case !ok || !d.Set:
			return pgerr.Newf(pgerr.UndefinedFunction, "could not find a function named \"%s\"", n.String())
		case st.Revoke:
			return pgerr.New(pgerr.FeatureNotSupported, "REVOKE on built-in functions is not supported").At(int(n.Pos))
		}
	}
	return nil
}

func (s *Session) alterDefaults(st *sql.AlterDefaults) (catalog.Op, error) {
	what, err := s.grantWhat(st.Grant)
	if err != nil {
		return nil, err
	}
	roles, err := s.rolesNamed(st.Roles)
	if err != nil {
		return nil, err
	}
	switch st.Grant.Kind {
	case sql.KindTable, sql.KindSchema:
	default:
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "default privileges on %ss are not supported",
			strings.ToLower(string(st.Grant.Kind))).At(int(st.Position()))
	}
	return &catalog.SetDefaults{For: roles, Schemas: st.Schemas, Kind: st.Grant.Kind, GrantWhat: what}, nil
}
