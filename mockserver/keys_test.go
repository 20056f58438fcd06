package mockserver_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
)

func TestCreateAnswersWithTheTextAndWithoutJoinedNames(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("made-here")
	body["exportable"] = false

	made := c.create(body)

	if text, _ := made["provisioningKey"].(string); len(text) != 418 {
		t.Errorf("the create answer of a hidden key has a text of %d bytes", len(text))
	}
	for _, name := range []string{"zcomponentName", "enrollmentCertName", "associationType"} {
		if _, there := made[name]; there {
			t.Errorf("the create answer has %s", name)
		}
	}
	read := c.get(c.keys(mockserver.KindAppConnector, made["id"].(string))).fields(t)
	if _, there := read["provisioningKey"]; there {
		t.Error("GET shows the text of a hidden key")
	}
	if read["zcomponentName"] != "AP East 1" || read["enrollmentCertName"] != "Connector" {
		t.Errorf("names on GET: %v, %v", read["zcomponentName"], read["enrollmentCertName"])
	}
}

func TestListNeverShowsAHiddenText(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	hidden := 0
	for _, kind := range allKinds() {
		for _, k := range c.page(c.keys(kind) + "?pagesize=500").List {
			_, shown := k["provisioningKey"]
			if k["exportable"] == shown {
				continue
			}
			t.Errorf("%s: exportable %v, text shown %v", k["id"], k["exportable"], shown)
		}
		for _, k := range c.allKeys()[kind] {
			if k["exportable"] == false {
				hidden++
			}
		}
	}
	if hidden == 0 {
		t.Fatal("the tenant has no hidden key: nothing was tested")
	}
}

func TestNumbersTravelAsStringsAndAreTakenAsBoth(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("numbers")
	body["maxUsage"] = 7

	made := c.create(body)

	if made["maxUsage"] != "7" || made["usageCount"] != "0" || made["enabled"] != true {
		t.Errorf("maxUsage %#v, usageCount %#v, enabled %#v", made["maxUsage"], made["usageCount"], made["enabled"])
	}
	if made["creationTime"] != "1795165200" {
		t.Errorf("creationTime %#v", made["creationTime"])
	}
}

func TestUnknownFieldsAreKeptToTheDigit(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	id := c.create(c.newKey("keeper"))["id"].(string)
	path := c.keys(mockserver.KindAppConnector, id)
	body := `{"name":"keeper","maxUsage":"3","zcomponentId":"` + c.stored(mockserver.KindAppConnector, id)["zcomponentId"].(string) +
		`","enrollmentCertId":"6573","somethingNew":{"b":1,"a":216196257331372705},"empty":""}`

	a := c.send(http.MethodPut, path, "application/json; charset=utf-8", body, nil)

	c.expect("update", a, http.StatusNoContent, "")
	text := string(c.get(path).body)
	if !strings.Contains(text, `"somethingNew":{"b":1,"a":216196257331372705}`) {
		t.Errorf("the unknown field changed: %s", text)
	}
	if strings.Contains(text, `"empty"`) {
		t.Error("an empty field was not left out")
	}
}

func TestUpdateReplacesEverythingAClientMayWrite(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	c.server.SetField(kind, id, "ipAcl", []string{"203.0.113.1"})
	before := c.stored(kind, id)
	c.clock.advance(time.Minute)

	a := c.write(http.MethodPut, c.keys(kind, id), map[string]any{
		"name": "renamed", "maxUsage": "999999999", "enrollmentCertId": "6574",
		"zcomponentId": before["zcomponentId"], "enabled": false,
		"id": "1", "usageCount": "0", "provisioningKey": "x", "modifiedBy": "1", "zscalerManaged": true,
	})

	c.expect("update", a, http.StatusNoContent, "")
	after := c.stored(kind, id)
	for name, want := range map[string]any{
		"name": "renamed", "maxUsage": "999999999", "enabled": false, "enrollmentCertName": "Service Edge",
		"usageCount": before["usageCount"], "provisioningKey": before["provisioningKey"],
		"creationTime": before["creationTime"], "zscalerManaged": false, "zcomponentName": "AP East 1",
		"modifiedBy": "216196257331372705", "modifiedTime": "1795165260", "ipAcl": nil,
	} {
		if after[name] != want {
			t.Errorf("%s is %v, want %v", name, after[name], want)
		}
	}
}

