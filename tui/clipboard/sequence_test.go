package clipboard

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"testing"

	"provkeys/client"
)

func TestSequenceIsTheTextInBase64(t *testing.T) {
	t.Parallel()
	got, err := Sequence(client.NewSecret(fakeText), FormPlain)
	want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(fakeText)) + "\a"
	if err != nil || got.Reveal() != want {
		t.Errorf("the sequence differs (%v)", err)
	}
	if strings.Contains(got.String(), "52") {
		t.Error("the sequence prints itself")
	}
}

// TestScreenGetsPiecesThatItKeeps takes the pieces apart as GNU screen does,
// which keeps 768 bytes of a control string and prints the rest.
func TestScreenGetsPiecesThatItKeeps(t *testing.T) {
	t.Parallel()
	for _, length := range []int{1, 100, 182, 183, 184, 418, 2000, 8 << 10} {
		text := client.NewSecret(strings.Repeat("x", length))
		bare, _ := Sequence(text, FormPlain)
		chunks, err := Sequence(text, FormScreen)
		if err != nil {
			t.Fatal(err)
		}
		var inside strings.Builder
		for piece := range strings.SplitSeq(strings.TrimSuffix(chunks.Reveal(), "\x1b\\"), "\x1b\\") {
			body, ok := strings.CutPrefix(piece, "\x1bP")
			if !ok || len(body) > screenChunk {
				t.Fatalf("%d bytes: a piece of %d bytes, its beginning right: %v", length, len(body), ok)
			}
			inside.WriteString(body)
		}
		if inside.String() != bare.Reveal() {
			t.Errorf("%d bytes: what screen passes on differs", length)
		}
	}
}

func TestTmuxGetsBothFormsOfWhichItTakesOneOrNone(t *testing.T) {
	t.Parallel()
	bare, _ := Sequence(client.NewSecret(fakeText), FormPlain)
	got, _ := Sequence(client.NewSecret(fakeText), FormTmux)
	passed, ok := strings.CutPrefix(got.Reveal(), bare.Reveal()+"\x1bPtmux;")
	if !ok || strings.ReplaceAll(strings.TrimSuffix(passed, "\x1b\\"), "\x1b\x1b", "\x1b") != bare.Reveal() {
		t.Error("the wrapped form differs")
	}
}

func TestBlankIsOneSpaceInTheSameForm(t *testing.T) {
	t.Parallel()
	for _, form := range []Form{FormPlain, FormTmux, FormScreen} {
		want, _ := Sequence(client.NewSecret(" "), form)
		if Blank(form) != want.Reveal() || !strings.Contains(Blank(form), "]52;c;IA==") {
			t.Errorf("form %d: %q", form, Blank(form))
		}
	}
}

func TestEmptyAndTooLongTextsAreRefused(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{"": false, "x": true, strings.Repeat("x", maxText): true, strings.Repeat("x", maxText+1): false} {
		_, err := Sequence(client.NewSecret(text), FormPlain)
		if (err == nil) != ok || err != nil && !errors.Is(err, ErrClipboard) {
			t.Errorf("%d bytes: %v", len(text), err)
		}
	}
}

func FuzzSequence(f *testing.F) {
	f.Add(fakeText, 0)
	f.Add("\x1b\\\a", 2)
	f.Add(strings.Repeat("é", 700), 1)
	safe := regexp.MustCompile(`^(\x1bP|\x1b\\|\x1bPtmux;|\x1b?\x1b\]52;c;|[A-Za-z0-9+/=]|\a)*$`)
	f.Fuzz(func(t *testing.T, text string, form int) {
		got, err := Sequence(client.NewSecret(text), Form(form%3))
		if err != nil {
			return
		}
		// Whatever the text holds, nothing of it acts on the terminal.
		if s := got.Reveal(); Form(form%3) != FormScreen && !safe.MatchString(s) {
			t.Errorf("%q", s)
		}
	})
}
