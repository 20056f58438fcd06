package tui

import (
	"provkeys/tui/style"
)

func (d *profilesDialog) title() string {
	switch {
	case d.stage == profilesAdding || d.stage == profilesSigning:
		return "Add a profile"
	case d.first && len(d.list) > 0:
		return "Which tenant?"
	case d.first:
		return "Welcome to provkeys"
	}
	return "Profiles"
}

func (m *Model) profilesView(w, h int) []string {
	d, th := &m.profiles, m.theme
	switch d.stage {
	case profilesLoading:
		return []string{"Reading the profiles" + th.Glyphs.Ellipsis}
	case profilesOpening:
		return []string{"Opening" + th.Glyphs.Ellipsis, "", keysLine(w, th, "esc", "cancel")}
	case profilesSigning:
		return append(style.Wrap("Signing in, once: three refusals lock an API client for 30 minutes"+th.Glyphs.Ellipsis, w), "", keysLine(w, th, "esc", "cancel"))
	case profilesAdding:
		return overKeys(d.form.View(w, max(h-2, 1), th), keysLine(w, th, "enter", "sign in and store", "tab", "next", "esc", "back"), h)
	}
	var lines []string
	if d.first && len(d.list) == 0 {
		lines = style.Wrap("There is no profile and there are no credentials yet. A profile names a tenant and how to sign in to it; on the command line that is provkeys profile add NAME.", w)
		lines = append(lines, "")
	}
	if d.fault != "" {
		for _, part := range style.Wrap(d.fault, w) {
			lines = append(lines, th.InputError.Render(part))
		}
	}
	keys := keysLine(w, th, "enter", "choose", "a", "add", "d", "demonstration", "esc", "close")
	switch {
	case d.first && len(d.list) > 0:
		keys = keysLine(w, th, "enter", "choose", "a", "add", "d", "demonstration", "q", "quit")
	case d.first:
		keys = keysLine(w, th, "d", "demonstration", "a", "add a profile", "q", "quit")
	}
	return append(lines, d.at.viewOver(keys, w, max(h-len(lines), 1), th)...)
}
