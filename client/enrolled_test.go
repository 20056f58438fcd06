package client_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestNewestToEnrolComesFirst(t *testing.T) { synctest.Test(t, newestToEnrolComesFirst) }

func newestToEnrolComesFirst(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	ctx := context.Background()
	for _, kind := range client.Kinds() {
		k := anyKey(t, c, func(k client.Key) bool { return k.Kind == kind && copyable(k) && k.Left() > 2 })
		var enrolled []string
		for range 2 {
			name, err := m.Enrol(k.Text.Reveal())
			if err != nil {
				t.Fatal(err)
			}
			enrolled = append(enrolled, name)
		}
		want := []string{enrolled[1], enrolled[0]}
		if kind == client.NetworkConnector {
			want = nil // nothing lists them
		}
		if got, err := c.EnrolledWith(ctx, k, 2); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", kind, got, err, want)
		}
		if got, err := c.EnrolledWith(ctx, k, 0); err != nil || got != nil {
			t.Errorf("%s: of no new use %q, %v", kind, got, err)
		}
	}
}

func TestOrderOfEnrolmentIsReadFromTimeAndThenID(t *testing.T) {
	machine := func(id, key, created string) string {
		return `{"id":"` + id + `","name":"n` + id + ` &amp; co","provisioningKeyId":"` + key + `"` + created + `}`
	}
	f := failing(reply{body: `{"list":[` +
		machine("20", "7", "") + `,` + machine("9", "7", `,"creationTime":"1790000001"`) + `,` +
		machine("100", "7", `,"creationTime":1790000000`) + `,` + machine("99", "7", `,"creationTime":"1790000000"`) + `,` +
		machine("500", "8", `,"creationTime":"1799999999"`) + `]}`})
	k := client.Key{Kind: client.AppConnector, ID: "7"}

	got, err := fakeClient(t, f).EnrolledWith(context.Background(), k, 9)

	want := []string{"n9 & co", "n100 & co", "n99 & co", "n20 & co"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

func TestWhoEnrolledIsNotGuessedWhenTheListFails(t *testing.T) {
	f := failing(reply{status: 403, body: `{"id":"authz.permission.denied"}`})
	if got, err := fakeClient(t, f).EnrolledWith(context.Background(), client.Key{Kind: client.AppConnector, ID: "7"}, 1); err == nil || got != nil {
		t.Errorf("%q, %v, want an error", got, err)
	}
}

func TestMachinesAreThoseOfEveryKindThatListsThem(t *testing.T) {
	synctest.Test(t, machinesAreThoseOfEveryKind)
}

func machinesAreThoseOfEveryKind(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	for _, kind := range []client.Kind{client.AppConnector, client.ServiceEdge, client.CloudController} {
		k := anyKey(t, c, func(k client.Key) bool { return k.Kind == kind && copyable(k) })
		name, err := m.Enrol(k.Text.Reveal())
		if err != nil {
			t.Fatal(err)
		}
		machines, err := c.Machines(t.Context())
		enrolled := func(m client.Connector) bool { return m.Name == name && m.KeyID == k.ID && m.Fingerprint != "" }
		if err != nil || !slices.ContainsFunc(machines, enrolled) {
			t.Errorf("%s: %q is not among %d machines, %v", kind, name, len(machines), err)
		}
	}
}

func TestAListOfMachinesThatFailsKeepsNoOther(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers reply
		fails   bool
	}{
		{"refused", reply{status: 403, body: `{"id":"authz.permission.denied"}`}, false},
		{"broken", reply{body: `no JSON`}, true},
	} {
		f := &fake{resource: func(_ int, s seen) reply {
			if strings.HasSuffix(s.path, "/serviceEdge") {
				return test.answers
			}
			return reply{body: `{"list":[{"id":"1","name":"a machine"}]}`}
		}}
		machines, err := fakeClient(t, f).Machines(t.Context())
		if len(machines) != 2 || (err != nil) != test.fails {
			t.Errorf("%s: %d machines, %v", test.name, len(machines), err)
		}
	}
}

func TestWhatDependsOnAKeyIsListedOrUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		for _, kind := range client.Kinds() {
			k := anyKey(t, c, func(k client.Key) bool { return k.Kind == kind && copyable(k) })
			name, err := m.Enrol(k.Text.Reveal())
			if err != nil {
				t.Fatal(err)
			}
			machines, listed, err := c.Dependents(context.Background(), k)
			switch {
			case err != nil || listed != (kind != client.NetworkConnector):
				t.Errorf("%s: listed %v, %v", kind, listed, err)
			case listed && (len(machines) == 0 || machines[0].Name != name):
				t.Errorf("%s: %q is not the newest of %d", kind, name, len(machines))
			case !listed && machines != nil:
				t.Errorf("%s: %d machines out of nowhere", kind, len(machines))
			}
			for _, m := range machines {
				if m.KeyID != k.ID {
					t.Errorf("%s: %s enrolled with another key", kind, m.Name)
				}
			}
		}
	})
}

func TestWhatDependsOnAKeyIsNotGuessedWhenTheListFails(t *testing.T) {
	f := failing(reply{status: 403, body: `{"id":"authz.permission.denied"}`})
	machines, listed, err := fakeClient(t, f).Dependents(context.Background(), client.Key{Kind: client.ServiceEdge, ID: "7"})
	if !errors.Is(err, client.ErrPermission) || !listed || machines != nil {
		t.Errorf("%d machines, listed %v: %v", len(machines), listed, err)
	}
}
