package tui

import (
	"fmt"
	"slices"
	"strings"

	"provkeys/client/catalog"
	"provkeys/tui/style"
)

// viewNameCells is how wide a view's name may be in a list of views.
const viewNameCells = 24

// viewChoices returns a choice for no view, and one for each that is saved; mark
// stands before the picked one.
func viewChoices(saved []catalog.Saved, picked, mark string) []choice {
	w := 0
	for _, s := range saved {
		w = max(w, min(style.Width(style.Sanitize(s.Name)), viewNameCells))
	}
	line := func(name, words string) string {
		before := style.Fit("", style.Width(mark)+1)
		if name == picked {
			before = mark + " "
		}
		return before + words
	}
	list := []choice{{words: line("", "no view: every key, by name")}}
	for _, s := range saved {
		one := choice{words: line(s.Name, style.Fit(style.Sanitize(s.Name), w)+"  "+viewLine(s.View))}
		if s.Fault != nil {
			one.why = ended("It cannot be shown: " + s.Fault.Error())
		}
		list = append(list, one)
	}
	return list
}

// viewLine says in one line what a view shows.
func viewLine(v catalog.View) string {
	filter := style.Sanitize(v.Filter)
	if filter == "" {
		filter = "every key"
	}
	parts := []string{filter}
	if v.Kind != "" {
		parts = append(parts, style.Sanitize(string(v.Kind)))
	}
	if v.Sort != catalog.ByName || v.Reverse {
		by := "by " + v.Sort.String()
		if v.Reverse {
			by += ", turned round"
		}
		parts = append(parts, by)
	}
	if n := len(v.Columns); n > 0 {
		parts = append(parts, fmt.Sprintf("%d columns", n))
	}
	return strings.Join(parts, " · ")
}

// viewsView draws the views dialog in at most h lines.
func (m *Model) viewsView(w, h int) []string {
	d, th := &m.views, m.theme
	ask := func(key, does string, sentences ...string) []string {
		lines := wrapped(sentences, w)
		return overKeys(lines, keysLine(w, th, key, does, "esc", "leave it"), h)
	}
	switch d.stage {
	case viewsNaming:
		return overKeys(d.form.View(w, max(h-2, 1), th), keysLine(w, th, "enter", "save", "esc", "back"), h)
	case viewsReplacing:
		return ask("y", "replace it", d.replacing()+" "+viewLine(d.over.View)+".", "What shows now would take its place: "+viewLine(d.view)+".")
	case viewsDeleting:
		return ask("y", "delete it", "Delete the view "+called(d.view.Name)+"? "+ended(viewLine(d.view))+" No key is touched.")
	case viewsWriting:
		return overKeys(nil, busyLine(w, th, "writing… esc leaves it to finish by itself"), h)
	}
	return d.listView(m.viewsAbout(), w, h, th)
}

// replacing says what would be replaced.
func (d *viewsDialog) replacing() string {
	return "There is a view " + called(d.over.Name) + ", and it is not the one that you began with:"
}

// viewsAbout says how what shows stands to the picked view.
func (m *Model) viewsAbout() string {
	name := called(m.viewing.picked.Name)
	_, there := m.viewing.find(m.viewing.picked.Name)
	switch {
	case name == "":
		return "No view is picked: a saves what shows as one."
	case !there:
		return "What shows was the view " + name + ", which is deleted."
	case m.unsaved():
		return "What shows is not what the view " + name + " has."
	}
	return "What shows is the view " + name + " as it is saved."
}

// listView draws the views over what can be done. Where there is little room, what
// is said about them goes first, then the keys.
func (d *viewsDialog) listView(about string, w, h int, th style.Theme) []string {
	keys := keysLines(w, th, "enter", "show", "s", "save", "a", "save as", "c", "back to saved", "D", "delete", "esc", "close")
	var head, fault []string
	for _, part := range style.Wrap(about, w) {
		head = append(head, th.Faint.Render(part))
	}
	if d.fault != "" {
		for _, part := range style.Wrap(style.Sanitize(d.fault), w) {
			fault = append(fault, th.InputError.Render(part))
		}
	}
	least := min(len(d.offers.list), 3) + len(d.offers.reason(w)) + len(fault)
	if least+len(keys) > h {
		keys = nil
	}
	if least+len(keys)+len(head) > h {
		head = nil
	}
	if least+len(keys)+len(head) < h {
		keys = append([]string{""}, keys...)
	}
	offers := d.offers.view(w, max(h-len(head)-len(fault)-len(keys), 1), th)
	return slices.Concat(head, offers, fault, keys)
}

// keysLines shows pairs of a key and what it does, in as many lines as they need.
func keysLines(w int, th style.Theme, pairs ...string) []string {
	var lines []string
	for len(pairs) > 0 {
		n := 2
		for n < len(pairs) && pairsWidth(pairs[:n+2]) <= w {
			n += 2
		}
		lines = append(lines, keysLine(w, th, pairs[:n]...))
		pairs = pairs[n:]
	}
	return lines
}
