package mockserver

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// Transport returns a round tripper that calls the server in memory, whatever
// the host of the address. It opens no socket and starts no goroutine, so it
// can be used inside testing/synctest; latency then passes in fake time. To
// have the tenant's times in that clock too, make the server in the bubble.
func (s *Server) Transport() http.RoundTripper { return transport{handler: s} }

type transport struct{ handler http.Handler }

// RoundTrip answers with the whole response, or with the context's error if
// that ended meanwhile. A handler that aborts is a cut connection.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer func() { _ = r.Body.Close() }()
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	in.RequestURI = r.URL.RequestURI()
	in.RemoteAddr = "127.0.0.1:0"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := &response{header: http.Header{}}
	aborted := w.run(t.handler, in)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if w.failure != nil {
		return nil, w.failure
	}
	if aborted && w.status == 0 {
		return nil, fmt.Errorf("mock server: connection cut: %w", io.ErrUnexpectedEOF)
	}
	return w.finish(r, aborted), nil
}

// response collects what a handler writes.
type response struct {
	header http.Header
	sent   http.Header
	status int
	body   bytes.Buffer
	// rest follows the body while the caller reads, nil for nothing.
	rest io.Reader
	// failure comes in place of an answer, as of a connection that failed.
	failure error
}

// run calls the handler and says whether it aborted, as net/http would notice.
func (w *response) run(h http.Handler, r *http.Request) (aborted bool) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			aborted = true
		default:
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return false
}

func (w *response) Header() http.Header { return w.header }

func (w *response) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		w.sent = w.header.Clone()
	}
}

func (w *response) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

// Flush has nothing to push: the response is handed over whole.
func (w *response) Flush() { w.WriteHeader(http.StatusOK) }

func (w *response) finish(r *http.Request, aborted bool) *http.Response {
	w.WriteHeader(http.StatusOK)
	resp := &http.Response{
		Status:        fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)),
		StatusCode:    w.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        w.sent,
		ContentLength: w.length(r, aborted),
		Request:       r,
	}
	body := io.Reader(&w.body)
	switch {
	case r.Method == http.MethodHead || noBody(w.status):
		body = http.NoBody
	case aborted:
		body = io.MultiReader(body, cut{})
	case w.rest != nil:
		body = io.MultiReader(body, w.rest)
	}
	// What nobody asked for compressed is unpacked on the way, as net/http does.
	if w.sent.Get("Content-Encoding") == "gzip" && r.Header.Get("Accept-Encoding") == "" {
		body = &unpacked{packed: body}
		w.sent.Del("Content-Encoding")
		w.sent.Del("Content-Length")
		resp.ContentLength, resp.Uncompressed = -1, true
	}
	resp.Body = io.NopCloser(body)
	return resp
}

// length is how long the body is said to be, -1 for who knows.
func (w *response) length(r *http.Request, aborted bool) int64 {
	switch n, err := strconv.ParseInt(w.sent.Get("Content-Length"), 10, 64); {
	case r.Method == http.MethodHead:
		return 0
	case err == nil:
		return n
	case aborted || w.rest != nil:
		return -1
	default:
		return int64(w.body.Len())
	}
}

// cut ends a body as a broken connection does.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// unpacked is a gzip body as it was before. It reads on demand, so that one
// which becomes very large takes no memory here.
type unpacked struct {
	packed io.Reader
	zip    *gzip.Reader
}

func (u *unpacked) Read(p []byte) (int, error) {
	if u.zip == nil {
		zip, err := gzip.NewReader(u.packed)
		if err != nil {
			return 0, err
		}
		u.zip = zip
	}
	return u.zip.Read(p)
}
