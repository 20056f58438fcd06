//go:build unix

package clipboard

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"provkeys/client"
)

// TestMain lets the test binary be its own helper process.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == HelperCommand {
		if err := Serve(context.Background(), os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// The tools that are played by scripts. They keep the clipboard in a file.
const (
	honestTool  = `case "$*" in *-out*) exec cat "$HOME/held";; *) cat >"$HOME/new" && mv "$HOME/new" "$HOME/held";; esac`
	lyingTool   = `case "$*" in *-out*) echo before;; *) cat >/dev/null;; esac`
	failingTool = `cat >/dev/null; echo "3|mock.example|on-stderr" >&2; exit 3`
	hangingTool = `cat >/dev/null; echo $$ >"$HOME/hung"; exec sleep 600`
)

// tools makes a session at a display whose only tools are those; the clipboard
// of the honest one is the file held in the folder that comes back.
func tools(t *testing.T, scripts map[string]string, words ...string) (Session, string) {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/bin:/usr/bin\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return session(append([]string{"HOME=" + dir, "PATH=" + dir, "DISPLAY=:0"}, words...)...), dir
}

// copies copies the fake text with the test binary as the helper.
func copies(t *testing.T, c Clipboard) (Copied, error) {
	t.Helper()
	c.Helper = []string{os.Args[0], HelperCommand}
	got, err := c.Copy(t.Context(), client.NewSecret(fakeText), func() Terminal { return plain })
	if got.Lease != nil {
		t.Cleanup(func() {
			got.Lease.Clear()
			<-got.Lease.Ended()
		})
	}
	if err != nil && (!errors.Is(err, ErrClipboard) || strings.Contains(err.Error(), "mock.example")) {
		t.Errorf("the error %v tells too much or too little", err)
	}
	return got, err
}

func held(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "held"))
	if err != nil {
		return fmt.Sprint(err)
	}
	return string(b)
}

func TestToolsThatFailAreFoundOut(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		scripts map[string]string
		want    string // the error; "" where it is not confirmed
	}{
		"lies":    {map[string]string{"xclip": lyingTool}, ""},
		"exits 3": {map[string]string{"xclip": failingTool}, "exit status 3"},
		"missing": {nil, "install wl-clipboard"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := tools(t, tc.scripts)
			got, err := copies(t, Clipboard{Mode: Native, Session: s, Life: time.Hour})
			switch {
			case tc.want == "" && (err != nil || got.Outcome.Evidence != EvidenceDiffers):
				t.Errorf("%+v, %v", got.Outcome, err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "--clipboard osc52")):
				t.Errorf("%+v, %v", got.Outcome, err)
			}
		})
	}
}

func TestRoutesAreTriedInOrder(t *testing.T) {
	t.Parallel()
	const tmuxTool = `case "$1" in
load-buffer) cat >"$HOME/held";;
save-buffer) cat "$HOME/held";;
display-message) echo '$1';;
list-clients) echo "1700000000 4711 /dev/pts/7 256,clipboard,title";;
list-buffers) echo provkeys-x;;
show-environment) test -e "$HOME/afar" && echo "SSH_CONNECTION=203.0.113.9 5 203.0.113.1 22";;
esac`
	for name, tc := range map[string]struct {
		scripts map[string]string
		words   []string
		want    Outcome
	}{
		"tmux": {map[string]string{"tmux": tmuxTool}, []string{xterm, tmux, "DISPLAY="},
			Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, PassedOn: true, Top: true}},
		"tmux and desktop": {map[string]string{"tmux": tmuxTool, "xclip": honestTool}, []string{xterm, tmux},
			Outcome{Route: RouteTmux, Also: RouteNative, Evidence: EvidenceVerified, PassedOn: true, Top: true}},
		"tmux attached from afar": {map[string]string{"tmux": tmuxTool, "xclip": honestTool, "afar": ""}, []string{xterm, tmux},
			Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, PassedOn: true, Top: true}},
		"tmux, desktop broken": {map[string]string{"tmux": tmuxTool, "xclip": failingTool}, []string{xterm, tmux},
			Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, PassedOn: true, Top: true}},
		"tmux gone, desktop": {map[string]string{"tmux": "exit 1", "xclip": honestTool}, []string{xterm, tmux},
			Outcome{Route: RouteNative, Evidence: EvidenceVerified}},
		"tmux gone": {map[string]string{"tmux": "exit 1"}, []string{xterm, tmux, "DISPLAY="},
			Outcome{Route: RouteOSC52}},
		"desktop broken": {map[string]string{"xclip": failingTool}, []string{xterm},
			Outcome{Route: RouteOSC52}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := tools(t, tc.scripts, tc.words...)
			got, err := copies(t, Clipboard{Session: s, Life: time.Hour})
			if err != nil || got.Outcome != tc.want {
				t.Errorf("%+v, %v", got.Outcome, err)
			}
			if (got.Lease == nil) != (tc.want.Route == RouteOSC52) || got.Sequence.IsZero() == (got.Lease == nil) || (got.Blank == "") == (got.Lease == nil) {
				t.Errorf("a lease: %v, a sequence: %v, a blank: %v", got.Lease != nil, !got.Sequence.IsZero(), got.Blank != "")
			}
		})
	}
}

