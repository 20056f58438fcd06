package views

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"provkeys/client"
	"provkeys/client/catalog"
)

// document is a views file as it stands.
type document struct {
	data    []byte
	entries []entry
	// field is the line of the field that has the views, from 1; 0 where the file
	// has none yet.
	field int
}

// entry is one view in the file.
type entry struct {
	catalog.Saved
	line   int // of its name, from 1
	fields []placed
}

// placed is a field of a view that has one a line.
type placed struct {
	name  string
	line  int // from 1
	value ast.Node
}

// lineError is what is wrong in a line of a file.
type lineError struct {
	line int // from 1; 0 when unknown
	what string
}

func (e *lineError) Error() string {
	if e.line == 0 {
		return e.what
	}
	return fmt.Sprintf("line %d: %s", e.line, e.what)
}

func at(node ast.Node, format string, args ...any) error {
	return &lineError{lineOf(node), fmt.Sprintf(format, args...)}
}

// parse reads a views file. A faulty view is among the entries; the error says
// that no view can be told from another.
func parse(data []byte) (document, error) {
	d := document{data: data}
	// A field that stands in a view twice is the fault of that view alone.
	text := bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	parsed, err := parser.ParseBytes(text, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return d, plain(err)
	}
	var body ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if body != nil {
			return d, at(doc.Body, "a second document begins; only one is read")
		}
		body = doc.Body
	}
	if body == nil {
		return d, nil
	}
	fields, ok := body.(*ast.MappingNode)
	if !ok {
		return d, at(body, "the field views is expected")
	}
	for _, field := range fields.Values {
		if name := field.Key.GetToken().Value; name != "views" {
			return d, at(field.Key, "unknown field%s: only views is known", quoted(name))
		}
		if d.field > 0 {
			return d, at(field.Key, "views stands here for the second time")
		}
		d.field = lineOf(field.Key)
		if err := d.readViews(field.Value); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (d *document) readViews(node ast.Node) error {
	if node.Type() == ast.NullType {
		return nil
	}
	named, ok := node.(*ast.MappingNode)
	switch {
	case isLinked(node):
		return at(node, "%s", unlinked)
	case !ok:
		return at(node, "names are expected, indented below views, each with its fields below it")
	}
	lines := map[string]int{}
	for _, v := range named.Values {
		e := entry{line: lineOf(v.Key)}
		e.View, e.Fault = readView(v.Value)
		e.fields = placesOf(v.Value)
		e.Name = v.Key.GetToken().Value
		if first, twice := lines[e.Name]; twice {
			return at(v.Key, "the name of the view in line %d stands here again: change one of them", first)
		}
		lines[e.Name] = e.line
		if err := catalog.CheckViewName(e.Name); err != nil {
			e.Fault = at(v.Key, "%v", err)
		}
		d.entries = append(d.entries, e)
	}
	return nil
}

// readView returns a view without its name: what can be read of it, and the first
// fault.
func readView(node ast.Node) (catalog.View, error) {
	var view catalog.View
	if node.Type() == ast.NullType {
		return view, nil
	}
	fields, ok := node.(*ast.MappingNode)
	switch {
	case isLinked(node):
		return view, at(node, "%s", unlinked)
	case !ok:
		return view, at(node, "fields are expected, such as filter: used>=80%%, indented below the name")
	}
	var fault error
	seen := map[string]bool{}
	for _, field := range fields.Values {
		name := field.Key.GetToken().Value
		text, err := textOf(field.Value)
		switch {
		case err != nil:
		case seen[name]:
			err = at(field.Key, "the field%s stands here for the second time", quoted(name))
		default:
			if err = readField(&view, name, text); err != nil {
				err = at(field.Key, "%v", err)
			}
		}
		seen[name] = true
		if fault == nil {
			fault = err
		}
	}
	return view, fault
}

// placesOf returns the fields of a view, none where they are in braces.
func placesOf(node ast.Node) []placed {
	fields, ok := node.(*ast.MappingNode)
	if !ok || fields.IsFlowStyle {
		return nil
	}
	var all []placed
	for _, field := range fields.Values {
		all = append(all, placed{field.Key.GetToken().Value, lineOf(field.Key), field.Value})
	}
	return all
}

// unlinked is what to do with a text that stands elsewhere in the file.
const unlinked = "an anchor (&) or alias (*) cannot stand here: write out what it means"

// isLinked reports whether a node is another's text, or one that others refer to.
func isLinked(node ast.Node) bool {
	return node.Type() == ast.AnchorType || node.Type() == ast.AliasType
}

func readField(view *catalog.View, name, text string) (err error) {
	switch name {
	case "filter":
		view.Filter = text
		return catalog.View{Filter: text}.Check()
	case "kind":
		view.Kind = client.Kind(text)
		return catalog.View{Kind: view.Kind}.Check()
	case "sort":
		view.Sort, err = catalog.ParseSort(text)
	case "reverse":
		view.Reverse = text == "true"
		if text != "true" && text != "false" {
			return errors.New("reverse is true or false")
		}
	case "columns":
		view.Columns, err = catalog.ParseLayout(text)
	default:
		return fmt.Errorf("unknown field%s: use filter, kind, sort, reverse or columns", quoted(name))
	}
	return err
}

// textOf returns a single value as it is written, and a list of them between
// commas.
func textOf(node ast.Node) (string, error) {
	switch n := node.(type) {
	case *ast.NullNode:
		return "", nil
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return node.GetToken().Value, nil
	case *ast.SequenceNode:
		var all []string
		for _, v := range n.Values {
			text, err := textOf(v)
			if err != nil {
				return "", err
			}
			all = append(all, text)
		}
		return strings.Join(all, ","), nil
	}
	if isLinked(node) {
		return "", at(node, "%s", unlinked)
	}
	return "", at(node, "a single value is expected, or one in quotes")
}

// word is what the name of a field looks like. Anything else in its place may be
// whatever was pasted, and is not repeated.
var word = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*$`)

// maxWord is the longest that is repeated. A pattern with that bound would take longer
// to compile than all others, at every start.
const maxWord = 32

func quoted(name string) string {
	if len(name) <= maxWord && word.MatchString(name) {
		return fmt.Sprintf(" %q", name)
	}
	return ""
}

func lineOf(node ast.Node) int {
	if tk := node.GetToken(); tk != nil && tk.Position != nil {
		return tk.Position.Line
	}
	return 0
}

// plain turns an error of the library into one without excerpts.
func plain(err error) error {
	e := &lineError{what: "this is not YAML; look at the indentation, and quote a value that holds a colon, # or quotes"}
	located := yaml.Error(nil)
	if !errors.As(err, &located) {
		return e
	}
	if tk := located.GetToken(); tk != nil && tk.Position != nil {
		e.line = tk.Position.Line
	}
	return e
}
