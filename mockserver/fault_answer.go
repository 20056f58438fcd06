package mockserver

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// As recorded from the API.
	retryAfterLimit       = "4s"
	retryAfterUnavailable = "10s"

	noValue = "none"
)

// substitute is what comes in place of the API's answer: a status or a page.
func (x struck) substitute() reply {
	if x.Effect == HTML {
		return htmlPage(cmp.Or(x.Status, http.StatusOK))
	}
	a := whole(x.refusal().answer())
	switch {
	case x.Code != "":
	case x.Status == http.StatusUnauthorized:
		a = x.dropToken()
	case x.Status == http.StatusBadGateway || x.Status == http.StatusGatewayTimeout:
		// The gateway's own words, not the API's.
		a.body = []byte(statusLine(x.Status) + "\n")
		a.length = len(a.body)
		a.header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	for _, value := range x.retryAfter() {
		a.header.Add("Retry-After", value)
	}
	return a
}

// whole is an answer of a handler, ready to be sent.
func whole(a answer) reply {
	header := http.Header{"Content-Type": {"application/json"}}
	return reply{status: a.status, header: header, body: a.body, length: len(a.body)}
}

// refusal words a status as the API does.
func (x struck) refusal() *Refusal {
	r := Refusal{Status: x.Status}
	switch x.Status {
	case http.StatusBadRequest:
		r.ID, r.Reason = "db.simultaneous.request", "another request is under way: try again"
	case http.StatusUnauthorized:
		r.ID, r.Reason = "access.denied", "the credentials have no access"
	case http.StatusForbidden:
		r.ID, r.Reason = "authz.permission.denied", "the role of these credentials lacks access"
	case http.StatusConflict:
		r = *concurrent()
	case http.StatusTooManyRequests:
		r.ID, r.Reason = "invalid.toomanyrequests", "too many requests"
	case http.StatusServiceUnavailable:
		r.ID, r.Reason = "retryable.server.error", "the server is not available at present: try again"
	default:
		r.ID, r.Reason = "internal.error", "the server failed"
	}
	r.ID = cmp.Or(x.Code, r.ID)
	return &r
}

// dropToken makes the token of the call unknown and refuses it as the door does.
// Where one signs in there is no token, and credentials are refused.
func (x struck) dropToken() reply {
	const reason = "client_id or client_secret is wrong"
	switch {
	case x.r.URL.Path == "/oauth2/v1/token":
		return whole(oauthError(http.StatusUnauthorized, "invalid_client", reason))
	case x.target.route == routeSignIn:
		return whole(denied(reason).answer())
	}
	x.server.mu.Lock()
	defer x.server.mu.Unlock()
	delete(x.server.gate.tokens, bearer(x.r.Header.Get("Authorization")))
	if isOneAPIPath(x.r.URL.Path) {
		return whole(unauthorized(oneAPIDoor))
	}
	return whole(unauthorized(legacyDoor))
}

// retryAfter returns the headers that go with the status.
func (x struck) retryAfter() []string {
	switch {
	case x.RetryAfter == noValue:
		return nil
	case x.RetryAfter == "" && x.Status == http.StatusTooManyRequests:
		return []string{retryAfterLimit}
	case x.RetryAfter == "" && x.Status == http.StatusServiceUnavailable:
		return []string{retryAfterUnavailable}
	case x.RetryAfter == "":
		return nil
	}
	values := strings.Split(x.RetryAfter, "|")
	for i, value := range values {
		if ahead, isDate := strings.CutPrefix(value, datePrefix); isDate {
			// check let nothing else through.
			d, _ := time.ParseDuration(ahead)
			values[i] = x.server.date(d)
		}
	}
	return values
}

// date is the server's time, so far off, as headers have it.
func (s *Server) date(off time.Duration) string {
	return s.now().Add(off).UTC().Format(http.TimeFormat)
}

// htmlPage is what a proxy between caller and API says.
func htmlPage(status int) reply {
	title := statusLine(status)
	if status == http.StatusOK {
		title = "Sign in to this network"
	}
	body := "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n" +
		"<body><h1>" + title + "</h1><hr><address>proxy.mock.example</address></body></html>\n"
	return reply{
		status: status, header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		body: []byte(body), length: len(body),
	}
}

func statusLine(status int) string { return strconv.Itoa(status) + " " + http.StatusText(status) }

// noBody says whether an answer of this status never has a body.
func noBody(status int) bool {
	return status < http.StatusOK || status == http.StatusNoContent || status == http.StatusNotModified
}
