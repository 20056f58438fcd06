package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"provkeys/client"
	"provkeys/cmd/internal/doctor"
)

// notTried is why nobody signs in where the way to the tenant is not right.
const notTried = "not tried: nothing is sent before the connection is right"

// tenant looks at the way to the tenant, then asks it. What cannot be asked for
// want of what comes before is skipped, and said.
func (e *examination) tenant(ctx context.Context) error {
	if !e.usable {
		e.skip("not looked at: there is no profile that can be used")
		return nil
	}
	a := e.app
	limit, cancel := ctx, context.CancelFunc(func() {})
	if a.global.timeout > 0 {
		limit, cancel = context.WithTimeout(ctx, a.global.timeout)
	}
	defer cancel()
	endpoints, err := e.profile.Address.Endpoints(e.profile.Door)
	if err != nil {
		e.skip(err.Error())
		return nil
	}
	if a.transport == nil {
		t, err := newTransport(e.profile)
		if err != nil {
			e.failed(doctor.GroupNetwork, "ca_file", err)
			e.found(doctor.Skipped(doctor.GroupAPI, "sign-in", notTried))
			return nil
		}
		a.transport = t
	}
	// Any other transport leads to no network that could be looked at.
	if t, real := a.transport.(*http.Transport); real && !e.connections(limit, t, endpoints) {
		e.found(doctor.Skipped(doctor.GroupAPI, "sign-in", notTried))
		return ctx.Err()
	}
	if e.o.offline {
		e.skip("not asked (--offline)")
		return nil
	}
	return e.ask(ctx, limit, endpoints)
}

// skip says of both groups that nobody was asked.
func (e *examination) skip(why string) {
	e.found(doctor.Skipped(doctor.GroupNetwork, "connection", why), doctor.Skipped(doctor.GroupAPI, "sign-in", why))
}

// connections looks at the way to each host and reports whether all are sound.
func (e *examination) connections(ctx context.Context, t *http.Transport, at client.Endpoints) bool {
	sound := true
	for _, host := range hostsOf(at) {
		proxy := doctor.LookAtProxy(t, host, e.app.variableSet)
		checks := doctor.CheckProxy(proxy)
		if host.Scheme == "https" && !e.o.offline && !proxy.Broken {
			checks = append(checks, doctor.CheckConnection(doctor.Connect(ctx, t, host), e.app.now())...)
		}
		failed, _ := doctor.Failures(checks)
		sound = sound && failed == nil
		e.found(checks...)
	}
	return sound
}

// hostsOf returns the addresses that are called, each host once. The endpoints
// have been parsed when they were made.
func hostsOf(at client.Endpoints) []*url.URL {
	var hosts []*url.URL
	for _, address := range []string{at.API, at.Token} {
		u, err := url.Parse(address)
		if err == nil && (len(hosts) == 0 || hosts[0].Host != u.Host) {
			hosts = append(hosts, u)
		}
	}
	return hosts
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}

// ask signs in, once, and reads a little of everything.
func (e *examination) ask(ctx, limit context.Context, at client.Endpoints) error {
	a := e.app
	watch := &doctor.Watch{Next: a.transport, Now: a.now}
	a.transport = watch
	api, err := a.newClient(e.profile, a.tellWait)
	if err != nil {
		e.failed(doctor.GroupAPI, "sign-in", err)
		return nil
	}
	var problem *doctor.Problem
	if err := api.SignIn(limit); err != nil {
		problem = a.problem(e.inTime(ctx, err))
	}
	signIn := doctor.CheckSignIn(problem, watch.Last(), hostOf(at.Token))
	var access []doctor.Finding
	if problem == nil {
		access = e.access(ctx, limit, api, watch, hostOf(at.API))
	}
	e.found(doctor.CheckClock(watch.Sample(), a.goos)...)
	e.found(signIn...)
	e.found(access...)
	return ctx.Err()
}

// inTime says of an error whether --timeout is its cause.
func (e *examination) inTime(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return &timeoutError{e.app.global.timeout, err}
	}
	return err
}

// access reads one thing after another: the first that fails for good spares
// the rest of a tenant that is in trouble.
func (e *examination) access(ctx, limit context.Context, api *client.Client, watch *doctor.Watch, host string) []doctor.Finding {
	var reads []doctor.Read
	for _, r := range readings(api) {
		read := doctor.Read{What: r.what, Key: r.key, Loss: r.loss}
		read.Count, read.More, read.Err = r.read(limit)
		over := read.Err != nil && !errors.Is(read.Err, client.ErrPermission)
		if read.Err != nil {
			read.Problem = *e.app.problem(e.inTime(ctx, read.Err))
		}
		if last := watch.Last(); read.Err != nil && last.Page {
			// A page refuses nothing in the API's name.
			read.Problem, over = doctor.PageProblem(last, host, read.Problem.Text), true
			read.Err = client.ErrUnavailable
		}
		if reads = append(reads, read); over {
			break
		}
	}
	return doctor.CheckAccess(reads)
}

// reading is one thing to be read from the tenant.
type reading struct {
	what string
	key  bool
	loss string
	read func(context.Context) (count int, more bool, err error)
}

func readings(api *client.Client) []reading {
	var all []reading
	for _, kind := range client.Kinds() {
		all = append(all, reading{what: kind.Title() + " keys", key: true, read: func(ctx context.Context) (int, bool, error) {
			count, pages := 0, 0
			for page, err := range api.KeyPages(ctx, kind) {
				if pages++; err != nil || pages > 1 {
					return count, err == nil, err
				}
				count = len(page)
			}
			return count, false, nil
		}})
	}
	for _, kind := range []client.Kind{client.AppConnector, client.ServiceEdge, client.CloudController} {
		all = append(all, reading{
			what: kind.Title() + " groups", loss: "a new key's group cannot be chosen by its name",
			read: func(ctx context.Context) (int, bool, error) { return counting(api.Groups(ctx, kind)) },
		})
	}
	return append(all,
		reading{
			what: "signing certificates", loss: "nobody can tell before a copy whether a key's certificate has ended",
			read: func(ctx context.Context) (int, bool, error) { return counting(api.Certificates(ctx)) },
		},
		reading{
			what: "app connectors", loss: "it is unknown which of them enrolled with a key",
			read: func(ctx context.Context) (int, bool, error) { return counting(api.Connectors(ctx)) },
		},
	)
}

func counting[T any](list []T, err error) (count int, more bool, _ error) {
	return len(list), false, err
}
