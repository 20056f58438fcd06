package doctor

import (
	"net/http"
	"net/url"
)

// Proxy says how one address is reached.
type Proxy struct {
	Host   string
	Local  bool   // a literal loopback address, which no proxy is for
	Via    string // the proxy without its user and password; "" for none
	Broken bool   // what should name a proxy names none
	// The variables that are set: of these only the first and NO_PROXY count.
	HTTPS, HTTP, All bool
}

// LookAtProxy asks the transport itself which proxy an address goes through.
func LookAtProxy(t *http.Transport, address *url.URL, lookup func(string) (string, bool)) Proxy {
	set := func(names ...string) bool {
		for _, name := range names {
			if value, ok := lookup(name); ok && value != "" {
				return true
			}
		}
		return false
	}
	p := Proxy{
		Host: address.Hostname(), Local: isLoopback(address.Hostname()),
		HTTPS: set("HTTPS_PROXY", "https_proxy"), HTTP: set("HTTP_PROXY", "http_proxy"), All: set("ALL_PROXY", "all_proxy"),
	}
	if t.Proxy == nil {
		return p
	}
	via, err := t.Proxy(&http.Request{URL: address})
	switch {
	case err != nil:
		p.Broken = true
	case via != nil:
		p.Via = maskedProxy(via)
	}
	return p
}

// maskedProxy leaves out all that may be a password.
func maskedProxy(u *url.URL) string {
	user := ""
	if u.User != nil {
		user = "••••@"
	}
	return u.Scheme + "://" + user + u.Host
}

// CheckProxy judges how an address is reached.
func CheckProxy(p Proxy) []Finding {
	r := report{group: GroupNetwork}
	switch {
	case p.Local:
		r.ok("proxy", "%s is on this machine: none is used", p.Host)
	case p.Broken:
		r.fail("proxy", Problem{
			Text: "HTTPS_PROXY names no proxy that can be used", Fault: FaultUnavailable,
			Mend: "write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with %25, %23 and %40 for a %, # and @ in the password; or unset it",
		})
	case p.Via != "":
		r.ok("proxy", "%s goes through %s (HTTPS_PROXY)", p.Host, p.Via)
	case p.HTTPS:
		r.ok("proxy", "%s is reached directly: NO_PROXY exempts it from HTTPS_PROXY", p.Host)
	case p.HTTP || p.All:
		name := "ALL_PROXY"
		if p.HTTP {
			name = "HTTP_PROXY"
		}
		r.note("proxy", "set HTTPS_PROXY as well if it is reached through a proxy", "%s is reached directly: %s is set, which does not count for https", p.Host, name)
	default:
		r.ok("proxy", "%s is reached directly: HTTPS_PROXY is not set", p.Host)
	}
	return r.all
}
