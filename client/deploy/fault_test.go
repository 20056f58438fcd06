package deploy_test

import (
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
		"no folder": func(l *lab) {
			if err := os.RemoveAll(filepath.Join(l.root, "opt")); err != nil {
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
				if l.status == 0 || !strings.Contains(l.output, "was not written; zpa-service-edge runs on as before") {
					t.Errorf("exit %d: %s", l.status, l.output)
				}
				if calls := l.calls(); calls[len(calls)-1] != "systemctl start zpa-service-edge" {
					t.Errorf("calls: %q", calls)
				}
				if name != "no folder" {
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
