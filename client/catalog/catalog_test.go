package catalog_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/catalog"
)

func named(kind client.Kind, id, name string) client.Key {
	return client.Key{Kind: kind, ID: client.ID(id), Name: name}
}

func TestEmptyCatalogAnswers(t *testing.T) {
	var c catalog.Catalog
	if _, held := c.Get(client.Ref{}); held || c.Len() != 0 || c.Count(client.AppConnector) != 0 {
		t.Error("an empty catalog holds something")
	}
	if got := c.Select(catalog.Query{}); len(got) != 0 {
		t.Errorf("Select = %v", got)
	}
	c.Remove(client.Ref{})
	c.ReplaceKind(client.AppConnector, nil)
	c.SetCertificates(nil)
}

func TestPutReplacesByRef(t *testing.T) {
	var c catalog.Catalog
	c.Put(named(client.AppConnector, "1", "old"), named(client.ServiceEdge, "1", "other kind"))

	c.Put(named(client.AppConnector, "1", "first"), named(client.AppConnector, "1", "zz last"))

	if got, want := names(&c, catalog.Query{}), []string{"other kind", "zz last"}; !slices.Equal(got, want) {
		t.Errorf("names = %q, want %q", got, want)
	}
	k, held := c.Get(client.Ref{Kind: client.AppConnector, ID: "1"})
	if !held || k.Name != "zz last" {
		t.Errorf("Get = %q, %v", k.Name, held)
	}
	if c.Len() != 2 || c.Count("") != 2 || c.Count(client.AppConnector) != 1 || c.Count(client.ServiceEdge) != 1 {
		t.Errorf("Len %d, app connectors %d", c.Len(), c.Count(client.AppConnector))
	}
}

func TestPutUnderTheSameNameTakesTheNewValues(t *testing.T) {
	var c catalog.Catalog
	k := named(client.AppConnector, "1", "a")
	c.Put(k)

	k.Uses, k.Name = 7, "A"
	c.Put(k)

	if got, _ := c.Get(k.Ref()); got.Uses != 7 || got.Name != "A" {
		t.Errorf("Get = %q with %d uses", got.Name, got.Uses)
	}
}

func TestReplaceKindDropsWhatTheLoadDidNotBring(t *testing.T) {
	var c catalog.Catalog
	c.Put(named(client.AppConnector, "1", "stays"), named(client.AppConnector, "2", "goes"),
		named(client.ServiceEdge, "3", "other kind"))

	c.ReplaceKind(client.AppConnector, []client.Key{
		named(client.AppConnector, "4", "new"), named(client.AppConnector, "1", "stays"),
	})

	if got, want := names(&c, catalog.Query{}), []string{"new", "other kind", "stays"}; !slices.Equal(got, want) {
		t.Errorf("names = %q, want %q", got, want)
	}
	if c.Len() != 3 || c.Count(client.AppConnector) != 2 {
		t.Errorf("Len %d, app connectors %d", c.Len(), c.Count(client.AppConnector))
	}
}

func TestRemoveDropsOneKey(t *testing.T) {
	var c catalog.Catalog
	c.Put(named(client.AppConnector, "1", "same"), named(client.AppConnector, "2", "same"),
		named(client.ServiceEdge, "1", "same"))

	c.Remove(client.Ref{Kind: client.AppConnector, ID: "2"})
	c.Remove(client.Ref{Kind: client.AppConnector, ID: "2"})

	want := []client.Ref{{Kind: client.AppConnector, ID: "1"}, {Kind: client.ServiceEdge, ID: "1"}}
	if got := c.Select(catalog.Query{}); !slices.Equal(got, want) || c.Len() != 2 || c.Count(client.AppConnector) != 1 {
		t.Errorf("Select = %v, Len %d", got, c.Len())
	}
}

func TestCertificatesAreJoinedIntoKeysHeldAndKeysToCome(t *testing.T) {
	var c catalog.Catalog
	key := func(id string, own time.Time) client.Key {
		return client.Key{Kind: client.AppConnector, ID: client.ID(id), CertificateID: client.ID("c" + id), CertificateEnd: own}
	}
	end := func(id string) time.Time {
		k, _ := c.Get(client.Ref{Kind: client.AppConnector, ID: client.ID(id)})
		return k.CertificateEnd
	}
	own, known := now(), now().Add(day)

	c.Put(key("1", own), key("2", own))
	c.SetCertificates([]client.Certificate{{ID: "c1", ValidTo: known}, {ID: "c3", ValidTo: known}})
	c.Put(key("3", time.Time{}))

	if !end("1").Equal(known) || !end("3").Equal(known) {
		t.Errorf("joined ends = %v, %v, want %v", end("1"), end("3"), known)
	}
	if !end("2").Equal(own) {
		t.Errorf("a key whose certificate is not known lost its own end: %v", end("2"))
	}
	c.SetCertificates(nil)
	if !end("1").Equal(own) || !end("3").IsZero() {
		t.Errorf("ends once certificates are unknown = %v, %v", end("1"), end("3"))
	}
}

func TestKeysFollowTheRefs(t *testing.T) {
	var c catalog.Catalog
	a, b := named(client.AppConnector, "1", "a"), named(client.AppConnector, "2", "b")
	c.Put(a, b)

	got := c.Keys([]client.Ref{b.Ref(), {ID: "gone"}, a.Ref()})

	if len(got) != 2 || got[0].Name != "b" || got[1].Name != "a" {
		t.Errorf("Keys = %v", got)
	}
}

// Pages come in any order and keys change under way; what is shown must depend
// on the keys alone.
func TestOrderDoesNotDependOnHowKeysCame(t *testing.T) {
	keys := slices.Concat(sample(), hostile(), many(300))
	var want catalog.Catalog
	want.Put(keys...)

	var got catalog.Catalog
	for i, k := range slices.Backward(keys) {
		renamed := k
		renamed.Name = names(&want, catalog.Query{})[i]
		got.Put(renamed)
	}
	got.Put(named(client.AppConnector, "gone", "eu"))
	for chunk := range slices.Chunk(keys, 7) {
		got.Put(chunk...)
	}
	got.Remove(client.Ref{Kind: client.AppConnector, ID: "gone"})

	if diff := cmp.Diff(want.Select(catalog.Query{}), got.Select(catalog.Query{})); diff != "" {
		t.Errorf("order differs (-at once, +bit by bit):\n%s", diff)
	}
}
