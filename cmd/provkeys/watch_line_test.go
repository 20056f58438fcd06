package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/client/changes"
	"provkeys/tui/style"
)

func TestWatchForPeopleAndForPipes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.set(okKey, "maxUsage", "12")
		f.terminals[stdout], f.terminals[stderr], f.cells = true, true, 120
		f.vars["NO_COLOR"] = "1"
		f.enrolAfter(time.Second, 2)

		f.mustRun(exitDone, "watch", okKey, "--for", "10s")

		clock := time.Now().Format(time.TimeOnly)
		want := clock + "  enrolled        app-connector/ap-east-1-asg  10/12 → 12/12, 0 left, by ap-east-1-asg-12, ap-east-1-asg-11\n" +
			clock + "  used up         app-connector/ap-east-1-asg  12/12\n"
		if f.out.String() != want {
			t.Errorf("stdout is\n%s\nwant\n%s", f.out.String(), want)
		}
		if want := "provkeys: watching 1 key for 10s, every 30s; ctrl+c ends\n"; f.err.String() != want {
			t.Errorf("stderr is %q, want %q", f.err.String(), want)
		}

		f.terminals = map[stream]bool{}
		time.AfterFunc(time.Second, func() { f.set(okKey, "name", "tab\there\x1b[2J") })
		f.mustRun(exitDone, "watch", okKey, "--for", "10s")
		want = time.Now().Format(time.RFC3339) + "\trenamed\tapp-connector/tab\\there\\x1b[2J\twas ap-east-1-asg, used up\n"
		if f.out.String() != want || f.err.Len() > 0 {
			t.Errorf("stdout is %q, want %q; stderr %q", f.out.String(), want, f.err.String())
		}
	})
}

func TestNarrowTerminalCutsTheNameAndBreaksTheWords(t *testing.T) {
	t.Parallel()
	k := client.Key{Kind: client.AppConnector, ID: "1", Name: strings.Repeat("long-", 20), Uses: 53, MaxUses: 60}
	was := k
	was.Uses = 52
	for _, h := range []happening{
		{event: eventUnavailable, kind: client.ServiceEdge, words: strings.Repeat("words ", 12)},
		{event: eventUnavailable, words: strings.Repeat("words ", 24)},
		{
			event: string(changes.Enrolled), kind: k.Kind, by: []string{"ip-10-0-0-7"},
			change: changes.Change{Event: changes.Enrolled, Before: was, After: k},
		},
	} {
		out := &bytes.Buffer{}
		tell := &teller{app: &app{out: out}, format: formatTable, look: tableLook{width: 80}, widest: 90}

		if err := tell.line(h); err != nil {
			t.Fatal(err)
		}

		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		for _, line := range lines {
			if cells := style.Width(line); cells > 80 {
				t.Errorf("%d cells: %q", cells, line)
			}
		}
		if indent := strings.Repeat(" ", 26); len(lines) < 2 || !strings.HasPrefix(lines[1], indent) {
			t.Errorf("the words are not below each other: %q", lines)
		}
	}
}

func TestWordsOfABackendAreMadeSafeInEveryFormat(t *testing.T) {
	t.Parallel()
	opaque := strings.Repeat("FAKEfake", 48)
	for _, f := range []format{formatJSON, formatTSV, formatTable} {
		out := &bytes.Buffer{}
		tell := &teller{app: &app{out: out}, format: f}

		err := tell.line(happening{event: eventUnavailable, words: "502 \x1b[2J 3|mock.example|" + opaque})

		if got := out.String(); err != nil || strings.Contains(got, "\x1b") || strings.Contains(got, opaque[:12]) || !strings.Contains(got, "502") {
			t.Errorf("%s: %q, %v", f, got, err)
		}
	}
}
