package main

import (
	"strings"
	"testing"
)

// broken cuts a text into lines of that many characters.
func broken(text string, width int, between string) string {
	var b strings.Builder
	for i := 0; i < len(text); i += width {
		b.WriteString(text[i:min(i+width, len(text))] + between)
	}
	return b.String()
}

func TestKeyTextsThatAreCutDoNotShowOnATerminal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout] = true
	text := f.text(okKey)
	blanks := text[:83] + " " + text[83:174] + " " + text[174:265] + " " + text[265:356] + " " + text[356:]
	for name, in := range map[string]string{
		"wrapped at 20":             broken(text, 20, "\n"),
		"wrapped at 64":             broken(text, 64, "\n"),
		"wrapped at 76, CRLF":       broken(text, 76, "\r\n"),
		"wrapped and indented":      broken(text, 60, "\n    "),
		"wrapped with continuation": broken(text, 60, "\\\n"),
		"blanks":                    blanks,
		"blanks, wrapped":           broken(blanks, 70, "\n"),
		"a piece alone":             text[100:145],
		"in a line":                 "found " + blanks + " there",
	} {
		f.in = in + "\n"
		f.mustRun(exitDone, "explain", "--all", "--offline")
		for i := 15; i+12 <= len(text); i++ {
			if strings.Contains(f.out.String(), text[i:i+12]) {
				t.Errorf("%s: a piece of the text shows, from character %d on:\n%s", name, i+1, f.out.String())
				break
			}
		}
	}
}

func TestWhatIsNoKeyTextShowsOnATerminal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout] = true
	for _, line := range []string{
		"sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		"in logs as 3|mock.example|FAKE+/0... of zpa-connector-child",
		"Attempting-to-contact-the-enrolment-service-again",
		"sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
		"request 7c9e6679-7425-40de-944b-e07fc1f90ae7 took 120 ms",
	} {
		f.in = line + "\nDone\n"
		f.mustRun(exitDone, "explain", "--all", "--offline")
		if !strings.HasPrefix(f.out.String(), line+"\nDone\n") {
			t.Errorf("%q became %q", line, f.out.String())
		}
	}
}
