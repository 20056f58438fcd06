//go:build unix

package clipboard

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

func TestAnswersAreReadAsTheyCome(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		pieces []string
		want   Terminal
	}{
		"screen":               {[]string{"\x1b[>83;40900;0c\x1b[?1;2c"}, asScreen},
		"tmux, in pieces":      {[]string{"\x1b", "[>84;0", ";0c\x1b[?1", ";2;4", "c"}, asTmux},
		"claims writes":        {[]string{"\x1b[>1;11600;0c", "\x1b[?62;22;52c"}, claims},
		"typed in between":     {[]string{"ls\r\x1b[>41;390;0c", "pwd\r\x1b[?64;1;2c"}, plain},
		"silent":               {nil, silent},
		"half an answer":       {[]string{"\x1b[>83;40900;0c"}, halfScreen},
		"interrupted":          {[]string{"\x03"}, Terminal{Interrupted: true}},
		"answers a flood":      {[]string{strings.Repeat("y", 2*maxAnswers)}, silent},
		"order turned round":   {[]string{"\x1b[?1;2c"}, plain},
		"no numbers":           {[]string{"\x1b[>c\x1b[?c"}, plain},
		"a number out of line": {[]string{"\x1b[>99999999999999999999;0c\x1b[?1c"}, plain},
	} {
		in := strings.Join(tc.pieces, "")
		pieces := tc.pieces
		read := func(b []byte) (int, error) {
			if len(pieces) == 0 {
				return 0, io.EOF
			}
			n := copy(b, pieces[0])
			if pieces[0] = pieces[0][n:]; pieces[0] == "" {
				pieces = pieces[1:]
			}
			return n, nil
		}
		if got := readAnswers(read); got != tc.want {
			t.Errorf("%s (%d bytes): %+v, want %+v", name, len(in), got, tc.want)
		}
	}
}

func TestWhatIsNoTerminalIsNotAsked(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = errors.Join(r.Close(), w.Close()) }()
	if got := AskTerminal(w); got != silent {
		t.Errorf("a pipe answers %+v", got)
	}
}
