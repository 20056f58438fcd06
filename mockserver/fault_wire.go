package mockserver

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"
)

// inMemory returns the response behind a writer when no connection carries it.
func inMemory(w http.ResponseWriter) (*response, bool) {
	for {
		if m, ok := w.(*response); ok {
			return m, true
		}
		wrapper, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return nil, false
		}
		w = wrapper.Unwrap()
	}
}

// refuse is a connection that nobody takes. A listener has taken it by the time a
// call is read, and resets it.
func refuse(w http.ResponseWriter) {
	sever(w, "", &net.OpError{
		Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED),
	})
}

// cutHeaders ends the connection in the middle of a header.
func cutHeaders(w http.ResponseWriter, status int) {
	sever(w, "HTTP/1.1 "+statusLine(status)+"\r\nContent-Type: applica", io.ErrUnexpectedEOF)
}

// sever ends the connection after some last bytes, by a reset if there are none. In
// memory the caller has the error that it would have seen.
func sever(w http.ResponseWriter, last string, seen error) {
	if m, ok := inMemory(w); ok {
		m.failure = seen
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		// HTTP/2 has no connection to take over, but can end the call.
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(interface{ SetLinger(sec int) error }); ok && last == "" {
		_ = tcp.SetLinger(0)
	}
	_, _ = io.WriteString(conn, last)
	_ = conn.Close()
}

// follow sends what comes behind a body as it comes. In memory the caller reads it
// itself, so that no goroutine is needed.
func follow(w http.ResponseWriter, rest io.Reader) {
	if m, ok := inMemory(w); ok {
		m.rest = rest
		return
	}
	control := http.NewResponseController(w)
	buffer := make([]byte, 32<<10)
	for {
		// What was written before waits for what comes next.
		if err := control.Flush(); err != nil {
			panic(http.ErrAbortHandler)
		}
		n, err := rest.Read(buffer)
		if _, failed := w.Write(buffer[:n]); failed != nil {
			panic(http.ErrAbortHandler)
		}
		switch {
		case errors.Is(err, io.EOF):
			return
		case err != nil:
			panic(http.ErrAbortHandler)
		}
	}
}

// trickle is a text of which a byte comes each while.
type trickle struct {
	ctx   context.Context
	every time.Duration
	text  []byte
}

func (t *trickle) Read(p []byte) (int, error) {
	if len(t.text) == 0 {
		return 0, io.EOF
	}
	if len(p) == 0 {
		return 0, nil
	}
	if err := pause(t.ctx, t.every); err != nil {
		return 0, err
	}
	p[0], t.text = t.text[0], t.text[1:]
	return 1, nil
}

// endless is blanks until the caller leaves: JSON that may yet go on.
type endless struct{ ctx context.Context }

func (e endless) Read(p []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}
