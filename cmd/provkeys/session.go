package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/store"
	"provkeys/tui/style"
)

// session is a client for the tenant that the configuration names.
type session struct {
	api      *client.Client
	profile  config.Profile
	settings config.Settings
}

// withSession opens a session and works with it. It does not sign out: the token
// is kept nowhere and ends by itself, and a command in the middle of a
// deployment is not worth one more call.
func (a *app) withSession(ctx context.Context, work func(context.Context, *session) error) error {
	s, err := a.openSession(ctx)
	if err != nil {
		return err
	}
	if err := a.askAgain(ctx, s.profile, s.api); err != nil {
		return err
	}
	return work(ctx, s)
}

// openSession opens a session and asks nobody anything: a sign-in that was refused
// before is kept back.
func (a *app) openSession(ctx context.Context) (*session, error) {
	var cfg config.Config
	err := a.timed(ctx, func(ctx context.Context) (err error) {
		cfg, err = config.Load(ctx, a.global.config, a.env)
		return err
	})
	if err != nil {
		return nil, err
	}
	if a.global.withSecrets {
		if err := a.mayShow(cfg.Settings); err != nil {
			return nil, err
		}
	}
	api, err := a.newClient(cfg.Profile, a.tellWait)
	if err != nil {
		return nil, err
	}
	return &session{api: api, profile: cfg.Profile, settings: cfg.Settings}, nil
}

// newClient returns a client for a profile; onWait is told of every wait.
func (a *app) newClient(p config.Profile, onWait func(client.Wait)) (*client.Client, error) {
	a.profile = p
	return a.clientFor(p, onWait)
}

// clientFor returns a client for any profile, in use or not. A sign-in that was
// refused, be it in another process, it does not send again by itself.
func (a *app) clientFor(p config.Profile, onWait func(client.Wait)) (*client.Client, error) {
	endpoints, err := p.Address.Endpoints(p.Door)
	if err != nil {
		return nil, &fault{faultConfiguration, err.Error(), "correct the address of " + p.Source}
	}
	pair := a.pairOf(p)
	cfg := client.Config{
		Endpoints: endpoints, Transport: a.transport, OnWait: onWait,
		LockSignIn: func(ctx context.Context) (func(), error) { return a.lockSignIn(ctx, pair) },
		MaySignIn:  func() error { return heldBack(pair) },
		OnSignIn:   func(refused *client.SignInError) { a.rememberSignIn(pair, refused) },
	}
	if cache := a.namesOf(p); cache != nil {
		rememberNames(cache, &cfg)
	}
	return a.clientOver(p, cfg)
}

// clientOver returns a client for a profile whose calls the configuration's transport
// carries; nil is the real network.
func (a *app) clientOver(p config.Profile, cfg client.Config) (*client.Client, error) {
	cfg.Door, cfg.ClientID, cfg.ClientSecret, cfg.PrivateKey = p.Door, p.ClientID, p.ClientSecret, p.PrivateKey
	cfg.CustomerID, cfg.Microtenant = p.CustomerID, p.Microtenant
	cfg.UserAgent = "provkeys/" + buildOf(version).Version
	var err error
	if cfg.Transport == nil {
		if cfg.Transport, err = newTransport(p); err != nil {
			return nil, err
		}
	}
	if a.global.debug {
		if err := a.openLog(); err != nil {
			return nil, err
		}
		cfg.OnCall = a.logCall
	}
	api, err := client.New(cfg)
	if err != nil {
		return nil, &fault{faultConfiguration, err.Error(), "correct " + p.Source}
	}
	return api, nil
}

// newTransport returns what carries a profile's calls over the real network.
func newTransport(p config.Profile) (*http.Transport, error) {
	var extra []byte
	var err error
	if p.CAFile != "" {
		if extra, err = os.ReadFile(p.CAFile); err != nil {
			return nil, &fault{faultConfiguration, fmt.Sprintf("the CA file cannot be read: %v", err), "correct ca_file or --ca-file"}
		}
	}
	t, err := client.NewTransport(extra)
	if err != nil {
		return nil, &fault{faultConfiguration, fmt.Sprintf("%s: %v", p.CAFile, err), "correct ca_file or --ca-file"}
	}
	t.Proxy = environmentProxy
	return t, nil
}

func (a *app) openLog() error {
	if a.log != nil {
		return nil
	}
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err == nil {
		a.log, err = store.OpenLog(dir, store.LogOptions{})
	}
	if err != nil {
		return &fault{faultError, fmt.Sprintf("--debug cannot write its log: %v", err), "correct that, or leave --debug out"}
	}
	return nil
}

// plainID is what a request id looks like. A server may send anything in its
// place, which has no business in a log.
var plainID = regexp.MustCompile(`^[A-Za-z0-9._:-]+$`)

// maxID is the longest that is logged. Inside the pattern it would be written out that
// many times, at every start.
const maxID = 64

// logCall writes one call, and nothing that a body or a header could hold.
func (a *app) logCall(c client.Call) {
	id := c.RequestID
	if len(id) > maxID || !plainID.MatchString(id) {
		id = "-"
	}
	// A log that cannot be written must not keep a command from its work.
	_, _ = fmt.Fprintf(a.log, "%s %s %s %d %s %s\n", a.now().UTC().Format("2006-01-02T15:04:05.000Z"),
		c.Method, style.Sanitize(c.Path), c.Status, c.Took.Round(time.Millisecond), id)
}

// tellWait tells a person why nothing happens. Shorter waits are not noticed,
// and calls that wait together are told once.
func (a *app) tellWait(w client.Wait) {
	if w.For <= time.Second || !a.isTerminal(stderr) {
		return
	}
	limited := w.Cause == nil || errors.Is(w.Cause, client.ErrRateLimited)
	until := a.now().Add(w.For)
	a.saying.Lock()
	told := a.patient && !limited || until.Before(a.waiting.Add(time.Second))
	if !told {
		a.waiting = until
	}
	a.saying.Unlock()
	if told {
		return
	}
	why := "trying again"
	switch {
	case limited:
		why = "rate limit"
	case errors.Is(w.Cause, client.ErrUnavailable):
		why = "the backend is unavailable"
	}
	a.note("waiting %v: %s", w.For.Round(time.Second), why)
}

func (a *app) variableSet(name string) (string, bool) {
	value := a.variable(name)
	return value, value != ""
}
