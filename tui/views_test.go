package tui_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui"
)

// fakeViews keeps saved views, as a file that several consoles share does.
type fakeViews struct {
	mu    sync.Mutex
	saved []catalog.Saved
	err   error         // of every call
	slow  time.Duration // how long a write takes
}

func (f *fakeViews) List() ([]catalog.Saved, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	return slices.Clone(f.saved), nil
}

func (f *fakeViews) Save(v catalog.View) error {
	time.Sleep(f.slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.drop(v.Name)
		f.saved = append(f.saved, catalog.Saved{View: v})
	}
	return f.err
}

func (f *fakeViews) Delete(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.drop(name)
	}
	return f.err
}

func (f *fakeViews) drop(name string) {
	f.saved = slices.DeleteFunc(slices.Clone(f.saved), func(s catalog.Saved) bool { return s.Name == name })
}

func (f *fakeViews) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// has returns a saved view, the zero value for none.
func (f *fakeViews) has(name string) catalog.Saved {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.saved {
		if s.Name == name {
			return s
		}
	}
	return catalog.Saved{}
}

// fullest is a view that differs from no view in all its parts.
var fullest = catalog.View{
	Name: "fullest", Filter: "used>=50%", Kind: client.AppConnector, Sort: catalog.ByLeft, Reverse: true,
	Columns: catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByMax}, {Column: catalog.ByLeft, Width: 7}},
}

func viewsOf(views ...catalog.View) *fakeViews {
	f := &fakeViews{}
	for _, v := range views {
		f.saved = append(f.saved, catalog.Saved{View: v})
	}
	return f
}

// keeping is a setup whose console has saved views.
func keeping(f *fakeViews) setup {
	return setup{deps: func(_ *console, d *tui.Deps) { d.Views = f }}
}

func TestAViewShowsWhatWasSavedUnderItsName(t *testing.T) {
	t.Parallel()
	run(t, keeping(viewsOf(fullest)), func(c *console) {
		c.press("v")
		c.tells("fullest used>=50% · app-connector · by left, turned round · 3 columns")
		c.press("j", enter)
		c.sees("/ used>=50%", "view: fullest   ", "sorted by left, turned round", "NAME MAX LEFT")
		c.misses("GROUP", "fullest *")
		c.press("S")
		c.sees("view: fullest *")
		c.press("v")
		c.tells("What shows is not what the view fullest has.", "✓ fullest")
		c.press("c")
		c.sees("view: fullest   ", "sorted by left, turned round")
		c.press("F")
		c.sees("40 shown · filter used>=50% · view: fullest · ") // what the bar would say
		c.press("F", "v", "k", enter)
		c.sees("/ filters", "40 of 40 shown", "GROUP")
		c.misses("view:", "sorted by")
	})
}

func TestAChangeOfAnyPartOfAViewIsMarked(t *testing.T) {
	t.Parallel()
	for _, change := range [][]string{{"/", "x", enter}, {tab}, {"s", "g"}, {"S"}, {"w", "J", enter}} {
		f := viewsOf(catalog.View{Name: "all"})
		run(t, keeping(f), func(c *console) {
			c.press("v", "j", enter)
			c.misses("all *")
			c.press(change...)
			c.sees("view: all *")
			c.press("v", "s")
			c.sees("Saved as the view all.", "view: all   ")
			if f.has("all").Same(catalog.View{}) {
				t.Errorf("%q: saved is %+v", change, f.has("all"))
			}
		})
	}
}

func TestWhatShowsIsSavedUnderANewName(t *testing.T) {
	t.Parallel()
	f := viewsOf()
	run(t, keeping(f), func(c *console) {
		c.find("ap-east-1-blue")
		c.press(tab, "v", "s") // without a view s asks for a name
		c.typed("blue")
		c.press(enter)
		c.sees("Saved as the view blue.", "view: blue   ")
		got := f.has("blue")
		if got.Filter == "" || got.Kind != client.AppConnector || got.Columns != nil {
			t.Errorf("saved is %+v", got)
		}
	})
}

