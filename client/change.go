package client

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
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

// FieldConflict is one field that somebody else changed meanwhile.
type FieldConflict struct {
	Field Field
	Seen  string // the value that was shown
	Now   string // the value that the server holds
}

// Conflicts returns the fields in which a person can change a key and in which
// now differs from seen.
func Conflicts(seen, now Key) []FieldConflict {
	var list []FieldConflict
	add := func(f Field, a, b string) {
		if a != b {
			list = append(list, FieldConflict{Field: f, Seen: a, Now: b})
		}
	}
	add(FieldName, seen.Name, now.Name)
	add(FieldMaxUses, strconv.FormatInt(seen.MaxUses, 10), strconv.FormatInt(now.MaxUses, 10))
	add(FieldEnabled, yesNo(seen.Enabled), yesNo(now.Enabled))
	add(FieldExportable, yesNo(seen.Exportable), yesNo(now.Exportable))
	if seen.CertificateID != now.CertificateID {
		add(FieldCertificate, certificateWords(seen), certificateWords(now))
	}
	add(FieldExpires, timeWords(seen.Expires), timeWords(now.Expires))
	add(FieldAllowedAddresses, addressWords(seen.AllowedAddresses), addressWords(now.AllowedAddresses))
	return list
}

// addressWords writes addresses in one order: a server may keep them in another.
func addressWords(addresses []string) string {
	return strings.Join(slices.Sorted(slices.Values(addresses)), ", ")
}

func certificateWords(k Key) string { return k.Certificate + " (" + string(k.CertificateID) + ")" }

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
	return t.Format(time.RFC3339)
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

// check refuses what the server would refuse too.
func (ch Change) check(now Key) error {
	if now.Managed() {
		return ErrManaged
	}
	if ch.MaxUses != nil {
		return CheckMaxUses(*ch.MaxUses, now.Uses)
	}
	return nil
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

// object is a key as the server wrote it, every field raw, unknown ones
// included. It never holds the key text.
type object map[string]json.RawMessage

// decodeObject reads an object and drops the key text at once.
func decodeObject(body []byte) (object, error) {
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		return nil, err
	}
	delete(o, "provisioningKey")
	return o, nil
}

// notSent are the fields that the server keeps by itself.
var notSent = []string{"usageCount", "zcomponentName", "enrollmentCertName", "microtenantName", "creationTime", "modifiedTime"}

// overlay turns the object that was read as fresh into the body of an update:
// the whole object, the changed fields laid over it.
func (o object) overlay(ch Change, fresh Key) []byte {
	for _, name := range notSent {
		delete(o, name)
	}
	// Left out or empty, exportable counts as on, for good.
	o.set("exportable", fresh.Exportable)
	if ch.Name != nil {
		o.set("name", *ch.Name)
	}
	if ch.MaxUses != nil {
		o.set("maxUsage", strconv.FormatInt(*ch.MaxUses, 10))
	}
	if ch.CertificateID != nil {
		o.set("enrollmentCertId", string(*ch.CertificateID))
	}
	if ch.Enabled != nil {
		o.set("enabled", *ch.Enabled)
	}
	if ch.Exportable != nil {
		o.set("exportable", *ch.Exportable)
	}
	if ch.Expires != nil {
		delete(o, "expirationInEpochSec")
		if !ch.Expires.IsZero() {
			o.set("expirationInEpochSec", strconv.FormatInt(ch.Expires.Unix(), 10))
		}
	}
	if ch.AllowedAddresses != nil {
		o.set("ipAcl", *ch.AllowedAddresses)
	}
	return o.encode()
}

// encode writes the object with every value as it came, to the byte: the
// encoder would rewrite what is in them.
func (o object) encode() []byte {
	b := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		quoted, _ := json.Marshal(name) // a string always encodes
		b = append(append(append(b, quoted...), ':'), o[name]...)
	}
	return append(b, '}')
}

// set writes a string, a boolean or a list of strings, none of which can fail
// to encode.
func (o object) set(name string, value any) {
	raw, err := json.Marshal(value)
	if err == nil {
		o[name] = raw
	}
}
