package estate

import (
	"slices"

	"provkeys/client"
	"provkeys/client/internal/filter"
)

// connectorField is what one term of a filter for connectors looks at.
type connectorField int

const (
	connectorName connectorField = iota
	connectorGroup
	connectorKey
	connectorKind
	connectorID
	connectorVersion
	connectorPlatform
	connectorAddress
	connectorFingerprint
	connectorCertificate
	connectorTenant
	connectorState
	connectorFlag
	connectorSeen
	connectorCreated
)

// The flags of a connector, in the order of their words.
const (
	connectorIsConnected = iota
	connectorIsDisconnected
	connectorIsDisabled
	connectorIsOutdated
	connectorIsOrphaned
)

func (c *Connector) title() string { return c.Name }

func (c *Connector) language() filter.Language {
	flags := []string{
		connectorIsConnected: "connected", connectorIsDisconnected: "disconnected", connectorIsDisabled: "disabled",
		connectorIsOutdated: "outdated", connectorIsOrphaned: "orphaned",
	}
	return filter.Language{Rows: "a connector", Columns: []filter.Column{
		connectorName:        {Word: "name", Text: true, Example: "name:blue"},
		connectorGroup:       {Word: "group", Text: true, Example: "group:emea"},
		connectorKey:         {Word: "key", Text: true, Example: "key:asg"},
		connectorKind:        {Word: "kind", Text: true, Example: "kind:service-edge"},
		connectorID:          {Word: "id", Text: true, Example: "id:58856"},
		connectorVersion:     {Word: "version", Text: true, Example: "version:24"},
		connectorPlatform:    {Word: "platform", Text: true, Example: "platform:el9"},
		connectorAddress:     {Word: "ip", Text: true, Example: "ip:192.0.2"},
		connectorFingerprint: {Word: "fingerprint", Text: true, Example: "fingerprint:oXaN4"},
		connectorCertificate: {Word: "cert", Alias: "certificate", Text: true, Example: "cert:connector"},
		connectorTenant:      {Word: "microtenant", Text: true, Example: "microtenant:lab"},
		connectorState:       {Word: "state", Choices: healthWords(), Noun: "state", Example: "state:connected"},
		connectorFlag:        {Word: "is", Choices: flags, Example: "is:disconnected"},
		connectorSeen:        {Word: "seen", Measure: filter.Period, Example: "seen<7d"},
		connectorCreated:     {Word: "created", Measure: filter.Period, Example: "created<7d"},
	}}
}

func healthWords() []string {
	var words []string
	for h := Disconnected; h <= Connected; h++ {
		words = append(words, h.String())
	}
	return words
}

func (c *Connector) holds(t *filter.Term) bool {
	switch connectorField(t.Column) {
	case connectorState:
		return c.Health == Health(t.Choice)
	case connectorFlag:
		return c.flagHolds(t.Choice)
	case connectorSeen:
		return c.Away >= 0 && t.PeriodHolds(c.Away)
	case connectorCreated:
		return c.Age >= 0 && t.PeriodHolds(c.Age)
	}
	return c.textHolds(t)
}

func (c *Connector) textHolds(t *filter.Term) bool {
	switch connectorField(t.Column) {
	case connectorName:
		return among(t, c.Name)
	case connectorGroup:
		return among(t, c.Group, string(c.GroupID))
	case connectorKey:
		return among(t, c.Key, string(c.KeyID))
	case connectorKind:
		return among(t, string(c.Kind), c.Kind.Title())
	case connectorID:
		return among(t, string(c.ID))
	case connectorVersion:
		return among(t, c.Version)
	case connectorPlatform:
		return among(t, c.Platform)
	case connectorAddress:
		return among(t, c.PrivateIP, c.PublicIP)
	case connectorFingerprint:
		return among(t, c.Fingerprint)
	case connectorCertificate:
		return among(t, c.Certificate, string(c.CertificateID))
	case connectorTenant:
		return among(t, c.Microtenant, string(c.MicrotenantID))
	}
	return among(t, c.Name, c.Group, c.Key, string(c.ID))
}

func (c *Connector) flagHolds(flag int) bool {
	switch flag {
	case connectorIsConnected:
		return isConnected(c.Connector)
	case connectorIsDisconnected:
		return c.Health == Disconnected
	case connectorIsDisabled:
		return !c.Enabled
	case connectorIsOutdated:
		return c.Update() != ""
	}
	return c.KeyFate == KeyGone
}

func (c *Connector) columns() []Column {
	return []Column{
		ByName, ByKind, ByState, BySeen, ByVersion, ByKey, ByGroup, ByCertificate, ByPlatform, ByCreated, ByMicrotenant, ByID,
	}
}

func (c *Connector) text(by Column) string {
	switch by {
	case ByName:
		return c.Name
	case ByGroup:
		return c.Group
	case ByKey:
		return c.Key
	case ByVersion:
		return c.Version
	case ByCertificate:
		return c.Certificate
	case ByPlatform:
		return c.Platform
	case ByMicrotenant:
		return c.Microtenant
	case ByID:
		return string(c.ID)
	}
	return ""
}

func (c *Connector) number(by Column) (n int64, known bool) {
	switch by {
	case ByKind:
		return int64(slices.Index(client.Kinds(), c.Kind)), true
	case ByState:
		return int64(c.Health), true
	case BySeen:
		return int64(c.Away), c.Away >= 0
	case ByCreated:
		return c.Created.Unix(), !c.Created.IsZero()
	}
	return 0, false
}
