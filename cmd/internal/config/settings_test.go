package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestKeysOfActionsComeWithTheirPlace(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.writeConfig("theme: dark\nkeys:\n  copy: [y, ctrl+y, 1]\n  # never again\n  delete: []\n  quit: Q\n  help: &k\n    - \"?\"\n    - space\n")

	got, err := config.LoadSettings(config.Flags{}, u.env())
	if err != nil {
		t.Fatal(err)
	}

	want := map[string][]string{"copy": {"y", "ctrl+y", "1"}, "delete": nil, "quit": {"Q"}, "help": {"?", "space"}}
	if diff := cmp.Diff(want, got.Keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	for action, place := range map[string]string{"copy": "line 3 of " + path, "quit": "line 6 of " + path} {
		if got.KeysAt[action] != place {
			t.Errorf("%s stands in %q, want %q", action, got.KeysAt[action], place)
		}
	}
}

func TestScreenIsASCIIWhereTheLocaleSaysSo(t *testing.T) {
	t.Parallel()
	for vars, want := range map[string]bool{
		"":                                  false,
		"LANG=en_US.UTF-8":                  false,
		"LANG=en_US.utf8":                   false,
		"LANG=en_US":                        false,
		"LC_CTYPE=UTF-8":                    false,
		"LANG=C.UTF-8":                      false,
		"LANG=C":                            true,
		"LANG=POSIX":                        true,
		"LANG=de_DE.ISO-8859-15@euro":       true,
		"LC_ALL=C LANG=en_US.UTF-8":         true,
		"LC_CTYPE=C.UTF-8 LANG=C":           false,
		"LC_ALL= LC_CTYPE=C LANG=C.UTF-8":   true,
		"LANG=C PROVKEYS_ASCII=false":       false,
		"LANG=C.UTF-8 PROVKEYS_ASCII=1":     true,
		"LC_ALL=en_US.UTF-8 LC_CTYPE=POSIX": false,
	} {
		u := newUser(t)
		u.set(strings.Fields(vars)...)
		if got, err := config.LoadSettings(config.Flags{}, u.env()); err != nil || got.ASCII != want {
			t.Errorf("%s: %v, %v", vars, got.ASCII, err)
		}
	}
}

func TestSwitchesTakeVariablesUnderFlags(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig("mouse: false\n")
	u.set("PROVKEYS_MOUSE=true", "PROVKEYS_PLAIN=1", "PROVKEYS_THEME=dark")
	got, err := config.LoadSettings(config.Flags{Plain: "false"}, u.env())
	if err != nil || !got.Mouse || got.Plain || got.Theme != "dark" {
		t.Errorf("%+v, %v", got, err)
	}
	u.set("PROVKEYS_MOUSE=perhaps")
	mustHold(t, u.refused(config.Flags{}).Error(), "PROVKEYS_MOUSE", "true or false")
}

func TestViewAndColourOfAProfile(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig("view: all\nprofiles:\n  a: {client_id: i, client_secret: s, customer_id: 1, view: full, colour: red}\n" +
		"  b: {client_id: i, client_secret: s, customer_id: 1, colour: pink}\n  c: {client_id: i, client_secret: s, customer_id: 1}\n")

	a, c := u.load(config.Flags{Profile: "a"}), u.load(config.Flags{Profile: "c"})

	if a.Settings.View != "full" || a.Profile.Colour != "red" || c.Settings.View != "all" || c.Profile.Colour != "" {
		t.Errorf("%q %q, %q %q", a.Settings.View, a.Profile.Colour, c.Settings.View, c.Profile.Colour)
	}
	mustHold(t, u.refused(config.Flags{Profile: "b"}).Error(), `colour of profile "b"`, "red, green, yellow")
}

func TestWhatIsInForceSaysWhereItComesFrom(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.writeConfig("refresh: 10s\nnear: 5 left\nkeys:\n  copy: [y, f5]\nprofiles:\n  a:\n    vanity: acme\n    client_id: canary-id\n" +
		"    client_secret: canary-word\n    customer_id: 1\n")
	u.set("PROVKEYS_CLIPBOARD=off", "LANG=C")

	got := u.load(config.Flags{Theme: "mono", Microtenant: "3"})

	profile := `profile "a" in ` + path
	for _, want := range []config.Fact{
		{Name: "refresh", Value: "10s", From: path}, {Name: "clipboard", Value: "off", From: "PROVKEYS_CLIPBOARD"},
		{Name: "clear_after", Value: "45s", From: "default"}, {Name: "theme", Value: "mono", From: "--theme"},
		{Name: "ascii", Value: "true", From: "LANG"}, {Name: "near", Value: "5 left", From: path},
		{Name: "keys: copy", Value: "y, f5", From: path}, {Name: "profile", Value: "a", From: path},
		{Name: "auth", Value: "oneapi", From: profile}, {Name: "cloud", Value: "PRODUCTION", From: profile},
		{Name: "microtenant", Value: "3", From: "--microtenant"}, {Name: "client_secret", Value: "written there", From: profile},
	} {
		if !held(got.InForce, want) {
			t.Errorf("%+v is not in %+v", want, got.InForce)
		}
	}
	for _, f := range got.InForce {
		if strings.Contains(f.Value+f.From, "canary") {
			t.Errorf("%+v holds a credential", f)
		}
	}
}

func TestReferencesAreNamedAndNothingBehindThem(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	file := u.write("secret", "canary")
	u.writeConfig("profiles:\n  a: {client_id: 'env:A_ID', client_secret: 'file:" + filepath.ToSlash(file) + "', customer_id: 1}\n")
	u.set("A_ID=canary")
	got := u.load(config.Flags{})
	if !held(got.InForce, config.Fact{Name: "client_id", Value: "env:A_ID", From: got.Profile.Source}) ||
		!held(got.InForce, config.Fact{Name: "client_secret", Value: "file:" + filepath.ToSlash(file), From: got.Profile.Source}) {
		t.Errorf("%+v", got.InForce)
	}

	u = newUser(t)
	u.set(oneAPISet...)
	got = u.load(config.Flags{})
	if !held(got.InForce, config.Fact{Name: "client_secret", Value: "env:ZSCALER_CLIENT_SECRET", From: got.Profile.Source}) || got.Profile.Door != client.OneAPI {
		t.Errorf("%+v", got.InForce)
	}
}

func held(facts []config.Fact, want config.Fact) bool {
	for _, f := range facts {
		if f == want {
			return true
		}
	}
	return false
}

func TestExampleOfTheReadmeIsRead(t *testing.T) {
	t.Parallel()
	_, example, found := strings.Cut(read(t, filepath.Join("..", "..", "..", "README.md")), "```yaml\nprofile: ")
	example, _, ended := strings.Cut(example, "```")
	if !found || !ended {
		t.Fatal("the README has no example of a configuration any more")
	}
	u := newUser(t)
	u.writeConfig("profile: " + example)
	u.write(".secrets/acme", "word\n")
	u.set("ACME_ID=id")
	if got := u.load(config.Flags{}); len(got.Names) != 2 || got.Profile.Colour != "red" || len(got.Settings.Keys) != 2 {
		t.Errorf("%+v", got)
	}
}
