package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"filippo.io/age"

	"provkeys/client"
	"provkeys/cmd/internal/download"
	"provkeys/mockserver"
	"provkeys/tui"
)

// aRecipient is nobody's.
const aRecipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

// opened returns what a file holds for a passphrase.
func opened(t *testing.T, path, passphrase string) string {
	t.Helper()
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(b), id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// cheapPassphrase is a recipient that takes a guesser no time, nor a test.
func cheapPassphrase(p client.Secret) (age.Recipient, error) {
	r, err := download.Passphrase(p)
	if s, ok := r.(*age.ScryptRecipient); ok {
		s.SetWorkFactor(4)
	}
	return r, err
}

// attended is a fixture at a terminal at which lines are typed.
func attended(t *testing.T, lines ...string) *fixture {
	f := newFixture(t)
	f.terminals[stdin] = true
	f.tty.lines = lines
	return f
}

func TestPassphraseIsAskedForTwice(t *testing.T) {
	t.Parallel()
	f := attended(t, "too short", "correct horse battery", "correct horse", "correct horse battery", "correct horse battery")
	path := filepath.Join(t.TempDir(), "a.age")

	f.mustRun(exitDone, "download", okKey, "--to", path)

	if opened(t, path, "correct horse battery") != f.text(okKey) {
		t.Error("the file holds another text")
	}
	asked := f.tty.String()
	for _, want := range []string{"Passphrase for the text of " + okKey, "has 9 characters and needs 12", "The two differ.\n", "The same once more: "} {
		if !strings.Contains(asked, want) {
			t.Errorf("the terminal does not say %q: %q", want, asked)
		}
	}
	if strings.Contains(asked+f.out.String()+f.err.String(), "horse") {
		t.Error("the passphrase shows")
	}
}

func TestPassphraseThatIsMadeIsShownOnceAtTheTerminal(t *testing.T) {
	t.Parallel()
	shown := regexp.MustCompile(`\n    ([0-9a-z]{5}(?:-[0-9a-z]{5}){4})\n`)
	for name, tt := range map[string]struct {
		lines []string
		flags []string
	}{
		"nothing was typed": {[]string{""}, nil},
		"asked for":         {nil, []string{"--generate-passphrase", "-o", "json"}},
	} {
		f := attended(t, tt.lines...)
		path := filepath.Join(t.TempDir(), "a.age")

		f.mustRun(exitDone, append([]string{"download", okKey, "--to", path}, tt.flags...)...)

		found := shown.FindAllStringSubmatch(f.tty.String(), -1)
		if len(found) != 1 {
			t.Fatalf("%s: %d passphrases are shown", name, len(found))
		}
		if opened(t, path, found[0][1]) != f.text(okKey) {
			t.Errorf("%s: the file holds another text", name)
		}
		if strings.Contains(f.out.String()+f.err.String(), found[0][1]) {
			t.Errorf("%s: the passphrase is in the output", name)
		}
	}
}

func TestUnconfirmedDownloadWritesNothing(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(context.Background())
	end()
	for name, tt := range map[string]struct {
		lines []string
		ctx   context.Context
		args  []string
		code  exitCode
		words string
	}{
		"no":                   {[]string{"n"}, nil, []string{"--plaintext"}, exitRefused, "it was not confirmed"},
		"nothing":              {[]string{""}, nil, []string{"--plaintext"}, exitRefused, "it was not confirmed"},
		"end of input":         {nil, nil, []string{"--plaintext"}, exitRefused, "there was no answer"},
		"no passphrase":        {nil, nil, nil, exitRefused, "there was no answer"},
		"never a good one":     {[]string{"a", "b", "c"}, nil, nil, exitRefused, "no passphrase came of it"},
		"interrupted":          {nil, ended, nil, exitInterrupted, "interrupted"},
		"interrupted question": {nil, ended, []string{"--plaintext"}, exitInterrupted, "interrupted"},
	} {
		f := attended(t, tt.lines...)
		if tt.ctx != nil {
			f.ctx = tt.ctx
		}
		path := filepath.Join(t.TempDir(), "a")

		f.mustRun(tt.code, append([]string{"download", okKey, "--to", path}, tt.args...)...)

		if _, err := os.Lstat(path); err == nil || !strings.Contains(f.err.String(), tt.words) {
			t.Errorf("%s: stderr is %q", name, f.err.String())
		}
		if got := len(f.mock.Requests()); got != 0 {
			t.Errorf("%s: the tenant was asked %d times before the person had answered", name, got)
		}
	}
}

func TestPlaintextIsAskedAboutAtATerminalUnlessYesIsGiven(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		lines []string
		flags []string
	}{
		"answered": {[]string{"y"}, nil}, "given": {nil, []string{"--yes"}},
	} {
		f := attended(t, tt.lines...)
		path := filepath.Join(t.TempDir(), "a")

		f.mustRun(exitDone, append([]string{"download", okKey, "--plaintext", "--to", path}, tt.flags...)...)

		b, err := os.ReadFile(path)
		if err != nil || string(b) != f.text(okKey) {
			t.Errorf("%s: the file does not hold the text: %v", name, err)
		}
		if asked := strings.Contains(f.tty.String(), "unencrypted? [y/N] "); asked != (tt.lines != nil) {
			t.Errorf("%s: the terminal says %q", name, f.tty.String())
		}
	}
}

