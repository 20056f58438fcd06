package estate_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/estate"
)

func ref(kind client.Kind, id string) client.Ref { return client.Ref{Kind: kind, ID: client.ID(id)} }

func TestGroupsAreJoinedToTheirKeysAndConnectors(t *testing.T) {
	want := []estate.Group{
		{
			Group:     client.Group{ID: "10", Kind: client.ServiceEdge, Name: "edges", Enabled: true},
			KeysKnown: true, Keys: []client.Ref{ref(client.ServiceEdge, "4")}, Uses: 1, MaxUses: 5, Headroom: 4,
			State: client.Hidden, Connectors: 1, ConnectorsKnown: true,
		},
		{
			Group:     client.Group{ID: "2", Kind: client.AppConnector, Name: "EU West 2", Microtenant: "R&D", MicrotenantID: "9"},
			KeysKnown: true, State: client.OK, ConnectorsKnown: true,
		},
		{
			Group:     client.Group{ID: "10", Kind: client.AppConnector, Name: "EU West 10", Enabled: true},
			KeysKnown: true, Keys: []client.Ref{ref(client.AppConnector, "2"), ref(client.AppConnector, "1"), ref(client.AppConnector, "3")},
			Uses: 62, MaxUses: 170, Headroom: 8, State: client.Expired, Connectors: 3, ConnectorsKnown: true,
		},
		{
			Group:   client.Group{ID: "77", Kind: client.NetworkConnector, Name: "Group 77", Enabled: true, Microtenant: "Lab", MicrotenantID: "9"},
			Derived: true, KeysKnown: true, Keys: []client.Ref{ref(client.NetworkConnector, "5")}, MaxUses: 3, Headroom: 3, State: client.OK,
		},
		{
			Group:   client.Group{ID: "lost", Kind: client.ServiceEdge, Name: "Group lost", Enabled: true},
			Derived: true, KeysKnown: true, State: client.OK, Connectors: 1, ConnectorsKnown: true,
		},
	}
	if diff := cmp.Diff(want, estate.Groups(sample())); diff != "" {
		t.Errorf("(-want, +got):\n%s", diff)
	}
}

func TestHeadroomCountsTheKeysThatStillLetSomebodyIn(t *testing.T) {
	for name, change := range map[string]func(*client.Key){
		"disabled":                           func(k *client.Key) { k.Enabled = false },
		"expired":                            func(k *client.Key) { k.Expires = now() },
		"used up":                            func(k *client.Key) { k.Uses = k.MaxUses },
		"certificate expired":                func(k *client.Key) { k.CertificateEnd = now() },
		"hidden and its certificate expired": func(k *client.Key) { k.Exportable, k.CertificateEnd = false, now() },
		"hidden and disabled":                func(k *client.Key) { k.Exportable, k.Enabled = false, false },
	} {
		k := key(client.AppConnector, "1", "asg", "10", 3, 5)
		change(&k)
		if got := estate.Groups(estate.Source{Keys: []client.Key{k}, Now: now()}); got[0].Headroom != 0 {
			t.Errorf("a key that is %s leaves %d", name, got[0].Headroom)
		}
	}
	k := key(client.AppConnector, "1", "asg", "10", 3, 5)
	k.Exportable = false
	if got := estate.Groups(estate.Source{Keys: []client.Key{k}, Now: now()}); got[0].Headroom != 2 {
		t.Errorf("a hidden key leaves %d, want 2", got[0].Headroom)
	}
}

func TestHostileCountsDoNotRunOver(t *testing.T) {
	keys := []client.Key{
		key(client.AppConnector, "1", "a", "10", math.MinInt64, math.MaxInt64), key(client.AppConnector, "2", "b", "10", -1, math.MaxInt64),
		key(client.AppConnector, "3", "c", "10", 1<<62, 1), key(client.AppConnector, "4", "d", "10", 1<<62, 1),
	}
	got := estate.Groups(estate.Source{Keys: keys, Now: now()})[0]
	if got.Uses != math.MaxInt64 || got.MaxUses != math.MaxInt64 || got.Headroom != math.MaxInt64 {
		t.Errorf("uses %d, max %d, headroom %d", got.Uses, got.MaxUses, got.Headroom)
	}
}

func TestWhatIsNotKnownOfGroupsIsNotSaid(t *testing.T) {
	s := sample()
	s.Keys = s.Keys[3:]
	s.KeysUnknown = map[client.Kind]bool{client.AppConnector: true}
	s.ConnectorsUnknown = map[client.Kind]bool{client.ServiceEdge: true}
	rows := estate.Groups(s)
	for text, want := range map[string]string{
		"keys=0":         "Group lost",
		"left=0":         "Group lost",
		"used>=0":        "edges, Group 77, Group lost",
		"max<1":          "Group lost",
		"state:ok":       "Group 77, Group lost",
		"connectors>=0":  "EU West 2, EU West 10",
		"!connectors>=0": "edges, Group 77, Group lost",
	} {
		if got := find(t, rows, groupName, text); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
	for _, c := range []estate.Column{estate.ByKeys, estate.ByLeft, estate.ByState} {
		got := names(estate.Select(rows, estate.Query[estate.Group]{Sort: c, Reverse: true}), groupName)
		if want := "EU West 2, EU West 10"; got[len(got)-len(want):] != want {
			t.Errorf("sorted by %s: %q", c, got)
		}
	}
}

func TestFilterFindsGroups(t *testing.T) {
	rows := estate.Groups(sample())
	for text, want := range map[string]string{
		"":                       "edges, EU West 2, EU West 10, Group 77, Group lost",
		"west !10":               "EU West 2",
		"77":                     "Group 77",
		"name:edges":             "edges",
		`name="eu west 2"`:       "EU West 2",
		"kind:service-edge":      "edges, Group lost",
		`kind:"app connector"`:   "EU West 2, EU West 10",
		"id=10":                  "edges, EU West 10",
		"microtenant:lab":        "Group 77",
		"microtenant=9":          "EU West 2, Group 77",
		"state:expired":          "EU West 10",
		"state:hidden":           "edges",
		"is:derived":             "Group 77, Group lost",
		"is:disabled":            "EU West 2",
		"keys>0":                 "edges, EU West 10, Group 77",
		"left<5 left>0":          "edges, Group 77",
		"left<10%":               "EU West 2, EU West 10, Group lost",
		"used>=20% keys>0":       "edges, EU West 10",
		"uses=62":                "EU West 10",
		"max>100":                "EU West 10",
		"connectors>=1":          "edges, EU West 10, Group lost",
		"!is:derived !keys>1 10": "edges",
	} {
		if got := find(t, rows, groupName, text); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
}
