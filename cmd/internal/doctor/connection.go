package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"
)

// connectTime is for one connection; a tenant answers within a second.
const connectTime = 10 * time.Second

// Connection is how far a TLS handshake with one host came.
type Connection struct {
	Host        string
	Via         string              // the proxy it went through; "" for none
	ProxyStatus int                 // what the proxy answered; 0 for nothing
	Chain       []*x509.Certificate // as presented, the server's own first; nil when none came
	Roots       *x509.CertPool      // what it is verified against
	Err         error               // why no chain came
}

// errSeen ends a handshake whose chain has been seen.
var errSeen = errors.New("the chain was seen")

// Connect begins a TLS handshake as the transport would, through its proxy too,
// takes the certificates that are presented, and ends it there: whoever answers,
// nothing was sent to them. Whether to trust them is for CheckConnection.
func Connect(ctx context.Context, t *http.Transport, address *url.URL) Connection {
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	c := Connection{Host: address.Hostname(), Roots: t.TLSClientConfig.RootCAs}
	// The dial may outlive its time: what it still finds then goes nowhere.
	chains := make(chan []*x509.Certificate, 1)
	var proxyStatus atomic.Int32
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, "https://"+address.Host, nil)
	if err != nil {
		c.Err = err
		return c
	}
	proxy := ""
	if t.Proxy != nil {
		if via, err := t.Proxy(req); err == nil && via != nil {
			c.Via, proxy = maskedProxy(via), via.Hostname()
		}
	}
	probe := t.Clone()
	defer probe.CloseIdleConnections()
	probe.DisableKeepAlives = true
	probe.TLSClientConfig.InsecureSkipVerify = true
	probe.TLSClientConfig.VerifyConnection = func(s tls.ConnectionState) error {
		if s.ServerName != serverName(c.Host) {
			// A proxy that is spoken to by TLS itself gets its password next.
			return verified(s.PeerCertificates, c.Roots, proxy)
		}
		select {
		case chains <- s.PeerCertificates:
		default:
		}
		return errSeen
	}
	probe.OnProxyConnectResponse = func(_ context.Context, _ *url.URL, _ *http.Request, r *http.Response) error {
		proxyStatus.Store(int32(r.StatusCode))
		return nil
	}
	resp, err := probe.RoundTrip(req)
	if err == nil {
		_ = resp.Body.Close() // it cannot be: the handshake never ends well
	}
	c.Err, c.ProxyStatus = err, int(proxyStatus.Load())
	select {
	case c.Chain = <-chains:
		c.Err = nil
	default:
	}
	return c
}

// serverName is what a handshake calls a host: an address has no name.
func serverName(host string) string {
	if _, err := netip.ParseAddr(host); err == nil {
		return ""
	}
	return host
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func verified(chain []*x509.Certificate, roots *x509.CertPool, name string) error {
	if len(chain) == 0 {
		return errors.New("no certificate")
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: intermediates(chain), DNSName: name})
	return err
}

func intermediates(chain []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, c := range chain[1:] {
		pool.AddCert(c)
	}
	return pool
}

// CheckConnection judges a connection, its certificates as of now.
func CheckConnection(c Connection, now time.Time) []Finding {
	r := report{group: GroupNetwork}
	if len(c.Chain) > 0 {
		r.chain(c, now)
		return r.all
	}
	p := unreached(c)
	p.Fault = FaultUnavailable
	r.fail("connection", p)
	return r.all
}

// unreached finds the words for a host that no handshake was begun with.
func unreached(c Connection) Problem {
	var name *net.DNSError
	var plain tls.RecordHeaderError
	var wait net.Error
	const network = "check the network, a firewall and the address; where the way out is a proxy, set HTTPS_PROXY=http://HOST:PORT"
	switch {
	case c.ProxyStatus == http.StatusProxyAuthRequired:
		return Problem{Text: c.Via + " asks for a user and a password (407)", Mend: "put them into the variable: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"}
	case c.ProxyStatus != 0 && c.ProxyStatus != http.StatusOK:
		return Problem{
			Text: fmt.Sprintf("%s refuses to connect to %s (%d)", c.Via, c.Host, c.ProxyStatus),
			Mend: "have " + c.Host + " allowed there, or add it to NO_PROXY if it is reached without",
		}
	case errors.As(c.Err, &name):
		return Problem{Text: fmt.Sprintf("the name %s cannot be resolved", name.Name), Mend: "check the name and the resolver of this machine; where the way out is a proxy, set HTTPS_PROXY=http://HOST:PORT"}
	case errors.As(c.Err, &plain):
		return Problem{Text: c.Host + " answers something that is not TLS: a proxy or a captive portal, or the wrong port", Mend: network}
	case errors.As(c.Err, &wait) && wait.Timeout():
		return Problem{Text: fmt.Sprintf("%s does not answer within %v", c.through(), connectTime), Mend: network}
	}
	return Problem{Text: fmt.Sprintf("no connection to %s: %v", c.through(), c.Err), Mend: network}
}

// through names the host, and the proxy on the way to it.
func (c Connection) through() string {
	if c.Via == "" {
		return c.Host
	}
	return c.Host + " through " + c.Via
}
