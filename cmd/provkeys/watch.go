package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client/catalog"
)

const (
	// watchEvery is how often the keys are read when nobody says otherwise, and
	// watchLeast how often at most: a reading takes up to 13 of the 20 calls that the
	// API allows in this time, and most take 4.
	watchEvery = 30 * time.Second
	watchLeast = 10 * time.Second
)

// watchFlags are the flags of "watch", as given.
type watchFlags struct {
	queryFlags
	every, length time.Duration
}

// watchOptions are what is watched, and how.
type watchOptions struct {
	names  []string // none: whatever the query selects
	query  catalog.Query
	every  time.Duration
	length time.Duration // 0: until somebody ends it
	format format
}

// endedError is a watch that was ended by a signal, or by whoever read it and left:
// that is how it ends, and there is nothing to say.
type endedError struct{ err error }

func (e *endedError) Error() string { return "ended: " + e.err.Error() }
func (e *endedError) Unwrap() error { return e.err }

func newWatchCommand(a *app) *cobra.Command {
	var f watchFlags
	cmd := &cobra.Command{
		Use:   "watch [NAME…]",
		Short: "Say what happens to keys, a line each, until ctrl+c",
		Long: `watch reads the keys again and again and writes a line for each thing that
happened: created, deleted, renamed, enabled, disabled, raised and lowered (max
uses), enrolled (with which connector, where they are listed), nearly used up,
used up, expired, certificate expired, hidden, and changed for any other field.
An enrolment that uses a key up is two lines.

It goes on when the backend does not answer: unavailable says so once, and back
says how long that took; what happened meanwhile follows. resumed is for a machine
that slept. A key is deleted once it cannot be read by itself any more.

A line has time, event, kind/name and what happened; in a pipe tabs stand between
them, and the time has its date. With -o json it is an object: time, event, kind,
name, id, group, uses, uses_before, max_uses, max_uses_before, left, state,
connectors, changes (field as list calls it, before, after) and message. What does
not apply is null.

--timeout is for each reading. ctrl+c ends it with exit code 130, as does a reader
that leaves, and --for with 0. Once every NAME is deleted it ends with 4.`,
		Example: `  provkeys watch                                          everything, until ctrl+c
  provkeys watch eu-west-1-asg eu-west-1-blue --for 10m   two keys of a deployment
  provkeys watch --filter 'group:"EU West"' --for 1s      read twice, a second apart
  provkeys watch --kind app-connector --every 10s --for 1m -o json`,
		RunE: func(cmd *cobra.Command, names []string) error {
			o, err := a.parseWatch(cmd, names, f)
			if err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runWatch(ctx, a, o) })
		},
	}
	f.add(cmd)
	cmd.Flags().DurationVar(&f.every, "every", watchEvery, "`time` between two readings, 10s or more")
	cmd.Flags().DurationVar(&f.length, "for", 0, "`time` after which it ends, with a last reading (default until ctrl+c)")
	return cmd
}

func (a *app) parseWatch(cmd *cobra.Command, names []string, f watchFlags) (watchOptions, error) {
	given := cmd.Flags().Changed
	o := watchOptions{names: names, every: f.every, length: f.length}
	switch {
	case len(names) > 0 && (given("filter") || given("view") || given("kind")):
		return o, usageFault("leave one of them out", "watch takes NAMEs, or --filter, --view and --kind, and not both")
	case slices.Contains(names, ""):
		return o, usageFault("give a name, or none for every key", "a NAME is empty")
	case f.every < watchLeast:
		return o, usageFault("use --every 10s or more", "reading every %v would leave other tools nothing of the API's rate limit", f.every)
	case given("for") && f.length <= 0:
		return o, usageFault("write it as 10m, or leave it out to watch until ctrl+c", "--for is %v, which is over at once", f.length)
	case a.global.withSecrets:
		return o, usageFault("leave --with-secrets out: provkeys get NAME --field key writes a text", "watch writes no key texts")
	}
	var err error
	if o.query, _, err = a.parseQuery(cmd, f.queryFlags); err == nil {
		o.format, err = a.watchFormat()
	}
	return o, err
}

// watchFormat is that of a list which never ends: most formats are made for one that
// does.
func (a *app) watchFormat() (format, error) {
	switch f := a.keyFormat(); {
	case f == formatJSON, f == formatTable, f == formatTSV:
		return f, nil
	case a.global.outputAsked:
		return "", usageFault("use -o json, table or tsv, or leave it out", "watch does not write %s", f)
	case a.isTerminal(stdout):
		return formatTable, nil
	}
	return formatTSV, nil
}

func runWatch(ctx context.Context, a *app, o watchOptions) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	if out, ok := a.out.(*os.File); ok {
		go func() {
			if unread(ctx, out) {
				leave()
			}
		}()
	}
	err := a.withSession(ctx, func(ctx context.Context, s *session) error {
		w := newWatcher(a, s, o)
		if err := w.begin(ctx); err != nil {
			return err
		}
		return w.goOn(ctx)
	})
	if err == nil || ctx.Err() == nil {
		return err
	}
	if a.isTerminal(stderr) { // which shows ^C, and the prompt behind it
		_, _ = fmt.Fprintln(a.err)
	}
	return &endedError{err}
}
