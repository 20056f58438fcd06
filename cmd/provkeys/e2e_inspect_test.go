//go:build e2e

package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// pastes hands a text over as a terminal does, without saying where it ends.
func (term *emulator) pastes(text string) {
	term.t.Helper()
	load := term.lab.command("tmux", "-L", term.socket, "load-buffer", "-b", "pasted", "-")
	load.Stdin = strings.NewReader(text) // a file of it would be found by who searches for leaks
	if err := load.Run(); err != nil {
		term.t.Fatal(err)
	}
	term.tmux("paste-buffer", "-d", "-b", "pasted")
	term.asks("#{pane_id}") // once it answers, the text has gone in
}

// inspecting starts inspect in a terminal that says afterwards whether it shows
// what is typed.
func inspecting(t *testing.T, s *server) *emulator {
	t.Helper()
	l := newLab(t, s.legacy()...)
	term := l.terminal(110, 30, `stty -a | tr -d ';' | tr ' ' '\n' >before; `+l.path("bin", "provkeys")+` inspect; echo "exit $?"; `+
		`stty -a | tr -d ';' | tr ' ' '\n' | cmp - before && echo as before; sleep 90`)
	term.sees("paste the key text, then ctrl+d")
	return term
}

func TestE2EPastedTextIsInspectedAndNeverShows(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct{ name, pasted, says, code string }{
		{"sound", text, "It is " + okKey, "exit 0"},
		{"a line break behind it", text + "\n", "It is " + okKey, "exit 0"},
		{"wrapped", text[:100] + "\n" + text[100:200] + "\n" + text[200:], okKey, "exit 1"},
		{"cut", text[:400], "18 characters are missing at the end of " + okKey, "exit 1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			term := inspecting(t, s)
			term.pastes(tt.pasted)
			term.keys("C-d")
			term.sees(tt.says, tt.code, "as before")
			noLeak(term, text)
		})
	}
}

// Whatever ends it, the terminal shows again what is typed.
func TestE2EInterruptedPasteLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0")
	text := s.text(okKey)
	for _, sig := range []syscall.Signal{0, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT} {
		t.Run(fmt.Sprint(sig), func(t *testing.T) {
			t.Parallel()
			term := inspecting(t, s)
			term.pastes(text[:200])
			if sig == 0 {
				term.keys("C-c")
			} else {
				pids := term.lab.provkeys()
				if len(pids) != 1 {
					t.Fatalf("%d processes of provkeys", len(pids))
				}
				if err := syscall.Kill(pids[0], sig); err != nil {
					t.Fatal(err)
				}
			}
			term.sees("exit 130", "as before")
			noLeak(term, text)
		})
	}
}

func TestE2EClipboardIsInspected(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	// copyThenInspect runs both in the same surroundings.
	copyThenInspect := func(l *lab, surroundings string) string {
		provkeys := surroundings + " " + l.path("bin", "provkeys")
		return lasting(provkeys + " copy " + okKey + " && " + provkeys + " inspect --from-clipboard")
	}
	t.Run("tmux", func(t *testing.T) {
		t.Parallel()
		l := newLab(t, s.legacy()...)
		term := l.terminal(110, 30, copyThenInspect(l, ""), clipboardOn)
		term.sees("It is "+okKey, "exit 0")
		noLeak(term, text)
	})
	withBothTools(t, func(t *testing.T, tool string) {
		d := newDesktop(t, s, tool)
		term := d.terminal(110, 30, copyThenInspect(d.lab, d.surroundings))
		term.sees("It is "+okKey, "exit 0")
		noLeak(term, text)
	})
}

func TestE2EProcessSubstitutionIsRead(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	l := newLab(t, s.legacy()...)
	l.write("key", s.text(okKey))
	out, errs, code := l.run(fmt.Sprintf("exec bash -c 'provkeys inspect <(cat %s) && mkfifo pipe && (cat %[1]s >pipe & provkeys inspect pipe)'", l.path("key")))
	if code != 0 || errs != "" || flat(out) == "" {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}

// shellWith starts a shell in a terminal, as somebody has it, and inspect in it.
func shellWith(t *testing.T, s *server) *emulator {
	t.Helper()
	l := newLab(t, s.legacy()...)
	term := l.terminal(110, 30, "exec bash --norc --noprofile -i")
	term.sees("bash-")
	term.enters("provkeys inspect --offline")
	term.sees("paste the key text, then ctrl+d")
	return term
}

// A paste may hold the keys that end it; what follows them is no command.
func TestE2EPasteThatHoldsItsEndGivesNothingToTheShell(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0")
	for name, key := range map[string]string{"ctrl+d": "\x04", "ctrl+c": "\x03"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			term := shellWith(t, s)
			made := term.lab.path("home", "made")
			term.pastes(strings.Repeat("A", 4090) + key + strings.Repeat("B", 3000) + "\ntouch " + made + "\n")
			term.keys("C-d")
			term.sees("next:")
			term.enters("echo exit $((40+2))")
			term.sees("exit 42")
			if _, err := os.Stat(made); err == nil {
				t.Error("the shell ran the rest of the paste")
			}
		})
	}
}

// A shell sets the terminal as it likes it while a process is stopped.
func TestE2EPasteAfterAStopDoesNotShow(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0")
	text := s.text(okKey)
	term := shellWith(t, s)
	pids := term.lab.processes("inspect")
	if len(pids) != 1 {
		t.Fatalf("%d processes of provkeys", len(pids))
	}
	if err := syscall.Kill(pids[0], syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	term.sees("Stopped")
	term.enters("fg; echo exit $?")
	term.sees("echo exit $?\nprovkeys inspect --offline")
	term.pastes(text)
	term.keys("C-d")
	term.sees("exit 0")
	noLeak(term, text)
}