func TestPassphraseThatCannotBeShownWritesNothing(t *testing.T) {
	t.Parallel()
	f := attended(t)
	f.tty.missing = true
	path := filepath.Join(t.TempDir(), "a")
	f.mustRun(exitUsage, "download", okKey, "--generate-passphrase", "--to", path)
	if _, err := os.Lstat(path); err == nil {
		t.Error("a file was written that nobody can open")
	}
}

func TestWarningsComeWithTheDownload(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "maxUsage", "60")
	f.set(okKey, "usageCount", "59")
	path := filepath.Join(t.TempDir(), "a")

	f.mustRun(exitDone, "download", okKey, "--plaintext", "--to", path)

	if !strings.Contains(f.err.String(), okKey+": Last use: after this it is used up.") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestConsoleWritesWhatItsDialogAsksFor(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	public := id.Recipient().String()
	if err := os.WriteFile(filepath.Join(home, "team"), []byte(public+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := consoleDownloads{home}
	k := client.Key{Name: "a key", Text: client.NewSecret(demoText(t))}
	for name, ask := range map[string]tui.Download{
		"a_key.provkey":     {Path: "~/", Plain: true},
		"a_key.provkey.age": {Path: "~/", Recipients: []string{public, "~/team"}},
		"elsewhere":         {Path: filepath.Join(home, "elsewhere"), Recipients: []string{"~/team"}},
	} {
		ask.Key = k
		got, err := d.Write(t.Context(), ask)
		if err != nil || filepath.Base(got.Path) != name || got.Readers == "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for text, want := range map[string]string{
		public: "", "~/team": "", "~/nowhere": "there is no file ", "age1": "damaged", "~/a_key.provkey": "line 1: that is no recipient",
	} {
		if err := d.CheckRecipient(text); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for name, ask := range map[string]tui.Download{
		"recipients and a passphrase": {Recipients: []string{public}, Passphrase: d.MakePassphrase()},
		"plain and a passphrase":      {Plain: true, Passphrase: d.MakePassphrase()},
		"nothing":                     {},
	} {
		ask.Key, ask.Path = k, "~/unclear"
		if _, err := d.Write(t.Context(), ask); err == nil || !strings.Contains(err.Error(), "choose one of them") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Write(ended, tui.Download{Key: k, Path: "~/late", Plain: true}); err == nil {
		t.Error("a file was written after the console had ended")
	}
}

// demoText returns a key text of the mock.
func demoText(t *testing.T) string {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return (&fixture{t: t, mock: mock}).text(okKey)
}
