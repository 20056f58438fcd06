package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// field is one member of a JSON object; raw is its value as JSON text.
type field struct{ name, raw string }

// object is a JSON object that keeps the order of its fields and the exact
// text of their values, so that a field nobody here has heard of comes back
// as it was sent.
type object struct{ fields []field }

// parseObject reads one JSON object. A field that occurs twice has its last
// value. The error is for anything else than one whole object.
func parseObject(data []byte) (*object, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	o := &object{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		text, isText := name.(string)
		if !isText {
			return nil, errors.New("a field name is not a string")
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		o.setRaw(text, string(raw))
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object")
	}
	return o, nil
}

// raw returns a field's JSON text, and whether the field is there.
func (o *object) raw(name string) (string, bool) {
	for i := range o.fields {
		if o.fields[i].name == name {
			return o.fields[i].raw, true
		}
	}
	return "", false
}

// text returns a string field unquoted, and any other field as its JSON text.
func (o *object) text(name string) string {
	raw, _ := o.raw(name)
	return unquote(raw)
}

// integer reads a whole number that travels as a JSON string or number.
func (o *object) integer(name string) (int64, bool) {
	n, err := strconv.ParseInt(o.text(name), 10, 64)
	return n, err == nil
}

// isTrue says whether a field holds true, as a boolean or as a string.
func (o *object) isTrue(name string) bool { return o.text(name) == "true" }

func (o *object) setRaw(name, raw string) {
	for i := range o.fields {
		if o.fields[i].name == name {
			o.fields[i].raw = raw
			return
		}
	}
	o.fields = append(o.fields, field{name, raw})
}

// setText sets a string field; an empty one is left out, as the API does.
func (o *object) setText(name, value string) {
	if value == "" {
		o.remove(name)
		return
	}
	o.setRaw(name, quote(value))
}

// setInt sets a number as the API writes it, a JSON string.
func (o *object) setInt(name string, value int64) {
	o.setRaw(name, `"`+strconv.FormatInt(value, 10)+`"`)
}

// newObject returns an object with room for so many fields.
func newObject(fields int) *object { return &object{fields: make([]field, 0, fields)} }

// addRaw, addText and addInt set a field that the object does not have yet: a
// tenant of many machines is made without looking for each of their fields.
func (o *object) addRaw(name, raw string) { o.fields = append(o.fields, field{name, raw}) }

func (o *object) addText(name, value string) {
	if value != "" {
		o.addRaw(name, quote(value))
	}
}

func (o *object) addInt(name string, value int64) {
	o.addRaw(name, `"`+strconv.FormatInt(value, 10)+`"`)
}

func (o *object) setBool(name string, value bool) {
	o.setRaw(name, strconv.FormatBool(value))
}

func (o *object) remove(name string) {
	o.fields = slices.DeleteFunc(o.fields, func(f field) bool { return f.name == name })
}

// without returns a copy that lacks the named fields.
func (o *object) without(names ...string) *object {
	rest := &object{fields: make([]field, 0, len(o.fields))}
	for _, f := range o.fields {
		if !slices.Contains(names, f.name) {
			rest.fields = append(rest.fields, f)
		}
	}
	return rest
}

// appendJSON appends the object as JSON.
func (o *object) appendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	for i, f := range o.fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, quote(f.name)...)
		dst = append(dst, ':')
		dst = append(dst, f.raw...)
	}
	return append(dst, '}')
}

// jsonArray returns the objects as one JSON array.
func jsonArray(list []*object) []byte {
	out := []byte{'['}
	for i, o := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = o.appendJSON(out)
	}
	return append(out, ']')
}

// quote writes a JSON string. HTML's characters stay as they are, as in the
// answers of the API.
func quote(s string) string {
	if !needsEscape(s) {
		return `"` + s + `"`
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// A string always encodes, and a strings.Builder takes every write.
	_ = enc.Encode(s)
	return strings.TrimSuffix(b.String(), "\n")
}

// needsEscape looks at bytes: what is beyond ASCII has none below 0x80.
func needsEscape(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return true
		}
	}
	return false
}

// unquote returns the text of a JSON string, and other JSON text as it is.
func unquote(raw string) string {
	if len(raw) < 2 || raw[0] != '"' {
		return raw
	}
	if !strings.Contains(raw, `\`) {
		return raw[1 : len(raw)-1]
	}
	var s string
	// What is stored was written by quote or checked by the decoder.
	_ = json.Unmarshal([]byte(raw), &s)
	return s
}
