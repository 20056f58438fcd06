package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/names"
)

// files is the answer that leaves it to the shell to complete the name of a file.
const files = ":0"

// offered returns what a shell is offered behind the words, without descriptions; the
// last of them is being typed.
func (f *fixture) offered(words ...string) []string {
	f.t.Helper()
	f.mustRun(exitDone, append([]string{cobra.ShellCompRequestCmd}, words...)...)
	var all []string
	for line := range strings.Lines(f.out.String()) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		all = append(all, word)
	}
	if last := all[len(all)-1]; last == files {
		return all
	}
	return all[:len(all)-1]
}

func TestEverythingIsCompletedWithWhatFitsThere(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	writeViews(t, f.home, someViews+"  $(x): {sort: left}\n")
	f.writeHome(".config/provkeys/config.yaml", "profiles: {acme: {customer_id: 1}, lab 2: {customer_id: 1}, '`x`': {customer_id: 1}}\n")
	f.mustRun(exitDone, "list")
	for line, want := range map[string]string{
		"inspec":                                  "inspect",
		"list --filt":                             "--filter",
		"profile re":                              "remove",
		"get ap-east-1-":                          okKey + "|" + usedUpKey,
		"get AP-EAST-1-A":                         okKey,
		"get " + okKey + " ap":                    "",
		"watch " + okKey + " ap":                  usedUpKey,
		"watch --for ":                            "",
		"check -o p":                              "prometheus",
		"check " + okKey + " ap-east-1-b":         usedUpKey,
		"edit " + okKey + " ap":                   usedUpKey,
		"delete ap-east-1-b":                      usedUpKey,
		"set-max ap-east-1-b":                     usedUpKey,
		"copy ap-east-1-b":                        usedUpKey,
		"snippet ap-east-1-b":                     usedUpKey,
		"download ap-east-1-b":                    usedUpKey,
		"get app-connector/ap-east-1-b":           "app-connector/" + usedUpKey,
		"create ":                                 "",
		"create x --like ap-east-1-b":             usedUpKey,
		"create x --group lond":                   "London",
		"create x --kind service-edge --group eu": "EU West 1 Edge",
		"create x --group=lond":                   "London",
		"create x --certificate con":              "Connector|Connector 2027",
		"edit x --certificate con":                "Connector|Connector 2027",
		"create --from ":                          files,
		"create --format ":                        "csv|yaml",
		"list --kind ":                            "app-connector|network-connector|service-edge|cloud-controller",
		"list --sort le":                          "left",
		"groups --sort co":                        "connectors",
		"certs --sort le":                         "left",
		"list --columns na":                       "name",
		"list --columns name,na":                  "",
		"list --columns name,gr":                  "name,group|name,group_id",
		"connectors --columns key":                "key|key_id|key_gone",
		"groups lond":                             "London",
		"certs con":                               "Connector|Connector 2027",
		"list -o ":                                "table|tsv|json|yaml|csv|name",
		"copy -o ":                                "json|yaml",
		"demo -o ":                                "",
		"list --view ":                            "every edge|everything|nearly full",
		"list --filter ":                          "",
		"copy x --as he":                          "helm",
		"snippet x --for he":                      "helm",
		"get x --field ex":                        "exportable|expires",
		"--theme ":                                "auto|light|dark|mono",
		"--clipboard ":                            "auto|tmux|native|osc52|command|off",
		"list --cloud ZPA":                        "ZPATWO",
		"list --profile ":                         "acme|lab 2",
		"profile use a":                           "acme",
		"profile show a":                          "acme",
		"profile remove l":                        "lab 2",
		"profile add ":                            "",
		"profile import --from ":                  "environment|file",
		"profile add x --auth ":                   "legacy|oneapi",
		"list --config ":                          files,
		"list --ca-file ":                         files,
		"inspect ":                                files,
		"explain ":                                files,
		"explain a ":                              "",
		"download x --to ":                        files,
		"download x -R ":                          files,
		"completion ":                             "bash|zsh|fish|powershell",
		"list ":                                   "",
		"list --bogus ":                           "",
		"list --timeout soon --config ":           "",
		"no-such-command ":                        "",
		"list --profile acme --help ":             "",
	} {
		if got := strings.Join(f.offered(strings.Split(line, " ")...), "|"); got != want {
			t.Errorf("%q is completed with %q, want %q", line, got, want)
		}
	}
}

