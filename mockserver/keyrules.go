package mockserver

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// joinedNames are the fields that come on GET only.
func joinedNames() []string {
	return []string{fieldGroupName, fieldCertName, fieldTenantName}
}

// ownedByServer are the fields of a key that no client can write; what a body
// says about them is ignored.
func ownedByServer() []string {
	return append(joinedNames(), fieldID, fieldUses, fieldText, fieldReadOnly, fieldManaged,
		fieldCreated, fieldModified, fieldModifiedBy)
}

// replaced returns stored with every field that is not owned by the server
// replaced by what the body says. Fields keep their places; new ones come last.
func replaced(stored, body *object, owned []string) *object {
	next := &object{}
	for _, f := range stored.fields {
		if slices.Contains(owned, f.name) {
			next.fields = append(next.fields, f)
		} else if raw, given := body.raw(f.name); given {
			next.fields = append(next.fields, field{f.name, raw})
		}
	}
	for _, f := range body.without(owned...).fields {
		next.setRaw(f.name, f.raw)
	}
	return next
}

// tidy writes a body's known fields as the API stores them: numbers as
// strings, switches as booleans, nothing empty. A switch left out is on.
func (t *tenant) tidy(k key) error {
	k.fields = slices.DeleteFunc(k.fields, func(f field) bool {
		return f.raw == "null" || f.raw == `""` || isEmptyArray(f.raw)
	})
	// However a name was escaped, equal names must be found equal.
	if raw, _ := k.raw(fieldName); strings.HasPrefix(raw, `"`) {
		k.setText(fieldName, unquote(raw))
	}
	if k.text(fieldTenant) == defaultTenantID {
		k.remove(fieldTenant)
	}
	for _, name := range []string{fieldMaxUses, fieldGroup, fieldCert, fieldExpiry, fieldTenant} {
		if _, given := k.raw(name); !given {
			continue
		}
		n, isNumber := k.integer(name)
		if !isNumber || n < 0 {
			return invalid(name, name+" must be a whole number")
		}
		k.setInt(name, n)
	}
	for _, name := range []string{fieldEnabled, fieldExportable} {
		switch _, given := k.raw(name); {
		case !given || k.text(name) == "true":
			k.setBool(name, true)
		case k.text(name) == "false":
			k.setBool(name, false)
		default:
			return invalid(name, name+" must be true or false")
		}
	}
	return nil
}

func isEmptyArray(raw string) bool {
	inner, isArray := strings.CutPrefix(raw, "[")
	return isArray && strings.TrimSpace(strings.TrimSuffix(inner, "]")) == ""
}

// check refuses a key that the API would not take; before is the key as it
// was, or nil for a new one.
func (t *tenant) check(k key, before *key, now time.Time) error {
	for _, rule := range []func(key, *key) error{
		t.checkName, t.checkMaxUses, t.checkGroup, t.checkCertificate,
		t.checkMicrotenant, checkAddresses,
	} {
		if err := rule(k, before); err != nil {
			return err
		}
	}
	// What has run out may stay: a key is never too old to be renamed.
	if before == nil && k.expired(now) {
		return invalid(fieldExpiry, "expirationInEpochSec is in the past")
	}
	if (before == nil || before.text(fieldCert) != k.text(fieldCert)) && t.certificateEnded(k, now) {
		return invalid(fieldCert, "this enrollment certificate has ended")
	}
	return nil
}

func (t *tenant) checkName(k key, before *key) error {
	raw, _ := k.raw(fieldName)
	name := k.text(fieldName)
	switch {
	case !strings.HasPrefix(raw, `"`) || strings.TrimSpace(name) == "":
		return invalid(fieldName, "name is required")
	case utf8.RuneCountInString(name) > maxNameLength:
		return invalid(fieldName, "name is longer than 255 characters")
	}
	if before != nil && before.text(fieldName) == name {
		return nil
	}
	if _, taken := t.keyNamed(name, k.kind); taken {
		return &Refusal{
			Status: http.StatusBadRequest, ID: "resource.already.exist",
			Reason: "a provisioning key of this kind has this name already", Params: []string{fieldName},
		}
	}
	return nil
}

func (t *tenant) checkMaxUses(k key, before *key) error {
	limit, given := k.integer(fieldMaxUses)
	switch {
	case !given:
		return invalid(fieldMaxUses, "maxUsage is required")
	case limit < 1 || limit > maxMaxUses:
		return invalid(fieldMaxUses, "maxUsage must be between 1 and "+strconv.Itoa(maxMaxUses))
	case before != nil && limit < before.uses():
		return invalid(fieldMaxUses, "maxUsage cannot be less than usageCount")
	}
	return nil
}

// checkGroup takes any id for a network connector's group, since the API gives
// nobody a list of those.
func (t *tenant) checkGroup(k key, before *key) error {
	id := k.text(fieldGroup)
	if id == "" {
		return invalid(fieldGroup, "zcomponentId is required")
	}
	if before != nil {
		if before.text(fieldGroup) != id {
			return invalid(fieldGroup, "zcomponentId cannot be changed")
		}
		return nil
	}
	if _, known := withID(t.groups[k.kind], id); !known && k.kind != KindNetworkConnector {
		return invalid(fieldGroup, "there is no such group for this kind")
	}
	return nil
}

func (t *tenant) checkCertificate(k key, _ *key) error {
	id := k.text(fieldCert)
	if id == "" {
		return invalid(fieldCert, "enrollmentCertId is required")
	}
	c, known := t.certificate(id)
	switch {
	case !known:
		return invalid(fieldCert, "there is no such enrollment certificate")
	case !c.isTrue(fieldMaySign):
		return invalid(fieldCert, "this enrollment certificate does not allow signing")
	}
	return nil
}

func (t *tenant) checkMicrotenant(k key, _ *key) error {
	id := k.text(fieldTenant)
	if id == "" {
		return nil
	}
	if _, known := withID(t.microtenants, id); !known {
		return invalid(fieldTenant, "there is no such microtenant")
	}
	return nil
}

// refuseUnhiding holds for what is said aloud. An update that says nothing
// turns exporting on: that is the trap of the real API.
func refuseUnhiding(k key, body *object) error {
	if k.hidden() && body.isTrue(fieldExportable) {
		return invalid(fieldExportable, "exportable cannot be turned on again")
	}
	return nil
}

func checkAddresses(k key, _ *key) error {
	raw, given := k.raw(fieldIPACL)
	if !given {
		return nil
	}
	var list []string
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return invalid(fieldIPACL, "ipAcl must be a list of strings")
	}
	for _, entry := range list {
		if !isAddress(entry) {
			return invalid(fieldIPACL, "ipAcl must hold addresses and networks alone")
		}
	}
	return nil
}

// isAddress takes 192.0.2.7 and 192.0.2.0/24, and no zone: that is a name on one
// machine alone.
func isAddress(entry string) bool {
	if a, err := netip.ParseAddr(entry); err == nil {
		return a.Zone() == ""
	}
	_, err := netip.ParsePrefix(entry)
	return err == nil
}
