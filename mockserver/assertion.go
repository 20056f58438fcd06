package mockserver

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"
	"time"
)

const (
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	// maxAssertionLife is how far the end of an assertion may lie ahead.
	maxAssertionLife = 10 * time.Minute
)

// parsePublicKey reads what "openssl pkey -pubout" writes of an RSA key.
func parsePublicKey(text []byte) (*rsa.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PUBLIC KEY" {
		return nil, errors.New("mock server: the public key is no PEM text with a line -----BEGIN PUBLIC KEY-----")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("mock server: the public key is damaged")
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok {
		return nil, errors.New("mock server: the public key is no RSA key")
	}
	return key, nil
}

// assertionFault says why a client assertion proves nothing, "" when it proves
// that the client has the private key. One that does is good only once.
func (g *gate) assertionFault(id, kind, assertion string, now time.Time) string {
	if g.publicKey == nil || id != g.clientID {
		return "no public key is registered for the client"
	}
	if kind != assertionType {
		return "client_assertion_type is not " + assertionType
	}
	claims, ok := g.verified(assertion)
	if !ok {
		return "the assertion is not a JWT that the client's key signed with RS256"
	}
	ends := time.Unix(claims.Ends, 0)
	switch {
	case claims.Issuer != id || claims.Subject != id:
		return "iss and sub are not both the client id"
	case claims.Audience != oneAPIAudience:
		return "aud is not " + oneAPIAudience
	case !now.Before(ends):
		return "the assertion has expired"
	case ends.After(now.Add(maxAssertionLife)):
		return "exp lies more than 10 minutes ahead"
	case !g.firstUse(claims.ID, ends, now):
		return "jti is missing or was used before"
	}
	return ""
}

// assertionClaims are those that are looked at.
type assertionClaims struct {
	Issuer   string `json:"iss"`
	Subject  string `json:"sub"`
	Audience string `json:"aud"`
	Ends     int64  `json:"exp"`
	ID       string `json:"jti"`
}

// verified returns the claims of a JWT whose signature is right.
func (g *gate) verified(assertion string) (assertionClaims, bool) {
	var header struct {
		Algorithm string `json:"alg"`
	}
	var claims assertionClaims
	parts := strings.Split(assertion, ".")
	if len(parts) != 3 || !decodePart(parts[0], &header) || !decodePart(parts[1], &claims) || header.Algorithm != "RS256" {
		return claims, false
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return claims, false
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	return claims, rsa.VerifyPKCS1v15(g.publicKey, crypto.SHA256, digest[:], signature) == nil
}

// firstUse remembers an assertion until it ends, and is false for one that came
// before.
func (g *gate) firstUse(id string, ends, now time.Time) bool {
	for known, until := range g.assertions {
		if !now.Before(until) {
			delete(g.assertions, known)
		}
	}
	if _, used := g.assertions[id]; used || id == "" {
		return false
	}
	g.assertions[id] = ends
	return true
}

func decodePart(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}
