package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// watchLine is a line of "watch -o json".
type watchLine struct {
	Time       time.Time
	Event      string
	Kind       *string
	Name       *string
	ID         *string
	Group      *string
	Uses       *int64
	UsesBefore *int64 `json:"uses_before"`
	MaxUses    *int64 `json:"max_uses"`
	MaxBefore  *int64 `json:"max_uses_before"`
	Left       *int64
	State      *string
	Connectors []string
	Changes    []struct{ Field, Before, After string }
	Message    *string
}

// said is what happened to what.
func (l watchLine) said() string {
	switch {
	case l.Name != nil:
		return l.Event + " " + *l.Name
	case l.Kind != nil:
		return l.Event + " " + *l.Kind
	}
	return l.Event
}

// lines are those of the last run.
func (f *fixture) lines() []watchLine {
	f.t.Helper()
	var all []watchLine
	for line := range bytes.Lines(f.out.Bytes()) {
		all = append(all, decode[watchLine](f.t, line))
	}
	return all
}

// mustHappen fails the test unless the last run told exactly that, in order.
func (f *fixture) mustHappen(want ...string) {
	f.t.Helper()
	var got []string
	for _, l := range f.lines() {
		got = append(got, l.said())
	}
	if !slices.Equal(got, want) {
		f.t.Fatalf("it tells %q, want %q\nstderr: %s", got, want, f.err.String())
	}
}

// called counts the calls to a path since the fixture was made.
func (f *fixture) called(part string) int {
	n := 0
	for _, r := range f.mock.Requests() {
		if strings.Contains(r.Path, part) {
			n++
		}
	}
	return n
}

func TestWatchTellsWhatHappenedWithItsNumbers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.set(okKey, "maxUsage", "12")
		time.AfterFunc(5*time.Second, func() { f.set(okKey, "maxUsage", "15") })
		f.enrolAfter(40*time.Second, 2)
		kind, id, _ := f.mock.FindKey(usedUpKey)
		time.AfterFunc(70*time.Second, func() { f.mock.DeleteKey(kind, id) })
		start := time.Now()

		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")

		if took := time.Since(start); took < 2*time.Minute || took > 121*time.Second {
			t.Errorf("it took %v, want 2m", took)
		}
		f.mustHappen("raised "+okKey, "enrolled "+okKey, "nearly used up "+okKey, "deleted "+usedUpKey)
		lines := f.lines()
		raised, enrolled, gone := lines[0], lines[1], lines[3]
		if *raised.MaxBefore != 12 || *raised.MaxUses != 15 || len(raised.Changes) != 1 || raised.Connectors == nil {
			t.Errorf("raised is %+v", raised)
		}
		if *enrolled.UsesBefore != 10 || *enrolled.Uses != 12 || *enrolled.Left != 3 || *enrolled.State != "nearly used up" ||
			!slices.Equal(enrolled.Connectors, []string{okKey + "-12", okKey + "-11"}) || enrolled.Message != nil {
			t.Errorf("enrolled is %+v", enrolled)
		}
		if *gone.ID != id || *gone.Kind != "app-connector" || gone.Time.Location() != time.UTC {
			t.Errorf("deleted is %+v", gone)
		}
		if f.err.Len() > 0 {
			t.Errorf("stderr is %q", f.err.String())
		}
	})
}

func TestWatchOfNamesEndsWithTheLastOfThem(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		for i, name := range []string{okKey, usedUpKey} {
			kind, id, _ := f.mock.FindKey(name)
			time.AfterFunc(time.Duration(1+40*i)*time.Second, func() { f.mock.DeleteKey(kind, id) })
		}

		f.mustRun(exitNotFound, "watch", okKey, usedUpKey, "-o", "json", "--for", "1h")

		f.mustHappen("deleted "+okKey, "deleted "+usedUpKey)
		if got := f.err.String(); !strings.Contains(got, "nothing is left to watch") {
			t.Errorf("stderr is %q", got)
		}
	})
}

func TestWatchOfANewKeyTellsWhatItIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		other := newFixture(t)
		other.mock, other.transport = f.mock, f.transport
		time.AfterFunc(5*time.Second, func() {
			if code := other.run("create", "new-1", "--like", okKey, "--max-uses", "9"); code != 0 {
				t.Errorf("create ends with %d: %s", code, other.err.String())
			}
		})

		f.mustRun(exitDone, "watch", "--for", "30s", "-o", "json")

		f.mustHappen("created new-1")
		l := f.lines()[0]
		if l.UsesBefore != nil || l.MaxBefore != nil || *l.Uses != 0 || *l.MaxUses != 9 || *l.Group == "" {
			t.Errorf("it says %s", f.out.String())
		}
	})
}

func TestWatchedNumbersThatLeaveTheFilterAreNoDeletion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t) // 10 of 60
		f.set(okKey, "name", "watched-1")
		time.AfterFunc(5*time.Second, func() { f.set("watched-1", "usageCount", "50") })  // begins to fit
		time.AfterFunc(35*time.Second, func() { f.set("watched-1", "maxUsage", "600") })  // ceases to
		time.AfterFunc(65*time.Second, func() { f.set("watched-1", "usageCount", "51") }) // fits neither before nor after

		f.mustRun(exitDone, "watch", "--filter", "watched used>=80%", "--for", "2m", "-o", "json")

		f.mustHappen("enrolled watched-1", "nearly used up watched-1", "raised watched-1")
	})
}

