package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/keytext"
)

// scalarType says how a value is written in JSON and YAML.
type scalarType int

const (
	null scalarType = iota
	text
	number
	truth
	list
)

// scalar is one value, or a list or an object inside another. The zero value is
// null.
type scalar struct {
	is    scalarType
	plain string // of a list or an object, what JSON and YAML both read as one
}

// field is one value under the name that JSON, YAML, CSV and --field share.
type field struct {
	name string
	scalar
}

// record is a key as a program reads it. Its fields and their order are a
// promise.
type record []field

func newRecord(k client.Key, v view) record {
	return record{
		{"id", textOf(string(k.ID))},
		{"name", textOf(k.Name)},
		{"kind", textOf(string(k.Kind))},
		{"group", textOf(k.Group)},
		{"group_id", textOf(string(k.GroupID))},
		{"uses", numberOf(k.Uses)},
		{"max_uses", numberOf(k.MaxUses)},
		{"left", numberOf(k.Left())},
		{"state", textOf(k.State(v.now, v.near).String())},
		{"enabled", truthOf(k.Enabled)},
		{"exportable", truthOf(k.Exportable)},
		{"managed", truthOf(k.Managed())},
		{"certificate", textOf(k.Certificate)},
		{"certificate_id", textOf(string(k.CertificateID))},
		{"certificate_valid_to", timeOf(k.CertificateEnd)},
		{"created", timeOf(k.Created)},
		{"modified", timeOf(k.Modified)},
		{"modified_by", textOf(k.ModifiedBy)},
		{"expires", timeOf(k.Expires)},
		{"key", keyOf(k, v)},
	}
}

func records(keys []client.Key, v view) []record {
	list := make([]record, 0, len(keys))
	for _, k := range keys {
		list = append(list, newRecord(k, v))
	}
	return list
}

// fieldNames returns the names of a key's fields, in order.
func fieldNames() []string { return newRecord(client.Key{}, view{}).names() }

// names returns the names of a record's fields, in order.
func (r record) names() []string {
	names := make([]string, 0, len(r))
	for _, f := range r {
		names = append(names, f.name)
	}
	return names
}

// get returns the value of a field; false when there is no such field.
func (r record) get(name string) (scalar, bool) {
	for _, f := range r {
		if f.name == name {
			return f.scalar, true
		}
	}
	return scalar{}, false
}

func textOf(s string) scalar    { return scalar{text, s} }
func listOf(s []string) scalar  { return scalar{list, jsonList(s)} }
func objectOf(r record) scalar  { return scalar{list, jsonLine(r)} }
func numberOf(n int64) scalar   { return scalar{number, strconv.FormatInt(n, 10)} }
func truthOf(v bool) scalar     { return scalar{truth, strconv.FormatBool(v)} }
func timeOf(t time.Time) scalar { return timeScalar(t.UTC()) }

// objectsOf is a list of objects, one a line.
func objectsOf(rs []record) scalar {
	if len(rs) == 0 {
		return scalar{list, "[]"}
	}
	lines := make([]string, 0, len(rs))
	for _, r := range rs {
		lines = append(lines, "    "+jsonLine(r))
	}
	return scalar{list, "[\n" + strings.Join(lines, ",\n") + "\n  ]"}
}

// textOrNull is null for no text.
func textOrNull(s string) scalar {
	if s == "" {
		return scalar{}
	}
	return textOf(s)
}

// timeScalar is null for the zero time, and for a year that RFC 3339 cannot
// write, which a faulty server may send.
func timeScalar(t time.Time) scalar {
	if t.IsZero() || t.Year() > 9999 {
		return scalar{}
	}
	return textOf(t.Format(time.RFC3339))
}

// keyOf returns the key text as the view allows it to be seen: null when it is
// hidden, masked, or the text itself. A damaged text is never written, because
// a terminal or a shell might act on it.
func keyOf(k client.Key, v view) scalar {
	switch {
	case isHidden(k), v.secrets && damage(k) != nil:
		return scalar{}
	case v.secrets:
		return textOf(k.Text.Reveal())
	}
	return textOf(k.Hint.Masked())
}

// revealed returns the keys whose text the view shows.
func revealed(keys []client.Key, v view) []client.Key {
	if !v.secrets {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(keys), func(k client.Key) bool { return keyOf(k, v).is == null })
}

// isHidden asks the copy function, at the zero time, whether the text is to be
// had at all.
func isHidden(k client.Key) bool {
	b := k.CopyBlock(time.Time{})
	return b != nil && b.Has(client.Hidden)
}

func damage(k client.Key) error { return keytext.Check(k.Text.Reveal()) }
