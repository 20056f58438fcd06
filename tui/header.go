package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui/style"
)

// headerLine shows the tenant, the badge, and how old the rows are. Where it is
// narrow, what comes next goes first, then the tenant, then the program's name;
// the age always shows.
func (m *Model) headerLine(w int) string {
	th := m.theme
	badge, badgeStyle := m.badge()
	age, next, ageStyle := m.ageWords()
	title, tenant := "provkeys  ", style.Sanitize(m.opts.Tenant)
	least := 1 + len(badge) + 1 + style.Width(age) + 1 // the badge and the age with their blanks
	if next != "" && least+len(title)+min(style.Width(tenant), 12)+2+style.Width(next) <= w {
		age += next
		least += style.Width(next)
	}
	if room := w - least - len(title) - 2; room < 4 {
		tenant = ""
	} else {
		tenant = style.Truncate(tenant, room) + "  "
	}
	if least+len(title) > w {
		title = ""
	}
	left := " " + th.Title.Render(title) + tenant + badgeStyle.Render(badge)
	used := 1 + len(title) + style.Width(tenant) + len(badge)
	if used >= w {
		return style.Fit(" "+badge, w)
	}
	return left + style.Fit("", 1) + ageStyle.Render(style.FitRight(age, w-used-2)) + " "
}

// badge says what one can do here.
func (m *Model) badge() (string, style.Style) {
	switch {
	case m.opts.Demo && m.opts.ReadOnly:
		return "[DEMO RO]", m.theme.Badge
	case m.opts.Demo:
		return "[DEMO]", m.theme.Badge
	case m.opts.ReadOnly:
		return "[RO]", m.theme.Badge
	}
	return "[RW]", m.theme.BadgeDanger
}

// ageWords says how old the rows are, and when the next load comes.
func (m *Model) ageWords() (age, next string, look style.Style) {
	l, th := &m.loads, m.theme
	if m.now.Before(m.waitUntil) && l.failed() == nil {
		return "waiting " + span(m.waitUntil.Sub(m.now)+time.Second-1) + ": " + m.waitWhy, "", th.StateWarn
	}
	if err := l.failed(); err != nil {
		next = " · " + m.nextTry()
		switch {
		case !l.newest().IsZero():
			return "STALE " + span(m.now.Sub(l.newest())), next, th.StateBad
		case errors.Is(err, client.ErrPermission):
			return "no permission", next, th.StateBad
		}
		return "no answer", next, th.StateBad
	}
	if l.oldest().IsZero() {
		return "loading", "", th.Faint
	}
	switch {
	case l.asking():
		next = " · refreshing"
	case m.opts.Refresh > 0:
		next = " · every " + span(m.opts.Refresh)
	}
	return "updated " + ageOf(m.now.Sub(l.oldest())), next, th.Faint
}

// nextTry says when the backend is asked again.
func (m *Model) nextTry() string {
	l := &m.loads
	switch {
	case l.asking():
		return "trying"
	case l.next.IsZero():
		return "r tries again"
	case m.paused() && !m.now.Before(l.next):
		return "paused"
	}
	return "next try in " + span(max(l.next.Sub(m.now), time.Second))
}

// ageOf is a span in steps of five seconds, so that the line changes seldom.
func ageOf(d time.Duration) string {
	if d < 5*time.Second {
		return "just now"
	}
	if d < time.Minute {
		d = d.Truncate(5 * time.Second)
	}
	return span(d) + " ago"
}

// kindsLine shows the kinds with their counts, and what keeps those that did
// not answer.
func (m *Model) kindsLine(w int) string {
	th := m.theme
	var b strings.Builder
	used := 0
	add := func(text string, st style.Style) {
		if room := w - used; room > 0 {
			text = style.Truncate(text, room)
			b.WriteString(st.Render(text))
			used += style.Width(text)
		}
	}
	add(" ", th.Text)
	for i, kind := range append([]client.Kind{""}, client.Kinds()...) {
		if i > 0 {
			add(" · ", th.Faint)
		}
		text, st := m.kindWords(kind, w)
		if kind == m.keys.kind {
			st = th.KindActive
		}
		add(text, st)
	}
	return b.String() + style.Fit("", w-used)
}

