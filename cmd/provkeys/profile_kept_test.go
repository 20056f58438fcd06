package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"provkeys/client"
)

// kept returns the one secret that was kept for a profile.
func (k fakeKeyring) kept(name string) string {
	for label, secret := range k {
		if strings.HasPrefix(label, name+"#") {
			return secret
		}
	}
	return ""
}

// keptFile returns the file in which a profile's secret is kept, "" for none.
func (f *fixture) keptFile(name string) string {
	f.t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(f.configPath()), secretFolder, name+"#*"))
	if err != nil || len(files) > 1 {
		f.t.Fatalf("%d files are kept for %s: %v", len(files), name, err)
	}
	return strings.Join(files, "")
}

// vendorFile writes the vendor's file, and returns the words that import it.
func (f *fixture) vendorFile(secret string) []string {
	c := f.mock.Credentials()
	f.writeHome(".zscaler/zscaler.yaml", "zscaler:\n  client: {clientId: "+c.ClientID+", clientSecret: '"+secret+"', vanityDomain: "+c.Vanity+", customerId: "+c.CustomerID+"}\n")
	return []string{"profile", "import", "lab", "--yes", "--no-test"}
}

func TestTypedSecretDoesNotShowAndIsKeptInTheKeyring(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.keyring = fakeKeyring{}
	f.terminals[stdin] = true
	f.tty.lines = []string{"legacy", secret}

	f.mustRun(exitDone, add...)

	if f.keyring.kept("lab") != secret || f.tty.unseen != 1 || !strings.Contains(f.out.String(), "kept in the keyring") {
		t.Errorf("keyring %d, %d unseen, it says %q", len(f.keyring), f.tty.unseen, f.out.String())
	}
	if all := f.config() + f.out.String() + f.err.String() + f.tty.String(); strings.Contains(all, secret) || !strings.Contains(all, "keyring:lab#") {
		t.Errorf("the secret shows, or is not referred to: %s", all)
	}
	f.mustRun(exitDone, "get", okKey)

	f.tty.lines = []string{"y"}
	f.mustRun(exitDone, "profile", "remove", "lab")
	if len(f.keyring) != 0 || strings.Contains(f.config(), "lab") || !strings.Contains(f.tty.String(), "goes with it") {
		t.Errorf("keyring %d, file %q, asked %q", len(f.keyring), f.config(), f.tty.String())
	}
}

func TestTypedSecretIsKeptInAFileWhereThereIsNoKeyring(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.terminals[stdin] = true
	f.tty.lines = []string{"legacy", secret}

	f.mustRun(exitDone, append(add, "-o", "json")...)

	if got := decode[map[string]any](t, f.out.Bytes()); got["client_secret"] != "file:secrets/"+filepath.Base(f.keptFile("lab")) || got["customer"] != "Mock Example Corp" {
		t.Errorf("it says %v", got)
	}
	path := f.keptFile("lab")
	if b, err := os.ReadFile(path); err != nil || string(b) != secret {
		t.Fatalf("the secret is not there: %v", err)
	}
	for _, p := range []string{path, filepath.Dir(path)} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			t.Errorf("%s is open to others (%v)", p, err)
		}
	}
	f.mustRun(exitDone, "get", okKey)
	f.mustRun(exitRefused, "profile", "add", "lab2", "--no-test") // nobody answers any more
	f.mustRun(exitDone, "profile", "remove", "lab", "--yes")
	if _, err := os.Stat(path); err == nil {
		t.Error("the secret is still there")
	}
}

func TestProfileThatCannotBeWrittenKeepsNoSecret(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.keyring = fakeKeyring{}
	f.terminals[stdin] = true
	f.tty.lines = []string{"legacy", secret}
	f.writeHome(".config/provkeys/config.yaml", "profiles: {a: {client_id: i}}\n")

	f.mustRun(exitUsage, add...)

	if len(f.keyring) != 0 || !strings.Contains(f.err.String(), "with an editor") {
		t.Errorf("keyring %v, stderr %q", len(f.keyring), f.err.String())
	}
}

