package tui_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/client/catalog"
	"provkeys/tui"
)

const right = "\x1b[C"

// head returns the titles of the table's columns.
func (c *console) head() string {
	c.t.Helper()
	return strings.Join(strings.Fields(c.line("NAME ")), " ")
}

func TestColumnsShowAsTheyAreChosen(t *testing.T) {
	t.Parallel()
	const usual = "NAME GROUP USES LEFT CERT KEY STATE KIND"
	run(t, setup{w: 160, h: 40}, func(c *console) {
		for _, step := range []struct {
			keys []string
			head string
		}{
			{[]string{"w"}, usual},
			{[]string{"j", space}, "NAME USES LEFT CERT KEY STATE KIND"},
			{[]string{"j", "J"}, "NAME LEFT USES CERT KEY STATE KIND"},
			{[]string{"K", "K"}, "NAME USES LEFT CERT KEY STATE KIND"}, // past the hidden one
			{[]string{"G", space, "\x1b[1;2A"}, "NAME USES LEFT CERT KEY STATE KIND ID"},
			{[]string{"g", space}, "NAME USES LEFT CERT KEY STATE KIND ID"},
			{[]string{"r"}, usual},
			{[]string{"G", space, enter}, usual + " ID"},
			{[]string{"w", "j", space}, "NAME USES LEFT CERT KEY STATE KIND ID"},
			{[]string{esc}, usual + " ID"},
		} {
			c.press(step.keys...)
			if got := c.head(); got != step.head {
				t.Errorf("after %q: %s, want %s", step.keys, got, step.head)
			}
		}
	})
}

func TestTheNameColumnAlwaysShows(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("w", space)
		c.tells("[x] name", "The name always shows.")
	})
}

func TestAColumnGetsAWidthOfItsOwn(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 160, h: 40}, func(c *console) {
		c.press("w", "j", right, ">", ">")
		c.tells("[x] group 28 cells")
		c.press("<", "j", "<", "<", "<")
		c.tells("[x] group 27 cells", "[x] uses 15 cells")
		c.misses("█") // no bar that its numbers have no room beside
		c.press("a")
		c.tells("[x] uses auto")
		c.press("G", "<")
		c.tells("It does not show: space shows it.")
	})
}

// At 60×20 the dialog leaves the head and rows to see, and says what has no room.
func TestColumnsAreChosenOnASmallScreen(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 60, h: 20}, func(c *console) {
		c.press("w", "j", space)
		c.sees("NAME USES", "▸", "space show", "esc cancel")
		c.press("j", "j", "j", "j", "j", "j")
		c.tells("[x] kind auto, no room now")
		c.press(">")
		c.tells("[x] kind 18 cells, no room now") // one more than it needs
		c.press(enter)
		c.misses("GROUP", "Columns")
	})
}

// fakeScreen remembers how the table was left.
type fakeScreen struct {
	mu   sync.Mutex
	kept catalog.Screen
	n    int           // writes
	slow time.Duration // how long one takes
}

func (f *fakeScreen) Load() catalog.Screen {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.kept
}

func (f *fakeScreen) Save(s catalog.Screen) error {
	time.Sleep(f.slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kept = s
	f.n++
	return nil
}

func (f *fakeScreen) setup() setup {
	return setup{w: 160, h: 40, deps: func(_ *console, d *tui.Deps) { d.Screen, d.Views = f, viewsOf(fullest) }}
}

func TestTheTableIsAsItWasLeft(t *testing.T) {
	t.Parallel()
	f := &fakeScreen{}
	run(t, f.setup(), func(c *console) {
		c.press("s", "l", "S", "F", "w", "j", space, ">", enter)
		if f.kept.Sort != catalog.ByLeft || !f.kept.Reverse || !f.kept.FilterBarHidden || f.kept.Columns.Has(catalog.ByGroup) {
			t.Errorf("kept is %+v", f.kept)
		}
	})
	run(t, f.setup(), func(c *console) {
		c.sees("sorted by left, turned round", "NAME USES LEFT")
		c.misses("/ filters", "GROUP")
		c.press("w", "r", enter)
	})
	if f.kept.Columns != nil {
		t.Errorf("the usual columns are kept as %s, so that new ones would never show", f.kept.Columns)
	}
}

// What changes while the file is being written is written behind it, at the latest
// when the console is left.
func TestTheTableIsRememberedAsItWasAtLast(t *testing.T) {
	t.Parallel()
	for _, wait := range []time.Duration{0, time.Second} {
		f := &fakeScreen{slow: 300 * time.Millisecond}
		run(t, f.setup(), func(c *console) {
			c.press("S", "s", "l", "F")
			c.pass(wait)
		})
		if f.kept.Sort != catalog.ByLeft || !f.kept.FilterBarHidden || f.n != 2 {
			t.Errorf("after %s: %d writes, kept is %+v", wait, f.n, f.kept)
		}
	}
}

func TestEachProfileHasTheTableThatWasLeftThere(t *testing.T) {
	t.Parallel()
	here, there := &fakeScreen{}, &fakeScreen{kept: catalog.Screen{Sort: catalog.ByLeft}}
	s := here.setup()
	s.opts.Profile = "acme-test"
	deps := s.deps
	s.deps = func(c *console, d *tui.Deps) {
		deps(c, d)
		profiles(&fakeProfiles{screen: there})(c, d)
	}
	run(t, s, func(c *console) {
		c.press("S", "p", "j", enter)
		c.sees("lab.example", "sorted by left")
		c.misses("turned round")
		if there.n != 0 || here.n != 1 || !here.kept.Reverse {
			t.Errorf("%d and %d writes, here is %+v", here.n, there.n, here.kept)
		}
		c.press("F")
		if here.n != 1 || !there.kept.FilterBarHidden || there.kept.Sort != catalog.ByLeft {
			t.Errorf("%d writes here, there is %+v", here.n, there.kept)
		}
	})
}

func TestTheTableIsRememberedOnlyWhenAPersonChangedIt(t *testing.T) {
	t.Parallel()
	f := &fakeScreen{kept: catalog.Screen{Sort: catalog.ByMax}}
	s := f.setup()
	s.opts.View = "fullest"
	run(t, s, func(c *console) {
		c.sees("sorted by left, turned round", "view: fullest   ")
		c.press("w", "j", space) // tried out, and left in the middle of it
	})
	if f.n != 0 || f.kept.Sort != catalog.ByMax {
		t.Errorf("%d writes, kept is %+v", f.n, f.kept)
	}
}
