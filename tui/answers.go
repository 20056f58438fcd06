package tui

import (
	tea "charm.land/bubbletea/v2"
)

// answered routes what effects send.
func (m *Model) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keysPageMsg:
		return m.tookPage(msg)
	case kindLoadedMsg:
		return m.tookKind(msg)
	case certificatesLoadedMsg:
		return m.tookCertificates(msg)
	case groupsListedMsg:
		return m.tookGroupList(msg)
	case machinesListedMsg:
		return m.tookMachineList(msg)
	case namesReadMsg:
		m.tookNames(msg)
	case profilesListedMsg:
		return m.tookProfiles(msg)
	case sessionOpenedMsg:
		return m.opened(msg)
	case profileAddedMsg:
		return m.added(msg)
	case keyFetchedMsg:
		return m.fetched(msg)
	case textCopiedMsg:
		return m.copied(msg)
	case keyReadMsg:
		m.tookKey(msg)
	case keysFetchedMsg:
		return m.keysFetched(msg)
	case leaseEndedMsg:
		return m.leaseEnded(msg)
	case keyWatchedMsg:
		return m.tookWatched(msg)
	case keyUsedMsg:
		if msg.session == m.session {
			return m.news(toneGood, usedWords(msg))
		}
	case alternateMsg:
		return m.tookAlternate(msg)
	case enterDueMsg:
		return m.inspectLineBreak(msg)
	case inspectedMsg:
		m.inspected(msg)
	case downloadPlacedMsg:
		return m.downloadPlaced(msg)
	case downloadCheckedMsg:
		return m.downloadChecked(msg)
	case downloadedMsg:
		return m.downloaded(msg)
	case recordedMsg:
		return m.wasRecorded(msg)
	case rememberedMsg:
		return m.wasRemembered(msg)
	case tickMsg:
		return tea.Batch(tick(), m.due(), m.clearDue(), m.watchDue())
	case toastEndedMsg:
		if msg.number == m.toast.number {
			m.toast.text = ""
		}
	case waitMsg:
		if until := m.now.Add(msg.For); until.After(m.waitUntil) {
			m.waitUntil, m.waitWhy = until, waitWords(msg)
		}
		return m.effects.nextWait(m.ctx)
	case viewsListedMsg:
		return m.viewsListed(msg)
	case viewSavedMsg:
		return m.viewSaved(msg)
	case viewDeletedMsg:
		return m.viewDeleted(msg)
	case screenKeptMsg:
		m.kept.writing = without(m.kept.writing, msg.number)
	default:
		return m.wrote(msg)
	}
	return nil
}

// wrote routes what effects send that change keys.
func (m *Model) wrote(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keyEditedMsg:
		return m.edited(msg)
	case keyUndoneMsg:
		return m.undone(msg)
	case keyRaisedMsg:
		return m.raised(msg)
	case groupsLoadedMsg:
		return m.tookGroups(msg)
	case keyCreatedMsg:
		return m.created(msg)
	case dependentsLoadedMsg:
		return m.tookDependents(msg)
	case keyDeletedMsg:
		return m.deleted(msg)
	case bulkTurnMsg:
		return m.bulkTurn(msg)
	case bulkSteppedMsg:
		return m.bulkStepped(msg)
	case manyDependentsMsg:
		return m.tookManyDependents(msg)
	case bulkPreparedMsg:
		return m.downloadsPrepared(msg)
	}
	return nil
}
