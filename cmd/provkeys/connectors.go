package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
)

func newConnectorsCommand(a *app) *cobra.Command {
	r := connectorResource()
	return resourceCommand(a, r, &cobra.Command{
		Use:   "connectors [CONNECTOR]",
		Short: "List what enrolled, with its health and the key it enrolled with",
		Long: `connectors writes what enrolled: App Connectors, Service Edges and Private Cloud
Controllers; CONNECTOR, a name, an id or kind/name, shows that one. The API does not
list network connectors.

HEALTH is connected, disconnected, never (it has not called home yet), unknown or
disabled. A connector whose key is gone is not upgraded any more: key_gone is true
then, and null where the keys could not be read.

A filter is words that must all occur in name, group, key or id; !word excludes;
column:word (group: key: kind: version: ip: state:), is:disconnected, is:outdated,
is:orphaned (its key is gone) and comparisons (seen>3d created<7d) narrow it further.

` + helpOnColumns(r.sheet),
		Example: `  provkeys connectors --filter is:disconnected --sort seen --reverse
  provkeys connectors --filter key:ap-east-1 -o json
  provkeys connectors --kind service-edge --columns name,health,version,expected_version
  provkeys connectors --sort created --reverse --limit 5`,
	})
}

func connectorResource() resource[estate.Connector] {
	kinds := listedOf(client.Kinds())
	return resource[estate.Connector]{
		sheet: connectorSheet(), list: listConnectors, example: "is:disconnected",
		asks:  gathering{kinds: kinds, keys: true, connectors: true},
		kinds: kinds, rows: estate.Connectors,
		note: func(_ []estate.Connector, kind client.Kind) string {
			if kind != "" {
				return ""
			}
			return "network connectors have no list"
		},
	}
}

// connectorSheet returns what is known of a connector.
func connectorSheet() sheet[estate.Connector] {
	return sheet[estate.Connector]{
		noun:    "connector",
		columns: slices.Concat(connectorFacts(), connectorPlace()),
		usual:   []string{"name", "kind", "health", "version", "key", "group"},
		name:    func(c *estate.Connector) string { return c.Name },
		ref:     func(c *estate.Connector) client.Ref { return c.Ref() },
	}
}

// connectorFacts are what a connector is, how it does and what it enrolled with.
func connectorFacts() []column[estate.Connector] {
	return []column[estate.Connector]{
		{
			frame: frame{head: "ID", leave: 7}, name: "id", word: "id",
			value: func(c *estate.Connector, _ view) scalar { return textOf(string(c.ID)) },
		}, {
			frame: frame{head: "NAME", least: 24}, name: "name", word: "name",
			value: func(c *estate.Connector, _ view) scalar { return textOf(c.Name) },
		}, {
			frame: frame{head: "KIND", leave: 4}, name: "kind", word: "kind",
			value: func(c *estate.Connector, _ view) scalar { return textOf(string(c.Kind)) },
		}, {
			frame: frame{head: "HEALTH"}, name: "health", word: "state",
			value: func(c *estate.Connector, _ view) scalar { return textOf(c.Health.String()) },
			shown: func(c *estate.Connector, _ view, th style.Theme) cell {
				return cell{c.Status(), healthStyle(th, c.Health)}
			},
		}, {
			frame: frame{head: "ENABLED", leave: 8}, name: "enabled",
			value: func(c *estate.Connector, _ view) scalar { return truthOf(c.Enabled) },
		}, {
			frame: frame{head: "VERSION", leave: 3}, name: "version", word: "version",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Version) },
			shown: shownVersion,
		}, {
			frame: frame{head: "EXPECTED", leave: 9}, name: "expected_version",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.ExpectedVersion) },
		}, {
			frame: frame{head: "KEY", least: 16, leave: 1}, name: "key", word: "key",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Key) },
			shown: shownKeyOf,
		}, {
			frame: frame{head: "KEY ID", leave: 10}, name: "key_id",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(string(c.KeyID)) },
		}, {
			frame: frame{head: "KEY GONE", leave: 11}, name: "key_gone",
			value: func(c *estate.Connector, _ view) scalar {
				return knownIf(c.KeyFate != estate.FateUnknown, truthOf(c.KeyFate == estate.KeyGone))
			},
		},
	}
}

// connectorPlace are where a connector belongs and runs, and when it was there.
func connectorPlace() []column[estate.Connector] {
	return []column[estate.Connector]{
		{
			frame: frame{head: "GROUP", least: 12, leave: 2}, name: "group", word: "group",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Group) },
		}, {
			frame: frame{head: "GROUP ID", leave: 12}, name: "group_id",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(string(c.GroupID)) },
		}, {
			frame: frame{head: "CERTIFICATE", least: 12, leave: 13}, name: "certificate", word: "certificate",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Certificate) },
		}, {
			frame: frame{head: "CERTIFICATE ID", leave: 14}, name: "certificate_id",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(string(c.CertificateID)) },
		}, {
			frame: frame{head: "PLATFORM", leave: 15}, name: "platform", word: "platform",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Platform) },
		}, {
			frame: frame{head: "PRIVATE IP", leave: 16}, name: "private_ip",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.PrivateIP) },
		}, {
			frame: frame{head: "PUBLIC IP", leave: 17}, name: "public_ip",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.PublicIP) },
		}, {
			frame: frame{head: "FINGERPRINT", least: 12, leave: 18}, name: "fingerprint",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Fingerprint) },
		}, {
			frame: frame{head: "CREATED", leave: 6}, name: "created", word: "created",
			value: func(c *estate.Connector, _ view) scalar { return timeOf(c.Created) },
		}, {
			frame: frame{head: "CONNECTED", leave: 19}, name: "last_connect",
			value: func(c *estate.Connector, _ view) scalar { return timeOf(c.LastConnect) },
		}, {
			frame: frame{head: "DISCONNECTED", leave: 5}, name: "last_disconnect", word: "seen",
			value: func(c *estate.Connector, _ view) scalar { return timeOf(c.LastDisconnect) },
		}, {
			frame: frame{head: "MICROTENANT", least: 11, leave: 20}, name: "microtenant", word: "microtenant",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(c.Microtenant) },
		}, {
			frame: frame{head: "MICROTENANT ID", leave: 21}, name: "microtenant_id",
			value: func(c *estate.Connector, _ view) scalar { return textOrNull(string(c.MicrotenantID)) },
		},
	}
}

// shownVersion is coloured where another version is expected.
func shownVersion(c *estate.Connector, _ view, th style.Theme) cell {
	if c.Update() != "" {
		return cell{c.Version, th.StateWarn}
	}
	return cell{text: c.Version}
}

// shownKeyOf says of a key that there is none any more.
func shownKeyOf(c *estate.Connector, _ view, th style.Theme) cell {
	if c.KeyFate == estate.KeyGone {
		return cell{strings.TrimSpace(c.Key + " gone"), th.StateBad}
	}
	return cell{text: c.Key}
}

func healthStyle(th style.Theme, h estate.Health) style.Style {
	switch h {
	case estate.Connected:
		return th.StateOK
	case estate.Disconnected:
		return th.StateBad
	case estate.Disabled:
		return th.StateOff
	}
	return th.StateWarn
}
