package names_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/keytext"
	"provkeys/cmd/internal/names"
)

var acme = names.Tenant{Address: "https://mock.example", Customer: "1"}

// keys returns keys of some names, with ids from 1 on.
func keys(kind client.Kind, all ...string) []client.Key {
	var list []client.Key
	for i, name := range all {
		list = append(list, client.Key{
			Kind: kind, ID: client.ID(fmt.Sprint(i + 1)), Name: name, Group: "EU West", GroupID: "77",
			Text: client.NewSecret("3|mock.example|FAKE+canary"), Hint: keytext.Hint{Host: "mock.example", LogPrefix: "FAKE+ca"},
		})
	}
	return list
}

// words returns entries as one text.
func words(entries []names.Entry) string {
	var all []string
	for _, e := range entries {
		all = append(all, strings.TrimSuffix(e.Name+"="+e.ID, "="))
	}
	return strings.Join(all, " | ")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// theFile returns the path of the only file with names.
func theFile(t *testing.T, state string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(state, names.Folder, "[^.]*"))
	if err != nil || len(found) != 1 {
		t.Fatalf("files with names: %v, %v", found, err)
	}
	return found[0]
}

func TestAKindThatIsListedReplacesItsOwnNamesAlone(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	c := names.New(state, acme)
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "b", "a")))
	must(t, c.KeepKeys(client.ServiceEdge, keys(client.ServiceEdge, "edge")))
	must(t, c.KeepCertificates([]client.Certificate{{ID: "5", Name: "Root"}}))
	must(t, c.KeepGroups(client.AppConnector, []client.Group{{ID: "8", Name: "EU East"}}))
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "c")))

	// Another process reads what this one wrote.
	n := names.New(state, acme).Names()

	for what, got := range map[string]string{
		"c":                 words(n.Keys(client.AppConnector)),
		"edge":              words(n.Keys(client.ServiceEdge)),
		"Root":              words(n.Certificates()),
		"EU East | EU West": words(n.Groups(client.AppConnector)),
		"EU West":           words(n.Groups(client.ServiceEdge)),
		"":                  words(n.Keys(client.CloudController)),
	} {
		if got != what {
			t.Errorf("kept %q, want %q", got, what)
		}
	}
}

func TestNamesOfOneTenantAreNotThoseOfAnother(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	must(t, names.New(state, acme).KeepKeys(client.AppConnector, keys(client.AppConnector, "secret-project")))
	for _, other := range []names.Tenant{
		{Address: "https://other.example", Customer: "1"}, {Address: acme.Address, Customer: "2"},
		{Address: acme.Address, Customer: "1", Microtenant: "0"}, {Address: acme.Address + "1", Customer: ""}, {},
	} {
		if got := words(names.New(state, other).Names().Keys(client.AppConnector)); got != "" {
			t.Errorf("%+v has %s", other, got)
		}
	}
}

func TestNothingIsKeptButNames(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	all := keys(client.AppConnector, "asg-1")
	all[0].ID = "216196257331281920"
	must(t, names.New(state, acme).KeepKeys(client.AppConnector, all))
	content, err := os.ReadFile(theFile(t, state))
	must(t, err)
	if got, want := string(content), "keygroup\tapp-connector\tEU West\t\nkey\tapp-connector\tasg-1\t\n"; got != want {
		t.Errorf("kept %q, want %q", got, want)
	}
	if runtime.GOOS == "windows" {
		return // there are no modes
	}
	for path, want := range map[string]os.FileMode{theFile(t, state): 0o600, filepath.Join(state, names.Folder): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, %v", path, info.Mode(), err)
		}
	}
}

func TestANameThatCannotBeTypedComesWithItsID(t *testing.T) {
	t.Parallel()
	c := names.New(t.TempDir(), acme)
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector,
		"plain-1.a_b", "with blank", "Zürich", "twice", "twice", "$(x)", "`x`", "-x", "~x", "a'b", `a"b`, "a\nb", "a\x1b[31m",
		" front", "back ", "a*", "a=b", "_x", "", strings.Repeat("x", 256),
	)))
	want := `plain-1.a_b | with blank | Zürich | twice=4 | twice=5 | $(x)=6 | ` + "`x`=7" + ` | -x=8 | ~x=9 | a'b=10 | a"b=11 | a\nb=12 | ` +
		`a\x1b[31m=13 |  front=14 | back =15 | a*=16 | a=b=17 | _x=18`
	got := words(c.Names().Keys(client.AppConnector))
	for entry := range strings.SplitSeq(want, " | ") {
		if !strings.Contains(" | "+got+" | ", " | "+entry+" | ") {
			t.Errorf("%q is missing of %q", entry, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("kept %q, want %q", got, want)
	}
}

func TestNamesThatDidNotChangeAreNotWrittenAgain(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	c := names.New(state, acme)
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "a", "b")))
	before, err := os.Stat(theFile(t, state))
	must(t, err)
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "b", "a")))
	after, err := os.Stat(theFile(t, state))
	must(t, err)
	if !os.SameFile(before, after) {
		t.Error("the same names made another file")
	}
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "b")))
	if after, err := os.Stat(theFile(t, state)); err != nil || os.SameFile(before, after) {
		t.Errorf("fewer names made no other file, %v", err)
	}
}

func TestAHugeTenantKeepsNoMoreThanAFileHolds(t *testing.T) {
	t.Parallel()
	for _, length := range []int{6, 250} {
		state := t.TempDir()
		c := names.New(state, acme)
		all := make([]string, 12_000)
		for i := range all {
			all[i] = fmt.Sprintf("%0*d", length, i)
		}
		must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, all...)))
		must(t, c.KeepCertificates([]client.Certificate{{ID: "5", Name: "Root"}}))
		info, err := os.Stat(theFile(t, state))
		must(t, err)
		if n := len(c.Names().Keys(client.AppConnector)); info.Size() > 1<<20 || n > 10_000 || n < 3000 {
			t.Errorf("%d names in %d bytes", n, info.Size())
		}
		if got := words(c.Names().Certificates()); got != "Root" {
			t.Errorf("the certificates are %q", got)
		}
	}
}

func TestADamagedFileOffersNothingThatWouldRun(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	c := names.New(state, acme)
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "a")))
	damaged := "key\tapp-connector\t$(x)\t\nkey\tapp-connector\tb\t$(y)\nkey\tapp-connector\nkey\tapp-connector\tok\t\nother\t\tz\t\nkey\tapp-connector\ta\x1b[m\t1\n"
	must(t, os.WriteFile(theFile(t, state), []byte(damaged), 0o600))
	if got := words(c.Names().Keys(client.AppConnector)); got != "ok" {
		t.Errorf("offered %q", got)
	}
	must(t, c.KeepKeys(client.AppConnector, keys(client.AppConnector, "a")))
	if got := words(c.Names().Keys(client.AppConnector)); got != "a" {
		t.Errorf("kept %q", got)
	}
}
