package clipboard

import (
	"context"
	"os/exec"
	"strings"
	"time"
)

// alternateTimeout bounds the question to a tmux.
const alternateTimeout = time.Second

// Alternate reports whether what shows now goes away again: it asks the tmux that
// this program runs in, whose settings may give panes no alternate screen. Only
// where Plan.Tmux holds is there one to ask; a tmux that does not answer counts as
// one without.
func (c Clipboard) Alternate(ctx context.Context) bool {
	pane := c.Session.get("TMUX_PANE")
	if pane == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, alternateTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", "display-message", "-p", "-t", pane, "#{alternate_on}")
	cmd.Env = c.Session.environment() // it needs none of the credentials
	cmd.WaitDelay = alternateTimeout
	out, err := cmd.Output()
	return err == nil && strings.TrimSpace(string(out)) == "1"
}