func TestATakenNameIsAskedForBeforeItIsReplaced(t *testing.T) {
	t.Parallel()
	f := viewsOf(fullest)
	run(t, keeping(f), func(c *console) {
		c.press("v", "a")
		c.typed("fullest")
		c.tells("there is one already")
		c.press(enter)
		c.tells("There is a view fullest", "used>=50%", "every key", "y replace it")
		c.press(enter, "n")
		if !f.has("fullest").Same(fullest) {
			t.Error("it was replaced though nobody said y")
		}
		c.press("a")
		c.typed("fullest")
		c.press(enter, "y")
		c.sees("Saved as the view fullest.")
		if !f.has("fullest").Same(catalog.View{}) {
			t.Errorf("saved is %+v", f.has("fullest"))
		}
	})
}

func TestOfTwoConsolesThatSaveAtOnceTheSecondIsAsked(t *testing.T) {
	t.Parallel()
	f := viewsOf(catalog.View{Name: "ours"})
	run(t, keeping(f), func(first *console) {
		s := keeping(f)
		s.beside = first
		second := start(first.t, s)
		defer func() { _ = second.stop() }()
		for _, c := range []*console{first, second} {
			c.press("v", "j", enter)
		}
		first.press("s", "g", "v", "s")
		first.sees("Saved as the view ours.")
		second.press("S", "v", "s")
		second.tells("There is a view ours, and it is not the one that you began with: every key · by group.")
		if f.has("ours").Reverse {
			t.Error("the second console replaced what the first had saved")
		}
		second.press(esc, "a")
		second.typed("mine")
		second.press(enter)
		second.sees("view: mine   ")
		if f.has("ours").Sort != catalog.ByGroup || !f.has("mine").Reverse {
			t.Errorf("saved are %+v", f.saved)
		}
		first.press("v")
		first.tells("mine every key · by name, turned round")
	})
}

func TestAViewThatSomebodyDeletedIsUnsavedAndCanBeSavedAgain(t *testing.T) {
	t.Parallel()
	f := viewsOf(fullest)
	run(t, keeping(f), func(c *console) {
		c.press("v", "j", enter)
		if err := f.Delete("fullest"); err != nil {
			t.Fatal(err)
		}
		c.press("v")
		c.tells("What shows was the view fullest, which is deleted.")
		c.sees("view: fullest *")
		c.press("s")
		c.sees("view: fullest   ")
		if !f.has("fullest").Same(fullest) {
			t.Errorf("saved is %+v", f.has("fullest"))
		}
	})
}

func TestAViewIsDeletedByAYesOfItsOwn(t *testing.T) {
	t.Parallel()
	f := viewsOf(fullest)
	run(t, keeping(f), func(c *console) {
		c.press("v", "j", enter, "v")
		c.press("Dy") // in one go, as a paste brings it
		c.pass(time.Second)
		c.press(enter)
		c.tells("Delete the view fullest?")
		if f.has("fullest").Name == "" {
			t.Fatal("it was deleted by what was held or pasted")
		}
		c.press("y")
		c.tells("No view is picked")
		c.press(esc)
		c.sees("The view fullest is deleted; what shows stays.", "/ used>=50%")
		c.misses("view:")
		if f.has("fullest").Name != "" {
			t.Error("it is still there")
		}
	})
}

func TestAPastedKeyDoesNotSaveAView(t *testing.T) {
	t.Parallel()
	f := viewsOf(catalog.View{Name: "ours"})
	run(t, keeping(f), func(c *console) {
		c.press("v", "j", enter, "S")
		c.press("vs")
		c.pass(time.Second)
		if f.has("ours").Reverse {
			t.Error("it was saved by what was held or pasted")
		}
	})
}

