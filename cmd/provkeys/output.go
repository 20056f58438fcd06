package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
)

// format is how keys are written. Its text is the word of --output.
type format string

const (
	formatTable format = "table"
	formatTSV   format = "tsv"
	formatJSON  format = "json"
	formatYAML  format = "yaml"
	formatCSV   format = "csv"
	formatName  format = "name"
)

func formats() []format {
	return []format{formatTable, formatTSV, formatJSON, formatYAML, formatCSV, formatName}
}

func formatWords() string {
	words := make([]string, 0, len(formats()))
	for _, f := range formats() {
		words = append(words, string(f))
	}
	return strings.Join(words, ", ")
}

// parseFormat takes the empty word for no choice.
func parseFormat(word string) (format, bool) {
	f := format(word)
	return f, f == "" || slices.Contains(formats(), f)
}

// keyFormat returns the format for keys: what was asked for, else a table for
// people and TSV for programs.
func (a *app) keyFormat() format {
	switch {
	case a.global.output != "":
		return a.global.output
	case a.isTerminal(stdout):
		return formatTable
	}
	return formatTSV
}

// resultFormat returns the format of a command that says a sentence: JSON and
// YAML are structured, tables and TSV are the sentence. A flag that asks for
// another is refused; a variable that does is meant for other commands.
func (a *app) resultFormat(command string) (format, error) {
	switch a.global.output {
	case formatJSON, formatYAML:
		return a.global.output, nil
	case formatCSV, formatName:
		if a.global.outputAsked {
			return "", usageFault("use -o json or -o yaml, or leave it out", "%s does not write %s", command, a.global.output)
		}
	}
	return formatTable, nil
}

// view is what a written key depends on besides itself.
type view struct {
	now     time.Time
	near    client.Threshold
	secrets bool // write key texts
}

func (a *app) view(near client.Threshold) view {
	return view{now: a.now(), near: near, secrets: a.global.withSecrets}
}

// write puts the output out in one piece.
func (a *app) write(text string) error {
	if _, err := a.out.Write([]byte(text)); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}

// writeKeys writes a list of keys in the usual columns.
func (a *app) writeKeys(ctx context.Context, keys []client.Key, v view) error {
	return a.writeChosen(ctx, keys, v, choice{})
}

// writeChosen writes a list of keys, and the texts that it has into the journal first.
func (a *app) writeChosen(ctx context.Context, keys []client.Key, v view, c choice) error {
	v.secrets = v.secrets && a.hasTexts(c)
	if err := a.recordRevealed(ctx, revealed(keys, v)...); err != nil {
		return err
	}
	return writeRows(a, keySheet(), keys, v, c)
}

// hasTexts reports whether what is about to be written has a place for key texts.
func (a *app) hasTexts(c choice) bool {
	f := a.keyFormat()
	return f != formatName && hasSecret(keySheet().in(f, c))
}

// writeRows writes rows in the format that was asked for.
func writeRows[R any](a *app, s sheet[R], rows []R, v view, c choice) error {
	f := a.keyFormat()
	cols := s.in(f, c)
	records := func(yield func(record) bool) {
		for i := range rows {
			if !yield(recordOf(cols, &rows[i], v)) {
				return
			}
		}
	}
	switch f {
	case formatJSON:
		return a.write(jsonRows(records))
	case formatYAML:
		return a.write(yamlRows(records))
	case formatCSV:
		return a.write(csvRows(namesOf(cols), records))
	case formatName:
		return a.write(nameRows(s, rows))
	case formatTSV:
		return a.write(tsvRows(cols, rows, v))
	}
	text, left := table(cols, rows, v, a.tableLook())
	if err := a.write(text); err != nil {
		return err
	}
	if c.asked && len(left) > 0 {
		a.note("no room for %s: widen the terminal, or write it with -o yaml", strings.Join(left, ", "))
	}
	return nil
}

// writeKey writes one key.
func (a *app) writeKey(ctx context.Context, k client.Key, v view) error {
	v.secrets = v.secrets && a.hasTexts(choice{})
	if err := a.recordRevealed(ctx, revealed([]client.Key{k}, v)...); err != nil {
		return err
	}
	return writeRow(a, keySheet(), k, v, choice{})
}

// writeRow writes one row: an object for programs, a field a line for people.
func writeRow[R any](a *app, s sheet[R], row R, v view, c choice) error {
	cols := s.in(formatJSON, c)
	switch a.keyFormat() {
	case formatJSON:
		return a.write(jsonObject(recordOf(cols, &row, v)))
	case formatYAML:
		return a.write(yamlMapping(recordOf(cols, &row, v)))
	case formatTable:
		look := a.tableLook()
		return a.write(block(recordOf(cols, &row, v), stylesOf(cols, &row, v, look.theme), look))
	}
	return writeRows(a, s, []R{row}, v, c)
}
