package main

import (
	"fmt"
	"strings"
	"time"

	"provkeys/client"
)

// wish is a new key as a person asks for it: group and certificate by name or
// id.
type wish struct {
	name        string
	kind        client.Kind
	group       string
	certificate string // "" for the kind's default
	maxUses     int64
	hidden      bool
	disabled    bool
	expires     time.Time
	allowed     []string
	microtenant client.ID // "" for the configured one
}

// made is a new key and what is known of it beforehand, names included.
type made struct {
	client.NewKey
	group  client.Group
	signer client.Certificate
}

// key is the new key as it will be.
func (m made) key() client.Key { return m.named(client.Key{Kind: m.Kind, Name: m.Name}) }

// named fills in what the answer that creates a key lacks.
func (m made) named(k client.Key) client.Key {
	if k.Group == "" {
		k.Group, k.GroupID = m.group.Name, m.group.ID
	}
	if k.Certificate == "" {
		k.Certificate, k.CertificateID = m.signer.Name, m.signer.ID
	}
	k.CertificateEnd = m.signer.ValidTo
	return k
}

// words says what the key is, behind its name.
func (m made) words() string {
	group := m.group.Name
	if group == "" {
		group = string(m.group.ID)
	}
	words := []string{m.Kind.Title(), "group " + group, "signing certificate " + m.signer.Name, fmt.Sprintf("max uses %d", m.MaxUses)}
	if m.Hidden {
		words = append(words, "hidden")
	}
	if m.Disabled {
		words = append(words, "disabled")
	}
	if !m.Expires.IsZero() {
		words = append(words, "expiry "+expiryWords(m.Expires))
	}
	if len(m.AllowedAddresses) > 0 {
		words = append(words, "allowed addresses "+strings.Join(m.AllowedAddresses, " "))
	}
	return strings.Join(words, ", ")
}
