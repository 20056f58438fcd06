package doctor

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"provkeys/tui/clipboard"
)

// The words are those of xclip 0.13, xsel 1.2 and wl-clipboard 2.2.
func TestDisplayThatDoesNotAnswerIsToldFromAnEmptyClipboard(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tools are scripts here")
	}
	bin := t.TempDir()
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, c := range []struct {
		tool, runs, script string
		silent             bool
	}{
		{"xclip", "xclip", "echo Error: Can\\'t open display: :99 >&2; exit 1", true},
		{"xclip", "xclip", "echo Error: target TARGETS not available >&2; exit 1", false},
		{"xclip", "xclip", "echo TARGETS", false},
		{"xsel", "xsel", "echo \"xsel: Can't open display: (null)\" >&2; exit 1", true},
		{"xsel", "xsel", "echo a-text-canary", false},
		{"wl-copy", "wl-paste", "echo Failed to connect to a Wayland server >&2; exit 1", true},
		{"wl-copy", "wl-paste", "echo Nothing is copied >&2; exit 1", false},
		{"pbcopy", "pbcopy", "exit 1", false},
	} {
		if err := os.WriteFile(filepath.Join(bin, c.runs), []byte("#!/bin/sh\n"+c.script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		variables := vars(map[string]string{"DISPLAY": ":99", "WAYLAND_DISPLAY": "w", "PATH": os.Getenv("PATH")})
		if got := AskDisplay(t.Context(), c.tool, variables); got.Silent != c.silent {
			t.Errorf("%s (%s) gives %+v", c.tool, c.script, got)
		}
	}
}

func TestDisplayThatDoesNotAnswerIsNoRoute(t *testing.T) {
	t.Parallel()
	silent := Display{Variable: "DISPLAY", Name: ":99", Silent: true}
	s := clipboard.Session{GOOS: "linux", Lookup: vars(map[string]string{"TERM": "xterm", "DISPLAY": ":99"})}
	judged := func(mode clipboard.Mode) []Finding {
		return CheckClipboard(Clipboard{Mode: mode, Plan: clipboard.Choose(mode, s, clipboard.Terminal{}), Tool: "xclip", Terminal: true, Display: silent})
	}
	const mend = "unset DISPLAY, or use --clipboard osc52"
	mustFind(t, judged(clipboard.Native), "route", Fail, "the display :99 does not answer", mend)
	mustFind(t, judged(clipboard.Auto), "route", Note, "osc52", "")
	mustFind(t, judged(clipboard.Auto), "desktop tool", Warn, "xclip: the display :99 does not answer", mend)
}
