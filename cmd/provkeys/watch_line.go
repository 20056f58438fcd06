package main

import (
	"fmt"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/changes"
	"provkeys/tui/style"
)

// What a watch tells besides what happened to keys. The texts are a promise, as are
// those of the events.
const (
	eventUnavailable = "unavailable" // a kind, or all, does not answer
	eventBack        = "back"        // it does again
	eventResumed     = "resumed"     // nothing was read for long
)

// happening is one line of a watch.
type happening struct {
	at    time.Time
	event string
	kind  client.Kind // "" for what is about all

	change changes.Change // without an event where it is about no key
	state  client.State   // of the key
	by     []string       // connectors that enrolled

	words string // what is about no key, for people
}

// teller writes what happens, each at once.
type teller struct {
	app    *app
	format format
	look   tableLook
	widest int // cells of the longest kind/name
}

func (t *teller) line(h happening) error {
	h.words = withoutSecrets(style.Sanitize(h.words))
	switch t.format {
	case formatJSON:
		return t.app.write(jsonLine(h.record()) + "\n")
	case formatTSV:
		cells := []string{h.at.Format(time.RFC3339), h.event, style.Sanitize(h.subject()), style.Sanitize(h.sentence())}
		return t.app.write(strings.Join(cells, "\t") + "\n")
	}
	return t.app.write(t.row(h))
}

// record is a line as a program reads it. Its fields and their order are a promise.
func (h happening) record() record {
	k, was := h.change.After, h.change.Before
	about := func(s scalar) scalar {
		if h.change.Event == "" {
			return scalar{}
		}
		return s
	}
	before := func(n int64) scalar {
		if h.change.Event == changes.Created {
			return scalar{}
		}
		return about(numberOf(n))
	}
	return record{
		{"time", timeOf(h.at)},
		{"event", textOf(h.event)},
		{"kind", textOrNull(string(h.kind))},
		{"name", about(textOf(k.Name))},
		{"id", about(textOf(string(k.ID)))},
		{"group", about(textOf(k.Group))},
		{"uses", about(numberOf(k.Uses))},
		{"uses_before", before(was.Uses)},
		{"max_uses", about(numberOf(k.MaxUses))},
		{"max_uses_before", before(was.MaxUses)},
		{"left", about(numberOf(k.Left()))},
		{"state", about(textOf(h.state.String()))},
		{"connectors", about(listOf(h.by))},
		{"changes", about(changesOf(h.change.Fields))},
		{"message", textOrNull(h.words)},
	}
}

const (
	eventCells  = 14 // of the longest event but one
	mostSubject = 42 // of a kind, and as much of a name as a message of the console shows
)

// row is a line for people: when, what, to which key, and in their own column the
// words. A narrow terminal cuts the name as the table does, and breaks the words.
func (t *teller) row(h happening) string {
	between := strings.Repeat(" ", gap)
	var b strings.Builder
	b.WriteString(h.at.Format(time.TimeOnly) + between)
	b.WriteString(t.look.render(eventStyle(t.look.theme, h.event), h.event))
	b.WriteString(strings.Repeat(" ", max(eventCells-len(h.event), 0)) + between)
	column := len(time.TimeOnly) + gap + max(eventCells, len(h.event)) + gap
	if subject := style.Sanitize(h.subject()); subject != "" {
		w := style.Width(subject)
		if h.change.Event != "" {
			w = t.subjectWidth(w, t.look.width-column-gap)
		}
		b.WriteString(style.Fit(subject, w) + between)
		column += w + gap
	}
	for i, part := range wrapped(h.sentence(), t.look.width-column) {
		if i > 0 {
			b.WriteString("\n" + strings.Repeat(" ", column))
		}
		b.WriteString(part)
	}
	return strings.TrimRight(b.String(), " ") + "\n"
}

// subjectWidth returns the cells for a kind/name of own cells: those of the longest,
// unless that would leave the words no room of those that are left.
func (t *teller) subjectWidth(own, left int) int {
	w := min(max(t.widest, own), mostSubject)
	if t.look.width > 0 {
		w = min(w, max(left-leastWords, leastWords))
	}
	return w
}

// keyWidth is how many cells a key's kind/name takes.
func keyWidth(k client.Key) int { return style.Width(style.Sanitize(string(k.Kind) + "/" + k.Name)) }

// subject is what a line is about: a key, a kind or, "", everything.
func (h happening) subject() string {
	if h.change.Event == "" {
		return string(h.kind)
	}
	return string(h.kind) + "/" + h.change.After.Name
}

// sentence says what happened.
func (h happening) sentence() string {
	k, was := h.change.After, h.change.Before
	uses := fmt.Sprintf("%d/%d", k.Uses, k.MaxUses)
	left := fmt.Sprintf("%d left", k.Left())
	switch h.change.Event {
	case "":
		return h.words
	case changes.Enrolled:
		return fmt.Sprintf("%d/%d → %s, %s%s", was.Uses, was.MaxUses, uses, left, byWords(h.by))
	case changes.Deleted, changes.UsedUp:
		return uses
	case changes.Raised, changes.Lowered:
		return fmt.Sprintf("max uses %d → %d, %s%s", was.MaxUses, k.MaxUses, left, h.stillBlocked())
	case changes.Renamed:
		return "was " + was.Name + h.stillBlocked()
	case changes.Changed:
		var words []string
		for _, f := range h.change.Fields {
			words = append(words, fmt.Sprintf("%s %s → %s", f.Field, f.Seen, f.Now))
		}
		return strings.Join(words, ", ") + h.stillBlocked()
	case changes.Created:
		return fmt.Sprintf("%s, %s, group %s%s", uses, left, k.Group, h.stillBlocked())
	case changes.Enabled:
		return uses + ", " + left + h.stillBlocked()
	}
	return uses + ", " + left
}

// stillBlocked names the state that keeps a key from enrolling anybody, where the
// event does not say it.
func (h happening) stillBlocked() string {
	if !h.state.Blocks() {
		return ""
	}
	return ", " + h.state.String()
}

// byWords names who enrolled: a few, and how many more.
func byWords(names []string) string {
	if len(names) == 0 {
		return ""
	}
	more := ""
	if n := len(names) - namesTold; n > 0 {
		names, more = names[:namesTold], fmt.Sprintf(" and %d more", n)
	}
	return ", by " + strings.Join(names, ", ") + more
}

func eventStyle(th style.Theme, event string) style.Style {
	switch event {
	case string(changes.Enrolled), string(changes.Raised), string(changes.Enabled), eventBack:
		return th.StateOK
	case string(changes.NearlyUsedUp), string(changes.Lowered):
		return th.StateWarn
	case string(changes.UsedUp), string(changes.Expired), string(changes.CertificateExpired), string(changes.Deleted), eventUnavailable:
		return th.StateBad
	case string(changes.Disabled), string(changes.Hidden):
		return th.StateOff
	}
	return th.Text
}
