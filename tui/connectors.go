package tui

import (
	"fmt"
	"strings"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// connectorColumns are the columns of the page of connectors.
func connectorColumns(width int) []table.Column {
	name := 24
	if width < barFrom {
		name = 20
	}
	return []table.Column{
		{Title: "NAME", Min: name, Max: 48, Weight: 3},
		{Title: "HEALTH", Min: 16},
		{Title: "VERSION", Min: 11, Max: 16, Weight: 1, Priority: 3},
		{Title: "KEY", Min: 16, Max: 32, Weight: 2, Priority: 1},
		{Title: "GROUP", Min: 12, Max: 28, Weight: 1, Priority: 2},
		{Title: "KIND", Min: 17, Priority: 4},
	}
}

func (m *Model) connectorRows() table.Source {
	return otherRows[estate.Connector]{
		screen: &m.connectors, look: m.look(), cells: m.connectorCells, details: m.connectorDetails,
		dim: func(kind client.Kind) bool { return m.fleet.machines[kind].stale() },
	}
}

// connectorCells returns a connector's row, one cell a column.
func (m *Model) connectorCells(c estate.Connector, l look) []table.Cell {
	plain := func(text string) table.Cell { return table.Cell{Text: style.Sanitize(text), Style: l.theme.Text} }
	version, look := c.Version, l.theme.Text
	if c.Update() != "" {
		look = l.theme.StateWarn
	}
	key := plain(c.Key)
	if c.KeyFate == estate.KeyGone {
		key = table.Cell{Text: style.Sanitize(strings.TrimSpace(c.Key + " gone")), Style: l.theme.StateBad}
	}
	return []table.Cell{
		plain(c.Name),
		{Text: c.Status(), Style: healthStyle(c.Health, l.theme)},
		{Text: style.Sanitize(version), Style: look},
		key, plain(c.Group),
		{Text: c.Kind.Title(), Style: l.theme.Faint},
	}
}

func healthStyle(h estate.Health, th style.Theme) style.Style {
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

// connectorDetails returns the lines of an open connector.
func (m *Model) connectorDetails(c estate.Connector, l look) []detail {
	lines := []detail{{"health", connectionWords(c, l)}, {"version", versionWords(c)}, {"key", keyOfConnector(c)}}
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, detail{label, style.Sanitize(text)})
		}
	}
	add("group", c.Group)
	add("certificate", c.Certificate)
	add("addresses", strings.Join(present("private "+c.PrivateIP, c.PrivateIP, "public "+c.PublicIP, c.PublicIP), ", "))
	add("platform", c.Platform)
	add("fingerprint", c.Fingerprint)
	add("enrolled", momentOf(c.Created, l.now))
	add("microtenant", c.Microtenant)
	lines = append(lines, detail{"to add one", m.howToAdd(c.GroupRef())})
	return append(lines, detail{"kind", c.Kind.Title() + " " + l.theme.Glyphs.Separator + " id " + style.Sanitize(string(c.ID))})
}

// present returns every first of the pairs whose second is not empty.
func present(pairs ...string) []string {
	var list []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			list = append(list, pairs[i])
		}
	}
	return list
}

// connectionWords says whether a connector is there, and since when not.
func connectionWords(c estate.Connector, l look) string {
	switch {
	case c.Health == estate.NeverSeen:
		return "never: it enrolled and has not called home yet"
	case c.Health == estate.Connected && !c.LastConnect.IsZero():
		return "connected since " + moment(c.LastConnect, l.now)
	case c.Health == estate.Disconnected && !c.LastDisconnect.IsZero():
		return "disconnected since " + moment(c.LastDisconnect, l.now)
	}
	return c.Health.String()
}

func versionWords(c estate.Connector) string {
	switch {
	case c.Version == "":
		return "not known"
	case c.Update() != "":
		return style.Sanitize(fmt.Sprintf("%s, to be %s", c.Version, c.Update()))
	}
	return style.Sanitize(c.Version)
}

// keyOfConnector says what has become of the key that a connector enrolled with.
func keyOfConnector(c estate.Connector) string {
	name := style.Sanitize(c.Key)
	switch {
	case c.KeyFate == estate.KeyGone:
		return strings.TrimSpace(name + " (id " + style.Sanitize(string(c.KeyID)) + ") is gone: without it the connector is not upgraded any more")
	case c.KeyID == "":
		return "not known"
	}
	return name
}
