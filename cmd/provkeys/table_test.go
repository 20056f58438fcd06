package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/tui/style"
)

// keyTable is the table of the usual columns.
func keyTable(keys []client.Key, v view, look tableLook) string {
	text, _ := table(keySheet().in(formatTable, choice{}), keys, v, look)
	return text
}

func TestTableIsAlignedUnderItsHeader(t *testing.T) {
	t.Parallel()
	used, hidden := sampleKey(), sampleKey()
	used.Name, used.Uses, used.CertificateEnd = "日本-blue", 60, time.Time{}
	hidden.Name, hidden.Exportable, hidden.ReadOnly = "b", false, true
	want := strings.Join([]string{
		"NAME           KIND           GROUP       USES  LEFT  CERT  KEY                      STATE",
		"eu-west-1-asg  app-connector  EU West 1   5/60    55  212d  3|mock.example|••••••••  ok",
		"日本-blue      app-connector  EU West 1  60/60     0        3|mock.example|••••••••  used up",
		"b              app-connector  EU West 1   5/60    55  212d                           hidden, managed",
		"",
	}, "\n")

	got := keyTable([]client.Key{sampleKey(), used, hidden}, view{now: noon}, tableLook{})

	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("table differs (-want +got):\n%s", diff)
	}
}

func TestTableFitsEveryTerminal(t *testing.T) {
	t.Parallel()
	keys := hostileKeys()
	keys[3].Name = strings.Repeat("long", 60)
	for width := 1; width <= 160; width++ {
		for i, line := range strings.Split(keyTable(keys, view{now: noon}, tableLook{width: width}), "\n") {
			if got := style.Width(line); got > width {
				t.Fatalf("line %d is %d cells wide on a terminal of %d: %q", i, got, width, line)
			}
		}
	}
}

func TestNarrowTableKeepsNameAndState(t *testing.T) {
	t.Parallel()
	got := keyTable([]client.Key{sampleKey()}, view{now: noon}, tableLook{width: 30})

	if !strings.Contains(got, "eu-west-1") || !strings.Contains(got, "ok") || strings.Contains(got, "KEY") {
		t.Errorf("a narrow table is\n%s", got)
	}
}

func TestRoomOfADroppedColumnGoesBackToNames(t *testing.T) {
	t.Parallel()
	k := sampleKey()
	k.Name = "a-name-of-thirty-cells-exactly"
	for _, width := range []int{84, 90} {
		got := keyTable([]client.Key{k}, view{now: noon}, tableLook{width: width})

		if strings.Contains(got, "KEY") || !strings.Contains(got, k.Name) {
			t.Errorf("at %d cells the table is\n%s", width, got)
		}
	}
}

func TestAskedForTextIsNeverCut(t *testing.T) {
	t.Parallel()
	got := keyTable([]client.Key{sampleKey()}, view{now: noon, secrets: true}, tableLook{width: 40})

	if !strings.Contains(got, fakeText) {
		t.Error("the text is cut")
	}
}

func TestStateIsAWordBeforeItIsAColour(t *testing.T) {
	t.Parallel()
	look := tableLook{theme: style.New(style.ModeDark, true), colour: true}
	off := sampleKey()
	off.Enabled = false

	got := keyTable([]client.Key{off}, view{now: noon}, look)

	if !strings.Contains(got, look.theme.StateOff.On()+"disabled") {
		t.Errorf("the state is not a coloured word: %q", got)
	}
	if plain := keyTable([]client.Key{off}, view{now: noon}, tableLook{theme: look.theme}); strings.Contains(plain, "\x1b") {
		t.Error("there are colours without colour")
	}
}

func TestDaysLeftAreWholeDays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		end  time.Time
		want string
	}{
		{time.Time{}, ""},
		{noon, "ended"},
		{noon.Add(-time.Hour), "ended"},
		{noon.Add(time.Hour), "0d"},
		{noon.Add(47 * time.Hour), "1d"},
		{time.Unix(1<<40, 0), fmt.Sprintf("%dd", int64(time.Unix(1<<40, 0).Sub(noon).Hours()/24))},
	} {
		if got := daysLeft(tc.end, noon); got != tc.want {
			t.Errorf("%v: %q, want %q", tc.end, got, tc.want)
		}
	}
}
