package config

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// errByHand is about a file that is written in a way that only a person should
// change, such as in braces.
var errByHand = errors.New("it cannot be changed line by line")

// withProfile returns the file with one more profile, behind the others.
func withProfile(data []byte, d Draft) ([]byte, error) {
	o, err := outlineOf(data)
	if err != nil {
		return nil, err
	}
	p, there := o.field("profiles")
	if !there {
		depth := 0
		if len(o.top) > 0 {
			depth = o.top[0].depth
		}
		add := []string{blanks(depth) + "profiles:"}
		if len(o.lines) > 0 {
			add = append([]string{""}, add...)
		}
		o.lines = append(append(o.lines, add...), d.block(depth+2, 2)...)
		return o.bytes(), nil
	}
	if isEmpty(p.value) {
		o.replace(p.line, p.line+1, blanks(p.depth)+"profiles:"+comment(o.lines[p.line]))
		o.replace(p.line+1, p.line+1, d.block(p.depth+2, 2)...)
		return o.bytes(), nil
	}
	profiles, ok := fieldsOf(p.value)
	if !ok {
		return nil, errByHand
	}
	depth, step := profiles[0].depth, 2
	if fields, ok := fieldsOf(profiles[0].value); ok && fields[0].depth > depth {
		step = fields[0].depth - depth
	}
	end, block := o.after(p, o.top, len(o.lines), depth), d.block(depth, step)
	if isComment(o.lines[end-1], depth) {
		// Right above the name it would be the new profile's, and go with it.
		block = append([]string{""}, block...)
	}
	o.replace(end, end, block...)
	return o.bytes(), nil
}

// withoutProfile returns the file without a profile, the comment right above its
// name, and the choice of it as the default.
func withoutProfile(data []byte, name string) ([]byte, error) {
	o, err := outlineOf(data)
	if err != nil {
		return nil, err
	}
	all, _ := o.field("profiles")
	profiles, ok := fieldsOf(all.value)
	if !ok {
		return nil, errByHand
	}
	p, ok := named(profiles, name)
	if !ok {
		return nil, errByHand
	}
	limit := o.after(all, o.top, len(o.lines), p.depth)
	first, end := p.line, o.after(p, profiles, limit, p.depth+1)
	for first > all.line+1 && isComment(o.lines[first-1], p.depth) {
		first--
	}
	for end < limit && blank(o.lines[end]) && blank(o.lines[first-1]) {
		end++
	}
	if end == limit && blank(o.lines[first-1]) && isComment(o.lines[first-2], p.depth) {
		first-- // the line that withProfile puts below a comment
	}
	o.replace(first, end)
	if chosen, ok := o.field("profile"); ok && textOf(chosen.value) == name {
		line := chosen.line
		if line > first {
			line -= end - first
		}
		o.replace(line, line+1)
	}
	return o.bytes(), nil
}

// withDefault returns the file with a profile chosen as the default.
func withDefault(data []byte, name string) ([]byte, error) {
	o, err := outlineOf(data)
	if err != nil {
		return nil, err
	}
	write := func(depth int) string { return blanks(depth) + "profile: " + scalar(name) }
	if p, there := o.field("profile"); there {
		o.replace(p.line, p.line+1, write(p.depth)+behind(o.lines[p.line], p.value))
		return o.bytes(), nil
	}
	if len(o.top) == 0 {
		o.lines = append(o.lines, write(0))
		return o.bytes(), nil
	}
	// In front of the first field, whose comment stays with it unless it is the one
	// at the head of the file.
	first := o.top[0]
	line := first.line
	for line > 0 && isComment(o.lines[line-1], first.depth) {
		line--
	}
	if line == 0 {
		line = first.line
	}
	o.replace(line, line, write(first.depth))
	return o.bytes(), nil
}

// block writes the profile, its name at a depth and its fields a step further in.
func (d Draft) block(depth, step int) []string {
	all := []string{blanks(depth) + scalar(d.Name) + ":"}
	for _, line := range d.lines() {
		all = append(all, blanks(depth+step)+line)
	}
	return all
}

func blanks(n int) string { return strings.Repeat(" ", n) }

func isComment(line string, depth int) bool { return strings.HasPrefix(line, blanks(depth)+"#") }

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// isEmpty reports whether nothing stands behind a field, or {}.
func isEmpty(node ast.Node) bool {
	if m, ok := node.(*ast.MappingNode); ok {
		return len(m.Values) == 0
	}
	return node == nil || node.Type() == ast.NullType
}

// textOf returns a single value, "" for anything else.
func textOf(node ast.Node) string {
	var t text
	if node == nil || t.UnmarshalYAML(node) != nil {
		return ""
	}
	return string(t)
}

// comment returns the comment of a line with no text in it, and the blanks before it.
func comment(line string) string {
	if i := strings.Index(line, " #"); i >= 0 {
		return line[len(strings.TrimRight(line[:i], " ")):]
	}
	return ""
}

// behind returns the comment that follows a value in its line.
func behind(line string, value ast.Node) string {
	if isEmpty(value) {
		return comment(line)
	}
	tk := value.GetToken()
	runes := []rune(line)
	from := tk.Position.Column - 1 + len([]rune(strings.TrimSpace(tk.Origin)))
	if from > len(runes) {
		return ""
	}
	return comment(string(runes[from:]))
}
