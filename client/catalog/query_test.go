package catalog_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
)

func TestNamesSortNaturally(t *testing.T) {
	want := []string{
		"", "!", "a", "a ", "a-1", "A-2", "a-10", "a-099", "a-99x", "a-100", "a0", "a1", "a1b", "a1b2", "a2",
		"a" + strings.Repeat("8", 254), "a1" + strings.Repeat("0", 254), "a" + strings.Repeat("8", 256),
		"a" + strings.Repeat("0", 300) + "1" + strings.Repeat("0", 600), "a" + strings.Repeat("9", 601),
		"aa", "asg-2", "asg-10", "B", "c", "Ä1", "ä2", "Ä10",
	}
	var c catalog.Catalog
	for i, at := range rand.New(rand.NewPCG(1, 2)).Perm(len(want)) {
		c.Put(named(client.AppConnector, string(rune('a'+i)), want[at]))
	}
	got := names(&c, catalog.Query{})
	if !slices.Equal(got, want) {
		t.Errorf("names = %q\nwant    %q", got, want)
	}
	slices.Reverse(want)
	if got := names(&c, catalog.Query{Reverse: true}); !slices.Equal(got, want) {
		t.Errorf("reversed = %q\nwant       %q", got, want)
	}
}

func TestTiesGoByNameKindAndID(t *testing.T) {
	want := []client.Ref{
		{Kind: client.AppConnector, ID: "9"}, {Kind: client.AppConnector, ID: "010"}, {Kind: client.AppConnector, ID: "10"},
		{Kind: client.NetworkConnector, ID: "1"}, {Kind: client.ServiceEdge, ID: "1"}, {Kind: client.CloudController, ID: "1"},
		{Kind: "unknown", ID: "1"},
	}
	var c catalog.Catalog
	for _, ref := range slices.Backward(want) {
		c.Put(client.Key{Kind: ref.Kind, ID: ref.ID, Name: []string{"Same", "same"}[len(ref.ID)%2]})
	}
	for _, q := range []catalog.Query{{}, {Reverse: true}, {Sort: catalog.ByUses}, {Sort: catalog.ByUses, Reverse: true}} {
		if got := c.Select(q); !slices.Equal(got, want) {
			t.Errorf("sort by %s, reverse %v: %v\nwant %v", q.Sort, q.Reverse, got, want)
		}
	}
}

func TestEveryColumnSortsBothWays(t *testing.T) {
	at := func(days int) time.Time { return now().Add(time.Duration(days) * day) }
	low := client.Key{
		Kind: client.AppConnector, ID: "9", Name: "a2", Group: "g2", MaxUses: 5, Uses: 1, ModifiedBy: "2",
		CertificateEnd: at(2), Created: at(-9), Modified: at(-8), Expires: at(-1), Exportable: true,
		AllowedAddresses: []string{"192.0.2.7"}, Microtenant: "lab 7",
	}
	high := client.Key{
		Kind: client.ServiceEdge, ID: "10", Name: "A10", Group: "G10", MaxUses: 50, Uses: 2, ModifiedBy: "10",
		CertificateEnd: at(10), Created: at(-2), Modified: at(-1), Expires: at(9),
		Enabled: true, Exportable: true, Text: client.NewSecret(fakeText),
		AllowedAddresses: []string{"192.0.2.70"}, Microtenant: "Lab 10",
	}
	var c catalog.Catalog
	c.Put(high, low)
	for _, column := range catalog.Columns() {
		t.Run(column.String(), func(t *testing.T) {
			q := catalog.Query{Sort: column, Now: now()}
			if got := names(&c, q); !slices.Equal(got, []string{"a2", "A10"}) {
				t.Errorf("names = %q", got)
			}
			q.Reverse = true
			if got := names(&c, q); !slices.Equal(got, []string{"A10", "a2"}) {
				t.Errorf("reversed = %q", got)
			}
		})
	}
}

func TestKeysWithoutAValueComeLastEitherWay(t *testing.T) {
	var c catalog.Catalog
	full := client.Key{
		ID: "1", Name: "z", Group: "g", ModifiedBy: "3",
		CertificateEnd: now(), Created: now(), Modified: now(), Expires: now(),
		AllowedAddresses: []string{"192.0.2.0/24"}, MicrotenantID: "7007",
	}
	c.Put(named("", "2", "b"), full, named("", "3", "a"))
	for _, column := range []catalog.Column{
		catalog.ByGroup, catalog.ByModifier, catalog.ByCertificate,
		catalog.ByCreated, catalog.ByModified, catalog.ByExpires, catalog.ByAddresses, catalog.ByMicrotenant,
	} {
		for _, reverse := range []bool{false, true} {
			got := names(&c, catalog.Query{Sort: column, Reverse: reverse})
			if want := []string{"z", "a", "b"}; !slices.Equal(got, want) {
				t.Errorf("by %s, reverse %v: %q, want %q", column, reverse, got, want)
			}
		}
	}
}

func TestStateSortsWorstFirstUnderTheGivenThreshold(t *testing.T) {
	var c catalog.Catalog
	for _, k := range sample()[:3] {
		c.Put(k)
	}
	got := names(&c, catalog.Query{Sort: catalog.ByState, Now: now()})
	if want := []string{"eu-west-1-blue", "eu-west-1-asg", "Eu-West-10-Green"}; !slices.Equal(got, want) {
		t.Errorf("names = %q, want %q", got, want)
	}
	near := client.Threshold{Percent: 3}
	got = names(&c, catalog.Query{Sort: catalog.ByState, Reverse: true, Now: now(), Near: near})
	if want := []string{"eu-west-1-asg", "Eu-West-10-Green", "eu-west-1-blue"}; !slices.Equal(got, want) {
		t.Errorf("names at 3 %% = %q, want %q", got, want)
	}
}

func TestKindSelectsItsKeysAlone(t *testing.T) {
	if got, want := find(t, "", catalog.Query{Kind: client.ServiceEdge}), "601 602"; got != want {
		t.Errorf("ids = %q, want %q", got, want)
	}
}

func TestColumnsHaveWordsThatParse(t *testing.T) {
	for _, column := range catalog.AllColumns() {
		if got, ok := catalog.ParseColumn(column.String()); !ok || got != column {
			t.Errorf("ParseColumn(%q) = %v, %v", column, got, ok)
		}
	}
	for _, word := range []string{"", "Name", "unknown column"} {
		if _, ok := catalog.ParseColumn(word); ok {
			t.Errorf("ParseColumn(%q) found a column", word)
		}
		if _, err := catalog.ParseSort(word); err == nil {
			t.Errorf("ParseSort(%q) found a column", word)
		}
	}
}
