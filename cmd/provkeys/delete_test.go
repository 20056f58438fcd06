package main

import (
	"net/http"
	"strings"
	"testing"
)

// exists reports whether the tenant has a key of this name.
func (f *fixture) exists(name string) bool {
	_, _, ok := f.mock.FindKey(name)
	return ok
}

func TestDeletingSaysWhatDependsOnAKeyAndAsksForItsName(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.attended(okKey)

	f.mustRun(exitDone, "delete", okKey)

	shown := f.tty.String()
	for _, want := range []string{
		okKey + ", app connector of group AP East 1",
		"6 machines enrolled with it, and without it they are not upgraded any more: " + okKey + "-6, " + okKey + "-5, " + okKey + "-4, 3 more",
		"provkeys edit " + okKey + " --disable",
		"Type " + okKey + " to delete it: ",
	} {
		if !strings.Contains(shown, want) {
			t.Errorf("the terminal does not show %q: %s", want, shown)
		}
	}
	if f.exists(okKey) || f.out.String() != okKey+": deleted\n" {
		t.Errorf("stdout is %q", f.out.String())
	}
	if got := f.journalled(); len(got) != 1 || got[0].Action != "deleted" || got[0].Name != okKey {
		t.Errorf("the journal holds %+v", got)
	}
}

func TestAnythingButTheNameDeletesNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, answer := range []string{"", "y", "yes", "1", "app-connector/" + okKey, okKey + " "} {
		f.attended(answer)
		f.mustRun(exitRefused, "delete", okKey)
	}
	f.attended("y")
	f.mustRun(exitRefused, "delete", okKey, usedUpKey)
	f.terminals[stdin] = false
	f.mustRun(exitRefused, "delete", okKey)
	if got := f.err.String(); !strings.Contains(got, "give --yes") || !strings.Contains(got, "--disable") {
		t.Errorf("stderr is %q", got)
	}
	f.mustRun(exitRefused, "delete", "--filter", "name="+okKey)
	if f.writes() != nil {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestSeveralKeysAreDeletedByTheirNumber(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.attended("2")

	f.mustRun(exitDone, "delete", "--filter", "name:ap-east-1")

	if f.exists(okKey) || f.exists(usedUpKey) {
		t.Error("they are there still")
	}
	if shown := f.tty.String(); !strings.Contains(shown, "machines enrolled with them") || !strings.Contains(shown, "1 group will have no key: AP East 1") {
		t.Errorf("the terminal shows %s", shown)
	}
}

func TestTheLastKeyOfAGroupIsCalledThat(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "delete", "fra-np", "--yes")

	got := f.err.String()
	if !strings.Contains(got, "it is the last key of its group Frankfurt Network") || !strings.Contains(got, "what enrolled with it (40 times) is not known") {
		t.Errorf("stderr is %q", got)
	}
}

func TestAKeyThatSomebodyElseDeletedIsDone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kind, id, _ := f.mock.FindKey(okKey)
	f.intercept(func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) {
			f.mock.DeleteKey(kind, id)
		}
		return nil
	})

	f.mustRun(exitDone, "delete", okKey, "--yes")

	if f.out.String() != okKey+": was gone already\n" || f.writes() != nil || f.journalled() != nil {
		t.Errorf("stdout is %q, writes %v, journal %+v", f.out.String(), f.writes(), f.journalled())
	}
	f.mustRun(exitNotFound, "delete", okKey, "--yes")
}

func TestOneOfSeveralThatIsGoneKeepsNoneOfTheOthers(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kind, id, _ := f.mock.FindKey(okKey)
	f.intercept(func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) {
			f.mock.DeleteKey(kind, id)
		}
		return nil
	})

	f.mustRun(exitDone, "delete", okKey, usedUpKey, "--yes")

	if f.exists(usedUpKey) || !strings.Contains(f.err.String(), "1 of 2 keys were deleted, 1 gone already") {
		t.Errorf("stdout is %q, stderr %q", f.out.String(), f.err.String())
	}
}

func TestAKeyThatIsInUseElsewhereIsNotDeleted(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method == http.MethodDelete {
			return response(http.StatusBadRequest, `{"id":"resource.referenced","reason":"used by \u001b[2J"}`)
		}
		return nil
	})

	f.mustRun(exitError, "delete", okKey, "--yes")

	if got := f.err.String(); !strings.Contains(got, "hint: take it out of what uses it first") || strings.Contains(got, "\x1b") || !f.exists(okKey) {
		t.Errorf("stderr is %q", got)
	}
}

func TestAKeyThatWasChangedMeanwhileIsNotDeleted(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kind, id, _ := f.mock.FindKey(okKey)
	f.intercept(func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) {
			f.mock.SetField(kind, id, "maxUsage", "777")
		}
		return nil
	})

	f.mustRun(exitConflict, "delete", okKey, "--yes")

	if !f.exists(okKey) || !strings.Contains(f.err.String(), "max uses was 25 and is now 777") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestAManagedKeyIsNotDeleted(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "zscalerManaged", true)
	f.attended(okKey)

	f.mustRun(exitRefused, "delete", okKey)
	f.mustRun(exitRefused, "delete", okKey, "--dry-run")
	f.mustRun(exitRefused, "delete", okKey, usedUpKey, "--dry-run", "-o", "json")

	got := outcomes(decode[[]outcomeLine](t, f.out.Bytes()))
	if f.tty.Len() > 0 || f.writes() != nil || got[okKey] != "failed" || got[usedUpKey] != "would be done" {
		t.Errorf("the terminal shows %q, results are %v", f.tty.String(), got)
	}
}

func TestAHostileNameIsDeletedByItsID(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	const name = "a\x1b[2J\u202eb"
	f.set(okKey, "name", name)
	_, id, _ := f.mock.FindKey(name)

	f.attended(name)
	f.mustRun(exitRefused, "delete", id)
	if shown := f.tty.String(); strings.ContainsAny(shown, "\x1b\u202e") || !strings.Contains(shown, "Type "+id+" to delete it: ") {
		t.Errorf("the terminal shows %q", shown)
	}
	f.attended(id)
	f.mustRun(exitDone, "delete", id)
	if f.exists(name) || strings.ContainsAny(f.out.String()+f.err.String(), "\x1b\u202e") {
		t.Errorf("stdout is %q", f.out.String())
	}
}

func TestMachinesThatCannotBeListedAreSaidToBeUnknown(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if strings.HasSuffix(r.URL.Path, "/connector") {
			return response(http.StatusForbidden, refusal)
		}
		return nil
	})
	f.attended(okKey)

	f.mustRun(exitDone, "delete", okKey)

	if shown := f.tty.String(); !strings.Contains(shown, "is not known: the API answered 403") {
		t.Errorf("the terminal shows %q", shown)
	}
}
