package mockserver_test

import (
	"net/http"
	"testing"

	"provkeys/mockserver"
)

func TestAKeyInUseElsewhereIsNotDeleted(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	kind, id := c.find(firstOK)
	if !c.server.SetReferenced(kind, id, true) || c.server.SetReferenced(kind, "1", true) {
		t.Fatal("the wrong keys can be marked")
	}

	a := c.send(http.MethodDelete, c.keys(kind, id), "", "", nil)

	c.expect("delete", a, http.StatusBadRequest, "resource.referenced")
	c.expect("get", c.get(c.keys(kind, id)), http.StatusOK, "")
	c.expect("update", c.write(http.MethodPut, c.keys(kind, id), c.stored(kind, id)), http.StatusNoContent, "")
	c.server.SetReferenced(kind, id, false)
	c.expect("delete again", c.send(http.MethodDelete, c.keys(kind, id), "", "", nil), http.StatusNoContent, "")
}

func TestEveryTenantHasOneKeyThatIsInUseElsewhere(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	refused := 0
	for kind, list := range c.allKeys() {
		for _, k := range list {
			a := c.send(http.MethodDelete, c.keys(kind, k["id"].(string))+microtenantOf(k), "", "", nil)
			switch {
			case isManaged(k):
				c.expect("managed", a, http.StatusBadRequest, "resource.readonly")
			case a.status == http.StatusNoContent:
			default:
				refused++
				c.expect("in use", a, http.StatusBadRequest, "resource.referenced")
			}
		}
	}
	if refused != 1 {
		t.Errorf("%d keys are in use elsewhere", refused)
	}
}

// microtenantOf is the query without which a write does not find the key.
func microtenantOf(k map[string]any) string {
	if id, has := k["microtenantId"].(string); has {
		return "?microtenantId=" + id
	}
	return ""
}
