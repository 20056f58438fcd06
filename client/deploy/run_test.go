package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"provkeys/client"
	"provkeys/client/deploy"
)

// texts are what every snippet is run with.
var texts = map[string]string{"a usual text": fakeText, "every character of ASCII": awkwardText}

// eachRun calls do in a lab of its own for every kind that the form fits and
// every shell, and for one kind with the awkward text too.
func eachRun(t *testing.T, f deploy.Form, with []string, do func(l *lab, k client.Key, shell string)) {
	for _, kind := range client.Kinds() {
		if f.Fits(kind) != nil {
			continue
		}
		for name, text := range texts {
			if text == awkwardText && kind != client.AppConnector {
				continue
			}
			for _, shell := range with {
				t.Run(string(f)+" for a "+kind.Title()+", "+name+", "+filepath.Base(shell), func(t *testing.T) {
					t.Parallel()
					l := newLab(t, kind)
					do(l, keyWith(kind, text), shell)
					l.silent()
				})
			}
		}
	}
}

// bash is what boot scripts name in their first line.
func bash(t *testing.T) []string {
	t.Helper()
	file, ok := tool(t, "bash")
	if !ok {
		return nil
	}
	return []string{file}
}

func TestFileCommandsWriteTheKeyBetweenStopAndStart(t *testing.T) {
	eachRun(t, deploy.File, shells(t), func(l *lab, k client.Key, shell string) {
		// What was there before had another text and another mode.
		if err := os.WriteFile(l.file(), []byte("an old key"), 0o600); err != nil {
			l.t.Fatal(err)
		}
		l.run(snippet(l.t, deploy.File, k), shell)
		l.written(k.Text.Reveal())
	})
}

func TestFileCommandsArriveWholeThroughAPipe(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		piped := filepath.Join(l.root, "piped")
		if err := os.WriteFile(piped, []byte(l.here(snippet(t, deploy.File, fakeKey(l.kind)))), 0o600); err != nil {
			t.Fatal(err)
		}
		l.run("cat "+piped+" | "+shell, shell)
		l.written(fakeText)
		l.silent()
	}
}

func TestCommandsHoldUnderStrictAndTracingShells(t *testing.T) {
	eachRun(t, deploy.File, shells(t), func(l *lab, k client.Key, shell string) {
		l.run(snippet(l.t, deploy.File, k), shell, "-euxv")
		l.written(k.Text.Reveal())
	})
}

func TestUserDataWritesTheKeyBetweenStopAndStart(t *testing.T) {
	for _, f := range []deploy.Form{deploy.AWS, deploy.Azure} {
		eachRun(t, f, bash(t), func(l *lab, k client.Key, shell string) {
			// The package may come later than the first boot's script.
			if err := os.RemoveAll(filepath.Join(l.root, "opt")); err != nil {
				l.t.Fatal(err)
			}
			l.run(snippet(l.t, f, k), shell, "-xv")
			l.written(k.Text.Reveal())
		})
	}
}

func TestCloudInitWritesTheKeyBetweenStopAndStart(t *testing.T) {
	eachRun(t, deploy.CloudInit, bash(t), func(l *lab, k client.Key, shell string) {
		text := snippet(l.t, deploy.CloudInit, k)
		if !strings.HasPrefix(text, "#cloud-config\n") {
			l.t.Error("the first line is not #cloud-config")
		}
		var config struct {
			Bootcmd    []string
			WriteFiles []struct{ Path, Owner, Permissions, Content string } `yaml:"write_files"`
			Runcmd     [][]string
		}
		if err := yaml.UnmarshalWithOptions([]byte(l.here(text)), &config, yaml.Strict()); err != nil {
			l.t.Fatal("the snippet is no YAML") // the error would quote it
		}
		for _, command := range config.Bootcmd {
			l.run(command, shell)
		}
		for _, f := range config.WriteFiles {
			if f.Owner != "root:root" || f.Permissions != "0644" {
				l.t.Errorf("owner %q, mode %q", f.Owner, f.Permissions)
			}
			if err := os.WriteFile(f.Path, []byte(f.Content), 0o644); err != nil {
				l.t.Fatal(err)
			}
		}
		for _, command := range config.Runcmd {
			l.run(strings.Join(command, " "), shell)
		}
		l.written(k.Text.Reveal())
	})
}

func TestDockerGetsTheKeyOnItsInput(t *testing.T) {
	eachRun(t, deploy.Docker, shells(t), func(l *lab, k client.Key, shell string) {
		l.run(snippet(l.t, deploy.Docker, k), shell)
		if got := l.read("received"); l.status != 0 || got != k.Text.Reveal() {
			l.t.Errorf("exit %d, %d bytes arrived: %s", l.status, len(got), l.output)
		}
		calls := l.calls()
		if len(calls) != 2 {
			l.t.Fatalf("calls: %q", calls)
		}
		if !strings.Contains(calls[1], " --env-file /dev/stdin zscaler/"+deploy.Service(k.Kind)+":latest.a") {
			l.t.Errorf("calls: %q", calls)
		}
		if strings.Contains(calls[1], "443:443") != (k.Kind == client.ServiceEdge) {
			l.t.Error("port 443 is for service edges, and for them alone")
		}
	})
}