func TestAFaultyViewIsListedAndNeverShown(t *testing.T) {
	t.Parallel()
	f := &fakeViews{saved: []catalog.Saved{{View: catalog.View{Name: "broken\x1b[2J", Filter: "used>"}, Fault: errors.New("line 3: used needs a number")}}}
	run(t, keeping(f), func(c *console) {
		c.press("v", "j")
		c.tells("broken", "It cannot be shown: line 3: used needs a number.")
		c.press(enter)
		c.tells("It cannot be shown")
		c.press("D", "y")
		if len(f.saved) != 0 {
			t.Error("it could not be deleted")
		}
	})
}

func TestViewsThatCannotBeReadOrWrittenSayWhyAndKeepWhatShows(t *testing.T) {
	t.Parallel()
	f := viewsOf(fullest)
	run(t, keeping(f), func(c *console) {
		c.press("v", "j", enter, "S")
		f.fail(errors.New("/home/jo/views.yaml: line 2: this is not YAML"))
		c.press("v")
		c.tells("The saved views cannot be read: /home/jo/views.yaml: line 2: this is not YAML.", "fullest used>=50%")
		c.press("s")
		c.tells("The view fullest was not saved: /home/jo/views.yaml")
		c.press("j", "D", "y")
		c.press(esc)
		c.sees("view: fullest *")
		f.fail(nil)
		c.press("v", "s")
		c.sees("Saved as the view fullest.", "view: fullest   ")
	})
}

func TestAnUnfinishedFilterIsNotSaved(t *testing.T) {
	t.Parallel()
	f := viewsOf()
	run(t, keeping(f), func(c *console) {
		c.press("/")
		c.typed("used>")
		c.press(enter, "v", "a")
		c.typed("x")
		c.press(enter)
		c.tells("The filter cannot be saved, used needs a number")
		if len(f.saved) != 0 {
			t.Errorf("saved is %+v", f.saved)
		}
	})
}

func TestTheConsoleStartsWithAView(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		opts tui.Options
		sees []string
	}{
		{tui.Options{View: "fullest"}, []string{"/ used>=50%", "view: fullest   ", "NAME MAX LEFT"}},
		{tui.Options{View: "fullest", Filter: "left<5"}, []string{"/ left<5", "view: fullest *"}},
		{tui.Options{View: "fullest", Kind: client.ServiceEdge}, []string{"/ used>=50%", "view: fullest *"}},
		{tui.Options{View: "full"}, []string{"There is no view full: there is fullest.", "40 of 40 shown"}},
	} {
		s := keeping(viewsOf(fullest))
		s.opts = test.opts
		run(t, s, func(c *console) { c.sees(test.sees...) })
	}
}

func TestViewsLastForTheSessionWhereNoneAreKept(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("S", "v", "a")
		c.typed("mine")
		c.press(enter, "S")
		c.sees("view: mine *")
		c.press("v", "c")
		c.sees("view: mine   ", "turned round")
	})
}

func TestANarrowScreenCutsTheViewAndKeepsItsStar(t *testing.T) {
	t.Parallel()
	for w, want := range map[int]string{120: "view: a rather long name of a view *", 60: "view: a rather l… *", 40: "a rath… *"} {
		s := keeping(viewsOf(catalog.View{Name: "a rather long name of a view"}))
		s.w, s.h = w, 20
		run(t, s, func(c *console) {
			c.press("v", "j", enter, "S")
			if line := c.line("of 40 shown"); !strings.Contains(line, want) {
				t.Errorf("at %d: %q", w, line)
			}
		})
	}
}

func TestAViewIsPickedBehindTheColon(t *testing.T) {
	t.Parallel()
	views := &fakeViews{saved: []catalog.Saved{{View: catalog.View{Name: "Edges in use", Filter: "edge used>0"}}}}
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Views = views }}, func(c *console) {
		c.press(":")
		c.typed("view in us")
		c.press(tab, enter)
		c.sees("view: Edges in use", "/ edge used>0")
		c.press(":")
		c.typed("view elsewhere")
		c.press(enter)
		c.sees("There is no view elsewhere: there is Edges in use.")
	})
}
