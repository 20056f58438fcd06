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
var named = regexp.MustCompile(`^# Provisioning key "|zpa-connector-`)

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

func TestTerraformLooksForTheVeryID(t *testing.T) {
	quoted := regexp.MustCompile(`(?m)^  id               = (".*")$`)
	for _, id := range append(hostileNames(), "58856") {
		k := fakeKey(client.ServiceEdge)
		k.ID = client.ID(id)
		match := quoted.FindStringSubmatch(snippet(t, deploy.Terraform, k))
		if match == nil {
			t.Errorf("id %q: there is none", id)
			continue
		}
		// Go's escapes are among HCL's, and HCL has templates besides.
		got, err := strconv.Unquote(match[1])
		if err != nil || strings.ContainsAny(match[1], "$%") {
			t.Errorf("id %q: %s is no plain string: %v", id, match[1], err)
		}
		if utf8.ValidString(id) && got != id {
			t.Errorf("id %q: Terraform would look for %q", id, got)
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
		if i%2 == 1 {
			k.ID += client.ID(strings.Repeat("7", 300))
		}
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

func TestKeysOfOneNameDoNotShareASecret(t *testing.T) {
	first, second := fakeKey(client.AppConnector), fakeKey(client.AppConnector)
	second.ID = "58857"
	if snippet(t, deploy.GCP, first) == snippet(t, deploy.GCP, second) {
		t.Error("the second key would become a version of the first one's secret")
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
				l.forget("*-startup.sh")
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
