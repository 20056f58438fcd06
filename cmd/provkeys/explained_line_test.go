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

func TestKeyTextsDoNotShowOnATerminalHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout] = true
	text := f.text(okKey)
	blanks := text[:83] + " " + text[83:174] + " " + text[174:265] + " " + text[265:356] + " " + text[356:]
	web := strings.NewReplacer("|", "%7C", "/", "%2F", "+", "%2B", "=", "%3D")
	for name, in := range map[string]string{
		"wrapped at 20":             broken(text, 20, "\n"),
		"wrapped at 64":             broken(text, 64, "\n"),
		"wrapped at 76, CRLF":       broken(text, 76, "\r\n"),
		"wrapped and indented":      broken(text, 60, "\n    "),
		"wrapped with continuation": broken(text, 60, "\\\n"),
		"wrapped and quoted":        broken(text, 40, "\n> "),
		"line breaks as escapes":    broken(text, 60, `\n`),
		"blanks":                    blanks,
		"blanks, wrapped":           broken(blanks, 70, "\n"),
		"blanks every 64":           broken(text, 64, " "),
		"blanks every 20":           broken(text, 20, " "),
		"blanks around the bars":    strings.ReplaceAll(text, "|", " | "),
		"a web address":             "https://mock.example/?key=" + web.Replace(text),
		"a web address, bars left":  strings.ReplaceAll(web.Replace(text), "%7C", "|"),
		"JSON":                      `{"key": "` + strings.ReplaceAll(text, "/", `\/`) + `", "count": 12}`,
		"JSON, escaped":             `{"key": "` + strings.ReplaceAll(text, "|", `\u007c`) + `"}`,
		"base64 of web addresses":   strings.NewReplacer("+", "-", "/", "_").Replace(text),
		"a piece alone":             text[100:145],
		"a piece in a path":         "/srv/" + text[100:145],
		"in a line":                 "found " + blanks + " there",
		"behind what logs show":     "nonce(<" + text[:22] + "...>) " + text,
	} {
		f.in = in + "\n"
		f.mustRun(exitDone, "explain", "--all", "--offline")
		if run := longestShown(f.out.String(), text[15:]); run > 16 {
			t.Errorf("%s: %d characters of the text show:\n%s", name, run, f.out.String())
		}
	}
}

// longestShown is the length of the longest part of a secret that an output
// shows.
func longestShown(out, secret string) int {
	longest := 0
	for i := range secret {
		for i+longest < len(secret) && strings.Contains(out, secret[i:i+longest+1]) {
			longest++
		}
	}
	return longest
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
		"GET /zpa/mgmtconfig/v1/admin/customers/216196257331370181/associationType/CONNECTOR_GRP/provisioningKey",
		"started EU-West-1-asg-production-Frankfurt-02 on zpa-connector-7c9f8b6d5-x2x4z",
		"sha512 " + strings.Repeat("9f86d081884c7d65", 8),
	} {
		f.in = line + "\nDone\n"
		f.mustRun(exitDone, "explain", "--all", "--offline")
		if !strings.HasPrefix(f.out.String(), line+"\nDone\n") {
			t.Errorf("%q became %q", line, f.out.String())
		}
	}
}
