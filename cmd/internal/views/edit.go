package views

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"unicode"

	"provkeys/client/catalog"
)

// header begins a new file.
const header = "# Saved views of provkeys: a filter with its sort and columns, under a name.\n"

// with returns the file with a view in it, in place of the one of its name.
func (d document) with(view catalog.View) ([]byte, error) {
	if !d.inLines() {
		return nil, errByHand()
	}
	want := d.views()
	want[view.Name] = catalog.Saved{View: view}
	for i, e := range d.entries {
		if e.Name == view.Name {
			if fresh, err := d.amended(i, view, want); err == nil {
				return fresh, nil
			}
			start, end := d.span(i)
			return d.spliced(start, end, render(view, d.indent(e)), want)
		}
	}
	if n := len(d.entries); n > 0 {
		_, end := d.span(n - 1)
		return d.spliced(end, end, render(view, d.indent(d.entries[n-1])), want)
	}
	text := render(view, "  ")
	if d.field > 0 {
		field := d.lines()[d.field-1]
		return d.spliced(d.field-1, d.field, withEnd(emptyBraces.ReplaceAllString(field, "$1"))+text, want)
	}
	text = "views:\n" + text
	if len(d.data) == 0 {
		text = header + text
	}
	end := len(d.lines())
	return d.spliced(end, end, text, want)
}

// emptyBraces are those of a field without any views.
var emptyBraces = regexp.MustCompile(`^([^#{]*:)[ \t]*\{[ \t]*\}`)

// without returns the file without a view, the comments before it left.
func (d document) without(name string) ([]byte, error) {
	if !d.inLines() {
		return nil, errByHand()
	}
	want := d.views()
	delete(want, name)
	for i, e := range d.entries {
		if e.Name == name {
			start, end := d.span(i)
			return d.spliced(start, end, "", want)
		}
	}
	return nil, ErrNotFound
}

// spliced returns the file with text in place of the lines from start up to end,
// counted from 0. It has to hold the views that are wanted: YAML has more ways to
// write them than lines can be cut from.
func (d document) spliced(start, end int, text string, want map[string]catalog.Saved) ([]byte, error) {
	all := d.lines()
	if start > 0 {
		all[start-1] = withEnd(all[start-1])
	}
	if bytes.Contains(d.data, []byte("\r\n")) {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
	}
	fresh := []byte(strings.Join(all[:start], "") + text + strings.Join(all[end:], ""))
	after, err := parse(fresh)
	if err != nil || !maps.EqualFunc(want, after.views(), same) {
		return nil, errByHand()
	}
	return fresh, nil
}

// withEnd returns a line with its end, which the last one may lack.
func withEnd(line string) string {
	if strings.HasSuffix(line, "\n") {
		return line
	}
	return line + "\n"
}

func errByHand() error {
	return errors.New("it is written in a way that cannot be changed from here: edit it by hand, each view's name on a line of its own below views")
}

// inLines reports whether views begin in lines as they are counted here. YAML also
// ends them by a carriage return alone.
func (d document) inLines() bool {
	last := len(d.lines())
	for _, e := range d.entries {
		if e.line < 1 || e.line > last {
			return false
		}
	}
	return d.field <= last
}

// views returns the views by name.
func (d document) views() map[string]catalog.Saved {
	all := make(map[string]catalog.Saved, len(d.entries))
	for _, e := range d.entries {
		all[e.Name] = e.Saved
	}
	return all
}

// same reports whether two files say the same of a view. The lines of faults move.
func same(a, b catalog.Saved) bool {
	return a.Filter == b.Filter && a.Same(b.View) && (a.Fault == nil) == (b.Fault == nil)
}

// span returns the lines of a view, counted from 0: from its name up to what
// stands between it and the next one.
func (d document) span(i int) (start, end int) {
	all := d.lines()
	start, end = d.entries[i].line-1, len(all)
	if i+1 < len(d.entries) {
		end = d.entries[i+1].line - 1
	}
	for end > start+1 && isRemark(all[end-1]) {
		end--
	}
	return start, end
}

// isRemark reports whether a line says nothing to the program.
func isRemark(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || strings.HasPrefix(line, "#")
}

// lines returns the lines of the file, each with its end.
func (d document) lines() []string {
	if len(d.data) == 0 {
		return nil
	}
	all := strings.SplitAfter(string(d.data), "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

// indent returns the blanks before a view's name.
func (d document) indent(e entry) string {
	return margin(d.lines()[e.line-1])
}

// render returns a view as it stands in the file. What is as usual is left out.
func render(view catalog.View, indent string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s:\n", indent, scalar(view.Name))
	for _, f := range fieldsOf(view) {
		if f.text != "" {
			b.WriteString(indent + "  " + f.name + ": " + f.text + "\n")
		}
	}
	return b.String()
}

// field is one of a view's as it is written; no text where it is left out.
type field struct{ name, text string }

func fieldsOf(view catalog.View) []field {
	written := func(value string) string {
		if value == "" {
			return ""
		}
		return scalar(value)
	}
	sort, reverse := "", ""
	if view.Sort != catalog.ByName || view.Reverse {
		sort = view.Sort.String()
	}
	if view.Reverse {
		reverse = "true"
	}
	return []field{
		{"filter", written(view.Filter)}, {"kind", written(string(view.Kind))}, {"sort", written(sort)},
		{"reverse", reverse}, {"columns", written(view.Columns.String())},
	}
}

// plainScalar is what YAML takes for a text without quotes, whatever it says.
var plainScalar = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*([ ,=][A-Za-z0-9_./-]+)*$`)

// scalar writes a text in one line, in quotes where YAML asks for them.
func scalar(text string) string {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return "'" + text + "'"
	}
	switch {
	case plainScalar.MatchString(text):
		return text
	case strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }):
		quoted, _ := json.Marshal(text) // a string always encodes
		return string(quoted)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
