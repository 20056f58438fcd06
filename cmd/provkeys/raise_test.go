package main

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"provkeys/tui/clipboard"
)

// raisedCopy is the answer of copy --raise -o json.
type raisedCopy struct {
	Copied string
	Raised *struct{ Before, After int64 }
}

// limit returns the max uses of the used-up key that the tenant holds.
func (f *fixture) limit() int64 {
	f.t.Helper()
	kind, id, _ := f.mock.FindKey(usedUpKey)
	fields, _ := f.mock.Key(kind, id)
	word, _ := fields["maxUsage"].(string)
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		f.t.Fatalf("the tenant holds %v for its max uses", fields["maxUsage"])
	}
	return n
}

// sent counts the requests of a method.
func (f *fixture) sent(method string) int {
	n := 0
	for _, r := range f.mock.Requests() {
		if r.Method == method {
			n++
		}
	}
	return n
}

func TestCopyRaisesAUsedUpKeyFirst(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	before := f.limit()

	f.mustRun(exitDone, "copy", usedUpKey, "--raise", "+2", "-o", "json")

	got := decode[raisedCopy](t, f.out.Bytes())
	if got.Copied != usedUpKey || got.Raised == nil || got.Raised.Before != before || got.Raised.After != before+2 {
		t.Errorf("the answer is %s", f.out.String())
	}
	if f.limit() != before+2 || f.board.held != f.text(usedUpKey) {
		t.Errorf("the tenant holds %d, want %d, or another text was copied", f.limit(), before+2)
	}
	var actions []string
	for _, deed := range f.journalled() {
		actions = append(actions, deed.Action)
	}
	if words := strings.Join(actions, " "); words != "raised copied" {
		t.Errorf("the journal has %q", words)
	}

	f.mustRun(exitDone, "copy", usedUpKey, "--raise", "5")
	if f.limit() != before+2 || f.sent(http.MethodPut) != 1 {
		t.Error("a key with uses left was raised")
	}
}

func TestCopyRaisesNothingInVain(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(f *fixture)
		args   string
		code   exitCode
		want   string
	}{
		"read-only":    {args: "--read-only", code: exitRefused, want: "this is read-only"},
		"managed":      {change: func(f *fixture) { f.set(usedUpKey, "readOnly", true) }, code: exitRefused, want: "managed by Zscaler"},
		"disabled too": {change: func(f *fixture) { f.set(usedUpKey, "enabled", false) }, code: exitRefused, want: "is not raised by 1: it is disabled and used up"},
		"hidden too":   {change: func(f *fixture) { f.set(usedUpKey, "exportable", false) }, code: exitUsedUp, want: "is not raised by 1: it is used up and hidden"},
		"too little": {
			change: func(f *fixture) { f.set(usedUpKey, "usageCount", strconv.FormatInt(f.limit()+2, 10)) },
			code:   exitUsedUp, want: "--raise 3",
		},
		"another form": {args: "--as user-data", code: exitUsage, want: "no such form"},
		"certificates unknown": {
			change: func(f *fixture) { f.intercept(failing("enrollmentCert", 500, "{}")) },
			args:   "--timeout 1ms", code: exitUnavailable, want: "",
		},
		"masked": {
			change: func(f *fixture) { f.vars["PROVKEYS_MASK"], f.terminals[stdout] = "always", true },
			args:   "--print", code: exitRefused, want: "never shown on a screen",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.board = &board{outcome: verified()}
			if c.change != nil {
				c.change(f)
			}
			before := f.limit()
			f.mustRun(c.code, append([]string{"copy", usedUpKey, "--raise", "1"}, strings.Fields(c.args)...)...)
			if !strings.Contains(f.err.String(), c.want) {
				t.Errorf("stderr is %q, want %q", f.err.String(), c.want)
			}
			if f.limit() != before || f.sent(http.MethodPut) > 0 || f.board.held != "" || f.out.Len() > 0 {
				t.Error("something was raised, copied or written")
			}
		})
	}
}

func TestCopyRaisesNothingWhereCopyingIsImpossible(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args string
		vars map[string]string
		dumb bool // there is no terminal
		want string
	}{
		"no terminal":       {dumb: true, want: "there is no terminal here"},
		"a deaf terminal":   {vars: map[string]string{"TERM": "dumb"}, want: "TERM=dumb"},
		"off":               {args: "--clipboard off", want: "copying is switched off"},
		"not inside tmux":   {args: "--clipboard tmux", want: "this is not inside tmux"},
		"no command":        {args: "--clipboard command", want: "PROVKEYS_CLIPBOARD_COMMAND is not set"},
		"never verified":    {args: "--require-verified", want: "cannot be read back"},
		"a command, unread": {args: "--require-verified --clipboard command", vars: map[string]string{"PROVKEYS_CLIPBOARD_COMMAND": "cat"}, want: "cannot be read back"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			maps.Copy(f.vars, c.vars)
			f.tty.missing = c.dumb
			line := append([]string{"copy", usedUpKey, "--raise", "1"}, strings.Fields(c.args)...)
			f.mustRun(exitClipboard, line...)
			if !strings.Contains(f.err.String(), c.want) || !strings.Contains(f.err.String(), "hint: ") {
				t.Errorf("stderr is %q, want %q", f.err.String(), c.want)
			}
			if len(f.mock.Requests()) > 0 {
				t.Errorf("%d requests were sent", len(f.mock.Requests()))
			}
			if strings.Contains(c.args, "--require-verified") {
				return // which --print has no use for
			}
			f.mustRun(exitDone, append(line, "--print")...)
			if f.out.String() != f.text(usedUpKey) {
				t.Error("--print needed a clipboard")
			}
		})
	}
}

func TestCopyRaisesWhereTheCopyMayBeVerified(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"native", "auto"} {
		f := newFixture(t)
		f.vars["DISPLAY"], f.vars["TMUX"] = ":0", "/tmp/tmux-0/default,1,0"
		f.board = &board{outcome: verified()}
		f.mustRun(exitDone, "copy", usedUpKey, "--raise", "1", "--require-verified", "--clipboard", mode)
	}
}

func TestAUsedUpKeyIsOfferedToRaise(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitUsedUp, "copy", usedUpKey)
	if want := "hint: raise it with: provkeys set-max " + usedUpKey + " +1; or copy it with --raise 1\n"; !strings.Contains(f.err.String(), want) {
		t.Errorf("stderr is %q, want %q", f.err.String(), want)
	}
	f.mustRun(exitUsedUp, "snippet", usedUpKey, "--for", "text")
	if strings.Contains(f.err.String(), "--raise") {
		t.Errorf("snippet has no --raise: %q", f.err.String())
	}
}

func TestARaiseIsToldWhereTheCopyFailsAfterIt(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{err: clipboard.ErrClipboard}
	before := f.limit()

	f.mustRun(exitClipboard, "copy", usedUpKey, "--raise", "1")

	want := `"` + usedUpKey + `" was raised from ` + strconv.FormatInt(before, 10) + " to " + strconv.FormatInt(before+1, 10) + "; "
	if !strings.Contains(f.err.String(), want) {
		t.Errorf("stderr is %q, want %q in it", f.err.String(), want)
	}
}
