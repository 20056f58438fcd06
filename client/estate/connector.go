package estate

import (
	"fmt"
	"time"

	"provkeys/client"
)

// Health is what is known of a connector's connection. Its String is the word that
// screens and tables show.
type Health int

// What becomes of connectors, what asks for a look first.
const (
	Disconnected Health = iota
	NeverSeen           // it enrolled and never called home
	Unknown             // the vendor does not say
	Disabled            // whatever its connection
	Connected
)

// String returns the word.
func (h Health) String() string {
	switch h {
	case Disconnected:
		return "disconnected"
	case NeverSeen:
		return "never"
	case Unknown:
		return "unknown"
	case Disabled:
		return "disabled"
	}
	return "connected"
}

// MarshalText returns the word.
func (h Health) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// Fate is what has become of the key that a connector enrolled with.
type Fate int

// The fates of a key. One that is gone keeps its connectors from being upgraded.
const (
	FateUnknown Fate = iota
	KeyHeld
	KeyGone
)

// Connector is a row of the page of connectors.
type Connector struct {
	client.Connector // its Key is the key's present name where it is at hand
	Health           Health
	// Away is how long ago it was last seen: 0 while it is connected, less than 0
	// where nobody knows.
	Away    time.Duration
	Age     time.Duration // since it enrolled, less than 0 where nobody knows
	KeyFate Fate
}

// Connectors returns every connector by name, kind and id.
func Connectors(s Source) []Connector {
	names := make(map[client.Ref]string, len(s.Keys))
	for i := range s.Keys {
		names[s.Keys[i].Ref()] = s.Keys[i].Name
	}
	rows := make([]*Connector, 0, len(s.Connectors))
	for _, c := range s.Connectors {
		row := &Connector{Connector: c, Health: healthOf(c), Age: since(c.Created, s.Now)}
		if !isConnected(c) {
			row.Away = since(c.LastDisconnect, s.Now)
		}
		name, held := names[row.KeyRef()]
		switch {
		case c.KeyID == "":
		case held:
			row.Key, row.KeyFate = name, KeyHeld
		case !s.KeysUnknown[c.Kind]:
			row.KeyFate = KeyGone
		}
		rows = append(rows, row)
	}
	return arranged(rows)
}

// Status returns the health in words, with how long it has been away: "disconnected
// 3d".
func (c Connector) Status() string {
	if c.Health != Disconnected || c.Away < 0 {
		return c.Health.String()
	}
	return c.Health.String() + " " + ago(c.Away)
}

// Update returns the version that it is to be upgraded to, "" where it has that or
// nothing is known.
func (c Connector) Update() string {
	if c.Version == "" || c.Version == c.ExpectedVersion {
		return ""
	}
	return c.ExpectedVersion
}

// KeyRef returns what names the key that it enrolled with, which need not be there
// any more.
func (c Connector) KeyRef() client.Ref { return client.Ref{Kind: c.Kind, ID: c.KeyID} }

// GroupRef returns what names its group.
func (c Connector) GroupRef() client.Ref { return client.Ref{Kind: c.Kind, ID: c.GroupID} }

func healthOf(c client.Connector) Health {
	switch {
	case !c.Enabled:
		return Disabled
	case isConnected(c):
		return Connected
	case c.ControlStatus == "ZPN_STATUS_DISCONNECTED":
		return Disconnected
	case c.ControlStatus == "" && c.Version == "" && c.LastConnect.IsZero() && c.LastDisconnect.IsZero():
		return NeverSeen
	}
	return Unknown
}

func isConnected(c client.Connector) bool { return c.ControlStatus == "ZPN_STATUS_AUTHENTICATED" }

// since returns how long ago a moment was, less than 0 for none.
func since(moment, now time.Time) time.Duration {
	if moment.IsZero() {
		return -1
	}
	return max(now.Sub(moment), 0) // clocks differ
}

// ago writes a time in one unit, rounded down.
func ago(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%dm", d/time.Minute)
}
