package clipboard

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"provkeys/client"
)

// passed returns the variables that a clipboard command may see: what finds a
// display, a tmux or an agent, and no credential.
func passed() []string {
	return []string{
		"PATH", "HOME", "USER", "LANG", "LC_ALL", "TERM",
		"DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
		"TMUX", "TMUX_PANE",
		"SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_AUTH_SOCK", "SSH_AGENT_PID",
	}
}

// command hands the text to the operator's own command on its standard input.
// What the command prints is dropped: it might be the text.
func (c Clipboard) command(ctx context.Context, text client.Secret) (Outcome, error) {
	limit := c.Timeout
	if limit == 0 {
		limit = commandTimeout
	}
	run, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(run, "sh", "-c", c.Session.get(CommandVariable))
	cmd.Stdin = strings.NewReader(text.Reveal())
	cmd.Env = c.Session.environment()
	// A child that the command leaves behind may hold the pipe open for ever.
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return Outcome{}, fmt.Errorf("%w: %s failed (%w): run it by hand to see why", ErrClipboard, CommandVariable, cause(ctx, run, err))
	}
	return Outcome{Route: RouteCommand}, nil
}

// cause returns why a command failed, in a form that never holds the command:
// an operator may have put anything into it.
func cause(ctx, run context.Context, err error) error {
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case run.Err() != nil:
		return errHung
	case errors.As(err, &exit):
		return errors.New(exit.String())
	case errors.Is(err, exec.ErrWaitDelay):
		return errors.New("it left a child behind that did not read its input")
	case errors.Is(err, exec.ErrNotFound):
		return errors.New("there is no sh on this machine")
	}
	return errors.New("it did not read its input")
}

// environment returns the variables for a command, never nil: that would mean
// all of them.
func (s Session) environment() []string {
	list := []string{}
	if s.Lookup == nil {
		return list
	}
	for _, name := range passed() {
		if value, ok := s.Lookup(name); ok {
			list = append(list, name+"="+value)
		}
	}
	return list
}
