package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/cmd/internal/config"
)

func withSecret(written string) string {
	return "profiles:\n  acme:\n    client_id: i\n    customer_id: 1\n    client_secret: " + written + "\n"
}

func TestCredentialIsReadToTheByte(t *testing.T) {
	cases := map[string]struct{ written, file, want string }{
		"literal":                     {"word", "", "word"},
		"literal that looks a number": {"0123456789012345678901", "", "0123456789012345678901"},
		"literal that looks true":     {"true", "", "true"},
		"literal in quotes":           {`"a: b # c"`, "", "a: b # c"},
		"literal with another scheme": {"http:word", "", "http:word"},
		"variable":                    {"env:WORD", "", " from a variable "},
		"file below home":             {"file:~/w/word", "from a file", "from a file"},
		"one new line is cut":         {"file:~/w/word", "from a file\n", "from a file"},
		"and only one":                {"file:~/w/word", " from a file \n\n", " from a file \n"},
		"a Windows line end":          {"file:~/w/word", "from a file\r\n", "from a file"},
		"a lone return stays":         {"file:~/w/word", "from a file\r", "from a file\r"},
		"relative to the config file": {"file:../../w/word", "from a file", "from a file"},
		"the largest file":            {"file:~/w/word", strings.Repeat("x", 64<<10), strings.Repeat("x", 64<<10)},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.writeConfig(withSecret(c.written))
			u.set("WORD= from a variable ")
			if c.file != "" {
				u.write("w/word", c.file)
			}
			if got := u.load(config.Flags{}).Profile.ClientSecret.Reveal(); got != c.want {
				t.Errorf("credential of %d bytes, want %d bytes: not the same", len(got), len(c.want))
			}
		})
	}
}

func TestReferenceThatLeadsNowhereIsRefused(t *testing.T) {
	cases := map[string]struct {
		written string
		want    []string
	}{
		"nothing":               {"", []string{"client_secret", "is missing", "env:NAME"}},
		"variable not set":      {"env:ACME_WORD", []string{"ACME_WORD", "not set"}},
		"empty variable":        {"env:EMPTY", []string{"EMPTY", "not set"}},
		"no variable named":     {`"env:"`, []string{"not set"}},
		"no file named":         {`"file:"`, []string{"names no path"}},
		"missing file":          {"file:~/none", []string{"cannot read", "none"}},
		"a folder":              {"file:~/w", []string{"no regular file"}},
		"empty file":            {"file:~/w/empty", []string{"is empty"}},
		"a new line alone":      {"file:~/w/line", []string{"is empty"}},
		"too large a file":      {"file:~/w/large", []string{"64 KiB"}},
		"another person's home": {"file:~jo/word", []string{"~"}},
		"no keyring":            {"keyring:acme", []string{"no keyring", "file:PATH"}},
		"no name in it":         {`"keyring:"`, []string{"names nothing"}},
		"no runner":             {"cmd:pass acme", []string{"no command can be run", "file:PATH"}},
		"no program":            {`"cmd: "`, []string{"names no program"}},
		"an empty program":      {`cmd:'' x`, []string{"names no program"}},
		"an open quote":         {`cmd:pass "acme`, []string{"quote that does not end"}},
		"another's program":     {"cmd:~jo/pass", []string{"~"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.writeConfig(withSecret(c.written))
			u.write("w/empty", "")
			u.write("w/line", "\n")
			u.write("w/large", strings.Repeat("x", 64<<10+1))
			u.set("EMPTY=")
			mustHold(t, u.refused(config.Flags{}).Error(), append(c.want, `profile "acme"`, path)...)
		})
	}
}

func TestClientIDMayBeAReference(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.write("id", "from-a-file\n")
	u.writeConfig("profiles:\n  a: {client_id: 'file:~/id', client_secret: s, customer_id: 1}\n")
	if got := u.load(config.Flags{}).Profile.ClientID; got != "from-a-file" {
		t.Errorf("client id %q, want what the file holds", got)
	}
}

func TestOnlyTheChosenProfileIsResolved(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig(twoProfiles)
	u.set("LAB_WORD=word")
	u.load(config.Flags{Profile: "lab"})
}

func TestAuthorityFileStartsFromTheConfigFile(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.writeConfig(withSecret("s") + "    ca_file: ca.pem\n")
	if got, want := u.load(config.Flags{}).Profile.CAFile, filepath.Join(filepath.Dir(path), "ca.pem"); got != want {
		t.Errorf("CA file %q, want %q", got, want)
	}
}

func TestLoadWritesNothing(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.load(config.Flags{})
	if left, err := os.ReadDir(u.home); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
