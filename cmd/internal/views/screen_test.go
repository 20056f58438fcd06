package views_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/views"
)

func TestScreenIsRememberedByProfile(t *testing.T) {
	s := views.Screens{Dir: filepath.Join(t.TempDir(), "state")}
	shown := catalog.Screen{
		Sort: catalog.ByLeft, Reverse: true, FilterBarHidden: true,
		Columns: catalog.Layout{{Column: catalog.ByName, Width: 30}, {Column: catalog.ByKey}},
	}
	want := map[string]catalog.Screen{"": shown, "true": {Sort: catalog.ByUses}, "a: b #c '": {FilterBarHidden: true}, "12": {}}

	for profile, screen := range want {
		if err := s.Save(profile, screen); err != nil {
			t.Fatal(err)
		}
	}

	for profile, screen := range want {
		if diff := cmp.Diff(screen, s.Load(profile)); diff != "" {
			t.Errorf("profile %q (-saved, +loaded):\n%s", profile, diff)
		}
	}
}

func TestBrokenScreenCountsAsNone(t *testing.T) {
	for _, text := range []string{
		"profiles: [", "profiles: 3\n", "\x00", "profiles:\n  acme: {reverse: {a: b}}\n",
		"profiles:\n  acme: {sort: key, reverse: true, columns: nam}\n",
	} {
		s := views.Screens{Dir: t.TempDir()}
		if err := os.WriteFile(filepath.Join(s.Dir, views.ScreenFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(catalog.Screen{}, s.Load("acme")); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if err := s.Save("acme", catalog.Screen{Sort: catalog.ByMax}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if got := s.Load("acme"); got.Sort != catalog.ByMax {
			t.Errorf("%q: after saving %+v", text, got)
		}
	}
}
