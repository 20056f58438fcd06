// Package credential fetches credentials from outside the program: what a command
// prints, and what the system's keyring holds.
//
// It knows processes and keyrings, and how long one waits for either. It must
// never know a configuration file or a profile, and no error of it holds anything
// that a command printed or a keyring said: each is a *config.UsageError, to stand
// behind the words of whoever asked.
package credential

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"strconv"
	"time"

	"provkeys/cmd/internal/config"
)

const (
	commandTimeout = 10 * time.Second
	// stopTimeout is how long what a command left behind may hold its output.
	stopTimeout = time.Second
	// maxOutput is the most that a command may print, in bytes.
	maxOutput = 64 << 10
)

// Run returns what a program prints: words are its name and its arguments. No
// shell reads them, it has nothing to read, and what it says on standard error is
// dropped, since that may be a credential too. It has ten seconds and 64 KiB. What it
// started ends with it where it has to be ended. The error is that of the context once
// that has ended.
func Run(ctx context.Context, words []string) (string, error) {
	return run(ctx, words, commandTimeout)
}

func run(ctx context.Context, words []string, limit time.Duration) (string, error) {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out capture
	cmd := exec.CommandContext(timed, words[0], words[1:]...)
	cmd.Stdout = &out
	cmd.Cancel = func() error { return end(cmd.Process) }
	cmd.WaitDelay = stopTimeout
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case out.full:
		return "", failed("its command prints more than " + strconv.Itoa(maxOutput>>10) + " KiB")
	case ctx.Err() != nil:
		return "", ctx.Err()
	case timed.Err() != nil:
		return "", failed("its command does not end within " + limit.String())
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot), errors.Is(err, fs.ErrNotExist):
		return "", &config.UsageError{Problem: "the program of its command is not there", Fix: "write its whole path"}
	case errors.Is(err, fs.ErrPermission):
		return "", &config.UsageError{Problem: "the program of its command may not be run", Fix: "make it executable (chmod u+x)"}
	case errors.As(err, &ended) && ended.ExitCode() < 0:
		return "", failed("its command was ended by a signal")
	case errors.As(err, &ended):
		return "", failed("its command ends with exit code " + strconv.Itoa(ended.ExitCode()))
	case errors.Is(err, exec.ErrWaitDelay):
		// It ended well and left something behind that holds on to its output, as an
		// agent does that it started: what it had to say is here.
	case err != nil:
		return "", failed("its command cannot be run")
	}
	return out.text.String(), nil
}

func failed(problem string) *config.UsageError {
	return &config.UsageError{Problem: problem, Fix: "run it by hand to see what it says"}
}

// capture keeps what is written up to maxOutput.
type capture struct {
	text bytes.Buffer
	full bool
}

func (c *capture) Write(p []byte) (int, error) {
	if c.text.Len()+len(p) > maxOutput {
		c.full = true
		return 0, errors.New("too much")
	}
	return c.text.Write(p)
}
