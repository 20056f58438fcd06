package mockserver

import (
	"crypto/rsa"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// door is one of the two ways into the API. A token opens the door it was
// issued at and no other.
type door int

const (
	legacyDoor door = iota + 1
	oneAPIDoor
)

const (
	vanity         = "mock"
	oneAPIAudience = "https://api.zscaler.com"

	refusalsToLock = 3
	lockFor        = 30 * time.Minute
	// maxRemembered bounds what strangers' client ids can take up.
	maxRemembered = 1000
)

// outcome is how an attempt to sign in ended.
type outcome int

const (
	admitted outcome = iota
	wrong
	locked
)

type token struct {
	door door
	ends time.Time
}

// attempts counts the refused sign-ins of one client id.
type attempts struct {
	refused int
	until   time.Time
}

// gate holds the credentials, the tokens out and the refused sign-ins.
type gate struct {
	clientID   string
	secret     string
	publicKey  *rsa.PublicKey // nil: nobody signs in with an assertion
	customerID string
	life       time.Duration
	material   *material
	tokens     map[string]token
	refused    map[string]attempts
	assertions map[string]time.Time // the ids of those that were accepted, and when they end
}

func newGate(seed int64, customerID string, life time.Duration) *gate {
	m := newMaterial(seed, gateStream)
	return &gate{
		clientID:   "mock-" + m.characters(16, "0123456789abcdef"),
		secret:     m.characters(32, alphanumeric),
		customerID: customerID,
		life:       life,
		material:   m,
		tokens:     map[string]token{},
		refused:    map[string]attempts{},
		assertions: map[string]time.Time{},
	}
}

// try counts refusals: the third locks the client id, for what is right too.
// right says whether the credential is that of the mock's client.
func (g *gate) try(id string, right bool, now time.Time) outcome {
	a := g.refused[id]
	if now.Before(a.until) {
		return locked
	}
	if a.refused >= refusalsToLock {
		a = attempts{}
	}
	if id == g.clientID && right {
		delete(g.refused, id)
		return admitted
	}
	a.refused++
	if a.refused >= refusalsToLock {
		a.until = now.Add(lockFor)
	}
	if len(g.refused) >= maxRemembered {
		clear(g.refused)
	}
	g.refused[id] = a
	return wrong
}

func (g *gate) knows(secret string) bool {
	return subtle.ConstantTimeCompare([]byte(secret), []byte(g.secret)) == 1
}

// issue makes a token. It looks like a JWT with a future exp because one SDK
// reads that, but nothing signs it.
func (g *gate) issue(d door, now time.Time) string {
	for text, t := range g.tokens {
		if !now.Before(t.ends) {
			delete(g.tokens, text)
		}
	}
	ends := now.Add(g.life)
	encode := base64.RawURLEncoding.EncodeToString
	claims := &object{}
	claims.setText("iss", "https://"+keyHost)
	claims.setText("sub", g.clientID)
	claims.setText("customerId", g.customerID)
	claims.setText("jti", g.material.characters(20, alphanumeric))
	claims.setRaw("iat", strconv.FormatInt(now.Unix(), 10))
	claims.setRaw("exp", strconv.FormatInt(ends.Unix(), 10))
	text := encode([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." +
		encode(claims.appendJSON(nil)) + "." +
		encode([]byte(g.material.characters(32, alphanumeric)))
	g.tokens[text] = token{door: d, ends: ends}
	return text
}

// admits says whether an Authorization header opens this door now.
func (g *gate) admits(d door, header string, now time.Time) bool {
	t, known := g.tokens[bearer(header)]
	return known && t.door == d && now.Before(t.ends)
}

// bearer returns the token of an Authorization header, or nothing.
func bearer(header string) string {
	scheme, text, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(text)
}

// signIn is the legacy door: no grant type, and the seconds as a string.
func (s *Server) signIn(c call) (answer, error) {
	form, err := c.form()
	if err != nil {
		return answer{}, err
	}
	id, secret := form.Get("client_id"), form.Get("client_secret")
	if id == "" || secret == "" {
		return answer{}, badRequest("client_id and client_secret are required")
	}
	switch s.gate.try(id, s.gate.knows(secret), c.now) {
	case admitted:
		return s.tokenAnswer(legacyDoor, c.now), nil
	case locked:
		return answer{}, denied(lockedReason())
	default:
		return answer{}, denied("client_id or client_secret is wrong")
	}
}

// signOut takes the token back. It always succeeds, whatever it was given.
func (s *Server) signOut(c call) (answer, error) {
	text := bearer(c.req.Header.Get("Authorization"))
	if t, known := s.gate.tokens[text]; known && t.door == legacyDoor {
		delete(s.gate.tokens, text)
	}
	return answer{status: http.StatusOK}, nil
}

// issueToken is the OneAPI door: OAuth 2 client credentials, errors included.
func (s *Server) issueToken(c call) (answer, error) {
	form, err := c.form()
	if err != nil {
		return answer{}, err
	}
	id, secret, assertion := form.Get("client_id"), form.Get("client_secret"), form.Get("client_assertion")
	switch {
	case form.Get("grant_type") != "client_credentials":
		return oauthError(http.StatusBadRequest, "unsupported_grant_type", "grant_type must be client_credentials"), nil
	case form.Get("audience") != oneAPIAudience:
		return oauthError(http.StatusBadRequest, "invalid_request", "audience must be "+oneAPIAudience), nil
	case id == "" || (secret == "") == (assertion == ""):
		return oauthError(http.StatusBadRequest, "invalid_request", "client_id and either client_secret or client_assertion are required"), nil
	}
	right, why := s.gate.knows(secret), "client_id or client_secret is wrong"
	if assertion != "" {
		why = s.gate.assertionFault(id, form.Get("client_assertion_type"), assertion, c.now)
		right = why == ""
	}
	switch s.gate.try(id, right, c.now) {
	case admitted:
		return s.tokenAnswer(oneAPIDoor, c.now), nil
	case locked:
		return oauthError(http.StatusUnauthorized, "invalid_client", lockedReason()), nil
	default:
		return oauthError(http.StatusUnauthorized, "invalid_client", why), nil
	}
}

func (s *Server) tokenAnswer(d door, now time.Time) answer {
	body := &object{}
	body.setText("token_type", "Bearer")
	body.setText("access_token", s.gate.issue(d, now))
	seconds := int64(s.gate.life / time.Second)
	if d == legacyDoor {
		body.setInt("expires_in", seconds)
	} else {
		body.setRaw("expires_in", strconv.FormatInt(seconds, 10))
	}
	return ok(body.appendJSON(nil))
}

func oauthError(status int, code, description string) answer {
	body := &object{}
	body.setText("error", code)
	body.setText("error_description", description)
	return answer{status: status, body: body.appendJSON(nil)}
}

func denied(reason string) *Refusal {
	return &Refusal{Status: http.StatusUnauthorized, ID: "access.denied", Reason: reason}
}

func lockedReason() string {
	return fmt.Sprintf("the client is locked for %d minutes after %d refused sign-ins",
		int(lockFor/time.Minute), refusalsToLock)
}

// unauthorized words a refused token as the door does: before OneAPI stands a
// gateway with errors of its own.
func unauthorized(d door) answer {
	if d == legacyDoor {
		return denied("the token is missing, unknown or expired").answer()
	}
	body := &object{}
	body.setText("title", "Unauthorized")
	body.setRaw("status", "401")
	body.setText("detail", "unauthorized")
	return answer{status: http.StatusUnauthorized, body: body.appendJSON(nil)}
}