func TestInterruptEndsAWatchWithoutAWord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, after := range []time.Duration{45 * time.Second, 30*time.Second + time.Millisecond} {
			f := newFixture(t)
			hang := func(r *http.Request) (*http.Response, error) { // a reading is under way in the second case
				if after < 31*time.Second && strings.HasSuffix(r.URL.Path, "/provisioningKey") && f.called("/provisioningKey") >= 4 {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return f.mock.Transport().RoundTrip(r)
			}
			f.transport = roundTripper(hang)
			ctx, interrupt := context.WithCancel(t.Context())
			f.ctx = ctx
			time.AfterFunc(after, interrupt)

			f.mustRun(exitInterrupted, "watch", "-o", "json")

			if f.out.Len() > 0 || f.err.Len() > 0 {
				t.Errorf("stdout %q, stderr %q", f.out.String(), f.err.String())
			}
		}

		f := newFixture(t)
		f.terminals[stderr] = true
		ctx, interrupt := context.WithCancel(t.Context())
		f.ctx = ctx
		time.AfterFunc(time.Minute, interrupt)
		f.mustRun(exitInterrupted, "watch", okKey)
		if want := "provkeys: watching 1 key, every 30s; ctrl+c ends\n\n"; f.err.String() != want {
			t.Errorf("stderr is %q, want %q", f.err.String(), want)
		}
	})
}

// closed is a pipe whose reader has gone.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWatchEndsWithItsReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.stdout = closed{}
		f.enrolAfter(time.Second, 1)
		f.mustRun(exitError, "watch")
	})
}

func TestWatchThatCannotBeginSaysWhy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		for _, c := range []struct {
			code exitCode
			args []string
			says string
		}{
			{exitNotFound, []string{"no-such-key"}, "there is no key"},
			{exitUsage, []string{okKey, "--filter", "x"}, "not both"},
			{exitUsage, []string{""}, "NAME is empty"},
			{exitUsage, []string{"--every", "9s"}, "--every 10s or more"},
			{exitUsage, []string{"--for", "0s"}, "write it as 10m"},
			{exitUsage, []string{"--for", "-1s"}, "write it as 10m"},
			{exitUsage, []string{"-o", "yaml"}, "watch does not write yaml"},
			{exitUsage, []string{"-o", "name"}, "-o json, table or tsv"},
			{exitUsage, []string{"--with-secrets"}, "writes no key texts"},
			{exitUsage, []string{"--filter", "used>"}, "the filter cannot be read"},
		} {
			f.mustRun(c.code, append([]string{"watch"}, c.args...)...)
			if !strings.Contains(f.err.String(), c.says) {
				t.Errorf("%q: stderr is %q, want %q", c.args, f.err.String(), c.says)
			}
		}
		f.vars["PROVKEYS_OUTPUT"] = "yaml" // meant for other commands
		f.mustRun(exitDone, "watch", "--for", "1s")

		f.intercept(failing("NP_ASSISTANT_GRP", http.StatusForbidden, denial))
		f.mustRun(exitError, "watch", "--kind", "network-connector")
		f.intercept(func(*http.Request) *http.Response { return response(http.StatusServiceUnavailable, "{}") })
		f.mustRun(exitUnavailable, "watch")
	})
}

func TestWatchNeverWritesAKeyText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		opaque := strings.Split(f.text(okKey), "|")[2]
		f.enrolAfter(time.Second, 1)
		time.AfterFunc(2*time.Second, func() { f.set(okKey, "exportable", false) })
		for _, format := range []string{"json", "tsv", "table"} {
			f.mustRun(exitDone, "watch", "--for", "10s", "-o", format)
			if strings.Contains(f.out.String()+f.err.String(), opaque[:12]) {
				t.Errorf("-o %s writes the key text", format)
			}
		}
	})
}

func TestExamplesOfWatchEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		for _, name := range []string{"eu-west-1-asg", "eu-west-1-blue"} {
			if _, _, there := f.mock.FindKey(name); !there {
				f.set(f.mock.KeyNames()[len(name)], "name", name)
			}
		}
		f.mustRun(exitDone, "watch", "--help")
		_, examples, _ := strings.Cut(f.out.String(), "Examples:\n")
		examples, _, _ = strings.Cut(examples, "\n\n")
		lines := strings.Split(examples, "\n")
		if len(lines) < 4 {
			t.Fatalf("the examples are %q", examples)
		}
		for _, line := range lines {
			args := words(t, remark.ReplaceAllString(strings.TrimSpace(line), ""))
			code := exitDone
			ctx, interrupt := context.WithCancel(t.Context())
			if !slices.Contains(args, "--for") { // its remark says how it ends
				code = exitInterrupted
				time.AfterFunc(time.Minute, interrupt)
			}
			f.ctx = ctx
			f.mustRun(code, args[1:]...)
			interrupt()
		}
	})
}
