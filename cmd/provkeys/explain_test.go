package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

const dnsLine = "host zpa-connector-child[1]: DNS resolution failed for mock.example\n"

func TestLinesThatAreNotKnownPassUntouchedInAPipe(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long ", maxLine/4) + "\n"
	for name, in := range map[string]string{
		"one line": "one\n", "no break at the end": "one\ntwo", "CR, NUL and bad bytes": "a\r\n\x00\xff\x1b[31m\n\n\n",
		"a line larger than what is looked at": long + "next\n" + long, "large at the end": "one\n" + strings.TrimSuffix(long, "\n"),
	} {
		f := newFixture(t)
		f.in = in

		f.mustRun(exitDone, "explain", "--all", "--offline")

		passed, rest, ok := strings.Cut(f.out.String(), "No line of it is known (")
		if want := in; !ok || passed != want && passed != want+"\n" {
			t.Errorf("%s: %d bytes became %d", name, len(in), len(passed))
		}
		if !strings.HasSuffix(passed, "\n") || strings.Count(rest, "\n") != 2 {
			t.Errorf("%s: what is explained stands on somebody else's line: %q", name, rest)
		}
	}
}

func TestLinesOnATerminalAreSafeAndHoldNoKeyText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout] = true
	text := f.text(okKey)
	f.in = "found " + text + " there\r\n" + text[60:200] + "\n\x1b]52;c;eA==\a\n" + strings.Repeat("x ", maxLine) + text + "\nin logs as 3|mock.example|FAKE+/0...\n"

	f.mustRun(exitDone, "explain", "--all", "--offline")

	got := f.out.String()
	for i := 15; i+20 < len(text); i++ {
		if strings.Contains(got, text[i:i+20]) {
			t.Fatalf("a piece of the text shows, from character %d on", i+1)
		}
	}
	for _, want := range []string{"found 3|mock.example|•••••••• there\n", "\n••••••••\n", `\x1b]52;c;eA==\a`, "in logs as 3|mock.example|FAKE+/0...\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the output lacks %q", want)
		}
	}
	if strings.ContainsAny(got, "\x1b\a\r") {
		t.Error("a control character reaches the terminal")
	}
}

func TestKnownLineIsExplainedAndDoesNotPass(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.in = "one\n" + dnsLine + "two"

	f.mustRun(exitDone, "explain", "--all", "--offline")

	if got := f.out.String(); !strings.HasPrefix(got, "one\ntwo\n") || !strings.Contains(got, "\nLine 2: ") || strings.Contains(got, "host zpa-connector-child[1]") {
		t.Errorf("%q", got)
	}
}

func TestPastedLogIsExplained(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"explain", "inspect"} {
		f := newFixture(t)
		f.terminals[stdin] = true
		f.pasted = strings.ReplaceAll(dnsLine+"and another line\n", "\n", "\r") + "\x04"

		f.mustRun(exitDone, command, "--offline")

		if !strings.HasPrefix(f.out.String(), "Line 1: ") || !strings.Contains(f.err.String(), "then ctrl+d") {
			t.Errorf("%s: %q, %q", command, f.out.String(), f.err.String())
		}
	}
}

func TestInterruptEndsAReadThatWaits(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"explain", "inspect"} {
		f := newFixture(t)
		held, _ := io.Pipe() // nobody ever writes
		f.stdin = held
		ctx, interrupt := context.WithCancel(t.Context())
		f.ctx = ctx
		time.AfterFunc(20*time.Millisecond, interrupt)
		f.mustRun(exitInterrupted, command, "--offline")
	}
}

func TestInputThatBreaksIsTold(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"explain", "inspect"} {
		f := newFixture(t)
		f.stdin = io.MultiReader(strings.NewReader(dnsLine), iotest.ErrReader(io.ErrUnexpectedEOF))
		f.mustRun(exitUsage, command, "--offline")
		if f.out.Len() > 0 || !strings.Contains(f.err.String(), "the input cannot be read") {
			t.Errorf("%s: %q, %q", command, f.out.String(), f.err.String())
		}
	}
}

func TestTenantThatFailsIsAWarningAndAskedOnce(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"explain", "inspect"} {
		f := newFixture(t)
		f.in = dnsLine
		if command == "inspect" {
			f.in = f.text(okKey)
		}
		signIns := 0
		f.intercept(func(*http.Request) *http.Response {
			signIns++
			return response(http.StatusUnauthorized, refusal)
		})

		f.mustRun(exitDone, command)

		if got := f.err.String(); signIns != 1 || strings.Count(got, "\n") != 1 || !strings.Contains(got, "no tenant was asked: sign-in refused") || f.out.Len() == 0 {
			t.Errorf("%s, after %d calls: %q, %q", command, signIns, f.out.String(), got)
		}
	}
}

func TestKindThatFailsLeavesTheRestAndProvesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(failing("SERVICE_EDGE_GRP", http.StatusBadRequest, "{}"))
	f.in = f.text(okKey)
	f.mustRun(exitDone, "inspect", "-o", "json")
	got := decode[struct {
		Match struct{ Name string }
		Asked bool `json:"tenant_complete"`
		Warnings,
		Notes []string
	}](t, f.out.Bytes())
	if got.Match.Name != okKey || got.Asked || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "service-edge") {
		t.Errorf("%+v", got)
	}
	// A sound text that none of the others has may be one of the missing.
	f.in = strings.Replace(f.in, "mock.example|", "mock.example|ZZZZ", 1)
	f.in = f.in[:15+384] + f.in[15+388:]
	f.mustRun(exitDone, "inspect")
}
