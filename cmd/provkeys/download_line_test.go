package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestTypedLineIsTakenAsTheTerminalWouldAndNothingBehindIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"correct horse\rnext": "correct horse", "by a program\nnext": "by a program", "\rnext": "",
		"tah\x7f\x08en\rnext": "ten", "wrong\x15right\rnext": "right", "caf\u00e9\x7fe\rnext": "cafe", "\x7fa\rnext": "a",
	} {
		in := strings.NewReader(typed)
		got, err := readTyped(in)
		if rest, _ := io.ReadAll(in); err != nil || string(got) != want || string(rest) != "next" {
			t.Errorf("%q: %q, %v, %q is left", typed, got, err, rest)
		}
	}
	if got, err := readTyped(strings.NewReader(strings.Repeat("x", 1<<20) + "\r")); err != nil || len(got) != maxTyped {
		t.Errorf("of a very long line: %d bytes, %v", len(got), err)
	}
}

func TestTypedLineThatIsBrokenOffIsNone(t *testing.T) {
	t.Parallel()
	for typed, is := range map[string]func(error) bool{
		"sec\x03ret\r": func(err error) bool { return errors.As(err, new(*interruptedError)) },
		"sec\x1cret\r": func(err error) bool { return errors.As(err, new(*interruptedError)) },
		"secret\x04\r": func(err error) bool { return errors.Is(err, io.EOF) },
		"\x04":         func(err error) bool { return errors.Is(err, io.EOF) },
		"gone":         func(err error) bool { return errors.Is(err, io.EOF) },
	} {
		if got, err := readTyped(strings.NewReader(typed)); got != nil || !is(err) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}
