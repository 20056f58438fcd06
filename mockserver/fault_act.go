package mockserver

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// faulty lets the faults that are set happen to the calls that go through it.
func (s *Server) faulty(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := s.faults.Load()
		if set == nil || isMockPath(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		if set.breaks {
			// On a connection that was used before, net/http repeats a read that died
			// and its caller never hears of it.
			w.Header().Set("Connection", "close")
		}
		p := targetOf(r)
		h := set.strike(p)
		if h.fault == nil && h.wait == 0 {
			next.ServeHTTP(w, r)
			return
		}
		if r = prepared(w, r); r == nil {
			return
		}
		if err := pause(r.Context(), h.wait); err != nil {
			panic(http.ErrAbortHandler)
		}
		if h.fault == nil {
			next.ServeHTTP(w, r)
			return
		}
		struck{server: s, next: next, w: w, r: r, target: p, Fault: h.fault}.happen()
	})
}

// prepared returns the request with its body read, and takes the deadlines off its
// connection: only then does the server notice that a caller leaves, and only then
// may a fault take long. It returns nil after it refused the body.
func prepared(w http.ResponseWriter, r *http.Request) *http.Request {
	control := http.NewResponseController(w)
	// In memory there are none to take off.
	_ = control.SetReadDeadline(time.Time{})
	_ = control.SetWriteDeadline(time.Time{})
	body, err := readBody(w, r)
	if err != nil {
		refused(err).write(w, r)
		return nil
	}
	whole := r.WithContext(r.Context())
	whole.Body = io.NopCloser(bytes.NewReader(body))
	return whole
}

// struck is a call to which a fault happens.
type struck struct {
	server *Server
	next   http.Handler
	w      http.ResponseWriter
	r      *http.Request
	target target
	*Fault
}

// happen does what the fault says.
func (x struck) happen() {
	switch {
	case x.standsIn():
		x.server.spoil(x.r)
		x.happenInstead()
	case x.Effect == CutAfter:
		x.server.spoil(x.r)
		x.ask()
		panic(http.ErrAbortHandler)
	default:
		x.happenTo(x.ask())
	}
}

// happenInstead does what comes in place of the API's answer.
func (x struck) happenInstead() {
	if x.Done {
		x.ask()
	}
	switch x.Effect {
	case Refuse:
		refuse(x.w)
	case CutBefore:
		panic(http.ErrAbortHandler)
	case Hang:
		<-x.r.Context().Done()
		panic(http.ErrAbortHandler)
	default:
		if !x.Done {
			x.server.delay(x.r)
		}
		x.send(x.substitute())
	}
}

// happenTo does what the fault does to an answer.
func (x struck) happenTo(a reply) {
	if x.Clock != 0 {
		a.header.Set("Date", x.server.date(x.Clock))
	}
	switch {
	case x.Effect == CutHeaders || x.cutsBody() && len(a.body) == 0:
		x.server.spoil(x.r)
		cutHeaders(x.w, a.status)
	case len(a.body) == 0:
		x.send(a)
	default:
		x.server.spoil(x.r)
		x.send(x.spoilt(a))
	}
}

// ask lets the call be done and returns the answer that its caller would have had.
func (x struck) ask() reply {
	r := x.r.Clone(x.r.Context())
	// Compressed, an answer could not be spoiled.
	r.Header.Del("Accept-Encoding")
	switch x.Effect {
	case Other:
		x.server.aimElsewhere(r, x.target)
	case RowTwice, RowGone:
		r = r.WithContext(context.WithValue(r.Context(), rowsInContext{}, x.Effect))
	}
	w := &response{header: http.Header{}}
	x.next.ServeHTTP(w, r)
	w.WriteHeader(http.StatusOK)
	return reply{status: w.status, header: w.sent, body: w.body.Bytes(), length: w.body.Len()}
}

// reply is an answer on its way to the caller.
type reply struct {
	status int
	header http.Header
	body   []byte
	// rest follows the body, nil for nothing.
	rest io.Reader
	// length is what the headers promise, unknownLength for nothing.
	length int
	// cut ends the connection behind the body.
	cut bool
}

const unknownLength = -1

// send writes the reply. What goes on for long goes on only while the caller reads.
func (x struck) send(a reply) {
	h := x.w.Header()
	for name, values := range a.header {
		h[name] = values
	}
	h.Del("Content-Length")
	if a.length != unknownLength && !noBody(a.status) {
		h.Set("Content-Length", strconv.Itoa(a.length))
	}
	x.w.WriteHeader(a.status)
	// A caller that has gone needs no answer.
	_, _ = x.w.Write(a.body)
	if a.rest != nil && x.r.Method != http.MethodHead {
		follow(x.w, a.rest)
	}
	if a.cut {
		_ = http.NewResponseController(x.w).Flush()
		panic(http.ErrAbortHandler)
	}
}
