package clipboard

import (
	"strings"
	"testing"
	"time"
)

func TestWordsPromiseNoMoreThanIsKnown(t *testing.T) {
	t.Parallel()
	const life = 45 * time.Second
	inBuffer := Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, Top: true}
	passedOn := inBuffer
	passedOn.PassedOn = true
	both := Outcome{Route: RouteTmux, Also: RouteNative, Evidence: EvidenceVerified, Top: true}
	for _, tc := range []struct {
		name             string
		outcome          Outcome
		standing, passed string // for a program that stays, and for one that leaves
	}{
		{"nothing", Outcome{}, "Not copied.", ""},
		{"native, equal", Outcome{Route: RouteNative, Evidence: EvidenceVerified}, "Copied and verified. Clears in 45 s if unchanged.", ""},
		{"native, differs", Outcome{Route: RouteNative, Evidence: EvidenceDiffers}, "Not confirmed: the clipboard tool reported success, but reading back gave something else.", ""},
		{"tmux, passed on", passedOn, "In the tmux buffer, verified, and passed to your terminal. The buffer clears in 45 s, the terminal's clipboard too while provkeys runs.",
			"In the tmux buffer, verified, and passed to your terminal. The buffer clears in 45 s; what your terminal holds, provkeys cannot clear from here."},
		{"tmux alone", inBuffer, "In the tmux buffer only (prefix ]). It clears in 45 s.", ""},
		{"tmux alone, newer", Outcome{Route: RouteTmux, Evidence: EvidenceBuffer}, "In the tmux buffer only (prefix = picks it). It clears in 45 s.", ""},
		{"tmux and desktop", both, "Copied and verified, and in the tmux buffer (prefix ]). Both clear in 45 s if unchanged.", ""},
		{"OSC 52, claimed", Outcome{Route: RouteOSC52, Writes: true}, "Sent; your terminal accepts clipboard writes. Paste to check. Clears in 45 s while provkeys runs.",
			"Sent; your terminal accepts clipboard writes. Paste to check. provkeys cannot clear it from here."},
		{"OSC 52", Outcome{Route: RouteOSC52}, "Sent to your terminal, which cannot confirm: paste to check. Nothing there? Allow clipboard writes (OSC 52) in its settings. Clears in 45 s while provkeys runs.",
			"Sent to your terminal, which cannot confirm: paste to check. Nothing there? Allow clipboard writes (OSC 52) in its settings. provkeys cannot clear it from here."},
		{"OSC 52 by tmux", Outcome{Route: RouteOSC52, Form: FormTmux}, "Sent through tmux, which cannot confirm: paste to check. Nothing there? set -g set-clipboard on in that tmux. Clears in 45 s while provkeys runs.",
			"Sent through tmux, which cannot confirm: paste to check. Nothing there? set -g set-clipboard on in that tmux. provkeys cannot clear it from here."},
		{"OSC 52 by screen", Outcome{Route: RouteOSC52, Form: FormScreen}, "Sent through GNU screen, which cannot confirm: paste to check. Nothing there? Allow clipboard writes (OSC 52) in the terminal around it. Clears in 45 s while provkeys runs.",
			"Sent through GNU screen, which cannot confirm: paste to check. Nothing there? Allow clipboard writes (OSC 52) in the terminal around it. provkeys cannot clear it from here."},
		{"command", Outcome{Route: RouteCommand}, "Handed to your clipboard command.", ""},
	} {
		if tc.passed == "" {
			tc.passed = tc.standing
		}
		if got := tc.outcome.Words(life, true); got != tc.standing {
			t.Errorf("%s, staying:\n%q, want\n%q", tc.name, got, tc.standing)
		}
		if got := tc.outcome.Words(life, false); got != tc.passed {
			t.Errorf("%s, leaving:\n%q, want\n%q", tc.name, got, tc.passed)
		}
		if got := tc.outcome.Words(0, true); strings.Contains(got, "lear") {
			t.Errorf("%s promises to clear what is never cleared: %q", tc.name, got)
		}
	}
}

