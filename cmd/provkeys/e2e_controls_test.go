//go:build e2e

package main

import (
	"encoding/base64"
	"fmt"
	"testing"
)

// The controls of the rig: what stands between a raw clipboard write and the
// terminal does with it what it is known to do, so that a case which passes
// there has taken another way.
func TestE2EControlRawSequence(t *testing.T) {
	t.Parallel()
	const text = "3|mock.example|a-raw-clipboard-write"
	for _, tt := range []struct {
		name    string
		around  func(l *lab, print string) string
		arrives bool
	}{
		{"bare", func(_ *lab, print string) string { return print }, true},
		{"in tmux as it comes", func(l *lab, print string) string {
			command, _ := l.tmuxInside("inner", print)
			return command
		}, false},
		{"over ssh", func(l *lab, print string) string { return l.startSSHD().there("-tt", print) }, true},
		{"from a screen over ssh", func(l *lab, print string) string {
			return l.screenInside(l.startSSHD().there("-tt", print))
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			print := "cat " + l.write("raw", fmt.Sprintf("\x1b]52;c;%s\a", base64.StdEncoding.EncodeToString([]byte(text)))) + "; echo printed; sleep 90"
			term := l.terminal(110, 30, tt.around(l, print), clipboardOn)
			term.sees("printed")
			if got := term.buffer() == text; got != tt.arrives {
				t.Errorf("a raw sequence arrived: %v, want %v\n%s", got, tt.arrives, term.screen())
			}
		})
	}
}
