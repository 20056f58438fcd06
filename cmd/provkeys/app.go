package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"provkeys/cmd/internal/config"
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
// their own. Everything down to signals is required but transport and desktop.
type app struct {
	in           io.Reader
	out, err     io.Writer
	isTerminal   func(stream) bool
	width        func() int // cells of the terminal, 0 when unknown
	env          config.Env
	goos         string
	now          func() time.Time
	openTerminal func() (io.WriteCloser, error)
	signals      func(context.Context) (context.Context, context.CancelFunc)
	transport    http.RoundTripper // nil: the real network
	desktop      clipboard.Desktop // nil: the real one

	global  globalFlags
	profile config.Profile // the one in use, for the words of a refused sign-in
	log     *store.Log     // nil without --debug

	saying  sync.Mutex // waits are told by several goroutines
	waiting time.Time  // until when a wait has been told already
}

// run runs one command line and returns the exit code.
func (a *app) run(ctx context.Context, args []string) int {
	root := newRootCommand(a)
	root.SetArgs(args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
	if a.log != nil {
		// Every line was written before; a log that cannot be closed loses none.
		_ = a.log.Close()
	}
	if err == nil {
		return int(exitDone)
	}
	f := a.explain(err)
	a.report(f, a.wantsJSON(args))
	return int(f.kind.code())
}

// limited runs a command so that a signal or --timeout ends it.
func (a *app) limited(ctx context.Context, work func(context.Context) error) error {
	ctx, stop := a.signals(ctx)
	defer stop()
	limit, cancel := ctx, context.CancelFunc(func() {})
	if a.global.timeout > 0 {
		limit, cancel = context.WithTimeout(ctx, a.global.timeout)
	}
	defer cancel()
	err := work(limit)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return &interruptedError{err}
	case limit.Err() != nil:
		return &timeoutError{a.global.timeout, err}
	}
	return err
}

// note writes one line beside the output; it is made safe for a terminal.
func (a *app) note(format string, args ...any) {
	a.saying.Lock()
	defer a.saying.Unlock()
	// There is nowhere left to tell that stderr is closed.
	_, _ = fmt.Fprintf(a.err, "provkeys: %s\n", style.Sanitize(fmt.Sprintf(format, args...)))
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
