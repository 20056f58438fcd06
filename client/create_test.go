package client_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

// newKey is a key that the mock tenant accepts, after the edits.
func newKey(t *testing.T, c *client.Client, edits ...func(*client.NewKey)) client.NewKey {
	t.Helper()
	like := anyKey(t, c, func(k client.Key) bool { return copyable(k) && k.MicrotenantID == "" })
	n := client.NewKey{
		Kind: like.Kind, Name: "made by a test", MaxUses: 7, GroupID: like.GroupID, CertificateID: like.CertificateID,
	}
	for _, edit := range edits {
		edit(&n)
	}
	return n
}

func hidden(n *client.NewKey) { n.Hidden = true }

func TestNewKeyIsSentAsAsked(t *testing.T) {
	end := time.Date(2031, 2, 3, 4, 5, 6, 700, time.FixedZone("somewhere", 7200))
	required := map[string]any{
		"name": "made by a test", "maxUsage": "7", "zcomponentId": "11", "enrollmentCertId": "22", "enabled": true, "exportable": true,
	}
	for what, c := range map[string]struct {
		edit func(*client.NewKey)
		more map[string]any
	}{
		"what is required":   {func(*client.NewKey) {}, nil},
		"disabled":           {func(n *client.NewKey) { n.Disabled = true }, map[string]any{"enabled": false}},
		"hidden":             {hidden, map[string]any{"exportable": false}},
		"an end of life":     {func(n *client.NewKey) { n.Expires = end }, map[string]any{"expirationInEpochSec": "1927850706"}},
		"no address":         {func(n *client.NewKey) { n.AllowedAddresses = []string{} }, nil},
		"addresses":          {func(n *client.NewKey) { n.AllowedAddresses = []string{"192.0.2.7", "2001:db8::/32"} }, map[string]any{"ipAcl": []any{"192.0.2.7", "2001:db8::/32"}}},
		"its microtenant":    {func(n *client.NewKey) { n.MicrotenantID = "33" }, map[string]any{"microtenantId": "33"}},
		"the highest limit":  {func(n *client.NewKey) { n.MaxUses = client.MaxMaxUses }, map[string]any{"maxUsage": "999999999"}},
		"every kind has one": {func(n *client.NewKey) { n.Kind = client.CloudController }, nil},
	} {
		n := client.NewKey{Kind: client.AppConnector, Name: "made by a test", MaxUses: 7, GroupID: "11", CertificateID: "22"}
		c.edit(&n)
		f := failing(reply{body: keyJSON("")})
		if _, err := fakeClient(t, f).CreateKey(context.Background(), n, nil); err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		post, got := f.calls[0], map[string]any{}
		if err := json.Unmarshal([]byte(post.body), &got); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		want := map[string]any{}
		for _, fields := range []map[string]any{required, c.more} {
			for name, value := range fields {
				want[name] = value
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: the body:\n%s", what, diff)
		}
		path := "/mgmtconfig/v1/admin/customers/" + customer + "/associationType/" + n.Kind.AssociationType() + "/provisioningKey"
		if post.method != http.MethodPost || post.path != path || post.query.Get("microtenantId") != string(n.MicrotenantID) ||
			post.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %s %s?%v", what, post.method, post.path, post.query)
		}
	}
}

func TestNewKeyIsWhatTheServerHolds(t *testing.T) {
	for _, kind := range client.Kinds() {
		c, m := mockClient(t, client.OneAPI, mockserver.Options{})
		like := anyKey(t, c, func(k client.Key) bool { return k.Kind == kind && !k.Managed() && k.MicrotenantID == "" })
		n := client.NewKey{
			Kind: kind, Name: "made by a test", MaxUses: 7, GroupID: like.GroupID, CertificateID: "6573", Disabled: true,
			Expires: time.Now().Add(48 * time.Hour).Truncate(time.Second).UTC(), AllowedAddresses: []string{"192.0.2.0/24"},
		}
		made, err := c.CreateKey(context.Background(), n, nil)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		k := made.Key
		got := client.NewKey{
			Kind: k.Kind, Name: k.Name, MaxUses: k.MaxUses, GroupID: k.GroupID, CertificateID: k.CertificateID,
			Disabled: !k.Enabled, Hidden: !k.Exportable, Expires: k.Expires, AllowedAddresses: k.AllowedAddresses,
		}
		if diff := cmp.Diff(n, got); diff != "" || made.Found {
			t.Errorf("%s: found %v\n%s", kind, made.Found, diff)
		}
		if k.Group == "" || k.Certificate != "Connector" || k.Uses != 0 || k.Created.IsZero() {
			t.Errorf("%s: group %q, certificate %q, %d uses", kind, k.Group, k.Certificate, k.Uses)
		}
		if held := m.raw(t, k)["provisioningKey"]; held != k.Text.Reveal() || k.Hint.Host != "mock.example" {
			t.Errorf("%s: not the text that the server made", kind)
		}
		if len(m.wire.sent(http.MethodPost)) != 1 {
			t.Errorf("%s: sent %d times", kind, len(m.wire.sent(http.MethodPost)))
		}
	}
}

