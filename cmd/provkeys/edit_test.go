package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
)

func TestEditChangesWhatIsGivenAndLeavesTheRest(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey)
	f.set(okKey, "uiConfig", "kept")

	f.mustRun(exitDone, "edit", okKey, "--name", "asg-new", "--max-uses", "+5", "--certificate", "Connector 2027",
		"--disable", "--expires", "2099-01-31T12:00:00Z", "--allow", "192.0.2.0/24,198.51.100.7")

	want := okKey // the line names the key as it is now
	want = "asg-new: name " + want + " → asg-new, max uses 10 → 15 (15 left), enabled yes → no, " +
		"signing certificate Connector (6573) → Connector 2027 (7012), expiry never → 2099-01-31T12:00:00Z, " +
		"allowed addresses none → 192.0.2.0/24, 198.51.100.7\n"
	if f.out.String() != want {
		t.Errorf("stdout is\n%swant\n%s", f.out.String(), want)
	}
	for field, want := range map[string]any{
		"maxUsage": "15", "enrollmentCertId": "7012", "enabled": false, "expirationInEpochSec": "4073544000",
		"exportable": true, "uiConfig": "kept",
	} {
		if got := f.field("asg-new", field); got != want {
			t.Errorf("the tenant holds %s = %v, want %v", field, got, want)
		}
	}
	got := f.journalled()
	if len(got) != 2 || got[0].Action != "raised" || got[1].Action != "edited" ||
		!slices.Equal(got[1].Fields, []string{"name", "enabled", "signing certificate", "expiry", "allowed addresses"}) {
		t.Errorf("the journal holds %+v", got)
	}

	f.mustRun(exitDone, "edit", "asg-new", "--enable", "--expires", "never", "--allow", "")
	if f.field("asg-new", "expirationInEpochSec") != nil || f.field("asg-new", "ipAcl") != nil || f.field("asg-new", "enabled") != true {
		t.Errorf("stdout is %q", f.out.String())
	}
	f.mustRun(exitDone, "edit", "asg-new", "--enable", "-o", "json")
	if l := decode[outcomeLine](t, f.out.Bytes()); l.Result != "done" || len(l.Changes) != 0 || len(f.writes()) != 2 {
		t.Errorf("a key that is as asked already: %+v, %v", l, f.writes())
	}
}

func TestEditRefusesWhatCannotBeBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, c := range []struct {
		code exitCode
		says string
		args []string
	}{
		{exitUsage, "nothing to change", nil},
		{exitUsage, "provkeys create --like NAME --group", []string{"--group", "Tokyo"}},
		{exitUsage, "exclude each other", []string{"--enable", "--disable"}},
		{exitUsage, "--expires is empty", []string{"--expires", ""}},
		{exitUsage, "expiry is in the past", []string{"--expires", "2001-01-01"}},
		{exitUsage, "expiry cannot be", []string{"--expires", "soon"}},
		{exitUsage, `cannot hold '|'`, []string{"--name", "a|b"}},
		{exitUsage, "is taken", []string{"--name", usedUpKey}},
		{exitUsage, "cannot hold", []string{"--allow", "10.0.0"}},
		{exitUsage, "it has ended", []string{"--certificate", "Old Data Center"}},
		{exitUsage, "does not allow signing", []string{"--certificate", "6571"}},
		{exitUsage, "no signing certificate", []string{"--certificate", "Nobody's"}},
		{exitUsage, "must be from 1", []string{"--max-uses", "0"}},
		{exitUsage, "one name", []string{usedUpKey, "--name", "x", "--yes"}},
		{exitRefused, "hidden for good", []string{"--hide"}},
	} {
		f.mustRun(c.code, append([]string{"edit", okKey}, c.args...)...)
		if !strings.Contains(f.err.String(), c.says) || !strings.Contains(f.err.String(), "hint: ") {
			t.Errorf("%v: stderr is %q, want %q", c.args, f.err.String(), c.says)
		}
	}
	if f.writes() != nil {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestANameThatAnotherKindHasIsANote(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "edit", okKey, "--name", "gru-edge")

	if !strings.Contains(f.err.String(), "is the name of a service edge key too") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestHidingAsks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.attended("n")
	f.mustRun(exitRefused, "edit", okKey, "--hide")
	f.attended("y")
	f.mustRun(exitDone, "edit", okKey, "--hide")
	if f.field(okKey, "exportable") != false || !strings.Contains(f.tty.String(), "never shown again") || len(f.writes()) != 1 {
		t.Errorf("the terminal shows %q", f.tty.String())
	}
	f.attended()
	f.mustRun(exitDone, "edit", okKey, "--hide") // is hidden already
	f.mustRun(exitDone, "edit", usedUpKey, "--hide", "--yes")
	if f.field(usedUpKey, "exportable") != false {
		t.Error("--yes hides nothing")
	}
	f.attended("n")
	f.mustRun(exitRefused, "edit", "gru-lab", "gru-dc1", "--hide")
	if !strings.Contains(f.tty.String(), "2 keys: exportable no\n") || !strings.Contains(f.tty.String(), "never shown again") {
		t.Errorf("the terminal shows %q", f.tty.String())
	}
}

