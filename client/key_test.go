package client_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestKindsHaveTheirWords(t *testing.T) {
	types := map[client.Kind][2]string{
		client.AppConnector:     {"CONNECTOR_GRP", "app connector"},
		client.NetworkConnector: {"NP_ASSISTANT_GRP", "network connector"},
		client.ServiceEdge:      {"SERVICE_EDGE_GRP", "service edge"},
		client.CloudController:  {"SITE_CONTROLLER_GRP", "cloud controller"},
	}
	if len(client.Kinds()) != len(types) {
		t.Errorf("%d kinds", len(client.Kinds()))
	}
	for _, k := range client.Kinds() {
		back, ok := client.ParseKind(string(k))
		if !ok || back != k || types[k] != [2]string{k.AssociationType(), k.Title()} {
			t.Errorf("%s: %q, %q", k, k.AssociationType(), k.Title())
		}
	}
	if _, ok := client.ParseKind("App-Connector"); ok {
		t.Error("another word is read as a kind")
	}
	if none := client.Kind(""); none.AssociationType() != "" || none.Title() != "unknown kind" {
		t.Error("the zero kind passes for one")
	}
}

func TestKeyIsFoundByNameOrIDWithAKindOrWithout(t *testing.T) {
	k := client.Key{Kind: client.ServiceEdge, ID: "58856", Name: "a/b"}
	for name, want := range map[string]bool{
		"a/b": true, "58856": true, "service-edge/a/b": true, "app-connector/a/b": false, "service-edge/58856": true, "app-connector/58856": false, "A/B": false, "b": false, "": false,
	} {
		if got := k.HasName(name); got != want {
			t.Errorf("%q names the key: %v", name, got)
		}
	}
	if (client.Key{Kind: client.ServiceEdge, ID: "1"}).Ref() != (client.Ref{Kind: client.ServiceEdge, ID: "1"}) {
		t.Error("the reference is not kind and id")
	}
}

func TestCertificatesAreJoinedByID(t *testing.T) {
	end := time.Date(2027, 6, 21, 0, 0, 0, 0, time.UTC)
	keys := []client.Key{{CertificateID: "1"}, {CertificateID: "2", CertificateEnd: end}, {}}
	client.JoinCertificates(keys, []client.Certificate{{ID: "1", ValidTo: end}, {ID: "3"}})
	if !keys[0].CertificateEnd.Equal(end) || !keys[1].CertificateEnd.IsZero() || !keys[2].CertificateEnd.IsZero() {
		t.Errorf("%v %v %v", keys[0].CertificateEnd, keys[1].CertificateEnd, keys[2].CertificateEnd)
	}
}

func TestEveryKeyOfTheTenantIsReadWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.OneAPI, mockserver.Options{})
		listing, err := c.ListKeys(context.Background(), client.Kinds()...)
		if err != nil || len(listing.Failed) != 0 {
			t.Fatal(err, listing.Failed)
		}
		seen := map[client.State]bool{}
		for _, k := range listing.Keys {
			stored, ok := m.Key(k.Kind.AssociationType(), string(k.ID))
			if !ok {
				t.Fatalf("%s is in no list of the server", k.ID)
			}
			if k.Exportable && k.Text.Reveal() != stored["provisioningKey"] {
				t.Errorf("%s: the key text is not exact", k.ID)
			}
			if !k.Exportable && !k.Text.IsZero() {
				t.Errorf("%s: a hidden key has a text", k.ID)
			}
			if k.Exportable && (k.Hint.Host != "mock.example" || !strings.Contains(k.Text.Reveal(), "|"+k.Hint.LogPrefix)) {
				t.Errorf("%s: hint %+v", k.ID, k.Hint)
			}
			if k.Group == "" || k.GroupID == "" || k.Certificate == "" || k.CertificateEnd.IsZero() || k.Created.IsZero() {
				t.Errorf("%s: a field is missing: %+v", k.ID, k)
			}
			again, err := c.GetKey(context.Background(), k)
			if err != nil || again.CertificateEnd != k.CertificateEnd || !again.Text.Equal(k.Text) {
				t.Errorf("%s read again: %v", k.ID, err)
			}
			for _, s := range k.States(time.Now(), client.Threshold{}) {
				seen[s] = true
			}
		}
		if len(seen) != 7 {
			t.Errorf("the tenant shows the states %v alone", seen)
		}
	})
}

func TestRefsAreRead(t *testing.T) {
	c, _ := mockClient(t, client.Legacy, mockserver.Options{})
	ctx := context.Background()
	for _, kind := range client.Kinds() {
		groups, err := c.Groups(ctx, kind)
		if kind == client.NetworkConnector {
			if err == nil || !strings.Contains(err.Error(), "network connector") {
				t.Errorf("groups that have no endpoint: %v", err)
			}
			continue
		}
		if err != nil || len(groups) == 0 {
			t.Fatalf("%s: %d groups, %v", kind, len(groups), err)
		}
		for _, g := range groups {
			if g.ID == "" || g.Name == "" || g.Kind != kind {
				t.Errorf("%+v", g)
			}
		}
	}
	certificates, err := c.Certificates(ctx)
	if err != nil {
		t.Fatal(err)
	}
	signing := map[string]bool{}
	for _, cert := range certificates {
		signing[cert.Name] = cert.AllowSigning
		if cert.ID == "" || cert.ValidFrom.IsZero() || !cert.ValidFrom.Before(cert.ValidTo) {
			t.Errorf("%+v", cert)
		}
	}
	if !signing["Connector"] || !signing["Service Edge"] || signing["Root"] {
		t.Errorf("certificates that sign: %v", signing)
	}
	connectors, err := c.Connectors(ctx)
	if err != nil || len(connectors) == 0 {
		t.Fatal(len(connectors), err)
	}
	for _, one := range connectors {
		if one.ID == "" || one.Name == "" || one.GroupID == "" || one.Created.IsZero() {
			t.Errorf("%+v", one)
		}
	}
}

func TestConnectorThatNeverCalledHomeHasNoTimes(t *testing.T) {
	f := failing(reply{body: `{"list":[{"id":7,"name":"a &amp; b","enabled":"true","provisioningKeyId":216196257331404676}]}`})
	list, err := fakeClient(t, f).Connectors(context.Background())
	want := client.Connector{Kind: client.AppConnector, ID: "7", Name: "a & b", Enabled: true, KeyID: keyID}
	if err != nil || len(list) != 1 || list[0] != want {
		t.Errorf("%+v, %v", list, err)
	}
}
