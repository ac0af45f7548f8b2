package session

import (
	"context"
	"sync"

	"millrace/catalog"
	"millrace/planner/plan"
)

// Pushes are the push queries that run, so that one ends when its role loses the right
// to read.
type Pushes struct {
	mu struct {
		sync.Mutex
		list map[*pushRight]struct{}
	}
}

// pushRight is the right of one push query. ctx ends, with the reason, when it is lost.
type pushRight struct {
	role catalog.ObjectID
	uses []plan.Use
	ctx  context.Context
	end  context.CancelCauseFunc
	from *Pushes
}

// add begins to watch the rights of a push query of a role. The right may have been lost
// since it was checked, so it is checked again behind the registration.
func (p *Pushes) add(now func() *catalog.Snapshot, role catalog.ObjectID, uses []plan.Use) *pushRight {
	r := &pushRight{role: role, uses: uses, from: p}
	r.ctx, r.end = context.WithCancelCause(context.Background())
	p.mu.Lock()
	if p.mu.list == nil {
		p.mu.list = map[*pushRight]struct{}{}
	}
	p.mu.list[r] = struct{}{}
	p.mu.Unlock()
	if err := checkUses(now(), role, uses); err != nil {
		r.end(err)
	}
	return r
}

func (r *pushRight) release() {
	r.from.mu.Lock()
	delete(r.from.mu.list, r)
	r.from.mu.Unlock()
	r.end(context.Canceled)
}

// within is ctx, ended when the right is lost, too. stop must be called.
func (r *pushRight) within(ctx context.Context) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	unwatch := context.AfterFunc(r.ctx, func() { cancel(context.Cause(r.ctx)) })
	return ctx, func() { unwatch(); cancel(nil) }
}

// lost returns why the right was lost, nil while it is there.
func (r *pushRight) lost() error { return context.Cause(r.ctx) }

// Check ends the push queries that the catalog no longer allows. It is a catalog's
// watcher, and looks only after changes that can take a right away.
func (p *Pushes) Check(snap *catalog.Snapshot, change *catalog.Change, _ *catalog.Result) {
	if change != nil {
		switch change.Op.(type) {
		case *catalog.GrantOn, *catalog.GrantRole, *catalog.AlterRole, *catalog.DropRole, *catalog.SetOwner,
			*catalog.ReassignOwned, *catalog.DropOwned, *catalog.Create:
		default:
			return
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for r := range p.mu.list {
		if err := checkUses(snap, r.role, r.uses); err != nil {
			r.end(err)
		}
	}
}
