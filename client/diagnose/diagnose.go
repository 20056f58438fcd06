// Package diagnose says what a pasted key text is and what a connector's log
// tells, compared with the keys of a tenant and with what is remembered of those
// that the API does not show.
//
// It knows keys, their texts and what machines report. It is pure: it asks
// nobody, keeps nothing, and nothing that it returns but Finding.Repaired holds
// any part of a text beyond its host and the seven characters that connectors
// log. It never names a key that it cannot prove.
package diagnose

import (
	"slices"
	"strings"
	"time"

	"provkeys/client"
)

// Known is what a text or a log is compared with. The zero value knows nothing.
type Known struct {
	Keys     []client.Key
	Machines []client.Connector // of every kind: App Connectors, Service Edges, controllers
	Memory   Memory             // nil for none
	Now      time.Time
	// Complete says that Keys are all there are, those of the kinds in Unread aside:
	// only then "none of them" is an answer.
	Complete bool
	// Unread are the kinds whose keys the role may not read. A remembered key of
	// one of them is never said to be gone. Where all are refused, Complete is false.
	Unread []client.Kind
	// Customer is the id of the tenant that Keys are of; "" where it is not known,
	// and then what the memory knows counts as this tenant's. Without keys it says
	// that a tenant was asked, and did not answer.
	Customer string
}

// unread reports whether the keys of a kind may not be read.
func (k Known) unread(kind client.Kind) bool { return slices.Contains(k.Unread, kind) }

// asked reports whether a tenant was asked for keys, whatever came of it.
func (k Known) asked() bool {
	return k.Complete || k.Customer != "" || len(k.Keys) > 0 || len(k.Unread) > 0
}

// unreadWords ends a sentence with the kinds that may not be read: "; network
// connector and cloud controller keys may not be read". It is "" for none.
func (k Known) unreadWords() string {
	if len(k.Unread) == 0 {
		return ""
	}
	kinds := make([]string, 0, len(k.Unread))
	for _, kind := range k.Unread {
		kinds = append(kinds, kind.Title())
	}
	last := len(kinds) - 1
	words := kinds[last]
	if last > 0 {
		words = strings.Join(kinds[:last], ", ") + " and " + words
	}
	return "; " + words + " keys may not be read"
}

// Memory recognises texts that the API does not show: of hidden keys and of keys
// that are gone.
type Memory interface {
	// ByText returns the key that the text was, to the byte.
	ByText(text client.Secret) (Remembered, bool)
	// ByPrefix returns the keys whose text began with these three; more than one
	// proves nothing.
	ByPrefix(version, host, prefix string) []Remembered
}

// Remembered is a key as it was when its text passed through here.
type Remembered struct {
	Key      client.Ref
	Name     string
	Group    string
	Customer string // the tenant's id
	At       time.Time
}

// Relation says how sure it is that a text is a key's.
type Relation string

// The relations. Their words are a promise.
const (
	Same   Relation = "same"   // to the byte
	Almost Relation = "almost" // one damage away, and no other key is anywhere near
)

// Match is the key that a text is or almost is, or that a log line speaks of.
type Match struct {
	Relation Relation
	Key      client.Key // as the tenant holds it; of a remembered one only kind, id, name and group are known
	// Remembered is when the text was seen here, where only the memory knew it.
	Remembered time.Time
	Customer   string // of a remembered key
	// Gone says that the tenant holds no such key any more. It is only said where
	// all keys are known.
	Gone       bool
	Difference string // of Almost: "13 characters are missing at the end"
}

// Words names the match: "eu-west-1-asg (app connector, EU West 1)". The names
// are the server's, and not yet safe to print.
func (m Match) Words() string {
	words := m.Key.Name + " (" + m.Key.Kind.Title()
	if m.Key.Group != "" {
		words += ", " + m.Key.Group
	}
	return words + ")"
}
