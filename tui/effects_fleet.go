package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// listGroups reads the groups of a kind.
func (e effects) listGroups(ctx context.Context, session int, kind client.Kind) tea.Cmd {
	return guard(func() tea.Msg {
		groups, err := e.client.Groups(ctx, kind)
		return groupsListedMsg{session: session, kind: kind, groups: groups, err: err}
	})
}

// listMachines reads what enrolled with keys of a kind.
func (e effects) listMachines(ctx context.Context, session int, kind client.Kind) tea.Cmd {
	return guard(func() tea.Msg {
		machines, _, err := e.client.MachinesOf(ctx, kind)
		return machinesListedMsg{session: session, kind: kind, machines: machines, err: err}
	})
}
