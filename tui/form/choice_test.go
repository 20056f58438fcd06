package form

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/style"
)

func groups() Field {
	f := Field{Name: "group", Label: "group", Value: "3"}
	for i, label := range []string{"Bangkok", "EU West 1", "EU West 2", "Frankfurt", "Singapore", "Tokyo \x1b[31m"} {
		f.Options = append(f.Options, Option{Value: string(rune('1' + i)), Label: label})
	}
	f.Options[3].Why = "it is disabled"
	return f
}

func onOff() Field {
	return Field{Name: "on", Label: "on", Value: "yes", Switch: true, Options: []Option{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}}
}

// given presses keys between blanks and returns the form and the last result.
func given(t *testing.T, f Form, keys string) (Form, Result) {
	t.Helper()
	return press(t, f, strings.Fields(keys)...)
}

func TestAListIsSearchedAndWalked(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ keys, value string }{
		{"", "3"},
		{"down", "4"},
		{"up up up up", "1"},
		{"pgdown", "6"},
		{"e u", "3"},                  // what it is on fits
		{"e u up", "2"},               // and one before it
		{"w e s t space 1", "2"},      // words in any order
		{"1 space w e s t", "2"},      //
		{"F R A", "4"},                // whatever the case
		{"x x", ""},                   // nothing fits
		{"x x ctrl+u", "3"},           // what it was on comes back
		{"b a n g", "1"},              //
		{"t o k y o", "6"},            //
		{"e u down down down", "3"},   // stays within what fits
		{"f r a down", "4"},           //
		{"down tab down tab up", "4"}, // the switch behind it leaves the list alone
	} {
		f, _ := given(t, New(groups(), onOff()), test.keys)
		if got := f.Value("group"); got != test.value {
			t.Errorf("%q: on %q, want %q", test.keys, got, test.value)
		}
	}
}

func TestASwitchIsTurnedBySpaceAndArrowsAlone(t *testing.T) {
	for keys, value := range map[string]string{
		"": "yes", "space": "no", "right": "no", "left": "no", "space space": "yes", "n": "yes", "down up": "yes",
	} {
		f, _ := given(t, New(onOff()), keys)
		if got := f.Value("on"); got != value {
			t.Errorf("%q: %s, want %s", keys, got, value)
		}
		if f.Changed("on") != (value != "yes") {
			t.Errorf("%q: changed is %v", keys, f.Changed("on"))
		}
	}
}

func TestWhatCannotBeChosenIsNotSubmitted(t *testing.T) {
	for keys, says := range map[string]string{"down enter": "it is disabled", "x x enter": "nothing fits"} {
		f, result := given(t, New(groups()), keys)
		if result != Editing || !strings.Contains(ansi.Strip(strings.Join(f.View(80, 20, style.New(style.ModeMono, true)), " ")), says) {
			t.Errorf("%q: result %v\n%s", keys, result, strings.Join(f.View(80, 20, style.New(style.ModeMono, true)), "\n"))
		}
	}
	if _, result := given(t, New(groups()), "enter"); result != Submitted {
		t.Errorf("result %v", result)
	}
}

func TestAnOldCopyOfAFormKeepsItsChoice(t *testing.T) {
	old := New(groups(), onOff())
	_, _ = given(t, old, "b a n g tab space")
	if old.Value("group") != "3" || old.Value("on") != "yes" {
		t.Errorf("the old form is on %s, %s", old.Value("group"), old.Value("on"))
	}
}

func TestFillIsWhatAPersonWouldHaveDone(t *testing.T) {
	f := New(groups(), onOff(), Field{Name: "name", Value: "a"}).Fill("group", "5").Fill("on", "no").Fill("name", "b").Fill("nobody", "x")
	if f.Value("group") != "5" || f.Value("on") != "no" || f.Value("name") != "b" || !f.Changed("group") || !f.Changed("name") {
		t.Errorf("%s %s %s", f.Value("group"), f.Value("on"), f.Value("name"))
	}
	if got := f.Focus("name").Focused(); got != "name" {
		t.Errorf("%s has the keys", got)
	}
	if got := f.Focus("nobody").Focused(); got != "group" {
		t.Errorf("%s has the keys", got)
	}
}

func TestAListKeepsItsHeightWhateverFits(t *testing.T) {
	heights := map[int]bool{}
	for _, keys := range []string{"", "b a n g", "x x", "e u", "pgdown"} {
		f, _ := given(t, New(groups()), keys)
		lines := f.View(80, 20, style.New(style.ModeMono, true))
		heights[len(lines)] = true
		for _, l := range lines {
			if strings.Contains(l, "Tokyo \x1b[31m") {
				t.Errorf("%q: a label is drawn raw", keys)
			}
		}
	}
	if len(heights) != 1 {
		t.Errorf("heights: %v", heights)
	}
}
