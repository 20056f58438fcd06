package views_test

import (
	"slices"
	"testing"

	"provkeys/client/catalog"
)

// Whatever somebody wrote into the file, a save keeps it or leaves it alone.
func FuzzSaving(f *testing.F) {
	f.Add(byHand, "europe", "used>5")
	f.Add("", "0", "\x84")
	f.Add("views:\r  a:\r    sort: left\r", "b", "x")
	f.Add("views:\r\n  a:\r\n    sort: left\r\n", "a", "x")
	f.Add("views:\n  a:\n    filter: >-\n      x\n      # y\n  b: {}\n", "a", "x")
	f.Add("views:\n  ? a\n  : {filter: z}\n", "b", "'")
	f.Add("views: &x\n  a: &y {filter: q}\n  b: *y\n", "c", "")
	f.Fuzz(func(t *testing.T, text, name, filter string) {
		v := holding(t, text)
		before, err := v.List()
		if err != nil {
			return
		}
		view := catalog.View{Name: name, Filter: filter}
		if v.Save(view) != nil {
			if got := contents(t, v); got != text {
				t.Fatalf("%q became %q though nothing was saved", text, got)
			}
			return
		}
		after, err := v.List()
		if err != nil {
			t.Fatalf("%q became %q: %v", text, contents(t, v), err)
		}
		found := false
		for _, s := range after {
			found = found || s.Name == name && s.Filter == filter && s.Fault == nil
		}
		for _, s := range before {
			if s.Name != name && !slices.ContainsFunc(after, func(o catalog.Saved) bool { return o.Name == s.Name && o.Filter == s.Filter }) {
				t.Fatalf("%q lost %q: %q", text, s.Name, contents(t, v))
			}
		}
		if !found {
			t.Fatalf("%q does not hold the saved view: %q", text, contents(t, v))
		}
	})
}
