package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"provkeys/client"
)

func named(kind client.Kind, id client.ID, name string) client.Key {
	k := sampleKey()
	k.Kind, k.ID, k.Name = kind, id, name
	return k
}

func TestNameIsTakenOnlyWhereItIsCertain(t *testing.T) {
	t.Parallel()
	keys := []client.Key{
		named(client.AppConnector, "1", "alpha"), named(client.ServiceEdge, "2", "alpha"),
		named(client.AppConnector, "3", "beta"), named(client.AppConnector, "3", "beta"), // paged twice
		named(client.ServiceEdge, "4", "3"), named(client.ServiceEdge, "5", "app-connector/beta"),
		named(client.ServiceEdge, "6", "gamma"),
	}
	broken := map[client.Kind]error{client.CloudController: fmt.Errorf("cut: %w", client.ErrUnavailable)}
	denied := map[client.Kind]error{client.CloudController: fmt.Errorf("refused: %w", client.ErrPermission)}
	for _, tc := range []struct {
		why    string
		name   string
		failed map[client.Kind]error
		id     client.ID
		kind   faultKind
		says   string
	}{
		{"a name alone", "gamma", nil, "6", "", ""},
		{"an id", "6", nil, "6", "", ""},
		{"kind/name of two", "service-edge/alpha", nil, "2", "", ""},
		{"one key twice in the list", "beta", nil, "3", "", ""},
		{"two kinds", "alpha", nil, "", faultAmbiguous, "app-connector/alpha (1), service-edge/alpha (2)"},
		{"an id that is a name", "3", nil, "", faultAmbiguous, "service-edge/3 (4)"},
		{"kind/name that is a name", "app-connector/beta", nil, "", faultAmbiguous, "(5)"},
		{"nothing", "delta-nine", nil, "", faultNotFound, `no key "delta-nine"`},
		{"the empty name", "", nil, "", faultNotFound, ""},
		{"case counts", "GAMMA", nil, "", faultNotFound, ""},
		{"a name while a kind fails", "gamma", broken, "", faultUnavailable, "cloud-controller: cut"},
		{"an id while a kind fails", "6", broken, "6", "", ""},
		{"kind/name while another fails", "service-edge/gamma", broken, "6", "", ""},
		{"a name while a kind is denied", "gamma", denied, "6", "", ""},
		{"nothing while a kind fails", "delta", broken, "", faultUnavailable, "not every kind"},
		{"nothing while a kind is denied", "delta", denied, "", faultNotFound, "cloud-controller: refused"},
		{"two while a kind fails", "alpha", broken, "", faultAmbiguous, ""},
	} {
		t.Run(tc.why, func(t *testing.T) {
			t.Parallel()
			got, err := pick(client.Listing{Keys: keys, Failed: tc.failed}, tc.name)

			var f *fault
			if errors.As(err, &f) != (tc.kind != "") || got.ID != tc.id {
				t.Fatalf("pick = %q, %v, want %q", got.ID, err, tc.id)
			}
			if f != nil && (f.kind != tc.kind || !strings.Contains(f.message, tc.says) || f.hint == "") {
				t.Errorf("fault is %+v, want %s with %q and a hint", *f, tc.kind, tc.says)
			}
		})
	}
}

func TestNearNamesComeNearestFirst(t *testing.T) {
	t.Parallel()
	got := nearNames([]string{"fra-dc12", "fra-dc1", "Fra-DC2", "bkk-dc1"}, "fra-dc2")

	if want := "[Fra-DC2 fra-dc12 fra-dc1]"; fmt.Sprint(got) != want {
		t.Errorf("near names are %v, want %v", got, want)
	}
}

func TestHintsCanBePastedIntoAShell(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"eu-west-1": "eu-west-1",
		"EU West":   "'EU West'",
		"it's":      `'it'\''s'`,
		"$(id)":     "'$(id)'",
		"-v":        "7",
		"東京":        "7",
		"a\x1b[2J":  "7",
		"":          "7",
	} {
		if got := argument(named(client.AppConnector, "7", name)); got != want {
			t.Errorf("%q is named %s, want %s", name, got, want)
		}
	}
}
