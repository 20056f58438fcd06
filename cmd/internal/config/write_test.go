package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

// lab is a profile to be written.
func lab(name string) config.Draft {
	return config.Draft{
		Name: name, Auth: "legacy", Cloud: "BETA", CustomerID: tenant, ClientID: "lab-id", ClientSecret: "keyring:" + name,
	}
}

// labLines are what the profile lab makes of the file, at a depth.
func labLines(margin, step string) string {
	lines := []string{"auth: legacy", "cloud: BETA", `customer_id: "` + tenant + `"`, "client_id: lab-id", "client_secret: keyring:lab"}
	return margin + "lab:\n" + margin + step + strings.Join(lines, "\n"+margin+step) + "\n"
}

const old = "  old:\n    client_id: i # mine\n    client_secret: env:X\n    customer_id: 1\n"

func TestProfileIsAddedBetweenWhatSomebodyWrote(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		use           bool
	}{
		"no file":       {"", "profile: lab\nprofiles:\n" + labLines("  ", "  "), false},
		"comments only": {"# mine\n", "# mine\n\nprofile: lab\nprofiles:\n" + labLines("  ", "  "), false},
		"settings":      {"# mine\ntheme: dark # at night", "# mine\nprofile: lab\ntheme: dark # at night\n\nprofiles:\n" + labLines("  ", "  "), false},
		"an empty list of profiles": {"profiles: # none yet\n  # old:\ntheme: dark\n",
			"profile: lab\nprofiles: # none yet\n" + labLines("  ", "  ") + "  # old:\ntheme: dark\n", false},
		"braces with nothing in": {"profiles: {}  # none\n", "profile: lab\nprofiles:  # none\n" + labLines("  ", "  "), false},
		"beside another": {"profiles:\n" + old + "  # the end\n\n# keys\nkeys:\n  copy: c\n",
			"profile: old\nprofiles:\n" + old + "  # the end\n\n" + labLines("  ", "  ") + "\n# keys\nkeys:\n  copy: c\n", false},
		"as the default": {"profile: 'old'   # for now\nprofiles:\n" + old,
			"profile: lab   # for now\nprofiles:\n" + old + labLines("  ", "  "), true},
		"not as the default": {"profile: old\nprofiles:\n" + old, "profile: old\nprofiles:\n" + old + labLines("  ", "  "), false},
		"at their depth": {"profile: a\nprofiles:\n    a:\n          client_id: i\n", "profile: a\nprofiles:\n    a:\n          client_id: i\n" +
			labLines("    ", "      "), false},
		"behind a profile in braces": {"profile: a\nprofiles:\n  a: {client_id: i}\n", "profile: a\nprofiles:\n  a: {client_id: i}\n" +
			labLines("  ", "  "), false},
		"behind lines of text": {"profile: a\nprofiles:\n  a:\n    client_id: |\n      # i\n\ntheme: dark\n", "profile: a\nprofiles:\n  a:\n    client_id: |\n      # i\n" +
			labLines("  ", "  ") + "\ntheme: dark\n", false},
		"a default that was empty":    {"profile: # none\nprofiles:\n", "profile: lab # none\nprofiles:\n" + labLines("  ", "  "), false},
		"a byte order mark":           {"\ufeffprofile: old\nprofiles:\n" + old, "\ufeffprofile: old\nprofiles:\n" + old + labLines("  ", "  "), false},
		"the beginning of a document": {"---\nprofile: old\nprofiles:\n" + old, "---\nprofile: old\nprofiles:\n" + old + labLines("  ", "  "), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := filepath.Join(u.home, "made", "c.yaml")
			if c.before != "" {
				path = u.write("c.yaml", c.before)
			}
			if _, err := config.AddProfile(path, lab("lab"), c.use); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, read(t, path)); diff != "" {
				t.Errorf("file (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinesKeepTheirEnds(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.write("c.yaml", strings.ReplaceAll("profile: old\nprofiles:\n"+old, "\n", "\r\n"))
	if _, err := config.AddProfile(path, lab("lab"), true); err != nil {
		t.Fatal(err)
	}
	if got := read(t, path); strings.Count(got, "\r\n") != strings.Count(got, "\n") {
		t.Errorf("%q", got)
	}
}

func TestRemovedProfileLeavesTheRest(t *testing.T) {
	two := labLines("  ", "  ")
	for name, c := range map[string]struct{ before, after string }{
		"the first":       {"profiles:\n" + two + old, "profiles:\n" + old},
		"the last":        {"profiles:\n" + old + two + "\n# keys\nkeys: {copy: c}\n", "profiles:\n" + old + "\n# keys\nkeys: {copy: c}\n"},
		"the only one":    {"theme: dark\nprofiles:\n" + two, "theme: dark\nprofiles:\n"},
		"the default":     {"profile: lab # mine\nprofiles:\n" + old + two, "profiles:\n" + old},
		"a later default": {"profiles:\n" + two + old + "theme: dark\nprofile: lab\n", "profiles:\n" + old + "theme: dark\n"},
		"its comment goes": {"profiles:\n  # all of them\n\n  # the lab\n" + two + "  # the old one\n" + old,
			"profiles:\n  # all of them\n\n  # the old one\n" + old},
		"one blank line stays": {"profiles:\n" + old + "\n" + two + "\n  b:\n    client_id: i\n", "profiles:\n" + old + "\n  b:\n    client_id: i\n"},
		"in braces":            {"profiles:\n  lab: {client_id: i}\n" + old, "profiles:\n" + old},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := newUser(t).write("c.yaml", c.before)
			if _, err := config.RemoveProfile(path, "lab"); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.after, read(t, path)); diff != "" {
				t.Errorf("file (-want +got):\n%s", diff)
			}
		})
	}
}

