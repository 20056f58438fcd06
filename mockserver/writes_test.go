package mockserver_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"provkeys/mockserver"
)

func TestTheHistoryTellsWhatWasDoneAndWhatWasSaid(t *testing.T) {
	for _, tt := range []struct {
		line                           string
		status                         int
		applied, acknowledged, spoiled bool
	}{
		{"key latency=1ms", 204, true, true, false},
		{"PUT key 503", 503, false, false, true},
		{"PUT key 503 done", 503, true, false, true},
		{"PUT key html", 200, false, false, true},
		{"PUT key cut=before", 0, false, false, true},
		{"PUT key cut=after", 0, true, false, true},
		{"PUT key cut=headers", 0, true, false, true},
		{"PUT key refuse", 0, false, false, true},
		{"PUT key truncated", 204, true, true, false},
		{"key clock=3h", 204, true, true, false},
	} {
		t.Run(tt.line, func(t *testing.T) {
			overBoth(t, func(v *visitor) {
				before := v.limit()
				v.set(tt.line)

				v.raise("77")

				list := v.server.Writes()
				if len(list) != 1 {
					v.t.Fatalf("%d writes", len(list))
				}
				w := list[0]
				_, id, _ := v.server.FindKey(firstOK)
				if w.Method != http.MethodPut || w.Kind != mockserver.KindAppConnector || w.ID != id || w.Status != tt.status ||
					w.Applied != tt.applied || w.Acknowledged() != tt.acknowledged || w.Spoiled != tt.spoiled {
					v.t.Errorf("%+v", w)
				}
				if tt.applied && (w.Before["maxUsage"] != before || w.After["maxUsage"] != "77") || !tt.applied && w.After != nil {
					v.t.Errorf("limit before %v, after %v", w.Before["maxUsage"], w.After["maxUsage"])
				}
			})
		})
	}
}

func TestTheHistoryHasNewAndDeletedKeysAndNoKeyText(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	made := c.create(c.newKey("short-lived"))
	id := made["id"].(string)
	c.send(http.MethodDelete, c.keys(mockserver.KindAppConnector, id), "", "", nil)
	c.send(http.MethodDelete, c.keys(mockserver.KindAppConnector, id), "", "", nil)

	list := c.server.Writes()

	if len(list) != 3 {
		t.Fatalf("%d writes", len(list))
	}
	created, deleted, refused := list[0], list[1], list[2]
	if created.ID != id || created.Before != nil || created.After["name"] != "short-lived" || !created.Acknowledged() {
		t.Errorf("created: %+v", created)
	}
	if deleted.ID != id || deleted.After != nil || deleted.Before["name"] != "short-lived" || !deleted.Acknowledged() {
		t.Errorf("deleted: %+v", deleted)
	}
	if refused.ID != id || refused.Applied || refused.Status != http.StatusBadRequest {
		t.Errorf("deleted again: %+v", refused)
	}
	listed := c.get("/mock/writes").body
	if text := made["provisioningKey"].(string); created.After["provisioningKey"] != nil ||
		deleted.Before["provisioningKey"] != nil || strings.Contains(string(listed), text) {
		t.Error("the history has a key text")
	}
	var rows []struct {
		Method, ID            string
		Applied, Acknowledged bool
		Status                int
		After                 map[string]any
	}
	if err := json.Unmarshal(listed, &rows); err != nil || len(rows) != 3 || rows[0].After["name"] != "short-lived" || !rows[1].Acknowledged {
		t.Errorf("%v, %s", err, listed)
	}
}

func TestTheHistoryIsInTheOrderOfTheChanges(t *testing.T) {
	v := newVisitor(t, false, mockserver.Options{})
	v.set("PUT key latency=1ns jitter=2ms", "PUT key cut=after p=0.3")
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() { v.raise("10" + string(rune('0'+i%10))) })
	}
	group.Wait()

	list := v.server.Writes()

	if len(list) != 20 {
		t.Fatalf("%d writes", len(list))
	}
	for i := 1; i < len(list); i++ {
		if list[i].Before["maxUsage"] != list[i-1].After["maxUsage"] {
			t.Errorf("write %d begins with %v, the one before ended with %v", i, list[i].Before["maxUsage"], list[i-1].After["maxUsage"])
		}
	}
	if last := list[19].After["maxUsage"]; last != v.limit() {
		t.Errorf("the last write says %v, the tenant %s", last, v.limit())
	}
}
