package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// binding is what the file says of one action of the console. Which actions and
// keys there are is the console's to know.
type binding struct {
	keys []string // none takes its keys away
	line int
}

// bindings are those of all actions that the file names.
type bindings map[string]binding

// UnmarshalYAML takes, for each action, one key or a list of them.
func (all *bindings) UnmarshalYAML(node ast.Node) error {
	of, ok := node.(ast.MapNode)
	if !ok {
		return at(node.GetToken(), "actions are expected, indented below, such as copy: ctrl+y")
	}
	*all = bindings{}
	for i := of.MapRange(); i.Next(); {
		var action text
		if err := action.UnmarshalYAML(i.Key()); err != nil {
			return err
		}
		b, err := bound(i.Value())
		if err != nil {
			return err
		}
		// Every key of a mapping was read from somewhere.
		b.line = i.Key().GetToken().Position.Line
		(*all)[string(action)] = b
	}
	return nil
}

// bound reads the keys of one action.
func bound(node ast.Node) (binding, error) {
	if anchor, ok := node.(*ast.AnchorNode); ok {
		node = anchor.Value
	}
	of := []ast.Node{node}
	if list, ok := node.(*ast.SequenceNode); ok {
		of = list.Values
	}
	var b binding
	for _, n := range of {
		var key text
		if err := key.UnmarshalYAML(n); err != nil {
			return b, err
		}
		if key == "" {
			return b, at(n.GetToken(), "a key is expected, such as y or ctrl+y, or a list of keys; [] takes them away")
		}
		b.keys = append(b.keys, string(key))
	}
	return b, nil
}

// bindings fills in the keys of the console.
func (f file) bindings(s *Settings) []Fact {
	var facts []Fact
	for _, action := range slices.Sorted(maps.Keys(f.document.Keys)) {
		b := f.document.Keys[action]
		if s.Keys == nil {
			s.Keys, s.KeysAt = map[string][]string{}, map[string]string{}
		}
		s.Keys[action] = b.keys
		s.KeysAt[action] = fmt.Sprintf("line %d of %s", b.line, f.path)
		facts = append(facts, Fact{"keys: " + action, strings.Join(b.keys, ", "), f.path})
	}
	return facts
}
