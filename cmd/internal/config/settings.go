package config

import (
	"cmp"
	"strconv"
	"strings"

	"provkeys/client"
)

// maskAlways is the word that keeps every key text off the screen.
const maskAlways = "always"

// Colours returns the words for the colour of a profile.
func Colours() []string { return []string{"red", "green", "yellow", "blue", "magenta", "cyan"} }

// choice is one setting: the layers that it may come from, and what reads it.
type choice struct {
	name      string
	over      setting // a flag, or a variable
	file      text
	usual     string // the default, as it would be written
	usualFrom string // the variable that the default follows from; "" is none
	read      func(value string) error
	fix       string // how to write it
}

// settings returns the file's settings under the overrides, over the defaults,
// and where each of them comes from.
func (f file) settings(over overrides, env Env) (Settings, []Fact, error) {
	var s Settings
	var facts []Fact
	for _, c := range f.choices(&s, over, env) {
		at, from := c.over, c.over.name
		switch {
		case at.value != "":
		case c.file != "":
			at, from = setting{string(c.file), c.name + " in " + f.path}, f.path
		default:
			at, from = setting{c.usual, c.name}, cmp.Or(c.usualFrom, fromDefault)
		}
		if err := c.read(at.value); err != nil {
			return s, nil, usage(c.fix, "%s %v", at.name, err)
		}
		facts = append(facts, Fact{c.name, at.value, from})
	}
	return s, append(facts, f.bindings(&s)...), nil
}

// choices returns the settings with the fields that they are read into.
func (f file) choices(s *Settings, over overrides, env Env) []choice {
	d := f.document
	const timeFix = " or 2m, or 0 for never"
	mask := words("mask", strictest(over.mask, d.Mask), d.Mask, new(string), "auto", maskAlways)
	known := mask.read
	mask.read = func(v string) error {
		s.MaskAlways = v == maskAlways
		return known(v)
	}
	ascii := toggle("ascii", over.ascii, d.ASCII, &s.ASCII)
	needed, locale := asciiOnly(env)
	ascii.usual, ascii.usualFrom = strconv.FormatBool(needed), locale
	return []choice{
		{
			name: "refresh", file: d.Refresh, usual: "30s", fix: "write a time such as 30s" + timeFix,
			read: func(v string) (err error) { s.Refresh, err = refresh(v); return err },
		},
		words("clipboard", over.clipboard, d.Clipboard, &s.Clipboard, "auto", "tmux", "native", "osc52", "command", "off"),
		{
			name: "clear_after", over: over.clearAfter, file: d.ClearAfter, usual: "45s", fix: "write a time such as 45s" + timeFix,
			read: func(v string) (err error) { s.ClearAfter, err = clearAfter(v); return err },
		},
		words("theme", over.theme, d.Theme, &s.Theme, "auto", "light", "dark", "mono"),
		toggle("mouse", over.mouse, d.Mouse, &s.Mouse),
		toggle("plain", over.plain, d.Plain, &s.Plain),
		ascii,
		{
			name: "near", file: d.Near, usual: "80%", fix: "write a share such as 80%, or a number of uses such as 5 left",
			read: func(v string) (err error) { s.Near, err = client.ParseThreshold(v); return err },
		},
		mask,
		{name: "view", file: d.View, read: func(v string) error { s.View = v; return nil }},
	}
}

// words is a setting that is one of some words, the first by default.
func words(name string, over setting, file text, field *string, known ...string) choice {
	return choice{
		name: name, over: over, file: file, usual: known[0],
		read: func(v string) error { return oneOf(v, field, known) }, fix: "use one of " + strings.Join(known, ", "),
	}
}

// toggle is a setting that is off by default.
func toggle(name string, over setting, file text, field *bool) choice {
	return choice{
		name: name, over: over, file: file, usual: "false",
		read: func(v string) (err error) { *field, err = truth(v); return err }, fix: "set it to true or false",
	}
}

// strictest leaves the file's word for the mask to count where the override would
// take it away: it is a safety.
func strictest(over setting, file text) setting {
	if over.value == "auto" && file != "" {
		return setting{}
	}
	return over
}
