package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/clipboard"
)

// countedLease counts what it is told.
type countedLease struct{ cleared, superseded int }

func (l *countedLease) Clear()                         { l.cleared++ }
func (l *countedLease) Supersede()                     { l.superseded++ }
func (l *countedLease) Ended() <-chan clipboard.Ending { return nil }

func TestACopyThatIsToldOfLateTakesNoPlace(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	older, newer := &countedLease{}, &countedLease{}
	by := func(number int, l Lease) textCopiedMsg {
		return textCopiedMsg{number: number, copied: Copied{
			Outcome: clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}, Lease: l,
		}}
	}
	m.hold(by(2, newer))
	m.hold(by(1, older))()
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	m.say(toneGood, "the newer one's words")
	m.writes = 1
	m.Update(by(1, older))
	if m.toast.text != "the newer one's words" {
		t.Errorf("the older copy says: %s", m.toast.text)
	}
	if m.held.lease != newer || older.superseded != 1 || newer.superseded != 0 {
		t.Errorf("held is copy %d; the older was superseded %d times, the newer %d times", m.held.number, older.superseded, newer.superseded)
	}
}

func TestTheCountdownIsShownOrLeftOutInEverySize(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	m.opts.ClearAfter = 45 * time.Second
	k, _ := m.keys.catalog.Get(m.keys.rows[0])
	for _, name := range []string{"x", "日本語キー名前長い日本語キー名前長い", "\x1b]52;c;YQ==\x07"} {
		k.Name = name
		m.Update(textCopiedMsg{number: 1, key: k, copied: Copied{Outcome: clipboard.Outcome{Route: clipboard.RouteOSC52}, Blank: "blank"}})
		for w := 1; w < 130; w++ {
			for h := 1; h < 14; h++ {
				m.Update(tea.WindowSizeMsg{Width: w, Height: h})
				checkSize(t, m, w, h)
			}
		}
	}
}
