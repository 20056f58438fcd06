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

// writeKeys writes a list of keys.
func (a *app) writeKeys(ctx context.Context, keys []client.Key, v view) error {
	if a.keyFormat() != formatName {
		if err := a.recordRevealed(ctx, revealed(keys, v)...); err != nil {
			return err
		}
	}
	switch a.keyFormat() {
	case formatJSON:
		return a.write(jsonArray(records(keys, v)))
	case formatYAML:
		return a.write(yamlList(records(keys, v)))
	case formatCSV:
		return a.write(csvTable(fieldNames(), records(keys, v)))
	case formatName:
		return a.write(nameLines(keys))
	case formatTSV:
		return a.write(tsvLines(keys, v))
	}
	return a.write(table(keys, v, a.tableLook()))
}

// writeKey writes one key.
func (a *app) writeKey(ctx context.Context, k client.Key, v view) error {
	write := func(text string) error {
		if err := a.recordRevealed(ctx, revealed([]client.Key{k}, v)...); err != nil {
			return err
		}
		return a.write(text)
	}
	switch a.keyFormat() {
	case formatJSON:
		return write(jsonObject(newRecord(k, v)))
	case formatYAML:
		return write(yamlMapping(newRecord(k, v)))
	case formatTable:
		return write(block(newRecord(k, v), k.State(v.now, v.near), a.tableLook()))
	}
	return a.writeKeys(ctx, []client.Key{k}, v)
}
