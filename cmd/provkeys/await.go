package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui/style"
)

const (
	// useEvery is how often a key is read while somebody waits for its use.
	useEvery = 10 * time.Second
	// useLimit keeps a backend that hangs from taking more than one turn.
	useLimit = 10 * time.Second
	// namesAsked is how many connectors a program is told, and namesTold how many
	// a person is.
	namesAsked = 100
	namesTold  = 3
)

// useWait waits until a copied key is used, and meanwhile clears from the
// terminal what only a running program can.
type useWait struct {
	app    *app
	copied copied
	wait   time.Duration

	key        client.Key // as it was read last
	used       bool
	connectors []string  // that enrolled since, newest first
	cause      error     // of the last reading, where it failed
	blankAt    time.Time // when the terminal is to be cleared; zero for not
}

// awaitUse waits for a use and says what came of it. A program gets one object
// at the end, whatever the end is.
func (a *app) awaitUse(ctx context.Context, c copied, o copyOptions) error {
	if o.format == formatTable {
		if err := a.write(c.sentence(true)); err != nil {
			return err
		}
	}
	if a.isTerminal(stderr) {
		a.note("waiting %v for a use of %s", o.wait, c.key.Name)
	}
	a.saying.Lock()
	a.patient = true // what fails meanwhile is told once, below
	a.saying.Unlock()
	w := &useWait{app: a, copied: c, wait: o.wait, key: c.key}
	if c.life > 0 && c.Blank != "" {
		w.blankAt = c.at.Add(c.life)
	}
	err := w.run(ctx)
	if w.promised() && ctx.Err() == nil { // interrupted, the hint says it
		a.note("%s", w.rest())
	}
	if o.format != formatTable {
		return errors.Join(a.writeResult(w.record(), o.format), err)
	}
	if err != nil {
		return err
	}
	return a.write(w.sentence())
}

// run reads the key again and again. A nil error says that it was used.
func (w *useWait) run(ctx context.Context) error {
	told := false
	for end := w.app.now().Add(w.wait); w.app.now().Before(end); {
		if w.pause(ctx, min(useEvery, end.Sub(w.app.now()))) != nil {
			return w.interrupted()
		}
		err := w.read(ctx)
		switch {
		case ctx.Err() != nil:
			return w.interrupted()
		case w.used:
			return nil
		case errors.Is(err, client.ErrNotFound):
			return &fault{
				faultNotFound, fmt.Sprintf("%q was deleted after it was copied: nobody enrols with it any more", w.key.Name),
				otherHint,
			}
		case err != nil && !transient(err):
			return fmt.Errorf("%q was copied, and cannot be read again: %w", w.key.Name, err)
		case err != nil && !told:
			told = true
			w.app.note("%s could not be read and is tried again: %v", w.key.Name, err)
		}
	}
	return w.unused()
}

// transient reports whether another try may bring what this one did not.
func transient(err error) bool {
	return errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrRateLimited) || errors.Is(err, context.DeadlineExceeded)
}

// read reads the key again and, once it is used, who enrolled.
func (w *useWait) read(ctx context.Context) error {
	limit, cancel := context.WithTimeout(ctx, useLimit)
	defer cancel()
	fresh, err := w.copied.api.GetKey(limit, w.key)
	if w.cause = err; err != nil {
		return err
	}
	before := w.copied.key.Uses
	if w.key = fresh; fresh.Uses <= before {
		return nil
	}
	w.used = true
	limit, cancel = context.WithTimeout(ctx, useLimit)
	defer cancel()
	// That it was used is worth telling without the names too.
	w.connectors, _ = w.copied.api.EnrolledWith(limit, fresh, int(min(fresh.Uses-before, namesAsked)))
	return nil
}

// pause waits, and clears the terminal when that falls due. The error is that
// of ctx.
func (w *useWait) pause(ctx context.Context, d time.Duration) error {
	for end := w.app.now().Add(d); w.app.now().Before(end); {
		wake := end
		if !w.blankAt.IsZero() && w.blankAt.Before(wake) {
			wake = w.blankAt
		}
		timer := time.NewTimer(wake.Sub(w.app.now()))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		if w.blankAt.IsZero() || w.app.now().Before(w.blankAt) {
			continue
		}
		w.blankAt = time.Time{}
		if err := w.app.sendToTerminal(w.copied.Blank); err != nil {
			w.app.note("%s is still on your clipboard: the terminal is gone", w.key.Name)
		}
	}
	return nil
}

// cleared reports whether the time of the copy is over.
func (w *useWait) cleared() bool {
	return w.copied.life > 0 && !w.app.now().Before(w.copied.at.Add(w.copied.life))
}

// promised reports whether the copy was to be cleared by this program, which
// ends before that.
func (w *useWait) promised() bool {
	o := w.copied.Outcome
	return w.copied.life > 0 && !w.cleared() && o.Beyond() && o.Clearable()
}

// rest says what becomes of the copy now that this program ends.
func (w *useWait) rest() string {
	name := w.key.Name
	switch o := w.copied.Outcome; {
	case o.Clearable() && w.cleared():
		return "its copy has been cleared: copy it again when you like"
	case o.Beyond():
		return name + " is still on your clipboard; provkeys cannot clear it from here."
	case w.copied.life == 0:
		return name + " stays on your clipboard until you copy something else"
	}
	left := w.copied.at.Add(w.copied.life).Sub(w.app.now()).Round(time.Second)
	return fmt.Sprintf("%s clears from your clipboard in %d s if unchanged", name, int(left.Seconds()))
}

func (w *useWait) interrupted() *fault {
	return &fault{faultInterrupted, fmt.Sprintf("interrupted: %q was copied and not used yet", w.key.Name), w.rest()}
}

// unused says that the time was up first.
func (w *useWait) unused() *fault {
	if w.cause != nil {
		return &fault{
			faultUnavailable, fmt.Sprintf("whether %q was used within %v is not known: %v", w.key.Name, w.wait, w.cause),
			fmt.Sprintf("look with: provkeys get %s --field uses", argument(w.key)),
		}
	}
	return &fault{
		faultNotUsed, fmt.Sprintf("%q was copied and not used within %v: it has %d of %d uses", w.key.Name, w.wait, w.key.Uses, w.key.MaxUses),
		fmt.Sprintf("look at the connector's log; later, look with: provkeys get %s --field uses", argument(w.key)),
	}
}

func (w *useWait) record() record {
	return append(w.copied.result(), record{
		{"used", truthOf(w.used)},
		{"uses", numberOf(w.key.Uses)},
		{"max_uses", numberOf(w.key.MaxUses)},
		{"connectors", listOf(w.connectors)},
	}...)
}

// sentence says who used the key, as far as anybody lists it.
func (w *useWait) sentence() string {
	who := ""
	if len(w.connectors) > 0 {
		names, what := w.connectors, w.key.Kind.Title()
		if w.key.Kind == client.AppConnector {
			what = "connector"
		}
		if len(names) > 1 {
			what += "s"
		}
		if more := len(names) - namesTold; more > 0 {
			names = append(names[:namesTold:namesTold], fmt.Sprintf("%d more", more))
		}
		who = " (" + what + " " + strings.Join(names, ", ") + ")"
	}
	return style.Sanitize(fmt.Sprintf("%s was used: %d of %d%s.", w.key.Name, w.key.Uses, w.key.MaxUses, who)) + "\n"
}
