package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/journal"
)

// denied is how the API says that a role may not see a kind.
const denied = `{"id":"authz.denied","reason":"no"}`

func TestLiveKeyOfAKindThatIsRefusedIsNotCalledGone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	text := f.text(okKey)
	f.mustRun(exitDone, "copy", okKey)
	f.intercept(failing(appKind, http.StatusForbidden, denied))
	for command, in := range map[string]string{
		"inspect": text,
		"explain": "Login request failed - http status(401) nonce(<" + text[:22] + "...>)\n",
	} {
		f.in = in

		f.mustRun(exitDone, command)

		said := f.out.String()
		if !strings.Contains(said, okKey) || strings.Contains(said, "any more") || !strings.Contains(said, "app connector keys may not be read") {
			t.Errorf("%s says %s", command, said)
		}
		if !strings.Contains(f.err.String(), "not every kind may be read: app-connector: ") {
			t.Errorf("%s warns: %q", command, f.err.String())
		}
	}
}

func TestTenantIsCompleteUnlessAKindFailsOrAllAreRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		kinds  []string
		status int
		want   bool
	}{
		"all answer":   {nil, 0, true},
		"one refused":  {[]string{"NP_ASSISTANT_GRP"}, http.StatusForbidden, true},
		"all refused":  {[]string{"provisioningKey"}, http.StatusForbidden, false},
		"one fails":    {[]string{"NP_ASSISTANT_GRP"}, http.StatusBadRequest, false},
		"the key's is": {[]string{"SERVICE_EDGE_GRP"}, http.StatusForbidden, true},
	} {
		f := newFixture(t)
		f.in = f.text(okKey)
		f.intercept(func(r *http.Request) *http.Response {
			for _, kind := range tt.kinds {
				if strings.Contains(r.URL.Path, kind) && strings.Contains(r.URL.Path, "provisioningKey") {
					return response(tt.status, denied)
				}
			}
			return nil
		})

		f.mustRun(exitDone, "inspect", "-o", "json")

		got := decode[struct {
			Complete bool `json:"tenant_complete"`
			Warnings []string
		}](t, f.out.Bytes())
		if got.Complete != tt.want || (len(got.Warnings) == 0) != (tt.kinds == nil) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestInterruptWhileTheTenantIsAskedEndsTheCommand(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"inspect"}, {"inspect", "--repair"}, {"explain"}} {
		f := newFixture(t)
		f.terminals[stdout] = true
		f.in = " " + f.text(okKey)
		ctx, interrupt := context.WithCancel(t.Context())
		f.ctx = ctx
		f.intercept(func(r *http.Request) *http.Response {
			if strings.Contains(r.URL.Path, "provisioningKey") {
				interrupt()
			}
			return nil
		})

		f.mustRun(exitInterrupted, args...)

		if f.out.Len() > 0 {
			t.Errorf("%v wrote %d bytes after the interrupt", args, f.out.Len())
		}
	}
}

func TestMaskedScreenRefusesARepairBeforeAnythingIsRead(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["PROVKEYS_MASK"] = "always"
	f.terminals[stdout] = true
	f.terminals[stdin] = true

	f.mustRun(exitRefused, "inspect", "--repair")

	if got := len(f.mock.Requests()); got > 0 || strings.Contains(f.err.String(), "paste") {
		t.Errorf("after %d requests: %q", got, f.err.String())
	}
}

func TestRepairOfAKeyOfTheTenantIsJournalledAndRemembered(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		flags []string
		deeds int
	}{{nil, 1}, {[]string{"--offline"}, 0}} {
		f := newFixture(t)
		text := f.text(okKey)
		f.in = " " + text

		f.mustRun(exitDone, append([]string{"inspect", "--repair"}, tt.flags...)...)

		deeds := f.journalled()
		if f.out.String() != text || len(deeds) != tt.deeds || f.remembers(text) != (tt.deeds > 0) {
			t.Errorf("%v: journal %+v, remembered: %v", tt.flags, deeds, f.remembers(text))
		}
		if tt.deeds > 0 && (deeds[0].Action != "revealed" || deeds[0].Name != okKey) {
			t.Errorf("the journal says %+v", deeds[0])
		}
	}
}

func TestListThatIsInterruptedWhileItRemembersShowsNoText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ended, end := context.WithCancel(t.Context())
	end()
	a := &app{out: &f.out, err: &f.err, isTerminal: func(stream) bool { return false }, now: time.Now}
	a.env.Home, a.env.Lookup, a.who = f.home, f.lookup, func() journal.Who { return journal.Who{} }
	first, second := sampleKey(), sampleKey()
	second.ID = "2"
	second.Text = client.NewSecret(f.text(okKey))
	v := a.view(client.Threshold{})
	v.secrets = true

	err := a.writeKeys(ended, []client.Key{first, second}, v)

	if !errors.Is(err, context.Canceled) || f.out.Len() > 0 {
		t.Errorf("%v, %d bytes written", err, f.out.Len())
	}
}
