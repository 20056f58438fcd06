package deploy_test

import (
	"errors"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/client/keytext"
)

// fakeText is a key text that no cloud has given out; what is behind the host
// stands for the secret part.
const fakeHost = "3|mock.example|"

var fakeText = fakeHost + strings.Repeat("FaKe+tExT/0123456789abcd", 16) + "-000000000000000042"

// awkwardText has every printable ASCII character, and what shells, YAML and
// printf stumble over.
var awkwardText = func() string {
	var b strings.Builder
	b.WriteString(fakeHost)
	for c := byte(' '); c <= '~'; c++ {
		b.WriteByte(c)
	}
	b.WriteString(`'' "$(id)" ${x} ` + "`id`" + ` %s %% \n \\ \' !! #x @KEY@ @PATH@ {{x}} : - ''`)
	return b.String()
}()

// fakeKey returns a key of the kind that may be handed on.
func fakeKey(kind client.Kind) client.Key {
	return keyWith(kind, fakeText)
}

func keyWith(kind client.Kind, text string) client.Key {
	return client.Key{
		Kind: kind, ID: "58856", Name: "eu-west-1-asg", MaxUses: 10, Enabled: true, Exportable: true,
		Text: client.NewSecret(text), Hint: keytext.Describe(text),
	}
}

// snippet returns the snippet's text, which must be there.
func snippet(t *testing.T, f deploy.Form, k client.Key) string {
	t.Helper()
	s, err := deploy.Snippet(f, k)
	if err != nil {
		t.Fatalf("%s for a %s: %v", f, k.Kind, err)
	}
	return s.Reveal()
}

// eachSnippet calls do with every form and kind that fit.
func eachSnippet(do func(deploy.Form, client.Kind)) {
	for _, f := range deploy.Forms() {
		for _, kind := range client.Kinds() {
			if f.Fits(kind) == nil {
				do(f, kind)
			}
		}
	}
}

// leaks reports whether any part of the secret part that could be used stands in
// a text.
func leaks(text string) bool {
	const piece = 8
	secret := strings.TrimPrefix(fakeText, fakeHost)
	for i := 0; i+piece <= len(secret); i++ {
		if strings.Contains(text, secret[i:i+piece]) {
			return true
		}
	}
	return false
}

func TestTextIsTheKeyTextAndNothingElse(t *testing.T) {
	for _, kind := range client.Kinds() {
		if got := snippet(t, deploy.Text, fakeKey(kind)); got != fakeText {
			t.Errorf("%s: %d characters, want the %d of the key text", kind, len(got), len(fakeText))
		}
	}
}

func TestOnlyFormsThatSaySoHoldTheSecret(t *testing.T) {
	eachSnippet(func(f deploy.Form, kind client.Kind) {
		if got := leaks(snippet(t, f, fakeKey(kind))); got != f.Secret() {
			t.Errorf("%s for a %s holds the secret: %v, and says %v", f, kind, got, f.Secret())
		}
	})
}

func TestMaskedIsTheSnippetWithDots(t *testing.T) {
	eachSnippet(func(f deploy.Form, kind client.Kind) {
		k := fakeKey(kind)
		masked, err := deploy.Masked(f, k)
		if err != nil {
			t.Fatalf("%s for a %s: %v", f, kind, err)
		}
		if leaks(masked) {
			t.Errorf("%s for a %s shows the secret", f, kind)
		}
		if want := strings.ReplaceAll(snippet(t, f, k), fakeText, k.Hint.Masked()); masked != want {
			t.Errorf("%s for a %s: masked differs in more than the text", f, kind)
		}
	})
}

func TestAHiddenKeyHasASnippetToLookAtAndNoneToUse(t *testing.T) {
	eachSnippet(func(f deploy.Form, kind client.Kind) {
		k := fakeKey(kind)
		k.Text, k.Hint, k.Exportable = client.Secret{}, keytext.Hint{}, false
		masked, err := deploy.Masked(f, k)
		if err != nil || f.Secret() != strings.Contains(masked, "••••••••") {
			t.Errorf("%s for a %s: %v, or dots where there are none", f, kind, err)
		}
		if _, err := deploy.Snippet(f, k); errors.Is(err, keytext.ErrUnsafe) != f.Secret() {
			t.Errorf("%s for a %s: %v", f, kind, err)
		}
	})
}

func TestADamagedTextHasNoSnippet(t *testing.T) {
	cases := map[string]string{
		"a line break":                fakeText + "\nrm -rf /",
		"a carriage return":           fakeText + "\r",
		"an escape":                   fakeText[:40] + "\x1b[31m" + fakeText[40:],
		"a null":                      fakeText + "\x00",
		"a character outside ASCII":   fakeText + "é",
		"a byte that is no character": fakeText + "\xff",
	}
	for name, text := range cases {
		eachSnippet(func(f deploy.Form, kind client.Kind) {
			s, err := deploy.Snippet(f, keyWith(kind, text))
			if !f.Secret() {
				return
			}
			if !errors.Is(err, keytext.ErrUnsafe) || !s.IsZero() {
				t.Errorf("%s, %s for a %s: %v", name, f, kind, err)
			}
			if err != nil && leaks(err.Error()) {
				t.Errorf("%s, %s for a %s: the error holds the text", name, f, kind)
			}
		})
	}
}
