package mockserver

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxBody is far above any object of the API, and keeps a mistake small.
const maxBody = 1 << 20

// call is one request, its body read and its time taken.
type call struct {
	req   *http.Request
	query url.Values
	body  []byte
	now   time.Time
	late  bool // another write to the same object was under way when it came
}

// handler answers a call while Server.mu is held. Its error is a *Refusal.
type handler func(c call) (answer, error)

// serve lets the latency pass, reads the call, lets the handler answer under the
// lock, and writes.
func (s *Server) serve(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var a answer
		late, done := s.begin(r)
		// Here for a caller that leaves; whoever has an answer may write again.
		defer done()
		s.delay(r)
		body, err := readBody(w, r)
		if err == nil {
			a, err = s.locked(h, call{req: r, query: r.URL.Query(), body: body, late: late})
		}
		done()
		if err != nil {
			a = refused(err)
		}
		a.write(w, r)
	}
}

func (s *Server) locked(h handler, c call) (answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Inside the lock, so that the calls' times are in the calls' order.
	c.now = s.now()
	return h(c)
}

// readBody returns nothing for GET and DELETE, whose bodies the API ignores.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		return nil, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, &Refusal{Status: http.StatusRequestEntityTooLarge, ID: "bad.request", Reason: "the body is too large"}
	}
	if err != nil {
		return nil, badRequest("the body could not be read")
	}
	return body, nil
}

// sees says whether the call's microtenant lets it at an object: a call that
// names none reads all and writes Default's.
func (c call) sees(o *object) bool {
	has, asked := o.text(fieldTenant), c.query.Get(fieldTenant)
	if has == "" {
		has = defaultTenantID
	}
	if asked == "" {
		if c.req.Method == http.MethodGet {
			return true
		}
		asked = defaultTenantID
	}
	return asked == has
}

// list answers with the page that was asked for of the objects that the call
// may see and searches for.
func (c call) list(objects []*object, show func(*object) *object) (answer, error) {
	conditions, err := parseSearch(c.query.Get("search"))
	if err != nil {
		return answer{}, err
	}
	if c.query.Get(fieldTenant) != "" {
		objects = slices.DeleteFunc(slices.Clone(objects), func(o *object) bool { return !c.sees(o) })
	}
	return c.page(matching(objects, conditions), show)
}

// page answers with the page that was asked for of a whole list, whose rows a
// fault may have moved.
func (c call) page(list []*object, show func(*object) *object) (answer, error) {
	return pageOf(moved(list, c.req), c.query, show)
}

// mediaType returns the body's content type without its parameters.
func (c call) mediaType() string {
	media, _, err := mime.ParseMediaType(c.req.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// object reads the body as one JSON object.
func (c call) object() (*object, error) {
	if len(c.body) == 0 {
		return nil, badRequest("a JSON object is missing from the body")
	}
	if c.mediaType() != "application/json" {
		return nil, unsupportedMedia("application/json")
	}
	o, err := parseObject(c.body)
	if err != nil {
		return nil, badRequest("the body is not a JSON object")
	}
	return o, nil
}

// form reads the body as a form. What stands in the address is not looked at,
// because a secret has no place there.
func (c call) form() (url.Values, error) {
	if c.mediaType() != "application/x-www-form-urlencoded" {
		return nil, unsupportedMedia("application/x-www-form-urlencoded")
	}
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return nil, badRequest("the body is not a form")
	}
	return form, nil
}

func unsupportedMedia(want string) *Refusal {
	return &Refusal{
		Status: http.StatusUnsupportedMediaType, ID: "unsupported.media.type",
		Reason: "the content type must be " + want,
	}
}

// answer is a status with a JSON body, or with none.
type answer struct {
	status     int
	body       []byte
	retryAfter time.Duration
}

func ok(body []byte) answer { return answer{status: http.StatusOK, body: body} }

func noContent() answer { return answer{status: http.StatusNoContent} }

func (a answer) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	if a.retryAfter > 0 {
		seconds := (a.retryAfter + time.Second - 1) / time.Second
		h.Set("retry-after", strconv.FormatInt(int64(seconds), 10)+"s")
	}
	body := a.body
	if len(body) > 0 {
		h.Set("Content-Type", "application/json")
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			body = zipped(body)
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(a.status)
	// A caller that has gone needs no answer.
	_, _ = w.Write(body)
}

func acceptsGzip(r *http.Request) bool {
	for _, coding := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(coding), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") && strings.TrimSpace(quality) != "q=0" {
			return true
		}
	}
	return false
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	// A bytes.Buffer takes every write.
	_, _ = z.Write(body)
	_ = z.Close()
	return b.Bytes()
}
