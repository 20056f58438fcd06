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

// command hands the text to the operator's own command on its standard input.
// What the command prints is dropped: it might be the text.
func (c Clipboard) command(text client.Secret) error {
	run, cancel := context.WithTimeout(context.Background(), c.limit(commandTimeout))
	defer cancel()
	cmd := exec.CommandContext(run, "sh", "-c", c.Session.get(CommandVariable))
	cmd.Stdin = strings.NewReader(text.Reveal())
	cmd.Env = c.Session.environment()
	group(cmd)
	cmd.Cancel = func() error { endAll(cmd); return nil }
	// A child that the command leaves behind may hold the pipe open for ever.
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w: %s failed (%w): run it by hand to see why", ErrClipboard, CommandVariable, cause(run, err))
	}
	return nil
}

// cause returns why a command failed, in a form that never holds the command:
// an operator may have put anything into it.
func cause(run context.Context, err error) error {
	var exit *exec.ExitError
	switch {
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
