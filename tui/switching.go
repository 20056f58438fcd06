package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
)

// switchTo shows another tenant. What belongs to the one before goes: its keys and
// lists, what is revealed, marks, the undo, and copies that were looked after. What is
// on a clipboard stays there and is cleared in time. Filters stay; the table is as it
// was left for that tenant.
func (m *Model) switchTo(s Session, screen catalog.Screen) tea.Cmd {
	left := m.effects.leaveSession()
	m.hide()
	m.load.stop()
	m.act.stop()
	m.endCtx() // what the pages and the watches still ask for
	m.ctx, m.endCtx = context.WithCancel(m.root)
	m.session++
	m.effects.client, m.effects.journal, m.effects.memory = s.Client, s.Journal, s.Memory
	m.effects.session, m.effects.endSession = m.session, s.Close
	m.opts.Profile, m.opts.Tenant, m.opts.Customer, m.opts.Colour = s.Profile, s.Tenant, s.Customer, s.Colour
	m.opts.Demo, m.opts.ReadOnly = s.Demo, s.ReadOnly
	m.opts.InForce = keptHere(m.opts.InForce, s.InForce)
	m.forgetTenant()
	if m.effects.screen = s.Screen; s.Screen != nil && m.viewing.picked.Name == "" {
		m.restoreScreen(screen)
	}
	var begins tea.Cmd
	if s.View != "" {
		begins = m.showNamed(s.View)
	}
	return tea.Batch(left, begins, m.refresh(true))
}

// forgetTenant empties what a tenant's answers filled.
func (m *Model) forgetTenant() {
	m.loads, m.fleet = newLoads(m.loads.every), newFleet()
	m.certificates, m.undo, m.newer, m.watches = nil, undo{}, nil, nil
	m.keys.catalog, m.keys.marks, m.keys.lastMark = &catalog.Catalog{}, nil, client.Ref{}
	m.groups.take(nil)
	m.connectors.take(nil)
	m.certs.take(nil)
	m.facts = nil
	m.wanted, m.forgetful = nil, false
	for p := range pageCount {
		s := m.listOf(p)
		s.rows, s.anchor, s.under, s.flipped = nil, client.Ref{}, client.Ref{}, nil
	}
}