func TestProfileThatCameAndWentTakesNobodysCommentAlong(t *testing.T) {
	t.Parallel()
	for _, before := range []string{
		"profile: old\nprofiles:\n" + old + "  # prod:\n  #   client_id: i\n",
		"profile: old\nprofiles:\n" + old + "  # prod:\n\ntheme: dark\n",
	} {
		path := newUser(t).write("c.yaml", before)
		_, err := config.AddProfile(path, lab("lab"), false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := config.RemoveProfile(path, "lab"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(before, read(t, path)); diff != "" {
			t.Errorf("file (-want +got):\n%s", diff)
		}
	}
}

func TestChangeTellsTheDefaultThatStandsThen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "c.yaml")
	var got []string
	told := func(s config.Stored, err error) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s.Default)
	}
	told(config.AddProfile(path, lab("a"), false))
	told(config.AddProfile(path, lab("b"), false))
	told(config.AddProfile(path, lab("c"), true))
	told(config.RemoveProfile(path, "c"))
	told(config.RemoveProfile(path, "a"))
	if want := []string{"a", "a", "c", "", "b"}; !cmp.Equal(got, want) {
		t.Errorf("the defaults are %q, want %q", got, want)
	}
}

func TestFilesThatCannotBeChangedSafelyAreLeftAlone(t *testing.T) {
	add := func(path string) error { _, err := config.AddProfile(path, lab("lab"), true); return err }
	remove := func(path string) error { _, err := config.RemoveProfile(path, "a"); return err }
	use := func(path string) error { return config.UseProfile(path, "a") }
	for name, c := range map[string]struct {
		text   string
		change func(path string) error
		want   string
	}{
		"no YAML":               {"profile: [a", add, "correct that line"},
		"an unknown field":      {"them: dark\n", add, "line 1"},
		"in braces":             {"profiles: {a: {client_id: i}}\n", add, "with an editor"},
		"JSON":                  {`{"profiles": {"a": {"client_id": "i"}}}`, add, "with an editor"},
		"others refer to it":    {"profiles:\n  a: &a\n    client_id: i\n  b:\n    <<: *a\n", remove, "with an editor"},
		"a default of lines":    {"profile: |-\n  b\nprofiles:\n  a:\n    client_id: i\n", use, "with an editor"},
		"the end of a document": {"theme: dark\n...\n", add, "with an editor"},
		"the same name":         {"profiles:\n  lab:\n    client_id: i\n", add, "already"},
		"no such profile":       {"profiles:\n  b:\n    client_id: i\n", remove, "it has b"},
		"none to use":           {"theme: dark\n", use, "there is no profile in it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := newUser(t).write("c.yaml", c.text)
			var known *config.UsageError
			if err := c.change(path); !errors.As(err, &known) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
			if got := read(t, path); got != c.text {
				t.Errorf("the file became %q", got)
			}
		})
	}
}

func TestUnfitProfilesAreNotWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "c.yaml")
	for want, change := range map[string]func(*config.Draft){
		"no name":             func(d *config.Draft) { d.Name = "" },
		"no name for":         func(d *config.Draft) { d.Name = "../a" },
		`name "nul.b"`:        func(d *config.Draft) { d.Name = "nul.b" },
		`name "COM1"`:         func(d *config.Draft) { d.Name = "COM1" },
		`name "a."`:           func(d *config.Draft) { d.Name = "a." },
		"must be a reference": func(d *config.Draft) { d.ClientSecret = "canary" },
		"private_key must":    func(d *config.Draft) { d.PrivateKey = "-----BEGIN canary" },
	} {
		d := lab("lab")
		change(&d)
		_, err := config.AddProfile(path, d, false)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("the error is %v, want %q", err, want)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("a file was made")
	}
}

func TestNewFileIsPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "provkeys", "config.yaml")
	if _, err := config.AddProfile(path, lab("lab"), false); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{path, filepath.Dir(path)} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			t.Errorf("%s is open to others (%v)", p, err)
		}
	}
}

func TestTwoWhoAddProfilesAtOnceLoseNone(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set("XDG_CONFIG_HOME=" + filepath.Join(u.home, "xdg"))
	var wait sync.WaitGroup
	for _, name := range []string{"a", "b", "c", "d"} {
		wait.Go(func() {
			if _, err := config.AddProfile(filepath.Join(u.home, "xdg", "provkeys", "config.yaml"), lab(name), false); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	s, err := config.ReadStored(config.Flags{}, u.env())
	if err != nil || !cmp.Equal(s.Names(), []string{"a", "b", "c", "d"}) || s.Default == "" {
		t.Errorf("%v, default %q, %v", s.Names(), s.Default, err)
	}
}

func TestStoredProfilesHoldNoCredential(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig("profiles:\n  a: {vanity: acme, client_id: i, client_secret: canary, customer_id: 1}\n  b: {client_secret: 'cmd:pass canary', client_id: i}\n")
	s, err := config.ReadStored(config.Flags{}, u.env())
	a, _ := s.Find("a")
	b, _ := s.Find("b")
	if err != nil || a.ClientSecret != "written there" || a.Auth != "oneapi" || b.ClientSecret != "cmd" || s.Default != "" {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestDraftIsTriedBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	d := lab("lab")
	p, err := d.Resolve(t.Context(), "/c.yaml", u.env(), client.NewSecret("typed"), client.Secret{})
	if err != nil || !p.ClientSecret.Equal(client.NewSecret("typed")) || p.Address.Cloud != "BETA" || p.Name != "lab" {
		t.Errorf("%+v, %v", p, err)
	}
	d.ClientSecret = "env:LAB_WORD"
	if _, err := d.Resolve(t.Context(), "/c.yaml", u.env(), client.Secret{}, client.Secret{}); err == nil || !strings.Contains(err.Error(), "LAB_WORD") {
		t.Errorf("a reference to nothing: %v", err)
	}
	d.Cloud = "MARS"
	if _, err := d.Resolve(t.Context(), "/c.yaml", u.env(), client.NewSecret("typed"), client.Secret{}); err == nil || !strings.Contains(err.Error(), "MARS") {
		t.Errorf("an unknown cloud: %v", err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
