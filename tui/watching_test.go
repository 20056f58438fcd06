package tui_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/tui"
)

// enrols plays a connector with a key, and returns its name.
func (c *console) enrols(kind, id string) string {
	c.t.Helper()
	name, err := c.mock.Enrol(c.field(kind, id, "provisioningKey"))
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// reads counts how often single keys were read.
func (c *console) reads(id string) int {
	n := 0
	for _, r := range c.mock.Requests() {
		if r.Method == http.MethodGet && strings.HasSuffix(r.Path, "/provisioningKey/"+id) {
			n++
		}
	}
	return n
}

func TestTheUseOfACopiedKeyIsTold(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.pass(25 * time.Second)
		c.misses("was used")
		name := c.enrols(kind, id)
		c.pass(11 * time.Second)
		c.sees("ap-east-1-asg was used: 46 of 60. "+name+" enrolled.", "46/60")
		// Each use is told of once.
		c.pass(30 * time.Second)
		c.misses("was used")
		first, second := c.enrols(kind, id), c.enrols(kind, id)
		c.pass(11 * time.Second)
		c.sees("ap-east-1-asg was used: 48 of 60. " + second + " and " + first + " enrolled.")
	})
}

func TestManyEnrolmentsAreToldInOneLine(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		for range 5 {
			c.enrols(kind, id)
		}
		c.pass(11 * time.Second)
		c.sees("ap-east-1-asg was used: 50 of 60.", "and 2 more enrolled.")
	})
}

func TestARefreshNoticesAUseToo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		name := c.enrols(kind, id)
		c.press("r")
		c.sees("ap-east-1-asg was used: 46 of 60. " + name + " enrolled.")
		c.pass(time.Minute)
		c.misses("was used")
	})
}

func TestUseIsToldWithoutTheConnectorWhereNobodyKnowsIt(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.enrols(kind, id)
		c.wire.breakWith(answer("/connector", http.StatusForbidden, `{"id":"no.permission"}`))
		c.pass(12 * time.Second)
		c.sees("ap-east-1-asg was used: 46 of 60.")
		c.misses("enrolled")
	})
}

func TestUsesFromBeforeAnUncheckedCopyAreNotToldAsNew(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.enrols(kind, id)
		c.press("!")
		c.pass(5 * time.Second)
		c.sees("46/60")
		c.misses("was used")
		c.pass(30 * time.Second)
		c.enrols(kind, id)
		c.pass(11 * time.Second)
		c.sees("ap-east-1-asg was used: 47 of 60.")
	})
}

func TestWatchingEndsAfterTenMinutes(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		_, id := c.find("ap-east-1-asg")
		c.press("y")
		before := c.reads(id)
		c.pass(10 * time.Minute)
		if n := c.reads(id) - before; n < 58 || n > 60 {
			t.Errorf("%d reads in ten minutes, want one every ten seconds", n)
		}
		before = c.reads(id)
		c.pass(10 * time.Minute)
		if n := c.reads(id) - before; n > 1 {
			t.Errorf("%d reads after that", n)
		}
	})
}

func TestTheNewestFourCopiesAreWatched(t *testing.T) {
	t.Parallel()
	run(t, setup{before: crowd(6)}, func(c *console) {
		var mu sync.Mutex // two keys are read at the same time
		seen := map[string]int{}
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			_, id, single := strings.Cut(r.URL.Path, "/provisioningKey/")
			if !single {
				return nil, nil
			}
			mu.Lock()
			seen[id]++
			mu.Unlock()
			return answer("", http.StatusOK, fmt.Sprintf(`{"id":%q,"name":"x","enabled":true,"exportable":true,"usageCount":"5","maxUsage":"100","provisioningKey":"3|mock.example|A"}`, id))(r)
		})
		for range 6 {
			c.press("!", "j")
		}
		c.pass(5 * time.Second)
		mu.Lock()
		clear(seen)
		mu.Unlock()
		c.pass(time.Minute)
		mu.Lock()
		defer mu.Unlock()
		if len(seen) != 4 {
			t.Errorf("%d keys are watched: %v", len(seen), seen)
		}
	})
}

func TestAWatchedKeyThatIsGoneIsToldOfAndLeft(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y", esc)
		c.mock.DeleteKey(kind, id)
		c.pass(11 * time.Second)
		c.sees("ap-east-1-asg is gone, somebody deleted it.", "39 of 39 shown")
		before := c.reads(id)
		c.pass(time.Minute)
		if n := c.reads(id) - before; n != 0 {
			t.Errorf("%d reads of a key that is gone", n)
		}
	})
}

func TestWatchingOutlastsABackendThatIsAway(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.wire.breakWith(refuseAll)
		c.pass(3 * time.Minute)
		c.misses("was used")
		c.enrols(kind, id)
		c.wire.breakWith(nil)
		c.pass(time.Minute + 20*time.Second)
		if !strings.Contains(c.bytes(), "was used: 46 of 60.") {
			t.Errorf("the use was never told:\n%s", c.text())
		}
	})
}

func TestWatchingMovesNoRowsUnderADialog(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Filter: "used<=45 asg"}}, func(c *console) {
		kind, id, _ := c.mock.FindKey("ap-east-1-asg")
		c.sees("ap-east-1-asg")
		c.press("y", "s")
		rows := strings.Count(c.text(), "-asg")
		c.enrols(kind, id)
		c.pass(12 * time.Second)
		c.sees("Sort by", "was used: 46 of 60.")
		if n := strings.Count(strings.ReplaceAll(c.text(), "ap-east-1-asg was used", ""), "-asg"); n != rows {
			t.Errorf("%d rows show under the dialog and there were %d:\n%s", n, rows, c.text())
		}
	})
}

func TestNewsNeverPushesAwayAFailure(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.enrols(kind, id)
		c.pass(8 * time.Second)
		c.press("E")
		c.sees("ap-east-1-asg can be copied as it is")
		c.pass(3 * time.Second)
		c.sees("ap-east-1-asg can be copied as it is", "was used: 46 of 60.")
	})
}
