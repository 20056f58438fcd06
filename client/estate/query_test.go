package estate_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
)

func TestOrderDoesNotDependOnHowListsCame(t *testing.T) {
	s := sample()
	groups, connectors, certificates := estate.Groups(s), estate.Connectors(s), estate.Certificates(s)
	for _, list := range []func(){
		func() { slices.Reverse(s.Groups) }, func() { slices.Reverse(s.Keys) },
		func() { slices.Reverse(s.Connectors) }, func() { slices.Reverse(s.Certificates) },
	} {
		list()
	}
	if got, want := names(estate.Groups(s), groupName), names(groups, groupName); got != want {
		t.Errorf("groups %q, want %q", got, want)
	}
	if got, want := names(estate.Connectors(s), connectorName), names(connectors, connectorName); got != want {
		t.Errorf("connectors %q, want %q", got, want)
	}
	if got, want := names(estate.Certificates(s), certificateName), names(certificates, certificateName); got != want {
		t.Errorf("certificates %q, want %q", got, want)
	}
}

func TestRowsOfOneNameGoByKindAndID(t *testing.T) {
	want := []client.Group{
		{Kind: client.AppConnector, ID: "9", Name: "same"}, {Kind: client.AppConnector, ID: "10", Name: "Same"},
		{Kind: client.ServiceEdge, ID: "1", Name: "same"},
	}
	s := estate.Source{Groups: slices.Clone(want)}
	slices.Reverse(s.Groups)
	for _, q := range []estate.Query[estate.Group]{{}, {Reverse: true}, {Sort: estate.ByUses, Reverse: true}, {Sort: estate.ByMicrotenant}} {
		var got []client.Group
		for _, g := range estate.Select(estate.Groups(s), q) {
			got = append(got, g.Group)
		}
		if !slices.Equal(got, want) {
			t.Errorf("by %s, reverse %v: %+v", q.Sort, q.Reverse, got)
		}
	}
}

func TestKindSelectsItsRowsAlone(t *testing.T) {
	got := estate.Select(estate.Connectors(sample()), estate.Query[estate.Connector]{Kind: client.ServiceEdge})
	if names := names(got, connectorName); names != "c-never, c-off" {
		t.Errorf("found %q", names)
	}
}

func TestEveryColumnOfGroupsSortsBothWays(t *testing.T) {
	s := estate.Source{
		Groups: []client.Group{
			{Kind: client.AppConnector, ID: "2", Name: "g-2", Microtenant: "lab 2"},
			{Kind: client.ServiceEdge, ID: "10", Name: "g-10", Microtenant: "Lab 10"},
		},
		Keys: []client.Key{
			key(client.AppConnector, "1", "a", "2", 3, 3), key(client.ServiceEdge, "2", "b", "10", 1, 9), key(client.ServiceEdge, "3", "c", "10", 4, 9),
		},
		Connectors: []client.Connector{connector(client.ServiceEdge, "1", "c", "2", "10")},
		Now:        now(),
	}
	sortsBothWays(t, estate.Groups(s), groupName, "g-2", "g-10")
}

func TestEveryColumnOfConnectorsSortsBothWays(t *testing.T) {
	low, high := connector(client.AppConnector, "2", "c-2", "2", "2"), connector(client.ServiceEdge, "10", "c-10", "10", "10")
	low.ControlStatus, low.LastDisconnect, low.Version = disconnected, now().Add(-day), "9.1"
	low.Key, low.Certificate, low.Platform, low.Created, low.Microtenant = "k-2", "Cert 2", "el8", now().Add(-9*day), "Lab 2"
	high.Key, high.Certificate, high.Microtenant = "K-10", "cert 10", "lab 10"
	high.Created = now().Add(-day)
	high.ControlStatus, high.LastDisconnect = "UNKNOWN", now().Add(-2*day)
	sortsBothWays(t, estate.Connectors(estate.Source{Connectors: []client.Connector{high, low}, Now: now()}), connectorName, "c-2", "c-10")
}

func TestEveryColumnOfCertificatesSortsBothWays(t *testing.T) {
	s := estate.Source{
		Certificates: []client.Certificate{
			{ID: "2", Name: "cert 2", IssuedBy: "CN=2", ValidTo: now().Add(day)}, {ID: "10", Name: "Cert 10", IssuedBy: "cn=10", ValidTo: now().Add(90 * day)},
		},
		Keys: []client.Key{{CertificateID: "10"}}, Now: now(),
	}
	sortsBothWays(t, estate.Certificates(s), certificateName, "cert 2", "Cert 10")
}

