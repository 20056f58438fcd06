package clipboard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/atotto/clipboard"

	"provkeys/client"
)

// errHung is the cause of a step that did not end in time.
var errHung = errors.New("it did not answer in time")

// machine is the real desktop.
type machine struct{}

func (machine) WriteAll(text string) error { return clipboard.WriteAll(text) }
func (machine) ReadAll() (string, error)   { return clipboard.ReadAll() }

// native writes with the desktop's tool, which may lie, and reads back what it
// did. A read-back that fails proves as little as one that differs.
func (c Clipboard) native(ctx context.Context, text client.Secret) (Outcome, error) {
	desktop := c.Desktop
	if desktop == nil {
		desktop = machine{}
	}
	_, err := c.within(ctx, func() (string, error) { return "", desktop.WriteAll(text.Reveal()) })
	if err != nil {
		return Outcome{}, fmt.Errorf("%w: the desktop's clipboard tool failed (%w): "+
			"install wl-clipboard, xclip or xsel, or use --clipboard osc52", ErrClipboard, err)
	}
	back, err := c.within(ctx, desktop.ReadAll)
	same := err == nil && client.NewSecret(back).Equal(text)
	return Outcome{Route: RouteNative, Verified: same}, nil
}

// within runs a step that nothing can stop once it hangs. The step is left
// behind then; its answer goes into a channel that nobody reads.
func (c Clipboard) within(ctx context.Context, step func() (string, error)) (string, error) {
	limit := c.Timeout
	if limit == 0 {
		limit = nativeTimeout
	}
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := step()
		done <- answer{text, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case a := <-done:
		return a.text, a.err
	case <-timer.C:
		return "", errHung
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
