package main

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"provkeys/mockserver"
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

func TestPrintWritesTheTextAfterTheSameChecks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}

	f.mustRun(exitDone, "copy", okKey, "--print")
	if f.out.String() != f.text(okKey) {
		t.Error("the pipe did not get exactly the text")
	}
	f.mustRun(exitUsedUp, "copy", usedUpKey, "--print")
	if f.out.Len() > 0 || !strings.Contains(f.err.String(), "is not written: it is used up") {
		t.Errorf("%d bytes were written, stderr is %q", f.out.Len(), f.err.String())
	}
	f.mustRun(exitDone, "copy", usedUpKey, "--print", "--raise", "1")
	if f.out.String() != f.text(usedUpKey) || !strings.Contains(f.err.String(), "was raised from") {
		t.Errorf("the pipe did not get exactly the text, or stderr is %q", f.err.String())
	}
	f.terminals[stdout] = true
	f.mustRun(exitDone, "copy", okKey, "--print")
	if f.out.String() != f.text(okKey)+"\n" {
		t.Error("a person did not get a line")
	}
	if f.board.held != "" {
		t.Error("something was copied")
	}
	revealed := 0
	for _, deed := range f.journalled() {
		if deed.Action == "revealed" {
			revealed++
		}
	}
	if revealed != 3 {
		t.Errorf("%d of 3 texts that were written are in the journal", revealed)
	}
}

func TestCopyRefusesWhatDoesNotGoTogether(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for args, want := range map[string]string{
		"--raise 0":                               "--raise takes how many uses are added",
		"--raise=-1":                              "--raise takes how many uses are added",
		"--raise many":                            "--raise takes how many uses are added",
		"--raise 9999999999":                      "--raise takes how many uses are added",
		"--print --wait 1m":                       "--print copies nothing",
		"--print --require-verified":              "--print copies nothing",
		"--print -o json":                         "--print and --output exclude each other",
		"--kind gateway":                          "there is no kind",
		"service-edge/" + okKey + " --kind other": "there is no kind",
	} {
		line := strings.Fields(args)
		if strings.HasPrefix(line[0], "-") {
			line = append([]string{okKey}, line...)
		}
		f.mustRun(exitUsage, append([]string{"copy"}, line...)...)
		if !strings.Contains(f.err.String(), want) {
			t.Errorf("%s: stderr is %q, want %q", args, f.err.String(), want)
		}
	}
	f.mustRun(exitUsage, "copy", "service-edge/"+okKey, "--kind", "app-connector")
	if !strings.Contains(f.err.String(), "name two kinds") || len(f.mock.Requests()) > 0 {
		t.Errorf("stderr is %q after %d requests", f.err.String(), len(f.mock.Requests()))
	}
}

// TestCopyAsksNoMoreThanItNeeds counts: the sign-in, the certificates, and a page of
// keys for each kind that may have the key, all at once after the sign-in. A list that
// waited for another one would wait for ever here.
func TestCopyAsksNoMoreThanItNeeds(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]int{
		okKey:                           6,
		okKey + " --kind app-connector": 3,
		"app-connector/" + okKey:        3,
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			var err error
			if f.mock, err = mockserver.New(mockserver.Options{Seed: 1, Keys: 500}); err != nil {
				t.Fatal(err)
			}
			f.board = &board{outcome: verified()}
			together := newMeeting(want - 1)
			f.intercept(func(r *http.Request) *http.Response {
				if r.Method == http.MethodGet {
					together.attend()
				}
				return nil
			})
			f.mustRun(exitDone, append([]string{"copy"}, strings.Fields(args)...)...)
			if got := len(f.mock.Requests()); got != want || f.sent(http.MethodPost) != 1 {
				t.Errorf("%d requests, want %d, one of them the sign-in", got, want)
			}
		})
	}
}

// meeting lets nobody go on before all have come.
type meeting struct {
	arrived chan struct{}
	all     chan struct{}
}

func newMeeting(of int) meeting {
	m := meeting{make(chan struct{}), make(chan struct{})}
	go func() {
		for range of {
			<-m.arrived
		}
		close(m.all)
	}()
	return m
}

func (m meeting) attend() {
	select {
	case m.arrived <- struct{}{}:
	case <-m.all:
	}
	<-m.all
}
