package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"provkeys/mockserver"
)

// keyFixture is a fixture whose credential is a private key of OneAPI; it returns
// the key in PEM form.
func keyFixture(t *testing.T) (*fixture, string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t)
	f.mock, err = mockserver.New(mockserver.Options{Seed: 1, PublicKey: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})})
	if err != nil {
		t.Fatal(err)
	}
	f.transport = f.mock.Transport()
	private := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
	f.vars["ZSCALER_CLIENT_ID"], f.vars["ZSCALER_VANITY_DOMAIN"] = f.vars["ZPA_CLIENT_ID"], "mock"
	f.vars["ZSCALER_PRIVATE_KEY"], f.vars["PROVKEYS_TOKEN_URL"] = private, "https://mock.example/oauth2/v1/token"
	f.vars["ZPA_CLIENT_ID"], f.vars["ZPA_CLIENT_SECRET"] = "", ""
	return f, private
}

func TestPrivateKeySignsIn(t *testing.T) {
	t.Parallel()
	f, _ := keyFixture(t)
	f.mustRun(exitDone, "list", "--filter", "ap-east-1-asg", "-o", "name")
	if got := f.out.String(); got != "app-connector/ap-east-1-asg\n" {
		t.Errorf("listed %q", got)
	}
}

func TestRefusedPrivateKeyPointsAtTheClockToo(t *testing.T) {
	t.Parallel()
	f, _ := keyFixture(t)
	f.vars["ZSCALER_CLIENT_ID"] = "mock-another"
	f.mustRun(exitSignIn, "list")
	for _, word := range []string{"client id and private key", "clock", "lock an API client"} {
		if !strings.Contains(f.err.String(), word) {
			t.Errorf("%q does not say %q", f.err.String(), word)
		}
	}
}

func TestUnusablePrivateKeyIsAFaultOfTheConfiguration(t *testing.T) {
	t.Parallel()
	f, private := keyFixture(t)
	f.vars["ZSCALER_PRIVATE_KEY"] = private[:len(private)/2]
	f.mustRun(exitUsage, "list")
	if text := f.err.String(); !strings.Contains(text, "the private key is no PEM text") || strings.Contains(text, private[40:80]) {
		t.Errorf("it says %d bytes, or the key", len(text))
	}
}
