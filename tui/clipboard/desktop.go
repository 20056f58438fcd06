package clipboard

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/atotto/clipboard"
)

// desktop is the clipboard of a desktop. Its calls may hang.
type desktop interface {
	WriteAll(text string) error
	ReadAll() (string, error)
}

// desktopPlace is a copy on the desktop's clipboard.
type desktopPlace struct {
	desktop desktop
	take    func() turn
	turn    turn
	hung    atomic.Bool // a tool never answered and is still there
}

const (
	// settleTime is how long the clipboard may take to show what was written:
	// xsel returns before the server that it leaves behind owns the selection.
	settleTime = 500 * time.Millisecond
	settleStep = 20 * time.Millisecond
	// readTime is for one reading. xsel now and then never answers when the
	// selection has just changed hands; another try does.
	readTime  = 600 * time.Millisecond
	readTries = 3
)

// put writes with the desktop's tool, which may lie, and reads back what it did.
// A read-back that fails proves as little as one that differs.
func (p *desktopPlace) put(ctx context.Context, text string, m mark) report {
	if err := p.desktop.WriteAll(text); err != nil {
		return report{Result: resultFailed, Why: err.Error()}
	}
	if !p.settles(ctx, m, true) {
		return report{Result: resultDiffers}
	}
	// Not before: an older copy may still be there, and its helper clears it.
	p.turn = p.take()
	return report{Result: resultEqual}
}

// takeBack does nothing: a tool that hangs is killed with the helper, and one
// that failed has said so. Whatever equals the text by now may be somebody's
// copy by another route.
func (*desktopPlace) takeBack(context.Context) {}

// settles reports whether the clipboard comes to hold the text, or to hold it
// no more.
func (p *desktopPlace) settles(ctx context.Context, m mark, holds bool) bool {
	for end := time.Now().Add(settleTime); ; {
		// Some tools fail to read an empty clipboard.
		back, err := p.read(ctx)
		switch {
		case errors.Is(err, errHung):
			return false
		case (err == nil && m.matches(back)) == holds:
			return true
		case ctx.Err() != nil || !time.Now().Before(end):
			return false
		}
		time.Sleep(settleStep)
	}
}

// read reads the clipboard. The error is errHung when the tool does not answer,
// however often it is asked.
func (p *desktopPlace) read(ctx context.Context) (string, error) {
	type answer struct {
		text string
		err  error
	}
	for range readTries {
		limit := readTime
		if end, ok := ctx.Deadline(); ok {
			// What was written must be told before the whole step counts as hung.
			limit = min(limit, time.Until(end)-settleStep)
		}
		if limit <= 0 {
			break
		}
		got, hung := within(ctx, limit, answer{err: errHung}, func(context.Context) answer {
			text, err := p.desktop.ReadAll()
			return answer{text, err}
		})
		if !hung {
			return got.text, got.err
		}
		p.hung.Store(true)
	}
	return "", errHung
}

// clear clears the clipboard while it still holds the text, of this copy and of
// no newer one.
func (p *desktopPlace) clear(ctx context.Context, m mark, _ bool) Ending {
	now, err := p.read(ctx)
	switch {
	case errors.Is(err, errHung):
		return EndingFailed
	case err != nil:
		return EndingGone // how most tools read an empty clipboard
	case !m.matches(now), !p.turn.newest():
		return EndingChanged
	case p.desktop.WriteAll("") != nil || !p.settles(ctx, m, false):
		return EndingFailed
	}
	return EndingCleared
}

// giveWay clears what the newer copy has not overwritten: it may have gone
// elsewhere.
func (p *desktopPlace) giveWay(ctx context.Context, m mark) Ending { return p.clear(ctx, m, false) }

// stuck reports whether a tool hangs.
func (p *desktopPlace) stuck() bool { return p.hung.Load() }

// machine is the real desktop.
type machine struct{}

// WriteAll puts text onto the clipboard.
func (machine) WriteAll(text string) error {
	if text != "" && hintsWayland() {
		return copySensitive(text)
	}
	return clean(clipboard.WriteAll(text))
}

// ReadAll returns what is on the clipboard.
func (machine) ReadAll() (string, error) {
	text, err := clipboard.ReadAll()
	return text, clean(err)
}

// clean keeps the reason of a tool's failure and nothing that it printed.
func clean(err error) error {
	switch {
	case err == nil:
		return nil
	case clipboard.Unsupported:
		return errNoTool
	}
	return toolFault(err)
}

// hintsWayland reports whether wl-copy can ask clipboard managers to keep no
// copy, which it does from 2.3.0 on. No other tool has such a hint.
func hintsWayland() bool {
	if os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	cmd := exec.Command("wl-copy", "--help")
	var help bytes.Buffer
	cmd.Stdout, cmd.Stderr = &help, &help
	cmd.WaitDelay = time.Second
	return cmd.Run() == nil && strings.Contains(help.String(), "--sensitive")
}

// copySensitive has its output nowhere: wl-copy leaves a server behind that
// would hold a pipe open.
func copySensitive(text string) error {
	cmd := exec.Command("wl-copy", "--sensitive")
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		return toolFault(err)
	}
	return nil
}
