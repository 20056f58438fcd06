package client_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"provkeys/client"
	"provkeys/mockserver"
)

// signingKey is the key of every test: making one takes a while.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func pkcs8(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pemOf("PRIVATE KEY", der)
}

// keyConfig returns what a client needs that signs in with a private key.
func keyConfig(t *testing.T, f *fake) client.Config {
	t.Helper()
	cfg := config(t, client.OneAPI, f)
	cfg.ClientSecret, cfg.PrivateKey = client.Secret{}, client.NewSecret(pkcs8(t, signingKey()))
	return cfg
}

// form returns what a sign-in carried.
func (s seen) form(t *testing.T) url.Values {
	t.Helper()
	form, err := url.ParseQuery(s.body)
	if err != nil {
		t.Fatal(err)
	}
	return form
}

func TestPrivateKeySignsInAtTheMock(t *testing.T) {
	der, err := x509.MarshalPKIXPublicKey(&signingKey().PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"PKCS #8":              pkcs8(t, signingKey()),
		"PKCS #1":              pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(signingKey())),
		"beside a certificate": pemOf("CERTIFICATE", []byte("any")) + "\n" + pkcs8(t, signingKey()),
	} {
		server, err := mockserver.New(mockserver.Options{PublicKey: []byte(pemOf("PUBLIC KEY", der))})
		if err != nil {
			t.Fatal(err)
		}
		cfg := config(t, client.OneAPI, server.Transport())
		cfg.ClientID, cfg.CustomerID = server.Credentials().ClientID, server.Credentials().CustomerID
		cfg.ClientSecret, cfg.PrivateKey = client.Secret{}, client.NewSecret(text)

		listing, err := newClient(t, cfg).ListKeys(context.Background(), client.AppConnector)

		if err != nil || len(listing.Keys) == 0 {
			t.Errorf("%s: %d keys, %v", what, len(listing.Keys), err)
		}
	}
}

func TestAssertionSaysWhatTheDoorAsksFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		if err := readOne(newClient(t, keyConfig(t, f))); err != nil {
			t.Fatal(err)
		}
		form := f.signIns[0].form(t)
		if form.Has("client_secret") || form.Get("client_id") != "mock-id" || form.Get("grant_type") != "client_credentials" ||
			form.Get("audience") != "https://api.zscaler.com" ||
			form.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
			t.Errorf("the form is not the door's (fields sent: %d)", len(form))
		}
		claims := jwt.MapClaims{}
		token, err := jwt.ParseWithClaims(form.Get("client_assertion"), claims, func(*jwt.Token) (any, error) {
			return &signingKey().PublicKey, nil
		})
		if err != nil || token.Method.Alg() != "RS256" {
			t.Fatalf("the assertion does not verify by RS256: %v", err)
		}
		if claims["iss"] != "mock-id" || claims["sub"] != "mock-id" || claims["aud"] != "https://api.zscaler.com" || claims["jti"] == "" {
			t.Errorf("claims %v", claims)
		}
		if end := time.Unix(int64(claims["exp"].(float64)), 0); end.After(time.Now().Add(10*time.Minute)) || end.Before(time.Now().Add(time.Minute)) {
			t.Errorf("the assertion ends in %v, want between 1 and 10 minutes", time.Until(end))
		}
	})
}

func TestEveryTryCarriesAFreshAssertion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(n int, _ seen) reply {
			if n == 1 {
				return reply{status: 503}
			}
			return reply{body: tokenJSON}
		}
		if err := readOne(newClient(t, keyConfig(t, f))); err != nil {
			t.Fatal(err)
		}
		if len(f.signIns) != 2 || f.signIns[0].form(t).Get("client_assertion") == f.signIns[1].form(t).Get("client_assertion") {
			t.Errorf("%d tries, and the same assertion twice", len(f.signIns))
		}
	})
}

func TestEchoedAssertionIsHidden(t *testing.T) {
	var parts []string
	f := &fake{signIn: func(_ int, s seen) reply {
		assertion := s.form(t).Get("client_assertion")
		parts = strings.Split(assertion, ".")
		return reply{status: 401, body: "unknown: " + assertion}
	}}
	err := newClient(t, keyConfig(t, f)).SignIn(context.Background())
	// The first part is the same for everybody.
	if !errors.Is(err, client.ErrSignIn) || strings.Contains(err.Error(), parts[1]) || strings.Contains(err.Error(), parts[2]) {
		t.Errorf("refused: %t, or the error holds the assertion", errors.Is(err, client.ErrSignIn))
	}
}

func TestPrivateKeyThatCannotSignIsNamedAndNotShown(t *testing.T) {
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	good := pkcs8(t, signingKey())
	for what, tt := range map[string]struct{ text, says string }{
		"a word":               {"canary", "no PEM text"},
		"cut off":              {good[:len(good)/2], "no PEM text"},
		"one line":             {strings.ReplaceAll(good, "\n", " "), "no PEM text"},
		"a certificate alone":  {pemOf("CERTIFICATE", []byte("canary")), "no PEM text"},
		"damaged":              {pemOf("PRIVATE KEY", []byte("canary")), "is damaged"},
		"damaged, PKCS #1":     {pemOf("RSA PRIVATE KEY", []byte("canary")), "is damaged"},
		"a passphrase":         {pemOf("ENCRYPTED PRIVATE KEY", []byte("canary")), "openssl pkey"},
		"a passphrase, old":    {string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"DEK-Info": "canary"}, Bytes: []byte("canary")})), "openssl pkey"},
		"an elliptic curve":    {pkcs8(t, curve), "no RSA key"},
		"an elliptic curve, 1": {pemOf("EC PRIVATE KEY", sec1), "no RSA key"},
		"too short":            {pkcs8(t, shortKey(t)), "1024 bits"},
	} {
		cfg := keyConfig(t, failing(reply{}))
		cfg.PrivateKey = client.NewSecret(tt.text)

		_, err := client.New(cfg)

		if err == nil || !strings.Contains(err.Error(), "the private key") || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: error %v, want one that says %q", what, err, tt.says)
		}
		for _, line := range strings.Split(tt.text, "\n") {
			if body := strings.TrimSpace(line); body != "" && !strings.HasPrefix(body, "-----") && strings.Contains(fmt.Sprint(err), body) {
				t.Errorf("%s: the error quotes the key", what)
			}
		}
	}
}

func shortKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPrivateKeyIsForOneAPIAloneAndWithoutASecret(t *testing.T) {
	legacy := keyConfig(t, failing(reply{}))
	legacy.Door = client.Legacy
	both := keyConfig(t, failing(reply{}))
	both.ClientSecret = client.NewSecret(secretText)
	for says, cfg := range map[string]client.Config{"OneAPI": legacy, "both": both} {
		if _, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want one that says %q", err, says)
		}
	}
}

// Some editors begin a file with a byte order mark, which nobody sees.
func TestByteOrderMarkBeforeAKeyOrACertificateIsPassedOver(t *testing.T) {
	cfg := keyConfig(t, failing(reply{body: keyJSON("")}))
	cfg.PrivateKey = client.NewSecret("\ufeff" + cfg.PrivateKey.Reveal())
	if _, err := client.New(cfg); err != nil {
		t.Errorf("the key: %v", err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1)}, &x509.Certificate{}, signingKey().Public(), signingKey())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.NewTransport([]byte("\ufeff" + pemOf("CERTIFICATE", der))); err != nil {
		t.Errorf("the certificate: %v", err)
	}
}