// A hidden key's text is in the answer that creates it, and never again.
func TestTextOfANewHiddenKeyIsKeptByWhoeverMadeIt(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	made, err := c.CreateKey(context.Background(), newKey(t, c, hidden), nil)
	if err != nil {
		t.Fatal(err)
	}
	k, now := made.Key, time.Now()
	text, _ := m.raw(t, k)["provisioningKey"].(string)
	if !k.Fresh || k.Exportable || k.Group == "" || k.Text.Reveal() != text || text == "" {
		t.Errorf("fresh %v, exportable %v, group %q", k.Fresh, k.Exportable, k.Group)
	}
	if b := k.CopyBlock(now); b != nil {
		t.Errorf("it is not copied: %s", b.Words())
	}

	again, err := c.GetKey(context.Background(), k)
	if err != nil || !again.Fresh || again.Text.Reveal() != text || again.CopyBlock(now) != nil || again.Hint != k.Hint {
		t.Errorf("read again it is lost: %v", err)
	}
	listed := again.AsListed()
	if listed.Fresh || !listed.Text.IsZero() || listed.Hint != (client.Key{}).Hint {
		t.Error("a list would not bring its text")
	}
	if b := listed.CopyBlock(now); b == nil || !b.Has(client.Hidden) {
		t.Error("as listed it can be copied")
	}
	if fromServer, err := c.GetKey(context.Background(), listed); err != nil || fromServer.Fresh || !fromServer.Text.IsZero() {
		t.Errorf("a listed key has got a text: %v", err)
	}
}

func TestTextOfANewKeyThatIsNotHiddenStaysInLists(t *testing.T) {
	c, _ := mockClient(t, client.Legacy, mockserver.Options{})
	made, err := c.CreateKey(context.Background(), newKey(t, c), nil)
	if err != nil {
		t.Fatal(err)
	}
	listed := made.Key.AsListed()
	if listed.Fresh || listed.CopyBlock(time.Now()) != nil || !listed.Text.Equal(made.Key.Text) {
		t.Error("as listed it is another")
	}
}

// A server may leave out in its answer what it was told.
func TestNewHiddenKeyIsHiddenWhateverTheAnswerLeavesOut(t *testing.T) {
	f := &fake{}
	f.resource = func(n int, _ seen) reply {
		if n == 1 {
			return reply{body: keyJSON(`"provisioningKey":"` + keyText + `",`)}
		}
		return reply{status: http.StatusForbidden}
	}
	n := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "1", CertificateID: "2", Hidden: true}
	made, err := fakeClient(t, f).CreateKey(context.Background(), n, nil)
	if err != nil || made.Key.Exportable || made.Key.CopyBlock(time.Now()) != nil || !made.Key.AsListed().Text.IsZero() {
		t.Errorf("exportable %v, %v", made.Key.Exportable, err)
	}
}

func TestTextThatTheAnswerLacksIsReadAgain(t *testing.T) {
	f := &fake{}
	f.resource = func(n int, _ seen) reply {
		if n == 1 {
			return reply{status: http.StatusCreated, body: keyJSON(`"exportable":true,`)}
		}
		return reply{body: keyJSON(`"exportable":true,"provisioningKey":"` + keyText + `",`)}
	}
	n := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "1", CertificateID: "2"}
	made, err := fakeClient(t, f).CreateKey(context.Background(), n, nil)
	if err != nil || made.Key.Text.Reveal() != keyText {
		t.Errorf("the text is lost: %v", err)
	}
}

func TestNamesThatCannotBeReadLoseNothingElse(t *testing.T) {
	for what, answer := range map[string]reply{
		"forbidden": {status: 403}, "gone": {status: 404}, "broken": {status: 500}, "malformed": {body: "{"}, "another key": {body: `{"id":"1"}`},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				n := newKey(t, c, hidden)
				created := false
				m.wire.tamper = func(s seen, _ func() reply) *reply {
					if s.method == http.MethodPost {
						created = true
					} else if created {
						return &answer
					}
					return nil
				}
				made, err := c.CreateKey(context.Background(), n, nil)
				k := made.Key
				if err != nil || made.Found || !k.Fresh || k.Text.IsZero() || k.Name != n.Name || k.MaxUses != 7 || k.GroupID != n.GroupID {
					t.Errorf("%+v: %v", k, err)
				}
				if k.Group != "" || k.Certificate != "" {
					t.Errorf("names out of nowhere: %q, %q", k.Group, k.Certificate)
				}
			})
		})
	}
}

func TestBothStatusesOfACreationAreTaken(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusCreated} {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		n := newKey(t, c)
		m.wire.tamper = func(s seen, next func() reply) *reply {
			if s.method != http.MethodPost {
				return nil
			}
			r := next()
			r.status = status
			return &r
		}
		if made, err := c.CreateKey(context.Background(), n, nil); err != nil || made.Found || made.Key.Name != n.Name {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestNewKeyOfAMicrotenantIsMadeAndReadThere(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	like := anyKey(t, c, func(k client.Key) bool { return k.MicrotenantID != "" && !k.Managed() })
	n := client.NewKey{
		Kind: like.Kind, Name: "made by a test", MaxUses: 7, GroupID: like.GroupID, CertificateID: like.CertificateID,
		MicrotenantID: like.MicrotenantID,
	}
	made, err := c.CreateKey(context.Background(), n, nil)
	if err != nil || made.Key.MicrotenantID != like.MicrotenantID || made.Key.Microtenant != like.Microtenant {
		t.Fatalf("in microtenant %q (%q): %v", made.Key.MicrotenantID, made.Key.Microtenant, err)
	}
	for _, s := range m.wire.calls[len(m.wire.calls)-2:] {
		if s.query.Get("microtenantId") != string(like.MicrotenantID) {
			t.Errorf("%s %v", s.method, s.query)
		}
	}
}