func TestEditShowsAConflictFieldByField(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--disable"}, {"--max-uses", "900"}, {"--max-uses", "+1", "--disable"}} {
		f := newFixture(t)
		kind, id, _ := f.mock.FindKey(okKey)
		f.intercept(func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) {
				f.mock.SetField(kind, id, "name", "renamed")
			}
			return nil
		})

		f.mustRun(exitConflict, append([]string{"edit", okKey}, args...)...)

		if f.writes() != nil || !strings.Contains(f.err.String(), "name was "+okKey+" and is now renamed") {
			t.Errorf("%v: stderr is %q", args, f.err.String())
		}
	}
}

func TestARaiseAmongOtherFieldsCountsFromWhatTheServerHolds(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kind, id, _ := f.mock.FindKey(okKey)
	f.intercept(func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) && r.Method == http.MethodGet && f.writes() == nil {
			f.mock.SetField(kind, id, "maxUsage", "777")
		}
		return nil
	})

	f.mustRun(exitDone, "edit", okKey, "--max-uses", "+1", "--disable")

	if !strings.Contains(f.out.String(), "max uses 777 → 778") {
		t.Errorf("stdout is %q", f.out.String())
	}
}

func TestAManagedKeyIsNotEdited(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "readOnly", true)
	for _, args := range [][]string{{"--disable"}, {"--hide", "--yes"}, {"--disable", "--dry-run"}, {"--max-uses", "+1", "--disable"}} {
		f.mustRun(exitRefused, append([]string{"edit", okKey}, args...)...)
	}
	if f.writes() != nil {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestADryRunOfAnEditNamesTheCertificate(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "edit", okKey, "--certificate", "7012", "--dry-run")

	if !strings.Contains(f.out.String(), "Connector (6573) → Connector 2027 (7012)\n  PUT ") || f.writes() != nil {
		t.Errorf("stdout is %q", f.out.String())
	}
	f.mustRun(exitDone, "edit", okKey, "--max-uses", "+1", "--disable", "--dry-run")
	if !strings.Contains(f.out.String(), `"enabled": false`) || f.writes() != nil {
		t.Errorf("stdout is %q", f.out.String())
	}
}

func TestWhatTheServerRefusesNamesTheFlag(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method == http.MethodPut {
			return response(http.StatusBadRequest, `{"id":"invalid.resource.argument","reason":"no such network","params":["ipAcl"]}`)
		}
		return nil
	})

	f.mustRun(exitError, "edit", okKey, "--allow", "192.0.2.1")

	if got := f.err.String(); !strings.Contains(got, "no such network") || !strings.Contains(got, "hint: correct --allow") {
		t.Errorf("stderr is %q", got)
	}
	if got := fieldFlag(client.FieldGroup); got != "--group" {
		t.Errorf("the flag of a group is %q", got)
	}
}
