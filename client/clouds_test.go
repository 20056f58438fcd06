package client_test

import (
	"strings"
	"testing"

	"provkeys/client"
)

func TestEveryCloudHasItsAddresses(t *testing.T) {
	legacy := map[string]string{
		"":           "config.private.zscaler.com",
		"PRODUCTION": "config.private.zscaler.com",
		"production": "config.private.zscaler.com",
		"ZPATWO":     "config.zpatwo.net",
		"Beta":       "config.zpabeta.net",
		"GOV":        "config.zpagov.net",
		"govus":      "config.zpagov.us",
		"PREVIEW":    "config.zpapreview.net",
		"QA":         "config.qa.zpath.net",
		"qa2":        "pdx2-zpa-config.qa2.zpath.net",
		"DEV":        "public-api.dev.zpath.net",
	}
	for cloud, host := range legacy {
		base := "https://" + host
		want := client.Endpoints{API: base, Token: base + "/signin", SignOut: base + "/signout"}
		if got, err := (client.Address{Cloud: cloud}).Endpoints(client.Legacy); err != nil || got != want {
			t.Errorf("legacy %q: %+v, %v", cloud, got, err)
		}
	}
	oneAPI := map[string][2]string{
		"":           {"acme.zslogin.net", "api.zsapi.net"},
		"PRODUCTION": {"acme.zslogin.net", "api.zsapi.net"},
		"production": {"acme.zslogin.net", "api.zsapi.net"},
		"BETA":       {"acme.zsloginbeta.net", "api.beta.zsapi.net"},
		"zspreview":  {"acme.zsloginzspreview.net", "api.zspreview.zsapi.net"},
		"GOV":        {"acme.zidentitygov.net", "api.zscalergov.net"},
		"gov":        {"acme.zidentitygov.net", "api.zscalergov.net"},
		"GOVUS":      {"acme.zidentitygov.us", "api.zscalergov.us"},
	}
	for cloud, hosts := range oneAPI {
		want := client.Endpoints{API: "https://" + hosts[1] + "/zpa", Token: "https://" + hosts[0] + "/oauth2/v1/token"}
		if got, err := (client.Address{Cloud: cloud, Vanity: "acme"}).Endpoints(client.OneAPI); err != nil || got != want {
			t.Errorf("OneAPI %q: %+v, %v", cloud, got, err)
		}
	}
}

func TestAddressesCanBeReplaced(t *testing.T) {
	for _, c := range []struct {
		what    string
		door    client.Door
		address client.Address
		want    client.Endpoints
	}{
		{"legacy base", client.Legacy, client.Address{BaseURL: "https://proxy.example/zs/"},
			client.Endpoints{API: "https://proxy.example/zs", Token: "https://proxy.example/zs/signin", SignOut: "https://proxy.example/zs/signout"}},
		{"OneAPI base", client.OneAPI, client.Address{BaseURL: "https://proxy.example", Vanity: "acme"},
			client.Endpoints{API: "https://proxy.example/zpa", Token: "https://acme.zslogin.net/oauth2/v1/token"}},
		{"OneAPI base that has /zpa already", client.OneAPI, client.Address{BaseURL: "https://proxy.example/zpa/", Vanity: "acme"},
			client.Endpoints{API: "https://proxy.example/zpa", Token: "https://acme.zslogin.net/oauth2/v1/token"}},
		{"token URL in place of the vanity domain", client.OneAPI, client.Address{TokenURL: "https://idp.example/t"},
			client.Endpoints{API: "https://api.zsapi.net/zpa", Token: "https://idp.example/t"}},
		{"IPv4 loopback without TLS", client.Legacy, client.Address{BaseURL: "http://127.0.0.1:8080"},
			client.Endpoints{API: "http://127.0.0.1:8080", Token: "http://127.0.0.1:8080/signin", SignOut: "http://127.0.0.1:8080/signout"}},
		{"IPv6 loopback without TLS", client.OneAPI, client.Address{BaseURL: "http://[::1]:8080", TokenURL: "http://[::1]:8080/t"},
			client.Endpoints{API: "http://[::1]:8080/zpa", Token: "http://[::1]:8080/t"}},
		{"OneAPI on loopback signs in there", client.OneAPI, client.Address{BaseURL: "http://127.0.0.1:8080", Vanity: "mock"},
			client.Endpoints{API: "http://127.0.0.1:8080/zpa", Token: "http://127.0.0.1:8080/oauth2/v1/token"}},
	} {
		if got, err := c.address.Endpoints(c.door); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v", c.what, got, err)
		}
	}
}

func TestWrongAddressesAreRefusedByName(t *testing.T) {
	for _, c := range []struct {
		what    string
		door    client.Door
		address client.Address
		say     string
	}{
		{"unknown cloud", client.Legacy, client.Address{Cloud: "ZPATHREE"}, "ZPATWO"},
		{"unknown cloud beside a base", client.Legacy, client.Address{Cloud: "nowhere", BaseURL: "https://proxy.example"}, "unknown cloud"},
		{"a cloud that would change the host", client.OneAPI, client.Address{Cloud: "x.evil.example/", Vanity: "acme"}, "unknown cloud"},
		{"a vanity domain that would change the host", client.OneAPI, client.Address{Vanity: "evil.example/"}, "vanity"},
		{"no vanity domain", client.OneAPI, client.Address{}, "vanity"},
		{"a base without the sign-in's address", client.OneAPI, client.Address{BaseURL: "https://proxy.example"}, "token URL"},
		{"no TLS", client.Legacy, client.Address{BaseURL: "http://proxy.example"}, "not encrypted"},
		{"a name is no literal loopback address", client.Legacy, client.Address{BaseURL: "http://localhost:8080"}, "127.0.0.1"},
		{"a name that looks like loopback", client.Legacy, client.Address{BaseURL: "http://127.0.0.1.evil.example"}, "not encrypted"},
		{"a short form of loopback", client.Legacy, client.Address{BaseURL: "http://127.1"}, "not encrypted"},
		{"no TLS for the token", client.OneAPI, client.Address{TokenURL: "http://idp.example/t"}, "token URL"},
		{"another scheme", client.Legacy, client.Address{BaseURL: "ftp://127.0.0.1"}, "https://"},
		{"no scheme", client.Legacy, client.Address{BaseURL: "proxy.example"}, "base URL"},
		{"no host", client.Legacy, client.Address{BaseURL: "https://:8443/x"}, "base URL"},
		{"a query", client.Legacy, client.Address{BaseURL: "https://proxy.example?x=1"}, "base URL"},
		{"an empty query", client.Legacy, client.Address{BaseURL: "https://proxy.example?"}, "base URL"},
		{"a fragment", client.Legacy, client.Address{BaseURL: "https://proxy.example#x"}, "base URL"},
		{"a password", client.Legacy, client.Address{BaseURL: "https://me:hunter2@proxy.example"}, "base URL"},
	} {
		got, err := c.address.Endpoints(c.door)
		switch {
		case err == nil:
			t.Errorf("%s: accepted as %+v", c.what, got)
		case !strings.Contains(err.Error(), c.say) || strings.Contains(err.Error(), "hunter2"):
			t.Errorf("%s: %v", c.what, err)
		}
	}
}
