package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"
)

func TestWhatMayBeTriedAgain(t *testing.T) {
	const get, put, post, del = http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete
	all := []string{get, put, post, del}
	cut := &transportError{err: io.ErrUnexpectedEOF}
	neverMade := &transportError{err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}}
	permission := &APIError{Status: 401, Code: "authz.featureflag.permission.denied"}
	cases := []struct {
		what    string
		methods []string
		status  int
		err     error
		want    verdict
	}{
		{"a connection that broke: a read again", []string{get}, 0, cut, again},
		{"a connection that broke: no write, it may be done", []string{put, post, del}, 0, cut, giveUp},
		{"a read that took too long", []string{get}, 0, &transportError{err: context.DeadlineExceeded}, again},
		{"a write that took too long", []string{put, post, del}, 0, &transportError{err: context.DeadlineExceeded}, giveUp},
		{"never connected", all, 0, neverMade, again},
		{"no such host", all, 0, &transportError{err: &net.DNSError{Err: "no such host"}}, again},
		{"the proxy refused the connection", all, 0, &transportError{err: &net.OpError{Op: "proxyconnect"}}, again},
		{"a connection that broke while reading", []string{put, post, del}, 0, &transportError{err: &net.OpError{Op: "read"}}, giveUp},
		{"the caller left", all, 0, &transportError{err: context.Canceled}, giveUp},
		{"an unknown authority", all, 0, &transportError{err: x509.UnknownAuthorityError{}}, giveUp},
		{"a certificate that does not fit", all, 0, &transportError{err: &tls.CertificateVerificationError{Err: errors.New("x")}}, giveUp},
		{"an answer without an end", all, 0, &transportError{err: errTooLarge}, giveUp},
		{"rate limited", all, 429, &APIError{Status: 429}, again},
		{"token refused", all, 401, &APIError{Status: 401}, renew},
		{"permission missing, said with 401", all, 401, permission, giveUp},
		{"sign-in refused", all, 401, &SignInError{Answer: &APIError{Status: 401}}, giveUp},
		{"sign-in refused with another status", all, 503, &SignInError{Answer: &APIError{Status: 503}}, giveUp},
		{"forbidden", all, 403, &APIError{Status: 403}, giveUp},
		{"in use: a read, a delete", []string{get, del}, 409, &APIError{Status: 409}, again},
		{"in use: an update from its start", []string{put}, 409, &APIError{Status: 409}, startOver},
		{"in use: a create", []string{post}, 409, &APIError{Status: 409}, giveUp},
		{"unavailable: a read, a delete", []string{get, del}, 503, &APIError{Status: 503}, again},
		{"unavailable: an update from its start", []string{put}, 503, &APIError{Status: 503}, startOver},
		{"unavailable: a create", []string{post}, 503, &APIError{Status: 503}, giveUp},
		{"broken inside: a read", []string{get}, 500, &APIError{Status: 500}, again},
		{"broken inside: no write", []string{put, post, del}, 500, &APIError{Status: 500}, giveUp},
		{"a bad gateway: a read", []string{get}, 502, &APIError{Status: 502}, again},
		{"a bad gateway: no write", []string{put, post, del}, 502, &APIError{Status: 502}, giveUp},
		{"a slow gateway: a read", []string{get}, 504, &APIError{Status: 504}, again},
		{"a slow gateway: no write", []string{put, post, del}, 504, &APIError{Status: 504}, giveUp},
		{"a bad field", all, 400, &APIError{Status: 400}, giveUp},
		{"gone", all, 404, &APIError{Status: 404}, giveUp},
		{"a wrong content type", all, 415, &APIError{Status: 415}, giveUp},
		{"a redirect", all, 302, &APIError{Status: 302}, giveUp},
	}
	for _, c := range cases {
		for _, method := range c.methods {
			if got := judge(method, c.status, c.err); got != c.want {
				t.Errorf("%s: %s, status %d: verdict %d, want %d", c.what, method, c.status, got, c.want)
			}
		}
	}
}

func TestRetryAfterIsReadInEveryForm(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"13":                             13 * time.Second,
		"13s":                            13 * time.Second,
		" 4s ":                           4 * time.Second,
		"1m":                             time.Minute,
		"1m30s":                          90 * time.Second,
		"0":                              0,
		"":                               0,
		"soon":                           0,
		"-5":                             0,
		"-5s":                            0,
		"5 s":                            0,
		"1.5":                            0,
		"99999999999999999999":           0,
		"Sun, 22 Nov 2026 12:00:07 GMT":  7 * time.Second,
		"Sun, 22 Nov 2026 11:59:00 GMT":  0,
		"Sunday, 22-Nov-26 12:00:30 GMT": 30 * time.Second,
	} {
		if got := parseRetryAfter(value, now); got != want {
			t.Errorf("retry-after %q is %v, want %v", value, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"13", "13s", "1m", "-1s", "9223372036s", "2562048h", "Sun, 22 Nov 2026 12:00:07 GMT", "1e9", "\x00"} {
		f.Add(seed)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value string) {
		d := parseRetryAfter(value, now)
		if d < 0 {
			t.Errorf("%q is the negative time %v", value, d)
		}
		if p := pause(1, d); p <= 0 || p > maxPause {
			t.Errorf("%q leads to a pause of %v", value, p)
		}
	})
}

func TestPauseFollowsTheServerUpToAMinute(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{
		time.Nanosecond:  time.Nanosecond,
		4 * time.Second:  4 * time.Second,
		60 * time.Second: 60 * time.Second,
		time.Hour:        60 * time.Second,
	} {
		if got := pause(3, asked); got != want {
			t.Errorf("asked for %v, pauses %v, want %v", asked, got, want)
		}
	}
}

func TestPauseDoublesWithJitter(t *testing.T) {
	for n := 1; n <= 40; n++ {
		full := min(500*time.Millisecond<<min(n-1, 20), maxPause)
		for range 50 {
			if got := pause(n, 0); got < full/2 || got > full {
				t.Fatalf("try %d pauses %v, want from %v to %v", n, got, full/2, full)
			}
		}
	}
}
