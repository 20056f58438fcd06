package client_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

// raw returns a key's fields as the server stores them, without what every
// update may change.
func (m *mock) raw(t *testing.T, k client.Key) map[string]any {
	t.Helper()
	fields, ok := m.Key(k.Kind.AssociationType(), string(k.ID))
	if !ok {
		t.Fatal("the key is gone")
	}
	delete(fields, "modifiedTime")
	delete(fields, "modifiedBy")
	return fields
}

func (m *mock) set(t *testing.T, k client.Key, field string, value any) {
	t.Helper()
	if !m.SetField(k.Kind.AssociationType(), string(k.ID), field, value) {
		t.Fatalf("the mock refuses %s", field)
	}
}

func TestUpdateChangesWhatWasAskedAndNothingElse(t *testing.T) {
	for _, door := range []client.Door{client.Legacy, client.OneAPI} {
		c, m := mockClient(t, door, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.set(t, k, "futureSetting", map[string]any{
			"deep": []any{map[string]any{"id": json.Number("216196257331404676"), "text": "R&D <lab> \u2028 é", "none": nil}},
		})
		m.set(t, k, "futureNumber", json.Number("1.50"))
		m.set(t, k, "name", "R&amp;D")
		k.Name = "R&D"
		want := m.raw(t, k)
		want["maxUsage"] = "77"

		got, err := c.UpdateKey(context.Background(), k, client.Change{MaxUses: ptr(int64(77))})
		if err != nil {
			t.Fatal(err)
		}
		if got.After.MaxUses != 77 || got.Before.MaxUses != k.MaxUses || got.After.CertificateEnd != k.CertificateEnd {
			t.Errorf("before %d, after %d", got.Before.MaxUses, got.After.MaxUses)
		}
		if diff := cmp.Diff(want, m.raw(t, k)); diff != "" {
			t.Errorf("%v: the server's object:\n%s", door, diff)
		}
	}
}

func TestUnknownFieldsGoBackToTheByte(t *testing.T) {
	const odd = `"a<b>":{ "z" : [ 1.50 , 216196257331404676 , 1e3, "<&> \u00e9 \u2028 \/" ] ,"empty":{} },"nothing":null,"list":[],`
	f := putServer(odd + `"exportable":true,"provisioningKey":"` + keyText + `",`)
	if _, err := fakeClient(t, f).RaiseMaxUses(context.Background(), aKey, 3); err != nil {
		t.Fatal(err)
	}
	put := f.calls[1]
	for _, part := range []string{
		`{ "z" : [ 1.50 , 216196257331404676 , 1e3, "<&> \u00e9 \u2028 \/" ] ,"empty":{} }`,
		`"nothing":null`, `"list":[]`, `"maxUsage":"5"`, `"zcomponentId":"216196257331404700"`, `"id":"` + string(keyID) + `"`,
	} {
		if !strings.Contains(put.body, part) {
			t.Errorf("an update lacks %s", part)
		}
	}
	for _, name := range []string{"usageCount", "provisioningKey", "zcomponentName", "enrollmentCertName", "creationTime", "modifiedTime"} {
		if strings.Contains(put.body, `"`+name+`"`) {
			t.Errorf("an update sends %s", name)
		}
	}
	if got := put.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("content type %q", got)
	}
}

// putServer holds one key; extra are its further fields. It takes the limit
// from an update.
func putServer(extra string) *fake {
	limit := "2"
	return &fake{resource: func(_ int, r seen) reply {
		if r.method == http.MethodPut {
			var sent struct{ MaxUsage string }
			_ = json.Unmarshal([]byte(r.body), &sent)
			limit = sent.MaxUsage
			return reply{status: http.StatusNoContent}
		}
		return reply{body: strings.Replace(keyJSON(extra), `"maxUsage":"2"`, `"maxUsage":"`+limit+`"`, 1)}
	}}
}

func TestHiddenKeyStaysHidden(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, func(k client.Key) bool { return !k.Exportable && !k.Managed() })
	if _, err := c.RaiseMaxUses(context.Background(), k, 1); err != nil {
		t.Fatal(err)
	}
	if m.raw(t, k)["exportable"] != false {
		t.Error("raising the limit of a hidden key made it exportable")
	}

	// The counter-proof: the same update without the field must spring the trap,
	// or the mock cannot show that it was avoided.
	m.wire.tamper = func(s seen, _ func() reply) *reply {
		if s.method != http.MethodPut {
			return nil
		}
		var fields map[string]any
		if err := json.Unmarshal([]byte(s.body), &fields); err != nil {
			t.Error(err)
		}
		delete(fields, "exportable")
		body, _ := json.Marshal(fields)
		req, _ := http.NewRequest(s.method, s.url, strings.NewReader(string(body)))
		req.Header = s.header
		resp, err := m.wire.server.RoundTrip(req)
		if err != nil {
			return &reply{err: err}
		}
		return &reply{status: resp.StatusCode}
	}
	if _, err := c.RaiseMaxUses(context.Background(), k, 1); err != nil {
		t.Fatal(err)
	}
	if m.raw(t, k)["exportable"] != true {
		t.Error("the mock has no trap")
	}
}

