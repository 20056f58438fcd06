package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	renewEarly = 30 * time.Second
	// signInTimeout bounds a sign-in with its waits, whoever waits for it.
	signInTimeout = 2 * time.Minute
	// unclearPause is how long a sign-in without an answer is not sent again; it
	// doubles up to maxUnclearPause.
	unclearPause    = 30 * time.Second
	maxUnclearPause = 10 * time.Minute
	// assumedLife is how long a token counts when the answer does not say.
	assumedLife = 10 * time.Minute
	audience    = "https://api.zscaler.com"
)

// accessToken is one token. Its number tells it from the ones before.
type accessToken struct {
	text   Secret
	number int
	until  time.Time // when to ask for the next one
}

// tokens holds the present token, and the sign-in under way, which all calls
// that need a token share.
type tokens struct {
	mu      sync.Mutex
	current accessToken
	flight  *flight
	refused error // a refused sign-in, kept so that it is never repeated by itself
	insist  bool  // a person wants the next one sent, whatever was refused before
	unclear error // a sign-in that brought no answer; it may have been refused
	until   time.Time
	pauses  int // how many such in a row
}

// flight is one sign-in. The fields are set before done is closed.
type flight struct {
	done  chan struct{}
	token accessToken
	err   error
}

func (t *tokens) valid(now time.Time) (accessToken, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.current, !t.current.text.IsZero() && now.Before(t.current.until)
}

// drop forgets a token that the API refused, unless a newer one is there.
func (t *tokens) drop(old accessToken) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current.number == old.number {
		t.current.text = Secret{}
	}
}

// SignIn asks for a token now, so that a wrong secret is found before anything
// else happens. It sends nothing while a token is valid. A refusal is a
// *SignInError and is remembered: later calls return it without sending it.
func (c *Client) SignIn(ctx context.Context) error {
	_, err := c.accessToken(ctx)
	return err
}

// RetrySignIn forgets a remembered refusal, and sends the next sign-in without
// asking whether it may go: a person decided to try again.
func (c *Client) RetrySignIn() {
	c.token.mu.Lock()
	defer c.token.mu.Unlock()
	c.token.refused, c.token.unclear, c.token.insist = nil, nil, true
}

// SignOut gives the token back where the front door has such a call. It is
// best effort and sends nothing when nobody signed in.
func (c *Client) SignOut(ctx context.Context) {
	token, ok := c.token.valid(time.Now())
	if !ok || c.cfg.Endpoints.SignOut == "" {
		return
	}
	c.token.drop(token)
	_, _ = c.send(ctx, http.MethodPost, c.cfg.Endpoints.SignOut, "", nil, token.text)
}

// accessToken returns the present token, or waits for the sign-in under way,
// or begins one. The sign-in outlives a caller that gives up: cancelled and sent
// again, a wrong secret would count towards the lock each time.
func (c *Client) accessToken(ctx context.Context) (accessToken, error) {
	if token, ok := c.token.valid(time.Now()); ok {
		return token, nil
	}
	if err := ctx.Err(); err != nil {
		return accessToken{}, err // nobody waits for one that would begin now
	}
	f := c.join(context.WithoutCancel(ctx))
	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
		return accessToken{}, ctx.Err()
	}
}

// join returns the sign-in under way, a new one, or one that has ended already.
func (c *Client) join(ctx context.Context) *flight {
	t, now := &c.token, time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	f := &flight{done: make(chan struct{})}
	switch {
	case t.flight != nil:
		return t.flight
	case !t.current.text.IsZero() && now.Before(t.current.until):
		f.token = t.current
	case t.refused != nil:
		f.err = t.refused
	case t.unclear != nil && now.Before(t.until):
		f.err = t.unclear
	default:
		t.flight = f
		go c.fly(ctx, f, t.insist)
		t.insist = false
		return f
	}
	close(f.done)
	return f
}

// fly signs in and remembers what came of it.
func (c *Client) fly(ctx context.Context, f *flight, insist bool) {
	ctx, cancel := context.WithTimeout(ctx, signInTimeout)
	defer cancel()
	var text Secret
	var life time.Duration
	unlock, err := c.lockSignIn(ctx)
	if err == nil {
		if err = c.maySignIn(insist); err == nil {
			text, life, err = c.requestToken(ctx)
			c.tellSignIn(err)
		}
		unlock()
	}

	t, now := &c.token, time.Now()
	t.mu.Lock()
	defer t.mu.Unlock()
	defer close(f.done)
	t.flight, t.unclear = nil, nil
	var refused *SignInError
	var broken *transportError
	switch {
	case err == nil:
		t.pauses = 0
		t.current = accessToken{text: text, number: t.current.number + 1, until: now.Add(life - min(renewEarly, life/2))}
	case errors.As(err, &refused):
		t.refused = err
	case errors.As(err, &broken) && !neverMade(err):
		t.unclear, t.until = err, now.Add(min(unclearPause<<t.pauses, maxUnclearPause))
		t.pauses = min(t.pauses+1, 10)
	}
	f.token, f.err = t.current, err
}