// sortsBothWays wants one row before the other by every column, and behind it when
// the column is turned round.
func sortsBothWays[R estate.Row](t *testing.T, rows []R, name func(R) string, low, high string) {
	t.Helper()
	for _, c := range estate.Columns[R]() {
		if got := names(estate.Select(rows, estate.Query[R]{Sort: c}), name); got != low+", "+high {
			t.Errorf("by %s: %s", c, got)
		}
		if got := names(estate.Select(rows, estate.Query[R]{Sort: c, Reverse: true}), name); got != high+", "+low {
			t.Errorf("by %s, reverse: %s", c, got)
		}
		if parsed, err := estate.ParseColumn[R](c.String()); err != nil || parsed != c {
			t.Errorf("ParseColumn(%q) = %v, %v", c, parsed, err)
		}
	}
}

func TestRowsWithoutAValueComeLastEitherWay(t *testing.T) {
	full := connector(client.AppConnector, "1", "z", "k", "g")
	full.Microtenant = "Lab"
	blank := client.Connector{Kind: client.AppConnector, ID: "2", Name: "a", Enabled: true}
	rows := estate.Connectors(estate.Source{Connectors: []client.Connector{blank, full}, Now: now()})
	for _, c := range []estate.Column{
		estate.BySeen, estate.ByVersion, estate.ByKey, estate.ByGroup, estate.ByCertificate, estate.ByPlatform, estate.ByCreated, estate.ByMicrotenant,
	} {
		for _, reverse := range []bool{false, true} {
			if got := names(estate.Select(rows, estate.Query[estate.Connector]{Sort: c, Reverse: reverse}), connectorName); got != "z, a" {
				t.Errorf("by %s, reverse %v: %s", c, reverse, got)
			}
		}
	}
}

func TestUnknownColumnNamesThoseOfThePage(t *testing.T) {
	_, err := estate.ParseColumn[estate.Certificate]("uses")
	if want := `"uses" is no column to sort by: use name, left, keys, state, issuer or id`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestFaultyFilterSaysWhatThePageHas(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{fault[estate.Group]("version:24"), `"version" is no column; if it is part of a name, quote it: "version:24". Columns: name, kind, id, microtenant, state, is, keys, connectors, used, left or max`},
		{fault[estate.Group]("is:full"), `"full" is nothing that a group can be: use disabled or derived`},
		{fault[estate.Group]("keys>80%"), "keys needs a number, as in keys>0"},
		{fault[estate.Connector]("is:gone"), `"gone" is nothing that a connector can be: use connected, disconnected, disabled, outdated or orphaned`},
		{fault[estate.Connector]("state:ok"), `"ok" is no state: use disconnected, never, unknown, disabled or connected`},
		{fault[estate.Connector]("seen<7"), "seen needs hours, days or weeks, as in seen<7d"},
		{fault[estate.Certificate]("state:"), `state: needs a state after it: ended, "not yet valid", "ends soon", unknown, "not signing" or ok`},
		{fault[estate.Certificate]("left:30d"), "left takes <, <=, >, >= or =, as in left<30d"},
	}
	for _, tt := range tests {
		var fault *catalog.FilterError
		if !errors.As(tt.err, &fault) || fault.Reason != tt.want {
			t.Errorf("%v\nwant %s", tt.err, tt.want)
		}
	}
}

func fault[R estate.Row](text string) error {
	_, err := estate.ParseFilter[R](text)
	return err
}

func FuzzParseFilter(f *testing.F) {
	for _, text := range []string{
		"", `west !"a b"`, "keys>0 left<5", "used>=80% connectors>3", "kind:edge", "is:disconnected", "state:connected", `version:24 key="x y"`,
		"seen<7d", "left<30d", "issuer:root", "is:signing", "state:not-yet-valid", "\xff\x00", "left<10%", `"!x"`,
	} {
		f.Add(text)
	}
	s := sample()
	groups, connectors, certificates := estate.Groups(s), estate.Connectors(s), estate.Certificates(s)
	f.Fuzz(func(t *testing.T, text string) {
		printsItself(t, text, groups, groupName)
		printsItself(t, text, connectors, connectorName)
		printsItself(t, text, certificates, certificateName)
	})
}

// printsItself wants a text that parses to be printed as one that finds the same.
func printsItself[R estate.Row](t *testing.T, text string, rows []R, name func(R) string) {
	t.Helper()
	f, err := estate.ParseFilter[R](text)
	if err != nil {
		if strings.TrimSpace(err.Error()) == "" {
			t.Fatalf("%q: a fault without words", text)
		}
		return
	}
	again, err := estate.ParseFilter[R](f.String())
	if err != nil {
		t.Fatalf("%q prints as %q, which does not parse: %v", text, f, err)
	}
	want := names(estate.Select(rows, estate.Query[R]{Filter: f}), name)
	if got := names(estate.Select(rows, estate.Query[R]{Filter: again}), name); got != want {
		t.Fatalf("%q finds %s, printed as %q it finds %s", text, want, f, got)
	}
}
