package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// verdict answers one question: may this call be tried again?
type verdict int

const (
	giveUp    verdict = iota
	again             // the same request, as it is
	startOver         // the update from its GET, never the old body
	renew             // the same request with a new token
)

// judge is pure: a status of 0 means that no answer came and err says why.
// Its table stands in the tests.
func judge(method string, status int, err error) verdict {
	var refused *SignInError
	if errors.As(err, &refused) {
		// Three refusals lock the API client, whatever status says so.
		return giveUp
	}
	switch status {
	case 0:
		return judgeBroken(method, err)
	case http.StatusTooManyRequests:
		// 429 is refused before it acts, so even a POST is safe to send again.
		return again
	case http.StatusUnauthorized:
		if errors.Is(err, ErrPermission) {
			return giveUp
		}
		return renew
	}
	switch method {
	case http.MethodGet:
		if status == http.StatusConflict || status >= 500 {
			return again
		}
	case http.MethodDelete:
		if status == http.StatusConflict || status == http.StatusServiceUnavailable {
			return again
		}
	case http.MethodPut:
		if status == http.StatusConflict || status == http.StatusServiceUnavailable {
			return startOver
		}
	}
	return giveUp
}

func judgeBroken(method string, err error) verdict {
	var unknownAuthority x509.UnknownAuthorityError
	var verification *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, errTooLarge),
		errors.As(err, &unknownAuthority), errors.As(err, &verification):
		return giveUp
	case neverMade(err), method == http.MethodGet:
		return again
	}
	return giveUp
}

// neverMade reports that no connection came about, so nothing was sent.
func neverMade(err error) bool {
	var dns *net.DNSError
	var op *net.OpError
	return errors.As(err, &dns) || errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}

const (
	maxTries  = 4                // of a call that fails for other reasons than the rate limit
	maxLimits = 10               // of a call that is refused by the rate limit
	maxPause  = 60 * time.Second // whatever a server asks for
)

// pause returns how long to wait before try number n, counted from 1: what the
// server asked for, capped, else doubling from half a second with jitter.
func pause(n int, retryAfter time.Duration) time.Duration {
	if retryAfter > 0 {
		return min(retryAfter, maxPause)
	}
	d := min(500*time.Millisecond<<min(n-1, 10), maxPause)
	return d/2 + rand.N(d/2+1)
}

// parseRetryAfter reads a retry-after header: "13", "13s", "1m" or an HTTP
// date. It returns 0 for anything else, never a negative time.
func parseRetryAfter(value string, now time.Time) time.Duration {
	value = strings.TrimSpace(value)
	if n, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(n) * time.Second
	}
	if d, err := time.ParseDuration(value); err == nil {
		return max(0, d)
	}
	if t, err := http.ParseTime(value); err == nil {
		return max(0, t.Sub(now))
	}
	return 0
}
