package main

import (
	"encoding/base64"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

func TestUnknownCertificateEndsKeepAKeyFromTheClipboard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		status := 500
		f.intercept(func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/enrollmentCert") {
				return response(status, "{}")
			}
			return nil
		})
		f.mustRun(exitUnavailable, "copy", okKey)
		if f.tty.Len() > 0 {
			t.Error("the key was copied")
		}
		f.mustRun(exitUnavailable, "list")

		status = http.StatusForbidden
		f.mustRun(exitDone, "copy", okKey)
		if !strings.Contains(f.err.String(), "could not be checked") {
			t.Errorf("stderr is %q, want that the certificate was not checked", f.err.String())
		}
	})
}

// copyResult is the answer of copy -o json.
type copyResult struct {
	Copied, Route, Evidence string
	Warnings                []string
	Used                    *bool
	Uses                    int64
	MaxUses                 int64 `json:"max_uses"`
	Connectors              []string
}

func TestRemoteCopyGoesToTheTerminalAndNotToTheOutput(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["SSH_TTY"] = "/dev/pts/1"

	f.mustRun(exitDone, "copy", okKey, "-o", "json")

	want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(f.text(okKey))) + "\a"
	if f.tty.String() != want || len(f.tty.writes) != 1 || f.tty.asked != 1 {
		t.Errorf("the terminal did not get exactly the sequence of the text, in one of %d pieces, after being asked %d times", len(f.tty.writes), f.tty.asked)
	}
	got := decode[copyResult](t, f.out.Bytes())
	if got.Route != "osc52" || got.Evidence != "sent" || got.Copied != okKey || got.Warnings == nil || got.Used != nil {
		t.Errorf("result is %+v", got)
	}
	if !strings.Contains(f.out.String(), `"warnings": []`) {
		t.Errorf("no warning is not an empty list: %s", f.out.String())
	}
}

func TestTheTerminalsAnswerDecidesTheForm(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["SSH_TTY"] = "/dev/pts/1"
	f.tty.answer = clipboard.Terminal{Answered: true, Program: clipboard.ProgramScreen}

	f.mustRun(exitDone, "copy", okKey)

	want, err := clipboard.Sequence(client.NewSecret(f.text(okKey)), clipboard.FormScreen)
	if err != nil || f.tty.String() != want.Reveal() {
		t.Error("what GNU screen was sent is not in its form")
	}
	if !strings.Contains(f.out.String(), "Sent through GNU screen") || !strings.Contains(f.out.String(), "provkeys cannot clear it from here") {
		t.Errorf("it says %q", f.out.String())
	}
}

func TestCopyWithoutATerminalSaysWhatToDo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["SSH_CONNECTION"] = "203.0.113.9 1 203.0.113.1 22"
	f.tty.missing = true

	for _, term := range []string{"xterm", ""} { // ssh sets none without a terminal
		f.vars["TERM"] = term
		f.mustRun(exitClipboard, "copy", okKey)
		if !strings.Contains(f.err.String(), "hint: give it a terminal with ssh -t") || f.out.Len() > 0 {
			t.Errorf("stdout %q, stderr %q", f.out.String(), f.err.String())
		}
	}

	f.tty.missing = false
	f.mustRun(exitClipboard, "copy", okKey, "--clipboard", "off")
	if strings.Contains(f.err.String(), "ssh -t") {
		t.Errorf("a terminal that is there is asked for: %q", f.err.String())
	}
	if got := f.journalled(); got != nil {
		t.Errorf("what was not copied is in the journal: %+v", got)
	}
}

func TestCopyIsVerifiedOrFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}

	f.mustRun(exitDone, "copy", okKey)
	if f.board.held != f.text(okKey) || f.out.String() != okKey+" (native): Copied and verified. Clears in 45 s if unchanged.\n" {
		t.Errorf("the clipboard differs, or %q does not say so", f.out.String())
	}
	if f.tty.asked != 0 {
		t.Error("a terminal was asked that nothing goes to")
	}

	f.board.outcome.Evidence = clipboard.EvidenceDiffers
	f.mustRun(exitClipboard, "copy", okKey)
	if !strings.Contains(f.err.String(), "Not confirmed") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestOnlyAnEqualReadBackIsVerified(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		outcome clipboard.Outcome
		says    string // in the message; "" where it is verified
	}{
		"native":          {verified(), ""},
		"tmux and native": {clipboard.Outcome{Route: clipboard.RouteTmux, Also: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}, ""},
		"tmux":            {clipboard.Outcome{Route: clipboard.RouteTmux, Evidence: clipboard.EvidenceBuffer, PassedOn: true}, "(tmux), but not read back from the clipboard: In the tmux buffer"},
		"OSC 52":          {clipboard.Outcome{Route: clipboard.RouteOSC52, Writes: true}, "(osc52), but not read back from the clipboard: Sent; your terminal accepts"},
		"command":         {clipboard.Outcome{Route: clipboard.RouteCommand}, "(command), but not read back from the clipboard: Handed"},
		"not equal":       {clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceDiffers}, "Not confirmed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.board = &board{outcome: c.outcome}
			code := exitDone
			if c.says != "" {
				code = exitClipboard
			}

			f.mustRun(code, "copy", okKey, "--require-verified", "-o", "json")

			if f.board.held != f.text(okKey) {
				t.Error("it was not copied")
			}
			if c.says == "" {
				if got := decode[copyResult](t, f.out.Bytes()); got.Evidence != "verified" {
					t.Errorf("result is %+v", got)
				}
				return
			}
			got := decode[struct {
				Error struct{ Kind, Message, Hint string }
			}](t, f.err.Bytes()).Error
			if got.Kind != "clipboard" || !strings.Contains(got.Message, c.says) || got.Hint == "" {
				t.Errorf("error is %+v", got)
			}
		})
	}
}

