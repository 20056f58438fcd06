package diagnose_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/mockserver"
)

// mockTenant returns what there is to know of a tenant of the mock server.
func mockTenant(t testing.TB, keys int) diagnose.Known {
	t.Helper()
	server, err := mockserver.New(mockserver.Options{Seed: 4, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	endpoints, err := client.Address{BaseURL: "http://127.0.0.1:1"}.Endpoints(client.Legacy)
	if err != nil {
		t.Fatal(err)
	}
	c := server.Credentials()
	api, err := client.New(client.Config{
		Door: client.Legacy, Endpoints: endpoints, ClientID: c.ClientID, ClientSecret: client.NewSecret(c.ClientSecret),
		CustomerID: c.CustomerID, Transport: server.Transport(),
	})
	if err != nil {
		t.Fatal(err)
	}
	listing, err := api.ListKeys(t.Context(), client.Kinds()...)
	if err != nil || len(listing.Failed) > 0 || len(listing.Keys) != keys {
		t.Fatal(err, listing.Failed, len(listing.Keys))
	}
	return diagnose.Known{Keys: listing.Keys, Now: logTime, Complete: true}
}

// shown returns those keys whose text the tenant shows.
func shown(keys []client.Key) []client.Key {
	var list []client.Key
	for _, k := range keys {
		if !k.Text.IsZero() {
			list = append(list, k)
		}
	}
	return list
}

// opaqueOf returns 384 characters that look random and are the same for the same
// seed.
func opaqueOf(seed uint64) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	rng := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	for range 384 {
		b.WriteByte(digits[rng.IntN(len(digits))])
	}
	return b.String()
}

// textKey makes a key of that text, whose id is its name.
func textKey(name, text string) client.Key {
	return client.Key{
		Kind: client.AppConnector, ID: client.ID(name), Name: name, Group: "EU West 1", Uses: 1, MaxUses: 10,
		Enabled: true, Exportable: true, Text: client.NewSecret(text), Hint: keytext.Describe(text),
	}
}

// hiddenKey makes a key whose text the tenant does not show.
func hiddenKey(name string) client.Key {
	k := textKey(name, "")
	k.Exportable = false
	return k
}

func tenantOf(keys ...client.Key) diagnose.Known {
	return diagnose.Known{Keys: keys, Now: logTime, Complete: true}
}

func inspected(known diagnose.Known, text string) diagnose.Finding {
	return diagnose.Inspect(client.NewSecret(text), known)
}

// saidOf returns every word of a finding.
func saidOf(f diagnose.Finding) string {
	words := append([]string{f.Verdict, f.Next, f.Report.Verdict, f.Report.Host, f.Report.LogPrefix}, f.Notes...)
	for _, fault := range f.Report.Faults {
		words = append(words, fault.Message)
	}
	if f.Match != nil {
		words = append(words, f.Match.Words(), f.Match.Difference)
	}
	return strings.Join(words, "\n")
}

// leaks reports whether more characters in a row of a text's secret part are in
// what is said than connectors log.
func leaks(said, text string) bool {
	secret := text[strings.LastIndexByte(text, '|')+1:]
	for i := range len(said) - 7 {
		if strings.Contains(secret, said[i:i+8]) {
			return true
		}
	}
	return false
}