func TestDescriptionsOfFlagsHaveNoBackticks(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, command := range []string{"", "list", "copy", "profile add"} {
		words := append(strings.Fields(command), "--")
		f.mustRun(exitDone, append([]string{cobra.ShellCompRequestCmd}, words...)...)
		if got := f.out.String(); strings.Contains(got, "`") || !strings.Contains(got, "--base-url\t") {
			t.Errorf("%q is completed with\n%s", command, got)
		}
	}
}

func TestCompletingRunsNothingOpensNothingAndSendsNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list")
	before := len(f.mock.Requests())
	customer := f.vars["ZPA_CUSTOMER_ID"]
	f.vars = map[string]string{"HOME": f.home}
	for profile, secret := range map[string]string{
		"cmd": "cmd:touch mark", "keyring": "keyring:acme", "env": "env:NOT_SET", "file": "file:missing", "literal": "fake-secret",
	} {
		f.writeHome(".config/provkeys/config.yaml", `profiles: {`+profile+`: {customer_id: "`+customer+
			`", base_url: "https://mock.example", client_id: a, client_secret: "`+secret+`"}}`)
		for _, words := range [][]string{{"get", "ap-east-1-b"}, {"get", "ap-east-1-b", "--profile", ""}, {"--profile", profile, "get", "ap-east-1-b"}} {
			a := f.app()
			a.env.Run = func(context.Context, []string) (string, error) { t.Error("a command was run"); return "x", nil }
			a.env.Keyring = func(context.Context, string) (string, error) { t.Error("a keyring was opened"); return "x", nil }
			f.out.Reset()
			if code := a.run(t.Context(), append([]string{cobra.ShellCompRequestCmd}, words...)); code != 0 || f.err.Len() > 0 {
				t.Errorf("exit %d, %s", code, f.err.String())
			}
			if got := f.out.String(); !strings.HasPrefix(got, usedUpKey+"\t") && !strings.HasPrefix(got, profile+"\n") {
				t.Errorf("%v with %s is completed with %q", words, secret, got)
			}
		}
	}
	if after := len(f.mock.Requests()); after != before {
		t.Errorf("%d calls were made", after-before)
	}
}

func TestABrokenConfigurationIsCompletedWithNothing(t *testing.T) {
	t.Parallel()
	for what, of := range map[string]func(*fixture){
		"a broken file":       func(f *fixture) { f.writeHome(".config/provkeys/config.yaml", "profiles: [") },
		"a setting":           func(f *fixture) { f.writeHome(".config/provkeys/config.yaml", "theme: pink") },
		"half a set":          func(f *fixture) { delete(f.vars, "ZPA_CLIENT_SECRET") },
		"an unknown profile":  func(f *fixture) { f.vars["PROVKEYS_PROFILE"] = "nowhere" },
		"another tenant":      func(f *fixture) { f.vars["ZPA_CUSTOMER_ID"] = "7" },
		"another address":     func(f *fixture) { f.vars["PROVKEYS_BASE_URL"] = "https://other.example" },
		"another microtenant": func(f *fixture) { f.vars["PROVKEYS_MICROTENANT"] = "5" },
		"no home":             func(f *fixture) { f.home = "" },
		"a file for a folder": func(f *fixture) { f.vars["XDG_STATE_HOME"] = filepath.Join(f.home, "empty") },
		"nothing kept so far": func(f *fixture) { f.vars["XDG_STATE_HOME"] = filepath.Join(f.home, "nowhere") },
		"a wrong output": func(f *fixture) {
			f.vars["PROVKEYS_OUTPUT"], f.vars["PROVKEYS_TENANT"] = "pink", "x"
			f.vars["ZPA_CUSTOMER_ID"] = ""
		},
		"a cloud there is not": func(f *fixture) { f.vars["PROVKEYS_CLOUD"], f.vars["PROVKEYS_BASE_URL"] = "MOON", "" },
	} {
		f := newFixture(t)
		f.writeHome("empty", "")
		f.mustRun(exitDone, "list")
		of(f)
		if got := f.offered("get", "ap"); len(got) > 0 || f.err.Len() > 0 {
			t.Errorf("with %s: offered %q, said %q", what, got, f.err.String())
		}
	}
}

