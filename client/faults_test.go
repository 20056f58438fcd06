package client_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// sent returns the calls of one method so far, sign-ins excepted.
func (w *wire) sent(method string) []seen {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []seen
	for _, s := range w.calls {
		if s.method == method && strings.Contains(s.path, "/mgmtconfig/") {
			list = append(list, s)
		}
	}
	return list
}

// onFirst damages the first call of one method and no other.
func (m *mock) onFirst(method string, damage func(next func() reply) *reply) {
	damaged := false
	m.wire.tamper = func(s seen, next func() reply) *reply {
		if s.method != method || damaged || !strings.Contains(s.path, "/mgmtconfig/") {
			return nil
		}
		damaged = true
		return damage(next)
	}
}

// pass hands a call on to the server after its caller has left.
func (m *mock) pass(t *testing.T, s seen) {
	t.Helper()
	req, err := http.NewRequest(s.method, s.url, strings.NewReader(s.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = s.header
	if resp, err := m.wire.server.RoundTrip(req); err != nil || resp.StatusCode >= 300 {
		t.Errorf("the mock refused it: %v", err)
	}
}

var (
	errNeverMade = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	errCut       = io.ErrUnexpectedEOF
)

// lost are the ways in which the answer of a creation or a deletion is lost.
var lost = map[string]reply{
	"cut":                  {err: errCut},
	"broken inside":        {status: 500},
	"a bad gateway":        {status: 502, body: "<html>bad gateway</html>"},
	"unavailable":          {status: 503},
	"a slow gateway":       {status: 504},
	"an answer cut off":    {reader: cutAfter(`{"id":"58856","name":"ma`)},
	"half of the answer":   {body: `{"id":"58856","name":"ma`},
	"an answer without id": {body: `{"name":"made by a test"}`},
	"a proxy's page":       {body: `<html>Welcome</html>`},
	"nothing":              {},
}
