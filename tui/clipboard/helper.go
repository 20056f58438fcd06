package clipboard

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"time"

	"provkeys/client"
)

// helperGrace is what a helper gets beyond the time of its tools, which it
// watches itself.
const helperGrace = 500 * time.Millisecond

// leaveTime is for a helper that failed: to copy, and to take back.
const leaveTime = 3 * nativeTimeout

// viaTmux copies into a buffer of tmux and, where the plan says so, onto the
// desktop's clipboard as well, by a helper each: one that fails must not take
// the other's copy with it.
func (c Clipboard) viaTmux(step Step, text client.Secret) (Copied, error) {
	r, buffer, err := c.help(RouteTmux, text)
	if err != nil {
		return Copied{}, err
	}
	o := Outcome{Route: RouteTmux, Evidence: EvidenceBuffer, PassedOn: r.PassedOn, Top: r.Top}
	// This machine's desktop is not the one of somebody who attached from afar.
	if step.Also != RouteNative || r.Remote {
		return Copied{Outcome: o, Lease: newLease(buffer)}, nil
	}
	// Without the desktop's clipboard there is still the buffer.
	d, desktop, err := c.help(RouteNative, text)
	switch {
	case err != nil:
		return Copied{Outcome: o, Lease: newLease(buffer)}, nil
	case d.Result == resultEqual:
		o.Also, o.Evidence = RouteNative, EvidenceVerified
		// The terminal's clipboard is this one, which is cleared by comparison.
		buffer.tell(notBeyond)
	default:
		desktop.quiet = true
	}
	return Copied{Outcome: o, Lease: newLease(buffer, desktop)}, nil
}

// viaDesktop copies onto the desktop's clipboard.
func (c Clipboard) viaDesktop(text client.Secret) (Copied, error) {
	r, desktop, err := c.help(RouteNative, text)
	if err != nil {
		return Copied{}, err
	}
	o := Outcome{Route: RouteNative, Evidence: EvidenceDiffers}
	if r.Result == resultEqual {
		o.Evidence = EvidenceVerified
	}
	return Copied{Outcome: o, Lease: newLease(desktop)}, nil
}

// help has a helper process copy by one route. A helper that does not answer is
// ended with everything that it has started.
func (c Clipboard) help(route Route, text client.Secret) (report, *hold, error) {
	helper, err := c.start()
	if err != nil {
		return report{}, nil, fmt.Errorf("%w: the helper process does not start: was provkeys replaced meanwhile? Start it again", ErrClipboard)
	}
	reported := make(chan report, 1)
	go func() { reported <- helper.ask(job{Route: route, Life: c.Life}, text) }()
	timer := time.NewTimer(c.limit(nativeTimeout) + helperGrace)
	defer timer.Stop()
	var r report
	select {
	case r = <-reported:
	case <-timer.C:
		// A program that was stopped meanwhile finds its time over and the report
		// waiting.
		select {
		case r = <-reported:
		case <-time.After(helperGrace):
			r = report{Result: resultFailed, Why: errHung.Error()}
		}
	}
	if r.Result != resultEqual && r.Result != resultDiffers {
		helper.leave()
		return r, nil, failed(route, r.Why)
	}
	return r, &hold{in: helper.in, answers: helper.answers, wait: helper.cmd.Wait}, nil
}

// failed says which tool did not do its work, and what to do instead.
func failed(route Route, why string) error {
	switch {
	case route == RouteTmux:
		return fmt.Errorf("%w: tmux failed (%s): is that tmux still running, and 3.2 or newer?", ErrClipboard, why)
	case why == errNoTool.Error():
		return fmt.Errorf("%w: the desktop has no clipboard tool: install wl-clipboard, xclip or xsel, or use --clipboard osc52", ErrClipboard)
	}
	return fmt.Errorf("%w: the desktop's clipboard tool failed (%s): run it by hand to see why, or use --clipboard osc52", ErrClipboard, why)
}

// helper is a running helper process.
type helper struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	answers *json.Decoder
}

// start runs the helper in a session of its own, with nothing secret in its
// arguments or its environment.
func (c Clipboard) start() (*helper, error) {
	if len(c.Helper) == 0 {
		return nil, errNoTool
	}
	cmd := exec.Command(c.Helper[0], c.Helper[1:]...)
	cmd.Env = c.Session.environment()
	cmd.Dir = "/"
	detach(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &helper{cmd: cmd, in: in, answers: json.NewDecoder(bufio.NewReader(out))}, nil
}

// ask sends the job and waits for the report.
func (h *helper) ask(j job, text client.Secret) report {
	if err := writeJob(h.in, j, text); err != nil {
		return report{Result: resultFailed, Why: "the helper process took no job"}
	}
	var r report
	if h.answers.Decode(&r) != nil {
		return report{Result: resultFailed, Why: "the helper process broke off"}
	}
	return r
}

// leave leaves a helper to itself: one that is only late takes back what it
// copies then, and ends within the time that it has for that.
func (h *helper) leave() {
	go func() {
		_, _ = io.WriteString(h.in, string(clearNow)+"\n")
		_ = h.in.Close()
	}()
	go func() {
		stuck := time.AfterFunc(leaveTime, func() { endAll(h.cmd) })
		defer stuck.Stop()
		// How it ends tells nothing that is not known.
		_ = h.cmd.Wait()
	}()
}
