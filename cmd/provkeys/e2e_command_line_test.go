//go:build e2e

package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Nothing but an equal read-back is verified.
func TestE2ERequireVerified(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct{ name, surroundings, words, code string }{
		{"tmux", "", onlyHere, "exit 10"},
		{"OSC 52", "env -u TMUX", viaTmux, "exit 10"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			w := way{args: " copy " + okKey + " --require-verified"}
			term := l.terminal(110, 30, w.in(l, tt.surroundings), clipboardOn)
			term.sees(tt.words, tt.code)
			waitFor(t, "the text, copied all the same", func() bool { return term.buffer() == text })
			noLeak(term, text)
		})
	}
	t.Run("desktop", func(t *testing.T) {
		t.Parallel()
		d := newDesktop(t, s, "xclip")
		w := way{args: " copy " + okKey + " --require-verified"}
		term := d.terminal(110, 30, w.in(d.lab, d.surroundings))
		w.copies(term, text, d.text, "Copied and verified.")
	})
}

func TestE2ECopyTellsMachinesTheRouteAndTheEvidence(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	for _, tt := range []struct{ surroundings, route, evidence string }{
		{"", "tmux", "buffer"}, {"env -u TMUX", "osc52", "sent"},
	} {
		t.Run(tt.route, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			w := way{args: " copy " + okKey + " -o json >" + l.path("out")}
			l.terminal(110, 30, w.in(l, tt.surroundings), clipboardOn).sees("exit 0")
			var got struct{ Copied, Route, Evidence string }
			if err := json.Unmarshal([]byte(l.read("out")), &got); err != nil || got.Copied != okKey || got.Route != tt.route || got.Evidence != tt.evidence {
				t.Errorf("%v: %s", err, l.read("out"))
			}
		})
	}
}

func TestE2ECopyWaitsForTheKeysUse(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	for name, tt := range map[string]struct {
		use  bool
		wait string
		code string
	}{"used": {true, "4s", "exit 0"}, "not used": {false, "2s", "exit 7"}} {
		t.Run(name, func(t *testing.T) {
			// One after the other: they use the same key.
			l := newLab(t, s.legacy()...)
			w := way{args: " copy " + okKey + " --wait " + tt.wait}
			term := l.terminal(110, 30, w.in(l))
			term.sees(onlyHere)
			if tt.use {
				s.enrol(s.text(okKey))
			}
			term.sees(tt.code)
			if got := strings.Contains(flat(term.screen()), flat(okKey+" was used: ")); got != tt.use {
				t.Errorf("it says that the key was used: %v\n%s", got, term.screen())
			}
		})
	}
}

func TestE2EJournalTellsWhoDidWhat(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(usedUpKey)
	l := newLab(t, s.legacy()...)
	l.env = append(l.env, "XDG_STATE_HOME="+l.path("state"))
	term := l.terminal(110, 30, "provkeys set-max "+usedUpKey+" +1; provkeys copy "+usedUpKey+"; "+lasting("provkeys"))
	term.sees("shown", "ap-east-1-asg")
	term.keys("j", "j", "y")
	term.sees(usedUpKey + ": " + onlyHere)
	term.keys("e")
	term.sees("Edit")
	term.types("+5")
	term.keys("Enter")
	term.sees("max uses 61 → 66")
	term.keys("q")
	term.sees("exit 0")

	var deeds []string
	journal := l.read("state/provkeys/journal.jsonl")
	for line := range strings.Lines(journal) {
		var deed struct {
			Time, Action, Who, ID, Name, Route, Evidence string
			From, To                                     json.Number
		}
		if err := json.Unmarshal([]byte(line), &deed); err != nil || deed.Time == "" || deed.Who == "" || deed.ID == "" {
			t.Errorf("%v: %s", err, line)
		}
		deeds = append(deeds, strings.TrimSpace(strings.Join([]string{deed.Action, deed.Name, deed.Route, deed.Evidence, deed.From.String(), deed.To.String()}, " ")))
	}
	want := []string{"raised " + usedUpKey + "   60 61", "copied " + usedUpKey + " tmux buffer", "copied " + usedUpKey + " tmux buffer", "raised " + usedUpKey + "   61 66"}
	if strings.Join(deeds, "\n") != strings.Join(want, "\n") {
		t.Errorf("the journal tells\n%s\nwant\n%s", strings.Join(deeds, "\n"), strings.Join(want, "\n"))
	}
	if found := searchFor(map[string]string{"the key text": text[15:]}).in(journal); len(found) > 0 {
		t.Error("the key text is in the journal")
	}
}
