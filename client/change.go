package client

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// MaxMaxUses is the highest limit that the API accepts.
const MaxMaxUses = 999999999

// Change is what a person wants to be different; a nil field stays as it is.
type Change struct {
	Name             *string
	MaxUses          *int64
	CertificateID    *ID
	Enabled          *bool
	Exportable       *bool      // true to false only
	Expires          *time.Time // the zero time takes the end of life away
	AllowedAddresses *[]string
}

// Field is one field of a key that a person can change.
type Field string

// The fields that make a conflict. Uses, times and modifiedBy change with
// every enrolment and never make one.
const (
	FieldName             Field = "name"
	FieldMaxUses          Field = "max uses"
	FieldEnabled          Field = "enabled"
	FieldExportable       Field = "exportable"
	FieldCertificate      Field = "signing certificate"
	FieldExpires          Field = "expiry"
	FieldAllowedAddresses Field = "allowed addresses"
)

// FieldGroup is the group of a new key; it cannot be changed later.
const FieldGroup Field = "group"

// addressWords writes addresses in one order: a server may keep them in another.
func addressWords(addresses []string) string {
	if len(addresses) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(slices.Values(addresses)), ", ")
}

func certificateWords(k Key) string {
	if k.Certificate == "" {
		return string(k.CertificateID)
	}
	return k.Certificate + " (" + string(k.CertificateID) + ")"
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

func timeWords(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339)
}

// LimitError is a max uses that the key cannot have.
type LimitError struct {
	Asked, Uses int64
}

// Error says what the limit may be.
func (e *LimitError) Error() string {
	if max(0, e.Asked) < e.Uses {
		return fmt.Sprintf("max uses cannot be %d: the key has been used %d times already", e.Asked, e.Uses)
	}
	return fmt.Sprintf("max uses cannot be %d: it must be from 1 to %d", e.Asked, MaxMaxUses)
}

// Is reports that this is about the limit.
func (e *LimitError) Is(target error) bool { return target == ErrLimit }

// CheckMaxUses returns nil when a key used that many times may have the limit,
// else a *LimitError.
func CheckMaxUses(limit, uses int64) error {
	if limit < uses || limit < 1 || limit > MaxMaxUses {
		return &LimitError{Asked: limit, Uses: uses}
	}
	return nil
}

// Difference returns the change that gives the key from the values of the key to
// in every field that a person can change.
func Difference(from, to Key) Change {
	var ch Change
	if from.Name != to.Name {
		ch.Name = &to.Name
	}
	if from.MaxUses != to.MaxUses {
		ch.MaxUses = &to.MaxUses
	}
	if from.CertificateID != to.CertificateID {
		ch.CertificateID = &to.CertificateID
	}
	if from.Enabled != to.Enabled {
		ch.Enabled = &to.Enabled
	}
	if from.Exportable != to.Exportable {
		ch.Exportable = &to.Exportable
	}
	if from.Expires.Unix() != to.Expires.Unix() {
		ch.Expires = &to.Expires
	}
	if addressWords(from.AllowedAddresses) != addressWords(to.AllowedAddresses) {
		ch.AllowedAddresses = &to.AllowedAddresses
	}
	return ch
}

// IsZero reports whether nothing is to be different.
func (ch Change) IsZero() bool { return ch == Change{} }

// check refuses what the server would refuse too. What is odd otherwise is not
// refused here: it may be an older value that is put back.
func (ch Change) check(held Key) error {
	switch {
	case held.Managed():
		return ErrManaged
	case ch.Exportable != nil && *ch.Exportable && !held.Exportable:
		return &FieldError{FieldExportable, "cannot be turned on again"}
	case ch.MaxUses != nil:
		return CheckMaxUses(*ch.MaxUses, held.Uses)
	}
	return nil
}

// Applied returns k as the change makes it. Of another certificate only the id is
// known.
func (ch Change) Applied(k Key) Key {
	if ch.CertificateID != nil && *ch.CertificateID != k.CertificateID {
		k.Certificate, k.CertificateEnd = "", time.Time{}
	}
	apply(&k.Name, ch.Name)
	apply(&k.MaxUses, ch.MaxUses)
	apply(&k.CertificateID, ch.CertificateID)
	apply(&k.Enabled, ch.Enabled)
	apply(&k.Exportable, ch.Exportable)
	apply(&k.Expires, ch.Expires)
	apply(&k.AllowedAddresses, ch.AllowedAddresses)
	return k
}

func apply[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// heldBy reports whether k has every value that the change asks for.
func (ch Change) heldBy(k Key) bool {
	return (ch.Name == nil || *ch.Name == k.Name) &&
		(ch.MaxUses == nil || *ch.MaxUses == k.MaxUses) &&
		(ch.CertificateID == nil || *ch.CertificateID == k.CertificateID) &&
		(ch.Enabled == nil || *ch.Enabled == k.Enabled) &&
		(ch.Exportable == nil || *ch.Exportable == k.Exportable) &&
		(ch.Expires == nil || ch.Expires.Unix() == k.Expires.Unix()) && // the API keeps whole seconds
		(ch.AllowedAddresses == nil || addressWords(*ch.AllowedAddresses) == addressWords(k.AllowedAddresses))
}
