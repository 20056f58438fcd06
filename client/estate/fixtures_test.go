package estate_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/estate"
)

const (
	day          = 24 * time.Hour
	connected    = "ZPN_STATUS_AUTHENTICATED"
	disconnected = "ZPN_STATUS_DISCONNECTED"
)

func now() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// key returns a key in good order.
func key(kind client.Kind, id, name, group string, uses, limit int64) client.Key {
	return client.Key{
		Kind: kind, ID: client.ID(id), Name: name, GroupID: client.ID(group), Group: "Group " + group,
		Uses: uses, MaxUses: limit, Enabled: true, Exportable: true,
		Text:        client.NewSecret("3|mock.example|FAKE-" + id),
		Certificate: "Connector", CertificateID: "6573", CertificateEnd: now().Add(200 * day),
	}
}

func connector(kind client.Kind, id, name, key, group string) client.Connector {
	return client.Connector{
		Kind: kind, ID: client.ID(id), Name: name, Enabled: true, ControlStatus: connected,
		Version: "26.41.2", ExpectedVersion: "26.41.2", Platform: "el9", PrivateIP: "192.0.2.7", PublicIP: "198.51.100.9",
		Fingerprint: "oXaN4RRiMc", Created: now().Add(-40 * day), LastConnect: now().Add(-day),
		KeyID: client.ID(key), Key: "old name", GroupID: client.ID(group), Group: "Group " + group,
		CertificateID: "6573", Certificate: "Connector",
	}
}

// sample is a tenant with one of everything.
func sample() estate.Source {
	full := key(client.AppConnector, "1", "asg-10", "10", 10, 10)
	open := key(client.AppConnector, "2", "asg-2", "10", 52, 60)
	expired := key(client.AppConnector, "3", "old", "10", 0, 100)
	expired.Expires = now().Add(-day)
	hidden := key(client.ServiceEdge, "4", "edge", "10", 1, 5)
	hidden.Exportable, hidden.Text = false, client.Secret{}
	hidden.CertificateID, hidden.Certificate, hidden.CertificateEnd = "gone", "Gone", now().Add(10*day)
	network := key(client.NetworkConnector, "5", "net", "77", 0, 3)
	network.Microtenant, network.MicrotenantID = "Lab", "9"

	away := connector(client.AppConnector, "101", "c-away", "1", "10")
	away.ControlStatus, away.LastDisconnect, away.Version = disconnected, now().Add(-75*time.Hour), "24.1.0"
	orphan := connector(client.AppConnector, "102", "c-orphan", "deleted", "10")
	never := connector(client.ServiceEdge, "103", "c-never", "4", "10")
	never.ControlStatus, never.Version, never.LastConnect, never.Platform = "", "", time.Time{}, ""
	off := connector(client.ServiceEdge, "104", "c-off", "4", "lost")
	off.Enabled = false

	return estate.Source{
		Groups: []client.Group{
			{ID: "10", Kind: client.AppConnector, Name: "EU West 10", Enabled: true},
			{ID: "2", Kind: client.AppConnector, Name: "EU West 2", Microtenant: "R&D", MicrotenantID: "9"},
			{ID: "10", Kind: client.ServiceEdge, Name: "edges", Enabled: true},
		},
		Keys:       []client.Key{full, open, expired, hidden, network},
		Connectors: []client.Connector{never, orphan, off, away, connector(client.AppConnector, "100", "c-ok", "2", "10")},
		Certificates: []client.Certificate{
			{ID: "6571", Name: "Root", CommonName: "root.mock.example", IssuedBy: "CN=Root", ValidTo: now().Add(9000 * day), ZscalerManaged: true},
			{ID: "6573", Name: "Connector", IssuedBy: "CN=Root", IssuedTo: "CN=Connector", Serial: "42", ValidTo: now().Add(200*day + time.Hour), AllowSigning: true},
			{ID: "7", Name: "Ended", ValidTo: now().Add(-5 * time.Hour), AllowSigning: true},
			{ID: "8", Name: "Future", ValidFrom: now().Add(day), ValidTo: now().Add(90 * day), AllowSigning: true},
			{ID: "9", Name: "Nobody says", AllowSigning: true},
		},
		Now: now(),
	}
}

// find returns the names of the rows that a filter text lets through.
func find[R estate.Row](t *testing.T, rows []R, name func(R) string, text string) string {
	t.Helper()
	f, err := estate.ParseFilter[R](text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return names(estate.Select(rows, estate.Query[R]{Filter: f}), name)
}

func names[R estate.Row](rows []R, name func(R) string) string {
	var all []string
	for _, r := range rows {
		all = append(all, name(r))
	}
	return strings.Join(all, ", ")
}

func groupName(g estate.Group) string             { return g.Name }
func connectorName(c estate.Connector) string     { return c.Name }
func certificateName(c estate.Certificate) string { return c.Name }
