// Command provkeys is a console and a command line for provisioning keys.
//
// It knows flags, output formats and exit codes, and wires the configuration,
// the client, the clipboard and the console together. It must never know the
// wire format or how a screen is drawn, and it keeps no rule of its own about
// keys: whether one is copied is asked of the client package.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/term"

	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/credential"
	"provkeys/cmd/internal/journal"
	"provkeys/tui/clipboard"
)

func main() { os.Exit(run()) }

func run() int {
	harden()
	// Both make Bubble Tea write everything on the screen into files.
	_ = os.Unsetenv("TEA_TRACE")
	_ = os.Unsetenv("TEA_DEBUG")
	// With GODEBUG=http2debug=2 net/http logs every header, credentials among them.
	log.SetOutput(io.Discard)
	return newApp().run(context.Background(), os.Args[1:])
}

// newApp returns the app of a real process.
func newApp() *app {
	// Without a home folder the configuration falls back to variables alone.
	home, _ := os.UserHomeDir()
	files := map[stream]*os.File{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	// Without a path to itself there is no helper, which the clipboard words.
	var helper []string
	if self, err := os.Executable(); err == nil {
		helper = []string{self, clipboard.HelperCommand}
	}
	return &app{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		isTerminal: func(s stream) bool { return term.IsTerminal(int(files[s].Fd())) },
		width: func() int {
			w, _, err := term.GetSize(int(os.Stdout.Fd()))
			if err != nil {
				return 0
			}
			return w
		},
		env:          config.Env{Lookup: os.LookupEnv, Home: home, Keyring: credential.Keyring, Run: credential.Run},
		goos:         runtime.GOOS,
		now:          time.Now,
		who:          func() journal.Who { return journal.Whoami(os.LookupEnv, os.Getuid()) },
		helper:       helper,
		openTerminal: openTerminal,
		paste:        pasteAt(os.Stdin),
		signals:      untilSignal,
		ancestor:     clipboard.RemoteAncestor,
		keepSecret:   credential.Keep,
		dropSecret:   credential.Drop,
	}
}

// untilSignal returns a context that ends with the first interrupt. The signal
// is then left to its default, so that a second one ends the process.
func untilSignal(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