// lockSignIn waits until no other process signs in with these credentials.
func (c *Client) lockSignIn(ctx context.Context) (unlock func(), err error) {
	if c.cfg.LockSignIn == nil {
		return func() {}, nil
	}
	return c.cfg.LockSignIn(ctx)
}

// maySignIn asks whether a sign-in may go out now.
func (c *Client) maySignIn(insist bool) error {
	if insist || c.cfg.MaySignIn == nil {
		return nil
	}
	return c.cfg.MaySignIn()
}

// tellSignIn tells what came of a sign-in, where that says something of the
// credentials.
func (c *Client) tellSignIn(err error) {
	var refused *SignInError
	if c.cfg.OnSignIn != nil && (err == nil || errors.As(err, &refused)) {
		c.cfg.OnSignIn(refused)
	}
}

// requestToken signs in. Answers that are no refusal are tried again; a
// refusal never is.
func (c *Client) requestToken(ctx context.Context) (Secret, time.Duration, error) {
	for n := 1; ; n++ {
		form, err := c.signInForm(time.Now())
		if err != nil {
			return Secret{}, 0, err
		}
		a, err := c.send(ctx, http.MethodPost, c.cfg.Endpoints.Token, contentForm, []byte(form.Encode()), Secret{})
		switch {
		case err == nil && a.status == http.StatusOK && !movedToOneAPI(a):
			return decodeToken(a)
		case err == nil:
			err = signInError(a)
		}
		// Asking for a token changes nothing, so an answer is judged like that to
		// a reading. One that never came may have been a refusal, which counts.
		method := http.MethodGet
		if a.status == 0 {
			method = http.MethodPost
		}
		if judge(method, a.status, err) != again || n >= maxTries {
			return Secret{}, 0, err
		}
		if c.wait(ctx, pause(n, a.retryAfter), err) != nil {
			return Secret{}, 0, err
		}
	}
}

// signInForm returns what signs in. An assertion is made for each try, since a
// server may take one only once.
func (c *Client) signInForm(now time.Time) (url.Values, error) {
	form := url.Values{"client_id": {c.cfg.ClientID}}
	if c.cfg.Door == OneAPI {
		form.Set("grant_type", "client_credentials")
		form.Set("audience", audience)
	}
	if c.signer == nil {
		form.Set("client_secret", c.cfg.ClientSecret.Reveal())
		return form, nil
	}
	assertion, err := c.signer.assertion(now)
	if err != nil {
		return nil, err
	}
	form.Set("client_assertion_type", assertionType)
	form.Set("client_assertion", assertion.Reveal())
	return form, nil
}

// codeBusy is what the API answers where two calls met in its database.
const codeBusy = "db.simultaneous.request"

// signInError tells a refusal, which counts towards the lock, from other faults. A
// page is one of something in between, which never asked the API.
func signInError(a answer) error {
	e := apiError(a)
	moved := movedToOneAPI(a)
	if e.Code == codeBusy {
		return &transportError{err: e} // it says nothing of the credentials
	}
	refusal := a.status == http.StatusBadRequest || a.status == http.StatusUnauthorized || a.status == http.StatusForbidden
	switch {
	case refusal && !moved && isPage(a):
		return notJSON(a)
	case moved || refusal:
		return &SignInError{Answer: e, OneAPIOnly: moved}
	}
	return e
}

func decodeToken(a answer) (Secret, time.Duration, error) {
	var body struct {
		AccessToken Secret  `json:"access_token"`
		ExpiresIn   integer `json:"expires_in"` // legacy sends a string, OneAPI a number
	}
	if json.Unmarshal(a.body, &body) != nil || body.AccessToken.IsZero() {
		if isPage(a) {
			return Secret{}, 0, notJSON(a)
		}
		return Secret{}, 0, &transportError{err: errors.New("the sign-in's answer holds no token: is this the address of the API?")}
	}
	life := time.Duration(min(int64(body.ExpiresIn), 86400)) * time.Second
	if life <= 0 {
		life = assumedLife
	}
	return body.AccessToken, life, nil
}
