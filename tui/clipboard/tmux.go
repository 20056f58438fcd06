package clipboard

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// bufferPrefix begins the name of every buffer that is made here. No other
// buffer is ever deleted.
const bufferPrefix = "provkeys-"

func bufferName() string {
	var b [4]byte
	_, _ = rand.Read(b[:])
	return bufferPrefix + hex.EncodeToString(b[:])
}

// buffers are the paste buffers of a tmux server.
type buffers interface {
	// Load puts text into a buffer and passes it on to the terminal.
	Load(ctx context.Context, name, text string) error
	Save(ctx context.Context, name string) (string, error)
	// Top returns the name of the newest buffer, and the text that is pasted
	// when no name is given.
	Top(ctx context.Context) (name, text string, err error)
	Delete(ctx context.Context, name string) error
	// PassesOn reports whether a terminal is attached that takes clipboards.
	PassesOn(ctx context.Context) bool
	// Remote reports whether the terminal was attached over ssh.
	Remote(ctx context.Context) bool
}

// tmuxPlace is a copy in a buffer of tmux and, where tmux passes it on, on the
// clipboard of the terminal around it.
type tmuxPlace struct {
	tmux   buffers
	name   string
	passed bool
}

func (p *tmuxPlace) put(ctx context.Context, text string, m mark) report {
	if err := p.tmux.Load(ctx, p.name, text); err != nil {
		return report{Result: resultFailed, Why: err.Error()}
	}
	if back, err := p.tmux.Save(ctx, p.name); err != nil || !m.matches(back) {
		_ = p.tmux.Delete(ctx, p.name)
		return report{Result: resultFailed, Why: "it gave something else back"}
	}
	p.passed = p.tmux.PassesOn(ctx)
	_, top, err := p.tmux.Top(ctx)
	return report{Result: resultEqual, PassedOn: p.passed, Top: err == nil && m.matches(top), Remote: p.tmux.Remote(ctx)}
}

// clear deletes the buffer. The clipboard of the terminal cannot be read: only
// while the program is here, and nothing newer is in tmux, is it overwritten.
func (p *tmuxPlace) clear(ctx context.Context, _ mark, here bool) Ending {
	ending := EndingCleared
	if p.passed && here {
		newest, _, err := p.tmux.Top(ctx)
		switch {
		case err != nil || newest != p.name:
			ending = EndingChanged
		case p.tmux.Load(ctx, p.name, " ") != nil: // one space: an empty text is ignored
			ending = EndingFailed
		}
	}
	if p.tmux.Delete(ctx, p.name) != nil && ending == EndingCleared {
		// Somebody has deleted it before us, or tmux is gone, and it with it.
		return EndingChanged
	}
	return ending
}

// giveWay deletes the buffer; the newer copy has overwritten the rest.
func (p *tmuxPlace) giveWay(ctx context.Context) Ending {
	_ = p.tmux.Delete(ctx, p.name)
	return EndingChanged
}

// stuck reports false: a tmux that does not answer is killed.
func (*tmuxPlace) stuck() bool { return false }

// tmuxServer is the tmux that the variable TMUX names. Texts go through pipes
// and never through arguments, which every process can read.
type tmuxServer struct{}

// Load puts text into a buffer; -w passes it on to the terminal, whatever
// set-clipboard says of sequences that programs send.
func (t tmuxServer) Load(ctx context.Context, name, text string) error {
	_, err := t.run(ctx, text, "load-buffer", "-w", "-b", name, "-")
	return err
}

// Save returns the text of a buffer.
func (t tmuxServer) Save(ctx context.Context, name string) (string, error) {
	return t.run(ctx, "", "save-buffer", "-b", name, "-")
}

// Top returns the newest buffer's name, and the text that is pasted when no
// name is given; newer versions of tmux pass over named buffers there.
func (t tmuxServer) Top(ctx context.Context) (name, text string, err error) {
	names, err := t.run(ctx, "", "list-buffers", "-F", "#{buffer_name}")
	if err != nil {
		return "", "", err
	}
	name, _, _ = strings.Cut(names, "\n")
	// Without any automatic buffer this fails, and nothing would be pasted.
	text, _ = t.run(ctx, "", "save-buffer", "-")
	return name, text, nil
}

// Delete deletes a buffer.
func (t tmuxServer) Delete(ctx context.Context, name string) error {
	_, err := t.run(ctx, "", "delete-buffer", "-b", name)
	return err
}

// PassesOn reports whether a client is attached whose terminal takes
// clipboards: load-buffer succeeds without one.
func (t tmuxServer) PassesOn(ctx context.Context) bool {
	answer, err := t.run(ctx, "", "display-message", "-p", "#{session_attached} #{client_termfeatures}")
	if err != nil {
		return false
	}
	attached, features, _ := strings.Cut(strings.TrimSpace(answer), " ")
	return attached != "" && attached != "0" && strings.Contains(features, "clipboard")
}

// Remote asks the session's environment, which tmux renews from whoever
// attaches; that of a program is as old as the pane it runs in.
func (t tmuxServer) Remote(ctx context.Context) bool {
	answer, err := t.run(ctx, "", "show-environment", "SSH_CONNECTION")
	return err == nil && strings.HasPrefix(answer, "SSH_CONNECTION=")
}

func (tmuxServer) run(ctx context.Context, input string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "tmux", args...)
	cmd.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	cmd.Stdout = &out
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return "", toolFault(err)
	}
	return out.String(), nil
}

// toolFault returns why a tool failed, without anything that it printed.
func toolFault(err error) error {
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return errors.New(exit.String())
	case errors.Is(err, exec.ErrNotFound):
		return errNoTool
	}
	return errors.New("it could not be run")
}
