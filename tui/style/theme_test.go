package style

import (
	"math"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func themes() map[string]Theme {
	return map[string]Theme{
		"auto on dark":  New(ModeAuto, true),
		"auto on light": New(ModeAuto, false),
		"dark":          New(ModeDark, false),
		"light":         New(ModeLight, true),
		"mono":          New(ModeMono, true),
	}
}

// styles returns every Style of a theme by its field name, so that a style
// added later is held to the same promises.
func styles(th Theme) map[string]Style {
	all := map[string]Style{}
	v := reflect.ValueOf(th)
	for i := range v.NumField() {
		if !v.Field(i).CanInterface() {
			continue
		}
		if s, ok := v.Field(i).Interface().(Style); ok {
			all[v.Type().Field(i).Name] = s
		}
	}
	return all
}

func TestThemesUseSixteenColoursAtMost(t *testing.T) {
	t.Parallel()
	allowed := regexp.MustCompile(`^(\x1b\[(1|2|4|7|3[1-6])(;(1|2|4|7|3[1-6]))*m)?$`)
	for name, th := range themes() {
		for field, s := range styles(th) {
			if !allowed.MatchString(s.On()) {
				t.Errorf("%s: %s begins with %q", name, field, s.On())
			}
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	t.Parallel()
	th := New(ModeMono, true)
	for field, s := range styles(th) {
		if strings.Contains(s.On(), "3") {
			t.Errorf("%s begins with %q", field, s.On())
		}
	}
	if box := th.Dialog.Render("x"); strings.Contains(box, "\x1b[3") {
		t.Errorf("the dialog box has a colour: %q", box)
	}
}

func TestABannerIsReadOnItsOwnGround(t *testing.T) {
	t.Parallel()
	seen := map[Style]string{{}: "none"}
	for _, colour := range []string{"red", "green", "yellow", "blue", "magenta", "cyan"} {
		b := New(ModeAuto, true).Banner(colour)
		if !regexp.MustCompile(`^\x1b\[1;3[07];4[1-6]m$`).MatchString(b.On()) || seen[b] != "" {
			t.Errorf("%s begins with %q, as does %s", colour, b.On(), seen[b])
		}
		seen[b] = colour
		if got := New(ModeMono, true).Banner(colour); got != sgr(bold) {
			t.Errorf("%s without colours begins with %q", colour, got.On())
		}
	}
	if got := New(ModeDark, true).Banner("neon"); got != (Style{}) {
		t.Errorf("an unknown colour begins with %q", got.On())
	}
}

func TestASpelledThemeDrawsInASCII(t *testing.T) {
	t.Parallel()
	for _, s := range []Spelling{SpellSigns, SpellASCII} {
		th := New(ModeDark, true).Spelled(s)
		if box := th.Dialog.Render("x"); SpellASCII.Cells(box) != box || th.Glyphs != ASCII() {
			t.Errorf("spelling %d: box %q, glyphs %+v", s, box, th.Glyphs)
		}
	}
	if th := New(ModeDark, true).Spelled(SpellAll); th.Glyphs != Unicode() {
		t.Errorf("all characters: %+v", th.Glyphs)
	}
}

func TestAutoFollowsTheBackground(t *testing.T) {
	t.Parallel()
	th := themes()
	if th["auto on dark"].Title != th["dark"].Title || th["auto on light"].Title != th["light"].Title {
		t.Error("auto picked the wrong theme for the background")
	}
	if th["dark"].Title == th["light"].Title {
		t.Error("dark and light titles look the same")
	}
}

func TestWhatNeedsTheEyeStandsOut(t *testing.T) {
	t.Parallel()
	for name, th := range themes() {
		for field, s := range map[string]Style{
			"Cursor": th.Cursor, "BadgeDanger": th.BadgeDanger, "StateBad": th.StateBad, "ToastBad": th.ToastBad,
			"TabActive": th.TabActive, "KindActive": th.KindActive, "InputCursor": th.InputCursor, "Stale": th.Stale,
		} {
			if s == (Style{}) || s == th.Text {
				t.Errorf("%s: %s looks like ordinary text", name, field)
			}
		}
	}
}

func TestPlainStyleLeavesTextAlone(t *testing.T) {
	t.Parallel()
	var plain Style
	if got := plain.Render("x"); got != "x" || plain.On()+plain.Off() != "" {
		t.Errorf("a plain style renders %q", got)
	}
	th := New(ModeDark, true)
	if got := th.Cursor.Render(""); got != "" {
		t.Errorf("empty text renders as %q", got)
	}
	got := th.Cursor.Render("x")
	if ansi.Strip(got) != "x" || got != th.Cursor.On()+"x"+th.Cursor.Off() {
		t.Errorf("a style renders %q", got)
	}
}

func TestModeWordsRoundTrip(t *testing.T) {
	t.Parallel()
	for _, m := range []Mode{ModeAuto, ModeLight, ModeDark, ModeMono} {
		if got, err := ParseMode(m.String()); got != m || err != nil {
			t.Errorf("ParseMode(%q) = %v, %v", m, got, err)
		}
	}
	if got, err := ParseMode(""); got != ModeAuto || err != nil {
		t.Errorf(`ParseMode("") = %v, %v`, got, err)
	}
	if _, err := ParseMode("neon"); err == nil || !strings.Contains(err.Error(), "auto, light, dark or mono") {
		t.Errorf("ParseMode of an unknown word: %v", err)
	}
}

func TestGlyphsAreOneCellEach(t *testing.T) {
	t.Parallel()
	for _, set := range []Glyphs{Unicode(), ASCII()} {
		v := reflect.ValueOf(set)
		for i := range v.NumField() {
			name, g := v.Type().Field(i).Name, v.Field(i).String()
			if key := name == "Up" || name == "Down"; !key && ansi.StringWidth(g) != 1 || Sanitize(g) != g {
				t.Errorf("%s is %q", name, g)
			}
			if set == ASCII() && SpellASCII.Cells(g) != g {
				t.Errorf("%s is not ASCII: %q", name, g)
			}
		}
	}
}

func TestFullBarMeansUsedUp(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		share float64
		cells int
		full  int
	}{
		{"nothing used", 0, 10, 0},
		{"a trace", 0.001, 10, 1},
		{"rounded", 52.0 / 60, 10, 9},
		{"nearly full", 0.999, 10, 9},
		{"full", 1, 10, 10},
		{"overdrawn", 1.7, 10, 10},
		{"negative", -1, 10, 0},
		{"not a number", math.NaN(), 10, 0},
		{"infinite", math.Inf(1), 10, 10},
		{"one cell, partly used", 0.5, 1, 0},
		{"one cell, used up", 1, 1, 1},
		{"two cells, a trace", 0.01, 2, 1},
		{"two cells, nearly full", 0.99, 2, 1},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			full, empty := Bar(Unicode(), tc.share, tc.cells)
			if full != strings.Repeat("█", tc.full) || empty != strings.Repeat("░", tc.cells-tc.full) {
				t.Errorf("Bar(%v, %d) = %q, %q, want %d full", tc.share, tc.cells, full, empty, tc.full)
			}
		})
	}
	if full, empty := Bar(Unicode(), 0.5, 0); full != "" || empty != "" {
		t.Errorf("a bar of no cells is %q, %q", full, empty)
	}
}
