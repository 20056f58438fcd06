package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/diagnose"
)

// inspectLineBreak starts the inspection when the enter was one: nothing came
// right behind it.
func (m *Model) inspectLineBreak(msg enterDueMsg) tea.Cmd {
	d := &m.inspect
	if m.open != inspectOpen || !d.entered || d.enters != msg.number {
		return nil
	}
	d.entered = false
	if d.pasted.bytes == 0 {
		d.fault = "There is nothing yet: paste it here."
		return nil
	}
	ctx, gen := d.work.begin(m.ctx)
	d.stage = inspectLooking
	var known diagnose.Known
	known, d.missing = m.known()
	return m.effects.inspect(ctx, gen, d.pasted.text(), known)
}

// framesOf is how many characters of a paste that comes key by key share a frame.
const framesOf = 64

// stays reports whether the screen may stay as it is: while a paste comes in key
// by key, a frame for each would take longer than the paste. The clock draws what
// is left over.
func (m *Model) stays() bool {
	return m.phase == running && m.open == inspectOpen && m.inspect.typing() &&
		m.burst.quick && m.now.Sub(m.burst.last) < burstGap && m.inspect.pasted.characters%framesOf != 0
}

// known is what a text is compared with: every key there is, the filter aside. What
// is said of the keys that are missing from it comes along, a sentence each.
func (m *Model) known() (k diagnose.Known, missing []string) {
	k = diagnose.Known{Keys: m.tenantKeys(), Customer: m.opts.Customer, Now: m.now}
	var failed, loading []client.Kind
	for _, kind := range client.Kinds() {
		switch l := m.loads.kinds[kind]; {
		case l.refused():
			k.Unread = append(k.Unread, kind)
		case l.err != nil:
			failed = append(failed, kind)
		case l.loaded.IsZero():
			loading = append(loading, kind)
		}
	}
	k.Complete = len(failed)+len(loading) == 0 && len(k.Unread) < len(client.Kinds())
	for _, of := range []struct {
		kinds []client.Kind
		words string
	}{
		{k.Unread, "may not be read by this client's role, and were not compared."},
		{failed, "could not be read, so that not all of them were compared: " + m.keymap.of("refresh") + " tries again."},
		{loading, "were not compared: they are still loading."},
	} {
		if len(of.kinds) > 0 {
			missing = append(missing, kindNames(of.kinds)+" keys "+of.words)
		}
	}
	return k, missing
}

// kindNames returns "App connector, cloud controller".
func kindNames(kinds []client.Kind) string {
	var titles []string
	for _, kind := range kinds {
		titles = append(titles, kind.Title())
	}
	names := strings.Join(titles, ", ")
	return strings.ToUpper(names[:1]) + names[1:]
}

// tenantKeys returns every key that was loaded.
func (m *Model) tenantKeys() []client.Key {
	return m.keys.catalog.Keys(m.keys.catalog.Select(catalog.Query{}))
}

// inspected shows what was found. The text is not needed any more.
func (m *Model) inspected(msg inspectedMsg) {
	d := &m.inspect
	if msg.gen != d.work.gen || m.open != inspectOpen {
		return
	}
	if !m.allHeld(msg) {
		msg.notes = append(msg.notes, d.missing...)
	}
	d.work.stop()
	d.again()
	d.stage, d.report = inspectShowing, reportOf(msg)
	d.target = m.onlyKey(msg.matches())
}

// allHeld reports whether everything that was found is about keys of the tenant:
// then it does not matter which could not be compared.
func (m *Model) allHeld(msg inspectedMsg) bool {
	matches := msg.matches()
	return len(matches) == max(len(msg.explanations), 1) && !slices.ContainsFunc(matches, func(match diagnose.Match) bool {
		_, held := m.keys.catalog.Get(match.Key.Ref())
		return !held
	})
}

// onlyKey returns the one key of the tenant that all matches name; zero where
// there is none, or where they name several.
func (m *Model) onlyKey(matches []diagnose.Match) client.Ref {
	var only client.Ref
	for _, match := range matches {
		ref := match.Key.Ref()
		if _, held := m.keys.catalog.Get(ref); !held {
			continue
		}
		if only != (client.Ref{}) && only != ref {
			return client.Ref{}
		}
		only = ref
	}
	return only
}

// goTo moves the cursor to a key. What hides it is taken away, and said.
func (m *Model) goTo(ref client.Ref) tea.Cmd {
	k, held := m.keys.catalog.Get(ref)
	if !held {
		return m.say(toneBad, "It is gone: somebody deleted it meanwhile.")
	}
	m.keys.anchor = ref
	if m.keys.kind != "" {
		m.keys.kind = ref.Kind
	}
	m.refilter()
	if m.shows(ref) {
		return nil
	}
	m.keys.filter.set("")
	m.refilter()
	return m.say(toneInfo, "The filter is off, to show "+called(k.Name)+".")
}

// shows reports whether the cursor is on that key.
func (m *Model) shows(ref client.Ref) bool {
	k, ok := m.keys.current()
	return ok && k.Ref() == ref
}
