package views

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"provkeys/client/catalog"
)

// amended returns the file with other fields in a view of it. Lines of fields that
// stay as they were, and comments, are left alone. The error is about a view whose
// fields do not stand one a line, or that has a fault.
func (d document) amended(i int, view catalog.View, want map[string]catalog.Saved) ([]byte, error) {
	e := d.entries[i]
	if e.Fault != nil || len(e.fields) == 0 {
		return nil, errByHand()
	}
	start, end := d.span(i)
	all := d.lines()
	before, after := fieldsOf(e.View), fieldsOf(view)
	var b strings.Builder
	next := start
	for n, p := range e.fields {
		until := end
		if n+1 < len(e.fields) {
			until = e.fields[n+1].line - 1
		}
		for until > p.line && isRemark(all[until-1]) {
			until--
		}
		b.WriteString(strings.Join(all[next:p.line-1], ""))
		b.WriteString(amend(all[p.line-1:until], p, textIn(before, p.name), textIn(after, p.name)))
		next = until
	}
	indent := margin(all[e.fields[0].line-1])
	for _, f := range after {
		there := slices.ContainsFunc(e.fields, func(p placed) bool { return p.name == f.name })
		if !there && f.text != "" {
			b.WriteString(indent + f.name + ": " + f.text + "\n")
		}
	}
	return d.spliced(start, end, b.String(), want)
}

// amend returns the lines of a field with another text: the same where nothing
// changed, none where it is left out.
func amend(lines []string, p placed, before, after string) string {
	switch {
	case before == after:
		return withEnd(strings.Join(lines, ""))
	case after == "":
		return ""
	}
	return margin(lines[0]) + p.name + ": " + after + remarkBehind(lines[0], p.value) + "\n"
}

// margin returns the blanks that a line begins with.
func margin(line string) string { return line[:len(line)-len(strings.TrimLeft(line, " "))] }

func textIn(all []field, name string) string {
	for _, f := range all {
		if f.name == name {
			return f.text
		}
	}
	return ""
}

// remarkBehind returns the comment behind a value in its line, and the blanks
// before it.
func remarkBehind(line string, value ast.Node) string {
	if _, isText := value.(ast.ScalarNode); !isText {
		return ""
	}
	tk := value.GetToken()
	runes := []rune(strings.TrimRight(line, "\r\n"))
	from := tk.Position.Column - 1 + len([]rune(strings.TrimSpace(tk.Origin)))
	if from > len(runes) {
		return ""
	}
	rest := string(runes[from:])
	if at := strings.Index(rest, " #"); at >= 0 {
		return rest[len(strings.TrimRight(rest[:at], " ")):]
	}
	return ""
}
