package tui

import (
	"context"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
	"provkeys/tui/style"
)

// Model is the one tea.Model: it routes messages and composes the screen.
type Model struct {
	ctx     context.Context
	opts    Options
	effects effects
	theme   style.Theme

	now           time.Time // of the message being handled
	width, height int
	blank         bool // nothing more is drawn: the console is leaving
	fatal         error

	bindings []binding
	byKey    map[string]int
	burst    burst
	toast    toast

	keys  keysScreen
	loads loads
	load  work // the load under way
	act   work // the copy under way
	edits int  // changes sent so far

	open    dialogKind
	edit    editDialog
	confirm confirmDialog
	sort    sortDialog
	command commandLine
	help    helpDialog

	waitUntil time.Time // the client waits until then
	waitWhy   string
}

// dialogKind says which dialog is open. It alone sees the keys.
type dialogKind int

const (
	noDialog dialogKind = iota
	editOpen
	confirmOpen
	sortOpen
	commandOpen
	helpOpen
)

// work is a cancellable piece of work; a newer one supersedes it.
type work struct {
	gen    int
	cancel context.CancelFunc
}

// begin cancels what went before and returns the context and generation of
// what comes.
func (w *work) begin(ctx context.Context) (context.Context, int) {
	if w.cancel != nil {
		w.cancel()
	}
	ctx, w.cancel = context.WithCancel(ctx)
	w.gen++
	return ctx, w.gen
}

func newModel(ctx context.Context, deps Deps, opts Options) (*Model, error) {
	filter, err := catalog.ParseFilter(opts.Filter)
	if err != nil {
		return nil, err
	}
	all := bindings()
	m := &Model{
		ctx: ctx, opts: opts, theme: style.New(opts.Theme, true),
		effects:  effects{client: deps.Client, clipboard: deps.Clipboard, waits: deps.Waits},
		now:      deps.Now(),
		bindings: all, byKey: indexKeys(all),
		loads: newLoads(opts.Refresh),
	}
	m.keys.catalog = &catalog.Catalog{}
	m.keys.kind = opts.Kind
	m.keys.filter.line.SetValue(opts.Filter)
	m.keys.filter.valid = filter
	return m, nil
}

// Init starts the first load and the clock.
func (m *Model) Init() tea.Cmd {
	return tea.Batch(m.refresh(true), tick(), m.effects.nextWait(m.ctx), tea.RequestBackgroundColor)
}

// Update routes a message to where it belongs.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.settle()
	case tea.BackgroundColorMsg:
		m.theme = style.New(m.opts.Theme, msg.IsDark())
	case tea.ResumeMsg:
		return m.refresh(false)
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case burstEndedMsg:
		return m.endBurst(msg)
	case signalMsg:
		return m.signalled(Signal(msg))
	case panickedMsg:
		return m.leave(&Fault{msg.where})
	default:
		return m.answered(msg)
	}
	return nil
}

// answered routes what effects send.
func (m *Model) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keysPageMsg:
		return m.tookPage(msg)
	case kindLoadedMsg:
		return m.tookKind(msg)
	case certificatesLoadedMsg:
		return m.tookCertificates(msg)
	case keyFetchedMsg:
		return m.fetched(msg)
	case textCopiedMsg:
		return m.copied(msg)
	case keyEditedMsg:
		return m.edited(msg)
	case keyRaisedMsg:
		return m.raised(msg)
	case tickMsg:
		return tea.Batch(tick(), m.due())
	case toastEndedMsg:
		if msg.number == m.toast.number {
			m.toast.text = ""
			m.settle()
		}
	case waitMsg:
		m.waitUntil = m.now.Add(msg.For)
		m.waitWhy = waitWords(msg)
		return m.effects.nextWait(m.ctx)
	}
	return nil
}

// press acts on a key: ctrl+c, then the dialog or the text field, then the
// bindings.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	if key.String() == "ctrl+c" {
		return m.leave(nil)
	}
	if !m.typing() {
		if act, timer := m.burst.take(key, m.now); !act {
			return endBurst(timer)
		}
	}
	return m.actOn(key)
}

func (m *Model) actOn(key tea.KeyPressMsg) tea.Cmd {
	if plain, ok := m.withoutAlt(key); ok {
		// A terminal cannot tell esc and a key typed fast from alt and that key.
		return tea.Batch(m.actOn(tea.KeyPressMsg{Code: tea.KeyEscape}), m.actOn(plain))
	}
	var cmd tea.Cmd
	switch {
	case m.open != noDialog:
		cmd = m.dialogKey(key)
	case m.keys.filter.typing:
		cmd = m.typeFilter(key)
	default:
		if b, ok := m.bound(key.String()); ok {
			cmd = m.perform(b)
		}
	}
	m.settle()
	return cmd
}

// withoutAlt returns the key that was typed behind a fast esc; false for a key
// without alt or one that a binding or a text field names.
func (m *Model) withoutAlt(key tea.KeyPressMsg) (tea.KeyPressMsg, bool) {
	if !key.Mod.Contains(tea.ModAlt) {
		return key, false
	}
	if _, ok := m.bound(key.String()); ok {
		return key, false
	}
	switch key.Code {
	case tea.KeyBackspace, tea.KeyLeft, tea.KeyRight, tea.KeyDelete:
		return key, false
	}
	key.Mod &^= tea.ModAlt
	if key.Mod&^tea.ModShift == 0 && unicode.IsPrint(key.Code) {
		key.Text = string(key.Code)
		if key.Mod.Contains(tea.ModShift) {
			key.Text = strings.ToUpper(key.Text)
		}
	}
	return key, true
}

// typing reports whether a text field takes the keys.
func (m *Model) typing() bool {
	return m.open == editOpen || m.open == commandOpen || m.open == noDialog && m.keys.filter.typing
}

func (m *Model) endBurst(msg burstEndedMsg) tea.Cmd {
	held, dropped := m.burst.end(msg.number)
	if dropped > 0 {
		return m.say(toneBad, "Pasted text is not keys: it was dropped. Press / first to filter by it.")
	}
	var cmds []tea.Cmd
	for _, key := range held {
		cmds = append(cmds, m.actOn(key))
	}
	return tea.Batch(cmds...)
}

func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	defer m.settle()
	switch {
	case m.open == editOpen:
		m.edit.paste(msg)
	case m.open == commandOpen:
		m.command.line.Update(msg)
	case m.open == noDialog && m.keys.filter.typing:
		m.keys.filter.line.Update(msg)
		return m.readFilter()
	default:
		return m.say(toneBad, "Pasted text is not keys: it was dropped. Press / first to filter by it.")
	}
	return nil
}

// back closes what is open, one thing at a time; it never quits.
func (m *Model) back() tea.Cmd {
	f := &m.keys.filter
	if f.text() == "" {
		return nil
	}
	f.set("")
	return m.refilter()
}

func (m *Model) quit() tea.Cmd { return m.leave(nil) }

// leave blanks the screen, so that nothing stays on a terminal without an
// alternate screen, and quits.
func (m *Model) leave(err error) tea.Cmd {
	m.blank, m.fatal = true, err
	return tea.Quit
}

// signalled leaves as the world outside asks for.
func (m *Model) signalled(s Signal) tea.Cmd {
	if s == SignalInterrupt {
		return m.leave(context.Canceled)
	}
	return m.leave(nil)
}
