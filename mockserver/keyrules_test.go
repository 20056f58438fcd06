package mockserver_test

import (
	"net/http"
	"strings"
	"testing"

	"provkeys/mockserver"
)

func TestCreateRefusesWhatTheTenantCannotHold(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	edges := c.page(c.base + "/serviceEdgeGroup").List
	for _, tt := range []struct {
		name, field string
		value       any
		id, params  string
	}{
		{"no name", "name", nil, "invalid.resource.argument", "name"},
		{"blank name", "name", "  ", "invalid.resource.argument", "name"},
		{"a number for a name", "name", 5, "invalid.resource.argument", "name"},
		{"a name of 256", "name", strings.Repeat("é", 256), "invalid.resource.argument", "name"},
		{"a name that is taken", "name", firstOK, "resource.already.exist", "name"},
		{"no limit", "maxUsage", nil, "invalid.resource.argument", "maxUsage"},
		{"limit 0", "maxUsage", "0", "invalid.resource.argument", "maxUsage"},
		{"limit below 0", "maxUsage", -1, "invalid.resource.argument", "maxUsage"},
		{"limit too high", "maxUsage", "1000000000", "invalid.resource.argument", "maxUsage"},
		{"limit no number", "maxUsage", "many", "invalid.resource.argument", "maxUsage"},
		{"no group", "zcomponentId", nil, "invalid.resource.argument", "zcomponentId"},
		{"unknown group", "zcomponentId", "12345", "invalid.resource.argument", "zcomponentId"},
		{"another kind's group", "zcomponentId", edges[0]["id"], "invalid.resource.argument", "zcomponentId"},
		{"no certificate", "enrollmentCertId", nil, "invalid.resource.argument", "enrollmentCertId"},
		{"unknown certificate", "enrollmentCertId", "1", "invalid.resource.argument", "enrollmentCertId"},
		{"Root does not sign", "enrollmentCertId", "6571", "invalid.resource.argument", "enrollmentCertId"},
		{"a certificate that has ended", "enrollmentCertId", "7014", "invalid.resource.argument", "enrollmentCertId"},
		{"unknown microtenant", "microtenantId", "77", "invalid.resource.argument", "microtenantId"},
		{"enabled no boolean", "enabled", "maybe", "invalid.resource.argument", "enabled"},
		{"expiry no number", "expirationInEpochSec", "soon", "invalid.resource.argument", "expirationInEpochSec"},
		{"expiry in the past", "expirationInEpochSec", "1795165199", "invalid.resource.argument", "expirationInEpochSec"},
		{"expiry at this moment", "expirationInEpochSec", 1795165200, "invalid.resource.argument", "expirationInEpochSec"},
		{"addresses no list", "ipAcl", "10.0.0.1", "invalid.resource.argument", "ipAcl"},
		{"addresses no texts", "ipAcl", []int{10}, "invalid.resource.argument", "ipAcl"},
		{"an address that is none", "ipAcl", []string{"192.0.2.7", "192.0.2.256"}, "invalid.resource.argument", "ipAcl"},
		{"a network that is none", "ipAcl", []string{"192.0.2.0/33"}, "invalid.resource.argument", "ipAcl"},
		{"a host name", "ipAcl", []string{"mock.example"}, "invalid.resource.argument", "ipAcl"},
		{"an address with a zone", "ipAcl", []string{"fe80::1%eth0"}, "invalid.resource.argument", "ipAcl"},
	} {
		body := c.newKey("refused")
		body[tt.field] = tt.value

		a := c.write(http.MethodPost, c.keys(mockserver.KindAppConnector), body)

		c.expect(tt.name, a, http.StatusBadRequest, tt.id)
		if a.params(t) != tt.params {
			t.Errorf("%s: params %q, want %q", tt.name, a.params(t), tt.params)
		}
	}
}

func TestANameOf255IsTaken(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	c.create(c.newKey(strings.Repeat("é", 255)))
}

