package pgerr

import (
	"fmt"
	"runtime/debug"
)

// Recover runs f and returns its error. A panic becomes an internal error with the
// stack as its Stack: one broken statement must not end the server.
func Recover(f func() error) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *Error:
			p.Stack = debug.Stack()
			err = p
		default:
			err = &Error{Code: InternalError, Message: fmt.Sprintf("bug: %v", p), Stack: debug.Stack()}
		}
	}()
	return f()
}
