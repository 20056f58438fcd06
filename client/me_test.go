package client_test

import (
	"errors"
	"net/http"
	"testing"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestCredentialsSayWhoseTheyAre(t *testing.T) {
	t.Parallel()
	for _, door := range []client.Door{client.Legacy, client.OneAPI} {
		c, m := mockClient(t, door, mockserver.Options{})
		got, err := c.Me(t.Context())
		if want := (client.Identity{m.Credentials().CustomerID, "Mock Example Corp", "Default"}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", door, got, err)
		}
	}
}

func TestIdentityIsReadFromWhateverComes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]client.Identity{
		`{"customerId":216196257331281920,"customerName":"A &amp; B"}`: {CustomerID: customer, Customer: "A & B"},
		`{}`: {},
	} {
		c := fakeClient(t, &fake{resource: func(int, seen) reply { return reply{body: body} }})
		if got, err := c.Me(t.Context()); err != nil || got != want {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	c := fakeClient(t, &fake{resource: func(int, seen) reply { return reply{status: http.StatusForbidden, body: "{}"} }})
	if _, err := c.Me(t.Context()); !errors.Is(err, client.ErrPermission) {
		t.Errorf("a role that may not ask: %v", err)
	}
	c = fakeClient(t, &fake{resource: func(int, seen) reply { return reply{body: "<html>proxy</html>"} }})
	if _, err := c.Me(t.Context()); err == nil {
		t.Error("a page of a proxy is an identity")
	}
}
