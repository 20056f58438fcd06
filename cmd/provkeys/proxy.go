package main

import (
	"cmp"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
)

// proxyError is about a variable that should name a proxy and names none. It does
// not repeat the value, which may hold a password.
type proxyError struct{ variable string }

func (e *proxyError) Error() string {
	return e.variable + " names no proxy that can be used (a %, # or @ in its password is written %25, %23 or %40)"
}

// environmentProxy returns the proxy that the environment names for a request, nil
// for none. Go takes a value that it cannot read for none at all and goes out
// directly, past a proxy that somebody counts on: here that is an error.
func environmentProxy(r *http.Request) (*url.URL, error) {
	variable := "HTTPS_PROXY"
	if r.URL.Scheme == "http" {
		variable = "HTTP_PROXY"
	}
	value := cmp.Or(os.Getenv(variable), os.Getenv(strings.ToLower(variable)))
	if value != "" && !namesProxy(value) && !isLocal(r.URL.Hostname()) {
		return nil, &proxyError{variable}
	}
	return http.ProxyFromEnvironment(r)
}

// namesProxy reports whether a value is the address of a proxy. What stands behind
// a # or / in a password that is not escaped has an @ in it, and the wrong host
// before it.
func namesProxy(value string) bool {
	if !strings.Contains(value, "://") {
		value = "http://" + value
	}
	u, err := url.Parse(value)
	return err == nil && u.Hostname() != "" && slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) &&
		!strings.Contains(u.Path+u.RawQuery+u.Fragment, "@")
}

// isLocal reports whether a host is this machine, which no proxy is for.
func isLocal(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
