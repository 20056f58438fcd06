package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"provkeys/tui"
)

// signals tells the console what the operating system asks for.
type signals struct {
	told chan tui.Signal

	leave      chan os.Signal
	suspend    chan os.Signal
	suspending atomic.Bool // the screen is left and the process about to stop
	hangup     atomic.Bool
	cancel     context.CancelFunc
}

// forwardSignals tells the console of signals, so that it can leave in order; a
// second one of those that end it ends the context.
func forwardSignals(ctx context.Context) (context.Context, *signals) {
	ctx, cancel := context.WithCancel(ctx)
	s := &signals{
		told:  make(chan tui.Signal, 1),
		leave: make(chan os.Signal, 2), suspend: make(chan os.Signal, 1),
		cancel: cancel,
	}
	signal.Notify(s.leave, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	s.catchSuspend()
	go s.forward(ctx)
	return ctx, s
}

func (s *signals) forward(ctx context.Context) {
	for leaving := false; ; {
		next := tui.SignalLeave
		select {
		case sig := <-s.leave:
			if leaving {
				s.cancel()
				return
			}
			leaving = true
			if sig == syscall.SIGHUP {
				s.hangup.Store(true)
				next = tui.SignalHangup
			}
		case <-s.suspend:
			if s.suspending.CompareAndSwap(true, false) {
				go stopProcess()
				continue
			}
			next = tui.SignalSuspend
		case <-ctx.Done():
			return
		}
		select {
		case s.told <- next:
		case <-ctx.Done():
			return
		}
	}
}

// letSuspend says that the console has left the screen and the next SIGTSTP,
// which Bubble Tea sends, is to stop the process.
func (s *signals) letSuspend() { s.suspending.Store(true) }

// hungUp reports whether the terminal has gone.
func (s *signals) hungUp() bool { return s.hangup.Load() }

func (s *signals) stop() {
	signal.Stop(s.leave)
	signal.Stop(s.suspend)
	s.cancel()
}
