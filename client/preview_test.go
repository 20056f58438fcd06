package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

// unchanged fails the test if a write was sent.
func (m *mock) unchanged(t *testing.T, what string) {
	t.Helper()
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
		if n := len(m.wire.sent(method)); n != 0 {
			t.Errorf("%s: %d %s were sent", what, n, method)
		}
	}
}

// is fails the test unless the only call of the preview's method is the preview.
func (m *mock) is(t *testing.T, what string, p client.Preview) {
	t.Helper()
	calls := m.wire.sent(p.Method)
	if len(calls) != 1 {
		t.Fatalf("%s: %d calls of %q", what, len(calls), p.Method)
	}
	if calls[0].path != p.Path || calls[0].body != p.Body {
		t.Errorf("%s: previewed %s %s\nand sent %s %s", what, p.Path, p.Body, calls[0].path, calls[0].body)
	}
	if strings.Contains(p.Body, "provisioningKey") || strings.Contains(p.Body, "mock.example") {
		t.Errorf("%s: a key text", what)
	}
}

func TestPreviewOfACreationIsWhatIsSent(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	n := newKey(t, c, hidden, func(n *client.NewKey) {
		n.Expires, n.AllowedAddresses = time.Now().Add(time.Hour), []string{"192.0.2.0/24"}
	})
	p, err := c.PreviewCreate(n)
	if err != nil {
		t.Fatal(err)
	}
	m.unchanged(t, "preview")
	if _, err := c.CreateKey(context.Background(), n, nil); err != nil {
		t.Fatal(err)
	}
	m.is(t, "create", p)
}

func TestPreviewOfAChangeIsWhatIsSent(t *testing.T) {
	end := time.Now().Add(time.Hour)
	for what, change := range map[string]client.Change{
		"max uses": {MaxUses: ptr(int64(4711))},
		"everything": {
			Name: ptr("renamed"), MaxUses: ptr(int64(4711)), CertificateID: ptr(client.ID("6574")), Enabled: ptr(false),
			Exportable: ptr(false), Expires: &end, AllowedAddresses: &[]string{"192.0.2.7"},
		},
	} {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, func(k client.Key) bool { return copyable(k) && k.Kind == client.AppConnector })
		m.set(t, k, "futureSetting", map[string]any{"text": "R&D <lab>", "number": 1.5})

		p, preview, err := c.PreviewUpdate(context.Background(), k, change)
		if err != nil {
			t.Fatal(err)
		}
		m.unchanged(t, what)
		done, err := c.UpdateKey(context.Background(), k, change)
		if err != nil {
			t.Fatal(err)
		}
		m.is(t, what, p)
		if diff := client.Conflicts(done.Before, preview.Before); len(diff) > 0 {
			t.Errorf("%s: before: %+v", what, diff)
		}
		if left := client.Difference(preview.After, done.After); !left.IsZero() {
			t.Errorf("%s: after: %+v", what, left)
		}
		if change.CertificateID != nil && (preview.After.Certificate != "" || !preview.After.CertificateEnd.IsZero()) {
			t.Errorf("%s: it has the name or the end of another certificate", what)
		}
	}
}

func TestPreviewOfARaiseIsWhatIsSent(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	m.set(t, k, "maxUsage", "500")
	p, preview, err := c.PreviewRaise(context.Background(), k, 5)
	if err != nil || preview.Before.MaxUses != 500 || preview.After.MaxUses != 505 {
		t.Fatalf("from %d to %d: %v", preview.Before.MaxUses, preview.After.MaxUses, err)
	}
	m.unchanged(t, "raise")
	if _, err := c.RaiseMaxUses(context.Background(), k, 5); err != nil {
		t.Fatal(err)
	}
	m.is(t, "raise", p)
}

func TestPreviewOfADeletionIsWhatIsSent(t *testing.T) {
	c, m := mockClient(t, client.OneAPI, mockserver.Options{})
	k := anyKey(t, c, copyable)
	p := c.PreviewDelete(k)
	m.unchanged(t, "delete")
	if _, err := c.DeleteKey(context.Background(), k); err != nil {
		t.Fatal(err)
	}
	// The path of the preview lies behind the API's address, and OneAPI's has one.
	calls := m.wire.sent(http.MethodDelete)
	if len(calls) != 1 || p.Method != http.MethodDelete || calls[0].path != "/zpa"+p.Path || p.Body != "" {
		t.Errorf("previewed %+v, sent %+v", p, calls)
	}
}

func TestPreviewOfWhatHoldsAlreadyIsNone(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	p, preview, err := c.PreviewUpdate(context.Background(), k, client.Change{MaxUses: &k.MaxUses, Enabled: ptr(true)})
	if err != nil || p != (client.Preview{}) || !client.Difference(preview.Before, preview.After).IsZero() || preview.After.ID != k.ID {
		t.Errorf("%+v: %v", p, err)
	}
	m.unchanged(t, "preview")
}

func TestPreviewRefusesWhatTheCallRefuses(t *testing.T) {
	for what, c := range map[string]struct {
		arrange func(t *testing.T, m *mock, k client.Key)
		change  client.Change
		want    error
	}{
		"a conflict": {func(t *testing.T, m *mock, k client.Key) { m.set(t, k, "name", "another") }, client.Change{MaxUses: ptr(int64(4711))}, client.ErrConflict},
		"managed":    {func(t *testing.T, m *mock, k client.Key) { m.set(t, k, "readOnly", true) }, client.Change{MaxUses: ptr(int64(4711))}, client.ErrManaged},
		"gone":       {func(t *testing.T, m *mock, k client.Key) { m.drop(t, k) }, client.Change{MaxUses: ptr(int64(4711))}, client.ErrNotFound},
		"the limit":  {func(*testing.T, *mock, client.Key) {}, client.Change{MaxUses: ptr(int64(0))}, client.ErrLimit},
	} {
		cl, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, cl, copyable)
		c.arrange(t, m, k)
		p, _, err := cl.PreviewUpdate(context.Background(), k, c.change)
		_, updateErr := cl.UpdateKey(context.Background(), k, c.change)
		if !errors.Is(err, c.want) || !errors.Is(updateErr, c.want) || !cmp.Equal(p, client.Preview{}) {
			t.Errorf("%s: previewed %v, updated %v", what, err, updateErr)
		}
		m.unchanged(t, what)
	}
}
