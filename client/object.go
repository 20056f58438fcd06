package client

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

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
		// A nil list would be sent as null, which may mean that it stays.
		o.set("ipAcl", append([]string{}, *ch.AllowedAddresses...))
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
