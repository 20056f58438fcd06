package clipboard

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"provkeys/client"
)

// The two processes speak in lines of JSON. The helper is told a job and then
// the text itself, of the announced length, and hears commands after it; the end
// of its input means that the program is gone. It answers with one report and,
// where it holds the copy, one ending.

// job is what a helper is to do.
type job struct {
	Route Route         `json:"route"` // RouteTmux or RouteNative
	Life  time.Duration `json:"life"`  // nanoseconds; 0 is for ever
	Bytes int           `json:"bytes"`
}

// command is what a helper is told while it holds a copy.
type command string

// The commands.
const (
	clearNow   command = "clear"
	superseded command = "superseded" // a newer copy took its place
	notBeyond  command = "not beyond" // somebody else looks after the clipboard beyond tmux
)

// result is what became of a copy.
type result string

// The results.
const (
	resultEqual   result = "equal"   // read back, the same to the byte
	resultDiffers result = "differs" // written, and the read-back failed or differs
	resultFailed  result = "failed"
)

// report is what a helper knows after it has copied.
type report struct {
	Result   result `json:"result"`
	PassedOn bool   `json:"passed_on,omitempty"` // a terminal that takes it is attached to tmux
	Top      bool   `json:"top,omitempty"`       // tmux pastes it without being asked for its name
	Remote   bool   `json:"remote,omitempty"`    // tmux's terminal is attached over ssh
	Why      string `json:"why,omitempty"`       // of a failure; never what a tool printed
}

// farewell is the helper's last line.
type farewell struct {
	Ended string `json:"ended"`
}

// The words of the endings.
const (
	wordCleared = "cleared"
	wordGone    = "gone"
	wordChanged = "changed"
	wordFailed  = "failed"
)

func endingOf(word string) Ending {
	switch word {
	case wordCleared:
		return EndingCleared
	case wordGone:
		return EndingGone
	case wordChanged:
		return EndingChanged
	case wordFailed:
		return EndingFailed
	}
	return EndingUnknown
}

func (e Ending) word() string {
	switch e {
	case EndingCleared:
		return wordCleared
	case EndingGone:
		return wordGone
	case EndingChanged:
		return wordChanged
	case EndingFailed:
		return wordFailed
	}
	return ""
}

// writeJob sends a job and its text.
func writeJob(w io.Writer, j job, text client.Secret) error {
	j.Bytes = len(text.Reveal())
	line, err := json.Marshal(j)
	if err != nil {
		return err
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return err
	}
	_, err = io.WriteString(w, text.Reveal())
	return err
}

// readJob reads what writeJob sent.
func readJob(r *bufio.Reader) (job, client.Secret, error) {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return job{}, client.Secret{}, fmt.Errorf("no job came: %w", err)
	}
	var j job
	if err := json.Unmarshal(line, &j); err != nil {
		// The error of the decoder could quote what came in its place.
		return job{}, client.Secret{}, errNoJob
	}
	route := j.Route == RouteTmux || j.Route == RouteNative
	if !route || j.Bytes < 1 || j.Bytes > maxText || j.Life < 0 {
		return job{}, client.Secret{}, errNoJob
	}
	text := make([]byte, j.Bytes)
	if _, err := io.ReadFull(r, text); err != nil {
		return job{}, client.Secret{}, fmt.Errorf("the text did not come: %w", err)
	}
	return j, client.NewSecret(string(text)), nil
}
