package config

import (
	"bytes"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// outline is where the fields of a file stand, so that lines can be put in and
// taken out between those that somebody wrote.
type outline struct {
	lines []string // without their ends
	end   string   // of a line
	mark  []byte   // the byte order mark, or nothing
	top   []placed
}

// placed is a field or a profile at its place.
type placed struct {
	name  string
	line  int // from 0
	depth int // the blanks before it
	value ast.Node
}

// outlineOf returns the outline of a file that could be decoded. The error is
// errByHand where its fields do not stand one a line.
func outlineOf(data []byte) (outline, error) {
	body, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	o := outline{end: "\n"}
	if marked {
		o.mark = []byte("\ufeff")
	}
	if bytes.Contains(body, []byte("\r\n")) {
		o.end = "\r\n"
	}
	if content := strings.ReplaceAll(string(body), "\r\n", "\n"); content != "" {
		o.lines = strings.Split(strings.TrimSuffix(content, "\n"), "\n")
	}
	parsed, err := parser.ParseBytes([]byte(strings.Join(o.lines, "\n")), 0)
	if err != nil {
		return o, errByHand
	}
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		top, ok := fieldsOf(doc.Body)
		if !ok {
			return o, errByHand
		}
		o.top = top
	}
	return o, nil
}

// fieldsOf returns the fields of a mapping that has one a line.
func fieldsOf(node ast.Node) ([]placed, bool) {
	if m, ok := node.(*ast.MappingNode); ok && m.IsFlowStyle {
		return nil, false
	}
	m, ok := node.(ast.MapNode)
	if !ok {
		return nil, false
	}
	var all []placed
	for i := m.MapRange(); i.Next(); {
		var name text
		if err := name.UnmarshalYAML(i.Key()); err != nil {
			return nil, false
		}
		where := i.Key().GetToken().Position
		all = append(all, placed{string(name), where.Line - 1, where.Column - 1, i.Value()})
	}
	return all, len(all) > 0
}

// field returns a field of the outermost level.
func (o outline) field(name string) (placed, bool) { return named(o.top, name) }

func named(all []placed, name string) (placed, bool) {
	for _, p := range all {
		if p.name == name {
			return p, true
		}
	}
	return placed{}, false
}

// after returns the first line behind a field: blank lines and comments in front of
// the next belong to that. Below is how far inwards a comment is still the field's.
func (o outline) after(p placed, all []placed, limit, below int) int {
	end := limit
	for _, next := range all {
		if next.line > p.line {
			end = min(end, next.line)
		}
	}
	for end > p.line+1 && o.isBetween(end-1, below) {
		end--
	}
	return end
}

// isBetween reports whether a line is blank, the end of the document, or a comment
// that stands further out than below.
func (o outline) isBetween(line, below int) bool {
	content := strings.TrimLeft(o.lines[line], " \t")
	depth := len(o.lines[line]) - len(content)
	return content == "" || strings.HasPrefix(content, "#") && depth < below || strings.HasPrefix(o.lines[line], "...")
}

// replace puts lines into the place of those from first to last, last excluded.
func (o *outline) replace(first, last int, lines ...string) {
	var all []string
	all = append(append(append(all, o.lines[:first]...), lines...), o.lines[last:]...)
	o.lines = all
}

// bytes returns the file.
func (o outline) bytes() []byte {
	if len(o.lines) == 0 {
		return o.mark
	}
	return append(bytes.Clone(o.mark), strings.Join(o.lines, o.end)+o.end...)
}
