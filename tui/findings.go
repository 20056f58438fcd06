package tui

import (
	"fmt"
	"strconv"

	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/tui/style"
)

const (
	// findingsMost is how many findings of one log are shown.
	findingsMost = 200
	// labelCells is the width of the widest label and the gap behind it.
	labelCells = 9
)

// passage is one sentence of a report, safe to print. Its tone is the colour of
// what it says anyway.
type passage struct {
	label string // what it is about, "" for what matters most
	text  string
	tone  tone
}

// report is what was found in a pasted text, the verdict first.
type report []passage

// say appends a sentence from outside, unless it is empty.
func (r *report) say(t tone, label, text string) {
	if text != "" {
		*r = append(*r, passage{label, style.Sanitize(text), t})
	}
}

func (r *report) sayEach(t tone, label string, texts []string) {
	for _, text := range texts {
		r.say(t, label, text)
	}
}

// reportOf returns what was found.
func reportOf(msg inspectedMsg) report {
	var r report
	if msg.log {
		r.log(msg)
	} else {
		r.text(msg.finding)
	}
	r.sayEach(toneBad, "note", msg.notes)
	return r
}

// matches returns every key that was recognised.
func (msg inspectedMsg) matches() []diagnose.Match {
	var list []diagnose.Match
	if msg.finding.Match != nil {
		list = append(list, *msg.finding.Match)
	}
	for _, e := range msg.explanations {
		if e.Match != nil {
			list = append(list, *e.Match)
		}
	}
	return list
}

// text tells of a key text.
func (r *report) text(f diagnose.Finding) {
	verdict := toneInfo // sound, and nobody's
	switch same := f.Match != nil && f.Match.Relation == diagnose.Same; {
	case !f.Report.Sound(), f.Match != nil && !same:
		verdict = toneBad
	case same:
		verdict = toneGood
	}
	r.say(verdict, "", f.Verdict)
	if f.Match != nil {
		r.say(toneInfo, "key", f.Match.Words())
	}
	r.say(toneInfo, "text", textWords(f.Report))
	for _, fault := range f.Report.Faults {
		if fault.Message != f.Verdict {
			r.say(toneInfo, "fault", fault.Message)
		}
	}
	r.sayEach(toneInfo, "note", f.Notes)
	next := f.Next
	if !f.Repaired.IsZero() {
		next = join(next, "provkeys inspect --repair at a shell writes it.")
	}
	r.say(toneInfo, "next", next)
}

// textWords says what may be shown of the text itself.
func textWords(r keytext.Report) string {
	words := sizeWords(r.Characters, r.Lines)
	hint := keytext.Hint{Version: r.Version, Host: r.Host, LogPrefix: r.LogPrefix}
	if hint.Host != "" {
		words += " · " + hint.Masked()
	}
	if hint.LogPrefix != "" {
		words += " in logs as " + hint.LogPrefix
	}
	return words
}

// log tells of a log, in the order in which it was written.
func (r *report) log(msg inspectedMsg) {
	found := len(msg.explanations)
	r.say(toneInfo, "", fmt.Sprintf("%s of a log, %s.", counted(msg.lines, "line"), counted(found, "finding")))
	for i, e := range msg.explanations {
		if i == findingsMost {
			r.say(toneInfo, "", fmt.Sprintf("And %d more: paste fewer lines to see them.", found-i))
			return
		}
		*r = append(*r, passage{})
		r.explanation(e)
	}
}

// explanation tells which lines say something, what it means, and what to do.
func (r *report) explanation(e diagnose.Explanation) {
	cause := toneBad
	if e.Harmless {
		cause = toneInfo
	}
	if e.First == e.Last {
		r.say(toneInfo, "line", whereWords(e))
	} else {
		r.say(toneInfo, "lines", whereWords(e))
	}
	r.say(cause, "", e.Cause)
	if e.Match != nil {
		r.say(toneInfo, "key", join(e.Match.Words(), e.Match.Difference))
	}
	r.say(toneInfo, "machine", e.Machine)
	r.sayEach(toneInfo, "note", e.Notes)
	r.say(toneInfo, "next", e.Next)
}

// whereWords says which lines of the log, and which text they name.
func whereWords(e diagnose.Explanation) string {
	words := strconv.Itoa(e.First)
	switch {
	case e.Count == 2:
		words = fmt.Sprintf("%d and %d", e.First, e.Last)
	case e.First != e.Last:
		words = fmt.Sprintf("%d to %d, %d of them", e.First, e.Last, e.Count)
	}
	if e.Prefix != "" {
		words += " · " + e.Prefix
	}
	return words
}

// lines returns the report in lines of at most w cells, labels before the first
// line of what they are about.
func (r report) lines(w int, th style.Theme) []string {
	var lines []string
	for _, p := range r {
		indent := 0
		if p.label != "" {
			indent = min(labelCells, w/2)
		}
		for i, part := range style.Wrap(p.text, w-indent) {
			label := p.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, th.Faint.Render(style.Fit(label, indent))+p.tone.style(th).Render(part))
		}
	}
	return lines
}

// reportView draws the part of the report that fits, and the keys.
func (d *inspectDialog) reportView(w, h int, th style.Theme) []string {
	var keys []string
	if d.target.ID != "" {
		keys = append(keys, "enter", "go to the key")
	}
	keys = append(keys, "esc", "close", "n", "new")
	return scrollingOver(d.report.lines(w, th), d.top, w, h, th, keys...)
}
