package mockserver_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"provkeys/mockserver"
)

// connectorsOf returns the connectors that enrolled with an app connector key.
func (c *caller) connectorsOf(id string) []map[string]any {
	c.t.Helper()
	return c.page(c.base + "/connector?pagesize=500&search=provisioningKeyId+EQ+" + id).List
}

func TestEnrolmentUsesTheKeyAndAConnectorAppears(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	made := c.create(c.newKey("joined"))
	id, text := made["id"].(string), made["provisioningKey"].(string)

	first := c.write(http.MethodPost, "/mock/enrol", map[string]any{"provisioningKey": text})
	second := c.send(http.MethodPost, "/mock/enrol", "text/plain", text, nil)

	c.expect("as JSON", first, http.StatusOK, "")
	c.expect("as text", second, http.StatusOK, "")
	if first.fields(t)["name"] != "joined-1" || second.fields(t)["name"] != "joined-2" {
		t.Errorf("names %v and %v", first.fields(t)["name"], second.fields(t)["name"])
	}
	key := c.get(c.keys(mockserver.KindAppConnector, id)).fields(t)
	if key["usageCount"] != "2" || key["modifiedBy"] != "-2" {
		t.Errorf("usageCount %v, modifiedBy %v", key["usageCount"], key["modifiedBy"])
	}
	list := c.connectorsOf(id)
	if len(list) != 2 || list[0]["name"] != "joined-1" ||
		list[0]["controlChannelStatus"] != "ZPN_STATUS_AUTHENTICATED" || list[0]["currentVersion"] == nil {
		t.Errorf("connectors: %v", list)
	}
}

func TestServiceEdgesAndControllersAppearInTheirOwnLists(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	for kind, list := range map[string]string{
		mockserver.KindServiceEdge: "/serviceEdge", mockserver.KindCloudController: "/privateCloudController",
	} {
		body := c.newKey("own-" + strings.ToLower(kind))
		body["zcomponentId"] = c.page(c.base + list + "Group").List[0]["id"]
		made := c.write(http.MethodPost, c.keys(kind), body).fields(t)

		name, err := c.server.Enrol(made["provisioningKey"].(string))

		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		found := c.page(c.base + list + "?search=provisioningKeyId+EQ+" + made["id"].(string)).List
		if len(found) != 1 || found[0]["name"] != name {
			t.Errorf("%s: %d machines", kind, len(found))
		}
	}
}

func TestEnrolmentIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, field string
		value       any
		status      int
		id          string
	}{
		{"used up", "usageCount", "3", 400, "nonce.usage.exceeded"},
		{"disabled", "enabled", false, 403, "nonce.disabled"},
		{"expired", "expirationInEpochSec", "1795165200", 403, "nonce.expired"},
		{"certificate ended", "enrollmentCertId", "7014", 403, "nonce.certificate.expired"},
		{"another text", "provisioningKey", "3|mock.example|rotated", 401, "nonce.unknown"},
	} {
		c := newCaller(t, mockserver.Options{})
		made := c.create(c.newKey("refused"))
		id, text := made["id"].(string), made["provisioningKey"].(string)
		c.server.SetField(mockserver.KindAppConnector, id, tt.field, tt.value)
		before := c.stored(mockserver.KindAppConnector, id)["usageCount"]

		a := c.send(http.MethodPost, "/mock/enrol", "text/plain", text, nil)

		c.expect(tt.name, a, tt.status, tt.id)
		if strings.Contains(string(a.body), text) {
			t.Errorf("%s: the refusal shows the key text", tt.name)
		}
		if tt.id == "nonce.usage.exceeded" && a.params(t) != "nonce.maxUsage" {
			t.Errorf("params %q", a.params(t))
		}
		if after := c.stored(mockserver.KindAppConnector, id)["usageCount"]; after != before || len(c.connectorsOf(id)) != 0 {
			t.Errorf("%s: the refused enrolment left a trace", tt.name)
		}
	}
}

func TestEnrolmentTakesTextsToTheByte(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	text := c.create(c.newKey("exact"))["provisioningKey"].(string)
	for _, mangled := range []string{"", text + "\n", " " + text, text[:len(text)-1], strings.ToLower(text)} {
		var refusal *mockserver.Refusal
		_, err := c.server.Enrol(mangled)
		if !errors.As(err, &refusal) || refusal.Status != http.StatusUnauthorized {
			t.Errorf("%d bytes: %v", len(mangled), err)
		}
	}
}

func TestEnrolmentOfAnUnknownMediaTypeIsRefused(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	a := c.send(http.MethodPost, "/mock/enrol", "application/xml", "x", nil)
	c.expect("XML", a, http.StatusUnsupportedMediaType, "unsupported.media.type")
}

func TestHiddenKeysEnrol(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("hidden")
	body["exportable"] = false

	_, err := c.server.Enrol(c.create(body)["provisioningKey"].(string))

	if err != nil {
		t.Error(err)
	}
}

func TestEnrolNextTakesUsableKeysUntilNoneIsLeft(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 13})
	usable := map[string]bool{}
	for kind, list := range c.allKeys() {
		for _, k := range list {
			// Few uses left, so that the end is near.
			if s := stateOf(k, c.clock.Now()); s == "ok" || s == "nearly used up" {
				usable[k["name"].(string)] = true
				c.server.SetField(kind, k["id"].(string), "maxUsage", "100")
				c.server.SetField(kind, k["id"].(string), "usageCount", "98")
			}
		}
	}
	for i := range 2 * len(usable) {
		name, err := c.server.EnrolNext()
		if err != nil {
			t.Fatalf("enrolment %d: %v", i, err)
		}
		if !usable[name] {
			t.Errorf("enrolled with %q, which is not usable", name)
		}
	}
	if name, err := c.server.EnrolNext(); err == nil {
		t.Errorf("enrolled with %q after the last use", name)
	}
}

func TestEnrolNextFollowsTheSeed(t *testing.T) {
	a, b := newCaller(t, mockserver.Options{Seed: 4}), newCaller(t, mockserver.Options{Seed: 4})
	b.signIn() // signing in more often changes nothing in the tenant
	for range 10 {
		x, errX := a.server.EnrolNext()
		y, errY := b.server.EnrolNext()
		if x != y || errX != nil || errY != nil {
			t.Fatalf("%q (%v) and %q (%v)", x, errX, y, errY)
		}
	}
}
