package mockserver_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
)

func oneAPISignIn(c *caller, pairs ...string) answer {
	cred := c.server.Credentials()
	return c.form("/oauth2/v1/token", append([]string{
		"grant_type", "client_credentials", "audience", "https://api.zscaler.com",
		"client_id", cred.ClientID, "client_secret", cred.ClientSecret,
	}, pairs...)...)
}

func TestLegacySignInGivesSecondsAsString(t *testing.T) {
	c := newCaller(t, mockserver.Options{TokenLife: 90 * time.Second})
	cred := c.server.Credentials()

	got := c.form("/signin", "client_id", cred.ClientID, "client_secret", cred.ClientSecret).fields(t)

	if got["expires_in"] != "90" || got["token_type"] != "Bearer" {
		t.Errorf("expires_in %#v, token_type %#v", got["expires_in"], got["token_type"])
	}
}

func TestOneAPISignInGivesSecondsAsNumber(t *testing.T) {
	c := newCaller(t, mockserver.Options{})

	got := oneAPISignIn(c).fields(t)

	if got["expires_in"] != float64(3600) || got["token_type"] != "Bearer" {
		t.Errorf("expires_in %#v, token_type %#v", got["expires_in"], got["token_type"])
	}
}

func TestTokenIsShapedLikeAJWTWithAFutureEnd(t *testing.T) {
	c := newCaller(t, mockserver.Options{})

	parts := strings.Split(c.token, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts, want 3", len(parts))
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims struct {
		Exp        int64  `json:"exp"`
		CustomerID string `json:"customerId"`
	}
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Fatal(err)
	}
	if claims.Exp != start().Add(time.Hour).Unix() {
		t.Errorf("exp %d", claims.Exp)
	}
	if claims.CustomerID != c.server.Credentials().CustomerID {
		t.Errorf("customerId %q", claims.CustomerID)
	}
}

func TestSignInRefusesWhatIsNotAForm(t *testing.T) {
	for _, path := range []string{"/signin", "/oauth2/v1/token"} {
		c := newCaller(t, mockserver.Options{})
		c.expect(path, c.send(http.MethodPost, path, "application/json", `{}`, nil),
			http.StatusUnsupportedMediaType, "unsupported.media.type")
	}
}

func TestOneAPISignInWantsItsParameters(t *testing.T) {
	for _, tt := range []struct {
		name, field, value string
		status             int
		code               string
	}{
		{"another grant", "grant_type", "password", 400, "unsupported_grant_type"},
		{"no audience", "audience", "", 400, "invalid_request"},
		{"another audience", "audience", "https://api.example", 400, "invalid_request"},
		{"no secret", "client_secret", "", 400, "invalid_request"},
		{"a wrong secret", "client_secret", "wrong", 401, "invalid_client"},
	} {
		c := newCaller(t, mockserver.Options{})

		a := oneAPISignIn(c, tt.field, tt.value)

		if a.status != tt.status || a.fields(t)["error"] != tt.code {
			t.Errorf("%s: status %d, error %v", tt.name, a.status, a.fields(t)["error"])
		}
	}
}

func TestSecretInTheAddressIsNotRead(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	cred := c.server.Credentials()

	a := c.form("/signin?client_id=" + cred.ClientID + "&client_secret=" + cred.ClientSecret)

	c.expect("sign-in", a, http.StatusBadRequest, "bad.request")
}

func TestThirdRefusedSignInLocks(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	cred := c.server.Credentials()
	try := func(secret string) answer {
		return c.form("/signin", "client_id", cred.ClientID, "client_secret", secret)
	}
	for range 3 {
		c.expect("wrong secret", try("wrong"), http.StatusUnauthorized, "access.denied")
	}

	a := try(cred.ClientSecret)
	c.expect("right secret while locked", a, http.StatusUnauthorized, "access.denied")
	if reason, _ := a.fields(t)["reason"].(string); !strings.Contains(reason, "locked") {
		t.Errorf("the reason does not say locked: %q", reason)
	}
	if a := oneAPISignIn(c); a.status != http.StatusUnauthorized {
		t.Errorf("OneAPI lets a locked client in: status %d", a.status)
	}
	c.clock.advance(30*time.Minute - time.Second)
	c.expect("a second too early", try(cred.ClientSecret), http.StatusUnauthorized, "access.denied")
	c.clock.advance(time.Second)
	c.expect("after 30 minutes", try(cred.ClientSecret), http.StatusOK, "")
}

