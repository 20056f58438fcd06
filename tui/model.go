package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// Model is the console: it routes messages and composes the screen. Root stands
// between it and Bubble Tea.
type Model struct {
	root    context.Context // ends with the console
	ctx     context.Context // ends with the tenant that shows
	endCtx  context.CancelFunc
	opts    Options
	effects effects
	theme   style.Theme
	dark    bool // the terminal's background is, or is not known to be light

	now           time.Time // of the message being handled
	width, height int
	phase         phase
	fatal         error

	keymap keymap
	burst  burst
	toast  toast

	page       page
	barHidden  bool // the filter bar shows only while one types
	keys       keysScreen
	groups     otherScreen[estate.Group]
	connectors otherScreen[estate.Connector]
	certs      otherScreen[estate.Certificate]
	fleet      fleet
	viewing    viewing
	kept       keptScreen
	facts      map[client.Ref]groupFacts
	remake     bool       // the pages beside the keys are outdated
	wanted     *selection // what the page that was turned to is to show, once it is there
	session    int        // tenants switched to so far: what an earlier one brings is dropped

	loads loads
	load  work // the load under way
	act   work // the copy under way
	edits int  // changes sent so far

	plan      clipboard.Plan     // the routes, as far as the session alone tells
	question  *question          // who the terminal is
	terminal  clipboard.Terminal // what it answered so far
	alternate alternate
	writes    int     // copies that are being handed over
	handed    handed  // the last of them
	held      holding // what was copied from here
	watches   []watch // keys copied lately, the newest last
	watched   int     // watches begun so far
	entries   []entry // of the journal, not yet written
	memos     []entry // of the memory, not yet written
	recorded  int     // entries made so far, of both

	forgetful bool // that a key text could not be remembered was told

	certificates []client.Certificate // as they came last
	undo         undo

	// sending are the names of the keys whose changes are under way.
	sending []string
	newer   map[client.Ref]bool // keys read by themselves since the load began

	open     dialogKind
	edit     editDialog
	confirm  confirmDialog
	sort     sortDialog
	command  commandLine
	commands []string // that were run, the newest last
	// profileNames are those that a command may take.
	profileNames []string
	help         helpDialog
	copyAs       copyAsDialog
	download     downloadDialog
	inspect      inspectDialog
	create       createDialog
	erase        deleteDialog
	bulk         bulkDialog
	views        viewsDialog
	choosing     columnsDialog
	profiles     profilesDialog
	reveal       reveal

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
	copyAsOpen
	downloadOpen
	inspectOpen
	createOpen
	deleteOpen
	bulkOpen
	viewsOpen
	columnsOpen
	profilesListed
)

// closeDialog closes the open dialog. One that was opened from a key just made goes
// back to it: its text is nowhere else.
func (m *Model) closeDialog() {
	m.open = noDialog
	if m.create.holds() {
		m.open = createOpen
	}
}

// work is a cancellable piece of work; a newer one supersedes it.
type work struct {
	gen    int
	busy   bool // a person waits for it
	cancel context.CancelFunc
}

// stop gives the work up; what it still brings is dropped.
func (w *work) stop() {
	if w.cancel != nil {
		w.cancel()
	}
	w.gen++
	w.busy = false
}

// begin cancels what went before and returns the context and generation of
// what comes.
func (w *work) begin(ctx context.Context) (context.Context, int) {
	w.stop()
	ctx, w.cancel = context.WithCancel(ctx)
	w.busy = true
	return ctx, w.gen
}

func newModel(ctx context.Context, deps Deps, opts Options) (*Model, error) {
	keys, err := newKeymap(opts.Keys)
	if err != nil {
		return nil, err
	}
	m := &Model{
		root: ctx, opts: opts, theme: opts.theme(true), dark: true,
		effects: effects{
			client: deps.Client, clipboard: deps.Clipboard, waits: deps.Waits,
			journal: deps.Journal, memory: deps.Memory, downloads: deps.Downloads, views: deps.Views, screen: deps.Screen, profiles: deps.Profiles, endSession: deps.EndSession,
			letSuspend: deps.LetSuspend, turns: make(chan int, 1),
		},
		now:      deps.Now(),
		question: unasked(),
		keymap:   keys,
		loads:    newLoads(opts.Refresh), fleet: newFleet(),
	}
	if deps.Views == nil {
		m.effects.views = &sessionViews{}
	}
	m.ctx, m.endCtx = context.WithCancel(ctx)
	m.effects.turns <- 0
	m.keys.catalog, m.keys.layout = &catalog.Catalog{}, catalog.DefaultLayout()
	m.keys.kind = opts.Kind
	for p := range pageCount {
		m.listOf(p).filter.take = m.reader(p)
	}
	if m.keys.filter.set(opts.Filter); m.keys.filter.fault != "" {
		return nil, errors.New(m.keys.filter.fault)
	}
	return m, nil
}

// Init starts the first load and the clock. The session, the saved views and how the
// table was left are looked at here, once: Update and View read nothing.
func (m *Model) Init() tea.Cmd {
	m.plan = m.effects.clipboard.Plan(clipboard.Terminal{})
	var first tea.Cmd
	if m.effects.client == nil {
		first = m.openProfiles()
	}
	return tea.Batch(first, m.recall(), m.refresh(true), tick(), m.effects.nextWait(m.root), tea.RequestBackgroundColor, m.askTerminal())
}

// Update acts on a message, looks whether what was copied has been used and what
// is revealed must be hidden, fits the table to what came of it, and has it
// remembered.
func (m *Model) Update(msg tea.Msg) tea.Cmd {
	cmd := m.route(msg)
	used := m.noticeUses()
	hidden := m.hideDue()
	settled := m.settle()
	return tea.Batch(cmd, used, hidden, settled, m.keepScreen())
}

// route hands a message to where it belongs.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.theme = m.opts.theme(m.dark)
	case uv.SecondaryDeviceAttributesEvent, uv.PrimaryDeviceAttributesEvent, answerDueMsg:
		return m.terminalSaid(msg)
	case leaveDueMsg:
		return tea.Quit
	case tea.SuspendMsg, tea.ResumeMsg:
		return m.resume()
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		return m.paste(msg)
	case tea.MouseClickMsg:
		return m.clicked(msg.Mouse())
	case tea.MouseWheelMsg:
		return m.wheeled(msg.Mouse())
	case keysReleasedMsg:
		return m.releaseKeys(msg)
	case tea.BlurMsg:
		m.hide()
	case signalMsg:
		return m.signalled(Signal(msg))
	case panickedMsg:
		return m.leave(&Fault{msg.where})
	default:
		return m.answered(msg)
	}
	return nil
}

// back hides what is revealed, else gives up a copy that waits, else takes the
// marks away, else the filter; dialogs and text fields take esc before. It never quits.
func (m *Model) back() tea.Cmd {
	switch {
	case m.reveal.there():
		m.hide()
		return nil
	case m.act.busy:
		return m.giveUp()
	}
	if m.page == keysPage && len(m.keys.marks) > 0 {
		return m.unmarkAll()
	}
	f := &m.list().filter
	if f.text() == "" {
		return nil
	}
	f.set("")
	return m.refilter()
}

// giveUp ends a copy that waits, unless it is too late for that.
func (m *Model) giveUp() tea.Cmd {
	if m.writes > 0 && m.handed.gen == m.act.gen {
		return m.say(toneInfo, "Too late to give up: it is being handed to the clipboard.")
	}
	m.act.stop()
	return m.say(toneInfo, "Given up: nothing was copied.")
}
