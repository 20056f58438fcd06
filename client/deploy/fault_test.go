package deploy_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
)

func TestNothingIsWrittenWhereTheServiceCannotBeStopped(t *testing.T) {
	for name, fault := range map[string]string{"no such unit": "FAKE_STOP=5", "sudo refuses": "FAKE_REFUSED=1"} {
		for _, shell := range shells(t) {
			l := newLab(t, client.AppConnector)
			l.vars = []string{fault}
			l.run(snippet(t, deploy.File, fakeKey(l.kind)), shell)
			if _, err := os.Stat(l.file()); l.status == 0 || !os.IsNotExist(err) || strings.Contains(l.read("calls"), " start ") {
				t.Errorf("%s, %s: exit %d, file: %v, calls %q", name, filepath.Base(shell), l.status, err, l.calls())
			}
			l.silent()
		}
	}
}

func TestTheServiceStartsAgainWhereTheKeyCannotBeWritten(t *testing.T) {
	cases := map[string]func(l *lab){
		"no folder can be made": func(l *lab) {
			l.forget("opt")
			if err := os.WriteFile(filepath.Join(l.root, "opt"), nil, 0o600); err != nil {
				l.t.Fatal(err)
			}
		},
		// A full disk: the write breaks off.
		"cat fails": func(l *lab) { l.breaks("cat") },
		"mv fails":  func(l *lab) { l.breaks("mv") },
	}
	for name, prepare := range cases {
		for _, shell := range shells(t) {
			t.Run(name+", "+filepath.Base(shell), func(t *testing.T) {
				t.Parallel()
				l := newLab(t, client.ServiceEdge)
				if err := os.WriteFile(l.file(), []byte("an old key"), 0o644); err != nil {
					t.Fatal(err)
				}
				prepare(l)
				l.run(snippet(t, deploy.File, fakeKey(l.kind)), shell)
				if l.status == 0 || !strings.Contains(l.output, "was not written; zpa-service-edge was started without the new key") {
					t.Errorf("exit %d: %s", l.status, l.output)
				}
				if calls := l.calls(); calls[len(calls)-1] != "systemctl start zpa-service-edge" {
					t.Errorf("calls: %q", calls)
				}
				if name != "no folder can be made" {
					if got := l.read(deploy.Path(l.kind)); got != "an old key" {
						t.Errorf("the old file has %d bytes now", len(got))
					}
					l.tidy()
				}
				l.silent()
			})
		}
	}
}

func TestAFolderInThePlaceOfTheFileIsNoSuccess(t *testing.T) {
	startup := func(k client.Key) string { return startupOf(t, snippet(t, deploy.GCP, k)) }
	for name, script := range map[string]func(client.Key) string{
		"file":  func(k client.Key) string { return snippet(t, deploy.File, k) },
		"aws":   func(k client.Key) string { return snippet(t, deploy.AWS, k) },
		"azure": func(k client.Key) string { return snippet(t, deploy.Azure, k) },
		"gcp":   startup,
	} {
		for _, shell := range bash(t) {
			l := newLab(t, client.ServiceEdge)
			// What a start-up script fetches.
			if err := os.WriteFile(filepath.Join(l.root, "received"), []byte(fakeText), 0o600); err != nil {
				t.Fatal(err)
			}
			l.mkdir(deploy.Path(l.kind))
			l.run(script(fakeKey(l.kind)), shell)
			inside, err := os.ReadDir(l.file())
			if err != nil || len(inside) != 0 || l.status == 0 || !strings.Contains(l.output, "is a folder") {
				t.Errorf("%s: exit %d, %d files inside, %v: %s", name, l.status, len(inside), err, l.output)
			}
			if calls := strings.Join(l.calls(), "\n"); !strings.HasSuffix(calls, "systemctl start zpa-service-edge") {
				t.Errorf("%s: calls: %q", name, calls)
			}
			l.silent()
		}
	}
}

