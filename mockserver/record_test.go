package mockserver_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"provkeys/mockserver"
)

func TestRequestsAreRecordedWithoutTheirQuery(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	c.get(c.base + "/connector?search=name+EQ+x")
	c.send(http.MethodDelete, c.keys(mockserver.KindAppConnector, "1"), "", "", nil)
	c.get("/mock/requests")

	want := []mockserver.Request{
		{Method: "POST", Path: "/signin", Status: 200},
		{Method: "GET", Path: c.base + "/connector", Status: 200},
		{Method: "DELETE", Path: c.keys(mockserver.KindAppConnector, "1"), Status: 400},
	}
	if got := c.server.Requests(); !slices.Equal(got, want) {
		t.Errorf("recorded %v, want %v", got, want)
	}
	var listed []mockserver.Request
	if err := json.Unmarshal(c.get("/mock/requests").body, &listed); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(listed, want) {
		t.Errorf("listed %v, want %v", listed, want)
	}
}
