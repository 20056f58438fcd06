package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// pty is a terminal and who sits at it.
type pty struct{ person, terminal *os.File }

func newPTY(t *testing.T) pty {
	t.Helper()
	open := func(path string) *os.File {
		f, err := os.OpenFile(path, os.O_RDWR|unix.O_NOCTTY, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	person := open("/dev/ptmx")
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	return pty{person, open(fmt.Sprintf("/dev/pts/%d", n))}
}

// echoes reports whether the terminal shows what is typed.
func (p pty) echoes(t *testing.T) bool {
	t.Helper()
	settings, err := unix.IoctlGetTermios(int(p.terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return settings.Lflag&unix.ECHO != 0
}

// awaitSilence waits until nothing that is typed shows.
func (p pty) awaitSilence(t *testing.T) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	patience := time.After(10 * time.Second)
	for p.echoes(t) {
		select {
		case <-tick.C:
		case <-patience:
			t.Fatal("the terminal shows what is typed")
		}
	}
}

func TestInterruptedQuestionLeavesTheTerminalShowingWhatIsTyped(t *testing.T) {
	// Which came first, the interrupt or the question, was once a matter of luck.
	var terminals []pty
	for range 100 {
		p := newPTY(t)
		terminals = append(terminals, p)
		ctx, interrupt := context.WithCancel(t.Context())
		go interrupt()
		if _, err := (tty{p.terminal}).ReadLine(ctx, true); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	for i, p := range terminals {
		if !p.echoes(t) {
			t.Errorf("terminal %d does not show what is typed", i)
		}
		// It ends the reading that may be left behind.
		if _, err := p.person.WriteString("\r"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQuestionThatWaitsIsEndedByAnInterrupt(t *testing.T) {
	for _, hidden := range []bool{true, false} {
		p := newPTY(t)
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, interrupt)
		if _, err := (tty{p.terminal}).ReadLine(ctx, hidden); !errors.Is(err, context.Canceled) || !p.echoes(t) {
			t.Errorf("hidden %v: %v, echoes: %v", hidden, err, p.echoes(t))
		}
		if _, err := p.person.WriteString("\r"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHiddenAnswerIsReadExactlyAndShowsNowhere(t *testing.T) {
	p := newPTY(t)
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	for _, typed := range []string{"correct horse battery\r", "the same once more\r"} {
		go func() {
			text, err := tty{p.terminal}.ReadLine(t.Context(), true)
			got <- answer{text.Reveal(), err}
		}()
		p.awaitSilence(t)
		if _, err := p.person.WriteString(typed); err != nil {
			t.Fatal(err)
		}
		if a := <-got; a.err != nil || a.text+"\r" != typed {
			t.Fatalf("%q, %v", a.text, a.err)
		}
	}
	if _, err := p.terminal.WriteString("end"); err != nil {
		t.Fatal(err)
	}
	seen := make([]byte, 64)
	n, err := p.person.Read(seen)
	if err != nil && !errors.Is(err, io.EOF) || string(seen[:n]) != "end" {
		t.Errorf("the terminal shows %q, %v", seen[:n], err)
	}
}

func TestVisibleAnswerIsALineAsTheTerminalHasIt(t *testing.T) {
	p := newPTY(t)
	if _, err := p.person.WriteString("no\x7f\x7fyes\r"); err != nil {
		t.Fatal(err)
	}
	if got, err := (tty{p.terminal}).ReadLine(t.Context(), false); err != nil || got.Reveal() != "yes" {
		t.Errorf("%q, %v", got.Reveal(), err)
	}
}

func TestWhatWasNotReadOfASecretDoesNotGoToTheShell(t *testing.T) {
	p := newPTY(t)
	_, err := unseen(t.Context(), p.terminal, func() {}, func(in io.Reader) ([]byte, error) {
		if _, err := p.person.WriteString("one\ntouch x\n"); err != nil {
			t.Fatal(err)
		}
		return nil, readFull(in, 3)
	})
	if err != nil {
		t.Fatal(err)
	}
	if readable(int(p.terminal.Fd()), 0) {
		t.Error("something is left to be read")
	}
}

// readFull reads so many bytes, one at a time.
func readFull(in io.Reader, n int) error {
	for key := make([]byte, 1); n > 0; n-- {
		if _, err := in.Read(key); err != nil {
			return err
		}
	}
	return nil
}

func TestTerminalThatAShellSetMeanwhileShowsNothingAgain(t *testing.T) {
	p := newPTY(t)
	done := make(chan error, 1)
	go func() {
		_, err := tty{p.terminal}.ReadLine(t.Context(), true)
		done <- err
	}()
	p.awaitSilence(t)
	settings, err := unix.IoctlGetTermios(int(p.terminal.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	settings.Lflag |= unix.ECHO | unix.ICANON
	if err := unix.IoctlSetTermios(int(p.terminal.Fd()), unix.TCSETS, settings); err != nil {
		t.Fatal(err)
	}
	if err := unix.Kill(unix.Getpid(), unix.SIGCONT); err != nil {
		t.Fatal(err)
	}
	p.awaitSilence(t)
	if _, err := p.person.WriteString("\r"); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestKeyWithinAPasteIsItsCharacter(t *testing.T) {
	for _, paste := range []string{
		strings.Repeat("A", 4090) + "\x04" + strings.Repeat("B", 3000) + "\ntouch x\n",
		strings.Repeat("A", 4095) + "\x03" + strings.Repeat("B", 5000),
	} {
		p := newPTY(t)
		ready := func() {
			go func() { _, _ = p.person.WriteString(paste + "\x04") }()
		}
		if got, err := pasteAt(p.terminal)(t.Context(), ready); err != nil || string(got) != paste {
			t.Errorf("%d bytes of %d, %v", len(got), len(paste), err)
		}
	}
}
