package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/style"
)

const (
	// watchFor is how long a key is watched after it was copied, and watchEvery
	// how often it is read again meanwhile.
	watchFor   = 10 * time.Minute
	watchEvery = 10 * time.Second
	// watchMost keeps the watching to a fifth of what the API allows.
	watchMost = 4
)

// watch is a key that was copied lately: its uses tell whether it arrived.
type watch struct {
	number      int // an answer to another watch is dropped
	ref         client.Ref
	uses        int64 // when it was copied, or last told; notRead before the first answer
	until, next time.Time
	reading     bool
}

// notRead is for a key whose uses at the time of the copy nobody has read.
const notRead = -1

// watch begins to watch a key that was copied. Uses that were not checked
// before the copy are read first: what rose earlier tells nothing.
func (m *Model) watch(k client.Key, checked bool) {
	m.unwatch(k.Ref())
	m.watched++
	w := watch{number: m.watched, ref: k.Ref(), uses: k.Uses, until: m.now.Add(watchFor), next: m.now.Add(watchEvery)}
	if !checked {
		w.uses, w.next = notRead, m.now
	}
	m.watches = append(m.watches, w)
	if over := len(m.watches) - watchMost; over > 0 {
		m.watches = slices.Delete(m.watches, 0, over)
	}
}

func (m *Model) unwatch(ref client.Ref) {
	m.watches = slices.DeleteFunc(m.watches, func(w watch) bool { return w.ref == ref })
}

// watchDue reads the watched keys again whose turn it is. A dialog or a reveal
// does not stop that: what comes back moves no rows meanwhile.
func (m *Model) watchDue() tea.Cmd {
	if m.loads.signInRefused() != nil {
		return nil
	}
	m.watches = slices.DeleteFunc(m.watches, func(w watch) bool { return !m.now.Before(w.until) })
	var cmds []tea.Cmd
	for i := range m.watches {
		w := &m.watches[i]
		k, held := m.keys.catalog.Get(w.ref)
		if !held || w.reading || m.now.Before(w.next) {
			continue
		}
		w.reading, w.next = true, m.now.Add(watchEvery)
		cmds = append(cmds, m.effects.watchKey(m.ctx, w.number, k))
	}
	return tea.Batch(cmds...)
}

// tookWatched takes in a watched key that was read again.
func (m *Model) tookWatched(msg keyWatchedMsg) tea.Cmd {
	i := slices.IndexFunc(m.watches, func(w watch) bool { return w.number == msg.number })
	if i < 0 {
		return nil
	}
	w := &m.watches[i]
	w.reading = false
	switch {
	case errors.Is(msg.err, client.ErrNotFound):
		m.unwatch(w.ref)
		m.forget(msg.asked)
		return m.mention(toneBad, called(msg.asked.Name)+" is gone, somebody deleted it.")
	case errors.Is(msg.err, client.ErrPermission):
		m.unwatch(w.ref)
	case msg.err != nil:
		// The header tells of a backend that is away, and the next turn comes.
	default:
		if w.uses == notRead {
			w.uses = msg.key.Uses
		}
		m.keys.catalog.Put(msg.key)
		m.outdate(msg.key.Ref())
		if !m.paused() {
			m.reselect()
		}
	}
	return nil
}

// noticeUses looks whether watched keys were used, however that became known.
func (m *Model) noticeUses() tea.Cmd {
	var cmds []tea.Cmd
	for i := range m.watches {
		w := &m.watches[i]
		k, held := m.keys.catalog.Get(w.ref)
		if !held || w.uses == notRead || k.Uses <= w.uses {
			continue
		}
		cmds = append(cmds, m.effects.whoEnrolled(m.ctx, k, int(k.Uses-w.uses)))
		w.uses = k.Uses
	}
	return tea.Batch(cmds...)
}

// namesTold is how many connectors a toast names.
const namesTold = 3

func usedWords(msg keyUsedMsg) string {
	words := fmt.Sprintf("%s was used: %d of %d.", called(msg.key.Name), msg.key.Uses, msg.key.MaxUses)
	var names []string
	for _, name := range msg.names {
		names = append(names, style.Sanitize(name))
	}
	if more := len(names) - namesTold; more > 0 {
		names = append(names[:namesTold], fmt.Sprintf("%d more", more))
	}
	switch n := len(names); n {
	case 0:
		return words
	case 1:
		return words + " " + names[0] + " enrolled."
	default:
		return words + " " + strings.Join(names[:n-1], ", ") + " and " + names[n-1] + " enrolled."
	}
}
