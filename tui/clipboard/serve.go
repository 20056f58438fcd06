package clipboard

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"provkeys/client"
)

// HelperCommand is the word, alone on its command line, on which this program
// runs Serve.
const HelperCommand = "clipboard-helper"

// errNoJob is the answer to somebody who runs the helper by hand.
var errNoJob = errors.New("this command is for provkeys itself: use provkeys copy NAME")

// Serve is the helper's side of a copy: it reads a job from in, writes to a
// buffer of tmux or to the desktop's clipboard, reads back, reports on out, and
// clears when the time is up, when it is told to, or when ctx ends (the session
// is being shut down). The error is about the job alone; what happens on the
// route is in the report.
//
// It runs in a process of its own, because the tools behind a clipboard hang,
// die with their terminal, and must outlive the program that copied. A tool
// that hangs is killed with the helper's process group.
func Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	outlive()
	take := func() turn { return takeTurn(turnFolder(), displayName()) }
	hung, err := server{desktop: machine{}, tmux: tmuxServer{}, take: take, limit: nativeTimeout}.serve(ctx, in, out)
	if hung {
		endOwnGroup()
	}
	return err
}

// server has what the helper works with.
type server struct {
	desktop desktop
	tmux    buffers
	take    func() turn   // nil: nobody else copies to the desktop
	limit   time.Duration // for copying, and for clearing
}

// place is where a copy lies.
type place interface {
	// put writes the text and reads it back.
	put(ctx context.Context, text string, m mark) report
	// takeBack takes off what failed and may have arrived all the same.
	takeBack(ctx context.Context)
	// clear takes the copy off, unless something else has taken its place. Here
	// says that the program which copied still runs.
	clear(ctx context.Context, m mark, here bool) Ending
	// giveWay takes off what is left behind when a newer copy took its place.
	giveWay(ctx context.Context, m mark) Ending
	// stuck reports whether a tool hangs that somebody has to kill.
	stuck() bool
}

func (s server) place(r Route) place {
	if r == RouteTmux {
		return &tmuxPlace{tmux: s.tmux, name: bufferName()}
	}
	take := s.take
	if take == nil {
		take = func() turn { return turn{} }
	}
	return &desktopPlace{desktop: s.desktop, take: take}
}

// serve reports whether a tool hangs.
func (s server) serve(ctx context.Context, in io.Reader, out io.Writer) (hung bool, err error) {
	reader := bufio.NewReader(in)
	j, text, err := readJob(reader)
	if err != nil {
		return false, err
	}
	h := holding{place: s.place(j.Route), mark: newMark(text.Reveal()), limit: s.limit}
	r, hung := h.put(ctx, text)
	text = client.Secret{} // from here on the mark must do
	say := json.NewEncoder(out)
	// Nobody may be left to tell (Serve outlives the pipe): the copy is cleared all
	// the same.
	_ = say.Encode(r)
	if r.Result == resultFailed {
		_, late := within(ctx, h.limit, false, func(ctx context.Context) bool { h.place.takeBack(ctx); return true })
		return hung || late, nil
	}
	ending, hung := h.keep(ctx, commandsFrom(reader), j.Life)
	_ = say.Encode(farewell{ending.word()})
	// A copy that stays needs the server which its tool has left behind.
	return ending != EndingUnknown && (hung || h.place.stuck()), nil
}

// holding is a copy that the helper looks after.
type holding struct {
	place place
	mark  mark
	limit time.Duration
}

func (h holding) put(ctx context.Context, text client.Secret) (report, bool) {
	return within(ctx, h.limit, report{Result: resultFailed, Why: errHung.Error()}, func(ctx context.Context) report {
		return h.place.put(ctx, text.Reveal(), h.mark)
	})
}

// within runs a step and returns its answer, or late once the time is up; the
// step is left behind then, since nothing can stop some tools.
func within[T any](ctx context.Context, limit time.Duration, late T, step func(context.Context) T) (answer T, hung bool) {
	// What was begun is ended in order, even when the session is shut down.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	done := make(chan T, 1)
	go func() { done <- step(ctx) }()
	select {
	case answer = <-done:
		return answer, false
	case <-ctx.Done():
		return late, true
	}
}

// heard is a command of the program, or that it has gone.
type heard struct {
	command command
	gone    bool
}

// commandsFrom reads the program's commands; the last thing heard is that it
// has gone.
func commandsFrom(r *bufio.Reader) <-chan heard {
	all := make(chan heard, 1)
	go func() {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			all <- heard{command: command(lines.Text())}
		}
		all <- heard{gone: true}
	}()
	return all
}

// keep waits until the copy is to be cleared, and clears it.
func (h holding) keep(ctx context.Context, commands <-chan heard, life time.Duration) (Ending, bool) {
	var up <-chan time.Time
	if life > 0 {
		timer := time.NewTimer(life)
		defer timer.Stop()
		up = timer.C
	}
	for here := true; ; {
		select {
		case said := <-commands:
			switch {
			case said.gone && life == 0:
				return EndingUnknown, false // it stays until somebody copies something else
			case said.gone:
				here = false
			case said.command == superseded:
				return within(ctx, h.limit, EndingFailed, func(ctx context.Context) Ending {
					return h.place.giveWay(ctx, h.mark)
				})
			case said.command == notBeyond:
				here = false
			case said.command == clearNow:
				return h.clear(ctx, here)
			}
		case <-up:
			return h.clear(ctx, here)
		case <-ctx.Done():
			return h.clear(ctx, false)
		}
	}
}

func (h holding) clear(ctx context.Context, here bool) (Ending, bool) {
	return within(ctx, h.limit, EndingFailed, func(ctx context.Context) Ending {
		return h.place.clear(ctx, h.mark, here)
	})
}