func TestExportableAlwaysGoesBack(t *testing.T) {
	withText := `"provisioningKey":"` + keyText + `",`
	for what, c := range map[string]struct{ fields, want string }{
		"off":                             {`"exportable":false,`, `"exportable":false`},
		"off, as a string":                {`"exportable":"false",`, `"exportable":false`},
		"on":                              {`"exportable":true,` + withText, `"exportable":true`},
		"left out, and no text":           {``, `"exportable":false`},
		"left out, and the text is empty": {`"provisioningKey":"",`, `"exportable":false`},
		"null, and no text":               {`"exportable":null,`, `"exportable":false`},
		"empty, and no text":              {`"exportable":"",`, `"exportable":false`},
		"left out, with the text":         {withText, `"exportable":true`},
	} {
		f := putServer(c.fields)
		if _, err := fakeClient(t, f).RaiseMaxUses(context.Background(), aKey, 1); err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if body := f.calls[1].body; !strings.Contains(body, c.want) || strings.Count(body, `"exportable"`) != 1 {
			t.Errorf("%s: the update says %s", what, body)
		}
	}
}

func TestEveryFieldThatAPersonCanChangeIsChanged(t *testing.T) {
	end := time.Date(2030, 1, 2, 3, 4, 5, 600, time.UTC)
	for what, c := range map[string]struct {
		change client.Change
		holds  func(client.Key) bool
	}{
		"name":         {client.Change{Name: ptr("renamed & moved")}, func(k client.Key) bool { return k.Name == "renamed & moved" }},
		"disabled":     {client.Change{Enabled: ptr(false)}, func(k client.Key) bool { return !k.Enabled }},
		"hidden":       {client.Change{Exportable: ptr(false)}, func(k client.Key) bool { return !k.Exportable && k.Text.IsZero() }},
		"expiry":       {client.Change{Expires: &end}, func(k client.Key) bool { return k.Expires.Equal(end.Truncate(time.Second)) }},
		"addresses":    {client.Change{AllowedAddresses: &[]string{"10.0.0.0/8", "192.0.2.1"}}, func(k client.Key) bool { return len(k.AllowedAddresses) == 2 }},
		"no addresses": {client.Change{AllowedAddresses: &[]string{}}, func(k client.Key) bool { return len(k.AllowedAddresses) == 0 }},
		"no expiry":    {client.Change{Expires: &time.Time{}}, func(k client.Key) bool { return k.Expires.IsZero() }},
	} {
		t.Run(what, func(t *testing.T) {
			c2, m := mockClient(t, client.OneAPI, mockserver.Options{})
			k := anyKey(t, c2, copyable)
			m.set(t, k, "ipAcl", []string{"198.51.100.7"})
			m.set(t, k, "expirationInEpochSec", "4102444800")
			k, err := c2.GetKey(context.Background(), k)
			if err != nil {
				t.Fatal(err)
			}
			got, err := c2.UpdateKey(context.Background(), k, c.change)
			if err != nil || !c.holds(got.After) {
				t.Errorf("the key afterwards is not as asked: %v", err)
			}
		})
	}
}

func TestCertificateIsChanged(t *testing.T) {
	c, _ := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	certificates, err := c.Certificates(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range certificates {
		if other.AllowSigning && other.ID != k.CertificateID {
			got, err := c.UpdateKey(context.Background(), k, client.Change{CertificateID: &other.ID})
			if err != nil || got.After.CertificateID != other.ID || got.After.Certificate != other.Name {
				t.Errorf("%+v: %v", got.After, err)
			}
			return
		}
	}
	t.Fatal("the tenant has no other certificate")
}

func TestRaiseCountsFromWhatTheServerHolds(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	seen := anyKey(t, c, copyable)
	m.set(t, seen, "maxUsage", "500")
	got, err := c.RaiseMaxUses(context.Background(), seen, 1)
	if err != nil || got.Before.MaxUses != 500 || got.After.MaxUses != 501 {
		t.Errorf("from %d to %d: %v", got.Before.MaxUses, got.After.MaxUses, err)
	}
}

func TestChangeThatHoldsAlreadyIsNotSent(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	got, err := c.UpdateKey(context.Background(), k, client.Change{Enabled: ptr(true), MaxUses: &k.MaxUses})
	if err != nil || got.After.MaxUses != k.MaxUses || len(m.wire.writes()) != 0 {
		t.Errorf("%d writes: %v", len(m.wire.writes()), err)
	}
}

func TestCallsOnAKeyNameItsOwnMicrotenant(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, func(k client.Key) bool { return k.MicrotenantID != "" && !k.Managed() })
	if _, err := c.RaiseMaxUses(context.Background(), k, 1); err != nil {
		t.Fatal(err)
	}
	for _, s := range m.wire.writes() {
		if s.query.Get("microtenantId") != string(k.MicrotenantID) {
			t.Errorf("the write's query is %v", s.query)
		}
	}
}
