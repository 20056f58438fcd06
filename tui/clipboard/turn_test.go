package clipboard

import (
	"os"
	"path/filepath"
	"runtime"
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

// TestWhatNoHelperPutThereIsNoTurn: it is not even opened, since some of it
// would never end.
func TestWhatNoHelperPutThereIsNoTurn(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	mine := takeTurn(folder, ":0")
	for name, put := range map[string]func() error{
		"a folder":      func() error { return os.Mkdir(mine.path, 0o700) },
		"a link":        func() error { return os.Symlink("/dev/zero", mine.path) },
		"a longer file": func() error { return os.WriteFile(mine.path, make([]byte, 1<<20), 0o600) },
	} {
		_ = os.RemoveAll(mine.path)
		if err := put(); err != nil {
			t.Logf("%s cannot be made here: %v", name, err)
			continue
		}
		if !mine.newest() {
			t.Errorf("%s counts as somebody's turn", name)
		}
	}
}

func TestFolderThatOthersWriteInIsNotTrusted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		return // modes mean nothing there
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	if got := takeTurn(folder, ":0"); got.path != "" {
		t.Errorf("the turn lies in %s", got.path)
	}
}