func TestNamesAreKeptByEveryCommandThatListsAndByTheConsole(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list"}, {"list", "--kind", "app-connector"}, {"get", okKey}, {"copy", "nowhere"}, {"--read-only", "list"}} {
		f := newFixture(t)
		f.run(args...)
		if got := f.offered("get", "ap-east-1-b"); !slices.Equal(got, []string{usedUpKey}) {
			t.Errorf("after %v: %q", args, got)
		}
	}
	f := newFixture(t)
	p := profilesOf(t, f)
	s, err := p.Open(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range s.Client.KeyPages(t.Context(), client.AppConnector) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := f.offered("get", "ap-east-1-b"); !slices.Equal(got, []string{usedUpKey}) {
		t.Errorf("after the console: %q", got)
	}
}

func TestAKindThatFailedKeepsItsNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list")
	f.set("bkk-pcc-dr", "name", "renamed")
	f.intercept(failing(appKind, 500, ""))
	f.mustRun(exitUnavailable, "list")
	for begun, want := range map[string]string{"ap-east-1-b": usedUpKey, "renam": "renamed", "bkk-pcc": ""} {
		if got := strings.Join(f.offered("get", begun), "|"); got != want {
			t.Errorf("%s is completed with %q, want %q", begun, got, want)
		}
	}
}

func TestTheDemonstrationLeavesNoNames(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	s, err := f.app().demonstration(demoOptions{keys: 20, seed: 1, still: true}, newWaits())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Client.ListKeys(t.Context(), client.Kinds()...); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(f.home, ".local", "state", "provkeys", names.Folder)); err == nil {
		t.Error("names were kept")
	}
}

func TestAListWhoseNamesCannotBeKeptIsAsGood(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.writeHome("empty", "")
	f.vars["XDG_STATE_HOME"] = filepath.Join(f.home, "empty")
	f.mustRun(exitDone, "list")
	if f.err.Len() > 0 {
		t.Errorf("said %q", f.err.String())
	}
}

func TestANameOfTwoKindsIsOfferedWithItsKind(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set("bkk-pcc-dr", "name", usedUpKey)
	f.mustRun(exitDone, "list")
	got := f.offered("get", "")
	for _, want := range []string{"app-connector/" + usedUpKey, "cloud-controller/" + usedUpKey} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not offered", want)
		}
	}
	if slices.Contains(got, usedUpKey) {
		t.Error("a name is offered that fits two keys")
	}
}

func TestAFormatThatIsOfferedIsWritten(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	// Formats are refused before anything is done, and some commands would never end.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for cmd := range everyCommand(newRootCommand(f.app())) {
		path := strings.Fields(cmd.CommandPath())[1:]
		for _, format := range f.offered(append(slices.Clone(path), "-o", "")...) {
			f.ctx = ctx
			f.run(append(slices.Clone(path), "-o", format, "--read-only")...)
			f.ctx = t.Context()
			if strings.Contains(f.err.String(), "does not write") {
				t.Errorf("%s -o %s: %s", cmd.CommandPath(), format, f.err.String())
			}
		}
	}
}
