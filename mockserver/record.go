package mockserver

import (
	"net/http"
	"strconv"
)

// maxRequests bounds the memory of a long demonstration.
const maxRequests = 4096

// Request is a call that was received. It holds no query, header or body, so
// it can be shown.
type Request struct {
	Method string
	Path   string
	// Status is the answer's, or 0 if the caller left before there was one.
	Status int
}

// ring keeps the last of what is added, as many as its size.
type ring[T any] struct {
	size int
	list []T
	next int
}

func (l *ring[T]) add(one T) {
	if len(l.list) < l.size {
		l.list = append(l.list, one)
		return
	}
	l.list[l.next] = one
	l.next = (l.next + 1) % l.size
}

func (l *ring[T]) all() []T {
	list := make([]T, 0, len(l.list))
	list = append(list, l.list[l.next:]...)
	return append(list, l.list[:l.next]...)
}

// Requests returns the last 4,096 calls in the order they were answered,
// sign-ins included and the mock's own calls not.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.all()
}

// record remembers every call of the API with the status it got.
func (s *Server) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isMockPath(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		method, path := r.Method, r.URL.Path
		r, write := withWrite(r)
		// Noted before the first byte leaves, so that a caller who has its answer
		// finds its call here; deferred, since a cut connection leaves by a panic.
		rec := &statusWriter{ResponseWriter: w, note: func(status int) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.log.add(Request{Method: method, Path: path, Status: status})
			if write != nil {
				write.Status = status
				s.keep(write)
			}
		}}
		defer rec.close()
		next.ServeHTTP(rec, r)
	})
}

// listRequests is GET /mock/requests.
func (s *Server) listRequests(call) (answer, error) {
	list := []*object{}
	for _, r := range s.log.all() {
		o := &object{}
		o.setText("method", r.Method)
		o.setText("path", r.Path)
		o.setRaw("status", strconv.Itoa(r.Status))
		list = append(list, o)
	}
	return ok(jsonArray(list)), nil
}

// statusWriter notes the status that passes through it, once.
type statusWriter struct {
	http.ResponseWriter
	note  func(status int)
	noted bool
}

func (w *statusWriter) WriteHeader(status int) {
	w.noteOnce(status)
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(p []byte) (int, error) {
	w.noteOnce(http.StatusOK)
	return w.ResponseWriter.Write(p)
}

// close notes a call that got no answer.
func (w *statusWriter) close() { w.noteOnce(0) }

func (w *statusWriter) noteOnce(status int) {
	if !w.noted {
		w.noted = true
		w.note(status)
	}
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
