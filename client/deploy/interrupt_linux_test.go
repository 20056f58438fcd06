package deploy_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
)

func TestAnInterruptedSnippetPutsThingsBack(t *testing.T) {
	stop, start := "systemctl stop zpa-connector", "systemctl start zpa-connector"
	cases := []struct {
		name, hangs string
		form        deploy.Form
		calls       []string
	}{
		{"at the password", "sudo sh", deploy.File, nil},
		{"while the service stops", "systemctl stop", deploy.File, []string{stop, start}},
		{"while the file is written", "mv -f", deploy.File, []string{stop, start}},
		{"while docker asks", "docker container", deploy.Docker, []string{"docker container inspect zpa-connector"}},
		{"while gcloud asks", "gcloud secrets", deploy.GCP, []string{"gcloud secrets describe zpa-connector-eu-west-1-asg-58856"}},
	}
	for _, c := range cases {
		for _, s := range sitting {
			shell, ok := tool(t, s.shell)
			if !ok {
				continue
			}
			t.Run(c.name+", "+s.name, func(t *testing.T) {
				t.Parallel()
				l := newLab(t, client.AppConnector)
				l.fakes("mv")
				l.vars = []string{"FAKE_HANGS=" + c.hangs}
				term := l.sit(s.settings, []string{shell, s.option})
				term.sendBracketed(strings.Split(strings.TrimSuffix(l.here(snippet(t, c.form, fakeKey(l.kind))), "\n"), "\n"))
				term.awaitText("@hangs@\r\n")
				term.send("\x03")
				term.await()
				history := l.leave(term)
				if !slices.Equal(l.calls(), c.calls) {
					t.Errorf("calls %q, want %q", l.calls(), c.calls)
				}
				if leaks(history) || !strings.Contains(history, "a command after it") {
					t.Error("the history holds the secret, or does not go on")
				}
				if left, _ := filepath.Glob(filepath.Join(l.root, "*startup.sh")); len(left) != 0 {
					t.Errorf("%q stays", left)
				}
				if _, err := os.Stat(l.file()); !os.IsNotExist(err) {
					t.Errorf("file: %v", err)
				}
				l.tidy()
			})
		}
	}
}

// fakes puts the fake in the place of a tool that works.
func (l *lab) fakes(name string) {
	l.t.Helper()
	l.forget(filepath.Join("bin", name))
	l.link(filepath.Join(l.root, "fake"), name)
}
