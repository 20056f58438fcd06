package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"provkeys/client"
	"provkeys/client/deploy"
)

const prompt = "@#@ "

// sitting are shells with a history, as somebody sits before them. A plain zsh
// writes its history when it ends, a sharing one after every line.
var sitting = []struct{ name, shell, option, settings string }{
	{"bash", "bash", "--norc", ""},
	{"zsh", "zsh", "-i", ""},
	{"a sharing zsh", "zsh", "-i", "setopt share_history hist_ignore_space\n"},
}

func TestAPastedSnippetLeavesNothingInHistory(t *testing.T) {
	for _, c := range sitting {
		shell, ok := tool(t, c.shell)
		if !ok {
			continue
		}
		for _, bracketed := range []bool{false, true} {
			for _, f := range []deploy.Form{deploy.File, deploy.Docker, deploy.Helm, deploy.GCP} {
				t.Run(fmt.Sprintf("%s pasted into %s, bracketed %v", f, c.name, bracketed), func(t *testing.T) {
					t.Parallel()
					l := newLab(t, client.AppConnector)
					history := l.paste(snippet(t, f, fakeKey(l.kind)), bracketed, c.settings, shell, c.option)
					if leaks(history) {
						t.Error("the history holds the secret")
					}
					if !strings.Contains(history, "a command after it") {
						t.Error("the history does not go on after the snippet: the test is blind")
					}
					if f == deploy.File {
						l.written(fakeText)
					} else if !strings.Contains(l.read("received"), fakeText) {
						t.Error("the snippet did not run")
					}
				})
			}
			t.Run(fmt.Sprintf("without the guard into %s, bracketed %v", c.name, bracketed), func(t *testing.T) {
				t.Parallel()
				l := newLab(t, client.AppConnector)
				_, commands, _ := strings.Cut(snippet(t, deploy.File, fakeKey(l.kind)), "\n fi\n ")
				if !leaks(l.paste(commands, bracketed, c.settings, shell, c.option)) {
					t.Error("the history does not hold what it would hold without the guard: the test is blind")
				}
			})
		}
	}
}

// paste pastes a snippet into an interactive shell, at once as a terminal that
// brackets pastes does it, or line by line, and returns the shell's history file
// after it has ended.
func (l *lab) paste(text string, bracketed bool, settings string, command ...string) string {
	l.t.Helper()
	term := l.sit(settings, command)
	lines := strings.Split(strings.TrimSuffix(l.here(text), "\n"), "\n")
	if bracketed {
		term.sendBracketed(lines)
		term.await()
	} else {
		for _, line := range lines {
			term.send(line + "\r")
			term.await()
		}
	}
	return l.leave(term)
}

// sit starts an interactive shell with a history and awaits its first prompt.
func (l *lab) sit(settings string, command []string) *terminal {
	l.t.Helper()
	history := filepath.Join(l.root, "history")
	l.vars = append(l.vars, "HISTFILE="+history, "PS1="+prompt, "PS2="+prompt)
	rc := fmt.Sprintf("HISTFILE=%s\nHISTSIZE=100\nSAVEHIST=100\nPS1='%s'\nPS2='%s'\n", history, prompt, prompt)
	if err := os.WriteFile(filepath.Join(l.root, ".zshrc"), []byte(rc+settings), 0o600); err != nil {
		l.t.Fatal(err)
	}
	term := startOnTerminal(l, command)
	term.await()
	return term
}

// leave runs one more command, ends the shell and returns its history file.
func (l *lab) leave(term *terminal) string {
	l.t.Helper()
	term.send(": a command after it\r")
	term.await()
	term.send("exit\r")
	term.end()
	return l.read("history")
}

// terminal is a shell on a pseudo-terminal of its own.
type terminal struct {
	t    *testing.T
	keys *os.File
	cmd  *exec.Cmd
	seen string
}

func startOnTerminal(l *lab, command []string) *terminal {
	l.t.Helper()
	keys, screen := openTerminal(l.t)
	defer func() { _ = screen.Close() }()
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	l.t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir, cmd.Env = l.root, l.env()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = screen, screen, screen
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	if err := keys.SetReadDeadline(time.Now().Add(patience)); err != nil {
		l.t.Fatal(err)
	}
	return &terminal{t: l.t, keys: keys, cmd: cmd}
}

// openTerminal returns both ends of a pseudo-terminal, so wide that no line is
// wrapped, which would draw the prompt again.
func openTerminal(t *testing.T) (keys, screen *os.File) {
	t.Helper()
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	raw, err := keys.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var number int
	var faults [3]error
	err = raw.Control(func(fd uintptr) {
		faults[0] = unix.IoctlSetPointerInt(int(fd), unix.TIOCSPTLCK, 0)
		number, faults[1] = unix.IoctlGetInt(int(fd), unix.TIOCGPTN)
		faults[2] = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: 4000})
	})
	if err := errors.Join(err, faults[0], faults[1], faults[2]); err != nil {
		t.Fatal(err)
	}
	if screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	return keys, screen
}

func (term *terminal) send(text string) {
	term.t.Helper()
	if _, err := term.keys.WriteString(text); err != nil {
		term.t.Fatal(err)
	}
}

// sendBracketed pastes lines as a terminal does that brackets them.
func (term *terminal) sendBracketed(lines []string) {
	term.t.Helper()
	term.send("\x1b[200~" + strings.Join(lines, "\r") + "\x1b[201~\r")
}

// await reads on until the shell asks for the next line.
func (term *terminal) await() {
	term.t.Helper()
	term.awaitText(prompt)
}

// awaitText reads on until a text has come.
func (term *terminal) awaitText(text string) {
	term.t.Helper()
	buffer := make([]byte, 1<<16)
	for !strings.Contains(term.seen, text) {
		n, err := term.keys.Read(buffer)
		if err != nil {
			term.t.Fatalf("no %q came: %v", text, err)
		}
		term.seen += string(buffer[:n])
	}
	_, term.seen, _ = strings.Cut(term.seen, text)
}

// end reads on until the shell is gone.
func (term *terminal) end() {
	buffer := make([]byte, 1<<16)
	for {
		if _, err := term.keys.Read(buffer); err != nil {
			break
		}
	}
	_ = term.cmd.Wait()
}
