package mockserver_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/mockserver"
)

func TestLatencyPassesInFakeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, err := mockserver.New(mockserver.Options{Latency: 40 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{Transport: server.Transport()}
		began := time.Now()

		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://config.example/mgmtconfig/v1/admin/me", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(r)

		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if took := time.Since(began); took != 40*time.Second || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("status %d after %s", resp.StatusCode, took)
		}
	})
}

func TestACancelledCallReturnsAtOnceAndIsNotDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, err := mockserver.New(mockserver.Options{Latency: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		began := time.Now()
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://x.example/signin", strings.NewReader(""))
		if err != nil {
			t.Fatal(err)
		}

		resp, err := server.Transport().RoundTrip(r)
		if err == nil {
			_ = resp.Body.Close()
		}

		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 5*time.Second {
			t.Errorf("error %v after %s", err, time.Since(began))
		}
		if got := server.Requests(); len(got) != 1 || got[0].Status != 0 {
			t.Errorf("recorded %v", got)
		}
	})
}

func TestATokenEndsOnTheBubblesClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, err := mockserver.New(mockserver.Options{TokenLife: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		c := &caller{t: t, server: server, base: "/mgmtconfig/v1/admin/customers/" + server.Credentials().CustomerID}
		c.signIn()
		time.Sleep(59 * time.Second)
		c.expect("before", c.get(c.base+"/connector"), http.StatusOK, "")

		time.Sleep(time.Second)

		c.expect("after", c.get(c.base+"/connector"), http.StatusUnauthorized, "access.denied")
	})
}

func TestConcurrentCallsKeepEveryUse(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("busy")
	body["maxUsage"] = 50
	made := c.create(body)
	text, id := made["provisioningKey"].(string), made["id"].(string)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				if _, err := c.server.Enrol(text); err != nil {
					t.Error(err)
				}
				c.get(c.keys(mockserver.KindAppConnector))
			}
		})
	}
	group.Wait()

	if got := c.stored(mockserver.KindAppConnector, id)["usageCount"]; got != "40" {
		t.Errorf("usageCount %v, want 40", got)
	}
}

func TestHeadHasNoBody(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	a := c.send(http.MethodHead, c.base+"/connector", "", "", nil)
	if a.status != http.StatusOK || len(a.body) != 0 {
		t.Errorf("status %d, %d bytes", a.status, len(a.body))
	}
}

func TestBodyIsClosedEvenWhenCancelled(t *testing.T) {
	server, err := mockserver.New(mockserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	body := &closeNoter{Reader: strings.NewReader("x")}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://x.example/signin", body)
	if err != nil {
		t.Fatal(err)
	}

	resp, err := server.Transport().RoundTrip(r)
	if err == nil {
		_ = resp.Body.Close()
	}

	if !errors.Is(err, context.Canceled) || !body.closed {
		t.Errorf("error %v, body closed %v", err, body.closed)
	}
}

type closeNoter struct {
	io.Reader
	closed bool
}

func (c *closeNoter) Close() error {
	c.closed = true
	return nil
}
