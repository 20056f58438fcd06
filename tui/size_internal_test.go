package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/tui/table"
)

// loaded returns a model with keys of every state and hostile names.
func loaded(t testing.TB, keys int) *Model {
	t.Helper()
	return loadedWith(t, keys, Options{Tenant: "acme-prod · PRODUCTION", Refresh: 30 * time.Second})
}

func loadedWith(t testing.TB, keys int, opts Options) *Model {
	t.Helper()
	now := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	m, err := newModel(t.Context(), Deps{Client: &client.Client{}, Now: func() time.Time { return now }}, opts)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"eu-west-1-asg", "日本語キー名前長い", "a\u0301\u0301\u0301\u0301z", "\x1b[2J\x1b]0;x\a", strings.Repeat("w", 200), "\u202egpj", "👨‍👩‍👧‍👦", "", " "}
	var list []client.Key
	for i := range keys {
		list = append(list, client.Key{
			Kind: client.Kinds()[i%4], ID: client.ID(fmt.Sprint(i)), Name: names[i%len(names)] + fmt.Sprint(i), Group: names[(i+3)%len(names)],
			Enabled: i%5 != 0, Exportable: i%7 != 0, Uses: int64(i % 11), MaxUses: 10, ZscalerManaged: i%6 == 0,
			Certificate: "Connector", CertificateID: "1", CertificateEnd: now.AddDate(0, 0, i%40-5), Created: now, Modified: now, ModifiedBy: "3",
			AllowedAddresses: []string{"10.0.0.0/8"}, Expires: now.AddDate(0, 0, i%9-3), Text: client.NewSecret("3|mock.example|" + strings.Repeat("A", 384)),
		})
	}
	m.loads.begin(now, true)
	for _, kind := range client.Kinds() {
		var of []client.Key
		for _, k := range list {
			if k.Kind == kind {
				of = append(of, k)
			}
		}
		m.Update(keysPageMsg{kind: kind, keys: of, gen: m.load.gen})
		m.Update(kindLoadedMsg{kind: kind, gen: m.load.gen})
	}
	return m
}

func TestTheScreenIsAlwaysWithinItsSize(t *testing.T) {
	t.Parallel()
	for name, enter := range situations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := loaded(t, 60)
			enter(m)
			for w := 1; w <= 130; w += 1 + w/8 {
				for h := 1; h <= 45; h += 1 + h/8 {
					m.Update(tea.WindowSizeMsg{Width: w, Height: h})
					checkSize(t, m, w, h)
				}
			}
		})
	}
}

// namesOnly is a place to write to that is never written to.
type namesOnly struct{ Downloads }

func (namesOnly) FileName(k client.Key, _ bool) string { return k.Name }

func TestTheScreenKeepsItsSizeWhenAMessageComesIn(t *testing.T) {
	t.Parallel()
	for _, w := range []int{40, 60, 120} {
		m := loaded(t, 60)
		m.Update(tea.WindowSizeMsg{Width: w, Height: 20})
		why := errors.New(strings.Repeat("a long reason ", 30))
		for _, msg := range []tea.Msg{
			keyFetchedMsg{err: why}, textCopiedMsg{err: why}, keyEditedMsg{err: why}, keyRaisedMsg{err: why},
			kindLoadedMsg{kind: client.AppConnector, err: why}, waitMsg{For: time.Hour}, toastEndedMsg{number: m.toast.number},
		} {
			m.Update(msg)
			checkSize(t, m, w, 20)
		}
	}
}

func TestAReasonIsNeverCut(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	m.say(toneBad, strings.Repeat("reason ", 60)+"to its last word")
	m.Update(tickMsg{})
	checkSize(t, m, 60, 20)
	if !strings.Contains(strings.Join(strings.Fields(ansi.Strip(m.screen())), " "), "to its last word") {
		t.Errorf("the reason is cut:\n%s", ansi.Strip(m.screen()))
	}
}

func TestTheAgeAlwaysShows(t *testing.T) {
	t.Parallel()
	for _, readOnly := range []bool{true, false} {
		m := loaded(t, 8)
		m.opts.ReadOnly = readOnly
		for w := leastWidth; w < 140; w++ {
			m.Update(tea.WindowSizeMsg{Width: w, Height: 20})
			if line := ansi.Strip(m.headerLine(w)); !strings.Contains(line, "updated just now") || ansi.StringWidth(line) > w {
				t.Errorf("at %d: %q", w, line)
			}
		}
	}
}

func checkSize(t *testing.T, m *Model, w, h int) {
	t.Helper()
	lines := strings.Split(m.screen(), "\n")
	if len(lines) != h {
		t.Fatalf("at %d×%d: %d lines", w, h, len(lines))
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got > w {
			t.Fatalf("at %d×%d: line %d is %d wide: %q", w, h, i, got, l)
		}
	}
}

func TestAFrameMakesOnlyTheRowsInTheWindow(t *testing.T) {
	t.Parallel()
	m := loaded(t, 10_000)
	m.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
	for _, open := range []bool{false, true} {
		m.keys.openAll = open
		m.move(5000)
		counted := &countingRows{keyRows: m.source()}
		m.keys.table.View(counted, m.columns(200), nil, m.theme)
		if counted.rows > 51 || counted.rows == 0 {
			t.Errorf("details open %v: %d rows made for a window of 50 lines", open, counted.rows)
		}
	}
}

type countingRows struct {
	keyRows
	rows int
}

func (c *countingRows) Row(i int) table.Row {
	c.rows++
	return c.keyRows.Row(i)
}

func BenchmarkFrame(b *testing.B) {
	m := loaded(b, 10_000)
	m.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
	b.ReportAllocs()
	for b.Loop() {
		m.move(1)
		_ = m.screen()
	}
}
