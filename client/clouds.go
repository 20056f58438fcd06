package client

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Door is one of the API's two front doors. They differ in how a client signs
// in and in the first part of every path.
type Door int

// The front doors.
const (
	Legacy Door = iota // an API key of the tenant: POST /signin
	OneAPI             // a client of ZIdentity: an OAuth 2 token
)

// String returns the door's word in the configuration.
func (d Door) String() string {
	if d == OneAPI {
		return "oneapi"
	}
	return "legacy"
}

// Address is where a tenant lives, as an operator writes it.
type Address struct {
	Cloud    string // "" is PRODUCTION; case does not matter
	Vanity   string // OneAPI: the first label of the tenant's sign-in host
	BaseURL  string // replaces scheme and host; OneAPI's /zpa is added
	TokenURL string // the full address of the sign-in; with a loopback BaseURL it is there too unless this says otherwise
}

// Endpoints are the full addresses that a Client calls.
type Endpoints struct {
	API     string // what every resource path is appended to
	Token   string // where a token is asked for
	SignOut string // where it is given back; "" where there is no such call
}

// legacyHosts comes from the vendor's SDKs.
var legacyHosts = map[string]string{
	"PRODUCTION": "config.private.zscaler.com",
	"ZPATWO":     "config.zpatwo.net",
	"BETA":       "config.zpabeta.net",
	"GOV":        "config.zpagov.net",
	"GOVUS":      "config.zpagov.us",
	"PREVIEW":    "config.zpapreview.net",
	"QA":         "config.qa.zpath.net",
	"QA2":        "pdx2-zpa-config.qa2.zpath.net",
	"DEV":        "public-api.dev.zpath.net",
}

// label is one part of a host name: what a cloud or a vanity domain may be.
var label = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`)

// maxLabel is RFC 1035's. A pattern with that bound would take longer to compile than
// all others, at every start.
const maxLabel = 63

func isLabel(name string) bool { return len(name) <= maxLabel && label.MatchString(name) }

// Endpoints resolves the address for a door. The error names the setting at
// fault; an unknown cloud never falls back to another.
func (a Address) Endpoints(door Door) (Endpoints, error) {
	e, err := a.fromCloud(door)
	if err != nil {
		return Endpoints{}, err
	}
	if a.BaseURL != "" {
		base, err := checkURL("base URL", a.BaseURL)
		if err != nil {
			return Endpoints{}, err
		}
		if door == Legacy {
			e = Endpoints{API: base, Token: base + "/signin", SignOut: base + "/signout"}
		} else {
			root := strings.TrimSuffix(base, "/zpa")
			e.API = root + "/zpa"
			if u, err := url.Parse(base); err == nil && isLoopback(u.Hostname()) {
				// A mock on this machine: its credentials are nobody else's business.
				e.Token = root + "/oauth2/v1/token"
			}
		}
	}
	if a.TokenURL != "" {
		if e.Token, err = checkURL("token URL", a.TokenURL); err != nil {
			return Endpoints{}, err
		}
	}
	if e.Token == "" {
		return Endpoints{}, errors.New("OneAPI needs the vanity domain or the token URL to sign in")
	}
	return e, nil
}

func (a Address) fromCloud(door Door) (Endpoints, error) {
	cloud := strings.ToUpper(a.Cloud)
	if cloud == "" {
		cloud = "PRODUCTION"
	}
	if door == OneAPI {
		return a.oneAPI(cloud)
	}
	host, ok := legacyHosts[cloud]
	if !ok {
		return Endpoints{}, fmt.Errorf("unknown cloud %q: use one of %s", a.Cloud, strings.Join(Clouds(), ", "))
	}
	base := "https://" + host
	return Endpoints{API: base, Token: base + "/signin", SignOut: base + "/signout"}, nil
}

func (a Address) oneAPI(cloud string) (Endpoints, error) {
	if !isLabel(cloud) {
		return Endpoints{}, fmt.Errorf("unknown cloud %q: a cloud's name is letters and digits", a.Cloud)
	}
	if a.Vanity != "" && !isLabel(a.Vanity) {
		return Endpoints{}, fmt.Errorf("the vanity domain %q is not the first part of a host name", a.Vanity)
	}
	x := strings.ToLower(cloud)
	idp, api := "zslogin"+x+".net", "api."+x+".zsapi.net"
	switch cloud {
	case "PRODUCTION":
		idp, api = "zslogin.net", "api.zsapi.net"
	case "GOV":
		idp, api = "zidentitygov.net", "api.zscalergov.net"
	case "GOVUS":
		idp, api = "zidentitygov.us", "api.zscalergov.us"
	}
	e := Endpoints{API: "https://" + api + "/zpa"}
	if a.Vanity != "" {
		e.Token = "https://" + a.Vanity + "." + idp + "/oauth2/v1/token"
	}
	return e, nil
}

// Clouds returns the names of the clouds that an API key signs in to, sorted.
func Clouds() []string {
	names := make([]string, 0, len(legacyHosts))
	for n := range legacyHosts {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// checkURL returns the address without a slash at its end. TLS is the rule;
// only a literal loopback address may go without.
func checkURL(what, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("the %s is no plain address: write it as https://host or https://host/path", what)
	}
	switch {
	case u.Scheme == "https", u.Scheme == "http" && isLoopback(u.Hostname()):
		return strings.TrimRight(u.String(), "/"), nil
	case u.Scheme == "http":
		return "", fmt.Errorf("the %s is not encrypted: use https (http is for literal loopback addresses such as http://127.0.0.1:8080)", what)
	}
	return "", fmt.Errorf("the %s must begin with https://", what)
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
