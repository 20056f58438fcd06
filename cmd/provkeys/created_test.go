package main

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"provkeys/tui/clipboard"
)

func TestANewKeyIsCopied(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}

	f.mustRun(exitDone, likeOK("--copy", "--hidden", "-o", "json", "--clipboard", "native")...)

	got := decode[struct {
		Copied struct{ Route, Evidence string }
	}](t, f.out.Bytes())
	if f.board.held != f.text("new-1") || got.Copied.Route != "native" || got.Copied.Evidence != "verified" || f.err.Len() > 0 {
		t.Errorf("stdout is %s, stderr %s", f.out.String(), f.err.String())
	}
	if got := f.journalled(); len(got) != 2 || got[0].Action != "created" || got[1].Action != "copied" {
		t.Errorf("the journal holds %+v", got)
	}
	f.board.outcome = clipboard.Outcome{Route: clipboard.RouteOSC52, Writes: true}
	f.mustRun(exitDone, "create", "new-2", "--like", okKey, "--copy", "--hidden")
	if got := f.err.String(); !strings.Contains(got, "new-2 (osc52): Sent") || !strings.Contains(got, "paste it now") {
		t.Errorf("stderr is %q", got)
	}
}

func TestATextThatWasNotCopiedIsNotLostInSilence(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{err: errors.Join(clipboard.ErrClipboard, errors.New("the tool broke"))}
	create := func(name string, args ...string) {
		f.mustRun(exitClipboard, append([]string{"create", name, "--like", okKey, "--copy", "--clipboard", "native"}, args...)...)
		if !f.exists(name) || !strings.Contains(f.err.String(), "was created") {
			t.Errorf("stderr is %q", f.err.String())
		}
	}

	create("shown-again")
	if !strings.Contains(f.err.String(), "hint: it is there: try provkeys copy shown-again") {
		t.Errorf("stderr is %q", f.err.String())
	}
	create("lost", "--hidden")
	if !strings.Contains(f.err.String(), "lost for good") || !strings.Contains(f.err.String(), "provkeys delete lost") {
		t.Errorf("stderr is %q", f.err.String())
	}
	f.attended("n")
	create("declined", "--hidden")
	if strings.Contains(f.tty.String(), f.text("declined")) || !strings.Contains(f.err.String(), "lost for good") {
		t.Errorf("stderr is %q", f.err.String())
	}
	f.attended("y")
	create("taken", "--hidden")
	if !strings.Contains(f.tty.String(), "\n"+f.text("taken")+"\n") || !strings.Contains(f.err.String(), "keep the text now") || strings.Contains(f.out.String(), f.text("taken")) {
		t.Errorf("the text was not shown; stderr is %q", f.err.String())
	}
	f.vars["PROVKEYS_MASK"] = "always"
	f.attended("y")
	create("masked", "--hidden")
	if f.tty.Len() > 0 || !strings.Contains(f.err.String(), "lost for good") {
		t.Errorf("the terminal shows %q", f.tty.String())
	}
}

func TestAKeyWhoseAnswerWasLostIsFoundByItsName(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		next := f.mock.Transport()
		f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(r)
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/provisioningKey") && err == nil {
				_ = resp.Body.Close()
				return nil, io.ErrUnexpectedEOF
			}
			return resp, err
		})

		f.mustRun(exitDone, likeOK()...)
		if !strings.Contains(f.err.String(), "was then found by its name") || !strings.Contains(f.out.String(), "new-1") {
			t.Errorf("stderr is %q", f.err.String())
		}
		f.mustRun(exitHidden, "create", "new-2", "--like", okKey, "--hidden", "--print")
		if !strings.Contains(f.err.String(), "lost for good") || !strings.Contains(f.err.String(), "provkeys delete new-2") || f.out.Len() > 0 {
			t.Errorf("stderr is %q", f.err.String())
		}
		if n := len(f.writes()); n != 2 {
			t.Errorf("%d keys were asked for", n)
		}
	})
}
