package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// copyMarked copies the texts of the marked keys, one a line, after their lists were
// read again. Those that would not enrol are left out, and stay marked with why.
func (m *Model) copyMarked() tea.Cmd {
	keys := m.markedKeys()
	ctx, gen := m.act.begin(m.ctx)
	return tea.Batch(m.sayUntil(toneInfo, fmt.Sprintf("Checking %d keys… esc gives it up.", len(keys)), actionTimeout),
		m.effects.fetchMany(ctx, gen, keys))
}

// keysFetched goes on with the copy of many once they were read again.
func (m *Model) keysFetched(msg keysFetchedMsg) tea.Cmd {
	if msg.gen != m.act.gen {
		return nil
	}
	m.act.busy = false
	if msg.err != nil {
		return m.say(toneBad, "Not copied: "+failure(msg.err))
	}
	if err := msg.listing.CertificatesErr; err != nil && m.loads.certs.IsZero() && !errors.Is(err, client.ErrPermission) {
		return m.say(toneBad, "Not copied: whether their signing certificates are still valid could not be checked. "+failure(err))
	}
	hidden := m.hiddenMarks()
	fit, left, gone := m.stillFit(msg)
	m.reselect()
	var also []string
	if left > 0 {
		also = append(also, fmt.Sprintf("%d cannot be copied and stay marked: enter on one says why.", left))
	}
	if gone > 0 {
		also = append(also, fmt.Sprintf("%d are gone, somebody deleted them.", gone))
	}
	if len(fit) == 0 {
		return m.say(toneBad, join("Nothing was copied.", strings.Join(also, " ")))
	}
	if hidden > 0 {
		also = append(also, fmt.Sprintf("The filter hides %d of those that were marked.", hidden))
	}
	ctx, gen := m.act.begin(m.ctx)
	return m.handOver(ctx, textCopiedMsg{gen: gen, key: fit[0], all: fit, checked: true, also: strings.Join(also, " ")})
}

// stillFit takes in what was read and returns the keys that may be copied, in the
// order in which they were asked for; the others are marked with what keeps them,
// or gone.
func (m *Model) stillFit(msg keysFetchedMsg) (fit []client.Key, left, gone int) {
	held := map[client.Ref]client.Key{}
	for _, k := range msg.listing.Keys {
		held[k.Ref()] = k
	}
	for _, asked := range msg.asked {
		k, there := held[asked.Ref()]
		switch failed := msg.listing.Failed[asked.Kind]; {
		case failed != nil:
			m.keys.mark(asked.Ref(), "not copied: "+failure(failed))
			left++
			continue
		case !there:
			m.keys.catalog.Remove(asked.Ref())
			m.outdate(asked.Ref())
			m.keys.unmark(asked.Ref())
			gone++
			continue
		}
		m.keys.catalog.Put(k)
		m.outdate(k.Ref())
		k, _ = m.keys.catalog.Get(k.Ref()) // which knows when its certificate ends
		if b := k.CopyBlock(m.now); b != nil {
			m.keys.mark(k.Ref(), "not copied: it is "+stateWords(k, b))
			left++
			continue
		}
		fit = append(fit, k)
	}
	return fit, left, gone
}

// manyTexts returns the texts of keys, one a line.
func manyTexts(keys []client.Key) client.Secret {
	var b strings.Builder
	for i, k := range keys {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(k.Text.Reveal())
	}
	return client.NewSecret(b.String())
}

// textsLeft records each key of a copy, and watches it. The marks of many that were
// copied together have done their work.
func (m *Model) textsLeft(msg textCopiedMsg, deed Deed) tea.Cmd {
	var cmds []tea.Cmd
	for _, k := range msg.keys() {
		deed.Key, deed.Name = k.Ref(), k.Name
		cmds = append(cmds, m.record(deed), m.remember(k))
		m.watch(k, msg.checked)
		if msg.all != nil {
			m.keys.unmark(k.Ref())
		}
	}
	m.reselectMarked()
	return tea.Batch(cmds...)
}
