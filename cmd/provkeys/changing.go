package main

import (
	"context"
	"time"

	"provkeys/client"
)

// changing runs a command that changes keys. All of them come through here, but for a
// raise before a copy, so that read-only is refused in one place; a dry run sends no
// write.
func (a *app) changing(ctx context.Context, dryRun bool, work func(context.Context, *session) error) error {
	return a.interruptible(ctx, func(ctx context.Context) error {
		return a.withSession(ctx, func(ctx context.Context, s *session) error {
			if s.profile.ReadOnly && !dryRun {
				return readOnlyFault("look with --dry-run")
			}
			return work(ctx, s)
		})
	})
}

// readOnlyFault refuses a change; or is what may be done all the same.
func readOnlyFault(or string) *fault {
	return &fault{
		faultReadOnly, "nothing was changed: this is read-only",
		"leave out --read-only, PROVKEYS_READ_ONLY or read_only: in the profile, or " + or,
	}
}

// reading looks up what is needed before something is changed, and returns how
// much it spent of --timeout. Somebody may be asked afterwards, in their own time.
func (a *app) reading(ctx context.Context, work func(context.Context) error) (spent time.Duration, err error) {
	start := a.now()
	err = a.timed(ctx, work)
	return a.now().Sub(start), err
}

// finishing does one change to its end: cut off in the middle, nobody would know
// what the server has done. What is left of --timeout bounds it, and a second
// interrupt ends the process.
func (a *app) finishing(ctx context.Context, name string, spent time.Duration, work func(context.Context) error) error {
	stop := context.AfterFunc(ctx, func() {
		if a.isTerminal(stderr) {
			a.note("finishing %s first; ctrl+c again leaves at once", name)
		}
	})
	defer stop()
	return a.timedAfter(context.WithoutCancel(ctx), spent, work)
}

// deed is something done to keys, as sentences have it.
type deed struct {
	done    string
	already string // of keys for which nothing had to be done
}

// The deeds of the commands that change keys.
var (
	deedChange = deed{"changed", "as asked already"}
	deedDelete = deed{"deleted", "gone already"}
	deedCreate = deed{"created", "there already"}
)

// plan is what a command does to keys.
type plan struct {
	deed    deed
	several bool // the answer is a list, however many keys there are
	dryRun  bool
	format  format
	asKey   bool          // what became of one key alone is told as the key's record
	keyed   bool          // results have the key text
	spent   time.Duration // of --timeout, where it is not for each of several keys
	again   string        // what to do about the rest after an interrupt
	turns   []turn
	// alone finds the words for the failure of one key alone, which name it.
	alone func(client.Key, error) error
}

// turn is what is done to one key of a plan.
type turn struct {
	key           client.Key // as it is named where it was not reached
	reads, writes int        // the calls that must go out together
	do            func(context.Context) (result, error)
}