func TestOfTwoImportsAtOnceTheLoserLeavesTheWinnersSecret(t *testing.T) {
	t.Parallel()
	for name, inKeyring := range map[string]bool{"in a file": false, "in the keyring": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, secret, _ := newcomer(t)
			f.keyring = fakeKeyring{}
			words := f.vendorFile(secret)
			a := f.app()
			// While the loser keeps its secret, the winner does all that it has to do.
			keep := a.keepSecret
			a.keepSecret = func(label string, s client.Secret) error {
				winner := f.app()
				winner.keepSecret = func(label string, s client.Secret) error {
					if !inKeyring {
						return errors.New("there is none")
					}
					return keep(label, s)
				}
				if code := winner.run(f.ctx, words); code != int(exitDone) {
					t.Errorf("the winner ends with %d: %s", code, f.err.String())
				}
				return winner.keepSecret(label, s)
			}

			code := a.run(f.ctx, words)

			if code != int(exitUsage) || !strings.Contains(f.err.String(), "already") {
				t.Errorf("the loser ends with %d: %s", code, f.err.String())
			}
			kept := f.keyring.kept("lab")
			if !inKeyring {
				b, err := os.ReadFile(f.keptFile("lab"))
				if err != nil {
					t.Fatal(err)
				}
				kept = string(b)
			}
			if kept != secret || len(f.keyring) > 1 {
				t.Errorf("the winner's secret is gone, or the loser's stayed: %d in the keyring", len(f.keyring))
			}
		})
	}
}

func TestRemovingLeavesWhatWasNotKeptForTheProfile(t *testing.T) {
	t.Parallel()
	const label = "lab#0123456789ab"
	for name, c := range map[string]struct{ secret, other string }{
		"an entry of that name":           {"keyring:lab", ""},
		"a file of that name":             {"file:secrets/lab", ""},
		"the secret of another name":      {"keyring:prod#0123456789ab", ""},
		"one with two users":              {"keyring:" + label, "keyring:" + label},
		"one with two users, by its path": {"file:secrets/" + label, "file:@/secrets/" + label},
		"one with two users, by home":     {"file:secrets/" + label, "file:~/.config/provkeys/secrets/" + label},
		"one with two users, by a link":   {"file:secrets/" + label, "file:secrets/link"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, _, _ := newcomer(t)
			folder := filepath.Dir(f.configPath())
			f.keyring = fakeKeyring{"lab": "word", "prod#0123456789ab": "word", label: "word"}
			f.writeHome(".config/provkeys/secrets/lab", "word")
			f.writeHome(".config/provkeys/secrets/"+label, "word")
			if err := os.Link(filepath.Join(folder, secretFolder, label), filepath.Join(folder, secretFolder, "link")); err != nil {
				t.Fatal(err)
			}
			text := "profiles:\n  lab: {client_id: i, client_secret: '" + c.secret + "'}\n"
			if c.other != "" {
				text += "  b: {client_id: i, client_secret: '" + strings.ReplaceAll(c.other, "@", folder) + "'}\n"
			}
			f.writeHome(".config/provkeys/config.yaml", text)

			f.mustRun(exitDone, "profile", "remove", "lab", "--yes", "-o", "json")

			left, _ := filepath.Glob(filepath.Join(folder, secretFolder, "l*"))
			if len(f.keyring) != 3 || len(left) != 3 || !strings.Contains(f.out.String(), `"secret_removed": false`) {
				t.Errorf("%d in the keyring, files %q: %s", len(f.keyring), left, f.out.String())
			}
		})
	}
}

func TestTypedSecretTakesNobodysPlace(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.keyring = fakeKeyring{"lab": "of another configuration"}
	f.terminals[stdin] = true
	f.tty.lines = []string{"legacy", secret}

	f.mustRun(exitDone, add...)

	if f.keyring["lab"] != "of another configuration" || f.keyring.kept("lab") != secret {
		t.Errorf("the keyring holds %d entries", len(f.keyring))
	}
}

func TestSecretThatIsGoneAlreadyCountsAsRemoved(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.writeHome(".config/provkeys/config.yaml", "profiles:\n  lab: {client_id: i, client_secret: 'file:secrets/lab#0123456789ab'}\n")

	f.mustRun(exitDone, "profile", "remove", "lab", "--yes")

	if f.err.Len() > 0 || !strings.Contains(f.out.String(), "and its secret") {
		t.Errorf("stdout %q, stderr %q", f.out.String(), f.err.String())
	}
}

func TestRemovingLeavesSecretsFromElsewhere(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.keyring = fakeKeyring{"b": "word"}
	f.writeHome(".config/provkeys/config.yaml", "profiles:\n  a: {client_id: i, client_secret: 'keyring:b'}\n  b: {client_id: i, client_secret: 'keyring:b'}\n  c: {client_id: i, client_secret: 'env:X'}\n")

	f.mustRun(exitRefused, "profile", "remove", "b")
	f.mustRun(exitDone, "profile", "remove", "b", "--yes", "-o", "json")

	if got := decode[map[string]any](t, f.out.Bytes()); got["secret_removed"] != false || f.keyring["b"] != "word" {
		t.Errorf("%v; another profile refers to it", got)
	}
	f.mustRun(exitNotFound, "profile", "remove", "b", "--yes")
	f.mustRun(exitDone, "profile", "remove", "c", "--yes")
	if got := f.config(); strings.Contains(got, "b:\n") || !strings.Contains(got, "  a: {") {
		t.Errorf("file is %q", got)
	}
}
