package clipboard

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

func TestOnlyTheNewestOfADesktopHasTheTurn(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "provkeys")
	first := takeTurn(folder, ":0")
	elsewhere := takeTurn(folder, "wayland-0:0/../x")
	second := takeTurn(folder, ":0")
	if first.newest() || !second.newest() || !elsewhere.newest() {
		t.Errorf("first %v, second %v, on another desktop %v", first.newest(), second.newest(), elsewhere.newest())
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 2 {
		t.Errorf("%d files for two desktops: %v, %v", len(left), left, err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if !first.newest() {
		t.Error("without the file nobody clears")
	}
}

func TestWithoutAFolderEveryHelperHasTheTurn(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", file, filepath.Join(file, "below")} {
		first, second := takeTurn(folder, ":0"), takeTurn(folder, ":0")
		if !first.newest() || !second.newest() {
			t.Errorf("in %q nobody has the turn", folder)
		}
	}
}

// TestSameTextCopiedTwiceStaysItsWholeTime: two programs, one key.
func TestSameTextCopiedTwiceStaysItsWholeTime(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := server{desktop: &fakeDesktop{}, take: func() turn { return takeTurn(folder, ":0") }}
		tool := s.desktop.(*fakeDesktop)
		first := serveFor(t, s, job{Route: RouteNative, Life: 45 * time.Second})
		time.Sleep(30 * time.Second)
		second := serveFor(t, s, job{Route: RouteNative, Life: 45 * time.Second})
		if got := first.ending(); got != EndingChanged || tool.holds() != fakeText {
			t.Errorf("the first ended %v with %q left", got, tool.holds())
		}
		if got := second.ending(); got != EndingCleared || tool.holds() != "" {
			t.Errorf("the second ended %v with %q left", got, tool.holds())
		}
	})
}
