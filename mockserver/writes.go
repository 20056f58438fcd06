package mockserver

import (
	"context"
	"net/http"
	"strconv"
)

// maxWrites bounds the memory of the history; a storm of a day has fewer.
const maxWrites = 16_384

// Write is a call that was to create, change or delete a provisioning key. Its
// fields never hold the key text.
type Write struct {
	// Method is POST for a new key, PUT for a change and DELETE.
	Method string
	// Kind and ID are the key's; ID is empty for one that did not come about.
	Kind, ID string
	// Applied says that the tenant changed, whatever the caller was told.
	Applied bool
	// Before and After are the key as it was stored, nil where there was none.
	// Numbers that are not strings are json.Number. Both are nil unless Applied.
	Before, After map[string]any
	// Status is what was answered; 0 if nothing was, or nothing yet.
	Status int
	// Spoiled says that a fault gave another answer than the API's, or cut it.
	Spoiled bool
}

// Acknowledged says whether the caller was told, by a whole and true answer,
// that the write was done.
func (w Write) Acknowledged() bool { return w.Applied && w.Status/100 == 2 && !w.Spoiled }

// Writes returns the last 16,384 writes: those that were applied in the order in
// which the tenant changed, and each of the others where it was answered. A write
// is in it before its caller has an answer.
func (s *Server) Writes() []Write {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Write, 0, len(s.history.list))
	for _, w := range s.history.all() {
		shown := w.Write
		shown.Before, shown.After = fieldsOf(w.before), fieldsOf(w.after)
		list = append(list, shown)
	}
	return list
}

// listWrites is GET /mock/writes.
func (s *Server) listWrites(call) (answer, error) {
	list := []*object{}
	for _, w := range s.history.all() {
		o := &object{}
		o.setText("method", w.Method)
		o.setText("kind", w.Kind)
		o.setText("id", w.ID)
		o.setBool("applied", w.Applied)
		o.setBool("acknowledged", w.Acknowledged())
		o.setBool("spoiled", w.Spoiled)
		o.setRaw("status", strconv.Itoa(w.Status))
		if w.before != nil {
			o.setRaw("before", string(w.before.appendJSON(nil)))
		}
		if w.after != nil {
			o.setRaw("after", string(w.after.appendJSON(nil)))
		}
		list = append(list, o)
	}
	return ok(jsonArray(list)), nil
}

// write is a Write while it goes on, its key as the tenant holds it.
type write struct {
	Write
	before, after *object
	kept          bool
}

// writeInContext is where a request carries its write.
type writeInContext struct{}

// withWrite begins the write that a request asks for; nil for any other request.
func withWrite(r *http.Request) (*http.Request, *write) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return r, nil
	}
	p := targetOf(r)
	if !p.writesKey() {
		return r, nil
	}
	w := &write{Write: Write{Method: p.method, Kind: p.kind, ID: p.id}}
	return r.WithContext(context.WithValue(r.Context(), writeInContext{}, w)), w
}

// spoil notes that a fault keeps the true answer from the caller.
func (s *Server) spoil(r *http.Request) {
	if w, isWrite := r.Context().Value(writeInContext{}).(*write); isWrite {
		s.mu.Lock()
		defer s.mu.Unlock()
		w.Spoiled = true
	}
}

// applied notes that the tenant changes a key. It is called with Server.mu held, by
// which the order of the history is that of the changes.
func (s *Server) applied(c call, kind string, before, after *object) {
	w, isWrite := c.req.Context().Value(writeInContext{}).(*write)
	if !isWrite {
		return
	}
	w.Applied, w.Kind = true, kind
	if before != nil {
		w.before, w.ID = before.without(fieldText), before.text(fieldID)
	}
	if after != nil {
		w.after, w.ID = after.without(fieldText), after.text(fieldID)
	}
	s.keep(w)
}

// keep puts a write into the history once. It is called with Server.mu held.
func (s *Server) keep(w *write) {
	if !w.kept {
		w.kept = true
		s.history.add(w)
	}
}
