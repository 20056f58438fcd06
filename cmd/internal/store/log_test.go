package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T, dir string, size int64) *Log {
	t.Helper()
	l, err := OpenLog(dir, LogOptions{Size: size})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func write(t *testing.T, l *Log, line string) {
	t.Helper()
	if _, err := l.Write([]byte(line)); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func perm(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

func needModes(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("modes and links are of Unix")
	}
}

func TestLogIsPrivateEvenWhereItWasNot(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := filepath.Join(t.TempDir(), "state", "provkeys")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "log"), []byte("old\n"), 0o644); err != nil {
		t.Fatal(err)
	}

	l := open(t, dir, 0)
	write(t, l, "new\n")

	if got := perm(t, dir); got != 0o700 {
		t.Errorf("folder is %o, want 700", got)
	}
	if got := perm(t, l.Path()); got != 0o600 {
		t.Errorf("log is %o, want 600", got)
	}
	if got := content(t, l.Path()); got != "old\nnew\n" {
		t.Errorf("log holds %q, want the new line behind the old", got)
	}
}

func TestNewLogIsPrivate(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := filepath.Join(t.TempDir(), "a", "b")

	l := open(t, dir, 0)

	if perm(t, dir) != 0o700 || perm(t, filepath.Dir(dir)) != 0o700 || perm(t, l.Path()) != 0o600 {
		t.Errorf("modes are %o, %o, %o", perm(t, filepath.Dir(dir)), perm(t, dir), perm(t, l.Path()))
	}
}

func TestLinksAndOddFilesAreRefused(t *testing.T) {
	t.Parallel()
	needModes(t)
	for name, lay := range map[string]func(path, elsewhere string) error{
		"link":          func(path, to string) error { return errors.Join(os.WriteFile(to, nil, 0o600), os.Symlink(to, path)) },
		"dangling link": func(path, to string) error { return os.Symlink(to, path) },
		"folder":        func(path, _ string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "victim")
			if err := lay(filepath.Join(dir, "log"), elsewhere); err != nil {
				t.Fatal(err)
			}

			_, err := OpenLog(dir, LogOptions{})

			if err == nil || !strings.Contains(err.Error(), "not a plain file") {
				t.Errorf("error is %v, want a refusal", err)
			}
			if info, err := os.Stat(elsewhere); name == "dangling link" && err == nil {
				t.Errorf("the link's target was made: %v", info.Name())
			}
		})
	}
}

func TestFullLogBecomesTheOnlyOldOne(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), 10)

	for _, line := range []string{"first\n", "second\n", "third\n"} {
		write(t, l, line)
	}

	if now, old := content(t, l.Path()), content(t, l.Path()+".1"); now != "third\n" || old != "second\n" {
		t.Errorf("log holds %q and the old one %q", now, old)
	}
}

func TestLineLargerThanTheLogIsStillWritten(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), 4)

	write(t, l, "longer than that\n")

	if got := content(t, l.Path()); got != "longer than that\n" {
		t.Errorf("log holds %q", got)
	}
}

func TestSecondProcessDoesNotThrowTheOldLogAway(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := open(t, dir, 10), open(t, dir, 10)
	write(t, one, "before\n")
	write(t, two, "rotates\n") // "before" is the old one now
	write(t, one, "follows\n") // one still has the old file open

	if old := content(t, one.Path()+".1"); old != "before\n" {
		t.Errorf("the old log holds %q, want what was rotated last", old)
	}
	if now := content(t, one.Path()); now != "rotates\nfollows\n" {
		t.Errorf("log holds %q", now)
	}
}

func TestLinesOfManyGoroutinesDoNotMix(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), 0)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				_, _ = l.Write([]byte("one whole line\n"))
			}
		})
	}
	wait.Wait()

	if got := content(t, l.Path()); got != strings.Repeat("one whole line\n", 400) {
		t.Errorf("log has %d lines, or mixed ones", strings.Count(got, "\n"))
	}
}

func TestClosedLogSaysSo(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir(), 0)

	if err := errors.Join(l.Close(), l.Close()); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := l.Write([]byte("late\n")); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("error is %v, want fs.ErrClosed", err)
	}
}

func TestStateFolderFollowsTheStandard(t *testing.T) {
	t.Parallel()
	abs := filepath.Join(t.TempDir(), "x")
	for name, tc := range map[string]struct{ xdg, home, want string }{
		"variable":          {abs, "/home/jo", filepath.Join(abs, "provkeys")},
		"relative variable": {"x/y", abs, filepath.Join(abs, ".local", "state", "provkeys")},
		"home":              {"", abs, filepath.Join(abs, ".local", "state", "provkeys")},
		"neither":           {"", "", ""},
	} {
		got, err := Dir(func(string) (string, bool) { return tc.xdg, tc.xdg != "" }, tc.home)
		if got != tc.want || (err == nil) != (tc.want != "") {
			t.Errorf("%s: Dir = %q, %v, want %q", name, got, err, tc.want)
		}
	}
}
