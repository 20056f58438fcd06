package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/term"

	"provkeys/client"
	"provkeys/cmd/internal/doctor"
	"provkeys/tui/clipboard"
)

// testLife is after how long a test copy is cleared where nobody clears it
// before.
const testLife = 30 * time.Second

// clearTime is how long the test copy's clearing is waited for.
const clearTime = 5 * time.Second

// session looks at clipboard and terminal, which both depend on what the
// terminal says of itself.
func (e *examination) session(ctx context.Context) error {
	a := e.app
	mode, err := clipboard.ParseMode(e.settings.Clipboard)
	if err != nil {
		e.failed(doctor.GroupClipboard, "route", err)
	}
	board := a.clipboard(mode, testLife)
	t := e.terminal(board)
	if t.Answer.Interrupted {
		return &interruptedError{context.Canceled}
	}
	plan := board.Plan(t.Answer)
	t.Screen = plan.Screen
	wayland := a.variable("WAYLAND_DISPLAY") != ""
	facts := doctor.Clipboard{
		Mode: mode, Plan: plan, Terminal: t.There, Wayland: wayland, Tool: doctor.LookForTool(a.goos, wayland),
	}
	if facts.Desktop() {
		e.display = doctor.AskDisplay(ctx, facts.Tool, a.variableSet)
		facts.Display = e.display
	}
	var tmux []doctor.Finding
	if plan.Tmux {
		around, err := doctor.AskTmux(ctx, a.variableSet)
		facts.NoTmux = err != nil
		tmux = doctor.CheckTmux(around, err)
	}
	e.found(doctor.CheckClipboard(facts)...)
	e.found(ofGroup(tmux, doctor.GroupClipboard)...)
	if err := e.tryCopy(ctx, board, t.Answer); err != nil {
		return err
	}
	e.found(doctor.CheckTerminal(t)...)
	e.found(ofGroup(tmux, doctor.GroupTerminal)...)
	return nil
}

// terminal asks the terminal for all that it tells. Who it is matters, and is
// asked, only where copies may go through it.
func (e *examination) terminal(board clipboard.Clipboard) doctor.Terminal {
	t := doctor.Terminal{
		Lookup: e.app.variableSet, GOOS: e.app.goos, Ancestor: board.Session.Ancestor,
		Theme: e.settings.Theme, Plain: e.settings.Plain, ASCII: e.settings.ASCII, Mouse: e.settings.Mouse,
	}
	tty, err := e.app.openTerminal()
	if err != nil {
		return t
	}
	// It was opened for the questions alone.
	defer func() { _ = tty.Close() }()
	t.There = true
	t.Width, t.Height = sizeOf(tty)
	if t.Asked = board.Plan(clipboard.Terminal{}).Asks(); t.Asked {
		t.Answer = tty.Ask()
	}
	return t
}

func ofGroup(all []doctor.Finding, g doctor.Group) []doctor.Finding {
	return slices.DeleteFunc(slices.Clone(all), func(f doctor.Finding) bool { return f.Group != g })
}

// sizeOf returns the cells of a terminal, 0 when unknown.
func sizeOf(tty terminal) (width, height int) {
	f, real := tty.(interface{ Fd() uintptr })
	if !real {
		return 0, 0
	}
	width, height, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}

// tryCopy copies a harmless text, where that was asked for or is agreed to, says
// what came of it and clears it.
func (e *examination) tryCopy(ctx context.Context, board clipboard.Clipboard, answer clipboard.Terminal) error {
	failed, _ := doctor.Failures(e.all)
	for _, f := range failed {
		if f.Group == doctor.GroupClipboard {
			return nil
		}
	}
	asking := e.o.format == formatTable && e.app.isTerminal(stdin) && e.app.isTerminal(stdout)
	switch {
	case board.Mode == clipboard.Off:
		return nil
	case e.o.copy == testCopyLeftOut:
		e.found(doctor.Skipped(doctor.GroupClipboard, "test copy", "not made (--no-copy)"))
		return nil
	case e.o.copy == testCopyMade:
		asking = false
	case !asking:
		e.found(doctor.Skipped(doctor.GroupClipboard, "test copy", "not made: nobody can be asked here, and it replaces what is on the clipboard; --copy makes it"))
		return nil
	default:
		err := e.app.agree(ctx, question{
			lines:  []string{"A test copy of a harmless text shows where copies arrive. It replaces what is on your clipboard, and is cleared again."},
			ask:    "Make it? [y/N] ",
			undone: "not made",
		})
		if known := (*fault)(nil); errors.As(err, &known) {
			e.found(doctor.Skipped(doctor.GroupClipboard, "test copy", known.message))
			return nil
		}
		if err != nil {
			return err
		}
	}
	return e.copyTest(ctx, board, answer, asking)
}

func (e *examination) copyTest(ctx context.Context, board clipboard.Clipboard, answer clipboard.Terminal, asking bool) error {
	a := e.app
	to := textCopier(board)
	if a.onClipboard != nil {
		to = a.onClipboard(board)
	}
	text := fmt.Sprintf("provkeys doctor test %s", a.now().UTC().Format(time.RFC3339))
	c, err := to.Copy(ctx, client.NewSecret(text), func() clipboard.Terminal { return answer })
	if err == nil && !c.Sequence.IsZero() {
		err = a.sendSequence(c.Sequence)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return &interruptedError{err}
	case err != nil && e.display.Silent:
		p := e.app.problem(err)
		p.Mend = "run it in a terminal, or on a display that answers; else " + p.Mend
		e.found(doctor.Finding{Group: doctor.GroupClipboard, Check: "test copy", Status: doctor.Fail, Text: p.Text, Mend: p.Mend, Fault: p.Fault})
		return nil
	case err != nil:
		e.failed(doctor.GroupClipboard, "test copy", err)
		return nil
	}
	arrived := doctor.ArrivalUnknown
	if asking && c.Outcome.Route == clipboard.RouteOSC52 {
		if arrived, err = e.arrival(ctx, text); err != nil {
			return err
		}
	}
	e.found(doctor.CheckCopy(c.Outcome, arrived, e.clear(ctx, c))...)
	return nil
}

// arrival asks the only one who can see the terminal's clipboard.
func (e *examination) arrival(ctx context.Context, text string) (doctor.Arrival, error) {
	err := e.app.agree(ctx, question{
		lines:  []string{"Paste it now, outside of provkeys: it reads " + text},
		ask:    "Did it arrive? [y/N] ",
		undone: "not told",
	})
	if known := (*fault)(nil); errors.As(err, &known) {
		return doctor.Missing, nil
	}
	return doctor.Arrived, err
}

// clear takes the test text off the clipboard, as far as that is possible.
func (e *examination) clear(ctx context.Context, c clipboard.Copied) clipboard.Ending {
	if c.Blank != "" {
		// What the terminal does not take, it has not copied either.
		_ = e.app.sendToTerminal(c.Blank)
	}
	if c.Lease == nil {
		return clipboard.EndingUnknown
	}
	c.Lease.Clear()
	late := time.NewTimer(clearTime)
	defer late.Stop()
	select {
	case ending := <-c.Lease.Ended():
		return ending
	case <-late.C:
	case <-ctx.Done():
	}
	return clipboard.EndingFailed
}
