package main

import (
	"net/http"
	"strings"
)

// outcomeLine is one result of a command that changes several keys.
type outcomeLine struct {
	Name, Kind, ID, Result string
	Changes                []struct{ Field, Before, After string }
	Request                *struct {
		Method, Path string
		Body         map[string]any
	}
	Key   *string
	Error *struct {
		Code                int
		Kind, Message, Hint string
	}
}

// outcomes returns what became of which key, by name.
func outcomes(lines []outcomeLine) map[string]string {
	all := map[string]string{}
	for _, l := range lines {
		all[l.Name] = l.Result
	}
	return all
}

// writes are the calls that changed keys, or tried to.
func (f *fixture) writes() []string {
	var list []string
	for _, r := range f.mock.Requests() {
		if r.Method != http.MethodGet && strings.Contains(r.Path, "provisioningKey") {
			list = append(list, r.Method)
		}
	}
	return list
}

// field returns a field of a key as the tenant holds it.
func (f *fixture) field(name, field string) any {
	f.t.Helper()
	kind, id, ok := f.mock.FindKey(name)
	if !ok {
		f.t.Fatalf("the tenant has no key %q", name)
	}
	fields, _ := f.mock.Key(kind, id)
	return fields[field]
}

// limits sets the max uses of keys, which nobody has used.
func (f *fixture) limits(limit string, names ...string) {
	f.t.Helper()
	for _, name := range names {
		f.set(name, "usageCount", "0")
		f.set(name, "maxUsage", limit)
	}
}

// attended puts somebody at the terminal who types these lines.
func (f *fixture) attended(lines ...string) {
	f.terminals[stdin], f.tty.lines = true, lines
	f.tty.Reset()
}
