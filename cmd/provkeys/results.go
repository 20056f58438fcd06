package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"provkeys/client"
	"provkeys/cmd/internal/visible"
	"provkeys/tui/style"
)

// outcome is what became of one key. Its texts are a promise.
type outcome string

// The outcomes.
const (
	outcomeDone       outcome = "done"
	outcomeWould      outcome = "would be done" // of a dry run
	outcomeThere      outcome = "there already" // of create --from
	outcomeFailed     outcome = "failed"
	outcomeNotReached outcome = "not reached"
)

// result is what became of one key.
type result struct {
	outcome outcome
	key     client.Key // as far as it is known
	words   string     // what was done, for a person
	already bool       // nothing had to be done
	changes []client.FieldConflict
	request client.Preview // of a dry run
	fault   fault          // of one that failed
}

// writer writes results as they come: what was made must not be lost because
// what comes after it never ends.
type writer struct {
	app     *app
	view    view
	plan    plan
	written int
}

// add writes one result.
func (w *writer) add(ctx context.Context, r result) error {
	p := w.plan
	if p.format == formatTable {
		return w.app.write(r.lines())
	}
	whole := p.asKey && !p.several && !p.dryRun
	if whole || p.keyed {
		if err := w.app.recordRevealed(ctx, revealed([]client.Key{r.key}, w.view)...); err != nil {
			return err
		}
	}
	first := w.written == 0
	w.written++
	rec := w.record(r)
	switch {
	case whole:
		return w.app.writeResult(newRecord(r.key, w.view), p.format)
	case p.format == formatCSV && first:
		return w.app.write(csvTable(rec.names(), []record{rec}))
	case p.format == formatCSV:
		return w.app.write(csvLine(rec))
	case !p.several:
		return w.app.writeResult(rec, p.format)
	case p.format == formatYAML:
		return w.app.write(yamlList([]record{rec}))
	case first:
		return w.app.write("[\n  " + jsonBody(rec, "  "))
	}
	return w.app.write(",\n  " + jsonBody(rec, "  "))
}

// end writes what closes a list.
func (w *writer) end() error {
	switch f := w.plan.format; {
	case !w.plan.several || f != formatJSON && f != formatYAML:
		return nil
	case w.written == 0:
		return w.app.write("[]\n")
	case f == formatJSON:
		return w.app.write("\n]\n")
	}
	return nil
}

// record is a result as a program reads it. Its fields are a promise.
func (w *writer) record(r result) record {
	rec := record{
		{"name", textOf(r.key.Name)},
		{"kind", textOf(string(r.key.Kind))},
		{"id", textOrNull(string(r.key.ID))},
		{"result", textOf(string(r.outcome))},
		{"changes", changesOf(r.changes)},
	}
	if w.plan.dryRun {
		rec = append(rec, field{"request", requestOf(r.request)})
	}
	if w.plan.keyed {
		rec = append(rec, field{"key", keyOf(r.key, w.view)})
	}
	return append(rec, field{"error", errorOf(r)})
}

// changesOf is an empty list for no change.
func changesOf(changes []client.FieldConflict) scalar {
	objects := make([]string, 0, len(changes))
	for _, c := range changes {
		objects = append(objects, jsonLine(record{{"field", textOf(recordField(c.Field))}, {"before", textOf(c.Seen)}, {"after", textOf(c.Now)}}))
	}
	return scalar{list, "[" + strings.Join(objects, ", ") + "]"}
}

// recordField returns what a key's record calls a field: a promise, where the words of
// screens are none.
func recordField(f client.Field) string {
	switch f {
	case client.FieldMaxUses:
		return "max_uses"
	case client.FieldCertificate:
		return "certificate"
	case client.FieldExpires:
		return "expires"
	case client.FieldAllowedAddresses:
		return "allowed_addresses"
	}
	return string(f) // which is the same word
}

func requestOf(p client.Preview) scalar {
	if p.Method == "" {
		return scalar{}
	}
	body := scalar{}
	if p.Body != "" {
		body = scalar{list, visible.JSON(p.Body)}
	}
	return objectOf(record{{"method", textOf(p.Method)}, {"path", textOf(p.Path)}, {"body", body}})
}

func errorOf(r result) scalar {
	if r.outcome != outcomeFailed {
		return scalar{}
	}
	f := r.fault.shown()
	return objectOf(record{
		{"code", numberOf(int64(f.kind.code()))}, {"kind", textOf(string(f.kind))}, {"message", textOf(f.message)}, {"hint", textOf(f.hint)},
	})
}

// lines is a result as a person reads it.
func (r result) lines() string {
	name := style.Sanitize(r.key.Name)
	switch r.outcome {
	case outcomeFailed:
		return fmt.Sprintf("%s: failed: %s\n", name, r.fault.shown().message)
	case outcomeNotReached:
		return name + ": not reached\n"
	}
	return fmt.Sprintf("%s: %s\n%s", name, style.Sanitize(r.words), requestLines(r.request))
}

// requestLines is the call of a dry run, below the sentence.
func requestLines(p client.Preview) string {
	if p.Method == "" {
		return ""
	}
	text := "  " + p.Method + " " + style.Sanitize(p.Path) + "\n"
	if p.Body == "" {
		return text
	}
	var body bytes.Buffer
	if json.Indent(&body, []byte(p.Body), "  ", "  ") != nil {
		return text
	}
	return text + "  " + visible.JSON(body.String()) + "\n"
}

// changedWords says what is different after an update, field by field.
func changedWords(changes []client.FieldConflict, after client.Key) string {
	if len(changes) == 0 {
		return "is as asked already"
	}
	words := make([]string, 0, len(changes))
	for _, c := range changes {
		change := fmt.Sprintf("%s %s → %s", c.Field, orNone(c.Seen), orNone(c.Now))
		if c.Field == client.FieldMaxUses {
			change += fmt.Sprintf(" (%d left)", after.Left())
		}
		words = append(words, change)
	}
	return strings.Join(words, ", ")
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

// nameWidth and fitName show a name in a column, at most as wide as others need.
func nameWidth(k client.Key) int { return min(style.Width(style.Sanitize(k.Name)), widestName) }

func fitName(k client.Key, w int) string { return style.Fit(style.Sanitize(k.Name), w) }

// widestName is how many cells of a name are shown in a list before a question.
const widestName = 40

// counted is "1 key" or "5 keys".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
