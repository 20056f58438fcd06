package mockserver

import (
	"crypto/rsa"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	defaultKeys      = 40
	maxKeys          = 100_000
	defaultTokenLife = time.Hour
)

// Options say which tenant is served and how. The zero value is a tenant of
// 40 keys that answers at once and never limits.
type Options struct {
	// Seed chooses the tenant: the same Seed and Keys give the same ids, names,
	// key texts and credentials.
	Seed int64
	// Keys is the number of provisioning keys, 40 when zero, 100,000 at most.
	Keys int
	// Latency passes before every answer. A write to an object that another write
	// is under way to for that long is refused, as by the real API.
	Latency time.Duration
	// RateLimit allows 20 reads and 10 writes in 10 seconds, and no more.
	RateLimit bool
	// TokenLife is how long a token is good for, an hour when zero.
	TokenLife time.Duration
	// PublicKey is an RSA key in PEM form ("openssl pkey -pubout"). With it the
	// OneAPI door also takes client assertions that its private key signed.
	PublicKey []byte
	// Now is the server's clock, time.Now when nil. The times of the tenant are
	// relative to its first answer, so that what is expired is always expired.
	Now func() time.Time
	// Faults are there from the first call; SetFaults changes them.
	Faults []Fault
}

// Credentials are what signs in to the mock, at either front door.
type Credentials struct {
	ClientID     string
	ClientSecret string
	CustomerID   string
	// Vanity is the tenant's name in a OneAPI address.
	Vanity string
}

// Server is the mock. It is an http.Handler and safe for concurrent use.
type Server struct {
	handler   http.Handler
	now       func() time.Time
	latency   time.Duration
	requestNo atomic.Uint64
	seed      int64
	faults    atomic.Pointer[faultSet] // nil: there are none

	// mu guards everything below. It is never held while a request body is
	// read, while latency passes or while an answer is written, so a slow
	// caller stops nobody and fake time can run on.
	mu      sync.Mutex
	tenant  *tenant
	gate    *gate
	limiter *limiter
	log     ring[Request]
	history ring[*write]
	// writing are the paths of the objects that a write is under way to.
	writing map[string]bool
}

// New makes a server with its tenant. The error says that Keys or a duration
// is out of range, or what is wrong with PublicKey or a fault.
func New(o Options) (*Server, error) {
	if o.Keys == 0 {
		o.Keys = defaultKeys
	}
	if o.Keys < 0 || o.Keys > maxKeys {
		return nil, fmt.Errorf("mock server: keys must be between 1 and %d, not %d", maxKeys, o.Keys)
	}
	if o.Latency < 0 || o.TokenLife < 0 {
		return nil, fmt.Errorf("mock server: latency and token life cannot be negative")
	}
	if o.TokenLife == 0 {
		o.TokenLife = defaultTokenLife
	}
	var publicKey *rsa.PublicKey
	if o.PublicKey != nil {
		var err error
		if publicKey, err = parsePublicKey(o.PublicKey); err != nil {
			return nil, err
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{
		now: o.Now, latency: o.Latency, seed: o.Seed, limiter: newLimiter(o.RateLimit),
		log: ring[Request]{size: maxRequests}, history: ring[*write]{size: maxWrites}, writing: map[string]bool{},
	}
	if err := s.SetFaults(o.Faults); err != nil {
		return nil, err
	}
	s.tenant = seedTenant(o.Seed, o.Keys, o.Now())
	s.gate = newGate(o.Seed, s.tenant.customerID, o.TokenLife)
	s.gate.publicKey = publicKey
	s.handler = s.record(s.stamp(s.faulty(s.routes())))
	return s, nil
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.handler.ServeHTTP(w, r)
}

// Credentials returns what signs in at present.
func (s *Server) Credentials() Credentials {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Credentials{
		ClientID:     s.gate.clientID,
		ClientSecret: s.gate.secret,
		CustomerID:   s.tenant.customerID,
		Vanity:       vanity,
	}
}

// stamp puts the request id on every answer, in the header of the front door
// that was called.
func (s *Server) stamp(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012x", s.requestNo.Add(1))
		switch {
		case isMockPath(r.URL.Path):
		case isOneAPIPath(r.URL.Path):
			w.Header().Set("x-oneapi-request-id", id)
		default:
			w.Header().Set("x-transaction-id", id)
		}
		next.ServeHTTP(w, r)
	})
}
