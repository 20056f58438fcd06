package client_test

import (
	"testing"

	"provkeys/client"
	"provkeys/mockserver"
)

// The three lists name a machine's group each in its own way.
func TestConnectorOfEveryKindKnowsItsGroupKeyAndCertificate(t *testing.T) {
	c, _ := mockClient(t, client.Legacy, mockserver.Options{})
	for _, kind := range client.Kinds() {
		machines, listed, err := c.MachinesOf(t.Context(), kind)
		if err != nil || listed != kind.Listed() || listed != (len(machines) > 0) {
			t.Errorf("%s: %d machines, listed %v: %v", kind, len(machines), listed, err)
		}
		for _, m := range machines {
			if m.Kind != kind || m.Ref() != (client.Ref{Kind: kind, ID: m.ID}) || m.GroupID == "" || m.Group == "" ||
				m.KeyID == "" || m.CertificateID == "" || m.Certificate == "" {
				t.Errorf("%s: %+v", kind, m)
			}
		}
	}
}

func TestConnectorIsReadWhateverItsCertificateLooksLike(t *testing.T) {
	for certificate, want := range map[string]string{
		`{"id":6573,"name":"a &amp; b"}`: "6573 a & b",
		`{"id":{},"name":"x"}`:           " ",
		`"6573"`:                         " ",
		`null`:                           " ",
		`[]`:                             " ",
	} {
		f := failing(reply{body: `{"list":[{"id":"7","enrollmentCert":` + certificate + `,"microtenantId":"9","microtenantName":"R&amp;D"}]}`})
		list, err := fakeClient(t, f).Connectors(t.Context())
		if err != nil || len(list) != 1 {
			t.Fatalf("%s: %d connectors, %v", certificate, len(list), err)
		}
		if got := string(list[0].CertificateID) + " " + list[0].Certificate; got != want || list[0].Microtenant != "R&D" {
			t.Errorf("%s: %q in %q, want %q", certificate, got, list[0].Microtenant, want)
		}
	}
}

func TestGroupKnowsItsMicrotenant(t *testing.T) {
	f := failing(reply{body: `{"list":[{"id":"7","name":"Lab","enabled":true,"microtenantId":9,"microtenantName":"R&amp;D"}]}`})
	groups, err := fakeClient(t, f).Groups(t.Context(), client.ServiceEdge)
	want := client.Group{ID: "7", Kind: client.ServiceEdge, Name: "Lab", Enabled: true, MicrotenantID: "9", Microtenant: "R&D"}
	if err != nil || len(groups) != 1 || groups[0] != want {
		t.Errorf("%+v, %v, want %+v", groups, err, want)
	}
	if ref := want.Ref(); ref != (client.Ref{Kind: client.ServiceEdge, ID: "7"}) {
		t.Errorf("Ref = %+v", ref)
	}
}
