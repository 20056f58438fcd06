package mockserver

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

// Enrol plays a connector that presents a key text: it uses the key once and
// returns the name of the connector that appeared. The error is a *Refusal, in
// the words that a connector's log shows.
func (s *Server) Enrol(text string) (connectorName string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.tenant.enrol(text, s.now())
	if err != nil {
		return "", err
	}
	return m.text(fieldName), nil
}

// EnrolNext enrols a connector with some key that is ok or nearly used up, so
// that a demonstration has life in it, and returns that key's name. The choice
// follows from the seed. The error says that no key has a use left.
func (s *Server) EnrolNext() (keyName string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	var usable []key
	for _, kind := range kinds() {
		for _, o := range s.tenant.keys[kind] {
			k := key{kind, o}
			if !k.hidden() && s.tenant.mayEnrol(k, now) == nil {
				usable = append(usable, k)
			}
		}
	}
	if len(usable) == 0 {
		return "", errors.New("mock server: no key has a use left")
	}
	k := usable[s.tenant.material.rng.IntN(len(usable))]
	s.tenant.use(k, now)
	return k.text(fieldName), nil
}

// enrolCall is POST /mock/enrol. A key text is taken as it comes, to the byte.
func (s *Server) enrolCall(c call) (answer, error) {
	var text string
	switch c.mediaType() {
	case "text/plain":
		text = string(c.body)
	case "application/json":
		body, err := c.object()
		if err != nil {
			return answer{}, err
		}
		text = body.text(fieldText)
	default:
		return answer{}, unsupportedMedia("application/json or text/plain")
	}
	m, err := s.tenant.enrol(text, c.now)
	if err != nil {
		return answer{}, err
	}
	body := &object{}
	body.setText(fieldID, m.text(fieldID))
	body.setText(fieldName, m.text(fieldName))
	return ok(body.appendJSON(nil)), nil
}

func (t *tenant) enrol(text string, now time.Time) (*object, error) {
	k, known := t.keyWithText(text)
	if !known {
		return nil, &Refusal{
			Status: http.StatusUnauthorized, ID: "nonce.unknown", Reason: "the key text is not accepted",
		}
	}
	if refusal := t.mayEnrol(k, now); refusal != nil {
		return nil, refusal
	}
	return t.use(k, now), nil
}

func (t *tenant) keyWithText(text string) (key, bool) {
	raw := quote(text)
	for _, kind := range kinds() {
		for _, o := range t.keys[kind] {
			if have, present := o.raw(fieldText); present && have == raw {
				return key{kind, o}, true
			}
		}
	}
	return key{}, false
}

// mayEnrol returns nil, or why nobody can enrol with the key, worst first.
func (t *tenant) mayEnrol(k key, now time.Time) *Refusal {
	switch {
	case k.expired(now):
		return &Refusal{Status: http.StatusForbidden, ID: "nonce.expired", Reason: "the provisioning key has expired"}
	case !k.isTrue(fieldEnabled):
		return &Refusal{Status: http.StatusForbidden, ID: "nonce.disabled", Reason: "the provisioning key is disabled"}
	case k.usedUp():
		return &Refusal{
			Status: http.StatusBadRequest, ID: "nonce.usage.exceeded",
			Reason: "the provisioning key has no uses left: " +
				strconv.FormatInt(k.uses(), 10) + " of " + k.text(fieldMaxUses),
			Params: []string{"nonce.maxUsage"},
		}
	case t.certificateEnded(k, now):
		return &Refusal{
			Status: http.StatusForbidden, ID: "nonce.certificate.expired",
			Reason: "the signing certificate of the provisioning key has ended",
		}
	default:
		return nil
	}
}

// use counts the enrolment at the key and adds what enrolled.
func (t *tenant) use(k key, now time.Time) *object {
	n := k.uses() + 1
	k.setInt(fieldUses, n)
	k.touch(now, byEnrolment)
	return t.addMachine(k, n, now, connected, now)
}
