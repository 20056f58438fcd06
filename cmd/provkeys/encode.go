package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"provkeys/client"
	"provkeys/cmd/internal/visible"
	"provkeys/tui/style"
)

// jsonArray writes records as an array; of nothing it is [].
func jsonArray(list []record) string {
	if len(list) == 0 {
		return "[]\n"
	}
	items := make([]string, 0, len(list))
	for _, r := range list {
		items = append(items, "  "+jsonBody(r, "  "))
	}
	return "[\n" + strings.Join(items, ",\n") + "\n]\n"
}

// jsonObject writes one record.
func jsonObject(r record) string { return jsonBody(r, "") + "\n" }

func jsonBody(r record, indent string) string {
	lines := make([]string, 0, len(r))
	for _, f := range r {
		lines = append(lines, indent+"  "+jsonText(f.name)+": "+f.json())
	}
	return "{\n" + strings.Join(lines, ",\n") + "\n" + indent + "}"
}

// jsonLine writes one record on one line.
func jsonLine(r record) string {
	fields := make([]string, 0, len(r))
	for _, f := range r {
		fields = append(fields, jsonText(f.name)+": "+f.json())
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

func (s scalar) json() string {
	switch s.is {
	case null:
		return "null"
	case text:
		return jsonText(s.plain)
	}
	return s.plain
}

// jsonText leaves < > & as they are: this is no HTML, and names hold them. What a
// terminal may act on is a number.
func jsonText(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// A string always has a JSON form.
	_ = enc.Encode(s)
	return visible.JSON(strings.TrimSuffix(b.String(), "\n"))
}

// jsonList writes texts as a list on one line, which YAML reads as the same.
func jsonList(texts []string) string {
	all := make([]string, 0, len(texts))
	for _, t := range texts {
		all = append(all, jsonText(t))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// yamlList writes records as a list of mappings; of nothing it is [].
func yamlList(list []record) string {
	if len(list) == 0 {
		return "[]\n"
	}
	var b strings.Builder
	for _, r := range list {
		b.WriteString("- " + strings.ReplaceAll(strings.TrimSuffix(yamlMapping(r), "\n"), "\n", "\n  ") + "\n")
	}
	return b.String()
}

// yamlMapping writes one record. Every text stands in double quotes: a plain
// one could be taken for a number, a date or a comment.
func yamlMapping(r record) string {
	var b strings.Builder
	for _, f := range r {
		b.WriteString(f.name + ": " + f.yaml() + "\n")
	}
	return b.String()
}

func (s scalar) yaml() string {
	switch s.is {
	case null:
		return "null"
	case text:
		// Go's escapes are all YAML's too, once the text is valid UTF-8.
		return strconv.Quote(strings.ToValidUTF8(s.plain, "\ufffd"))
	}
	return s.plain
}

// csvTable writes records under a header, every cell quoted.
func csvTable(header []string, list []record) string {
	var b strings.Builder
	for i, name := range header {
		header[i] = csvCell(name)
	}
	b.WriteString(strings.Join(header, ",") + "\r\n")
	for _, r := range list {
		b.WriteString(csvLine(r))
	}
	return b.String()
}

// csvLine writes one record.
func csvLine(r record) string {
	cells := make([]string, 0, len(r))
	for _, f := range r {
		cells = append(cells, csvCell(style.Sanitize(f.plain)))
	}
	return strings.Join(cells, ",") + "\r\n"
}

// csvCell quotes a cell. A spreadsheet would run one that begins like a
// formula, so that a quote mark stands before it.
func csvCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// tsvLines writes the table's columns without a header. A tab or a line break
// inside a cell becomes a visible escape, so that columns stay columns.
func tsvLines(keys []client.Key, v view) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(strings.Join(cells(k, v), "\t") + "\n")
	}
	return b.String()
}

// nameLines writes kind/name, a key a line.
func nameLines(keys []client.Key) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(style.Sanitize(string(k.Kind)+"/"+k.Name) + "\n")
	}
	return b.String()
}
