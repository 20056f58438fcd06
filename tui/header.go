package tui

import (
	"errors"
	"time"

	"provkeys/client"
	"provkeys/tui/style"
)

// So many cells of the tenant's name are worth more than when the next load comes, and
// than when the backend is tried again.
const (
	tenantCells      = 24
	tenantCellsStale = 12
)

// headerLine shows the tenant, the badge, and how old the rows are. Where it is
// narrow, what comes next goes first, then the tenant, then the program's name;
// the age always shows.
func (m *Model) headerLine(w int) string {
	th := m.theme
	badge, badgeStyle := m.badge()
	age, next, ageStyle := m.ageWords()
	title, tenant, banner := "provkeys  ", style.Sanitize(m.opts.Tenant), m.theme.Banner(m.opts.Colour)
	least := 1 + len(badge) + 1 + style.Width(age) + 1 // the badge and the age with their blanks
	keeps := tenantCells
	if m.loads.failed() != nil {
		keeps = tenantCellsStale
	}
	if next != "" && least+len(title)+min(style.Width(tenant), keeps)+2+style.Width(next) <= w {
		age += next
		least += style.Width(next)
	}
	gap := ""
	if room := w - least - len(title) - 2; room < 4 {
		tenant = ""
	} else {
		tenant, gap = style.Truncate(tenant, room), "  "
	}
	if least+len(title) > w {
		title = ""
	}
	left := " " + th.Title.Render(title) + banner.Render(tenant) + gap + badgeStyle.Render(badge)
	used := 1 + len(title) + style.Width(tenant) + len(gap) + len(badge)
	if used >= w {
		return style.Fit(" "+badge, w)
	}
	return left + style.Fit("", 1) + ageStyle.Render(style.FitRight(age, w-used-2)) + " "
}

// badge says what one can do here.
func (m *Model) badge() (string, style.Style) {
	switch {
	case m.effects.client == nil:
		return "[NO TENANT]", m.theme.Badge
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
	if m.effects.client == nil {
		return "", "", th.Faint
	}
	if m.now.Before(m.waitUntil) && l.failed() == nil {
		return "waiting " + span(m.waitUntil.Sub(m.now)+time.Second-1) + ": " + m.waitWhy, "", th.StateWarn
	}
	if err := l.failed(); err != nil {
		next = " · " + m.nextTry()
		switch {
		case !l.newest().IsZero():
			return "STALE " + span(m.now.Sub(l.newest())), next, th.StateBad
		case errors.Is(err, client.ErrPermission), errors.Is(err, client.ErrSignIn):
			return shortFailure(err), next, th.StateBad
		}
		return "no answer", next, th.StateBad
	}
	if l.oldest().IsZero() {
		return "loading", "", th.Faint
	}
	age, look = m.pageAgeWords()
	switch {
	case l.asking():
		next = " · refreshing"
	case m.opts.Refresh > 0:
		next = " · every " + span(m.opts.Refresh)
	}
	return age, next, look
}

// pageAgeWords says how old the rows of the page are, or why there are none.
func (m *Model) pageAgeWords() (string, style.Style) {
	switch waits, err := m.pageLoad(); {
	case !m.pageAge().IsZero():
		return "updated " + ageOf(m.now.Sub(m.pageAge())), m.theme.Faint
	case waits:
		return "loading", m.theme.Faint
	case err != nil:
		return shortFailure(err), m.theme.StateBad
	}
	return "", m.theme.Faint
}

// nextTry says when the backend is asked again.
func (m *Model) nextTry() string {
	l := &m.loads
	switch {
	case l.asking():
		return "trying"
	case l.next.IsZero():
		return m.keymap.of("refresh") + " tries again"
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
