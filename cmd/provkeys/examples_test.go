package main

import (
	"encoding/csv"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"provkeys/mockserver"
)

// remark is what stands behind a command of an example, for people.
var remark = regexp.MustCompile(`  +[^ ].*$`)

// goesOn is where an example goes on in the next line.
var goesOn = regexp.MustCompile(`\\\n +`)

// examplesOf returns the command lines of a command's help.
func examplesOf(cmd *cobra.Command) []string {
	var lines []string
	for line := range strings.SplitSeq(goesOn.ReplaceAllString(cmd.Example, ""), "\n") {
		lines = append(lines, remark.ReplaceAllString(strings.TrimSpace(line), ""))
	}
	return lines
}

// everyCommand yields a command and all below it that people are told of.
func everyCommand(cmd *cobra.Command) iter.Seq[*cobra.Command] {
	return func(yield func(*cobra.Command) bool) {
		if !yield(cmd) {
			return
		}
		for _, sub := range shownCommands(cmd) {
			for below := range everyCommand(sub) {
				if !yield(below) {
					return
				}
			}
		}
	}
}

// rehearsal is how an example is run that does not simply end well.
type rehearsal struct {
	pipe   exitCode // where its input is empty and its output a pipe
	screen exitCode // at a terminal
	typed  string   // there
	unseen bool     // not at a terminal: another test plays whoever sits there
}

// rehearsals are those of which more is to be known than the line.
func rehearsals() map[string]rehearsal {
	onScreen := rehearsal{pipe: exitUsage, unseen: true}
	critical := rehearsal{pipe: 2, screen: 2} // as a monitoring system has it: some are used up
	return map[string]rehearsal{
		"provkeys":                           onScreen,
		"provkeys --filter 'used>=80%'":      onScreen,
		"provkeys --view 'nearly full'":      onScreen,
		"provkeys demo":                      onScreen,
		"provkeys demo --keys 3000 --seed 7": onScreen,
		"provkeys demo --still":              onScreen,
		"provkeys inspect":                   onScreen,
		"provkeys inspect --from-clipboard":  {pipe: exitClipboard, screen: exitClipboard}, // there is none
		"provkeys delete ap-east-1-blue":     {pipe: exitRefused, typed: "ap-east-1-blue"},
		"provkeys download eu-west-1-asg --plaintext --to provision_key": {typed: "y"},
		"provkeys profile add acme-prod":                                 {pipe: exitUsage, screen: exitRefused}, // nobody answers
		"provkeys download eu-west-1-asg":                                {pipe: exitUsage},                      // an empty passphrase has one made
		"provkeys profile import --from file --yes":                      {pipe: exitUnavailable},                // of the real cloud

		"provkeys check": critical,
		"provkeys check --kind app-connector --warn 80% --crit 3":                    critical,
		`provkeys check --filter 'group:"EU West"' --cert-warn 2w --expiry-warn 36h`: critical,
		"provkeys check --all -o json":                                               critical,
		"provkeys check -o prometheus --to /var/lib/node_exporter/provkeys.prom":     critical,

		// To hash a passphrase takes a second.
		"provkeys download eu-west-1-asg --passphrase-file /run/secrets/passphrase": {unseen: true},
	}
}

// ours is an example in which provkeys runs.
var ours = regexp.MustCompile(`(^| )provkeys( |$)`)

// elsewhere is an example whose output is the same at a terminal as in a pipe.
var elsewhere = regexp.MustCompile(` [|>] |-o |completion|--yes`)

// inPlace is what a machine of one's own has in place of what an example calls so.
func inPlace() *strings.Replacer {
	return strings.NewReplacer(
		"age1…", aRecipient, "8c5f…", "$ZPA_CLIENT_ID", "216196257331281920", "$ZPA_CUSTOMER_ID", "216196257331281921", "$ZPA_CUSTOMER_ID",
		"--vanity acme", "--vanity $MOCK_VANITY", "keyring:acme", "env:LAB_SECRET",
		"/srv/keys", "$WORK/srv", "/run/secrets/", "$WORK/", "/opt/zscaler/var/", "$WORK/opt/",
		"/var/lib/node_exporter/", "$WORK/srv/",
		"profile add", "profile add --base-url $PROVKEYS_BASE_URL",
	)
}

