package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// scalarType says how a value is written in JSON and YAML.
type scalarType int

const (
	null scalarType = iota
	text
	number
	truth
	list
	texts // a list of nothing but texts
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

// record is what a program reads of one row. Its fields and their order are a
// promise.
type record []field

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
func listOf(s []string) scalar  { return scalar{texts, jsonList(s)} }
func objectOf(r record) scalar  { return scalar{list, jsonLine(r)} }
func numberOf(n int64) scalar   { return scalar{number, strconv.FormatInt(n, 10)} }
func truthOf(v bool) scalar     { return scalar{truth, strconv.FormatBool(v)} }
func timeOf(t time.Time) scalar { return timeScalar(t.UTC()) }

// words returns the value where nothing has lists: the texts of one stand between
// blanks.
func (s scalar) words() string {
	if s.is != texts {
		return s.plain
	}
	var all []string
	// It was written as a list of texts.
	_ = json.Unmarshal([]byte(s.plain), &all)
	return strings.Join(all, " ")
}

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