func TestSettingsReachTheClipboard(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}

	f.mustRun(exitDone, "copy", okKey, "--clipboard", "tmux", "--clear-after", "2m")
	if c := f.board.asked; c.Mode != clipboard.Tmux || c.Life != 2*time.Minute || len(c.Helper) != 2 || c.Session.GOOS != "linux" {
		t.Errorf("the clipboard is %+v", c)
	}
	f.vars["PROVKEYS_CLEAR_AFTER"] = "0"
	f.mustRun(exitDone, "copy", okKey)
	if f.board.asked.Life != 0 || f.out.String() != okKey+" (native): Copied and verified.\n" {
		t.Errorf("a copy that is never cleared: %+v, %q", f.board.asked, f.out.String())
	}
	f.mustRun(exitUsage, "copy", okKey, "--clear-after", "-1s")
	if !strings.Contains(f.err.String(), "--clear-after is below zero") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestOddCopiesAreMadeWithAWarning(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	f.set(okKey, "maxUsage", "10")
	f.set(okKey, "usageCount", "9")
	f.set(okKey, "provisioningKey", "3|odd.example|"+strings.Repeat("MOCKmock", 48)+" ")
	last, blank, host := "Last use: after this it is used up.", "The key text has a blank at character 399 of 399.",
		"The key text is for the host odd.example, those of most other keys for mock.example."

	f.mustRun(exitDone, "copy", okKey)
	if want := strings.ReplaceAll("> "+last+"\n> "+blank+"\n> "+host+"\n", ">", "provkeys: "+okKey+":"); f.err.String() != want {
		t.Errorf("stderr is %q, want %q", f.err.String(), want)
	}
	if f.board.held != f.text(okKey) {
		t.Error("the text was repaired in silence")
	}

	for _, format := range []string{"json", "yaml"} {
		f.mustRun(exitDone, "copy", okKey, "-o", format)
		want := `warnings": ["` + last + `", "` + blank + `", "` + host + `"]`
		if format == "yaml" {
			want = strings.Replace(want, `"`, "", 1)
		}
		if !strings.Contains(f.out.String(), want) || f.err.Len() > 0 {
			t.Errorf("%s: %s, stderr %q", format, f.out.String(), f.err.String())
		}
	}
}

func TestExpiredCertificateBlocksCopying(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list", "--filter", `state:"certificate expired"`, "-o", "name")
	name, _, _ := strings.Cut(f.out.String(), "\n")

	f.mustRun(exitRefused, "copy", name, "-o", "json")

	got := decode[struct{ Error struct{ Kind string } }](t, f.err.Bytes())
	if got.Error.Kind != "certificate-expired" || f.tty.Len() > 0 {
		t.Errorf("kind is %q, bytes sent %d", got.Error.Kind, f.tty.Len())
	}
}

func TestEverythingThatBlocksIsASentence(t *testing.T) {
	t.Parallel()
	damaged := errors.New("its text is damaged")
	for want, b := range map[string]client.Block{
		"it is disabled":                                            {States: []client.State{client.Disabled}},
		"it is expired and hidden":                                  {States: []client.State{client.Expired, client.Hidden}},
		"its signing certificate has ended":                         {States: []client.State{client.CertificateExpired}},
		"its text is damaged":                                       {Fault: damaged},
		"it is disabled and its text is damaged":                    {States: []client.State{client.Disabled}, Fault: damaged},
		"it is used up and its signing certificate has ended":       {States: []client.State{client.UsedUp, client.CertificateExpired}},
		"its text is damaged and its signing certificate has ended": {States: []client.State{client.CertificateExpired}, Fault: damaged},
	} {
		before := slices.Clone(b.States)
		if got := blockWords(b); got != want || !slices.Equal(b.States, before) {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}

func TestUsedUpManagedKeyIsNotOfferedToRaise(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(usedUpKey, "zscalerManaged", true)

	f.mustRun(exitUsedUp, "copy", usedUpKey)

	if strings.Contains(f.err.String(), "set-max") {
		t.Errorf("stderr offers what is refused: %q", f.err.String())
	}
}
