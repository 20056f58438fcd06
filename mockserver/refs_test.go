package mockserver_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"provkeys/mockserver"
)

func TestReferencesAreListedAndFoundUnderBothDoors(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	v2 := strings.Replace(c.base, "/v1/", "/v2/", 1)
	legacy := c.token
	oneAPI, _ := oneAPISignIn(c).fields(t)["access_token"].(string)
	for _, tt := range []struct{ list, one string }{
		{c.base + "/appConnectorGroup", c.base + "/appConnectorGroup/"},
		{c.base + "/serviceEdgeGroup", c.base + "/serviceEdgeGroup/"},
		{c.base + "/privateCloudControllerGroup", c.base + "/privateCloudControllerGroup/"},
		{c.base + "/connector", c.base + "/connector/"},
		{c.base + "/serviceEdge", ""},
		{c.base + "/privateCloudController", ""},
		{v2 + "/enrollmentCert", c.base + "/enrollmentCert/"},
		{c.base + "/microtenants", ""},
	} {
		for prefix, token := range map[string]string{"": legacy, "/zpa": oneAPI} {
			c.token = token
			p := c.page(prefix + tt.list + "?pagesize=2")
			if len(p.List) == 0 || len(p.List) > 2 || p.TotalCount == "0" {
				t.Errorf("%s%s: %d of %s", prefix, tt.list, len(p.List), p.TotalCount)
				continue
			}
			if tt.one == "" {
				continue
			}
			id := p.List[0]["id"].(string)
			if got := c.get(prefix + tt.one + id); got.status != http.StatusOK || got.id(t) != id {
				t.Errorf("%s%s%s: status %d", prefix, tt.one, id, got.status)
			}
			c.expect("unknown id", c.get(prefix+tt.one+"1"), http.StatusBadRequest, "resource.not.found")
		}
	}
}

func TestPathsThatTheAPIDoesNotHave(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	v2 := strings.Replace(c.base, "/v1/", "/v2/", 1)
	for _, path := range []string{
		c.base + "/networkConnectorGroup", c.base + "/npAssistantGroup",
		c.base + "/enrollmentCert", v2 + "/enrollmentCert/6573", "/elsewhere",
	} {
		c.expect(path, c.get(path), http.StatusNotFound, "path.not.found")
	}
	c.expect("method", c.send(http.MethodDelete, c.base+"/appConnectorGroup", "", "", nil),
		http.StatusMethodNotAllowed, "method.not.allowed")
}

func TestServiceEdgeGroupsEmbedTheirEdges(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	all := c.page(c.base + "/serviceEdge?pagesize=500").TotalCount
	embedded := 0
	for _, g := range c.page(c.base + "/serviceEdgeGroup?pagesize=500").List {
		edges, _ := g["serviceEdges"].([]any)
		for _, e := range edges {
			embedded++
			if got := e.(map[string]any)["serviceEdgeGroupId"]; got != g["id"] {
				t.Errorf("an edge of group %v stands in group %v", got, g["id"])
			}
		}
	}
	if count := json.Number(all); count.String() == "0" || jsonInt(t, count) != embedded {
		t.Errorf("%d edges embedded, %s listed", embedded, all)
	}
}

func jsonInt(t *testing.T, n json.Number) int {
	t.Helper()
	i, err := n.Int64()
	if err != nil {
		t.Fatal(err)
	}
	return int(i)
}

func TestMicrotenantSummaryIsABareArray(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	var list []struct {
		ID, Name string
		Enabled  bool
	}

	if err := json.Unmarshal(c.get(c.base+"/microtenants/summary").body, &list); err != nil {
		t.Fatal(err)
	}

	if len(list) != 3 || list[0].ID != "0" || list[0].Name != "Default" || !list[1].Enabled {
		t.Errorf("%+v", list)
	}
}

func TestWhoAmINamesTheTenant(t *testing.T) {
	c := newCaller(t, mockserver.Options{})

	me := c.get("/mgmtconfig/v1/admin/me").fields(t)

	if me["customerId"] != c.server.Credentials().CustomerID || me["customerName"] == nil || me["microtenantName"] != "Default" {
		t.Errorf("%v", me)
	}
}