// TestEveryExampleOfTheHelpWorks runs each as somebody would who types it into a shell,
// with the program as users have it and a tenant of its own: in a pipe and at a terminal.
func TestEveryExampleOfTheHelpWorks(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the examples are for a Unix shell")
	}
	dir := t.TempDir()
	known, found := rehearsals(), map[string]bool{}
	for cmd := range everyCommand(newRootCommand(newFixture(t).app())) {
		if cmd.Example == "" {
			t.Errorf("%s has no example", cmd.CommandPath())
		}
		for i, line := range examplesOf(cmd) {
			found[line] = true
			if cmd.Name() == "watch" || strings.Contains(line, "--wait") || !ours.MatchString(line) {
				continue // what lasts has tests with a time of their own
			}
			scripts := map[string]bool{"pipe": false}
			if !known[line].unseen && !elsewhere.MatchString(line) {
				scripts["screen"] = true
			}
			for where, screen := range scripts {
				path := filepath.Join(dir, fmt.Sprintf("%s-%d-%s.txtar", pageName(cmd), i+1, where))
				if err := os.WriteFile(path, []byte(rehearse(line, known[line], screen)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for line := range known {
		if !found[line] {
			t.Errorf("no help has the example %q any more", line)
		}
	}
	program := built(t)
	testscript.Run(t, testscript.Params{
		Dir:       dir,
		Condition: hasTool,
		Setup:     func(env *testscript.Env) error { return setUpExample(env, program) },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "mock": mockCommand, "shows-no-secret": showsNoSecret,
		},
	})
}

// rehearse returns the script that runs an example.
func rehearse(line string, r rehearsal, screen bool) string {
	var b strings.Builder
	if !strings.HasPrefix(line, "provkeys create eu-west-1-asg") {
		b.WriteString("mock set us-west-2-green name '\"eu-west-1-asg\"'\n")
	}
	b.WriteString("mock set gru-edge name '\"fra-edge\"'\nmock set eu-west-1-blue exportable true\n")
	if strings.Contains(line, "profile add") || strings.Contains(line, "profile import") {
		b.WriteString("rm config/provkeys/config.yaml\n")
	}
	shell := "sh"
	if strings.Contains(line, "${fpath") {
		b.WriteString("[!tool:zsh] stop 'a line for zsh'\n")
		shell = "zsh"
	}
	if screen {
		fmt.Fprintf(&b, "ttyin -stdin typed\nexits %d sh screen.sh\nshows-no-secret ttyout\n", r.screen)
	} else {
		fmt.Fprintf(&b, "exits %d %s example.sh\nshows-no-secret stderr\n", r.pipe, shell)
		if !strings.HasPrefix(line, "provkeys snippet") { // which is for what stands behind the pipe
			b.WriteString("shows-no-secret stdout\n")
		}
	}
	fmt.Fprintf(&b, "-- example.sh --\n%s\n-- screen.sh --\nstty cols 100 rows 30\n%s example.sh > /dev/tty 2>&1\n-- typed --\n%s\n",
		inPlace().Replace(line), shell, r.typed)
	return b.String()
}

// setUpExample prepares what examples find on a machine.
func setUpExample(env *testscript.Env, program string) error {
	if err := setUpScript(env); err != nil {
		return err
	}
	mock, _ := env.Values[mockKey{}].(*mockserver.Server)
	kind, id, _ := mock.FindKey(okKey)
	fields, _ := mock.Key(kind, id)
	text, _ := fields["provisioningKey"].(string)
	c := mock.Credentials()
	profile := fmt.Sprintf("{base_url: %q, customer_id: %q, client_id: 'env:ZPA_CLIENT_ID', client_secret: 'env:ZPA_CLIENT_SECRET'}", env.Getenv("PROVKEYS_BASE_URL"), c.CustomerID)
	for name, content := range map[string]string{
		"bin/ssh":                        "#!/bin/sh\nshift\ntest \"$*\" = sh && exec sh -n\nexec sh -c \"$*\"\n", // a script is only read
		"bin/journalctl":                 "#!/bin/sh\ncat \"$WORK/connector.log\"\n",
		"bin/wl-copy":                    "#!/bin/sh\ncat > pasted\n",
		"bin/man":                        "#!/bin/sh\ncat > page\n",
		"bin/jq":                         "#!/bin/sh\ncat > answer\n",
		"config/provkeys/config.yaml":    "profiles:\n  acme-prod: " + profile + "\n  acme-lab: " + profile + "\n",
		"config/provkeys/views.yaml":     "views:\n  nearly full: {filter: 'used>=80%', sort: left}\n",
		".zscaler/zscaler.yaml":          fmt.Sprintf("zscaler: {client: {clientId: %q, clientSecret: %q, vanityDomain: %q, customerId: %q}}\n", c.ClientID, c.ClientSecret, c.Vanity, c.CustomerID),
		"keys.csv":                       sheetHead + "\nnew-1,app-connector,Tokyo,1\n",
		"connector.log":                  "Nov 28 05:00:00 host zpa-connector[1]: Enrollment failed\n",
		"opt/provision_key":              text,
		"damaged.txt":                    text[:100] + "\n" + text[100:],
		"secret":                         c.ClientSecret,
		"passphrase":                     "correct horse battery staple",
		".ssh/id_ed25519.pub":            aRecipient + "\n",
		"srv/.keep":                      "",
		"fpath/.keep":                    "",
		".config/fish/completions/.keep": "",
		".local/share/bash-completion/completions/.keep": "",
	} {
		path := filepath.Join(env.WorkDir, name)
		mode := os.FileMode(0o600)
		if strings.HasPrefix(name, "bin/") {
			mode = 0o700
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			return err
		}
	}
	for name, value := range map[string]string{
		"PATH":               strings.Join([]string{filepath.Join(env.WorkDir, "bin"), program, env.Getenv("PATH")}, string(os.PathListSeparator)),
		"PROVKEYS_CLIPBOARD": "command", "PROVKEYS_CLIPBOARD_COMMAND": "cat > pasted",
		// Nothing is sent to the real cloud.
		"HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "",
		"LAB_ID": c.ClientID, "LAB_SECRET": c.ClientSecret, "FPATH": filepath.Join(env.WorkDir, "fpath"),
	} {
		env.Setenv(name, value)
	}
	return nil
}

// showsNoSecret fails where an output has a secret of the tenant.
func showsNoSecret(ts *testscript.TestScript, _ bool, outputs []string) {
	mock, _ := ts.Value(mockKey{}).(*mockserver.Server)
	secrets := map[string]string{"the client secret": mock.Credentials().ClientSecret}
	for _, name := range mock.KeyNames() {
		kind, id, _ := mock.FindKey(name)
		fields, _ := mock.Key(kind, id)
		if text, _ := fields["provisioningKey"].(string); text != "" {
			// A part of it is as bad.
			secrets["the text of "+name] = text[len(text)-40:]
		}
	}
	for _, output := range outputs {
		for what, secret := range secrets {
			if strings.Contains(ts.ReadFile(output), secret) {
				ts.Fatalf("%s shows %s", output, what)
			}
		}
	}
}

// words splits a line as a shell does, as far as examples need it.
func words(t *testing.T, line string) []string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(line, `"`, `""`), "'", `"`)))
	r.Comma, r.LazyQuotes = ' ', true
	list, err := r.Read()
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], `""`, `"`)
	}
	return list
}
