package tui

import (
	"path"
	"runtime"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// root stands between Bubble Tea and the model: it tells the model the time of
// each message, and keeps a panic from printing its value, which may hold a
// secret.
type root struct {
	model *Model
	clock func() time.Time
	// broken is where View broke; the next message ends the program.
	broken  string
	frame   tea.View // the last one
	undrawn bool     // frames are drawn by look alone
}

// Init starts the model.
func (r *root) Init() (cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			cmd = r.model.leave(&Fault{site()})
		}
	}()
	return r.model.Init()
}

// Update hands a message on.
func (r *root) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer func() {
		if p := recover(); p != nil {
			next, cmd = r, r.model.leave(&Fault{site()})
		}
	}()
	if r.broken != "" {
		return r, r.model.leave(&Fault{r.broken})
	}
	r.model.now = r.clock()
	return r, r.model.Update(msg)
}

// View draws the screen, or leaves it as it is.
func (r *root) View() (v tea.View) {
	defer func() {
		if p := recover(); p != nil {
			r.broken = site()
			v = tea.View{AltScreen: true}
		}
	}()
	if r.undrawn {
		return tea.View{}
	}
	r.look()
	r.model.burst.spent(r.clock().Sub(r.model.now))
	return r.frame
}

// look draws the screen anew, unless it is to stay as it is.
func (r *root) look() {
	if !r.model.stays() {
		r.frame = r.model.View()
	}
}

// guard keeps a panic of an effect from printing its value.
func guard(cmd tea.Cmd) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = panickedMsg{site()}
			}
		}()
		return cmd()
	}
}

// site returns the functions of this program on the stack of a panic, the
// innermost first.
func site() string {
	pcs := make([]uintptr, 40)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var names []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "provkeys/") && len(names) < 4 {
			names = append(names, path.Base(f.Function))
		}
		if !more {
			return strings.Join(names, " < ")
		}
	}
}
