package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/journal"
	"provkeys/tui"
	"provkeys/tui/clipboard"
)

// journalLine is a line of the journal as a program reads it.
type journalLine struct {
	Action, Who, SSH, Profile, Customer, Kind, ID, Name, Route, Evidence string
	From, To                                                             *int64
	Fields                                                               []string
}

// journalled returns the lines that were written so far.
func (f *fixture) journalled() []journalLine {
	f.t.Helper()
	b, err := os.ReadFile(filepath.Join(f.home, ".local", "state", "provkeys", journal.File))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		f.t.Fatal(err)
	}
	var lines []journalLine
	for text := range strings.Lines(string(b)) {
		lines = append(lines, decode[journalLine](f.t, []byte(text)))
	}
	return lines
}

func TestCopyingIsWrittenDown(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: clipboard.Outcome{Route: clipboard.RouteTmux, Also: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}}
	kind, id, _ := f.mock.FindKey(okKey)

	f.mustRun(exitDone, "copy", okKey)
	f.mustRun(exitUsedUp, "copy", usedUpKey)
	f.board.outcome = clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceDiffers}
	f.mustRun(exitClipboard, "copy", okKey)

	got := f.journalled()
	want := journalLine{
		Action: "copied", Who: "jo", SSH: "203.0.113.9", Customer: f.vars["ZPA_CUSTOMER_ID"],
		Kind: "app-connector", ID: id, Name: okKey, Route: "tmux+native", Evidence: "verified",
	}
	if len(got) != 2 || !reflect.DeepEqual(got[0], want) || kind != appKind {
		t.Fatalf("the journal holds %+v, want %+v first", got, want)
	}
	if got[1].Route != "native" || got[1].Evidence != "differs" {
		t.Errorf("a copy that may have arrived is %+v", got[1])
	}
}

func TestRevealingIsWrittenDownOnceForEachTextShown(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list")
	f.mustRun(exitDone, "get", okKey)
	f.mustRun(exitDone, "get", okKey, "--field", "left")
	f.mustRun(exitDone, "list", "--with-secrets", "-o", "name")
	if got := f.journalled(); got != nil {
		t.Fatalf("masked texts are in the journal: %+v", got)
	}

	f.mustRun(exitDone, "get", okKey, "--field", "key")
	f.mustRun(exitDone, "get", okKey, "--with-secrets", "-o", "json")
	f.mustRun(exitDone, "get", okKey, "--with-secrets", "-o", "table")
	f.mustRun(exitDone, "get", okKey, "--with-secrets")
	got := f.journalled()
	if len(got) != 4 {
		t.Fatalf("%d lines, want 4: %+v", len(got), got)
	}
	for _, l := range got {
		if l.Action != "revealed" || l.Name != okKey {
			t.Errorf("a line is %+v", l)
		}
	}

	f.mustRun(exitDone, "list", "--with-secrets", "-o", "json")
	shown := decode[[]struct{ Name, Key *string }](t, f.out.Bytes())
	texts := 0
	for _, k := range shown {
		if k.Key != nil {
			texts++
		}
	}
	if more := len(f.journalled()) - 4; more != texts || texts == 0 || texts == len(shown) {
		t.Errorf("%d lines for %d texts of %d keys", more, texts, len(shown))
	}
}

func TestAHiddenTextIsNotRevealed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "exportable", false)
	f.mustRun(exitHidden, "get", okKey, "--field", "key")
	f.mustRun(exitDone, "get", okKey, "--with-secrets")
	if got := f.journalled(); got != nil {
		t.Errorf("the journal holds %+v", got)
	}
}

func TestRaisingAndLoweringAreWrittenDown(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "usageCount", "1")
	f.set(okKey, "maxUsage", "10")

	for _, n := range []string{"+5", "15", "12"} {
		f.mustRun(exitDone, "set-max", okKey, n)
	}
	f.mustRun(exitRefused, "set-max", okKey, "20", "--read-only")

	got := f.journalled()
	if len(got) != 2 || got[0].Action != "raised" || *got[0].From != 10 || *got[0].To != 15 ||
		got[1].Action != "lowered" || *got[1].From != 15 || *got[1].To != 12 {
		b, _ := json.Marshal(got)
		t.Errorf("the journal holds %s", b)
	}
}

func TestJournalThatCannotBeWrittenIsALineAndNoFailure(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	if err := os.MkdirAll(filepath.Join(f.home, ".local", "state", "provkeys", journal.File), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"copy", okKey}, {"set-max", okKey, "+1"}, {"get", okKey, "--field", "key"}} {
		f.mustRun(exitDone, args...)
		if got := f.err.String(); !strings.HasPrefix(got, "provkeys: the journal could not be written: ") || strings.Count(got, "\n") != 1 {
			t.Errorf("%v: stderr is %q", args, got)
		}
	}
	f.home = ""
	f.mustRun(exitDone, "copy", okKey)
	if got := f.err.String(); !strings.Contains(got, "XDG_STATE_HOME") {
		t.Errorf("stderr is %q", got)
	}
}

func TestConsoleWritesIntoTheSameJournal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := &app{
		env: config.Env{Lookup: f.lookup, Home: f.home}, profile: config.Profile{Name: "acme", CustomerID: "1"},
		who: func() journal.Who { return journal.Who{Name: "jo"} }, now: func() time.Time { return noon },
	}
	key := client.Ref{Kind: client.ServiceEdge, ID: "7"}
	for _, d := range []tui.Deed{
		{Action: tui.DeedCopied, Key: key, Name: "edge", Route: "osc52", Evidence: "sent"},
		{Action: tui.DeedRaised, Key: key, Name: "edge", From: 1, To: 2},
		{Action: tui.DeedLowered, Key: key, Name: "edge", From: 2, To: 1},
		{Action: tui.DeedEdited, Key: key, Name: "edge", Fields: []string{"enabled"}},
		{Action: tui.DeedDeleted, Key: key, Name: "edge"},
		{Action: tui.DeedCreated, Key: key, Name: "edge"},
	} {
		if err := (consoleJournal{a, a.profile}).Record(d); err != nil {
			t.Fatal(err)
		}
	}
	got := f.journalled()
	if len(got) != 6 || !reflect.DeepEqual(got[0], journalLine{
		Action: string(journal.Copied), Who: "jo", Profile: "acme", Customer: "1", Kind: "service-edge", ID: "7", Name: "edge", Route: "osc52", Evidence: "sent",
	}) || got[1].Action != string(journal.Raised) || *got[1].To != 2 || got[2].Action != string(journal.Lowered) ||
		!slices.Equal(got[3].Fields, []string{"enabled"}) || got[4].Action != string(journal.Deleted) || got[5].Action != string(journal.Created) {
		t.Errorf("the journal holds %+v", got)
	}
	a.env.Home = ""
	if err := (consoleJournal{a, a.profile}).Record(tui.Deed{}); err == nil {
		t.Error("a journal without a place is none, and says nothing")
	}
}
