package clipboard

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/atotto/clipboard"

	"provkeys/client"
)

// ErrUnreadable is in the chain of every error of Read.
var ErrUnreadable = errors.New("the clipboard cannot be read from here")

// readTimeout is for one tool: the program that owns the clipboard may never
// answer it.
const readTimeout = 3 * time.Second

// maxRead is far above any key text and most logs that are copied, in bytes.
const maxRead = 1 << 20

// errTooMuch is the cause where more is on the clipboard than maxRead.
var errTooMuch = fmt.Errorf("it holds more than %d MiB, and a key text has about 420 characters", maxRead>>20)

// Read returns what is on the clipboard: the desktop's where this session has
// one, else what tmux would paste. It never asks a tool of a remote machine,
// whose clipboard is not the operator's. The error says what stands in the way.
func (c Clipboard) Read(ctx context.Context) (client.Secret, error) {
	why := "the session is remote, or has no display and no tmux"
	for _, tool := range c.readers() {
		text, err := tool(ctx)
		switch {
		case ctx.Err() != nil:
			return client.Secret{}, fmt.Errorf("%w: %w", ErrUnreadable, ctx.Err())
		case err == nil:
			return client.NewSecret(text), nil
		case !errors.Is(err, errNoTool):
			// It is there, so that the next one would tell of something else.
			return client.Secret{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		why = "there is no tool for it, such as wl-paste, xclip or xsel"
	}
	return client.Secret{}, fmt.Errorf("%w: %s", ErrUnreadable, why)
}

// reader reads a clipboard. The error is errNoTool where it cannot even ask.
type reader func(context.Context) (string, error)

// readers returns what to read with, first first.
func (c Clipboard) readers() []reader {
	s := c.Session
	tool := func(name string, args ...string) reader {
		return func(ctx context.Context) (string, error) { return s.read(ctx, name, args...) }
	}
	var list []reader
	if !s.remote() {
		switch s.GOOS {
		case "windows":
			list = append(list, readWindows)
		case "darwin":
			list = append(list, tool("pbpaste"))
		}
		if s.get("WAYLAND_DISPLAY") != "" {
			list = append(list, tool("wl-paste", "--no-newline"))
		}
		if s.get("DISPLAY") != "" {
			list = append(list, tool("xclip", "-out", "-selection", "clipboard"), tool("xsel", "--output", "--clipboard"))
		}
	}
	if s.get("TMUX") != "" {
		list = append(list, tool("tmux", "save-buffer", "-"))
	}
	return list
}

// read runs a tool that prints the clipboard. It sees what finds a display and
// no credential.
func (s Session) read(ctx context.Context, name string, args ...string) (string, error) {
	limit, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	cmd := exec.CommandContext(limit, name, args...)
	cmd.Env = s.environment()
	var out bounded
	cmd.Stdout = &out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	switch {
	case out.over:
		return "", errTooMuch
	case limit.Err() != nil:
		return "", fmt.Errorf("%s: %w", name, errHung)
	case errors.Is(err, exec.ErrNotFound):
		return "", errNoTool
	case err != nil:
		return "", fmt.Errorf("%s finds no text on it (%w)", name, toolFault(err))
	}
	return string(out.held), nil
}

// readWindows asks the system itself, and starts no tool.
func readWindows(ctx context.Context) (string, error) {
	type answer struct {
		text string
		err  error
	}
	got, _ := within(ctx, readTimeout, answer{err: errHung}, func(context.Context) answer {
		text, err := clipboard.ReadAll()
		return answer{text, clean(err)}
	})
	if len(got.text) > maxRead {
		return "", errTooMuch
	}
	return got.text, got.err
}

// bounded holds up to maxRead of what is written to it, and then takes no more.
type bounded struct {
	held []byte
	over bool
}

// Write takes what there is room for.
func (b *bounded) Write(p []byte) (int, error) {
	if b.over || len(b.held)+len(p) > maxRead {
		b.over, b.held = true, nil
		return 0, errTooMuch
	}
	b.held = append(b.held, p...)
	return len(p), nil
}
