package mockserver_test

import (
	"testing"

	"provkeys/mockserver"
)

func TestInspectionOfUnknownKeysIsRefused(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	if _, found := c.server.Key(mockserver.KindServiceEdge, id); found {
		t.Error("found under another kind")
	}
	if c.server.SetField(kind, "1", "name", "x") || c.server.SetField(kind, id, "id", "x") || c.server.SetField(kind, id, "f", func() {}) {
		t.Error("a field was set that cannot be")
	}
	if !c.server.SetField(kind, id, "future", map[string]any{"n": 1}) || c.server.DeleteKey(kind, "1") || !c.server.DeleteKey(kind, id) {
		t.Error("what can be done was not")
	}
	if _, _, found := c.server.FindKey(firstOK); found {
		t.Error("a deleted key is found")
	}
}

func TestFieldsSetBehindTheClientsBackAreServed(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	c.server.SetField(kind, id, "future", map[string]any{"n": 1})
	c.server.SetField(kind, id, "maxUsage", 77)
	c.server.SetField(kind, id, "enabled", nil)

	got := c.get(c.keys(kind, id)).fields(t)

	if got["maxUsage"] != float64(77) || got["future"] == nil || got["enabled"] != nil {
		t.Errorf("%v, %v, %v", got["maxUsage"], got["future"], got["enabled"])
	}
}
