package estate_test

import (
	"slices"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/estate"
)

func TestCertificatesAreJoinedToTheKeysTheySign(t *testing.T) {
	type row struct {
		name     string
		validity estate.Validity
		days     int
		keys     []client.Ref
	}
	want := []row{
		{"Connector", estate.Valid, 200, []client.Ref{
			ref(client.AppConnector, "2"), ref(client.AppConnector, "1"), ref(client.NetworkConnector, "5"), ref(client.AppConnector, "3"),
		}},
		{"Ended", estate.Ended, -1, nil},
		{"Future", estate.NotYetValid, 90, nil},
		{"Gone", estate.EndsSoon, 10, []client.Ref{ref(client.ServiceEdge, "4")}},
		{"Nobody says", estate.ValidityUnknown, 0, nil},
		{"Root", estate.NotSigning, 9000, nil},
	}
	rows := estate.Certificates(sample())
	if len(rows) != len(want) {
		t.Fatalf("%d certificates: %s", len(rows), names(rows, certificateName))
	}
	for i, w := range want {
		days, known := rows[i].Days()
		got := row{rows[i].Name, rows[i].Validity, days, rows[i].Keys}
		if got.name != w.name || got.validity != w.validity || got.days != w.days || !slices.Equal(got.keys, w.keys) {
			t.Errorf("%+v, want %+v", got, w)
		}
		if known != (w.name != "Nobody says") || rows[i].Derived != (w.name == "Gone") || !rows[i].KeysKnown {
			t.Errorf("%s: end known %v, derived %v", w.name, known, rows[i].Derived)
		}
	}
}

func TestCertificateEndsSoonForThirtyDays(t *testing.T) {
	for left, want := range map[time.Duration]estate.Validity{
		30 * day: estate.Valid, 30*day - time.Second: estate.EndsSoon, time.Second: estate.EndsSoon, 0: estate.Ended,
	} {
		got := estate.Certificates(estate.Source{
			Certificates: []client.Certificate{{ID: "1", AllowSigning: true, ValidTo: now().Add(left)}}, Now: now(),
		})
		if got[0].Validity != want {
			t.Errorf("with %v left it is %q, want %q", left, got[0].Validity, want)
		}
	}
}

func TestFilterFindsCertificates(t *testing.T) {
	rows := estate.Certificates(sample())
	for text, want := range map[string]string{
		"":                    "Connector, Ended, Future, Gone, Nobody says, Root",
		"root":                "Root",
		"mock.example":        "Root",
		"6573":                "Connector",
		"name:e !name:future": "Connector, Ended, Gone",
		"issuer:root":         "Connector, Root",
		`issuer="cn=root"`:    "Connector, Root",
		"subject:connector":   "Connector",
		"serial=42":           "Connector",
		"id:657":              "Connector, Root",
		"state:ok":            "Connector",
		"state:ends-soon":     "Gone",
		`state:"not signing"`: "Root",
		"state:not_yet_valid": "Future",
		"!is:signing":         "Root",
		"is:managed":          "Root",
		"is:derived":          "Gone",
		"left<30d":            "Ended, Gone",
		"ends<30d":            "Ended, Gone",
		"left>=0d left<15w":   "Future, Gone",
		"keys>0":              "Connector, Gone",
		"keys=4":              "Connector",
	} {
		if got := find(t, rows, certificateName, text); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}

	s := sample()
	s.KeysUnknown = map[client.Kind]bool{client.CloudController: true, client.AppConnector: false}
	if got := find(t, estate.Certificates(s), certificateName, "keys=0"); got != "" {
		t.Errorf("without all keys, %q is said to sign none", got)
	}
}
