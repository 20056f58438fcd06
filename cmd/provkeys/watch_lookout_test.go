package main

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// listWithout answers for the list of a kind as if some keys were in none of its pages.
func listWithout(kind string, cut func() bool) func(*http.Request) *http.Response {
	return func(r *http.Request) *http.Response {
		if cut() && strings.HasSuffix(r.URL.Path, kind+"/provisioningKey") {
			return response(http.StatusOK, `{"totalPages":"1","totalCount":"0","list":[]}`)
		}
		return nil
	}
}

func TestKeyThatAListLacksIsNotDeletedWhileItCanBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		begin := time.Now()
		lacking := func() bool { s := time.Since(begin); return s > 10*time.Second && s < 80*time.Second }
		f.intercept(listWithout(appKind, lacking))
		kind, id, _ := f.mock.FindKey(usedUpKey)
		time.AfterFunc(100*time.Second, func() { f.mock.DeleteKey(kind, id) })
		f.set("ap-east-1-asg", "usageCount", "10")

		f.mustRun(exitDone, "watch", "--for", "5m", "-o", "json")

		f.mustHappen("deleted " + usedUpKey)
		if got := f.called("/provisioningKey/"); got > 2*goneAsked+1 {
			t.Errorf("%d keys were looked for, want %d in each of two readings, and the one that is gone", got, goneAsked)
		}
	})
}

func TestManyThatGoAtOnceAreAllToldInTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		names := f.mock.KeyNames()[:12]
		time.AfterFunc(time.Second, func() {
			for _, name := range names {
				kind, id, _ := f.mock.FindKey(name)
				f.mock.DeleteKey(kind, id)
			}
		})

		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")

		if got := f.lines(); len(got) != len(names) || got[0].Event != "deleted" || got[goneAsked].Time.Equal(got[0].Time) {
			t.Errorf("it says %s", f.out.String())
		}
	})
}

func TestListThatBreaksOffDeletesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		begin := time.Now()
		f.intercept(func(r *http.Request) *http.Response {
			if time.Since(begin) < 10*time.Second || !strings.HasSuffix(r.URL.Path, appKind+"/provisioningKey") {
				return nil
			}
			if r.URL.Query().Get("page") == "1" {
				return response(http.StatusOK, `{"totalPages":"2","totalCount":"900","list":[]}`)
			}
			return response(http.StatusBadRequest, `{"id":"bad.request"}`)
		})

		f.mustRun(exitDone, "watch", "--for", "3m", "-o", "json")

		f.mustHappen("unavailable app-connector")
	})
}

func TestAnHourOfWatchingLeavesOthersMostOfTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		var refused atomic.Int64
		f.intercept(func(r *http.Request) *http.Response {
			no := failing("NP_ASSISTANT_GRP", http.StatusForbidden, denial)(r)
			if no != nil {
				refused.Add(1)
			}
			return no
		})

		f.mustRun(exitDone, "watch", "--for", "1h")

		// Three kinds answer 121 times; what changes seldom is read every 5 minutes.
		if got, want := f.called("/provisioningKey"), 3*121; got != want {
			t.Errorf("keys were asked for %d times, want %d", got, want)
		}
		if got := f.called("/enrollmentCert"); got > 13 {
			t.Errorf("certificates were asked for %d times", got)
		}
		if got := refused.Load(); got < 12 || got > 13 {
			t.Errorf("a kind that is refused was asked for %d times", got)
		}
		if got := f.called("/signin"); got > 2 {
			t.Errorf("it signed in %d times", got)
		}
	})
}

func TestNamesOfOneKindAskForNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		time.AfterFunc(time.Second, func() { f.set(usedUpKey, "maxUsage", "999") })

		f.mustRun(exitDone, "watch", okKey, "--for", "5m", "-o", "json")

		f.mustHappen()
		if got := f.called("/SERVICE_EDGE_GRP/"); got != 1 {
			t.Errorf("service edges were asked for %d times, want once, to find the name", got)
		}
	})
}