func TestEveryFailureIsNamedWhenNoRouteIsLeft(t *testing.T) {
	t.Parallel()
	s, _ := tools(t, map[string]string{"tmux": "exit 1", "xclip": failingTool}, "TERM=linux", tmux)
	_, err := copies(t, Clipboard{Session: s})
	if err == nil {
		t.Fatal("it was copied")
	}
	for _, part := range []string{"tmux failed (exit status 1)", "clipboard tool failed (exit status 3)", "Linux console has no clipboard"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not tell that %s: %v", part, err)
		}
	}
	if strings.Count(err.Error(), ErrClipboard.Error()) != 1 {
		t.Errorf("the error stammers: %v", err)
	}
}

func TestInterruptInPlaceOfAnAnswerSendsNothing(t *testing.T) {
	t.Parallel()
	s, _ := tools(t, nil, xterm)
	got, err := Clipboard{Mode: OSC52, Session: s}.Copy(t.Context(), client.NewSecret(fakeText), func() Terminal { return Terminal{Interrupted: true} })
	if !errors.Is(err, context.Canceled) || !errors.Is(err, ErrClipboard) || !got.Sequence.IsZero() {
		t.Errorf("%v, a sequence: %v", err, !got.Sequence.IsZero())
	}
}

func TestForcedRouteNeverFallsBack(t *testing.T) {
	t.Parallel()
	s, _ := tools(t, map[string]string{"tmux": "exit 1", "xclip": failingTool}, xterm, tmux)
	for _, mode := range []Mode{Native, Tmux} {
		if got, err := copies(t, Clipboard{Mode: mode, Session: s}); err == nil {
			t.Errorf("%s: %+v", mode, got.Outcome)
		}
	}
}

func TestTheTerminalIsAskedOnceAndOnlyBeforeSending(t *testing.T) {
	t.Parallel()
	s, _ := tools(t, map[string]string{"xclip": honestTool}, xterm)
	for want, mode := range map[int]Mode{0: Native, 1: OSC52} {
		asked := 0
		c := Clipboard{Mode: mode, Session: s, Helper: []string{os.Args[0], HelperCommand}}
		got, err := c.Copy(t.Context(), client.NewSecret(fakeText), func() Terminal { asked++; return asScreen })
		if err != nil || asked != want {
			t.Errorf("%s: asked %d times, want %d (%v)", mode, asked, want, err)
		}
		if mode == OSC52 && (got.Outcome.Form != FormScreen || !strings.HasPrefix(got.Sequence.Reveal(), "\x1bP")) {
			t.Errorf("the answer changes nothing: %+v", got.Outcome)
		}
		if got.Lease != nil {
			got.Lease.Clear()
			<-got.Lease.Ended()
		}
	}
}

// TestCopyThatIsGivenUpGoesNoFurther: what has begun is let finish.
func TestCopyThatIsGivenUpGoesNoFurther(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		tool   string
		copies bool
	}{
		"the tool fails":   {"sleep 1; " + failingTool, false},
		"the tool is slow": {`case "$*" in *-in*) sleep 1;; esac; ` + honestTool, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, dir := tools(t, map[string]string{"xclip": tc.tool}, xterm)
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(300*time.Millisecond, cancel)
			c := Clipboard{Session: s, Helper: []string{os.Args[0], HelperCommand}, Timeout: time.Minute}

			got, err := c.Copy(ctx, client.NewSecret(fakeText), func() Terminal { return plain })

			if !got.Sequence.IsZero() || errors.Is(err, context.Canceled) == tc.copies || (got.Lease != nil) != tc.copies {
				t.Errorf("%v, a sequence: %v, a lease: %v", err, !got.Sequence.IsZero(), got.Lease != nil)
			}
			if got.Lease != nil {
				got.Lease.Clear()
				<-got.Lease.Ended()
			}
			if tc.copies && held(t, dir) != "" {
				t.Error("it was not cleared")
			}
		})
	}
	s, _ := tools(t, nil, xterm)
	ctx, cancel := context.WithCancel(t.Context())
	got, err := Clipboard{Mode: OSC52, Session: s}.Copy(ctx, client.NewSecret(fakeText), func() Terminal { cancel(); return plain })
	if !errors.Is(err, context.Canceled) || !got.Sequence.IsZero() {
		t.Errorf("given up while the terminal was asked: %v, a sequence: %v", err, !got.Sequence.IsZero())
	}
}

func TestWaylandToolThatCanIsAskedToHideTheText(t *testing.T) {
	t.Parallel()
	const wlCopy = `case "$*" in *--help*) echo "  -s, --sensitive  hint";; *) echo "$*" >"$HOME/args"; cat >"$HOME/held";; esac`
	s, dir := tools(t, map[string]string{"wl-copy": wlCopy, "wl-paste": `cat "$HOME/held"`}, "WAYLAND_DISPLAY=wayland-0")

	got, err := copies(t, Clipboard{Mode: Native, Session: s, Life: time.Hour})

	args, _ := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil || !got.Outcome.Confirmed() || strings.TrimSpace(string(args)) != "--sensitive" {
		t.Errorf("%+v, %v; the tool's arguments are %q", got.Outcome, err, args)
	}
}
