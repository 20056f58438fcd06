package main

import (
	"fmt"
	"strconv"
	"strings"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

// writeFound writes what is known of a text, and nothing of the text.
func (a *app) writeFound(f diagnose.Finding, k known, to format) error {
	if to != formatTable {
		return a.writeResult(foundRecord(f, k), to)
	}
	a.noteWarnings(k)
	look, state := a.tableLook(), client.UsedUp
	if k.sound(f) {
		state = client.OK
	}
	verdict := look.paragraph(stateStyle(look.theme, state), f.Verdict)
	return a.write(verdict + aligned(foundRows(f), look.width))
}

// foundRecord is what is known of a text as a program reads it. Its fields are a
// promise.
func foundRecord(f diagnose.Finding, k known) record {
	faults := make([]record, 0, len(f.Report.Faults))
	for _, fault := range f.Report.Faults {
		faults = append(faults, record{
			{"kind", textOf(string(fault.Kind))},
			{"at", numbersOf(fault.At)},
			{"message", textOf(fault.Message)},
		})
	}
	return record{
		{"sound", truthOf(k.sound(f))},
		{"verdict", textOf(f.Verdict)},
		{"tenant_complete", truthOf(k.Complete)},
		{"characters", numberOf(int64(f.Report.Characters))},
		{"lines", numberOf(int64(f.Report.Lines))},
		{"version", textOrNull(f.Report.Version)},
		{"host", textOrNull(f.Report.Host)},
		{"log_prefix", textOrNull(f.Report.LogPrefix)},
		{"secret_characters", numberOf(int64(f.Report.Secret))},
		{"number_digits", numberOf(int64(f.Report.Number))},
		{"faults", objectsOf(faults)},
		{"match", k.record(f.Match)},
		{"repairable", truthOf(!f.Repaired.IsZero())},
		{"notes", listOf(f.Notes)},
		{"next", textOf(f.Next)},
		{"warnings", listOf(k.warnings)},
	}
}

// foundRows is what is known of a text as a person reads it, below the verdict.
func foundRows(f diagnose.Finding) []labelled {
	r := f.Report
	rows := []labelled{{"size", count(r.Characters, "character") + ", " + count(r.Lines, "line")}}
	if r.Host != "" {
		shape := keytext.Hint{Version: r.Version, Host: r.Host}.Masked()
		if r.LogPrefix != "" {
			shape += "   in logs as " + r.LogPrefix
		}
		rows = append(rows, labelled{"key text", shape})
	}
	if r.Secret > 0 {
		secret := count(r.Secret, "character")
		if r.Number > 0 {
			secret += ", then " + count(r.Number, "digit")
		}
		rows = append(rows, labelled{"secret part", secret})
	}
	for _, fault := range r.Faults {
		rows = append(rows, labelled{"fault", fault.Message})
	}
	rows = append(rows, keyRow(f.Match))
	rows = append(rows, each("note", f.Notes)...)
	next := strings.Replace(f.Next, "Use the repaired text", "Use the repaired text (--repair writes it)", 1)
	return append(rows, labelled{"next", next})
}

// count writes a number of things: "1 line", "418 characters".
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// numbersOf is a list of numbers on one line, which YAML reads as the same.
func numbersOf(numbers []int) scalar {
	all := make([]string, 0, len(numbers))
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return scalar{list, "[" + strings.Join(all, ", ") + "]"}
}
