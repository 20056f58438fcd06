package mockserver

import (
	"errors"
	"fmt"
	"net/http"
)

// Refusal is an error as the API words it. Enrol and EnrolNext return one, to
// be told apart by its ID.
type Refusal struct {
	// Status is the HTTP status.
	Status int
	// ID is the API's code, such as "resource.not.found".
	ID string
	// Reason is a sentence; it never holds a key text or a secret.
	Reason string
	// Params names the fields at fault, if any.
	Params []string
}

// Error returns status, code and reason.
func (r *Refusal) Error() string {
	return fmt.Sprintf("mock server: %d %s: %s", r.Status, r.ID, r.Reason)
}

func (r *Refusal) answer() answer {
	body := &object{}
	if len(r.Params) > 0 {
		params := []byte{'['}
		for i, p := range r.Params {
			if i > 0 {
				params = append(params, ',')
			}
			params = append(params, quote(p)...)
		}
		body.setRaw("params", string(append(params, ']')))
	}
	body.setText("id", r.ID)
	body.setText("reason", r.Reason)
	body.setText("hostname", keyHost)
	return answer{status: r.Status, body: body.appendJSON(nil)}
}

// refused turns what a handler failed with into its answer.
func refused(err error) answer {
	var r *Refusal
	if !errors.As(err, &r) {
		r = &Refusal{Status: http.StatusInternalServerError, ID: "internal.error", Reason: err.Error()}
	}
	return r.answer()
}

func badRequest(reason string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, ID: "bad.request", Reason: reason}
}

// invalid names the field that was refused, and why.
func invalid(param, reason string) *Refusal {
	return &Refusal{
		Status: http.StatusBadRequest, ID: "invalid.resource.argument",
		Reason: reason, Params: []string{param},
	}
}

// notFound is 400 and not 404: that is how the API says that an object is gone.
func notFound(what, id string) *Refusal {
	return &Refusal{
		Status: http.StatusBadRequest, ID: "resource.not.found",
		Reason: fmt.Sprintf("there is no %s with this id", what), Params: []string{id},
	}
}