func TestWhereNobodyCanConfirmWhatElseHelpsIsSaid(t *testing.T) {
	t.Parallel()
	const instead = "o downloads, V shows"
	for _, tc := range []struct {
		name    string
		outcome Outcome
		want    string // "" for the words without it
	}{
		{"OSC 52", Outcome{Route: RouteOSC52}, "Nothing there? o downloads, V shows; or allow clipboard writes (OSC 52) in its settings. Clears"},
		{"OSC 52 by tmux", Outcome{Route: RouteOSC52, Form: FormTmux}, "Nothing there? o downloads, V shows; or set -g set-clipboard on in that tmux. Clears"},
		{"OSC 52 by screen", Outcome{Route: RouteOSC52, Form: FormScreen}, "Nothing there? o downloads, V shows; or allow clipboard writes (OSC 52) in the terminal around it. Clears"},
		{"OSC 52, claimed", Outcome{Route: RouteOSC52, Writes: true}, ""},
		{"native", Outcome{Route: RouteNative, Evidence: EvidenceVerified}, ""},
		{"tmux", Outcome{Route: RouteTmux, Evidence: EvidenceBuffer}, ""},
	} {
		got := tc.outcome.WordsOr(time.Minute, true, instead)
		if tc.want == "" && got != tc.outcome.Words(time.Minute, true) || !strings.Contains(got, tc.want) {
			t.Errorf("%s says %q", tc.name, got)
		}
	}
}

// TestVerifiedIsSaidOfAnEqualReadBackAlone walks every outcome there can be.
func TestVerifiedIsSaidOfAnEqualReadBackAlone(t *testing.T) {
	t.Parallel()
	for route := RouteNone; route <= RouteCommand; route++ {
		for _, evidence := range []Evidence{EvidenceSent, EvidenceDiffers} {
			for _, flag := range []bool{false, true} {
				o := Outcome{Route: route, Evidence: evidence, Writes: flag, Form: FormPlain}
				if route == RouteTmux {
					continue // only ever reported with an equal buffer
				}
				if words := o.Words(time.Minute, flag); strings.Contains(words, "erified") || o.Confirmed() {
					t.Errorf("%+v says %q", o, words)
				}
			}
		}
	}
	if (Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, PassedOn: true}).Confirmed() {
		t.Error("a buffer counts as the clipboard beyond it")
	}
}

func TestWhatStaysBeyondReachIsKnown(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		outcome           Outcome
		beyond, clearable bool
	}{
		{Outcome{}, false, false},
		{Outcome{Route: RouteNative}, false, true},
		{Outcome{Route: RouteTmux}, false, true},
		{Outcome{Route: RouteTmux, PassedOn: true}, true, true},
		{Outcome{Route: RouteOSC52}, true, true},
		{Outcome{Route: RouteCommand}, true, false},
	} {
		if tc.outcome.Beyond() != tc.beyond || tc.outcome.Clearable() != tc.clearable {
			t.Errorf("%+v: beyond %v, clearable %v", tc.outcome, tc.outcome.Beyond(), tc.outcome.Clearable())
		}
	}
}

func TestWordsOfTheOutput(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"sent": EvidenceSent.String(), "differs": EvidenceDiffers.String(), "buffer": EvidenceBuffer.String(), "verified": EvidenceVerified.String(),
		"tmux": Outcome{Route: RouteTmux}.RouteWords(), "tmux+native": Outcome{Route: RouteTmux, Also: RouteNative}.RouteWords(),
		"osc52": RouteOSC52.String(), "command": RouteCommand.String(), "native": RouteNative.String(), "none": RouteNone.String(),
		"45 s": lifeWords(45 * time.Second), "2 min": lifeWords(2 * time.Minute), "1 h 30 min": lifeWords(90 * time.Minute), "1 s": lifeWords(time.Millisecond),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
