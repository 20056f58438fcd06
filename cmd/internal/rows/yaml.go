package rows

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// YAML reads a list of mappings. Values are taken as they are written: an id of 18
// digits does not survive a number. null and nothing count as left out.
func YAML(data []byte, f Fields) ([]Row, error) {
	parsed, err := parser.ParseBytes(bytes.TrimPrefix(data, []byte("\ufeff")), 0)
	if err != nil {
		return nil, yamlError(err)
	}
	var list []Row
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		items, isList := doc.Body.(*ast.SequenceNode)
		if !isList || list != nil {
			return nil, at(doc.Body, "one list is expected, each item beginning with -")
		}
		for _, item := range items.Values {
			row, err := yamlRow(item, f)
			if err != nil {
				return nil, err
			}
			list = append(list, row)
		}
	}
	return list, nil
}

func yamlRow(item ast.Node, f Fields) (Row, error) {
	var values []*ast.MappingValueNode
	switch m := item.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		return Row{}, at(item, "fields are expected, such as name: asg-1")
	}
	row := Row{Values: map[string]Value{}}
	for _, v := range values {
		name, line := v.Key.GetToken().Value, lineOf(v.Key.GetToken())
		if row.Line == 0 {
			row.Line = line
		}
		if err := f.unknown(line, "field", name); err != nil {
			return Row{}, err
		}
		if _, twice := row.Values[name]; twice {
			return Row{}, at(v.Key, fmt.Sprintf("the field %q stands there twice", name))
		}
		texts, err := yamlTexts(v.Value, slices.Contains(f.Lists, name))
		if err != nil {
			return Row{}, err
		}
		if texts != nil {
			row.Values[name] = Value{line, texts}
		}
	}
	return row, nil
}

// yamlTexts returns a value, or those of a list where that may be one.
func yamlTexts(node ast.Node, list bool) ([]string, error) {
	if items, isList := node.(*ast.SequenceNode); isList && list {
		texts := []string{}
		for _, item := range items.Values {
			one, err := yamlTexts(item, false)
			if err != nil {
				return nil, err
			}
			texts = append(texts, one...)
		}
		return texts, nil
	}
	switch n := node.(type) {
	case *ast.NullNode:
		return nil, nil
	case *ast.StringNode:
		return []string{n.Value}, nil
	case *ast.LiteralNode:
		return []string{n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return []string{node.GetToken().Value}, nil
	}
	return nil, at(node, "a single value is expected, or one in quotes")
}

func at(node ast.Node, what string) error { return &Error{lineOf(node.GetToken()), what} }

func lineOf(tk *token.Token) int {
	if tk == nil || tk.Position == nil {
		return 0
	}
	return tk.Position.Line
}

// yamlError turns an error of the library into one without excerpts.
func yamlError(err error) error {
	e := &Error{What: "this is not YAML; look at the indentation, and quote a value that holds a colon, # or quotes"}
	if located := yaml.Error(nil); errors.As(err, &located) {
		e.Line = lineOf(located.GetToken())
	}
	return e
}