func TestALinkInThePlaceOfTheFileIsNotFollowed(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		elsewhere := filepath.Join(l.root, "elsewhere")
		if err := errors.Join(os.WriteFile(elsewhere, []byte("mine"), 0o600), os.Symlink(elsewhere, l.file())); err != nil {
			t.Fatal(err)
		}
		l.run(snippet(t, deploy.File, fakeKey(l.kind)), shell)
		l.written(fakeText)
		if l.read("elsewhere") != "mine" {
			t.Error("what the link led to was written over")
		}
	}
}

func TestAMissingFolderIsMade(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.ServiceEdge)
		l.forget("opt")
		l.run(snippet(t, deploy.File, fakeKey(l.kind)), shell)
		l.written(fakeText)
	}
}

func TestAStartUpScriptIsNeverWrittenOverAFile(t *testing.T) {
	const name = "zpa-connector-eu-west-1-asg-58856-startup.sh"
	for _, shell := range shells(t) {
		for _, link := range []bool{false, true} {
			l := newLab(t, client.AppConnector)
			mine := name
			if link {
				mine = "mine"
				if err := os.Symlink(mine, filepath.Join(l.root, name)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(filepath.Join(l.root, mine), []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			l.run(snippet(t, deploy.GCP, fakeKey(l.kind)), shell)
			if l.status == 0 || l.read(mine) != "mine" || !strings.Contains(l.output, "Nothing was done: remove "+name) || len(l.calls()) != 0 {
				t.Errorf("%s, link %v: exit %d, calls %q: %s", filepath.Base(shell), link, l.status, l.calls(), l.output)
			}
			l.silent()
		}
	}
}

func TestNoStartUpScriptStaysWhereThereIsNoSecret(t *testing.T) {
	for _, shell := range shells(t) {
		l := newLab(t, client.AppConnector)
		l.vars = []string{"FAKE_REFUSED=1"}
		l.run(snippet(t, deploy.GCP, fakeKey(l.kind)), shell)
		if left, _ := filepath.Glob(filepath.Join(l.root, "*.sh")); l.status == 0 || len(left) != 0 {
			t.Errorf("%s: exit %d, left behind: %q", filepath.Base(shell), l.status, left)
		}
		l.silent()
	}
}

func TestAShellWithoutItsOwnPrintfDoesNothing(t *testing.T) {
	for _, f := range []deploy.Form{deploy.File, deploy.Docker, deploy.Helm, deploy.GCP} {
		for _, shell := range bash(t) {
			l := newLab(t, client.AppConnector)
			l.run("enable -n printf\n"+snippet(t, f, fakeKey(l.kind)), shell)
			if l.status == 0 || l.read("calls") != "" || !strings.Contains(l.output, "use sh, bash or zsh") {
				t.Errorf("%s: exit %d, calls %q: %s", f, l.status, l.calls(), l.output)
			}
			l.silent()
		}
	}
}

func TestAStartUpScriptThatGetsNoSecretWritesNoFile(t *testing.T) {
	for _, shell := range bash(t) {
		l := newLab(t, client.CloudController)
		l.run(startupOf(t, snippet(t, deploy.GCP, fakeKey(l.kind))), shell)
		if _, err := os.Stat(l.file()); l.status == 0 || !os.IsNotExist(err) {
			t.Errorf("exit %d, file: %v", l.status, err)
		}
		if want := "systemctl start zpa-pcc"; !strings.HasSuffix(strings.Join(l.calls(), "\n"), want) {
			t.Errorf("calls: %q, want at the end %q", l.calls(), want)
		}
		l.tidy()
	}
}

// breaks puts a tool that fails in the place of one that works.
func (l *lab) breaks(name string) {
	l.t.Helper()
	file := filepath.Join(l.root, "bin", name)
	if err := os.Remove(file); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
		l.t.Fatal(err)
	}
}
