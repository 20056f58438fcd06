package mockserver_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/mockserver"
)

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// clientKey is the pair of every test: making one takes a while.
var clientKey = sync.OnceValue(newKey)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func publicPEM(t *testing.T, key any) []byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// keyCaller is a caller of a mock that knows the public key.
func keyCaller(t *testing.T) *caller {
	t.Helper()
	return newCaller(t, mockserver.Options{PublicKey: publicPEM(t, &clientKey().PublicKey)})
}

// claims returns those of a good assertion, with changes; nil takes one away.
func (c *caller) claims(changes map[string]any) map[string]any {
	id := c.server.Credentials().ClientID
	all := map[string]any{
		"iss": id, "sub": id, "aud": "https://api.zscaler.com", "jti": "one", "exp": c.clock.Now().Add(5 * time.Minute).Unix(),
	}
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_ string, value any) bool { return value == nil })
	return all
}

// jwt signs claims by hand, apart from the library that the client signs with.
func jwt(t *testing.T, header string, claims map[string]any, key *rsa.PrivateKey) string {
	t.Helper()
	body, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(header)) + "." + encode(body)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + encode(signature)
}

const rs256 = `{"alg":"RS256","typ":"JWT"}`

// present signs in with an assertion; further pairs go into the form.
func (c *caller) present(assertion string, pairs ...string) answer {
	return c.form("/oauth2/v1/token", append([]string{
		"grant_type", "client_credentials", "audience", "https://api.zscaler.com",
		"client_id", c.server.Credentials().ClientID, "client_assertion_type", jwtBearer, "client_assertion", assertion,
	}, pairs...)...)
}

func TestAssertionOfTheRightKeyOpensTheDoor(t *testing.T) {
	c := keyCaller(t)

	c.token, _ = c.present(jwt(t, rs256, c.claims(nil), clientKey())).fields(t)["access_token"].(string)

	c.expect("a read", c.get("/zpa"+c.base+"/connector"), http.StatusOK, "")
}

func TestAssertionThatProvesNothingIsRefused(t *testing.T) {
	in := func(d time.Duration) int64 { return start().Add(d).Unix() }
	for what, tt := range map[string]struct {
		changes map[string]any
		says    string
	}{
		"another issuer":    {map[string]any{"iss": "mock-other"}, "iss"},
		"another subject":   {map[string]any{"sub": "mock-other"}, "iss"},
		"another audience":  {map[string]any{"aud": "https://api.example"}, "aud"},
		"no audience":       {map[string]any{"aud": nil}, "aud"},
		"expired":           {map[string]any{"exp": in(0)}, "expired"},
		"no end":            {map[string]any{"exp": nil}, "expired"},
		"an end too late":   {map[string]any{"exp": in(10*time.Minute + time.Second)}, "10 minutes"},
		"no id":             {map[string]any{"jti": nil}, "jti"},
		"a number for text": {map[string]any{"iss": 1}, "JWT"},
	} {
		c := keyCaller(t)
		c.refuses(what, c.present(jwt(t, rs256, c.claims(tt.changes), clientKey())), tt.says)
	}
}

func (c *caller) refuses(what string, a answer, says string) {
	c.t.Helper()
	fields := a.fields(c.t)
	if why, _ := fields["error_description"].(string); a.status != http.StatusUnauthorized ||
		fields["error"] != "invalid_client" || !strings.Contains(why, says) {
		c.t.Errorf("%s: status %d, %v, want 401 invalid_client that says %q", what, a.status, fields, says)
	}
}

func TestAssertionOfNoValidSignatureIsRefused(t *testing.T) {
	c := keyCaller(t)
	good := jwt(t, rs256, c.claims(nil), clientKey())
	parts := strings.Split(good, ".")
	for what, assertion := range map[string]string{
		"another key":       jwt(t, rs256, c.claims(nil), newKey()),
		"another algorithm": jwt(t, `{"alg":"RS512"}`, c.claims(nil), clientKey()),
		"no algorithm":      jwt(t, `{"alg":"none"}`, c.claims(nil), clientKey()),
		"no signature":      parts[0] + "." + parts[1] + ".",
		"other claims":      parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{}`)) + "." + parts[2],
		"two parts":         parts[0] + "." + parts[1],
		"a word":            "word",
	} {
		c := keyCaller(t)
		c.refuses(what, c.present(assertion), "JWT")
	}
}

func TestAssertionOfAnotherTypeIsRefused(t *testing.T) {
	c := keyCaller(t)
	good := jwt(t, rs256, c.claims(nil), clientKey())
	c.refuses("SAML", c.present(good, "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"), "client_assertion_type")
}

func TestAssertionIsGoodOnce(t *testing.T) {
	c := keyCaller(t)
	good := jwt(t, rs256, c.claims(nil), clientKey())
	if a := c.present(good); a.status != http.StatusOK {
		t.Fatalf("status %d", a.status)
	}
	c.refuses("again", c.present(good), "jti")
}

func TestRefusedAssertionsLockTheClient(t *testing.T) {
	c := keyCaller(t)
	for range 3 {
		c.present("word")
	}
	c.refuses("a good one", c.present(jwt(t, rs256, c.claims(nil), clientKey())), "locked")
}

func TestAssertionNeedsARegisteredKey(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	c.refuses("no key", c.present(jwt(t, rs256, c.claims(nil), clientKey())), "no public key")
}

func TestSecretAndAssertionTogetherAreRefused(t *testing.T) {
	c := keyCaller(t)
	a := c.present(jwt(t, rs256, c.claims(nil), clientKey()), "client_secret", c.server.Credentials().ClientSecret)
	if a.status != http.StatusBadRequest || a.fields(t)["error"] != "invalid_request" {
		t.Errorf("status %d, %v", a.status, a.fields(t))
	}
}

func TestPublicKeyThatChecksNothingIsRefused(t *testing.T) {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := string(publicPEM(t, &clientKey().PublicKey))
	for what, tt := range map[string]struct{ text, says string }{
		"empty":        {"", "no PEM text"},
		"a word":       {"word", "no PEM text"},
		"another kind": {strings.ReplaceAll(good, "PUBLIC KEY", "CERTIFICATE"), "no PEM text"},
		"damaged":      {string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte("word")})), "damaged"},
		"a curve":      {string(publicPEM(t, &curve.PublicKey)), "no RSA key"},
	} {
		if _, err := mockserver.New(mockserver.Options{PublicKey: []byte(tt.text)}); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v, want one that says %q", what, err, tt.says)
		}
	}
}
