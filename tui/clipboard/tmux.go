package clipboard

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bufferPrefix begins the name of every buffer that is made here.
const bufferPrefix = "provkeys-"

// ours matches the names that bufferName makes. No other buffer is ever deleted.
var ours = regexp.MustCompile("^" + bufferPrefix + "[0-9a-f]{8}$")

func bufferName() string {
	var b [4]byte
	_, _ = rand.Read(b[:])
	return bufferPrefix + hex.EncodeToString(b[:])
}

// attached is a terminal that shows our session and takes clipboards; the zero
// value is none.
type attached struct{ client, pid string }

func (a attached) there() bool { return a.client != "" }

// buffers are the paste buffers of a tmux server.
type buffers interface {
	// Load puts text into a buffer and onto the clipboard of a terminal.
	Load(ctx context.Context, name, text string, to attached) error
	Save(ctx context.Context, name string) (string, error)
	// List returns the names of the buffers, newest first, and the text that is
	// pasted when no name is given.
	List(ctx context.Context) (names []string, pasted string, err error)
	Delete(ctx context.Context, name string) error
	// Terminal returns the terminal at which somebody typed last in our session.
	Terminal(ctx context.Context) attached
	// Shows reports whether a terminal is still attached.
	Shows(ctx context.Context, a attached) bool
	// Remote reports whether the terminal was attached over ssh.
	Remote(ctx context.Context) bool
}

// tmuxPlace is a copy in a buffer of tmux and, where a terminal takes it, on
// the clipboard of that terminal.
type tmuxPlace struct {
	tmux buffers
	name string
	to   attached
}

func (p *tmuxPlace) put(ctx context.Context, text string, m mark) report {
	p.to = p.tmux.Terminal(ctx)
	if err := p.tmux.Load(ctx, p.name, text, p.to); err != nil {
		return report{Result: resultFailed, Why: err.Error()}
	}
	if back, err := p.tmux.Save(ctx, p.name); err != nil || !m.matches(back) {
		_ = p.tmux.Delete(ctx, p.name)
		return report{Result: resultFailed, Why: "it gave something else back"}
	}
	names, pasted, err := p.tmux.List(ctx)
	for _, name := range names {
		if name != p.name && ours.MatchString(name) {
			_ = p.tmux.Delete(ctx, name) // an older copy, of whatever provkeys
		}
	}
	return report{
		Result: resultEqual, PassedOn: p.to.there(), Top: err == nil && m.matches(pasted), Remote: p.tmux.Remote(ctx),
	}
}

// takeBack deletes the buffer, which nobody else has a use for.
func (p *tmuxPlace) takeBack(ctx context.Context) { _ = p.tmux.Delete(ctx, p.name) }

// clear deletes the buffer. The clipboard of the terminal cannot be read: only
// while the program is here, and nothing newer is in tmux, is it overwritten.
func (p *tmuxPlace) clear(ctx context.Context, _ mark, here bool) Ending {
	ending := EndingCleared
	if p.to.there() && here {
		ending = p.clearTerminal(ctx)
	}
	if p.tmux.Delete(ctx, p.name) == nil || ending != EndingCleared {
		return ending
	}
	if names, _, err := p.tmux.List(ctx); err == nil && slices.Contains(names, p.name) {
		return EndingFailed
	}
	return EndingGone // somebody has deleted it before us, or tmux is gone
}

func (p *tmuxPlace) clearTerminal(ctx context.Context) Ending {
	names, _, err := p.tmux.List(ctx)
	switch {
	case err != nil || !slices.Contains(names, p.name) || !p.tmux.Shows(ctx, p.to):
		return EndingFailed // nobody can tell what it holds by now, or reach it
	case names[0] != p.name:
		return EndingChanged
	case p.tmux.Load(ctx, p.name, " ", p.to) != nil: // one space: an empty text is ignored
		return EndingFailed
	}
	return EndingCleared
}

// giveWay deletes the buffer; the newer copy has overwritten the rest.
func (p *tmuxPlace) giveWay(ctx context.Context, _ mark) Ending {
	_ = p.tmux.Delete(ctx, p.name)
	return EndingChanged
}

// stuck reports false: a tmux that does not answer is killed.
func (*tmuxPlace) stuck() bool { return false }

// tmuxServer is the tmux that the variable TMUX names. Texts go through pipes
// and never through arguments, which every process can read.
type tmuxServer struct{}

// Load puts text into a buffer; -w passes it on to the terminal, whatever
// set-clipboard says of sequences that programs send. Without its name tmux
// would choose a terminal of any session, which may be somebody else's.
func (t tmuxServer) Load(ctx context.Context, name, text string, to attached) error {
	args := []string{"load-buffer", "-b", name}
	if to.there() {
		args = append(args, "-w", "-t", to.client)
	}
	_, err := t.run(ctx, text, append(args, "-")...)
	return err
}

// Save returns the text of a buffer.
func (t tmuxServer) Save(ctx context.Context, name string) (string, error) {
	return t.run(ctx, "", "save-buffer", "-b", name, "-")
}

// List returns the names of the buffers, and the text that is pasted when no
// name is given; newer versions of tmux pass over named buffers there.
func (t tmuxServer) List(ctx context.Context) (names []string, pasted string, err error) {
	list, err := t.run(ctx, "", "list-buffers", "-F", "#{buffer_name}")
	if err != nil {
		return nil, "", err
	}
	// Without any automatic buffer this fails, and nothing would be pasted.
	pasted, _ = t.run(ctx, "", "save-buffer", "-")
	return strings.Split(strings.TrimSpace(list), "\n"), pasted, nil
}

// Delete deletes a buffer.
func (t tmuxServer) Delete(ctx context.Context, name string) error {
	_, err := t.run(ctx, "", "delete-buffer", "-b", name)
	return err
}

// Terminal returns the client of our session that was used last, if its
// terminal takes clipboards: that is where the key was pressed.
func (t tmuxServer) Terminal(ctx context.Context) attached {
	session, err := t.run(ctx, "", "display-message", "-p", "#{session_id}")
	if err != nil {
		return attached{}
	}
	list, err := t.run(ctx, "", "list-clients", "-t", strings.TrimSpace(session), "-F",
		"#{client_activity} #{client_pid} #{client_name} #{client_termfeatures}")
	if err != nil {
		return attached{}
	}
	return lastUsed(list)
}

// lastUsed chooses from lines of activity, process, name and features.
func lastUsed(list string) attached {
	var last int64 = -1
	var found attached
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		at, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil || at < last {
			continue
		}
		last, found = at, attached{}
		if slices.Contains(strings.Split(strings.Join(fields[3:], ","), ","), "clipboard") {
			found = attached{client: fields[2], pid: fields[1]}
		}
	}
	return found
}

// Shows reports whether the very client is still there: names are given anew.
func (t tmuxServer) Shows(ctx context.Context, a attached) bool {
	list, err := t.run(ctx, "", "list-clients", "-F", "#{client_pid} #{client_name}")
	return err == nil && slices.Contains(strings.Split(list, "\n"), a.pid+" "+a.client)
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
