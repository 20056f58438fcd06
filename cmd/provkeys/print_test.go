package main

import (
	"net/http"
	"strings"
	"testing"

	"provkeys/mockserver"
)

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
