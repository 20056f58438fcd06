package clipboard

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// nowhere is the input of a helper that does not listen.
type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) Close() error                { return nil }

// saying is a helper whose last word is known.
func saying(words string) *hold {
	return &hold{in: nowhere{}, answers: json.NewDecoder(strings.NewReader(words)), wait: func() error { return io.EOF }}
}

func TestTheWorseEndingIsToldOfTwoCopies(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		words []string
		want  Ending
	}{
		{[]string{`{"ended":"cleared"}`}, EndingCleared},
		{[]string{`{"ended":"cleared"}`, `{"ended":"cleared"}`}, EndingCleared},
		{[]string{`{"ended":"cleared"}`, `{"ended":"changed"}`}, EndingChanged},
		{[]string{`{"ended":"gone"}`, `{"ended":"cleared"}`}, EndingGone},
		{[]string{`{"ended":"failed"}`, `{"ended":"changed"}`}, EndingFailed},
		{[]string{``}, EndingUnknown},
		{[]string{`nonsense`}, EndingUnknown},
		{[]string{``, `{"ended":"cleared"}`}, EndingFailed}, // a helper that died has left its copy
	} {
		var holds []*hold
		for _, w := range tc.words {
			holds = append(holds, saying(w))
		}
		l := newLease(holds...)
		if got := <-l.Ended(); got != tc.want {
			t.Errorf("%q: %v, want %v", tc.words, got, tc.want)
		}
		l.Clear() // nobody is left to hear it
	}
}

func TestCopyThatNobodyWasToldOfEndsQuietly(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]Ending{"changed": EndingCleared, "gone": EndingCleared, "cleared": EndingCleared, "failed": EndingFailed} {
		beside := saying(`{"ended":"` + word + `"}`)
		beside.quiet = true
		if got := <-newLease(saying(`{"ended":"cleared"}`), beside).Ended(); got != want {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
}