func (m *Model) kindWords(kind client.Kind, w int) (string, style.Style) {
	if kind == "" {
		return fmt.Sprintf("all %d", m.keys.catalog.Count("")), m.theme.Kind
	}
	title := kind.Title()
	if w < 100 {
		title = shortTitle(kind)
	}
	switch l := m.loads.kinds[kind]; {
	case l.refused():
		return title + ": no permission", m.theme.KindFailed
	case errors.Is(l.err, client.ErrSignIn):
		return title + ": sign-in refused", m.theme.KindFailed
	case l.err != nil:
		return title + ": " + shortFailure(l.err), m.theme.KindFailed
	case l.asked && l.loaded.IsZero() && m.keys.catalog.Count(kind) == 0:
		return title + " …", m.theme.Faint
	}
	return fmt.Sprintf("%s %d", title, m.keys.catalog.Count(kind)), m.theme.Kind
}

// shortFailure is why a kind did not answer, in two words.
func shortFailure(err error) string {
	var answer *client.APIError
	if errors.As(err, &answer) {
		return fmt.Sprintf("failed (%d)", answer.Status)
	}
	return "no answer"
}

// shortTitle is a kind's word where a line is short.
func shortTitle(kind client.Kind) string {
	switch kind {
	case client.AppConnector:
		return "app"
	case client.NetworkConnector:
		return "network"
	case client.ServiceEdge:
		return "edge"
	}
	return "controller"
}

// footerLine shows the keys that are needed most, help among them however
// narrow the screen is.
func (m *Model) footerLine(w int) string {
	list, _ := m.listed()
	if len(m.keys.marks) > 0 {
		list = markedFooter(list)
	}
	line := footerPairs(list, w, true)
	if pairsWidth(line) >= w {
		line = footerPairs(list, w, false)
	}
	return " " + keysLine(w-1, m.theme, line...)
}

// pairsWidth returns the cells that keysLine would need for all of its pairs.
func pairsWidth(pairs []string) int {
	n := 0
	for i, word := range pairs {
		n += style.Width(word)
		if i > 0 {
			n += 1 + 2*(1-i%2) // a blank, or a separator between two
		}
	}
	return n
}

// markedFooter returns what can be done with marked keys, and the last actions of a
// footer.
func markedFooter(list []binding) []binding {
	words := map[action]string{
		"edit": "change all", "raise": "raise all", "copy": "copy all", "download": "download all", "delete": "delete all",
		"mark": "mark", "back": "unmark all", "help": "help", "quit": "quit",
	}
	var marked []binding
	for _, b := range list {
		if b.footer, b.wide = words[b.action], ""; b.footer != "" {
			marked = append(marked, b)
		}
	}
	return marked
}

// footerPairs returns the keys of the footer and their words: with wide all that
// have one, else as many as w cells hold.
func footerPairs(list []binding, w int, wide bool) []string {
	var pairs, more []string
	used, reserved := 0, 0
	for _, b := range list {
		switch {
		case b.action == "help":
			reserved = len(" · ") + len(b.keys[0]) + 1 + len(b.footer)
		case wide && b.wide != "":
			more = append(more, b.keys[0], b.wide)
		}
	}
	for _, b := range list {
		n := style.Width(b.keys[0] + " " + b.footer + " · ")
		if b.action == "help" {
			reserved = 0
			pairs = append(pairs, more...)
		}
		if b.footer == "" || !wide && used+n+reserved > w {
			continue
		}
		pairs = append(pairs, b.keys[0], b.footer)
		used += n
	}
	return pairs
}

// countLine says which rows show.
func (m *Model) countLine(w int) string {
	first, last := m.keys.table.Window(m.source())
	text := fmt.Sprintf(" rows %d–%d of %d", first, last, len(m.keys.rows))
	if len(m.keys.rows) == 0 {
		text = " no rows"
	}
	const separator = " · "
	if marked := m.markedWords(); marked != "" {
		text += separator + marked
	}
	if m.reveal.there() {
		text += separator + m.revealedWords()
	}
	if held := m.heldWords(w - style.Width(text+separator)); held != "" {
		text += separator + held
	}
	if err := m.loads.certsErr; err != nil && m.loads.certs.IsZero() {
		text += " · when certificates end is not known: " + shortFailure(err)
	}
	if m.keys.sort != 0 || m.keys.reverse {
		text += " · sorted by " + m.sortWords()
	}
	return m.theme.Faint.Render(style.Fit(text, w))
}