func TestDockerGetsTheKeyThroughAnAliasWithSudo(t *testing.T) {
	for _, shell := range bash(t) {
		l := newLab(t, client.AppConnector)
		l.run("shopt -s expand_aliases\nalias docker='sudo docker'\n"+snippet(t, deploy.Docker, fakeKey(l.kind)), shell)
		if l.status != 0 || l.read("received") != fakeText || !strings.Contains(l.read("calls"), "sudo docker run") {
			t.Errorf("exit %d, %d bytes arrived: %s", l.status, len(l.read("received")), l.output)
		}
		l.silent()
	}
}

func TestDockerStopsAtAContainerThatKeepsItsKey(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		l.vars = []string{"FAKE_CONTAINER=0"}
		l.run(snippet(t, deploy.Docker, fakeKey(l.kind)), shell)
		if l.status != 1 || len(l.calls()) != 1 || !strings.Contains(l.output, "docker rm --force zpa-connector") {
			t.Errorf("exit %d, calls %q: %s", l.status, l.calls(), l.output)
		}
		l.silent()
	}
}

func TestHelmGetsTheKeyOnItsInput(t *testing.T) {
	eachRun(t, deploy.Helm, shells(t), func(l *lab, k client.Key, shell string) {
		l.run(snippet(l.t, deploy.Helm, k), shell)
		var values struct {
			Zsglobal struct {
				Provisionkey struct{ Value string }
			}
		}
		received := l.read("received")
		if err := yaml.UnmarshalWithOptions([]byte(received), &values, yaml.Strict()); err != nil {
			l.t.Fatal("the values are no YAML")
		}
		if l.status != 0 || values.Zsglobal.Provisionkey.Value != k.Text.Reveal() {
			l.t.Errorf("exit %d, or the value is not exactly the key text: %s", l.status, l.output)
		}
		if yamllint, ok := tool(l.t, "yamllint"); ok && filepath.Base(shell) == "dash" {
			if exec.Command(yamllint, "--strict", "-d", yamlRules, filepath.Join(l.root, "received")).Run() != nil {
				l.t.Error("yamllint objects to the values")
			}
		}
	})
}

func TestGCPTakesTheKeyThroughSecretManager(t *testing.T) {
	eachRun(t, deploy.GCP, shells(t), func(l *lab, k client.Key, shell string) {
		l.run(snippet(l.t, deploy.GCP, k), shell)
		if got := l.read("received"); l.status != 0 || got != k.Text.Reveal() {
			l.t.Fatalf("exit %d, %d bytes arrived: %s", l.status, len(got), l.output)
		}
		// The lab has moved its paths already, and does so once more.
		script := strings.ReplaceAll(l.read(deploy.Service(k.Kind)+"-eu-west-1-asg-58856-startup.sh"), l.root, "")
		if script == "" || leaks(script) {
			l.t.Error("there is no start-up script, or it holds the secret")
		}
		l.run(script, bash(l.t)[0], "-xv")
		l.written(k.Text.Reveal())
		// The second boot finds the key there and leaves the service alone.
		before := len(l.calls())
		l.run(script, bash(l.t)[0])
		if l.status != 0 || len(l.calls()) != before {
			l.t.Errorf("the second boot: exit %d, calls %q", l.status, l.calls()[before:])
		}
	})
}

func TestGCPAddsAVersionToASecretThatIsThere(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		l.vars = []string{"FAKE_SECRET=0"}
		l.run(snippet(t, deploy.GCP, fakeKey(l.kind)), shell)
		const want = "gcloud secrets versions add zpa-connector-eu-west-1-asg-58856 --data-file=-"
		if calls := l.calls(); l.status != 0 || calls[len(calls)-1] != want {
			t.Errorf("exit %d, calls %q", l.status, calls)
		}
		l.silent()
	}
}

func TestEnvironmentLineReadsTheSameInEveryShell(t *testing.T) {
	eachRun(t, deploy.Env, shells(t), func(l *lab, k client.Key, shell string) {
		line := snippet(l.t, deploy.Env, k)
		if strings.Count(line, "\n") != 1 {
			l.t.Error("it is not one line")
		}
		l.run(line+`printf %s "$ZPA_PROVISION_KEY" >"$LAB/received"`, shell)
		if l.read("received") != k.Text.Reveal() {
			l.t.Errorf("the variable is not exactly the key text: %s", l.output)
		}
	})
}
