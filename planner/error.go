package planner

import (
	"millrace/sql"
	"millrace/sql/pgerr"
)

// bailout carries a user's error out of the binder, whose functions call each
// other deeply and have nothing to clean up. Only catch recovers it.
type bailout struct{ err error }

// catch is deferred by the exported functions.
func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case bailout:
		*err = r.err
	default:
		panic(r)
	}
}

// fail ends the binding with an error at pos.
func fail(pos sql.Pos, code, format string, args ...any) {
	raise(pos, pgerr.Newf(code, format, args...))
}

// raise ends the binding with err, placed at pos unless it has a place.
func raise(pos sql.Pos, err error) {
	panic(bailout{pgerr.At(err, int(pos))})
}

// check is raise when err is not nil.
func check(pos sql.Pos, err error) {
	if err != nil {
		raise(pos, err)
	}
}

// unsupported reports valid SQL that has no plan yet.
func unsupported(pos sql.Pos, format string, args ...any) {
	raise(pos, pgerr.Newf(pgerr.FeatureNotSupported, format, args...))
}
