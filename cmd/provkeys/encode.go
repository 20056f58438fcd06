package main

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"

	"provkeys/cmd/internal/visible"
	"provkeys/tui/style"
)

// jsonArray writes records as an array; of nothing it is [].
func jsonArray(list []record) string { return jsonRows(slices.Values(list)) }

// jsonRows writes records as they are made, so that one is held at a time.
func jsonRows(list iter.Seq[record]) string {
	var b strings.Builder
	next := "[\n"
	for r := range list {
		b.WriteString(next + "  " + jsonBody(r, "  "))
		next = ",\n"
	}
	if b.Len() == 0 {
		return "[]\n"
	}
	b.WriteString("\n]\n")
	return b.String()
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
	if needsNoEscape(s) { // as most texts: ten times as fast
		return `"` + s + `"`
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// A string always has a JSON form.
	_ = enc.Encode(s)
	return visible.JSON(strings.TrimSuffix(b.String(), "\n"))
}

func needsNoEscape(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return true
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
func yamlList(list []record) string { return yamlRows(slices.Values(list)) }

// yamlRows writes records as they are made, so that one is held at a time.
func yamlRows(list iter.Seq[record]) string {
	var b strings.Builder
	for r := range list {
		b.WriteString("- " + strings.ReplaceAll(strings.TrimSuffix(yamlMapping(r), "\n"), "\n", "\n  ") + "\n")
	}
	if b.Len() == 0 {
		return "[]\n"
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
func csvTable(header []string, list []record) string { return csvRows(header, slices.Values(list)) }

// csvRows writes records as they are made, so that one is held at a time.
func csvRows(header []string, list iter.Seq[record]) string {
	var b strings.Builder
	quoted := make([]string, 0, len(header))
	for _, name := range header {
		quoted = append(quoted, csvCell(name))
	}
	b.WriteString(strings.Join(quoted, ",") + "\r\n")
	for r := range list {
		b.WriteString(csvLine(r))
	}
	return b.String()
}

// csvLine writes one record.
func csvLine(r record) string {
	cells := make([]string, 0, len(r))
	for _, f := range r {
		cells = append(cells, csvCell(style.Sanitize(f.words())))
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

// tsvRows writes columns without a header. A tab or a line break inside a cell
// becomes a visible escape, so that columns stay columns.
func tsvRows[R any](cols []column[R], rows []R, v view) string {
	var b strings.Builder
	for i := range rows {
		for j := range cols {
			if j > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(cols[j].plain(&rows[i], v))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// nameRows writes the title of each row, a row a line.
func nameRows[R any](s sheet[R], rows []R) string {
	var b strings.Builder
	for i := range rows {
		b.WriteString(style.Sanitize(s.title(&rows[i])) + "\n")
	}
	return b.String()
}
