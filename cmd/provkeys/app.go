package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/journal"
	"provkeys/cmd/internal/store"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// stream is one of the three that a process is given.
type stream int

const (
	stdin stream = iota
	stdout
	stderr
)

// app is all that commands see of the process, so that tests run them inside
// their own. Everything down to signals is required.
type app struct {
	in           io.Reader
	out, err     io.Writer
	isTerminal   func(stream) bool
	width        func() int // cells of the terminal, 0 when unknown
	env          config.Env
	goos         string
	now          func() time.Time
	who          func() journal.Who
	helper       []string // the command line of the clipboard's helper process
	openTerminal func() (terminal, error)
	paste        func(ctx context.Context, ready func()) ([]byte, error) // reads standard input, a terminal, unseen until ctrl+d
	signals      func(context.Context) (context.Context, context.CancelFunc)
	ancestor     func() string                                 // nil: nothing is known of who started this process
	transport    http.RoundTripper                             // nil: the real network
	onClipboard  func(clipboard.Clipboard) textCopier          // nil: the real one
	passphrase   func(client.Secret) (age.Recipient, error)    // nil: the real one, which takes a second
	keepSecret   func(name string, secret client.Secret) error // into the keyring; nil: there is none
	dropSecret   func(name string) error                       // out of it again

	global  globalFlags
	profile config.Profile // the one in use, for the words of a refused sign-in
	log     *store.Log     // nil without --debug

	saying   sync.Mutex // waits are told by several goroutines
	waiting  time.Time  // until when a wait has been told already
	repeated bool       // the command is run again and again, and by nobody who looks
	onScreen bool       // a console is shown, which notes would write into
	patient  bool       // waits for the backend are no news: the command tells of it itself
}

// run runs one command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	if len(args) > 0 && args[0] == cobra.ShellCompRequestCmd {
		return a.complete(ctx, args)
	}
	root := newRootCommand(a)
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	// Who gets the answer depends on the command, which Find knows before it runs.
	cmd, _, _ := root.Find(args)
	err := refuseSecrets(args)
	if err == nil {
		cmd, err = root.ExecuteContextC(ctx)
	}
	if a.log != nil {
		// Every line was written before; a log that cannot be closed loses none.
		_ = a.log.Close()
	}
	if err == nil {
		return int(exitDone)
	}
	if bad := (*verdictError)(nil); errors.As(err, &bad) {
		return int(bad.code())
	}
	if errors.As(err, new(*unsoundError)) {
		return int(exitError)
	}
	if errors.As(err, new(*hangupError)) || errors.As(err, new(*endedError)) {
		return int(exitInterrupted) // there is nobody left to tell, or nothing
	}
	f := a.explain(err)
	if cmd == root && slices.Contains(args, checkCommand) {
		// Behind a flag that there is not, a command counts as its value.
		cmd, _, _ = root.Find([]string{checkCommand})
	}
	if isCheck(cmd) {
		return int(a.reportUnknown(cmd, args, f))
	}
	a.report(f, f.kind.code(), a.wantsJSON(args))
	return int(f.kind.code())
}

// limited runs a command so that a signal or --timeout ends it.
func (a *app) limited(ctx context.Context, work func(context.Context) error) error {
	return a.interruptible(ctx, func(ctx context.Context) error { return a.timed(ctx, work) })
}

// interruptible runs a command so that a signal ends it.
func (a *app) interruptible(ctx context.Context, work func(context.Context) error) error {
	ctx, stop := a.signals(ctx)
	defer stop()
	err := work(ctx)
	if err != nil && ctx.Err() != nil {
		return &interruptedError{err}
	}
	return err
}

// timed runs what --timeout is for.
func (a *app) timed(ctx context.Context, work func(context.Context) error) error {
	return a.timedAfter(ctx, 0, work)
}

// timedAfter runs what is left of --timeout for.
func (a *app) timedAfter(ctx context.Context, spent time.Duration, work func(context.Context) error) error {
	if a.global.timeout == 0 {
		return work(ctx)
	}
	limit, cancel := context.WithTimeout(ctx, a.global.timeout-spent)
	defer cancel()
	err := work(limit)
	if err != nil && ctx.Err() == nil && limit.Err() != nil {
		return &timeoutError{a.global.timeout, err}
	}
	return err
}

// note writes one line beside the output; it is made safe for a terminal, and
// holds no secret.
func (a *app) note(format string, args ...any) {
	a.saying.Lock()
	defer a.saying.Unlock()
	// There is nowhere left to tell that stderr is closed.
	_, _ = fmt.Fprintf(a.err, "provkeys: %s\n", withoutSecrets(style.Sanitize(fmt.Sprintf(format, args...))))
}

// ended ends the line of a text for a person; what reads a pipe gets it to the byte.
func (a *app) ended(text string) string {
	if a.isTerminal(stdout) && !strings.HasSuffix(text, "\n") {
		return text + "\n"
	}
	return text
}

// variable returns a variable of the environment; an empty one counts as none.
func (a *app) variable(name string) string {
	if a.env.Lookup == nil {
		return ""
	}
	value, _ := a.env.Lookup(name)
	return value
}

// colour reports whether the output may be coloured.
func (a *app) colour() bool {
	return a.isTerminal(stdout) && !a.global.noColor && a.variable("TERM") != "dumb"
}
