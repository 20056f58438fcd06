package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// decodeYAML returns one document as a struct. The error names the line and
// what is wrong there; it never holds a value or a neighbouring line, as the
// library's own texts do, because either may be a secret.
func decodeYAML[T any](data []byte, options ...yaml.DecodeOption) (T, error) {
	var value T
	// Some editors begin a file with a byte order mark.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	parsed, err := parser.ParseBytes(data, 0)
	if err != nil {
		return value, plain(err)
	}
	var body ast.Node
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.NullType || doc.Body.Type() == ast.CommentType {
			continue
		}
		if body != nil {
			return value, at(doc.Body.GetToken(), "a second document begins; only one is read")
		}
		body = doc.Body
	}
	if body == nil {
		return value, nil
	}
	err = yaml.NodeToValue(body, &value, options...)
	return value, plain(err)
}

// text is a single value of any type, as it is written: an id of 18 digits
// does not survive a number, and a secret may look like one.
type text string

// UnmarshalYAML takes a scalar.
func (t *text) UnmarshalYAML(node ast.Node) error {
	switch n := node.(type) {
	case *ast.AnchorNode:
		return t.UnmarshalYAML(n.Value)
	case *ast.TagNode:
		// YAML takes the first word away as a tag, and with it a part of a secret.
		return at(node.GetToken(), "a value that begins with ! must stand in quotes")
	case *ast.NullNode:
		*t = ""
	case *ast.StringNode:
		*t = text(n.Value)
	case *ast.LiteralNode:
		*t = text(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		*t = text(node.GetToken().Value)
	default:
		return at(node.GetToken(), "a single value is expected")
	}
	return nil
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

func at(tk *token.Token, what string) error {
	e := &lineError{what: what}
	if tk != nil && tk.Position != nil {
		e.line = tk.Position.Line
	}
	return e
}

// word is what the name of a field looks like. Anything else in its place may
// be a secret in the wrong column, and is not repeated.
var word = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*$`)

// plain turns an error of the library into one without excerpts and values.
func plain(err error) error {
	if err == nil {
		return nil
	}
	if own := (*lineError)(nil); errors.As(err, &own) {
		return own
	}
	located := yaml.Error(nil)
	if !errors.As(err, &located) {
		return at(nil, "it cannot be read as YAML")
	}
	tk := located.GetToken()
	switch e := located.(type) {
	case *yaml.UnknownFieldError:
		if tk != nil && len(tk.Value) <= maxWord && word.MatchString(tk.Value) {
			return at(tk, fmt.Sprintf("unknown field %q", tk.Value))
		}
		return at(tk, "unknown field")
	case *yaml.TypeError:
		return at(tk, "the value is not "+expected(e.DstType))
	case *yaml.UnexpectedNodeTypeError:
		return at(tk, "fields are expected, indented below")
	case *yaml.DuplicateKeyError:
		// The parser refuses what is written twice, so one of the two was merged in.
		return at(tk, "what << brings cannot be written again beside it: leave << out and write all fields here")
	case *yaml.SyntaxError:
		if strings.HasPrefix(e.Message, "mapping key") {
			return at(tk, "a field or name stands here for the second time")
		}
	}
	return at(tk, "this is not YAML; look at the indentation, and quote a value that holds a colon, # or quotes")
}

func expected(t reflect.Type) string {
	if t != nil && t.Kind() == reflect.Bool {
		return "true or false"
	}
	return "what belongs here"
}
