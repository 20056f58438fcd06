package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// question is what a person is asked before something is done.
type question struct {
	lines  []string // shown first
	ask    string
	accept []string // the answers that agree; nil for yes
	undone string   // such as "nothing was deleted"
	would  string   // what would be done, for where nobody can be asked
	hint   string   // what to do there
}

// yes are the answers that agree.
var yes = []string{"y", "Y", "yes", "Yes", "YES"}

// agree returns nil once a person has agreed. Without a terminal nobody can.
func (a *app) agree(ctx context.Context, q question) error {
	nobody := &fault{faultUnconfirmed, fmt.Sprintf("%s: %s, and nobody can be asked here", q.undone, q.would), q.hint}
	if !a.isTerminal(stdin) {
		return nobody
	}
	tty, err := a.openTerminal()
	if err != nil {
		return nobody
	}
	// It was opened for the question alone.
	defer func() { _ = tty.Close() }()
	for _, line := range q.lines {
		a.sayWrapped(tty, line)
	}
	answer, err := ask(ctx, tty, q.ask, false, q.undone)
	if err != nil {
		return err
	}
	accept := q.accept
	if accept == nil {
		accept = yes
	}
	if !oneOf(answer, accept) {
		return refused(q.undone, "it was not confirmed")
	}
	return nil
}

// sayWrapped breaks a sentence between words; what is indented is a column.
func (a *app) sayWrapped(tty terminal, line string) {
	parts := []string{line}
	if !strings.HasPrefix(line, " ") {
		parts = wrapped(line, a.width())
	}
	for _, part := range parts {
		say(tty, part+"\n")
	}
}

func oneOf(answer client.Secret, words []string) bool {
	for _, word := range words {
		if answer.Equal(client.NewSecret(word)) {
			return true
		}
	}
	return false
}

// refused is what a person did not go on with.
func refused(undone, why string) *fault {
	return &fault{faultUnconfirmed, undone + ": " + why, "run it again when you like"}
}

// ask puts a question and reads the answer.
func ask(ctx context.Context, tty terminal, question string, hidden bool, undone string) (client.Secret, error) {
	say(tty, question)
	answer, err := tty.ReadLine(ctx, hidden)
	switch {
	case errors.Is(err, io.EOF):
		say(tty, "\n")
		return client.Secret{}, refused(undone, "there was no answer")
	case errors.Is(err, context.Canceled):
		say(tty, "\n")
		return client.Secret{}, &interruptedError{err}
	case err != nil:
		return client.Secret{}, fmt.Errorf("read from the terminal: %w", err)
	}
	if hidden {
		say(tty, "\n") // the one that was typed did not show
	}
	return answer, nil
}

// say writes to the terminal. One that takes nothing will give no answer
// either.
func say(tty terminal, words string) {
	text, end := words, ""
	if words[len(words)-1] == '\n' {
		text, end = words[:len(words)-1], "\n"
	}
	_, _ = io.WriteString(tty, style.Sanitize(text)+end)
}
