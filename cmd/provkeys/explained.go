package main

import (
	"fmt"
	"strings"

	"provkeys/client"
	"provkeys/client/diagnose"
)

// explained is what a log tells.
type explained struct {
	known known
	all   []diagnose.Explanation
	lines int
	told  int // of them known
	// keyText says that the first line is a key text.
	keyText bool
}

// writeExplained writes what a log tells.
func (a *app) writeExplained(e explained, o explainOptions) error {
	if o.format != formatTable {
		return a.writeResult(e.record(), o.format)
	}
	var b strings.Builder
	look := a.tableLook()
	if len(e.all) == 0 {
		next := "look for the lines around the enrolment: journalctl -u zpa-connector --no-pager | provkeys explain"
		if e.keyText {
			next = "it begins like a key text: give that to provkeys inspect"
		}
		if e.lines == 0 {
			b.WriteString("Nothing was read: the input is empty.\n")
		} else {
			fmt.Fprintf(&b, "No line of it is known (%s).\n", count(e.lines, "line"))
		}
		b.WriteString(aligned([]labelled{{"next", next}}, look.width))
	}
	for i, x := range e.all {
		if i > 0 || o.all {
			b.WriteString("\n")
		}
		state := client.UsedUp
		if x.Harmless {
			state = client.OK
		}
		b.WriteString(look.paragraph(stateStyle(look.theme, state), where(x)+": "+x.Cause))
		b.WriteString(aligned(explainedRows(x), look.width))
	}
	return a.write(b.String())
}

// where says which lines tell it.
func where(x diagnose.Explanation) string {
	switch {
	case x.Count == 2:
		return fmt.Sprintf("Lines %d and %d", x.First, x.Last)
	case x.Count > 2:
		return fmt.Sprintf("Lines %d to %d, %d of them", x.First, x.Last, x.Count)
	}
	return fmt.Sprintf("Line %d", x.First)
}

// explainedRows is one explanation as a person reads it, below its cause.
func explainedRows(x diagnose.Explanation) []labelled {
	rows := []labelled{keyRow(x.Match), {"machine", x.Machine}, {"logged as", x.Prefix}}
	rows = append(rows, each("note", x.Notes)...)
	next := x.Next
	if next == "" && x.Harmless {
		next = "nothing: it is normal here"
	}
	return append(rows, labelled{"next", next})
}

// record is what a log tells as a program reads it. Its fields are a promise.
func (e explained) record() record {
	all := make([]record, 0, len(e.all))
	for _, x := range e.all {
		all = append(all, record{
			{"event", textOf(string(x.Event))},
			{"first", numberOf(int64(x.First))},
			{"last", numberOf(int64(x.Last))},
			{"count", numberOf(int64(x.Count))},
			{"cause", textOf(x.Cause)},
			{"match", e.known.record(x.Match)},
			{"machine", textOrNull(x.Machine)},
			{"logged_as", textOrNull(x.Prefix)},
			{"notes", listOf(x.Notes)},
			{"next", textOf(x.Next)},
			{"harmless", truthOf(x.Harmless)},
		})
	}
	return record{
		{"lines", numberOf(int64(e.lines))},
		{"known", numberOf(int64(e.told))},
		{"tenant_complete", truthOf(e.known.Complete)},
		{"explanations", objectsOf(all)},
		{"warnings", listOf(e.known.warnings)},
	}
}
