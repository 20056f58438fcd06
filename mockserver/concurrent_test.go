package mockserver_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/mockserver"
)

// during sends second while first is under way, and returns both answers.
func during(first, second func() answer) (a, b answer) {
	var both sync.WaitGroup
	both.Go(func() { a = first() })
	both.Go(func() {
		time.Sleep(time.Second)
		b = second()
	})
	both.Wait()
	return a, b
}

func TestAWriteDuringAnotherIsRefusedUndone(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second string
	}{
		{"update during an update", http.MethodPut, http.MethodPut},
		{"deletion during an update", http.MethodPut, http.MethodDelete},
		{"update during a deletion", http.MethodDelete, http.MethodPut},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := newCaller(t, mockserver.Options{Latency: 3 * time.Second})
			kind, id := c.find(firstOK)
			send := func(method, limit string) func() answer {
				body := c.stored(kind, id)
				body["maxUsage"] = limit
				return func() answer { return c.write(method, c.keys(kind, id), body) }
			}

			a, b := during(send(tt.first, "701"), send(tt.second, "702"))

			c.expect(tt.name+": the first", a, http.StatusNoContent, "")
			c.expect(tt.name+": the second", b, http.StatusConflict, "api.concurrent.access.error")
			k, there := c.server.Key(kind, id)
			if there != (tt.first == http.MethodPut) || there && k["maxUsage"] != "701" {
				t.Errorf("%s: there %v, max uses %v", tt.name, there, k["maxUsage"])
			}
		})
	}
}

func TestARefusedWriteHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCaller(t, mockserver.Options{Latency: 3 * time.Second})
		kind, id := c.find(firstOK)
		update := func() answer { return c.write(http.MethodPut, c.keys(kind, id), c.stored(kind, id)) }
		third := func() answer {
			_, third := during(update, func() answer {
				time.Sleep(2500 * time.Millisecond) // the first is over, the refused one is not
				return update()
			})
			return third
		}

		a, b := during(third, update)

		c.expect("the one that came between", b, http.StatusConflict, "api.concurrent.access.error")
		c.expect("the third", a, http.StatusNoContent, "")
	})
}

func TestOnlyWritesToTheSameObjectMeet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCaller(t, mockserver.Options{Latency: 3 * time.Second})
		kind, id := c.find(firstOK)
		otherKind, other := c.find(firstUsedUp)
		update := func(kind, id string) func() answer {
			return func() answer { return c.write(http.MethodPut, c.keys(kind, id), c.stored(kind, id)) }
		}
		create := func() answer {
			return c.write(http.MethodPost, c.keys(kind), c.newKey(fmt.Sprint("made-", time.Now().UnixNano())))
		}
		read := func() answer { return c.get(c.keys(kind, id)) }

		for name, calls := range map[string][2]func() answer{
			"two keys":              {update(kind, id), update(otherKind, other)},
			"a write and a read":    {update(kind, id), read},
			"a read and a write":    {read, update(kind, id)},
			"two creations":         {create, create},
			"one write and another": {func() answer { return update(kind, id)() }, func() answer { time.Sleep(2500 * time.Millisecond); return update(kind, id)() }},
		} {
			if a, b := during(calls[0], calls[1]); a.status >= 300 || b.status >= 300 {
				t.Errorf("%s: statuses %d and %d", name, a.status, b.status)
			}
		}
	})
}

func TestAWriteWhoseCallerLeftHoldsNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCaller(t, mockserver.Options{Latency: time.Minute})
		kind, id := c.find(firstOK)
		client := &http.Client{Transport: c.server.Transport(), Timeout: time.Second}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, "https://any.example"+c.keys(kind, id), http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := client.Do(r); err == nil {
			_ = resp.Body.Close()
			t.Fatal("it was answered")
		}

		c.expect("update", c.write(http.MethodPut, c.keys(kind, id), c.stored(kind, id)), http.StatusNoContent, "")
	})
}

func TestBothDoorsLeadToTheSameObject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCaller(t, mockserver.Options{Latency: 3 * time.Second})
		kind, id := c.find(firstOK)
		oneAPI, _ := oneAPISignIn(c).fields(t)["access_token"].(string)
		body := c.stored(kind, id)

		a, b := during(
			func() answer { return c.write(http.MethodPut, c.keys(kind, id), body) },
			func() answer {
				return c.send(http.MethodDelete, "/zpa"+c.keys(kind, id), "", "", http.Header{"Authorization": {"Bearer " + oneAPI}})
			})

		c.expect("the first", a, http.StatusNoContent, "")
		c.expect("the second", b, http.StatusConflict, "api.concurrent.access.error")
	})
}
