package tui

import (
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
	return m.effects.inspect(ctx, gen, d.pasted.text(), m.known())
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

// known is what a text is compared with: every key there is, the filter aside.
func (m *Model) known() diagnose.Known {
	k := diagnose.Known{Keys: m.tenantKeys(), Customer: m.opts.Customer, Now: m.now, Complete: true}
	for _, kind := range client.Kinds() {
		l := m.loads.kinds[kind]
		k.Complete = k.Complete && (l.refused() || l.err == nil && !l.loaded.IsZero())
	}
	return k
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
	d.work.stop()
	d.again()
	d.stage, d.report = inspectShowing, reportOf(msg)
	d.target = m.onlyKey(msg.matches())
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
