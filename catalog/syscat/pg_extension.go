package syscat

// The schema millrace is shown as an extension that owns its tables: pg_dump and other
// tools leave alone what belongs to one.
const (
	extensionOID     = 13900
	extensionName    = "millrace"
	extensionVersion = "1.0"
	classExtension   = 3079
	catalogNamespace = 11
)

func extensionFillers() []filler {
	return []filler{{
		table: "pg_catalog.pg_extension", doc: "The schema millrace, whose tables come with the server, shown as an extension.",
		columns: "oid extname extowner extnamespace extversion",
		rows: func(_ Env, add Add) error {
			return add(num(extensionOID), text(extensionName), num(roleOID), num(catalogNamespace), text(extensionVersion))
		},
	}}
}

// extensionMembers adds rows of pg_depend: what belongs to the extension.
func extensionMembers(env Env, add Add) error {
	member := func(class, object int64) error {
		return add(num(class), num(object), num(0), num(classExtension), num(extensionOID), num(0), char('e'))
	}
	if s, ok := env.Snapshot().Schema(extensionName); ok {
		if err := member(classNamespace, int64(s.ID)); err != nil {
			return err
		}
	}
	for _, t := range Tables() {
		if t.object.Schema != extensionName {
			continue
		}
		if err := member(classRelation, int64(t.ID)); err != nil {
			return err
		}
	}
	return nil
}
