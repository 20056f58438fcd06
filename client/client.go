// Package client speaks the management API of provisioning keys: both front
// doors, lists of the four kinds, one key, lossless updates, groups, signing
// certificates and connectors.
//
// It knows the wire format, what may be tried again, and how fast one may ask.
// It must never know a screen, a flag, a file or an environment variable, and
// it keeps nothing but a token: key texts and credentials are Secrets from the
// byte they arrive, and no error holds a request or a response body.
//
// An update reads the whole object, overlays what changed and sends all of it,
// because the API replaces what it gets. It has no compare-and-swap: a change
// made elsewhere between that reading and the writing is overwritten without a
// word. That is one round trip, and as long as the rate limit makes the writing
// wait. Everything older is found and told as a conflict, and the updates of one
// Client to one key take turns. An update whose answer was lost counts as done
// where the key is as it would have made it, whoever did that.
package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Config is what a Client needs. Door, Endpoints, ClientID, CustomerID and either
// ClientSecret or PrivateKey are required.
type Config struct {
	Door         Door
	Endpoints    Endpoints
	ClientID     string
	ClientSecret Secret
	PrivateKey   Secret // an RSA key in PEM form (PKCS #1 or #8); OneAPI alone signs in with one
	CustomerID   string
	Microtenant  string // "" asks for all and writes to Default; "0" is Default

	Transport http.RoundTripper // nil: NewTransport(nil)
	UserAgent string
	OnWait    func(Wait) // called before every wait that a person would notice; may be nil
	OnCall    func(Call) // called after every call; may be nil

	// MaySignIn is asked before a sign-in is sent, unless RetrySignIn decided that;
	// its error keeps the sign-in from going out, and ends what needed it. OnSignIn
	// is told what came of one that was accepted, nil, or refused. Both may be nil.
	MaySignIn func() error
	// LockSignIn is held from MaySignIn to OnSignIn, so that of several processes with
	// the same credentials the second knows what came of the first. Its error is that of
	// the sign-in. It may be nil.
	LockSignIn func(context.Context) (unlock func(), err error)
	OnSignIn   func(*SignInError)

	// These are told of every list that came whole, from several goroutines at once,
	// and must keep nothing of it but names and ids. Any may be nil.
	OnKeys         func(Kind, []Key)
	OnGroups       func(Kind, []Group)
	OnCertificates func([]Certificate)
}

// Wait says why a call does not go out at once.
type Wait struct {
	For   time.Duration
	Cause error // what the server answered; nil when the client keeps to the rate limit by itself
}

// Call is what a log may know of a call.
type Call struct {
	Method    string
	Path      string // without the query
	Status    int    // 0 when no answer came
	Took      time.Duration
	RequestID string
}

// Client calls the API for one tenant. It is safe for use by several
// goroutines, which share its token and its pace.
type Client struct {
	cfg    Config
	signer *signer // nil: the client secret signs in
	http   http.Client
	pace   pace
	token  tokens
	turns  turns
}

// New returns a client. It sends nothing yet; the error names what is missing,
// or what is wrong with the private key.
func New(cfg Config) (*Client, error) {
	for _, need := range []struct {
		missing bool
		what    string
	}{
		{cfg.ClientID == "", "client id"},
		{cfg.ClientSecret.IsZero() && cfg.PrivateKey.IsZero(), "client secret"},
		{cfg.CustomerID == "", "customer id"},
		{cfg.Endpoints.API == "" || cfg.Endpoints.Token == "", "address"},
	} {
		if need.missing {
			return nil, fmt.Errorf("the %s is missing", need.what)
		}
	}
	signer, err := newSigner(cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Transport == nil {
		t, err := NewTransport(nil)
		if err != nil {
			return nil, err
		}
		cfg.Transport = t
	}
	return &Client{
		cfg:    cfg,
		signer: signer,
		http: http.Client{
			Transport: cfg.Transport,
			// Go would send Authorization again on a redirect to plain http.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// NewTransport returns the transport of real tenants: TLS 1.2 or later against
// the system's certificates and those of extraCA (PEM, may be nil), proxies
// from the environment but never for loopback.
func NewTransport(extraCA []byte) (*http.Transport, error) {
	// Without a pool of its own TLS reads the system's, and only once it needs it:
	// that takes longer than a whole call to a mock on this machine.
	var pool *x509.CertPool
	if extraCA != nil {
		var err error
		if pool, err = x509.SystemCertPool(); err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(withoutMark(extraCA)) {
			return nil, errors.New("the CA file holds no certificate in PEM form")
		}
	}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool},
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: tryTimeout,
	}, nil
}

// customerPath returns a path below the customer: v is "v1" or "v2".
func (c *Client) customerPath(v string, parts ...string) string {
	p := "/mgmtconfig/" + v + "/admin/customers/" + url.PathEscape(c.cfg.CustomerID)
	for _, part := range parts {
		p += "/" + url.PathEscape(part)
	}
	return p
}
