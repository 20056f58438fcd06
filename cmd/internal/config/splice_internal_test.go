package config

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzChangedFileKeepsItsComments adds a profile to whatever file there is and takes
// it away again. What cannot be changed safely is an error, and never a panic.
func FuzzChangedFileKeepsItsComments(f *testing.F) {
	for _, seed := range []string{
		"", "# mine\n", "theme: dark # at night\n", "profiles:\n  a:\n    client_id: i # mine\n\n# keys\nkeys: {copy: c}\n",
		"profile: &p a\nprofiles:\n  ? a\n  : client_id: i\n", "---\nprofiles: {a: {}}\n...\n", "keys:\n  ? [a]\n  : b\n",
		"\ufeffprofile: a\r\nprofiles:\r\n  a: {}\r\n", "profiles:\n a: &a\n  client_id: |\n   # i\n b:\n  <<: *a\n",
	} {
		f.Add(seed)
	}
	d := Draft{Name: "new", ClientID: "i", ClientSecret: "env:X", CustomerID: "1"}
	f.Fuzz(func(t *testing.T, before string) {
		added, _, err := changed("c.yaml", []byte(before), adding("c.yaml", d, true))
		if err != nil {
			return
		}
		for line := range strings.Lines(before) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") && !bytes.Contains(added, []byte(line)) {
				t.Errorf("%q is lost from %q", line, added)
			}
		}
		if _, _, err := changed("c.yaml", added, removing("c.yaml", d.Name)); err != nil {
			t.Errorf("what was added to %q cannot be taken away: %v", before, err)
		}
	})
}

func TestEveryTextComesBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	var data []byte
	for i, value := range []string{
		"true", "null", "~", "0123", "1e3", "a: b", "a #b", "- a", "!x", "*a", "&a", "a:", `"`, "'", "\\", "\t", "é", "line\nbreak",
		"https://host.example/path", "file:~/a b", "{a}", "[a]", "%a", "@a", "`a", "? a", "yes", "=",
	} {
		d := Draft{Name: fmt.Sprint("p", i), Auth: "legacy", ClientID: value, View: value, ClientSecret: "env:X", CustomerID: "216196257331281921"}
		var err error
		if data, _, err = changed("c.yaml", data, adding("c.yaml", d, false)); err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		read, err := parse("c.yaml", data)
		if diff := cmp.Diff(d, read.Profiles[d.Name].draft(d.Name)); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", value, err, diff)
		}
	}
}