func TestConnectorsHaveEveryStatusAndNameTheirKeys(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	statuses := map[any]int{}
	for _, m := range c.page(c.base + "/connector?pagesize=500").List {
		statuses[m["controlChannelStatus"]]++
		if m["controlChannelStatus"] == nil && (m["currentVersion"] != nil || m["lastBrokerConnectTime"] != nil) {
			t.Errorf("%v never called home but has a version or times", m["id"])
		}
		k, found := c.server.Key(mockserver.KindAppConnector, m["provisioningKeyId"].(string))
		if !found || k["name"] != m["provisioningKeyName"] || k["zcomponentId"] != m["appConnectorGroupId"] {
			t.Errorf("%v does not fit its key", m["id"])
		}
	}
	for _, want := range []any{"ZPN_STATUS_AUTHENTICATED", "ZPN_STATUS_DISCONNECTED", nil} {
		if statuses[want] == 0 {
			t.Errorf("no connector with status %v: %v", want, statuses)
		}
	}
}

func TestConnectorsSortAsAsked(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	names := func(dir string) []string {
		var list []string
		for _, m := range c.page(c.base + "/connector?pagesize=500&sortBy=name&sortDir=" + dir).List {
			list = append(list, strings.ToLower(m["name"].(string)))
		}
		return list
	}
	up, down := names("ASC"), names("DESC")

	slices.Reverse(down)
	if !slices.IsSorted(up) || !slices.IsSorted(down) || len(up) < 50 {
		t.Errorf("%d connectors; ascending %v, descending %v", len(up), slices.IsSorted(up), slices.IsSorted(down))
	}
}

func TestConnectorIsChangedAndDeleted(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	list := c.page(c.base + "/connector").List
	first := c.base + "/connector/" + list[0]["id"].(string)
	body := list[0]
	body["name"], body["enabled"], body["fingerprint"] = "renamed", false, "forged"

	c.expect("update", c.write(http.MethodPut, first, body), http.StatusNoContent, "")
	after := c.get(first).fields(t)
	if after["name"] != "renamed" || after["enabled"] != false || after["fingerprint"] == "forged" {
		t.Errorf("after the update: %v", after)
	}
	c.expect("no name", c.write(http.MethodPut, first, map[string]any{}), http.StatusBadRequest, "invalid.resource.argument")
	c.expect("delete", c.send(http.MethodDelete, first, "", "", nil), http.StatusNoContent, "")
	c.expect("get", c.get(first), http.StatusBadRequest, "resource.not.found")
}

func TestBulkDeleteTakesAllOrNone(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	p := c.page(c.base + "/connector?pagesize=2")
	ids := []any{p.List[0]["id"], p.List[1]["id"]}
	bulk := func(ids ...any) answer {
		return c.write(http.MethodPost, c.base+"/connector/bulkDelete", map[string]any{"ids": ids})
	}

	c.expect("one unknown", bulk(ids[0], "1"), http.StatusBadRequest, "resource.not.found")
	if c.page(c.base+"/connector").TotalCount != p.TotalCount {
		t.Error("a refused deletion deleted")
	}
	c.expect("none", bulk(), http.StatusBadRequest, "invalid.resource.argument")
	c.expect("two", bulk(ids...), http.StatusOK, "")
	for _, id := range ids {
		c.expect("get", c.get(c.base+"/connector/"+id.(string)), http.StatusBadRequest, "resource.not.found")
	}
}

func TestRenamedKeyShowsAtItsConnectors(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstUsedUp)
	body := c.stored(kind, id)
	body["name"] = "renamed"

	c.expect("update", c.write(http.MethodPut, c.keys(kind, id), body), http.StatusNoContent, "")

	list := c.page(c.base + "/connector?search=provisioningKeyId+EQ+" + id).List
	if len(list) == 0 || list[0]["provisioningKeyName"] != "renamed" {
		t.Errorf("%d connectors; the first names %v", len(list), list[0]["provisioningKeyName"])
	}
}
