package client

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
	// assertionLife is half of what is allowed, so that a clock that is some
	// minutes wrong harms in neither direction.
	assertionLife = 5 * time.Minute
	// minKeyBits is the least that RS256 may be used with (RFC 7518, 3.3).
	minKeyBits = 2048
)

// signer proves at the OneAPI door who signs in, by a private key.
type signer struct {
	clientID string
	key      *rsa.PrivateKey
}

// newSigner reads the private key; nil where the client secret signs in. The
// error says what is wrong with the key, and never quotes it.
func newSigner(cfg Config) (*signer, error) {
	switch {
	case cfg.PrivateKey.IsZero():
		return nil, nil
	case !cfg.ClientSecret.IsZero():
		return nil, errors.New("both a client secret and a private key are given, and one of them signs in")
	case cfg.Door != OneAPI:
		return nil, errors.New("a private key is given, and it signs in to OneAPI alone")
	}
	key, err := parsePrivateKey(cfg.PrivateKey)
	if err != nil {
		return nil, fmt.Errorf("the private key %w", err)
	}
	return &signer{clientID: cfg.ClientID, key: key}, nil
}

// assertion returns a client assertion that is good for one sign-in from now on.
func (s *signer) assertion(now time.Time) (Secret, error) {
	// Neither iat nor nbf: by both a clock that is a second fast would be refused.
	text, err := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": s.clientID,
		"sub": s.clientID,
		"aud": audience,
		"exp": now.Add(assertionLife).Unix(),
		"jti": rand.Text(),
	}).SignedString(s.key)
	if err != nil {
		return Secret{}, errors.New("the private key cannot sign")
	}
	return NewSecret(text), nil
}

// parsePrivateKey returns the first private key of a PEM text, in which a
// certificate may stand beside it. The errors complete "the private key".
func parsePrivateKey(text Secret) (*rsa.PrivateKey, error) {
	rest := withoutMark([]byte(text.Reveal()))
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return nil, errors.New("is no PEM text with a line -----BEGIN PRIVATE KEY-----, or it is cut off")
		}
		switch {
		case block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "":
			return nil, errors.New("has a passphrase: take it off with \"openssl pkey -in OLD -out NEW\"")
		case block.Type == "RSA PRIVATE KEY":
			key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
			return checked(key, err)
		case block.Type == "PRIVATE KEY":
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			return checked(key, err)
		case block.Type == "EC PRIVATE KEY":
			return nil, errNotRSA
		}
	}
}

var errNotRSA = errors.New("is no RSA key, which alone signs in")

// checked returns a parsed key if RS256 can sign with it. What the parser said
// is dropped: no one can do anything about a byte in the middle of it.
func checked(parsed any, err error) (*rsa.PrivateKey, error) {
	if err != nil {
		return nil, errors.New("is damaged")
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, errNotRSA
	}
	if bits := key.N.BitLen(); bits < minKeyBits {
		return nil, fmt.Errorf("has %d bits, and %d are needed", bits, minKeyBits)
	}
	return key, nil
}