func TestDeletedKeyIsGoneAndItsConnectorsStay(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstUsedUp)
	enrolled := "?pagesize=500&search=provisioningKeyId+EQ+" + id
	before := c.page(c.base + "/connector" + enrolled).TotalCount

	c.expect("delete", c.send(http.MethodDelete, c.keys(kind, id), "", "", nil), http.StatusNoContent, "")

	c.expect("get", c.get(c.keys(kind, id)), http.StatusBadRequest, "resource.not.found")
	c.expect("delete again", c.send(http.MethodDelete, c.keys(kind, id), "", "", nil), http.StatusBadRequest, "resource.not.found")
	if after := c.page(c.base + "/connector" + enrolled).TotalCount; after != before || after == "0" {
		t.Errorf("%s connectors before, %s after", before, after)
	}
}

func TestAKeyIsFoundOnlyUnderItsKind(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	_, id := c.find(firstOK)

	c.expect("another kind", c.get(c.keys(mockserver.KindServiceEdge, id)), http.StatusBadRequest, "resource.not.found")
	c.expect("no kind", c.get(c.keys("NO_GRP", id)), http.StatusBadRequest, "invalid.resource.argument")
}

func TestBodiesAreCheckedBeforeTheyAreRead(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	path := c.keys(mockserver.KindAppConnector)
	for _, tt := range []struct {
		name, contentType, body string
		status                  int
		id                      string
	}{
		{"no content type", "", `{}`, 415, "unsupported.media.type"},
		{"text", "text/plain", `{}`, 415, "unsupported.media.type"},
		{"broken", "application/json", `{"name":`, 400, "bad.request"},
		{"two objects", "application/json", `{}{}`, 400, "bad.request"},
		{"a list", "application/json", `[]`, 400, "bad.request"},
		{"nothing", "application/json", ``, 400, "bad.request"},
		{"too much", "application/json", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, 413, "bad.request"},
	} {
		c.expect(tt.name, c.send(http.MethodPost, path, tt.contentType, tt.body, nil), tt.status, tt.id)
	}
}

func TestBodyOnAReadIsIgnored(t *testing.T) {
	c := newCaller(t, mockserver.Options{})

	a := c.send(http.MethodGet, c.keys(mockserver.KindAppConnector), "text/plain", "not JSON", nil)

	c.expect("list", a, http.StatusOK, "")
}

func TestNetworkConnectorKeysTakeAnyGroup(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	body := c.newKey("np-made")
	body["zcomponentId"] = "216196257331999999"

	a := c.write(http.MethodPost, c.keys(mockserver.KindNetworkConnector), body)

	c.expect("create", a, http.StatusOK, "")
}

func TestMicrotenantFiltersReadsAndBindsWrites(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	list := c.keys(mockserver.KindAppConnector)
	var research string
	for _, m := range c.page(c.base + "/microtenants").List {
		if m["name"] == "Research" {
			research = m["id"].(string)
		}
	}
	all := len(c.page(list + "?pagesize=500").List)
	byDefault := len(c.page(list + "?pagesize=500&microtenantId=0").List)
	own := c.page(list + "?pagesize=500&microtenantId=" + research).List
	if len(own) == 0 || len(own)+byDefault >= all {
		t.Fatalf("%d of Research and %d of Default among %d: two microtenants have keys", len(own), byDefault, all)
	}
	path := c.keys(mockserver.KindAppConnector, own[0]["id"].(string))
	body := c.stored(mockserver.KindAppConnector, own[0]["id"].(string))

	c.expect("read without", c.get(path), http.StatusOK, "")
	c.expect("write without", c.write(http.MethodPut, path, body), http.StatusBadRequest, "resource.not.found")
	c.expect("write within", c.write(http.MethodPut, path+"?microtenantId="+research, body), http.StatusNoContent, "")
	c.expect("read elsewhere", c.get(path+"?microtenantId=0"), http.StatusBadRequest, "resource.not.found")
	a := c.write(http.MethodPost, list+"?microtenantId="+research, c.newKey("made-in-research"))
	if got := a.fields(t)["microtenantId"]; got != research {
		t.Errorf("created in microtenant %v, want %s", got, research)
	}
}
