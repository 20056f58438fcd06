package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"provkeys/tui"
)

// printSignals is a process of its own that prints what the console would be
// told, and suspends itself as Bubble Tea does when that is asked for.
func printSignals() {
	ctx, s := forwardSignals(context.Background())
	fmt.Println("ready")
	for {
		select {
		case <-ctx.Done():
			fmt.Println("ended, hung up:", s.hungUp())
			return
		case sig := <-s.told:
			fmt.Println(map[tui.Signal]string{tui.SignalLeave: "leave", tui.SignalHangup: "hangup", tui.SignalSuspend: "suspend"}[sig])
			if sig == tui.SignalSuspend {
				suspendAsBubbleTea(s)
				fmt.Println("resumed")
			}
		}
	}
}

// suspendAsBubbleTea stops the whole process group and waits to be woken.
func suspendAsBubbleTea(s *signals) {
	s.letSuspend()
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	<-woken
}

// printing is such a process, in a process group of its own.
type printing struct {
	t   *testing.T
	cmd *exec.Cmd
	out *bufio.Scanner
}

func startPrinting(t *testing.T, attr *syscall.SysProcAttr) *printing {
	t.Helper()
	cmd := again(t, "print-signals")
	cmd.SysProcAttr = attr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	p := &printing{t, cmd, bufio.NewScanner(out)}
	p.says("ready")
	return p
}

// says waits for the next line.
func (p *printing) says(want string) {
	p.t.Helper()
	line := make(chan string, 1)
	go func() { p.out.Scan(); line <- p.out.Text() }()
	select {
	case got := <-line:
		if got != want {
			p.t.Fatalf("it says %q, want %q", got, want)
		}
	case <-time.After(10 * time.Second):
		p.t.Fatalf("it does not say %q", want)
	}
}

func (p *printing) send(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}

// stops waits until the process is stopped.
func (p *printing) stops() {
	p.t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		var status unix.WaitStatus
		pid, err := unix.Wait4(p.cmd.Process.Pid, &status, unix.WUNTRACED|unix.WNOHANG, nil)
		if err != nil {
			p.t.Fatal(err)
		}
		if pid != 0 {
			if !status.Stopped() {
				p.t.Fatalf("it ended with %v, want it stopped", status)
			}
			return
		}
	}
	p.t.Fatal("it is not stopped")
}

func TestFirstSignalLeavesInOrderAndTheSecondAtOnce(t *testing.T) {
	t.Parallel()
	for sig, says := range map[syscall.Signal][2]string{
		syscall.SIGTERM: {"leave", "ended, hung up: false"},
		syscall.SIGINT:  {"leave", "ended, hung up: false"},
		syscall.SIGHUP:  {"hangup", "ended, hung up: true"},
	} {
		p := startPrinting(t, &syscall.SysProcAttr{Setpgid: true})
		p.send(sig)
		p.says(says[0])
		p.send(syscall.SIGTERM)
		p.says(says[1])
		if err := p.cmd.Wait(); err != nil {
			t.Errorf("%v: %v", sig, err)
		}
	}
}

func TestSuspendedConsoleStopsAndCanBeSuspendedAgain(t *testing.T) {
	t.Parallel()
	// The test is its parent in the same session, as a shell would be.
	p := startPrinting(t, &syscall.SysProcAttr{Setpgid: true})
	for range 2 {
		p.send(syscall.SIGTSTP)
		p.says("suspend")
		p.stops()
		p.send(syscall.SIGCONT)
		p.says("resumed")
	}
	p.send(syscall.SIGTERM)
	p.says("leave")
}

func TestConsoleThatNothingCouldWakeGoesOnByItself(t *testing.T) {
	t.Parallel()
	// The leader of a session has no shell that could wake it, so that the system
	// does not stop it.
	p := startPrinting(t, &syscall.SysProcAttr{Setsid: true})
	p.send(syscall.SIGTSTP)
	p.says("suspend")
	p.says("resumed")
	p.send(syscall.SIGTERM)
	p.says("leave")
}
