package estate_test

import (
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/estate"
)

func TestConnectorSaysHowItIs(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*client.Connector)
		health estate.Health
		status string
	}{
		"connected":             {func(*client.Connector) {}, estate.Connected, "connected"},
		"away for days":         {away(75 * time.Hour), estate.Disconnected, "disconnected 3d"},
		"away for hours":        {away(23*time.Hour + 59*time.Minute), estate.Disconnected, "disconnected 23h"},
		"away for minutes":      {away(5 * time.Minute), estate.Disconnected, "disconnected 5m"},
		"away since the future": {away(-time.Hour), estate.Disconnected, "disconnected 0m"},
		"away since nobody knows": {func(c *client.Connector) {
			c.ControlStatus, c.LastDisconnect = disconnected, time.Time{}
		}, estate.Disconnected, "disconnected"},
		"never": {func(c *client.Connector) {
			c.ControlStatus, c.Version, c.LastConnect = "", "", time.Time{}
		}, estate.NeverSeen, "never"},
		"unknown":               {func(c *client.Connector) { c.ControlStatus = "UNKNOWN" }, estate.Unknown, "unknown"},
		"no status":             {func(c *client.Connector) { c.ControlStatus = "" }, estate.Unknown, "unknown"},
		"disabled":              {func(c *client.Connector) { c.Enabled = false }, estate.Disabled, "disabled"},
		"disabled and far away": {func(c *client.Connector) { away(75 * time.Hour)(c); c.Enabled = false }, estate.Disabled, "disabled"},
	} {
		c := connector(client.AppConnector, "1", "c", "k", "g")
		tt.change(&c)
		got := estate.Connectors(estate.Source{Connectors: []client.Connector{c}, Now: now()})[0]
		if got.Health != tt.health || got.Status() != tt.status {
			t.Errorf("%s: %s, %q, want %s, %q", name, got.Health, got.Status(), tt.health, tt.status)
		}
	}
}

func away(d time.Duration) func(*client.Connector) {
	return func(c *client.Connector) { c.ControlStatus, c.LastDisconnect = disconnected, now().Add(-d) }
}

func TestConnectorNamesItsKeyAsItIsNow(t *testing.T) {
	s := sample()
	fates := map[string]estate.Fate{}
	for _, c := range estate.Connectors(s) {
		fates[c.Name+" "+c.Key] = c.KeyFate
	}
	for name, want := range map[string]estate.Fate{
		"c-ok asg-2": estate.KeyHeld, "c-away asg-10": estate.KeyHeld, "c-orphan old name": estate.KeyGone, "c-never edge": estate.KeyHeld,
	} {
		if got, there := fates[name]; !there || got != want {
			t.Errorf("%s: %d, %v, want %d of %v", name, got, there, want, fates)
		}
	}

	s.KeysUnknown = map[client.Kind]bool{client.AppConnector: true}
	s.Connectors[3].KeyID = ""
	for _, c := range estate.Connectors(s) {
		if c.KeyFate == estate.KeyGone {
			t.Errorf("the key of %s is said to be gone from a list that nobody has", c.Name)
		}
	}
}

func TestConnectorSaysWhatItIsToBeUpgradedTo(t *testing.T) {
	for versions, want := range map[[2]string]string{
		{"24.1.0", "26.41.2"}: "26.41.2", {"26.41.2", "26.41.2"}: "", {"", "26.41.2"}: "", {"24.1.0", ""}: "",
	} {
		c := estate.Connector{Connector: client.Connector{Version: versions[0], ExpectedVersion: versions[1]}}
		if got := c.Update(); got != want {
			t.Errorf("%q is to become %q, want %q", versions[0], got, want)
		}
	}
}

func TestConnectorRefersToItsKeyAndGroup(t *testing.T) {
	c := estate.Connector{Connector: connector(client.ServiceEdge, "1", "c", "k", "g")}
	if c.KeyRef() != ref(client.ServiceEdge, "k") || c.GroupRef() != ref(client.ServiceEdge, "g") || c.Ref() != ref(client.ServiceEdge, "1") {
		t.Errorf("%v, %v, %v", c.KeyRef(), c.GroupRef(), c.Ref())
	}
}

func TestFilterFindsConnectors(t *testing.T) {
	s := sample()
	s.Connectors[4].Microtenant, s.Connectors[4].MicrotenantID = "Lab", "9"
	s.Connectors[4].Created = now().Add(-3 * day)
	s.Connectors[4].PublicIP = "203.0.113.1"
	rows := estate.Connectors(s)
	const all = "c-away, c-never, c-off, c-ok, c-orphan"
	for text, want := range map[string]string{
		"":                     all,
		"asg-2":                "c-ok",
		"group !orphan 10":     "c-away, c-never, c-off, c-ok",
		"lost":                 "c-off",
		"name:ok":              "c-ok",
		"group:lost":           "c-off",
		`group="group lost"`:   "c-off",
		"key:asg":              "c-away, c-ok",
		"key=deleted":          "c-orphan",
		"kind:edge":            "c-never, c-off",
		"id=101":               "c-away",
		"version:24":           "c-away",
		"version=26.41.2":      "c-off, c-ok, c-orphan",
		"platform:el9":         "c-away, c-off, c-ok, c-orphan",
		"ip:203":               "c-ok",
		"ip=192.0.2.7":         all,
		"fingerprint:OXAN4":    all,
		"cert:connector":       all,
		"certificate=6573":     all,
		"microtenant:lab":      "c-ok",
		"state:connected":      "c-ok, c-orphan",
		"state:disconnected":   "c-away",
		"state:never":          "c-never",
		"state:unknown":        "",
		"state:disabled":       "c-off",
		"is:connected":         "c-off, c-ok, c-orphan",
		"is:disconnected":      "c-away",
		"is:disabled":          "c-off",
		"is:outdated":          "c-away",
		"is:orphaned":          "c-orphan",
		"seen<7d":              "c-away, c-off, c-ok, c-orphan",
		"seen>=3d":             "c-away",
		"seen=0h !is:disabled": "c-ok, c-orphan",
		"created<7d":           "c-ok",
	} {
		if got := find(t, rows, connectorName, text); got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
}
