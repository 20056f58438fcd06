package deploy_test

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/style/hostile"
)

// hostileNames are those that attack a terminal, and those that attack the
// languages of the snippets.
func hostileNames() []string {
	names := []string{
		"x\nsystemctl pwned", "x\r\nsystemctl pwned", "'; systemctl pwned; '",
		`"; systemctl pwned; "`, "$(systemctl pwned)", "`systemctl pwned`", "${file(\"/etc/passwd\")}",
		"$${x}", "$$${x}", "%{ for x in y }", `\`, `\"`, `"`, "'", "*/", "/*", "//", "# x", "--flag", "-", "\nPROVKEYS\n",
		"PROVKEYS", "@KEY@", "@PATH@", "@SERVICE@", "runcmd: [x]", "- [sh, -c, x]", "{{ x }}", "a\tb", "a\\\nb",
		strings.Repeat("long ", 200), "x\u2028y", "x\u0085y", "日本語", "!!",
	}
	for _, n := range hostile.Names() {
		names = append(names, n.Text)
	}
	return names
}

// named are the lines in which a key's name may stand.
var named = regexp.MustCompile(`^# Provisioning key "|^  name             = "|zpa-connector-`)

func TestAHostileNameStaysInItsPlace(t *testing.T) {
	for _, name := range hostileNames() {
		for _, f := range deploy.Forms() {
			plain := fakeKey(client.AppConnector)
			k := plain
			k.Name = name
			got, want := strings.Split(snippet(t, f, k), "\n"), strings.Split(snippet(t, f, plain), "\n")
			if len(got) != len(want) {
				t.Errorf("%s, name %q: %d lines, want %d", f, name, len(got), len(want))
				continue
			}
			for i, line := range got {
				if strings.IndexFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
					t.Errorf("%s, name %q: line %d is not printable ASCII: %q", f, name, i+1, line)
				}
				if line != want[i] && !named.MatchString(line) {
					t.Errorf("%s, name %q: line %d differs: %q", f, name, i+1, line)
				}
			}
		}
	}
}

func TestTerraformLooksForTheVeryName(t *testing.T) {
	quoted := regexp.MustCompile(`(?m)^  name             = (".*")$`)
	for _, name := range hostileNames() {
		k := fakeKey(client.ServiceEdge)
		k.Name = name
		match := quoted.FindStringSubmatch(snippet(t, deploy.Terraform, k))
		if match == nil {
			t.Errorf("name %q: there is no name", name)
			continue
		}
		// Go's escapes are among HCL's, and HCL has templates besides.
		got, err := strconv.Unquote(match[1])
		if err != nil || strings.ContainsAny(match[1], "$%") {
			t.Errorf("name %q: %s is no plain string: %v", name, match[1], err)
		}
		if want := strings.ToValidUTF8(name, "\ufffd"); utf8.ValidString(name) && got != want {
			t.Errorf("name %q: Terraform would look for %q", name, got)
		}
	}
}

func TestASecretsNameIsOneThatSecretManagerTakes(t *testing.T) {
	allowed := regexp.MustCompile(`^[A-Za-z0-9_-]{1,255}$`)
	created := regexp.MustCompile(`(?m)set -- create (.*) --replication-policy=automatic$`)
	seen := map[string]string{}
	for i, name := range hostileNames() {
		k := fakeKey(client.AppConnector)
		k.Name, k.ID = name, client.ID(strconv.Itoa(i)+"\n'")
		match := created.FindStringSubmatch(snippet(t, deploy.GCP, k))
		if match == nil || !allowed.MatchString(match[1]) {
			t.Errorf("name %q: the secret is called %q", name, match)
			continue
		}
		if other, ok := seen[match[1]]; ok {
			t.Errorf("%q and %q share a secret", name, other)
		}
		seen[match[1]] = name
	}
}

func TestAHostileNameRunsNothing(t *testing.T) {
	var names []string
	for _, name := range hostileNames() {
		if strings.Contains(name, "pwned") {
			names = append(names, name)
		}
	}
	for _, f := range []deploy.Form{deploy.GCP, deploy.AWS} {
		for _, shell := range bash(t) {
			l := newLab(t, client.AppConnector)
			for _, name := range names {
				k := fakeKey(l.kind)
				k.Name = name
				l.run(snippet(t, f, k), shell)
				if l.status != 0 {
					t.Errorf("%s, name %q: exit %d: %s", f, name, l.status, l.output)
				}
			}
			if strings.Contains("\n"+l.read("calls"), "\nsystemctl pwned") {
				t.Errorf("%s: a name was run as a command", f)
			}
		}
	}
}

func TestQuotingIsExactForAnyPrintableText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	const tricky = `'"$` + "`" + `\%!#&|;:-{}[]*?~ <>@`
	var lines strings.Builder
	var want string
	for range 300 {
		text := make([]byte, 1+rnd.IntN(40))
		for i := range text {
			if text[i] = byte(' ' + rnd.IntN('~'-' '+1)); rnd.IntN(2) == 0 {
				text[i] = tricky[rnd.IntN(len(tricky))]
			}
		}
		k := keyWith(client.AppConnector, string(text))
		lines.WriteString(snippet(t, deploy.Env, k) + `printf '%s\n' "$ZPA_PROVISION_KEY"` + "\n")
		want += string(text) + "\n"
		var config struct {
			WriteFiles []struct{ Content string } `yaml:"write_files"`
		}
		if err := yaml.Unmarshal([]byte(snippet(t, deploy.CloudInit, k)), &config); err != nil ||
			config.WriteFiles[0].Content != string(text) {
			t.Errorf("%q does not survive YAML: %v", text, err)
		}
	}
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		if l.run(lines.String(), shell); l.output != want {
			t.Errorf("%s reads other texts than were quoted", shell)
		}
	}
}
