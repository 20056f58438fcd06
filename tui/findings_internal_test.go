package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/tui/style"
)

// plainReport returns the report as a person reads it.
func plainReport(msg inspectedMsg, w int) string {
	lines := reportOf(msg).lines(w, style.New(style.ModeDark, true))
	for i := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

// damaged is what is found of a key text whose end is missing.
func damaged() inspectedMsg {
	return inspectedMsg{finding: diagnose.Finding{
		Report: keytext.Report{
			Characters: 416, Lines: 1, Version: "3", Host: "mock.example", LogPrefix: "AAAAAAA",
			Faults: []keytext.Fault{{Kind: keytext.FaultShort, Message: "The secret part is too short."}},
		},
		Match:   &diagnose.Match{Relation: diagnose.Almost, Key: client.Key{Kind: client.AppConnector, ID: "7", Name: "eu-west-1\x1b[2J"}, Difference: "13 characters are missing at the end"},
		Verdict: "13 characters are missing at the end of eu-west-1\x1b[2J.",
		Notes:   []string{"It is used up (10 of 10)."},
		Next:    "Copy it again.",
	}}
}

func TestAReportBeginsWithTheVerdict(t *testing.T) {
	t.Parallel()
	msg := damaged()
	msg.notes = []string{"What is remembered could not be read."}
	got := plainReport(msg, 64)
	at := -1
	for _, part := range []string{
		`13 characters are missing at the end of eu-west-1\x1b[2J.`, "key      ", "text     416 characters, 1 line · 3|mock.example|••••••••",
		"fault    The secret part is too short.", "note     It is used up (10 of 10).", "next     Copy it again.", "note     What is remembered",
	} {
		here := strings.Index(got, part)
		if here <= at {
			t.Fatalf("%q is missing or too early:\n%s", part, got)
		}
		at = here
	}
	if strings.ContainsRune(got, '\x1b') {
		t.Error("a name reaches the screen as it came")
	}
}

func TestALogIsToldBlockByBlock(t *testing.T) {
	t.Parallel()
	msg := inspectedMsg{log: true, lines: 20, explanations: []diagnose.Explanation{
		{First: 1, Last: 1, Count: 1, Cause: "It begins to enrol.", Harmless: true},
		{
			First: 3, Last: 9, Count: 4, Cause: "The key was refused.", Prefix: "3|mock.example|AAAAAAA", Machine: "conn-1",
			Match: &diagnose.Match{Key: client.Key{Name: "eu-west-1"}}, Notes: []string{"It is disabled."}, Next: "Enable it.",
		},
	}}
	want := `20 lines of a log, 2 findings.

line     1
It begins to enrol.

lines    3 to 9, 4 of them · 3|mock.example|AAAAAAA
The key was refused.
key      ` + msg.explanations[1].Match.Words() + `
machine  conn-1
note     It is disabled.
next     Enable it.`
	if got := plainReport(msg, 64); got != want {
		t.Errorf("the report is\n%s\nwant\n%s", got, want)
	}
}

func TestALogOfManyFindingsIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	msg := inspectedMsg{log: true, lines: 900}
	for i := range findingsMost + 5 {
		msg.explanations = append(msg.explanations, diagnose.Explanation{First: i + 1, Last: i + 1, Cause: "Refused."})
	}
	got := plainReport(msg, 64)
	if !strings.HasSuffix(got, "And 5 more: paste fewer lines to see them.") || strings.Count(got, "Refused.") != findingsMost {
		t.Errorf("the report ends with %q", got[len(got)-60:])
	}
}

func TestEnterGoesToAKeyOnlyWhereItIsTheOnlyOne(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	first, second := m.keys.rows[0], m.keys.rows[1]
	match := func(ref client.Ref) diagnose.Match {
		return diagnose.Match{Key: client.Key{Kind: ref.Kind, ID: ref.ID}}
	}
	gone := match(client.Ref{Kind: client.AppConnector, ID: "999"})
	for name, test := range map[string]struct {
		matches []diagnose.Match
		want    client.Ref
	}{
		"none":          {nil, client.Ref{}},
		"one":           {[]diagnose.Match{match(first)}, first},
		"twice the one": {[]diagnose.Match{match(first), match(first)}, first},
		"two":           {[]diagnose.Match{match(first), match(second)}, client.Ref{}},
		"one is gone":   {[]diagnose.Match{gone, match(second)}, second},
		"gone":          {[]diagnose.Match{gone}, client.Ref{}},
	} {
		if got := m.onlyKey(test.matches); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestARepairIsSaidToBeHadAtAShell(t *testing.T) {
	t.Parallel()
	f := diagnose.Finding{Next: "Use the repaired text.", Repaired: client.NewSecret("x")}
	if got := plainReport(inspectedMsg{finding: f}, 64); !strings.Contains(got, "provkeys inspect --repair at a") {
		t.Errorf("the report is\n%s", got)
	}
	two := inspectedMsg{log: true, explanations: []diagnose.Explanation{{First: 5, Last: 15, Count: 2}}}
	if got := plainReport(two, 40); !strings.Contains(got, "lines    5 and 15") {
		t.Errorf("the report is\n%s", got)
	}
}