func TestUpdateRefusesWhatTheTenantCannotHold(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstUsedUp)
	other := c.page(c.base + "/appConnectorGroup").List[0]["id"]
	for _, tt := range []struct {
		name, field string
		value       any
		id, params  string
	}{
		{"limit below uses", "maxUsage", "4", "invalid.resource.argument", "maxUsage"},
		{"another group", "zcomponentId", other, "invalid.resource.argument", "zcomponentId"},
		{"no group", "zcomponentId", nil, "invalid.resource.argument", "zcomponentId"},
		{"another key's name", "name", firstOK, "resource.already.exist", "name"},
		{"no name", "name", "", "invalid.resource.argument", "name"},
		{"no limit", "maxUsage", nil, "invalid.resource.argument", "maxUsage"},
		{"limit too high", "maxUsage", "1000000000", "invalid.resource.argument", "maxUsage"},
		{"unknown certificate", "enrollmentCertId", "1", "invalid.resource.argument", "enrollmentCertId"},
		{"Root does not sign", "enrollmentCertId", "6571", "invalid.resource.argument", "enrollmentCertId"},
		{"another certificate that has ended", "enrollmentCertId", "7014", "invalid.resource.argument", "enrollmentCertId"},
		{"enabled no boolean", "enabled", "maybe", "invalid.resource.argument", "enabled"},
		{"exportable no boolean", "exportable", 3, "invalid.resource.argument", "exportable"},
		{"expiry no number", "expirationInEpochSec", "soon", "invalid.resource.argument", "expirationInEpochSec"},
		{"an address that is none", "ipAcl", []string{"everywhere"}, "invalid.resource.argument", "ipAcl"},
	} {
		before := c.stored(kind, id)
		body := c.stored(kind, id)
		body[tt.field] = tt.value

		a := c.write(http.MethodPut, c.keys(kind, id), body)

		c.expect(tt.name, a, http.StatusBadRequest, tt.id)
		if a.params(t) != tt.params {
			t.Errorf("%s: params %q, want %q", tt.name, a.params(t), tt.params)
		}
		if after := c.stored(kind, id); after["modifiedTime"] != before["modifiedTime"] || after["name"] != before["name"] {
			t.Errorf("%s: the refused update left a trace", tt.name)
		}
	}
}

func TestAddressesAndNetworksAreTaken(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("with-addresses")
	body["ipAcl"] = []string{"192.0.2.7", "192.0.2.0/24", "2001:db8::1", "2001:db8::/32"}
	body["expirationInEpochSec"] = "1795165201"

	made := c.create(body)

	if list, _ := made["ipAcl"].([]any); len(list) != 4 || made["expirationInEpochSec"] != "1795165201" {
		t.Errorf("addresses %v until %v", made["ipAcl"], made["expirationInEpochSec"])
	}
}

// A key whose end has come, or whose certificate's end has, can still be changed
// in everything else.
func TestWhatHasRunOutMayStay(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	c.server.SetField(kind, id, "enrollmentCertId", "7014")
	c.server.SetField(kind, id, "expirationInEpochSec", "1600000000")
	body := c.stored(kind, id)
	body["maxUsage"] = "999"

	c.expect("update", c.write(http.MethodPut, c.keys(kind, id), body), http.StatusNoContent, "")

	if after := c.stored(kind, id); after["maxUsage"] != "999" || after["enrollmentCertId"] != "7014" {
		t.Errorf("max uses %v, certificate %v", after["maxUsage"], after["enrollmentCertId"])
	}
}

func TestManagedKeysAreNeitherChangedNorDeleted(t *testing.T) {
	for _, field := range []string{"readOnly", "zscalerManaged"} {
		c := newCaller(t, mockserver.Options{})
		kind, id := c.find(firstOK)
		c.server.SetField(kind, id, field, true)
		path := c.keys(kind, id)

		c.expect(field+": update", c.write(http.MethodPut, path, c.stored(kind, id)), http.StatusBadRequest, "resource.readonly")
		c.expect(field+": delete", c.send(http.MethodDelete, path, "", "", nil), http.StatusBadRequest, "resource.readonly")
		c.expect(field+": get", c.get(path), http.StatusOK, "")
	}
}

// hiddenKey returns a changeable hidden key and the body that would keep it.
func hiddenKey(c *caller) (path string, whole map[string]any) {
	id := c.create(c.newKey("to-hide"))["id"].(string)
	c.server.SetField(mockserver.KindAppConnector, id, "exportable", false)
	return c.keys(mockserver.KindAppConnector, id), c.stored(mockserver.KindAppConnector, id)
}

func TestExportableLeftOutOfAnUpdateCountsAsOn(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	path, body := hiddenKey(c)
	delete(body, "exportable")

	c.expect("update", c.write(http.MethodPut, path, body), http.StatusNoContent, "")

	if got := c.get(path).fields(t)["exportable"]; got != true {
		t.Errorf("exportable is %v: the trap is missing", got)
	}
}

func TestExportableSentBackStaysOff(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	path, body := hiddenKey(c)

	c.expect("update", c.write(http.MethodPut, path, body), http.StatusNoContent, "")

	if got := c.get(path).fields(t)["exportable"]; got != false {
		t.Errorf("exportable is %v", got)
	}
}

func TestExportableCannotBeTurnedOnAgain(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	path, body := hiddenKey(c)
	body["exportable"] = true

	a := c.write(http.MethodPut, path, body)

	c.expect("update", a, http.StatusBadRequest, "invalid.resource.argument")
	if a.params(t) != "exportable" {
		t.Errorf("params %q", a.params(t))
	}
}

func TestExportableCanBeTurnedOff(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	body := c.stored(kind, id)
	body["exportable"] = false

	c.expect("update", c.write(http.MethodPut, c.keys(kind, id), body), http.StatusNoContent, "")

	if _, shown := c.get(c.keys(kind, id)).fields(t)["provisioningKey"]; shown {
		t.Error("the text still shows")
	}
}
