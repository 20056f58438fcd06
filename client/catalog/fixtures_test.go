package catalog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
)

const day = 24 * time.Hour

// fakeText is obviously no key's text, and none of its parts occur elsewhere
// in the sample.
const fakeText = "3|mock.example|FAKEFAKEqwvzxFAKEFAKE-000000000000000042"

func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// key returns a key in good order: app connectors' signing certificate with
// 212 days left, created 100 and changed 20 days ago.
func key(kind client.Kind, id, name, group string, uses, limit int64) client.Key {
	return client.Key{
		Kind: kind, ID: client.ID(id), Name: name, Group: group, Uses: uses, MaxUses: limit,
		Certificate: "Connector", CertificateID: "6573", CertificateEnd: now().Add(212*day + time.Hour),
		Enabled: true, Exportable: true, Text: client.NewSecret(fakeText),
		Created: now().Add(-100 * day), Modified: now().Add(-20 * day), ModifiedBy: "216196257331372705",
	}
}

// sample returns one key for each thing that a filter or a sort may meet.
func sample() []client.Key {
	asg := key(client.AppConnector, "58856", "eu-west-1-asg", "EU West 1", 52, 60)
	blue := key(client.AppConnector, "58857", "eu-west-1-blue", "EU West 1", 10, 10)
	green := key(client.AppConnector, "58858", "Eu-West-10-Green", "EU West 10", 3, 100)
	green.Modified, green.ModifiedBy = now().Add(-6*day), "3"
	edge := key(client.ServiceEdge, "601", "zürich ÄÖÜ", "Zürich", 0, 5)
	edge.Certificate, edge.CertificateID, edge.CertificateEnd = "Service Edge", "6574", now().Add(30*day+5*time.Hour)
	edge.ReadOnly, edge.Microtenant, edge.MicrotenantID = true, "Lab 7", "7007"
	ended := key(client.ServiceEdge, "602", "ended certificate", "Zürich", 0, 5)
	ended.CertificateEnd = now().Add(-5 * time.Hour)
	hidden := key(client.NetworkConnector, "701", `say "hi" a:b !x`, "", 1, 5)
	hidden.Exportable, hidden.Text, hidden.Enabled = false, client.Secret{}, false
	gone := key(client.CloudController, "801", "10:30 used>=80%", "<group>", 0, 0)
	gone.Expires, gone.CertificateEnd = now().Add(-day), time.Time{}
	later := key(client.CloudController, "9223372036854775808", "东京東京", "한국", 4, 5)
	later.Expires, later.Modified, later.Created = now().Add(29*day), time.Time{}, now().Add(time.Hour)
	return []client.Key{asg, blue, green, edge, ended, hidden, gone, later}
}

// hostile returns keys with the names that a server may send and nobody types.
func hostile() []client.Key {
	return []client.Key{
		key(client.AppConnector, "901", "\x1b]52;c;AAAA\a\x1b[2Jescape", "\x1b[31mred", -1<<63, 1<<63-1),
		key(client.AppConnector, "902", "broken \xff\xfe utf8 \xc3", "\xff", 1<<63-1, -1<<63),
		key(client.AppConnector, "903", strings.Repeat("long-9", 2000), strings.Repeat("7", 4000), 1<<62, 1<<63-1),
		key(client.AppConnector, "904", "nul\x00inside\n\r\t\u202eflip\u00a0nbsp", "\x00", 0, 1),
		key("no-kind", "", "", "", 0, 1),
	}
}

// names selects from the keys and returns what a person would see, top to bottom.
func names(c *catalog.Catalog, q catalog.Query) []string {
	var all []string
	for _, k := range c.Keys(c.Select(q)) {
		all = append(all, k.Name)
	}
	return all
}

// find returns the ids of the sample's keys that a filter text lets through, in
// the sample's order and joined by spaces.
func find(t *testing.T, text string, q catalog.Query) string {
	t.Helper()
	var c catalog.Catalog
	c.Put(sample()...)
	q.Filter, q.Now = parse(t, text), now()
	found := c.Select(q)
	var ids []string
	for _, k := range sample() {
		if slices.Contains(found, k.Ref()) {
			ids = append(ids, string(k.ID))
		}
	}
	return strings.Join(ids, " ")
}

func parse(t *testing.T, text string) catalog.Filter {
	t.Helper()
	f, err := catalog.ParseFilter(text)
	if err != nil {
		t.Fatalf("ParseFilter(%q): %v", text, err)
	}
	return f
}
