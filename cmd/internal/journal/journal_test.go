package journal

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"provkeys/client"
)

var noon = time.Date(2026, 11, 22, 14, 0, 0, 123, time.FixedZone("", 2*60*60))

func newJournal(t *testing.T) Journal {
	t.Helper()
	return Journal{
		Dir: filepath.Join(t.TempDir(), "provkeys"), Who: Who{Name: "jo", SSH: "203.0.113.9"}, Profile: "acme", Customer: "216196257331281920",
		Now: func() time.Time { return noon },
	}
}

func written(t *testing.T, j Journal) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(j.Dir, File))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestLineSaysWhoDidWhatToWhichKey(t *testing.T) {
	t.Parallel()
	j := newJournal(t)
	key := client.Ref{Kind: client.AppConnector, ID: "58856"}

	if err := j.Record(Deed{Action: Copied, Key: key, Name: "bkk <dc1>", Route: "tmux", Evidence: "buffer"}); err != nil {
		t.Fatal(err)
	}
	j.Who.SSH, j.Profile = "", ""
	if err := j.Record(Deed{Action: Raised, Key: key, Name: "a", From: 0, To: 11}, Deed{Action: Revealed, Key: key, Name: "b\n\x1b[2J"}); err != nil {
		t.Fatal(err)
	}
	if err := j.Record(Deed{Action: Edited, Key: key, Name: "a", Fields: []client.Field{client.FieldName, client.FieldEnabled}}, Deed{Action: Created, Key: key, Name: "c"}); err != nil {
		t.Fatal(err)
	}

	want := `{"time":"2026-11-22T12:00:00Z","action":"copied","who":"jo","ssh":"203.0.113.9","profile":"acme","customer":"216196257331281920","kind":"app-connector","id":"58856","name":"bkk <dc1>","route":"tmux","evidence":"buffer"}
{"time":"2026-11-22T12:00:00Z","action":"raised","who":"jo","customer":"216196257331281920","kind":"app-connector","id":"58856","name":"a","from":0,"to":11}
{"time":"2026-11-22T12:00:00Z","action":"revealed","who":"jo","customer":"216196257331281920","kind":"app-connector","id":"58856","name":"b\n\u001b[2J"}
{"time":"2026-11-22T12:00:00Z","action":"edited","who":"jo","customer":"216196257331281920","kind":"app-connector","id":"58856","name":"a","fields":["name","enabled"]}
{"time":"2026-11-22T12:00:00Z","action":"created","who":"jo","customer":"216196257331281920","kind":"app-connector","id":"58856","name":"c"}
`
	if got := written(t, j); got != want {
		t.Errorf("the journal holds\n%s\nwant\n%s", got, want)
	}
}

func TestNothingDoneIsNothingWritten(t *testing.T) {
	t.Parallel()
	j := newJournal(t)
	if err := j.Record(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(j.Dir); err == nil {
		t.Error("the folder was made for nothing")
	}
}

func TestNoFieldCanHoldAKeyText(t *testing.T) {
	t.Parallel()
	for _, of := range []any{Deed{}, Journal{}, line{}} {
		for f := range reflect.TypeOf(of).Fields() {
			if f.Type == reflect.TypeFor[[]client.Field]() {
				continue // words of ours
			}
			if f.Type == reflect.TypeFor[client.Secret]() || f.Type == reflect.TypeFor[client.Key]() || f.Type.Kind() == reflect.Slice || f.Type.Kind() == reflect.Map {
				t.Errorf("%T has a field %s of type %s", of, f.Name, f.Type)
			}
		}
	}

	// Whatever is put where, the secret part of a text does not get in whole.
	text := "3|mock.example|" + strings.Repeat("MOCKmock", 48)
	j := newJournal(t)
	j.Who, j.Profile, j.Customer = Who{text, text}, text, text
	d := Deed{Action: Copied, Key: client.Ref{Kind: client.AppConnector, ID: client.ID(text)}, Name: text, Route: text, Evidence: text, From: math.MaxInt64, Fields: []client.Field{client.Field(text)}}
	if err := j.Record(d); err != nil {
		t.Fatal(err)
	}
	if got := written(t, j); strings.Contains(got, text[15:]) || strings.Count(got, "…") != 9 {
		t.Error("a key text got into the journal")
	}
}

func TestEveryLineIsJSONWhateverTheNameHolds(t *testing.T) {
	t.Parallel()
	j := newJournal(t)
	for _, name := range []string{"", "\xff\x00", "\u202e\u2028\"\\", strings.Repeat("é", 300)} {
		if err := j.Record(Deed{Action: Copied, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	lines := bytes.Split(bytes.TrimSuffix([]byte(written(t, j)), []byte("\n")), []byte("\n"))
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4", len(lines))
	}
	for _, l := range lines {
		if !json.Valid(l) {
			t.Errorf("no JSON: %s", l)
		}
	}
}

func TestShowingTheJournalDoesNothingToATerminal(t *testing.T) {
	t.Parallel()
	j := newJournal(t)
	name := "a\u009b2J\u202eb\U000e0001\x7f\ud55c"
	if err := j.Record(Deed{Action: Copied, Name: name}); err != nil {
		t.Fatal(err)
	}
	got := written(t, j)
	if !strings.Contains(got, `"name":"a\u009b2J\u202eb\udb40\udc01\u007f한"`) {
		t.Errorf("the journal holds %q", got)
	}
	var back line
	if err := json.Unmarshal([]byte(got), &back); err != nil || back.Name != name {
		t.Errorf("the name is read back as %q, %v", back.Name, err)
	}
}

func TestJournalThatCannotBeWrittenSaysWhy(t *testing.T) {
	t.Parallel()
	j := newJournal(t)
	if err := os.MkdirAll(filepath.Join(j.Dir, File), 0o700); err != nil {
		t.Fatal(err)
	}
	err := j.Record(Deed{Action: Copied})
	if err == nil || !strings.Contains(err.Error(), "not a plain file") {
		t.Errorf("error is %v, want what stands in the way", err)
	}
}

func TestOnlyAnAddressIsTakenFromTheEnvironment(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"203.0.113.9 51234 10.0.0.5 22": "203.0.113.9", "2001:db8::1 1 2001:db8::2 22": "2001:db8::1", "fe80::1%eth0 1 ::1 22": "fe80::1",
		"": "", "jo@elsewhere": "", "\x1b]0;x\a": "", "3|mock.example|MOCK": "",
	} {
		who := Whoami(func(string) (string, bool) { return value, value != "" }, 4711)
		if who.SSH != want || who.Name == "" {
			t.Errorf("%q: %+v, want %q", value, who, want)
		}
	}
}
