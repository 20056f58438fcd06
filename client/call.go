package client

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	maxBody     = 32 << 20 // bytes of one answer, unpacked; 500 keys are 0.6 MB
	tryTimeout  = 30 * time.Second
	contentJSON = "application/json"
	contentForm = "application/x-www-form-urlencoded"
)

// request is one call of a resource. The path begins behind the customer.
type request struct {
	method      string
	path        string // absolute, behind the API's address
	query       url.Values
	body        []byte
	microtenant ID // a key's own goes before the configured one
}

// answer is what came back, read whole.
type answer struct {
	status     int
	body       []byte
	requestID  string
	retryAfter time.Duration
	doubtful   bool     // an earlier try of a write may have been done
	secrets    []Secret // what the request carried, in case the server echoes it
}

// do sends a request until it succeeds or judge gives up. An *APIError or a
// transportError says why it failed, an unsentError why it did not go out, and
// a startOverError asks for a fresh update.
func (c *Client) do(ctx context.Context, r request) (answer, error) {
	var tries, limits int
	renewed, doubtful := false, false
	for {
		token, err := c.admission(ctx, r.method != http.MethodGet)
		if err != nil {
			return answer{doubtful: doubtful}, &unsentError{err}
		}
		a, err := c.try(ctx, r, token)
		a.doubtful = doubtful
		if err == nil {
			return a, nil
		}
		n := 0
		switch judge(r.method, a.status, err) {
		case renew:
			if renewed {
				return a, err
			}
			renewed = true
			c.token.drop(token)
			continue
		case startOver:
			return a, &startOverError{err}
		case again:
			if a.status == http.StatusTooManyRequests {
				limits++
				n = limits
			} else {
				tries++
				n = tries
				doubtful = doubtful || a.status >= 500
			}
		}
		if n == 0 || tries >= maxTries || limits >= maxLimits {
			return a, err
		}
		if c.wait(ctx, pause(n, a.retryAfter), err) != nil {
			return a, err
		}
	}
}

// admission waits for what a call needs before it may go out: a token, then a
// place within the rate limit.
func (c *Client) admission(ctx context.Context, write bool) (accessToken, error) {
	// The place is taken after a sign-in that may be long, else the calls that
	// waited for it would all go out at once.
	if _, err := c.accessToken(ctx); err != nil {
		return accessToken{}, err
	}
	if err := c.keepPace(ctx, write); err != nil {
		return accessToken{}, err
	}
	return c.accessToken(ctx)
}

// try sends the request once. A status that is no success is an error too.
func (c *Client) try(ctx context.Context, r request, token accessToken) (answer, error) {
	query := url.Values{}
	for k, v := range r.query {
		query[k] = v
	}
	if m := cmp.Or(string(r.microtenant), c.cfg.Microtenant); m != "" {
		query.Set("microtenantId", m)
	}
	address := c.cfg.Endpoints.API + r.path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	content := ""
	if r.body != nil {
		content = contentJSON
	}
	a, err := c.send(ctx, r.method, address, content, r.body, token.text)
	switch {
	case err != nil || a.status >= 200 && a.status < 300:
		return a, err
	case c.cfg.Door == Legacy && movedToOneAPI(a) && !looksLikeJSON(firstLine(a)):
		return a, &SignInError{Answer: apiError(a), OneAPIOnly: true}
	}
	return a, apiError(a)
}

// send makes one HTTP exchange and reads the answer whole.
func (c *Client) send(ctx context.Context, method, address, content string, body []byte, bearer Secret) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, tryTimeout)
	defer cancel()
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, method, address, reader)
	if err != nil {
		return answer{}, errors.New("the address of the API is not usable")
	}
	req.Header.Set("Accept", contentJSON)
	req.Header.Set("User-Agent", cmp.Or(c.cfg.UserAgent, "provkeys"))
	if content != "" {
		req.Header.Set("Content-Type", content)
	}
	if !bearer.IsZero() {
		req.Header.Set("Authorization", "Bearer "+bearer.Reveal())
	}
	start := time.Now()
	a, err := c.exchange(req)
	a.secrets = []Secret{c.cfg.ClientSecret, bearer}
	if err != nil {
		err = &transportError{err: withoutURL(err), secrets: a.secrets}
	}
	if c.cfg.OnCall != nil {
		c.cfg.OnCall(Call{Method: method, Path: req.URL.Path, Status: a.status, Took: time.Since(start), RequestID: a.requestID})
	}
	return a, err
}

func (c *Client) exchange(req *http.Request) (answer, error) {
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	a := answer{
		status:     resp.StatusCode,
		requestID:  cmp.Or(resp.Header.Get("x-oneapi-request-id"), resp.Header.Get("x-transaction-id")),
		retryAfter: parseRetryAfter(resp.Header.Get("Retry-After"), time.Now()),
	}
	a.body, err = io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case a.status >= 400:
		// The status alone says what was refused, and a refused sign-in must not
		// be taken for a broken connection and sent again.
		return a, nil
	case len(a.body) > maxBody:
		return answer{requestID: a.requestID}, errTooLarge
	case err != nil:
		// Without its body a success is none: what may be repeated is decided as
		// for a connection that broke.
		return answer{requestID: a.requestID}, fmt.Errorf("the answer broke off: %w", err)
	}
	return a, nil
}

// errTooLarge ends a call for good: the next answer would be no smaller.
var errTooLarge = fmt.Errorf("the answer is larger than %d MiB", maxBody>>20)

// withoutURL drops the address that net/http puts round an error: it is long,
// and its query is nobody's business.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// keepPace waits until the rate limit allows one more call. It is
// ErrRateLimited where the context would end before that.
func (c *Client) keepPace(ctx context.Context, write bool) error {
	now := time.Now()
	at := c.pace.reserve(now, write)
	err := c.wait(ctx, at.Sub(now), nil)
	if err == nil {
		return nil
	}
	c.pace.release(at, write)
	if at.After(now) && errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: the next call may go in %s: %w", ErrRateLimited, at.Sub(now).Round(time.Second), err)
	}
	return err
}

// wait sleeps and tells of it.
func (c *Client) wait(ctx context.Context, d time.Duration, cause error) error {
	if d > 0 && c.cfg.OnWait != nil {
		c.cfg.OnWait(Wait{For: d, Cause: cause})
	}
	return sleep(ctx, d)
}

// startOverError asks the update to begin again with its GET.
type startOverError struct{ err error }

func (e *startOverError) Error() string { return e.err.Error() }
func (e *startOverError) Unwrap() error { return e.err }

// unsentError is what kept a call from going out, the first time or again. Of
// an update nothing was done then: it goes out again only after a refusal.
type unsentError struct{ err error }

func (e *unsentError) Error() string { return e.err.Error() }
func (e *unsentError) Unwrap() error { return e.err }

// notJSON is the error of a successful answer that is no JSON, such as a
// proxy's page.
func notJSON(a answer) error {
	if line := firstLine(a); line != "" && !looksLikeJSON(line) {
		return &transportError{err: fmt.Errorf("the answer is not from the API: %s", scrub(line, a.secrets))}
	}
	return &transportError{err: errors.New("the answer cannot be read: it is cut off or malformed")}
}
