package main

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestPasteEndsWithItsKeyAndKeepsEverythingElse(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, typed, want string }{
		{"a text", "3|mock.example|x\x04", "3|mock.example|x"},
		{"line breaks as terminals send them", "one\rtwo\r\x04", "one\ntwo\n"},
		{"its key within it", "one\x04two\x04", "one\x04two"},
		{"the key of an interrupt within it", "one\x03two\x04", "one\x03two"},
		{"its key pressed twice", "one\n\x04\x04", "one\n"},
		{"its key held", "one" + strings.Repeat("\x04", 40), "one"},
		{"its key behind that of an interrupt", "one\x03\x04", "one"},
		{"its key and return", "one\r\x04\r", "one\n"},
		{"its key and a line feed", "one\x04\n", "one"},
		{"its key on a line of its own within it", "one\r\x04\rtwo\x04", "one\n\x04\ntwo"},
		{"its key taken back within it", "one\x04\x7f\x04", "one"},
		{"as much as may be", strings.Repeat("x", maxPasted) + "\x04\x04", strings.Repeat("x", maxPasted)},
		{"taken back as other terminals do", "ab\b\b\u00e9\bc\x04", "c"},
		{"the keys of signals within it", "one\x1ctwo\x1athree\x04", "one\x1ctwo\x1athree"},
		{"nothing", "\x04", ""},
		{"blanks and tabs", " a\tb \x04", " a\tb "},
		{"taken back", "ab\x7f\x7f\x7f\u00e9\x7fc\x04", "c"},
		{"begun anew", "wrong\x15right\x04", "right"},
		{"escapes are the text's", "\x1b[200~x\x1b[201~\x04", "\x1b[200~x\x1b[201~"},
	} {
		for how, slow := range map[string]func(io.Reader) io.Reader{"at once": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader} {
			in := strings.NewReader(tt.typed)
			if got, err := readPasted(slow(in), func() bool { return in.Len() > 0 }); err != nil || string(got) != tt.want {
				t.Errorf("%s, %s: %q, %v, want %q", tt.name, how, got, err, tt.want)
			}
		}
	}
}

func TestPasteThatIsInterruptedOrTooLargeIsNone(t *testing.T) {
	t.Parallel()
	large := strings.Repeat("x", maxPasted+1)
	for _, tt := range []struct {
		name, typed string
		is          func(error) bool
	}{
		{"interrupted", "one\x04two\x03", func(err error) bool { return errors.As(err, new(*interruptedError)) }},
		{"interrupted with return", "one\x03\r", func(err error) bool { return errors.As(err, new(*interruptedError)) }},
		{"interrupted with ctrl+\\", "one\x1c", func(err error) bool { return errors.As(err, new(*interruptedError)) }},
		{"interrupted behind its key", "one\x04\x03", func(err error) bool { return errors.As(err, new(*interruptedError)) }},
		{"the terminal is gone", "one", func(err error) bool { return errors.Is(err, io.EOF) }},
		{"too large", large + "\x04", func(err error) bool { return errors.Is(err, errTooLarge) }},
		// What was left unread would go to the shell.
		{"much too large", strings.Repeat(large, 3) + "\x04", func(err error) bool { return errors.Is(err, errTooLarge) }},
	} {
		in := strings.NewReader(tt.typed)
		got, err := readPasted(in, func() bool { return in.Len() > 0 })
		if !tt.is(err) || len(got) > 0 {
			t.Errorf("%s: %d bytes, %v", tt.name, len(got), err)
		}
		if tt.name == "much too large" && in.Len() > 0 {
			t.Errorf("%d bytes are left for the shell", in.Len())
		}
	}
	in := strings.NewReader(large + "\x15right\x04")
	if got, err := readPasted(in, func() bool { return in.Len() > 0 }); err != nil || string(got) != "right" {
		t.Errorf("begun anew: %d bytes, %v", len(got), err)
	}
}

func TestSuspendPressedWithinAPasteIsNoCharacterOfIt(t *testing.T) {
	t.Parallel()
	parts := []io.Reader{strings.NewReader("one"), strings.NewReader("\x1a"), strings.NewReader("two"), strings.NewReader("\x04")}
	// Nothing follows anything at once: every part is typed.
	if got, err := readPasted(io.MultiReader(parts...), func() bool { return false }); err != nil || string(got) != "onetwo" {
		t.Errorf("%q, %v", got, err)
	}
}
