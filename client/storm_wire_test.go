package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Every write of a storm is signed with its operation. A client gives fields back
// that it does not know, so that the signature in the body of an update is that of
// the write which its reading showed: the wire keeps that one as the ground.
const (
	signedBy = "stormOperation"
	ground   = "stormGround"
)

// signingWire hands calls on to the mock server, signs the writes among them, and
// keeps what was sent for which operation.
type signingWire struct {
	server http.RoundTripper

	mu      sync.Mutex
	calls   map[int][]signedCall
	refused int // sign-ins
}

// signedCall is a call for an operation.
type signedCall struct {
	method      string
	status      int  // 0 for no answer
	never       bool // the connection was never made
	sent, heard time.Time
}

// mayBeDone reports that a write has been done, or might have been.
func (c signedCall) mayBeDone() bool {
	return !c.never && c.status != http.StatusTooManyRequests && c.status != http.StatusUnauthorized
}

func (w *signingWire) RoundTrip(r *http.Request) (*http.Response, error) {
	number, ours := r.Context().Value(operationInContext{}).(int)
	if !strings.Contains(r.URL.Path, "/provisioningKey") {
		resp, err := w.server.RoundTrip(r)
		if err == nil && strings.HasSuffix(r.URL.Path, "/signin") && resp.StatusCode == http.StatusUnauthorized {
			w.mu.Lock()
			w.refused++
			w.mu.Unlock()
		}
		return resp, err
	}
	if !ours {
		return w.server.RoundTrip(r)
	}
	r, err := signed(r, number)
	if err != nil {
		return nil, err
	}
	call := signedCall{method: r.Method, sent: time.Now()}
	resp, err := w.server.RoundTrip(r)
	call.heard = time.Now()
	if err == nil {
		call.status = resp.StatusCode
	}
	var op *net.OpError
	call.never = errors.As(err, &op) && op.Op == "dial"
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls[number] = append(w.calls[number], call)
	return resp, err
}

// signed returns the request with its write signed.
func signed(r *http.Request, number int) (*http.Request, error) {
	if r.Method != http.MethodPut && r.Method != http.MethodPost {
		return r, nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, errors.Join(err, r.Body.Close())
	}
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, err
	}
	delete(fields, ground)
	if before, has := fields[signedBy]; has {
		fields[ground] = before
	}
	fields[signedBy] = json.RawMessage(strconv.Quote(strconv.Itoa(number)))
	if body, err = json.Marshal(fields); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return r, nil
}

// of returns the calls of an operation in their order.
func (w *signingWire) of(number int) []signedCall {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[number]
}