func TestSignInResetsTheCountOfRefusals(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	cred := c.server.Credentials()

	for range 3 {
		for range 2 {
			c.form("/signin", "client_id", cred.ClientID, "client_secret", "wrong")
		}
		a := c.form("/signin", "client_id", cred.ClientID, "client_secret", cred.ClientSecret)
		c.expect("after two refusals", a, http.StatusOK, "")
	}
}

func TestALockEndsWithAFreshCount(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	cred := c.server.Credentials()
	wrong := func() {
		c.form("/signin", "client_id", cred.ClientID, "client_secret", "wrong")
	}
	for range 3 {
		wrong()
	}
	c.clock.advance(30 * time.Minute)

	wrong()

	a := c.form("/signin", "client_id", cred.ClientID, "client_secret", cred.ClientSecret)
	c.expect("one refusal after the lock", a, http.StatusOK, "")
}

func TestTokenOpensOnlyItsOwnDoor(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	legacy := c.token
	oneAPI, _ := oneAPISignIn(c).fields(t)["access_token"].(string)

	for _, tt := range []struct {
		prefix, token string
		status        int
	}{
		{"", legacy, 200}, {"/zpa", oneAPI, 200}, {"", oneAPI, 401}, {"/zpa", legacy, 401},
	} {
		c.token = tt.token
		a := c.get(tt.prefix + c.base + "/connector")
		if a.status != tt.status {
			t.Errorf("prefix %q: status %d, want %d", tt.prefix, a.status, tt.status)
		}
		if a.status != http.StatusUnauthorized {
			continue
		}
		if tt.prefix == "" && a.id(t) != "access.denied" {
			t.Errorf("legacy refusal: id %q", a.id(t))
		}
		if tt.prefix != "" && a.fields(t)["detail"] != "unauthorized" {
			t.Errorf("gateway refusal: %v", a.fields(t))
		}
	}
}

func TestTokenEnds(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(*caller)
	}{
		{"by age", func(c *caller) { c.clock.advance(time.Hour) }},
		{"by ExpireTokens", func(c *caller) { c.server.ExpireTokens() }},
		{"by sign-out", func(c *caller) {
			if a := c.send(http.MethodPost, "/signout", "", "", nil); a.status != http.StatusOK {
				t.Errorf("sign-out: status %d", a.status)
			}
		}},
		{"never known", func(c *caller) { c.token = "a.b.c" }},
	} {
		c := newCaller(t, mockserver.Options{})
		c.expect(tt.name+", before", c.get(c.base+"/connector"), http.StatusOK, "")

		tt.end(c)

		c.expect(tt.name+", after", c.get(c.base+"/connector"), http.StatusUnauthorized, "access.denied")
		c.signIn()
		c.expect(tt.name+", new token", c.get(c.base+"/connector"), http.StatusOK, "")
	}
}

func TestRotatedSecretRefusesTheOldOne(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	old := c.server.Credentials()

	c.server.SetSecret("rotated")

	a := c.form("/signin", "client_id", old.ClientID, "client_secret", old.ClientSecret)
	c.expect("old secret", a, http.StatusUnauthorized, "access.denied")
	c.expect("token from before", c.get(c.base+"/connector"), http.StatusOK, "")
	c.signIn()
}

func TestAnotherCustomerIsForbidden(t *testing.T) {
	c := newCaller(t, mockserver.Options{})

	a := c.get("/mgmtconfig/v1/admin/customers/216196200000000000/connector")

	c.expect("another customer", a, http.StatusForbidden, "access.forbidden")
}

func TestEveryAnswerCarriesItsRequestID(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	for _, tt := range []struct{ path, header string }{
		{c.base + "/connector", "x-transaction-id"},
		{"/mgmtconfig/v1/nowhere", "x-transaction-id"},
		{"/zpa" + c.base + "/connector", "x-oneapi-request-id"},
	} {
		first, second := c.get(tt.path).header.Get(tt.header), c.get(tt.path).header.Get(tt.header)
		if first == "" || first == second {
			t.Errorf("%s: %s %q, then %q", tt.path, tt.header, first, second)
		}
	}
}
