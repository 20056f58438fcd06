package mockserver_test

import (
	"net/http"
	"testing"
	"time"

	"provkeys/mockserver"
)

func TestTheTwentyFirstReadInTenSecondsIsRefused(t *testing.T) {
	c := newCaller(t, mockserver.Options{RateLimit: true})
	path := c.base + "/appConnectorGroup"
	for range 10 {
		c.expect("first ten", c.get(path), http.StatusOK, "")
	}
	c.clock.advance(3 * time.Second)
	for range 10 {
		c.expect("next ten", c.get(path), http.StatusOK, "")
	}
	c.clock.advance(2500 * time.Millisecond)

	a := c.get(path)

	c.expect("one more", a, http.StatusTooManyRequests, "invalid.toomanyrequests")
	if got := a.header.Get("retry-after"); got != "5s" {
		t.Errorf("retry-after %q, want 5s: 4.5 s rounded up", got)
	}
	c.clock.advance(4500 * time.Millisecond)
	for range 10 {
		c.expect("ten seconds after the first", c.get(path), http.StatusOK, "")
	}
	c.expect("the second ten still count", c.get(path), http.StatusTooManyRequests, "invalid.toomanyrequests")
}

func TestTheEleventhWriteInTenSecondsIsRefusedUndone(t *testing.T) {
	c := newCaller(t, mockserver.Options{RateLimit: true})
	body := c.newKey("limited")
	made := c.create(body)
	path := c.keys(mockserver.KindAppConnector, made["id"].(string))
	for range 4 {
		c.expect("update", c.write(http.MethodPut, path, body), http.StatusNoContent, "")
		c.expect("taken name", c.write(http.MethodPost, c.keys(mockserver.KindAppConnector), body),
			http.StatusBadRequest, "resource.already.exist")
	}
	c.expect("delete", c.send(http.MethodDelete, path, "", "", nil), http.StatusNoContent, "")

	a := c.write(http.MethodPost, c.keys(mockserver.KindAppConnector), body)

	c.expect("the eleventh", a, http.StatusTooManyRequests, "invalid.toomanyrequests")
	if got := a.header.Get("retry-after"); got != "10s" {
		t.Errorf("retry-after %q", got)
	}
	if _, _, found := c.server.FindKey("limited"); found {
		t.Error("the refused call was done")
	}
	c.expect("reads have a limit of their own", c.get(c.base+"/connector"), http.StatusOK, "")
	c.clock.advance(10 * time.Second)
	c.create(body)
}

func TestSignInAndTheMocksOwnCallsAreNotLimited(t *testing.T) {
	c := newCaller(t, mockserver.Options{RateLimit: true})
	for range 30 {
		c.signIn()
		c.expect("enrol", c.send(http.MethodPost, "/mock/enrol", "text/plain", "x", nil), http.StatusUnauthorized, "nonce.unknown")
		c.expect("requests", c.get("/mock/requests"), http.StatusOK, "")
	}
	c.expect("read", c.get(c.base+"/connector"), http.StatusOK, "")
}

func TestNothingIsLimitedUnlessAsked(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	for range 50 {
		c.expect("read", c.get(c.base+"/connector?pagesize=1"), http.StatusOK, "")
	}
}
