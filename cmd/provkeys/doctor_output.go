package main

import (
	"strings"

	"provkeys/cmd/internal/doctor"
	"provkeys/tui/style"
)

// Cells of the table's columns.
const (
	statusCells = 4
	checkCells  = 23
)

// found takes findings in, and shows them at once where a person waits for them.
// They quote servers, files and tools, and are made safe first.
func (e *examination) found(findings ...doctor.Finding) {
	for _, f := range findings {
		f.Text, f.Mend = withoutSecrets(style.Sanitize(f.Text)), withoutSecrets(style.Sanitize(f.Mend))
		first := len(e.all) == 0 || e.all[len(e.all)-1].Group != f.Group
		e.all = append(e.all, f)
		if e.o.format != formatTable || e.unsaid != nil {
			continue
		}
		lines := findingLines(f, e.app.tableLook())
		if first {
			lines = groupLine(f.Group, len(e.all) == 1, e.app.tableLook()) + lines
		}
		e.unsaid = e.app.write(lines)
	}
}

// failed takes an error in as a failed check.
func (e *examination) failed(group doctor.Group, check string, err error) {
	p := e.app.problem(err)
	e.found(doctor.Finding{Group: group, Check: check, Status: doctor.Fail, Text: p.Text, Mend: p.Mend, Fault: p.Fault})
}

// finish writes what a program reads in one piece.
func (e *examination) finish() error {
	records := make([]record, 0, len(e.all))
	for _, f := range e.all {
		records = append(records, findingRecord(f))
	}
	switch e.o.format {
	case formatJSON:
		return e.app.write(jsonArray(records))
	case formatYAML:
		return e.app.write(yamlList(records))
	case formatCSV:
		return e.app.write(csvTable(findingRecord(doctor.Finding{}).names(), records))
	case formatTSV:
		return e.app.write(findingTSV(e.all))
	case formatName:
		return e.app.write(findingNames(e.all))
	}
	return e.unsaid
}

// findingRecord is a finding as a program reads it. Its fields are a promise.
func findingRecord(f doctor.Finding) record {
	return record{
		{"group", textOf(string(f.Group))},
		{"check", textOf(f.Check)},
		{"status", textOf(string(f.Status))},
		{"finding", textOf(f.Text)},
		{"mend", textOrNull(f.Mend)},
	}
}

func findingTSV(all []doctor.Finding) string {
	var b strings.Builder
	for _, f := range all {
		b.WriteString(strings.Join([]string{string(f.Group), f.Check, string(f.Status), f.Text, f.Mend}, "\t") + "\n")
	}
	return b.String()
}

// findingNames writes group/check, a check a line.
func findingNames(all []doctor.Finding) string {
	var b strings.Builder
	for _, f := range all {
		b.WriteString(string(f.Group) + "/" + f.Check + "\n")
	}
	return b.String()
}

func groupLine(g doctor.Group, first bool, look tableLook) string {
	line := look.render(look.theme.Header, string(g)) + "\n"
	if first {
		return line
	}
	return "\n" + line
}

// findingLines is a finding as a person reads it: its words in one column, and
// the mend below them.
func findingLines(f doctor.Finding, look tableLook) string {
	begin := "  " + look.render(statusStyle(look.theme, f.Status), style.Fit(string(f.Status), statusCells)) + "  " + style.Fit(f.Check, checkCells) + "  "
	margin := strings.Repeat(" ", 2+statusCells+2+checkCells+2)
	var b strings.Builder
	for _, part := range wrapped(f.Text, look.width-len(margin)) {
		b.WriteString(begin + part + "\n")
		begin = margin
	}
	if f.Mend == "" {
		return b.String()
	}
	begin = margin + "→ "
	for _, part := range wrapped(f.Mend, look.width-style.Width(begin)) {
		b.WriteString(begin + part + "\n")
		begin = margin + "  "
	}
	return b.String()
}

func statusStyle(th style.Theme, s doctor.Status) style.Style {
	switch s {
	case doctor.OK:
		return th.StateOK
	case doctor.Warn:
		return th.StateWarn
	case doctor.Fail:
		return th.StateBad
	}
	return th.StateOff
}
